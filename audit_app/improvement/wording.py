"""How the thread's kinds, timescales, tests and ratings are said to people who work in children's services. Pure."""

from collections.abc import Iterable

from audit_app import words
from audit_app.words import Ours, ours
from findings.states import FindingKind, Impact, ImpactTest, InspectionKind, Level, Origin, SourceKind, Timescale
from findings.tables import Finding, Inspection, Source

TIMESCALES = {
    Timescale.immediately: "Immediately",
    Timescale.one_month: "Within one month",
    Timescale.three_months: "Within three months",
    Timescale.six_months: "Within six months",
    Timescale.twelve_months: "Within twelve months",
}
TESTS = {
    ImpactTest.re_audit: "A re-audit",
    ImpactTest.dip_sample: "A dip sample",
    ImpactTest.measure: "A measure",
    ImpactTest.voice: "What children, families or staff say",
    ImpactTest.observation: "Observed practice",
}
SOURCES = ours(
    {
        SourceKind.audit_answer: "An answer in a case audit",
        SourceKind.audit: "A case audit",
        SourceKind.document: "A document",
        SourceKind.re_audit: "A re-audit",
        SourceKind.dip_sample: "A dip sample",
        SourceKind.measure: "A measure",
        SourceKind.voice: "What children, families or staff say",
        SourceKind.observation: "Observed practice",
        SourceKind.other: "Something else",
    }
)
IMPACTS = {
    Impact.not_yet_known: "Not yet known",
    Impact.no_difference: "No difference",
    Impact.some_difference: "Some difference",
    Impact.clear_difference: "A clear difference",
    Impact.not_sustained: "A difference that was not sustained",
}
LEVELS = {Level.team: "A team", Level.service: "The service", Level.partnership: "The partnership"}
INSPECTION_KINDS = {
    InspectionKind.inspection: "Inspection",
    InspectionKind.focused_visit: "Focused visit",
    InspectionKind.monitoring_visit: "Monitoring visit",
    InspectionKind.peer_review: "Peer review",
    InspectionKind.internal_review: "Internal review",
    InspectionKind.other: "Something else",
}
ORIGIN_OF_INSPECTION = {
    InspectionKind.peer_review: Origin.peer_review,
    InspectionKind.internal_review: Origin.self_identified,
}


def kind_words(kind: FindingKind) -> str:
    """Area for priority action, Strength."""
    return Ours(words.sentence_case(kind.value))


def origin_words(origin: Origin) -> str:
    """Case audit, Children and young people."""
    return Ours("Self-identified" if origin is Origin.self_identified else words.sentence_case(origin.value))


def pairs(names: dict) -> list[tuple[str, str]]:
    """Codes and their words, for the choices of a form."""
    return [(code.value, said) for code, said in names.items()]


def kind_pairs(kinds: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The kinds of finding to choose from: those an edition uses, or all."""
    chosen = [FindingKind(kind) for kind in kinds] or list(FindingKind)
    return [(kind.value, kind_words(kind)) for kind in chosen]


def printed_as(finding: Finding, inspection: Inspection | None) -> str:
    """Ofsted’s area for improvement 4 of 13; nothing when no number was printed."""
    if finding.printed_number is None:
        return ""
    body = (inspection.body or inspection.title) if inspection else ""
    of_all = f" of {finding.printed_total}" if finding.printed_total else ""
    said = f"{words.lower_words(finding.kind.value)} {finding.printed_number}{of_all}"
    return f"{words.possessive(body)} {said}" if body else words.sentence_case(said)


def whose_words(finding: Finding, inspection: Inspection | None) -> str:
    """In Ofsted’s own words, unchanged."""
    body = inspection.body if inspection and inspection.body else "the inspectorate"
    return f"In {words.possessive(body)} own words, which cannot be changed here"


def source_about(source: Source) -> str:
    """What a source is, but for its audit's reference: a document and its paragraph, a dip sample, the day."""
    kind = "" if source.kind in (SourceKind.audit, SourceKind.audit_answer) else SOURCES[source.kind]
    parts = [
        source.document or ("" if source.audit_reference and source.kind == SourceKind.other else kind),
        f"paragraph {source.paragraph}" if source.paragraph else "",
        words.date_words(source.dated_on) if source.dated_on else "",
    ]
    return ", ".join(part for part in parts if part)


def source_said(source: Source) -> str:
    """What a source said, in sentences: the question and its grade, or the words kept from it."""
    grade = source.grade_words or words.sentence_case(source.grade_code.replace("_", " "))
    return " ".join(_stopped(part) for part in (source.words.strip(), grade) if part)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…", ".”", '."')) else f"{text}."


def source_words(source: Source) -> str:
    """One source in a line, as in "AUD-0048, 8 August 2025: How well have managers stopped drift? Inadequate."."""
    head = ", ".join(part for part in (source.audit_reference, source_about(source)) if part) or SOURCES[source.kind]
    said = source_said(source)
    return f"{head}: {said}" if said else _stopped(head)


def chosen_words(how_chosen: str) -> str:
    """How a set of records was chosen, with what that allows us to say."""
    said = {
        "random": "chosen at random",
        "purposive": "chosen, not selected at random: not a picture of the service",
        "inspectors": "chosen by inspectors, not selected at random: not a picture of the service",
        "directors": "chosen by the director, not selected at random: not a picture of the service",
    }
    return said.get(how_chosen, "chosen, not selected at random: not a picture of the service")
