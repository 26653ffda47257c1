"""What happened since a self-assessment was signed to what its claims cite: nothing signed changes, and all is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from audit_app import words
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import CaseAudit, Stage
from audit_app.self_assessment.claims import figure as figures
from audit_app.self_assessment.claims import queries_cited, queries_figures
from audit_app.self_assessment.signing.contents import Assessment, FrozenCitation
from audit_app.self_assessment.tables import SELF_ASSESSMENT, Citation
from findings.references import number_of

AT_ONCE = 500


@dataclass(frozen=True)
class Audited:
    """An audit as it stands now."""

    version: int
    stage: Stage


def since_signature(session: Session, authority_id: int, frozen: Assessment, today: date) -> dict[int, tuple[str, ...]]:
    """By its claim, what happened to what it cites after the signature, in sentences; claims untouched are left out.

    Of a figure: how many of the audits it counted have been corrected, are no longer agreed, or are not on record any
    more, and what it would be today. Of findings, actions and evidence: that they were withdrawn. Only what this
    person may see is told.
    """
    claims = [claim for _, claim in frozen.claims]
    rows = {row.id: row for row in queries_cited.citations_of(session, authority_id, [claim.id for claim in claims])}
    number = number_of(frozen.reference, SELF_ASSESSMENT) or 0
    standing = queries_cited.standing_of(session, authority_id, number, list(rows.values()), frozen.as_at)
    sees = queries_figures.sees_figures(session.info["scope"])
    counted = {each[0] for claim in claims for cited in claim.cited for each in cited.audits}
    audits = _audits(session, authority_id, counted) if sees else {}
    by_claim: dict[int, tuple[str, ...]] = {}
    for claim in claims:
        sentences: list[str] = []
        for cited in claim.cited:
            if cited.is_figure and sees:
                sentences += _figure(
                    session, authority_id, cited, rows.get(cited.citation_id), audits=audits, as_at=frozen.as_at
                )
        sentences += [f"{each.words}: {each.against}." for each in standing.get(claim.id, ()) if each.against]
        if sentences:
            by_claim[claim.id] = tuple(sentences)
    return by_claim


def _audits(session: Session, authority_id: int, numbers: Collection[int]) -> dict[int, Audited]:
    there: dict[int, Audited] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), AT_ONCE):
        query = select(CaseAudit.number, CaseAudit.version, CaseAudit.stage).where(
            CaseAudit.authority_id == authority_id, col(CaseAudit.number).in_(wanted[start : start + AT_ONCE])
        )
        there |= {number: Audited(version, Stage(stage)) for number, version, stage in session.exec(query).all()}
    return there


def _figure(
    session: Session,
    authority_id: int,
    cited: FrozenCitation,
    row: Citation | None,
    *,
    audits: dict[int, Audited],
    as_at: date,
) -> list[str]:
    gone = sum(number not in audits for number, _, _ in cited.audits)
    corrected = sum(number in audits and audits[number].version > version for number, version, _ in cited.audits)
    reopened = sum(
        number in audits and audits[number].version <= version and audits[number].stage not in AFTER_AGREEMENT
        for number, version, _ in cited.audits
    )
    parts = [
        f"{count:,} {words.agree(count, 'was', 'were')} {what}"
        for count, what in ((corrected, "corrected"), (gone, "removed from the record"))
        if count
    ]
    parts += [f"{reopened:,} {words.agree(reopened, 'is', 'are')} no longer agreed"] if reopened else []
    if not parts:
        return []
    changed = f"Of the {len(cited.audits):,} audits counted, {words.listing(parts)} after the signature."
    if row is None:
        return [changed]
    today = figures.headline(queries_figures.figure_of(session, authority_id, row, as_at))
    return [f"{changed} What was signed stands. Counted again for the same days, it would be: {today}."]
