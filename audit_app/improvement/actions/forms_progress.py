"""Forms of progress: many actions on one page, one action, done, verified, milestones reached, latest figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import wtforms

from audit_app import forms
from audit_app.form_pages import blame
from audit_app.improvement.actions.forms import Figure
from findings.references import ACTION, reference
from findings.states import Delivery

NEEDS_A_NOTE = {Delivery.at_risk, Delivery.off_track}
RATINGS = tuple(
    (delivery.value, delivery.title)
    for delivery in (Delivery.on_track, Delivery.at_risk, Delivery.off_track, Delivery.not_started)
)
SAY_WHY = "say what stands in the way and what is being done about it"
SAY_WHAT_SHOWS_IT = "say what shows that it is done"


class UpdatesForm(forms.AppForm):
    """The actions of one person: fields of its own for each, made by `updates_form`."""

    ticked = forms.Checkboxes("Still on track")
    numbers: tuple[int, ...] = ()
    today: date

    def rating(self, number: int) -> Any:
        """How it is going."""
        return self[f"rating_{number}"]

    def note(self, number: int) -> Any:
        """What is said of it."""
        return self[f"note_{number}"]

    def done_on(self, number: int) -> Any:
        """The day it was done."""
        return self[f"done_{number}"]

    def says_something(self, number: int) -> bool:
        """Whether anything was typed or chosen for an action."""
        parts = any(self.done_on(number).parts.values())
        return bool(self.rating(number).data or self.note(number).data or parts)

    def faulty(self, number: int) -> bool:
        """Whether something is wrong with what was said of an action."""
        return bool(self.rating(number).errors or self.note(number).errors or self.done_on(number).errors)

    def blame_page(self, sentence: str) -> None:
        """Put a fault of the whole page where a reader can go: the first tick, or the first rating where none is."""
        blame(self.ticked if self.ticked.choices else self.rating(self.numbers[0]), sentence)

    def check_blocks(self, pressed: Sequence[int], late: Sequence[int]) -> bool:
        """Look at each block as a whole; every fault is found, not only the first."""
        sound = True
        for number in self.numbers:
            if self.says_something(number):
                sound = self._check_block(number, quick=number in pressed) and sound
            elif number in pressed and number in late:
                self._fault(
                    self.rating(number), number, "it is past its due date, so choose how it is going and say why"
                )
                sound = False
        return sound

    def _check_block(self, number: int, *, quick: bool) -> bool:
        rating, note, done = self.rating(number), self.note(number), self.done_on(number)
        if not rating.data and any(done.parts.values()):
            self._fault(rating, number, "choose ‘Done’ if it is done, or take the day away")
        elif not rating.data and not quick:
            self._fault(rating, number, "choose how it is going, to go with what you wrote")
        elif rating.data == Delivery.complete and not note.data:
            self._fault(note, number, SAY_WHAT_SHOWS_IT)
        elif rating.data in NEEDS_A_NOTE and not note.data:
            self._fault(note, number, SAY_WHY)
        elif done.data and done.data > self.today:
            self._fault(done, number, "the day it was done cannot be in the future")
        return not self.faulty(number)

    def _fault(self, field: Any, number: int, words: str) -> None:
        blame(field, f"{reference(ACTION, number)}: {words}")


def updates_form(numbers: Sequence[int], today: date) -> type[UpdatesForm]:
    """A form class with a block of fields for each action."""
    fields: dict[str, Any] = {"numbers": tuple(numbers), "today": today}
    ratings = forms.choices([*RATINGS, (Delivery.complete.value, "Done")], first="No change")
    for number in numbers:
        name = reference(ACTION, number)
        fields[f"rating_{number}"] = forms.OneOf(f"How is {name} going?", choices=ratings)
        fields[f"note_{number}"] = forms.LongText(f"Note on {name}", [forms.Length(what=f"The note on {name}")])
        fields[f"done_{number}"] = forms.DateParts(f"{name}: the day it was done, if not today")
    return type("TheseUpdatesForm", (UpdatesForm,), fields)


def typed_elsewhere(posted: Mapping[str, str], numbers: Sequence[int]) -> list[tuple[str, str]]:
    """Notes typed for actions that are no longer on the page, so that nothing typed is lost unseen."""
    lost = []
    for name, value in posted.items():
        number = name.removeprefix("note_")
        if name.startswith("note_") and number.isdigit() and int(number) not in numbers and value.strip():
            lost.append((reference(ACTION, int(number)), forms.clean(value)))
    return lost


class ReportForm(forms.AppForm):
    """How one action goes."""

    delivery = forms.Radios(
        "How is it going?", [forms.Needed("Choose how it is going")], choices=forms.choices(RATINGS)
    )
    note = forms.LongText("Note")

    def validate_note(self, field: Any) -> None:
        """At risk or off track needs a word on why."""
        if self.delivery.data in NEEDS_A_NOTE and not field.data:
            raise wtforms.ValidationError(SAY_WHY.capitalize())


class DayAndNoteForm(forms.AppForm):
    """Something happened on a day, and what shows it: an action or milestone done, an action verified."""

    on = forms.DateParts("On which day?", [forms.Needed("Enter the day")])
    note = forms.LongText("What shows it?", [forms.Needed("Say what shows it")])


class MeasureUpdateForm(forms.AppForm):
    """The latest figure of a measure."""

    latest = Figure("Latest figure", [forms.Needed("Enter the latest figure")])
    latest_on = forms.DateParts("Which day is it for?", [forms.Needed("Enter the day the figure is for")])
