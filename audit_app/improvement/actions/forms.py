"""Forms of plan actions: what is planned, and what changes about it. Progress has its own."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import wtforms

from audit_app import forms
from audit_app.improvement import wording
from audit_app.improvement.actions.register.narrowed import LABELS
from findings.references import AREA, number_of
from findings.states import Delivery

WORDS = (
    "what", "success_measure", "intended_impact", "starting_position", "impact_test_note", "risk", "mitigation",
    "local_label", "due_text", "repeats", "description", "provenance", "lead_printed", "indication_of_impact",
    "starting_as_at", "risk_before", "risk_after", "monitoring",
)  # fmt: skip
FURTHER = (
    "starting_position", "starting_as_at", "risk", "risk_before", "mitigation", "risk_after", "monitoring",
    "own_colour",
)  # fmt: skip
LONGEST_NUMBER, LONGEST_REFERENCE = 10, 14
STATES = (("in_force", "All but withdrawn"), *wording.pairs(wording.ACTION_STATUSES))


class ActionForm(forms.AppForm):
    """An action: what will be done, by whom, by when, and how anyone will know that it worked."""

    what = forms.LongText("What will be done?", [forms.Needed("Say what will be done")])
    home = forms.OneOf("Plan and theme")
    local_label = forms.Line("Your own number for it (optional)", [forms.Length(100, "The number")])
    description = forms.LongText("Description and aim (optional)")
    provenance = forms.LongText("Where the idea came from (optional)")
    areas = forms.Checkboxes("Areas for improvement it answers")
    other_areas = forms.Line("Other areas, by their references (optional)", [forms.Length(300, "The other areas")])
    lead_post_id = forms.OneOf("Lead")
    lead_printed = forms.Line("Leads as the plan prints them (optional)", [forms.Length(300, "The leads as printed")])
    delivery_post_ids = forms.Checkboxes("Posts that deliver it under the lead (optional)")
    start_on = forms.DateParts("Start date (optional)")
    due_on = forms.DateParts("Due date")
    due_text = forms.Line("Due date in the plan’s own words (optional)", [forms.Length(100, "The due date in words")])
    ongoing = wtforms.BooleanField("It is ongoing, with no end date")
    repeats = forms.Line("How often it repeats (optional)", [forms.Length(100, "How often it repeats")])
    success_measure = forms.LongText("How will we know it is done well?")
    intended_impact = forms.LongText("What is it meant to change for children?")
    indication_of_impact = forms.LongText("What would indicate impact? (optional)")
    starting_position = forms.LongText("Where are we now? (optional)")
    starting_as_at = forms.Line("As at (optional)", [forms.Length(100, "The time this was so")])
    impact_test = forms.OneOf("How will impact be tested?")
    impact_test_note = forms.LongText("Details of the test (optional)")
    risk = forms.LongText("What could stop it? (optional)")
    risk_before = forms.Line("How high the risk is before controls (optional)", [forms.Length(100, "The risk")])
    mitigation = forms.LongText("What is done about that? (optional)")
    risk_after = forms.Line("How high it is after controls (optional)", [forms.Length(100, "The risk")])
    monitoring = forms.LongText("Who monitors it? (optional)")
    own_colour = forms.OneOf("The plan’s own rating (optional)")

    def validate_due_on(self, field: Any) -> None:
        """Due after the start, and with some word on when."""
        if field.data and self.start_on.data and field.data < self.start_on.data:
            raise wtforms.ValidationError("The due date must be the same as or after the start date")

    open_areas: AbstractSet[int] = frozenset()  # of those named in it, whichever there are

    def validate_other_areas(self, field: Any) -> None:
        """References of open areas."""
        for typed, number in typed_areas(field.data or ""):
            if number is None:
                raise wtforms.ValidationError(
                    f"Enter references like AFI-0003, with commas between them: not “{typed}”"
                )
            if number not in self.open_areas:
                raise wtforms.ValidationError(f"There is no open area for improvement with the reference {typed}")

    def numbers_ticked(self) -> list[int]:
        """The areas ticked; whatever else was sent is no number of one."""
        sent = (str(value) for value in self.areas.data or ())
        return [int(value) for value in sent if value.isascii() and value.isdigit() and len(value) < LONGEST_NUMBER]

    def areas_named(self) -> list[int]:
        """The areas ticked, and those typed, each once."""
        typed = typed_areas(self.other_areas.data or "") if "other_areas" in self else []
        numbers = (number for _, number in typed if number is not None)
        return list(dict.fromkeys([*self.numbers_ticked(), *numbers]))

    def values(self) -> dict[str, Any]:
        """What a write takes, beside leads and areas."""
        plan, _, theme = (self.home.data or "").partition(":")
        values = {name: self[name].data or "" for name in WORDS}
        values |= {"plan_number": int(plan) if plan else None, "theme_id": int(theme) if theme else None}
        values["own_colour"] = self.own_colour.data or None
        values |= {"start_on": self.start_on.data, "ongoing": bool(self.ongoing.data)}
        if "due_on" in self:
            values["due_on"] = self.due_on.data
        return values | {"impact_test": self.impact_test.data or None}

    def says_more(self) -> bool:
        """Whether anything stands, or is wrong, in what most actions leave empty."""
        return any(self[name].data or self[name].errors for name in FURTHER)

    def chosen(self, name: str) -> list[int]:
        """The numbers ticked in a list."""
        return [int(value) for value in self[name].data or []]


def typed_areas(text: str) -> list[tuple[str, int | None]]:
    """Each reference of a typed list, with its number; None where it is no reference of an area."""
    named = [typed for typed in re.split(r"[\s,;]+", text) if typed]
    return [(typed, number_of(typed, AREA) if len(typed) < LONGEST_REFERENCE else None) for typed in named]


def fill_choices(
    form: ActionForm,
    homes: Sequence[tuple[str, str]],
    areas: Sequence[tuple[int, str]],
    colours: Sequence[tuple[str, str]],
) -> None:
    """What there is to choose from."""
    form.own_colour.choices = forms.choices(colours, first="Not rated by the plan")
    form.home.choices = forms.choices(homes, first="No plan yet")
    form.areas.choices = forms.choices(areas)
    form.impact_test.choices = forms.choices(wording.pairs(wording.TESTS), first="Not decided yet")


class DueDateForm(forms.AppForm):
    """A due date moved, never without the reason."""

    due_on = forms.DateParts("New due date")
    due_text = forms.Line("In the plan’s own words (optional)", [forms.Length(100, "The due date in words")])
    why = forms.LongText("Why is it moved?", [forms.Needed("Say why the due date is moved")])

    def validate_due_on(self, field: Any) -> None:
        """A date, or words that say when."""
        if field.data is None and not field.errors and not self.due_text.data:
            raise wtforms.ValidationError("Enter the new due date, or say in words when it is due")


class ReasonForm(forms.AppForm):
    """Why an action is withdrawn."""

    reason = forms.LongText("Why is it withdrawn?", [forms.Needed("Say why the action is withdrawn")])


class ReopenForm(forms.AppForm):
    """Why an action is opened again, and how delivery stands."""

    delivery = forms.Radios("How does delivery stand?", [forms.Needed("Choose how delivery stands")])
    note = forms.LongText("Why is it opened again?", [forms.Needed("Say why the action is opened again")])

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        under_way = [delivery for delivery in Delivery if delivery is not Delivery.complete]
        self.delivery.choices = forms.choices((delivery.value, delivery.title) for delivery in under_way)


class Figure(wtforms.Field):
    """A figure such as 87.5, 87.5% or 1,200; None when left empty."""

    widget = wtforms.widgets.TextInput()
    typed = ""

    def _value(self) -> str:
        return self.typed or ("" if self.data is None else f"{self.data:g}")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = forms.one_line(valuelist[0]) if valuelist else ""
        self.data = None
        plain = self.typed.replace(",", "").replace(" ", "").strip("%£")
        if not self.typed:
            return
        if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,4})?", plain):
            raise ValueError(f"{self.label.text} must be a number, like 87.5")
        self.data = float(plain)


class MilestoneForm(forms.AppForm):
    """A step within an action."""

    text = forms.LongText("What will have been reached?", [forms.Needed("Say what will have been reached")])
    lead_post_id = forms.OneOf("Who leads this step? (optional)")
    lead_printed = forms.Line("Leads as the plan prints them (optional)", [forms.Length(300, "The leads as printed")])
    due_on = forms.DateParts("Due date (optional)")
    due_text = forms.Line("Due date in words (optional)", [forms.Length(100, "The due date in words")])
    monitoring = forms.LongText("Who monitors it? One a line (optional)")


class MilestoneChangeForm(MilestoneForm):
    """A step said anew; where its date moves, with the reason."""

    why = forms.LongText("Why is its date moved? (only where it is)")


class MeasureForm(forms.AppForm):
    """A figure to watch."""

    name = forms.Line("What is counted?", [forms.Needed("Say what is counted"), forms.Length(300, "The name")])
    unit = forms.Line("Unit (optional)", [forms.Length(100, "The unit")])
    baseline = Figure("Where it begins (optional)")
    target = Figure("Target (optional)")
    due_text = forms.Line("Date of delivery, as printed (optional)", [forms.Length(100, "The date")])
    band_unmet = forms.Line("Unmet: a date or a figure (optional)", [forms.Length(100, "Unmet")])
    band_met = forms.Line("Met (optional)", [forms.Length(100, "Met")])
    band_exceeded = forms.Line("Exceeded (optional)", [forms.Length(100, "Exceeded")])
    band_far_exceeded = forms.Line("Significantly exceeded (optional)", [forms.Length(100, "Significantly exceeded")])


class MeasureChangeForm(MeasureForm):
    """A measure as it should be from now on, and why."""

    why = forms.LongText("Why is it changed?")


class ActionFilterForm(forms.AppForm):
    """Which actions the register shows."""

    words = forms.Line(LABELS["words"], [forms.Length(200, "The search")])
    plan = forms.OneOf(LABELS["plan"])
    area = forms.OneOf(LABELS["area"])
    lead = forms.OneOf(LABELS["lead"])
    colour = forms.OneOf(LABELS["colour"])
    status = forms.OneOf(LABELS["status"])
    overdue = wtforms.BooleanField(LABELS["overdue"])

    def fill(self, plans: Any, areas: Any, posts: Any, colours: Any) -> None:
        """What there is to choose from."""
        self.plan.choices = forms.choices(plans, first="Every plan")
        self.area.choices = forms.choices(areas, first="Every area")
        self.lead.choices = forms.choices(posts, first="Every post")
        self.colour.choices = forms.choices(colours, first="Every colour")
        self.status.choices = forms.choices(STATES)


def post_choices(
    field: Any, posts: list[Any], first: str = "Nobody named yet", kept: tuple[int | None, str] | None = None
) -> None:
    """Posts to choose from, each with who holds it; a post since closed stays on offer where it is what is saved."""
    pairs = [(post.id, f"{post.title} ({post.holder_name or 'vacant'})") for post in posts]
    if kept and kept[0] is not None and kept[0] not in {post.id for post in posts}:
        pairs.append((kept[0], f"{kept[1]} (closed)"))
    field.choices = forms.choices(pairs, first=first)


def number_in(field: Any) -> int | None:
    """The number a choice stands for; None when nothing was chosen, or when what was sent is no number at all."""
    text = str(field.data or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else None
