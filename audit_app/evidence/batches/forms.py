"""The forms of a ZIP: the upload, what is said of all its files with a title of each, what is said of one alone."""

from collections.abc import Iterable
from typing import Any

import wtforms

from audit_app.evidence import uses
from audit_app.evidence.batches.queries import BatchView, FileLine
from audit_app.evidence.batches.said import DAYS, Said
from audit_app.evidence.batches.service import Sheet
from audit_app.evidence.forms import TITLE, level_choices, offer_posts, titled
from audit_app.evidence.states import Effect, Renewal
from audit_app.evidence.tables import SENTENCE_LENGTH
from audit_app.forms import AppForm, Checkboxes, DateParts, Length, Line, LongText, OneOf, Radios, choices
from audit_app.library.terms.own_words import Verbatim

REFERENCE_LENGTH = 100
AS_ALL = "As for all"


class UploadForm(AppForm):
    """The ZIP."""

    file = wtforms.FileField("ZIP")


class SaidOfAllForm(AppForm):
    """What is said of files, whatever each is called; nothing is needed until they are added."""

    shows = LongText("What they show, in a sentence", [Length(SENTENCE_LENGTH, "What they show")])
    effect = Radios("Output or impact", choices=titled(Effect))
    level = Radios("Who may see them", choices=level_choices())
    renewal = OneOf("How often they must be renewed", choices=titled(Renewal))
    owner_post_id = OneOf("Owner")
    speaks_from = DateParts("First day they speak of")
    speaks_to = DateParts("Last day they speak of")
    made_on = DateParts("Day they were made")
    reference = Line("Reference of what they prove", [Length(REFERENCE_LENGTH, "Reference")])
    part = Radios("What of it do they prove?")
    proves = LongText("What they prove there, in a sentence", [Length(SENTENCE_LENGTH, "What they prove there")])

    def said(self, **more: Any) -> Said:
        """What was typed."""
        names = ("shows", "effect", "level", "renewal", "owner_post_id", "reference", "part", "proves")
        typed: dict[str, Any] = {name: self[name].data or "" for name in names}
        typed |= {name: self[name].data for name in DAYS}
        return Said(**typed, **more)


class FileForm(SaidOfAllForm):
    """What is said of one file where it differs from the others."""

    title = Line("Title", [Length(TITLE, "Title")])


def sheet_form(view: BatchView) -> type[SaidOfAllForm]:
    """The form of a ZIP: what is said of all, and for each file its title and a tick."""
    fields: dict[str, Any] = {
        title_name(line): Line(Verbatim(f"Title of {line.row.given_name}"), [Length(TITLE, "Title")])
        for line in view.lines
    }
    fields["take"] = Checkboxes(
        "Files to add", choices=choices([(line.row.place, line.row.given_name) for line in view.lines])
    )
    return type("SheetForm", (SaidOfAllForm,), fields)


def title_name(line: FileLine) -> str:
    """The field that holds the title of a file."""
    return f"title_{line.row.place}"


def sheet_of(form: Any, view: BatchView) -> Sheet:
    """What was typed on the page of a ZIP."""
    titles = {line.row.place: form[title_name(line)].data or "" for line in view.lines}
    return Sheet(form.said(), titles, {int(place) for place in form.take.data or ()})


def offer(form: Any, posts: Iterable[Any], *, of_one: bool = False) -> None:
    """The posts and parts to choose from; of one file, that it is as for all."""
    offer_posts(form, posts)
    form.part.choices = choices((part, title.capitalize()) for part, title in uses.PARTS.items())
    if of_one:
        form.owner_post_id.choices = [*choices((), first=AS_ALL), *form.owner_post_id.choices[1:]]
        form.renewal.choices = [*choices((), first=AS_ALL), *titled(Renewal)]
        form.effect.choices = [*choices((), first=AS_ALL), *titled(Effect)]
        form.level.choices = [*choices((), first=AS_ALL), *level_choices()]
