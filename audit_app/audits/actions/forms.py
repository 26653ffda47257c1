"""The forms of an audit's actions: setting one, saying how it goes, done, confirmed, withdrawn; several on one page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import wtforms

from audit_app.audits.actions import owners
from audit_app.audits.actions.owners import Owner, owner_words
from audit_app.audits.actions.rules import LEVEL_WORDS, NEWS_WORDS, STAYS_ON_THE_AUDIT
from audit_app.audits.tables import ActionLevel, ActionNews
from audit_app.forms import AppForm, DateParts, Length, Line, LongText, Needed, OneOf, Radios, choices
from audit_app.words import ours

LEVEL_HINTS = ours(
    {
        ActionLevel.child: "Something to do for this child. It stays on the audit.",
        ActionLevel.practitioner: "Something to learn or to practise. It stays on the audit.",
        ActionLevel.team: "Offered as a finding, so that the plan can answer it.",
        ActionLevel.service: "Offered as a finding, so that the plan can answer it.",
        ActionLevel.partnership: "Offered as a finding, so that the plan can answer it.",
    }
)
# What the owner may say of an action on the page that updates several.
TO_SAY = (ActionNews.on_track, ActionNews.at_risk, ActionNews.done)
NEWS = {"": "No news today", **{news.value: NEWS_WORDS[news] for news in TO_SAY}}
LEFT_TO_MANAGER = "Leave it to the team manager"
WHAT_CHANGED = "What changed for the child?"


class OwnerFields(AppForm):
    """Who does it: an account, or somebody without one for whom an account speaks."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    owner_id = OneOf("Who does it?")
    owner_named = Line("Post or name of somebody without an account", [Length(owners.LONGEST_NAME, "Post or name")])

    without_account: Mapping[str, Owner] = {}
    may_name = False

    def offer_owners(
        self,
        people: Iterable[tuple[int, str]],
        without_account: Mapping[str, Owner],
        names: Mapping[int, str],
        *,
        first: str,
        may_name: bool,
    ) -> None:
        """Put into the form who has an account, who is named without one, and whether another may be named."""
        named = [
            (code, owner_words(owner.named, names.get(owner.account_id or 0, "")))
            for code, owner in without_account.items()
        ]
        self.owner_id.choices = choices([*named, *people], first=first)
        self.without_account, self.may_name = without_account, may_name
        if not may_name:
            del self.owner_named

    def validate_owner_id(self, field: Any) -> None:
        """Who is written needs an account to speak for them, not another without one."""
        if self.owner_named and self.owner_named.data and field.data in self.without_account:
            raise wtforms.ValidationError(
                "Choose who speaks for them, or clear the post or name of somebody without an account"
            )

    def owner(self) -> Owner:
        """What was chosen, as the service takes it."""
        chosen = self.owner_id.data or ""
        if chosen in self.without_account:
            return self.without_account[chosen]
        written = self.owner_named.data if self.owner_named else ""
        return Owner(int(chosen) if chosen else None, written or "")


class ActionForm(OwnerFields):
    """What is to be done, for whom, by whom and by when."""

    level = Radios("Whom is the action for?", [Needed("Choose whom the action is for")])
    what = LongText("What is to be done?", [Needed("Say what is to be done")])
    due_on = DateParts("Due date")
    question_key = wtforms.HiddenField()

    today = date.min
    due_before: date | None = None

    def offer(self, today: date, due_before: date | None = None) -> None:
        """Put the levels into the form, and the days it may be due."""
        self.level.choices = choices((level.value, words) for level, words in LEVEL_WORDS.items())
        self.today, self.due_before = today, due_before

    def validate_due_on(self, field: Any) -> None:
        """Actions that stay on the audit need a day; a new day is not in the past."""
        if field.data is None and not field.process_errors and self.level.data in set(STAYS_ON_THE_AUDIT):
            raise wtforms.ValidationError("Enter a due date")
        if field.data is not None and field.data < self.today and field.data != self.due_before:
            raise wtforms.ValidationError("Due date must be today or later")


class OwnerForm(OwnerFields):
    """Who does it."""

    def validate_owner_id(self, field: Any) -> None:
        """Giving an action away names somebody."""
        super().validate_owner_id(field)
        if not field.data and not self.owner_named.data:
            raise wtforms.ValidationError("Choose who does it")


class DoneForm(AppForm):
    """What was done and what changed."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    what_was_done = LongText("What was done?", [Needed("Say what was done")])
    what_changed = LongText(WHAT_CHANGED)

    for_child = False

    def validate_what_changed(self, field: Any) -> None:
        """A child's action without a word about the child is not done."""
        if self.for_child and not field.data:
            raise wtforms.ValidationError("Say what changed for the child, even if it is too early to tell")


class ConfirmForm(AppForm):
    """The manager confirms, or sends it back with a reason."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    decision = Radios("Is it done?", [Needed("Choose whether it is done")])
    reason = LongText("Why is it not done yet?")

    def offer(self) -> None:
        """The two ways it can go."""
        self.decision.choices = choices([("confirm", "Yes, I confirm it"), ("send_back", "No, send it back")])

    def validate_reason(self, field: Any) -> None:
        """Sending back needs a reason."""
        if self.decision.data == "send_back" and not field.data:
            raise wtforms.ValidationError("Say why it is not done yet")


class ReasonForm(AppForm):
    """Why an action is withdrawn or opened again."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    reason = LongText("Why?", [Needed("Say why")])


class CardForm(AppForm):
    """One action on the page that updates several."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    news = Radios("How is it going?")
    note = LongText("Note, or what was done", [Length(what="Note")])
    what_changed = LongText(WHAT_CHANGED, [Length(what="What changed")])
    due_on = DateParts("New due date")

    today = date.min
    due_now: date | None = None
    for_child = False

    def offer(self, today: date, due_now: date | None, *, for_child: bool) -> None:
        """What this card needs to know of its action."""
        self.news.choices = choices(NEWS.items())
        self.news.data = self.news.data or ""
        self.today, self.due_now, self.for_child = today, due_now, for_child

    @property
    def moves(self) -> bool:
        """Whether another due date was typed."""
        return self.due_on.data is not None and self.due_on.data != self.due_now

    @property
    def says_something(self) -> bool:
        """Whether anything on the card is to be saved."""
        return bool(self.news.data or self.note.data or self.what_changed.data or self.moves)

    @property
    def typed(self) -> bool:
        """Whether the parts that are folded away hold something."""
        return bool(self.note.data or self.what_changed.data or any(self.due_on.parts.values()) or self.errors)

    def validate_note(self, field: Any) -> None:
        """Done needs what was done; a new date needs its reason."""
        if field.data:
            return
        if self.news.data == ActionNews.done:
            raise wtforms.ValidationError("Say what was done")
        if self.moves:
            raise wtforms.ValidationError("Say in the note why the due date changes")

    def validate_what_changed(self, field: Any) -> None:
        """What changed belongs to what is done, and a child's action is not done without it."""
        if self.news.data == ActionNews.done and self.for_child and not field.data:
            raise wtforms.ValidationError("Say what changed for the child, even if it is too early to tell")
        if self.news.data != ActionNews.done and field.data:
            raise wtforms.ValidationError("Choose Done to say what changed, or write it into the note")

    def validate_due_on(self, field: Any) -> None:
        """A new day is not in the past, and what is done needs none."""
        if not self.moves:
            return
        if self.news.data == ActionNews.done:
            raise wtforms.ValidationError("An action that is done needs no new due date")
        if field.data < self.today:
            raise wtforms.ValidationError("New due date must be today or later")
