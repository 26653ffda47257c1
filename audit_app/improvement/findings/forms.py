"""Forms of findings: raised by hand, from audits or from a file, corrected, withdrawn."""

from collections.abc import Collection

import wtforms
from wtforms.validators import ValidationError

from audit_app import sheets
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

MOST_TICKED = 1_000
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
    title = Line("Short title", [Length(300, "The short title")])
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


class ReferencesTicked(Checkboxes):
    """Audits ticked on any page of a list; which of them are there, the service looks up."""

    def pre_validate(self, form: AppForm) -> None:
        """At most as many as a page can hold several times over, each short."""
        if len(self.data or ()) > MOST_TICKED or any(len(text) > 20 for text in self.data or ()):
            raise ValidationError(f"Tick at most {MOST_TICKED:,} audits, or choose all that gave an answer")


class ChosenAnswersForm(AppForm):
    """A finding from the answers of several audits: all that gave an answer, and single ones that were ticked."""

    whole = Checkboxes("Choose all audits that gave an answer", choices=[])
    answers = ReferencesTicked("Or tick single audits", choices=[], validate_choice=False)
    kind = Radios(
        "What kind of finding is it?", [Needed("Choose the kind of finding")], choices=choices(wording.kind_pairs())
    )
    text = LongText("What was found", [Needed("Say what was found")])
    level = Radios("How far does it reach?", choices=choices(wording.pairs(wording.LEVELS)), default="service")
    judgement_areas = Checkboxes("Judgement areas it speaks to", choices=[])

    def validate_whole(self, field: Checkboxes) -> None:
        """One way of choosing or the other must have chosen something."""
        if not field.data and not self.answers.data:
            raise ValidationError("Choose the audits that show it: all that gave an answer, or single ones")


def timescale_of(text: str | None) -> Timescale | None:
    """The timescale chosen, or none."""
    return Timescale(text) if text else None


class FileForm(AppForm):
    """A workbook or CSV of findings."""

    file = wtforms.FileField("Workbook or CSV", description=sheets.ACCEPTED)
