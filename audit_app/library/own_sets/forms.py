"""Forms of a council's own sets: begun, described, its domains, offered, published, retired."""

from collections.abc import Collection, Mapping
from typing import Any

import wtforms

from audit_app import clock
from audit_app.forms import (
    AppForm,
    Checkboxes,
    Length,
    Line,
    LongText,
    Needed,
    OneOf,
    Radios,
    WholeNumber,
    choices,
)
from audit_app.library import wording
from audit_app.library.own_sets import condition_fields, editing, edition_areas
from audit_app.library.own_sets.short_names import MOST
from frameworks import Scale
from frameworks.own_sets.shape import OwnDomain, OwnSet

SHORT = Length(300, "This")


class StartForm(AppForm):
    """What a new set begins as."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    begin_as = OneOf("Begin with", choices=[])
    title = Line("Title", [Needed("Enter a title, such as Neglect"), Length(300, "Title")])
    purpose = LongText("What is it for?", [Needed("Say which records it is for"), Length(1000, "What it is for")])


class DetailsForm(AppForm):
    """What a set is, whom it fits, and on which scales it is answered."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    title = Line("Title", [Needed("Enter a title"), Length(300, "Title")])
    purpose = LongText("What is it for?", [Needed("Say which records it is for"), Length(1000, "What it is for")])
    subjects = Checkboxes(
        "What is audited?", [Needed("Choose at least one")], choices=choices(wording.SUBJECTS.items())
    )
    cohorts = Checkboxes("Which children?", [Needed("Choose at least one")], choices=choices(wording.COHORTS.items()))
    informs_edition = OneOf("Framework whose judgement areas its domains inform", [Needed("Choose a framework")])
    domain_scale = OneOf("Scale for the grade of a domain")
    overall_scale = OneOf("Scale for the overall grade")
    overall_required = wtforms.BooleanField("The overall grade must be given")
    rules = wtforms.BooleanField("Ask the auditor to think again when grades do not fit together (guard rails)")
    judged = OneOf("Scale for judged questions")
    check = OneOf("Scale for check questions")
    timescale = OneOf("Scale for timescale questions")
    minutes_core = WholeNumber("Minutes for the core", [Needed("Enter minutes")], least=1, most=2000)
    minutes_full = WholeNumber("Minutes for the full set", [Needed("Enter minutes")], least=1, most=2000)
    publisher = Line("Publisher", [SHORT])
    source = LongText("What was it drawn from?", [Length(2000, "This")])
    licence = Line("What may others do with it?", [SHORT])

    def offer(self, own: OwnSet) -> None:
        """Put the editions and the set's scales into the form."""
        of_today, earlier = edition_areas.informable(clock.today())
        self.informs_edition.choices = choices(of_today, earlier=earlier)
        named = [(scale.id, scale_words(own, scale.id)) for scale in own.scales]
        for field, empty in (
            (self.domain_scale, "Domains are not graded"),
            (self.overall_scale, "No overall grade"),
            (self.judged, "No such questions"),
            (self.check, "No such questions"),
            (self.timescale, "No such questions"),
        ):
            field.choices = choices(named, first=empty)

    def values(self) -> dict[str, Any]:
        """What was sent, as the document holds it."""
        overall = {"scale": self.overall_scale.data, "required": bool(self.overall_required.data)}
        return {
            "title": self.title.data,
            "purpose": self.purpose.data,
            "subjects": tuple(self.subjects.data or ()),
            "cohorts": tuple(self.cohorts.data or ()),
            "informs_edition": self.informs_edition.data,
            "domain_scale": self.domain_scale.data or None,
            "overall_grade": overall if self.overall_scale.data else None,
            "rules": "guard-rails-1" if self.rules.data else None,
            "answer_scales": {kind: self[kind].data or None for kind in ("judged", "check", "timescale")},
            "expected_minutes": {"core": self.minutes_core.data, "full": self.minutes_full.data},
            "publisher": self.publisher.data or None,
            "source": self.source.data or None,
            "licence": self.licence.data or None,
        }


def details_values(own: OwnSet) -> dict[str, Any]:
    """What a document says of itself, by the names of the form's fields."""
    overall = own.overall_grade
    return {
        **{name: getattr(own, name) or "" for name in ("title", "purpose", "publisher", "source", "licence")},
        "subjects": list(own.subjects),
        "cohorts": list(own.cohorts),
        "informs_edition": own.informs_edition,
        "domain_scale": own.domain_scale or "",
        "overall_scale": overall.scale if overall else "",
        "overall_required": bool(overall and overall.required),
        "rules": own.rules is not None,
        **{kind: getattr(own.answer_scales, kind) or "" for kind in ("judged", "check", "timescale")},
        "minutes_core": own.expected_minutes.core,
        "minutes_full": own.expected_minutes.full,
    }


class DomainForm(AppForm):
    """A domain; `domain_form` adds a field for what each grade looks like."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    title = Line("Title", [Needed("Enter a title, such as The plan"), Length(300, "Title")])
    number = Line("Number", [Length(20, "Number")])
    informs = Checkboxes("Judgement areas it informs")
    also_informs = Line("Areas of other frameworks", [Length(1000, "This")])
    safety_critical = wtforms.BooleanField("A child’s safety hangs on it: the core must ask something of it")
    graded = wtforms.BooleanField("It is graded as a whole", default=True)
    impact = wtforms.BooleanField("It is about what changed for the child")
    always_applies = wtforms.BooleanField("It always applies: “does not apply” is not offered for it as a whole")
    if_question = OneOf("Asked only after another question?")
    if_answers = Line("If that is answered", [Length(400, "This")])
    codes: tuple[str, ...] = ()
    own: OwnSet

    def values(self) -> dict[str, Any]:
        """What was sent, as the document holds it."""
        guidance = {code: self[f"guidance_{code}"].data for code in self.codes if self[f"guidance_{code}"].data}
        values = {
            "title": self.title.data,
            "informs": tuple(self.informs.data or ()),
            "also_informs": listed(self.also_informs.data),
            **{name: bool(self[name].data) for name in ("safety_critical", "graded", "impact", "always_applies")},
            "guidance": guidance or None,
            "show_if": condition_fields.sent(
                self.own, self.if_question.data or "", self.if_answers.data or "", "if_answers"
            ),
        }
        return {**values, "number": self.number.data.replace(" ", "")} if self.number.data else values


def domain_form(own: OwnSet, domain_id: str = "") -> type[DomainForm]:
    """The form of a domain of this set."""
    points = next((scale.points for scale in own.scales if scale.id == own.domain_scale), ())
    fields: dict[str, Any] = {
        f"guidance_{point.code}": LongText(f"What “{point.name}” looks like here", [Length(2000, "This")])
        for point in reversed(points)
    }
    before = choices(editing.before_domain(own, domain_id), first="Always asked")
    fields["if_question"] = OneOf("Asked only after another question?", choices=before)
    fields["own"] = own
    fields["codes"] = tuple(point.code for point in points)
    fields["informs"] = Checkboxes(
        "Judgement areas it informs", choices=choices(edition_areas.area_choices(own.informs_edition))
    )
    return type("GrownDomainForm", (DomainForm,), fields)


def domain_values(own: OwnSet, domain: OwnDomain) -> dict[str, Any]:
    """What a domain says, by the names of the form's fields."""
    names = ("title", "number", "safety_critical", "graded", "impact", "always_applies")
    question, answers = condition_fields.shown(own, domain.show_if)
    return {
        "if_question": question,
        "if_answers": answers,
        **{name: getattr(domain, name) for name in names},
        "informs": list(domain.informs),
        "also_informs": ", ".join(domain.also_informs),
        **{f"guidance_{code}": text for code, text in (domain.guidance or {}).items()},
    }


BEST_LINE = {
    "first": "The first line is best, the last worst",
    "last": "The last line is best, the first worst",
    "neither": "Neither: they are only different, such as kinds of plan",
}


class ScaleForm(AppForm):
    """The points of a scale, one a line: a name and, after a colon, what it means; and which line is best."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    title = Line("Short name of the scale", [Length(60, "Short name")])
    points = LongText("Points", [Needed("Write at least two points, each on its own line")])
    best = Radios("Which is best?", [Needed("Say which line is best")], choices=choices(BEST_LINE.items()))
    worth = Line("Points of each line, where the tool adds points up", [Length(100, "This")])


class NoteForm(AppForm):
    """What is new, for the person who publishes it."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    note = LongText("What is new in this version?", [Needed("Say what is new"), Length(10_000, "This")])


class ReasonForm(AppForm):
    """Why a set is retired."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    reason = LongText("Why is it retired?", [Needed("Say why it is retired"), Length(1000, "Reason")])


class ToDomainForm(AppForm):
    """Where a question goes."""

    other = OneOf("Domain", [Needed("Choose the domain")])


class UploadForm(AppForm):
    """A workbook or YAML file."""

    file = wtforms.FileField("Workbook or YAML file")


class ConfirmForm(AppForm):
    """A button that says which state it was shown for."""


NEW = "new"


class BringInForm(ConfirmForm):
    """What a file becomes. A set is itself only by a short name somebody chose or confirmed, never by its title."""

    becomes = Radios("What does this file become?", [Needed("Choose what this file becomes")])
    short_name = Line(f"Short name of the new set, at most {MOST} letters", [Length(MOST, "Short name")])

    ends: Mapping[str, str] = {}  # the fields that ask which end of a scale is best, by the scale's short name

    def ended(self, own: OwnSet) -> OwnSet:
        """The document with each scale the way round that was chosen."""
        for scale_id, name in self.ends.items():
            own = editing.with_best_end(own, scale_id, self[name].data)
        return own

    @property
    def is_new(self) -> bool:
        """Whether it becomes a set of its own."""
        return bool(self.becomes.data == NEW)


def bring_in_form(own: OwnSet, asked: Collection[str]) -> type[BringInForm]:
    """The form with a question for each scale of which the file does not say which end is best."""
    scales = [scale for scale in own.scales if scale.id in asked]
    ends = {scale.id: f"best_{place}" for place, scale in enumerate(scales)}
    fields: dict[str, Any] = {ends[scale.id]: _end_field(scale) for scale in scales}
    return type("GrownBringInForm", (BringInForm,), {**fields, "ends": ends})


def _end_field(scale: Scale) -> Radios:
    first, last = scale.points[0].name, scale.points[-1].name
    offered = [
        ("last", f"“{last}” is best and “{first}” worst"),
        ("first", f"“{first}” is best and “{last}” worst"),
        ("neither", "Neither: they are only different"),
    ]
    needed = Needed(f"Say which end of “{scale.id}” is best")
    return Radios(f"Which end of the scale “{scale.id}” is best?", [needed], choices=choices(offered))


def scale_words(own: OwnSet, scale_id: str) -> str:
    """Outstanding, Good, Requires improvement, Inadequate (four-point)."""
    scale = next(scale for scale in own.scales if scale.id == scale_id)
    return f"{', '.join(point.name for point in scale.as_offered)} ({scale_id})"


def listed(text: str | None) -> tuple[str, ...]:
    """Several words typed on one line, however they are divided."""
    return tuple(part for part in (text or "").replace(";", ",").replace(" ", ",").split(",") if part)
