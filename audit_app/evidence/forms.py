"""The forms of evidence: what it is, one version of it, why it is withdrawn, what it proves."""

from typing import Any

import wtforms

from audit_app import words
from audit_app.disclosure import audiences
from audit_app.evidence.given import NewEvidence, NewVersion, TakenFile
from audit_app.evidence.states import Effect, Held, Renewal
from audit_app.evidence.tables import ADDRESS_LENGTH, SENTENCE_LENGTH
from audit_app.forms import AppForm, DateParts, Length, Line, LongText, Needed, OneOf, Radios, WholeNumber, choices

TITLE = 300
FIELDS_OF = {
    Held.here: {"file"},
    Held.link: {"address", "pages"},
    Held.elsewhere: {"held_where", "held_by", "pages"},
}
NOBODY = "Nobody yet"
# What each level means for evidence, beside its name.
LEVEL_HINTS = words.ours({
    "0": "For the quality assurance team, and whoever added or owns it. Choose this when it tells of single children.",
    "1": "For directors, heads of service and the improvement board as well.",
    "2": "For everybody who audits or manages here, and for inspectors on request. Nothing about a single child.",
    "3": "For anybody. It may be printed in a pack that is published.",
})  # fmt: skip
EFFECT_HINTS = words.ours({
    "output": "Minutes, training attended, a procedure, a form that is used.",
    "impact": "Re-audits, dip samples, measures, and what children and families say.",
})  # fmt: skip


def titled(kinds: Any) -> Any:
    """The choices of a closed list, each with its title."""
    return choices([(kind.value, kind.title) for kind in kinds])


def level_choices() -> Any:
    """The four levels, the one that discloses least last."""
    return choices([(str(level), name) for level, name in audiences.NAMES.items()])


def offer_posts(form: Any, posts: Any, kept: tuple[int | None, str] = (None, "")) -> None:
    """The council's posts to choose an owner from; one that has since closed stays on offer where it is kept."""
    pairs = [(str(post.id), f"{post.title} ({post.holder_name or 'vacant'})") for post in posts]
    if kept[0] is not None and str(kept[0]) not in {value for value, _ in pairs}:
        pairs.append((str(kept[0]), f"{kept[1]} (closed)"))
    form.owner_post_id.choices = choices(pairs, first=NOBODY)


class SaidForm(AppForm):
    """What is said of a piece of evidence, whatever its versions."""

    title = Line(
        "Title", [Needed("Enter a title, such as Performance scorecard, October 2026"), Length(TITLE, "Title")]
    )
    shows = LongText(
        "What it shows, in a sentence",
        [Needed("Say in a sentence what it shows"), Length(SENTENCE_LENGTH, "What it shows")],
    )
    effect = Radios("Output or impact", [Needed("Choose what it shows")], choices=titled(Effect))
    level = Radios("Who may see it", [Needed("Choose who may see it")], choices=level_choices())
    renewal = OneOf("How often it must be renewed", choices=titled(Renewal))
    owner_post_id = OneOf("Owner")

    def said(self) -> NewEvidence:
        """What was typed of it."""
        post = self.owner_post_id.data
        return NewEvidence(
            title=self.title.data or "", shows=self.shows.data or "", effect=Effect(self.effect.data),
            level=int(self.level.data), renewal=Renewal(self.renewal.data or "never"),
            owner_post_id=int(post) if post else None,
        )  # fmt: skip


class VersionForm(AppForm):
    """One version: where it is held, what it speaks of and when it was made."""

    file = wtforms.FileField("File")
    address = Line("Address of the link", [Length(ADDRESS_LENGTH, "Address of the link")])
    held_where = Line("Where it is held", [Length(TITLE, "Where it is held")])
    held_by = Line("Who holds it", [Length(TITLE, "Who holds it")])
    pages = WholeNumber("How many pages", least=1, most=100_000)
    speaks_from = DateParts("First day it speaks of")
    speaks_to = DateParts("Last day it speaks of", [Needed("Enter the last day it speaks of")])
    made_on = DateParts("Day it was made", [Needed("Enter the day it was made")])
    why = LongText("Why there is a new version")

    def only(self, held: Held) -> None:
        """Leave the fields of this way of holding it, and take the others off the page."""
        wanted = FIELDS_OF[held]
        for name in {name for names in FIELDS_OF.values() for name in names} - wanted:
            del self[name]

    def given(self, held: Held, file: TakenFile | None) -> NewVersion:
        """The version that was typed; a single day is a period of one day."""
        typed: dict[str, Any] = {name: self[name].data for name in FIELDS_OF[held] if name != "file"}
        last = self.speaks_to.entered
        why = (self.why.data or "") if "why" in self else ""
        days: dict[str, Any] = {"speaks_from": self.speaks_from.data or last, "speaks_to": last}
        days["made_on"] = self.made_on.entered
        return NewVersion(held=held, file=file, why=why, **days, **typed)


class NewEvidenceForm(SaidForm, VersionForm):
    """A piece of evidence with its first version, and what it proves."""

    part = Radios("What of it does it prove?")
    proves = LongText("What it proves there, in a sentence", [Length(SENTENCE_LENGTH, "What it proves there")])


class ReasonForm(AppForm):
    """Why something is withdrawn or taken away."""

    reason = LongText("Why", [Needed("Say why, so that whoever relied on it understands it")])


class KeptOutForm(AppForm):
    """Why something must not go into packs; empty when it may."""

    reason = LongText("Why it must not go into packs")


class AttachForm(AppForm):
    """What a piece of evidence is attached to."""

    reference = Line("Reference", [Needed("Enter the reference of what it proves, such as FND-0007 or ACT-0011")])
    part = Radios("What of it does it prove?")
    proves = LongText("What it proves there, in a sentence", [Length(SENTENCE_LENGTH, "What it proves there")])


class ChooseForm(AppForm):
    """Which piece of evidence that is here already proves a thing."""

    evidence = Radios("Evidence", [Needed("Choose the evidence")])
    part = Radios("What of it does it prove?")
    proves = LongText("What it proves there, in a sentence", [Length(SENTENCE_LENGTH, "What it proves there")])
