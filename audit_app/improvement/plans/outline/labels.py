"""The shape of a typed plan: which things it holds, what each may say, and by which label a line says it. Data only.

Reading, writing and the explanation on the page all go by this table, so that what is written out can be typed again.
"""

from dataclasses import dataclass
from enum import Enum, auto

from findings.metadata import CODE_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from findings.states import Brag


class Kind(Enum):
    """How the words after a label are read."""

    line = auto()  # one line
    code = auto()  # a short one
    text = auto()  # several lines
    several = auto()  # one of several on each line
    day = auto()  # a calendar day
    due = auto()  # a calendar day, or words about one
    yes = auto()
    post = auto()
    posts = auto()
    colour = auto()
    test = auto()
    figure = auto()
    areas = auto()


LONGEST = {Kind.line: TITLE_LENGTH, Kind.code: CODE_LENGTH, Kind.text: TEXT_LENGTH, Kind.several: TEXT_LENGTH}
# Kinds of which a thing may have more than one line.
REPEATED = frozenset({Kind.several, Kind.posts, Kind.areas})
# Kinds that are one line, so that a wrapped line goes on with a space.
ONE_LINE = frozenset(
    {Kind.line, Kind.code, Kind.day, Kind.due, Kind.yes, Kind.post, Kind.colour, Kind.test, Kind.figure}
)


@dataclass(frozen=True)
class Label:
    """A label, the column its words are for, how they are read, and what it is good for."""

    name: str
    column: str
    kind: Kind
    also: tuple[str, ...] = ()  # other names people print it under


@dataclass(frozen=True)
class Thing:
    """A thing a plan holds: its label, the column and kind of the words beside it, and what may be said under it."""

    name: str
    column: str
    kind: Kind
    labels: tuple[Label, ...]
    also: tuple[str, ...] = ()


DUE = Label("Due", "due", Kind.due, ("Deadline", "Deadline for delivery", "Date of delivery"))
DUE_PRINTED = Label("Due as printed", "due_text", Kind.code)
LEAD = Label("Lead", "lead", Kind.post, ("Leads",))
LEAD_PRINTED = Label("Lead as printed", "lead_printed", Kind.line, ("Leads as printed",))
MONITORING = Label("Monitoring", "monitoring", Kind.several, ("Monitoring mechanisms", "Monitored by"))
DESCRIPTION = Label("Description", "description", Kind.text, ("Description and aim",))
SHORT = Label("Label", "label", Kind.code, ("Number",))

PLAN = Thing(
    "Plan",
    "title",
    Kind.line,
    (
        Label("From", "period_from", Kind.day),
        Label("To", "period_to", Kind.day),
        Label("Owner", "owner", Kind.post, ("Plan owner",)),
        Label("Board", "board", Kind.line),
        DESCRIPTION,
        MONITORING,
        *(Label(f"{brag.title} means", f"brag_{brag.value}", Kind.line) for brag in Brag),
        Label("Own colours", "own_colours", Kind.yes),
    ),
)
REVIEW = Thing("Review", "what", Kind.text, (DUE, DUE_PRINTED))
_RISK = (
    Label("Risk before", "before_controls", Kind.code, ("Uncontrolled risk",)),
    Label("Controls", "controls", Kind.text, ("Mitigation",)),
    Label("Risk after", "after_controls", Kind.code, ("Controlled risk",)),
)
PLAN_RISK = Thing("Plan risk", "risk", Kind.text, _RISK)
THEME_RISK = Thing("Theme risk", "risk", Kind.text, _RISK)
MEASURE = Thing(
    "Measure",
    "name",
    Kind.line,
    (
        Label("Unit", "unit", Kind.code),
        Label("Begins at", "baseline", Kind.figure),
        Label("Target", "target", Kind.figure),
        Label("Due", "due_text", Kind.code, ("Date of delivery",)),
        Label("Unmet", "band_unmet", Kind.code),
        Label("Met", "band_met", Kind.code),
        Label("Exceeded", "band_exceeded", Kind.code),
        Label("Significantly exceeded", "band_far_exceeded", Kind.code),
    ),
)
_THEME = (
    SHORT,
    Label("Owner", "owner", Kind.post, ("Theme owner",)),
    Label("Owner as printed", "owner_printed", Kind.line),
    DESCRIPTION,
    Label("Corporate priority", "corporate_priority", Kind.several, ("Corporate priorities",)),
    Label("Staff said", "staff_said", Kind.several, ("What staff said",)),
    MONITORING,
)
THEME = Thing("Theme", "title", Kind.line, _THEME, ("Focus area", "Priority"))
SUBTHEME = Thing("Subtheme", "title", Kind.line, _THEME, ("Sub-theme",))
AIM = Thing("Aim", "text", Kind.line, (Label("Source", "provenance", Kind.line),))
ACTION = Thing(
    "Action",
    "what",
    Kind.text,
    (
        Label("Label", "local_label", Kind.code, ("Number",)),
        DESCRIPTION,
        Label("Source", "provenance", Kind.text),
        LEAD,
        LEAD_PRINTED,
        Label("Delivered by", "delivered_by", Kind.posts),
        Label("Starts", "start_on", Kind.day),
        DUE,
        DUE_PRINTED,
        Label("Ongoing", "ongoing", Kind.yes),
        Label("Repeats", "repeats", Kind.code),
        Label("Success measure", "success_measure", Kind.text),
        Label("Intended impact", "intended_impact", Kind.text),
        Label("Indication of impact", "indication_of_impact", Kind.text),
        Label("Where we are", "starting_position", Kind.text, ("Where we are now",)),
        Label("As at", "starting_as_at", Kind.code),
        Label("Impact test", "impact_test", Kind.test),
        Label("Details of the test", "impact_test_note", Kind.text),
        Label("Risk", "risk", Kind.text),
        Label("Risk before", "risk_before", Kind.code, ("Uncontrolled risk",)),
        Label("Controls", "mitigation", Kind.text, ("Mitigation",)),
        Label("Risk after", "risk_after", Kind.code, ("Controlled risk",)),
        MONITORING,
        Label("Own rating", "own_colour", Kind.colour, ("BRAG",)),
        Label("Answers", "areas", Kind.areas),
    ),
)
MILESTONE = Thing("Milestone", "text", Kind.text, (LEAD, LEAD_PRINTED, DUE, DUE_PRINTED, MONITORING), ("Milestones",))

THINGS = (PLAN, REVIEW, PLAN_RISK, MEASURE, THEME, SUBTHEME, AIM, THEME_RISK, ACTION, MILESTONE)
NAMES = {name.casefold(): thing for thing in THINGS for name in (thing.name, *thing.also)}


def label_of(thing: Thing, name: str) -> Label | None:
    """The label of a thing by any of its names; None where the thing has none of that name."""
    wanted = name.casefold()
    for label in thing.labels:
        if wanted in (each.casefold() for each in (label.name, *label.also)):
            return label
    return None


def things_with(name: str) -> list[str]:
    """The names of the things that may say something under a label of this name."""
    return [thing.name for thing in THINGS if label_of(thing, name)]


EVERY_NAME = frozenset(NAMES) | {
    name.casefold() for thing in THINGS for label in thing.labels for name in (label.name, *label.also)
}
