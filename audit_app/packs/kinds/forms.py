"""Forms of kinds: what goes into a pack, and a kind of the council's own."""

from collections.abc import Sequence
from typing import Any

import wtforms
from wtforms.validators import ValidationError

from audit_app import words
from audit_app.forms import AppForm, Checkboxes, DateParts, Length, Line, LongText, Needed, Radios, WholeNumber, choices
from audit_app.packs.disclosure import levels
from audit_app.packs.kinds.sections import Section
from audit_app.packs.kinds.typed_references import audits_in


class ChooseForm(AppForm):
    """What goes into a pack: sections, and what its kind asks for."""

    stays_inside = "only references of audits are typed here, and no pack prints them as they were typed"

    sections = Checkboxes("Chapters")
    areas = Checkboxes("Judgement areas")
    audits = Checkboxes("Audits in full")
    typed_audits = LongText("Other audits, by reference")
    unanswered = wtforms.BooleanField("Print the questions that nobody answered, too")
    theme = Radios("Question set")
    self_assessment = Radios("Self-assessment")
    since = DateParts("Day of the last board")

    def validate_typed_audits(self, field: Any) -> None:
        """Every word must be a reference; those that are none are named."""
        _, strange = audits_in(field.data or "")
        if strange:
            is_none = words.agree(len(strange), "is no reference", "are no references")
            raise ValidationError(f"{words.listing(strange)} {is_none} of an audit. Write them like AUD-0012, AUD-0031")


class OwnKindForm(AppForm):
    """A kind of the council's own: what it is called, for whom, and the place of each section."""

    name = Line("Name", [Needed("Enter a name, such as Pack for the lead member’s panel"), Length(60, "Name")])
    what_for = LongText("What it is for", [Needed("Say what it is for"), Length(300, "What it is for")])
    level = Radios(
        "Who is it for, as a rule?",
        [Needed("Choose an audience")],
        choices=choices([(str(level), name) for level, name in reversed(levels.NAMES.items())]),
    )

    @property
    def places(self) -> list[Any]:
        """The field of each section."""
        return [field for field in self if field.name.startswith("place_")]

    @property
    def in_order(self) -> tuple[str, ...]:
        """The sections that were given a place, by place; of two with one place the one listed first."""
        placed = [(field.data, at, key_of(field.name)) for at, field in enumerate(self.places) if field.data]
        return tuple(key for _, _, key in sorted(placed))


def key_of(field: str) -> str:
    """The section a field is the place of."""
    return field.removeprefix("place_").replace("_", "-")


def name_of(section: Section) -> str:
    """The name of the field that holds a section's place."""
    return f"place_{section.key.replace('-', '_')}"


def own_kind_form(sections: Sequence[Section]) -> type[OwnKindForm]:
    """The form with one number for each section that the kind could have."""
    fields = {name_of(section): WholeNumber(section.name, least=1, most=99) for section in sections}
    return type("OwnKindFormOf", (OwnKindForm,), fields)
