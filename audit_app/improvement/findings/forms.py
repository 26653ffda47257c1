"""Forms of findings: raised by hand, from audits or from a file, corrected, withdrawn."""

from collections.abc import Collection

import wtforms

from audit_app.forms import (
    AppForm,
    Checkboxes,
    DateParts,
    Length,
    Line,
    LongText,
    Needed,
    OneOf,
    Radios,
    choices,
)
from audit_app.improvement import judgement_areas, wording
from findings.states import Origin, Timescale

ORIGINS = [(origin.value, wording.origin_words(origin)) for origin in Origin]


class FindingForm(AppForm):
    """A finding from any source."""

    kind = Radios(
        "What kind of finding is it?", [Needed("Choose the kind of finding")], choices=choices(wording.kind_pairs())
    )
    origin = OneOf(
        "Where did it come from?", [Needed("Choose where it came from")], choices=choices(ORIGINS, first="Choose")
    )
    text = LongText("What was found", [Needed("Say what was found")])
    title = Line("Short title", [Length(300, "The short title")])
    level = Radios("How far does it reach?", choices=choices(wording.pairs(wording.LEVELS)), default="service")
    judgement_areas = Checkboxes("Judgement areas it speaks to", choices=[])
    document = Line("Document", [Length(300, "The document")])
    paragraph = Line("Paragraphs or page", [Length(100, "The paragraphs")])
    dated_on = DateParts("Date of the document or event")
    words = LongText("What the evidence said", [Length(2_000, "What the evidence said")])
    timescale = OneOf("Timescale given", choices=choices(wording.pairs(wording.TIMESCALES), first="None given"))
    due_on = DateParts("To be answered by")
    audit = wtforms.HiddenField()
    question = wtforms.HiddenField()
    action = wtforms.HiddenField()


def finding_choices(form: AppForm, among: Collection[str] | None = None) -> AppForm:
    """The judgement areas to choose from, of the editions in use; what is chosen already is always there."""
    chosen = {choice.partition("/")[0] for choice in form.judgement_areas.data or ()}
    offered = None if among is None else {*among, *chosen}
    form.judgement_areas.choices = choices(judgement_areas.area_choices(among=offered))
    return form


class CorrectForm(AppForm):
    """What may be corrected; the text only where it is not an inspectorate's."""

    kind = Radios(
        "What kind of finding is it?", [Needed("Choose the kind of finding")], choices=choices(wording.kind_pairs())
    )
    origin = OneOf("Where did it come from?", [Needed("Choose where it came from")], choices=choices(ORIGINS))
    text = LongText("What was found", [Needed("Say what was found")])
    title = Line("Short title", [Needed("Enter a short title"), Length(300, "The short title")])
    level = Radios("How far does it reach?", choices=choices(wording.pairs(wording.LEVELS)))
    judgement_areas = Checkboxes("Judgement areas it speaks to", choices=[])
    paragraphs = Line("Paragraphs that support it", [Length(100, "The paragraphs")])
    timescale = OneOf("Timescale given", choices=choices(wording.pairs(wording.TIMESCALES), first="None given"))
    due_on = DateParts("To be answered by")
    agencies = Checkboxes("Who must act", choices=[])


class WithdrawForm(AppForm):
    """Why a finding is withdrawn."""

    reason = LongText("Why is it withdrawn?", [Needed("Say why the finding is withdrawn"), Length(2_000, "The reason")])


class SourceForm(AppForm):
    """A further piece of evidence."""

    not_read = frozenset({"audit_reference"})  # it is kept apart, and no pack for inspectors or everybody prints it

    kind = Radios(
        "What sort of evidence is it?", [Needed("Choose what it is")], choices=choices(wording.pairs(wording.SOURCES))
    )
    audit_reference = Line("Audit", [Length(20, "The audit")])
    document = Line("Document", [Length(300, "The document")])
    paragraph = Line("Paragraphs or page", [Length(100, "The paragraphs")])
    dated_on = DateParts("Its date")
    words = LongText("What it says", [Length(2_000, "What it says")])


class ChosenAnswersForm(AppForm):
    """A finding from the answers of several audits, those ticked that show it."""

    answers = Checkboxes("Which audits show it?", [Needed("Tick the audits that show it")], choices=[])
    kind = Radios(
        "What kind of finding is it?", [Needed("Choose the kind of finding")], choices=choices(wording.kind_pairs())
    )
    text = LongText("What was found", [Needed("Say what was found")])
    level = Radios("How far does it reach?", choices=choices(wording.pairs(wording.LEVELS)), default="service")
    judgement_areas = Checkboxes("Judgement areas it speaks to", choices=[])


def timescale_of(text: str | None) -> Timescale | None:
    """The timescale chosen, or none."""
    return Timescale(text) if text else None


class FileForm(AppForm):
    """A workbook or CSV of findings."""

    file = wtforms.FileField("Workbook or CSV")
