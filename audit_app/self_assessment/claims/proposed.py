"""The rung proposed for a claim from what it cites as that stands today: never kept, decided by a person. Pure."""

from collections.abc import Iterable
from datetime import date

from audit_app.self_assessment import rungs
from audit_app.self_assessment.claims.bearing import Standing, contradiction
from audit_app.self_assessment.rungs import Ages, Cited, Kind, Proposal
from audit_app.self_assessment.tables import Cites, Stance

# What a finding, an area or a file rests on is not told here, so they count least until somebody says what they are.
KINDS = {
    Cites.grades: Kind.audit,
    Cites.answers: Kind.audit,
    Cites.finding: Kind.other,
    Cites.area: Kind.other,
    Cites.action: Kind.policy,
    Cites.measure: Kind.data,
    Cites.inspection: Kind.inspection,
    Cites.evidence: Kind.other,
    Cites.voice: Kind.feedback,
    Cites.data: Kind.data,
    Cites.policy: Kind.policy,
    Cites.other: Kind.other,
}


def proposed(stance: Stance, cited: Iterable[Standing], today: date, ages: Ages | None = None) -> Proposal:
    """The rung for a claim: what this reader may not see, or what fell away, carries none."""
    return rungs.propose([_cited(stance, each) for each in cited if not each.hidden], today, ages=ages)


def _cited(stance: Stance, standing: Standing) -> Cited:
    figure = standing.figure
    speaks_against = figure is not None and bool(contradiction(stance, figure, standing.later))
    return Cited(
        kind=KINDS[standing.kind],
        dated_on=standing.dated_on,
        against=bool(standing.against) or speaks_against,
        empty=figure is not None and not figure.n,
    )
