"""The closed lists of the thread: kinds, origins, states and ratings. Name, value and stored text are one word."""

from enum import StrEnum, auto


class InspectionKind(StrEnum):
    """What sort of event looked at the service from outside the line."""

    inspection = auto()
    focused_visit = auto()
    monitoring_visit = auto()
    peer_review = auto()
    internal_review = auto()
    other = auto()


class FindingKind(StrEnum):
    """What a finding asks for; kinds are never merged into one another."""

    strength = auto()
    area_for_improvement = auto()
    area_for_priority_action = auto()
    recommendation = auto()
    area_for_consideration = auto()


class Origin(StrEnum):
    """Where a finding came from."""

    case_audit = auto()
    inspection = auto()
    peer_review = auto()
    complaints_and_compliments = auto()
    learning_review = auto()
    children_and_young_people = auto()
    parents_and_carers = auto()
    staff = auto()
    independent_reviewing_officer = auto()
    data = auto()
    research = auto()
    other_councils = auto()
    self_identified = auto()


class Level(StrEnum):
    """How far a finding reaches; child and practitioner actions stay on their audit."""

    team = auto()
    service = auto()
    partnership = auto()


class Timescale(StrEnum):
    """By when an inspectorate asked for a finding to be answered."""

    immediately = auto()
    one_month = auto()
    three_months = auto()
    six_months = auto()
    twelve_months = auto()


class FindingStatus(StrEnum):
    """A finding stands until someone withdraws it with a reason."""

    raised = auto()
    withdrawn = auto()


class SourceKind(StrEnum):
    """What sort of evidence a source is."""

    audit_answer = auto()
    audit = auto()
    document = auto()
    re_audit = auto()
    dip_sample = auto()
    measure = auto()
    voice = auto()
    observation = auto()
    other = auto()


class ImpactTest(StrEnum):
    """How a plan says impact will be tested."""

    re_audit = auto()
    dip_sample = auto()
    measure = auto()
    voice = auto()
    observation = auto()


class AreaStatus(StrEnum):
    """An area for improvement is open until impact has been judged and someone closes it."""

    open = auto()
    closed = auto()


class ActionStatus(StrEnum):
    """How far a plan action has come."""

    open = auto()
    completed = auto()
    verified = auto()
    withdrawn = auto()


class Delivery(StrEnum):
    """How delivery goes, as its lead says; says nothing about impact."""

    not_started = auto()
    on_track = auto()
    at_risk = auto()
    off_track = auto()
    complete = auto()


class Impact(StrEnum):
    """What difference was seen for children, judged at the area for improvement."""

    not_yet_known = auto()
    no_difference = auto()
    some_difference = auto()
    clear_difference = auto()
    not_sustained = auto()


class Brag(StrEnum):
    """Delivery as a colour; a council sets what each colour's words are."""

    blue = auto()
    green = auto()
    amber = auto()
    red = auto()
    grey = auto()
