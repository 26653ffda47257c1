"""Holds a sent form back once when a text looks as if it told of a person; never for good (PR-2).

The page comes back with the warning beside its field and what was typed. Sent again with the same words, by the button
"Save as it is" or any other, it goes through, and the log says that it was chosen; other words are read anew.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from flask import g, request
from markupsafe import Markup

from audit_app import disclosure, history
from audit_app.forms import AppForm, Line, LongText
from audit_app.words import listing

MOST_NAMED = 5

KEPT = history.declare_event(
    "disclosure.kept",
    "{who} saved a text as it was typed after a warning that it may tell of a person; places warned of: {count}",
    facts=("page", "kinds"),
)

BOX = Markup(
    '<div class="govuk-inset-text"><p class="govuk-body"><strong>Nothing has been saved yet.</strong> Names, dates of '
    "birth, addresses and numbers of people must not stand in what a pack may print. Reword what is marked, or save "
    "it as it is if it tells of nobody or must stay. A pack for people outside the council is not "
    "built before somebody has "
    "looked at it again.</p>"
    '<button type="submit" class="govuk-button govuk-button--secondary">Save as it is</button></div>'
)

Typed = tuple[Any, tuple[disclosure.Suspect, ...]]


def hold_back(form: AppForm) -> bool:
    """Whether the form is shown again first, with a warning under each field concerned."""
    typed = list(_typed(form))
    seal = _seal(typed)
    if not typed or request.form.get("warned", "") == seal:
        kinds = [suspect.kind.value for _, suspects in typed for suspect in suspects]
        note_choice(len(kinds), set(kinds))
        return False
    form.warned.data = seal
    for field, suspects in typed:
        field.errors = [*field.errors, warning(suspects)]
    return True


def _typed(form: AppForm) -> Iterator[Typed]:
    """Each field of free text that was changed and holds suspects."""
    if form.stays_inside:
        return
    council = g.council_known()
    for field in form:
        if not isinstance(field, Line | LongText) or field.short_name in form.not_read:
            continue
        if field.data and field.data != field.object_data:
            suspects = disclosure.suspects(field.data, council)
            if suspects:
                yield field, suspects


def warning(suspects: tuple[disclosure.Suspect, ...]) -> str:
    """What a field's words look like, and what can be done."""
    different = list(dict.fromkeys((suspect.words, suspect.looks_like) for suspect in suspects))
    named = [f"“{words}” ({looks_like})" for words, looks_like in different[:MOST_NAMED]]
    if len(different) > MOST_NAMED:
        named.append(f"{len(different) - MOST_NAMED} more")
    return f"This may tell of a person: {listing(named)}. Reword it, or save it as it is"


def _seal(typed: list[Typed]) -> str:
    """A mark of exactly these words in these fields: others are shown again."""
    words = sorted((field.name, suspect.kind.value, suspect.words) for field, suspects in typed for suspect in suspects)
    return hashlib.sha256(repr(words).encode("utf-8", "replace")).hexdigest()[:32]


def note_choice(count: int, kinds: Iterable[str] = ()) -> None:
    """The log tells that a warning was seen and how many places it named; never the words."""
    if not count:
        return
    facts: dict[str, str | int] = {"count": count, "page": str(request.endpoint)}
    if kinds:
        facts["kinds"] = ",".join(sorted(kinds))[:80]
    authority_id = g.authority.id if g.authority else None
    by = g.person.person_id if g.person else None
    history.note(g.session, KEPT, by=by, authority_id=authority_id, facts=facts, now=g.now)


def save_as_it_is(form: Any) -> Markup:
    """The button that saves a form held back, or nothing."""
    warned = getattr(form, "warned", None)
    if warned is None or not warned.data:
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(warned.name, warned.data) + BOX
