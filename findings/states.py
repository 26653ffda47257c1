"""The closed lists of the thread: kinds, origins, states and ratings. Name, value and stored text are one word.

Beside it stands the title: how the word reads to people, on a page and on paper alike.
"""

from enum import StrEnum, auto
from typing import Self


class Titled(StrEnum):
    """A closed list whose words know how they read: `Impact.no_difference.title` is "No difference".

    A title begins with a capital and may stand alone or, with its first letter small, in the middle of a sentence;
    none begins with a name. It takes the place of `str.title`, which would print a code in capitals.
    """

    title: str  # type: ignore[assignment]

    def __new__(cls, word: str, title: str = "") -> Self:
        """A member from its word and its title; the default is there for look-ups by word, which make no member."""
        if not title:
            raise TypeError(f"{cls.__name__}.{word} needs a title")
        member = str.__new__(cls, word)
        member._value_ = word
        member.title = title
        return member

    @property
    def in_sentence(self) -> str:
        """The title in the middle of a sentence: "no difference"."""
        return self.title[:1].lower() + self.title[1:]


class InspectionKind(Titled):
    """What sort of event looked at the service from outside the line."""

    inspection = auto(), "Inspection"
    focused_visit = auto(), "Focused visit"
    monitoring_visit = auto(), "Monitoring visit"
    peer_review = auto(), "Peer review"
    internal_review = auto(), "Internal review"
    other = auto(), "Other review"


class FindingKind(Titled):
    """What a finding asks for; kinds are never merged into one another."""

    strength = auto(), "Strength"
    area_for_improvement = auto(), "Area for improvement"
    area_for_priority_action = auto(), "Area for priority action"
    recommendation = auto(), "Recommendation"
    area_for_consideration = auto(), "Area for consideration"


class Origin(Titled):
    """Where a finding came from."""

    case_audit = auto(), "Case audit"
    inspection = auto(), "Inspection"
    peer_review = auto(), "Peer review"
    complaints_and_compliments = auto(), "Complaints and compliments"
    learning_review = auto(), "Learning review"
    children_and_young_people = auto(), "Children and young people"
    parents_and_carers = auto(), "Parents and carers"
    staff = auto(), "Staff"
    independent_reviewing_officer = auto(), "Independent reviewing officer"
    data = auto(), "Data"
    research = auto(), "Research"
    other_councils = auto(), "Other councils"
    self_identified = auto(), "Self-identified"


class Level(Titled):
    """How far a finding reaches; child and practitioner actions stay on their audit."""

    team = auto(), "A team"
    service = auto(), "The service"
    partnership = auto(), "The partnership"


class Timescale(Titled):
    """By when an inspectorate asked for a finding to be answered."""

    immediately = auto(), "Immediately"
    one_month = auto(), "Within one month"
    three_months = auto(), "Within three months"
    six_months = auto(), "Within six months"
    twelve_months = auto(), "Within twelve months"


class FindingStatus(Titled):
    """A finding stands until someone withdraws it with a reason."""

    raised = auto(), "Raised"
    withdrawn = auto(), "Withdrawn"


class SourceKind(Titled):
    """What sort of evidence a source is."""

    audit_answer = auto(), "An answer in a case audit"
    audit = auto(), "A case audit"
    document = auto(), "A document"
    re_audit = auto(), "A re-audit"
    dip_sample = auto(), "A dip sample"
    measure = auto(), "A measure"
    voice = auto(), "What children, families or staff say"
    observation = auto(), "Observed practice"
    other = auto(), "Something else"


class ImpactTest(Titled):
    """How a plan says impact will be tested."""

    re_audit = auto(), "A re-audit"
    dip_sample = auto(), "A dip sample"
    measure = auto(), "A measure"
    voice = auto(), "What children, families or staff say"
    observation = auto(), "Observed practice"


class AreaStatus(Titled):
    """An area for improvement is open until impact has been judged and someone closes it."""

    open = auto(), "Open"
    closed = auto(), "Closed"


class ActionStatus(Titled):
    """How far a plan action has come."""

    open = auto(), "Open"
    completed = auto(), "Completed, not yet verified"
    verified = auto(), "Verified"
    withdrawn = auto(), "Withdrawn"

    @property
    def in_sentence(self) -> str:
        """Completed but not yet verified: a comma inside would read as another entry where statuses are listed."""
        return super().in_sentence.replace(", ", " but ")


class Delivery(Titled):
    """How delivery goes, as its lead says; says nothing about impact."""

    not_started = auto(), "Not started"
    on_track = auto(), "On track"
    at_risk = auto(), "At risk"
    off_track = auto(), "Off track"
    complete = auto(), "Complete"


class Impact(Titled):
    """What difference was seen for children, judged at the area for improvement."""

    not_yet_known = auto(), "Not yet known"
    no_difference = auto(), "No difference"
    some_difference = auto(), "Some difference"
    clear_difference = auto(), "A clear difference"
    not_sustained = auto(), "A difference that was not sustained"


class Brag(Titled):
    """Delivery as a colour; a council sets what each colour's words are."""

    blue = auto(), "Blue"
    green = auto(), "Green"
    amber = auto(), "Amber"
    red = auto(), "Red"
    grey = auto(), "Grey"


class Standing(Titled):
    """How an action stands, as one word: each has one colour (`colours.COLOUR_OF`) and one meaning."""

    evidenced = auto(), "Impact evidenced"
    done = auto(), "Done"
    done_in_doubt = auto(), "Done, but no lasting difference"
    on_track = auto(), "On track"
    at_risk = auto(), "At risk"
    start_passed = auto(), "Start date passed"
    off_track = auto(), "Off track"
    overdue = auto(), "Overdue"
    not_due = auto(), "Not yet due to start"
    no_start = auto(), "No start reported"
    withdrawn = auto(), "Withdrawn"


class Verdict(Titled):
    """Whether a piece of evidence shows the impact of an action, or the first reason why it does not."""

    counts = auto(), "Counts"
    other_kind = auto(), "Not of the kind the plan named"
    undated = auto(), "Has no date"
    too_early = auto(), "Not from after the action was completed"
    too_late = auto(), "Dated after the judgement it is meant to support"


class PlanPart(Titled):
    """A part of a plan whose changes are kept."""

    plan = auto(), "The plan"
    theme = auto(), "A theme"
    action = auto(), "An action"
    milestone = auto(), "A milestone"
    review = auto(), "A review date"
    risk = auto(), "A risk"
    measure = auto(), "A measure"


class PlanStep(Titled):
    """What happened to a part of a plan."""

    changed = auto(), "Changed"
    moved = auto(), "Moved"
    removed = auto(), "Taken out"
    restored = auto(), "Put back"


class Band(Titled):
    """One of the four bands some councils set for what is to be delivered."""

    unmet = auto(), "Unmet"
    met = auto(), "Met"
    exceeded = auto(), "Exceeded"
    far_exceeded = auto(), "Significantly exceeded"
