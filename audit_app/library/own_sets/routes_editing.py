"""Pages that write a draft: its overview with what must be mended, its details, scales, domains and questions."""

from collections.abc import Callable
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import blame, first_seen, put_under, sent
from audit_app.library.blueprint import blueprint
from audit_app.library.own_sets import editing, fault_places, queries, scale_lines, service, soundness
from audit_app.library.own_sets import forms as set_forms
from audit_app.library.own_sets.deleting import hanging
from audit_app.library.own_sets.deleting import queries as deleting
from audit_app.library.own_sets.editing import NotShaped
from audit_app.library.own_sets.forms_question import QuestionForm, question_values
from audit_app.library.routes_showing import OWN, READERS, show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.errors import Invalid, NotFound, OutOfTurn, Stale
from frameworks.own_sets.shape import OwnSet

DRAFT = f"{OWN}/draft"
DOMAIN = f"{DRAFT}/domains/<string:domain>"
QUESTION = f"{DOMAIN}/questions/<string:question>"
CORE_LIMIT = 40
STALE = (
    "Somebody saved this draft since you opened the page. What you typed is still here: check it against the draft, "
    "then save again"
)


class Open:
    """The draft this page is about: the set, its document, and the revision that was read."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.view = queries.get_set(g.session, g.authority.id, number)
        if self.view.open_version is None:
            raise OutOfTurn("This set has no draft. Start a new version to change it.")
        self.line = self.view.open_version
        self.own = queries.document_of(g.session, g.authority.id, number, self.line.version)

    def form(self, form_class: Any, **values: Any) -> Any:
        """A form that remembers the revision it was shown for."""
        return forms.filled(form_class, revision=str(self.line.revision), **values)

    def saved(self, form: Any, change: Callable[[OwnSet], OwnSet], what: str) -> ResponseReturnValue | None:
        """Save a change; None when it was refused, with the reasons put into the form."""
        try:
            own = change(self.own)
            service.save_draft(
                g.session, g.authority.id, self.number, own, seen=form.seen_revision(), what=what,
                **by_whom(),
            )  # fmt: skip
        except Stale:
            form.revision.data = str(self.line.revision)
            blame(first_seen(form), STALE)
            return None
        except NotShaped as refusal:
            for path, message in refusal.complaints:
                put_under(form, Invalid(str(path[-1]) if path else "", message))
            return None
        except Invalid as refusal:
            put_under(form, refusal)
            return None
        return redirect(url_for(".own_draft", number=self.number), 303)


@blueprint.get(DRAFT)
@allow(*READERS)
def own_draft(number: int) -> ResponseReturnValue:
    """The draft as a list of its domains and questions, with what stands between it and being published."""
    if not g.scope.has(Role.qa_manager, Role.leader):
        raise NotFound("There is no such page.")
    draft = Open(number)
    hindrances = soundness.hindrances(draft.own)
    faults = [(fault_places.place_of(draft.own, path), reason) for path, reason in hindrances]
    deletable = hanging.deletable(draft.own, deleting.published_keys(g.session, g.authority.id, number))
    core = sum(1 for _, question in draft.own.asked if question.core)
    return show(
        "own_sets/draft", view=draft.view, line=draft.line, own=draft.own, faults=faults, core=core,
        core_limit=CORE_LIMIT, has_safety=any(question.safety for _, question in draft.own.asked),
        may_write=g.scope.has(Role.qa_manager), deletable=deletable,
    )  # fmt: skip


@blueprint.route(f"{DRAFT}/details", methods=["GET", "POST"])
@allow(Role.qa_manager)
def own_details(number: int) -> ResponseReturnValue:
    """What the set is, whom it fits, on which scales it is answered."""
    draft = Open(number)
    form = draft.form(set_forms.DetailsForm, **set_forms.details_values(draft.own))
    form.offer(draft.own)
    if sent(form):
        values = form.values()
        values["answer_scales"] = {**draft.own.answer_scales.model_dump(), **values["answer_scales"]}
        done = draft.saved(form, lambda own: editing.with_details(own, values), "the details")
        if done:
            return done
    return show("own_sets/details", form, view=draft.view, own=draft.own)


@blueprint.route(f"{DRAFT}/domains", methods=["GET", "POST"])
@allow(Role.qa_manager)
def add_own_domain(number: int) -> ResponseReturnValue:
    """A new domain, at the end."""
    draft = Open(number)
    form = draft.form(set_forms.domain_form(draft.own), graded=True)
    if sent(form):
        done = draft.saved(form, lambda own: editing.with_domain(own, "", form.values()), "a new domain")
        if done:
            return done
    return show("own_sets/domain", form, view=draft.view, own=draft.own, domain=None)


@blueprint.route(DOMAIN, methods=["GET", "POST"])
@allow(Role.qa_manager)
def own_domain(number: int, domain: str) -> ResponseReturnValue:
    """A domain: its title, what it informs, what each grade looks like."""
    draft = Open(number)
    row = editing.domain_of(draft.own, domain)
    form = draft.form(set_forms.domain_form(draft.own, domain), **set_forms.domain_values(draft.own, row))
    if sent(form):
        done = draft.saved(form, lambda own: editing.with_domain(own, domain, form.values()), f"the domain {domain}")
        if done:
            return done
    return show("own_sets/domain", form, view=draft.view, own=draft.own, domain=row)


@blueprint.route(f"{DOMAIN}/questions", methods=["GET", "POST"])
@allow(Role.qa_manager)
def add_own_question(number: int, domain: str) -> ResponseReturnValue:
    """A new question, at the end of its domain."""
    draft = Open(number)
    row = editing.domain_of(draft.own, domain)
    form = draft.form(QuestionForm, type="judged", cohorts=["ALL"])
    form.offer(draft.own, domain, "")
    if sent(form):
        done = draft.saved(form, lambda own: editing.with_question(own, domain, "", form.values()), "a new question")
        if done and request.form.get("then") == "another":
            say("Saved. Here is the next one.")
            return redirect(url_for(".add_own_question", number=number, domain=domain), 303)
        if done:
            return done
    return show("own_sets/question", form, view=draft.view, own=draft.own, domain=row, question=None)


@blueprint.route(QUESTION, methods=["GET", "POST"])
@allow(Role.qa_manager)
def own_question(number: int, domain: str, question: str) -> ResponseReturnValue:
    """One question, whole."""
    draft = Open(number)
    row = editing.question_of(draft.own, domain, question)
    form = draft.form(QuestionForm, **question_values(draft.own, row))
    form.offer(draft.own, domain, question)
    if sent(form):
        what = f"the question {domain}/{question}"
        done = draft.saved(form, lambda own: editing.with_question(own, domain, question, form.values()), what)
        if done:
            return done
    return show(
        "own_sets/question",
        form,
        view=draft.view,
        own=draft.own,
        domain=editing.domain_of(draft.own, domain),
        question=row,
    )


@blueprint.route(f"{QUESTION}/move", methods=["GET", "POST"])
@allow(Role.qa_manager)
def move_own_question(number: int, domain: str, question: str) -> ResponseReturnValue:
    """To another domain."""
    draft = Open(number)
    row = editing.question_of(draft.own, domain, question)
    form = draft.form(set_forms.ToDomainForm)
    others = [other for other in draft.own.domains if other.id != domain and not other.retired]
    named = [(other.id, f"{other.number} {other.title}") for other in others]
    form.other.choices = forms.choices(named, first="Choose a domain")
    if sent(form):
        what = f"where {domain}/{question} stands"
        done = draft.saved(form, lambda own: editing.to_domain(own, domain, question, form.other.data), what)
        if done:
            return done
    return show("own_sets/move", form, view=draft.view, domain=editing.domain_of(draft.own, domain), question=row)


STEPS: dict[str, tuple[str, Callable[[OwnSet, str, str], OwnSet]]] = {
    "up": ("the order", lambda own, d, q: _step(own, d, q, -1)),
    "down": ("the order", lambda own, d, q: _step(own, d, q, 1)),
    "retire": ("what is retired", lambda own, d, q: editing.retired(own, d, q, away=True)),
    "bring-back": ("what is retired", lambda own, d, q: editing.retired(own, d, q, away=False)),
    "split": ("a split question", editing.split),
    "safety": ("the safety question", lambda own, d, _q: editing.with_safety(own, d)),
}


def _step(own: OwnSet, domain: str, question: str, step: int) -> OwnSet:
    if question:
        return editing.moved_question(own, domain, question, step)
    return editing.moved_domain(own, domain, step)


@blueprint.post(f"{DRAFT}/steps")
@allow(Role.qa_manager)
def own_step(number: int) -> ResponseReturnValue:
    """One small change by a button: up, down, retire, bring back, split, add the safety question."""
    draft = Open(number)
    name, domain, question = (request.form.get(key, "")[:80] for key in ("step", "domain", "question"))
    if name not in STEPS:
        raise OutOfTurn("There is no such button. Load the page of the draft again.")
    what, change = STEPS[name]
    anchor = f"{domain}-{question}" if question else domain
    return step_taken(number, change(draft.own, domain, question), what, anchor=anchor)


def step_taken(number: int, changed: OwnSet, what: str, *, anchor: str) -> ResponseReturnValue:
    """A small change by a button is saved, and the page shows the place again."""
    seen = request.form.get("revision", "")
    service.save_draft(
        g.session, g.authority.id, number, changed,
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0,
        what=what, **by_whom(),
    )  # fmt: skip
    return redirect(url_for(".own_draft", number=number, _anchor=anchor), 303)


@blueprint.route(f"{DRAFT}/scales/<string:scale>", methods=["GET", "POST"])
@allow(Role.qa_manager)
def own_scale(number: int, scale: str) -> ResponseReturnValue:
    """What the points of a scale are called and mean; a new scale where the address says “new”."""
    draft = Open(number)
    row = next((row for row in draft.own.scales if row.id == scale), None)
    if row is None and scale != "new":
        raise NotFound("The set has no such scale.")
    start = {"points": scale_lines.text_of(row), "best": "first" if row.ordered else "neither"} if row else {}
    start |= {"worth": scale_lines.worth_of(row)} if row else {}
    form = draft.form(set_forms.ScaleForm, **start)
    if sent(form):
        done = draft.saved(
            form,
            lambda own: scale_lines.changed(
                own, row, form.title.data, form.points.data, form.best.data, worth=form.worth.data or ""
            ),
            "a scale",
        )
        if done:
            return done
    return show("own_sets/scale", form, view=draft.view, own=draft.own, scale=row)
