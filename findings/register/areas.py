"""Writes at the middle and end of the thread: areas for improvement, what joins them, and their impact."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session, col, select

from findings import rules
from findings.errors import Invalid, OutOfTurn
from findings.numbering import next_number
from findings.references import AREA, FINDING, reference
from findings.register import rows
from findings.register.rows import Note, quiet
from findings.register.sources import NewSource, source_rows
from findings.states import AreaStatus, FindingStatus, Impact, ImpactTest
from findings.tables import AreaForImprovement, Finding, FindingInArea, FindingJudgementArea, ImpactJudgement


class AreaFields(TypedDict, total=False):
    """What may be said of an area for improvement beside its heading."""

    edition_id: str
    judgement_area_id: str
    owner_post_id: int | None
    owner_person_id: int | None
    owner_post_title: str
    different_for_children: str
    not_yet_good_enough: str


class AreaChanges(AreaFields, total=False):
    """What may be corrected on an area for improvement."""

    heading: str


class ImpactFields(TypedDict, total=False):
    """What may be said of a judgement of impact beside its rating and day."""

    method: ImpactTest | None
    sample_size: int | None
    tested_by: str
    different_for_children: str
    not_yet_good_enough: str
    next_steps: str
    judged_by_post_title: str


def get_open_area(session: Session, authority_id: int, number: int) -> AreaForImprovement:
    """The area, held for a change, if it is still open.

    Raises:
        NotFound: There is no such area.
        OutOfTurn: It has been closed.
    """
    row = rows.fetch(session, AreaForImprovement, authority_id, number, AREA)
    if row.status is AreaStatus.closed:
        raise OutOfTurn(f"{reference(AREA, number)} is closed. Open it again before you change what belongs to it.")
    return row


def open_area(
    session: Session,
    authority_id: int,
    *,
    heading: str,
    findings: Sequence[int] = (),
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[AreaFields],
) -> AreaForImprovement:
    """Open an area for improvement under a heading of one's own, with the findings it gathers."""
    number = next_number(session, authority_id, AREA)
    row = AreaForImprovement(
        authority_id=authority_id, number=number, heading=heading, opened_by=by, opened_at=now, **more
    )
    rows.add(session, row, required=("heading",))
    note("area_opened", reference(AREA, number), {"area": row.judgement_area_id})
    for finding in dict.fromkeys(findings):
        join_area(session, authority_id, finding_number=finding, area_number=number, by=by, now=now, note=note)
    return row


def make_area_from_finding(
    session: Session, authority_id: int, finding_number: int, *, by: int, now: datetime, note: Note = quiet
) -> AreaForImprovement:
    """Make a finding's words the heading of an area, without retyping; pressed twice it gives the same area."""
    finding = rows.fetch(session, Finding, authority_id, finding_number, FINDING)
    made_before = rows.belonging_to(session, AreaForImprovement, authority_id, "heading_from", finding_number)
    if made_before:
        return made_before[0]
    number = next_number(session, authority_id, AREA)
    speaks_to = _first_judgement_area(session, finding)
    row = AreaForImprovement(
        authority_id=authority_id,
        number=number,
        heading=finding.text,
        heading_verbatim=finding.verbatim,
        heading_from=finding_number,
        edition_id=speaks_to.edition_id if speaks_to else "",
        judgement_area_id=speaks_to.judgement_area_id if speaks_to else "",
        opened_by=by,
        opened_at=now,
    )
    rows.add(session, row, required=("heading",))
    note("area_opened", reference(AREA, number), {"from": reference(FINDING, finding_number)})
    join_area(session, authority_id, finding_number=finding_number, area_number=number, by=by, now=now, note=note)
    return row


def _first_judgement_area(session: Session, finding: Finding) -> FindingJudgementArea | None:
    query = (
        select(FindingJudgementArea)
        .where(col(FindingJudgementArea.authority_id) == finding.authority_id)
        .where(col(FindingJudgementArea.finding_number) == finding.number)
        .order_by(col(FindingJudgementArea.edition_id).desc(), col(FindingJudgementArea.judgement_area_id))
    )
    return session.exec(query).first()


def join_area(
    session: Session,
    authority_id: int,
    *,
    finding_number: int,
    area_number: int,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> AreaForImprovement:
    """Join a finding to an open area; joined already, nothing changes."""
    area = get_open_area(session, authority_id, area_number)
    finding = rows.fetch(session, Finding, authority_id, finding_number, FINDING)
    if finding.status is FindingStatus.withdrawn:
        raise OutOfTurn(f"{reference(FINDING, finding_number)} was withdrawn, so it cannot join an area.")
    key = {"authority_id": authority_id, "finding_number": finding_number, "area_number": area_number}
    if not rows.exists(session, FindingInArea, **key):
        rows.add(session, FindingInArea(**key, joined_by=by, joined_at=now))
        note("finding_joined_area", reference(FINDING, finding_number), {"area": reference(AREA, area_number)})
    return area


def leave_area(
    session: Session,
    authority_id: int,
    *,
    finding_number: int,
    area_number: int,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> AreaForImprovement:
    """Take a finding out of an area, unless its words are the area's heading."""
    area = get_open_area(session, authority_id, area_number)
    if area.heading_from == finding_number:
        raise OutOfTurn("The area's heading is this finding's words, so it cannot leave the area.")
    for link in rows.belonging_to(session, FindingInArea, authority_id, "area_number", area_number):
        if link.finding_number == finding_number:
            session.delete(link)
            note("finding_left_area", reference(FINDING, finding_number), {"area": reference(AREA, area_number)})
    session.flush()
    return area


def correct_area(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[AreaChanges],
) -> AreaForImprovement:
    """Correct an area; a heading in an inspectorate's own words stays as it is."""
    row = get_open_area(session, authority_id, number)
    rows.same_revision(row, revision)
    given: dict[str, object] = {**changes}
    if row.heading_verbatim and given.get("heading", row.heading) != row.heading:
        raise Invalid("heading", "The heading is in the inspectorate's own words and stays as it was printed.")
    changed = rows.change(session, row, given, AreaChanges.__annotations__, required=("heading",))
    if changed:
        note("area_corrected", reference(AREA, number), {"fields": changed, "revision": row.revision})
    return row


def latest_impact(session: Session, authority_id: int, area_number: int) -> ImpactJudgement | None:
    """The judgement of impact that counts for an area, or None when none has been made."""
    return rules.latest(rows.belonging_to(session, ImpactJudgement, authority_id, "area_number", area_number))


def judge_impact(
    session: Session,
    authority_id: int,
    area_number: int,
    *,
    rating: Impact,
    judged_on: date,
    sources: Sequence[NewSource] = (),
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[ImpactFields],
) -> ImpactJudgement:
    """Judge what is different for children in an area, with the evidence; closed areas may be judged again."""
    rows.fetch(session, AreaForImprovement, authority_id, area_number, AREA)
    rows.not_in_future("judged_on", judged_on, now)
    size = more.get("sample_size")
    if size is not None and size < 0:
        raise Invalid("sample_size", "The number looked at cannot be less than 0.")
    before = latest_impact(session, authority_id, area_number)
    row = ImpactJudgement(
        authority_id=authority_id,
        area_number=area_number,
        rating=rating,
        judged_on=judged_on,
        judged_by=by,
        judged_at=now,
        **more,
    )
    needed = "different_for_children" if rating in rules.SHOWS_DIFFERENCE else "not_yet_good_enough"
    rows.add(session, row, required=() if rating is Impact.not_yet_known else (needed,))
    rows.add_all(session, source_rows(authority_id, sources, impact_id=row.id, by=by, now=now))
    facts: dict[str, object] = {"before": before.rating.value if before else None, "after": row.rating.value}
    note("impact_judged", reference(AREA, area_number), {**facts, "sources": len(sources)})
    return row


def close_area(
    session: Session,
    authority_id: int,
    number: int,
    *,
    closed_on: date,
    closed_note: str = "",
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> AreaForImprovement:
    """Close an area whose latest judgement of impact shows a difference for children."""
    row = get_open_area(session, authority_id, number)
    rows.same_revision(row, revision)
    rows.not_in_future("closed_on", closed_on, now)
    if not rules.may_close(latest_impact(session, authority_id, number)):
        raise OutOfTurn(
            "An area closes only when its latest judgement of impact shows a difference for children. Judge it first."
        )
    state = {"status": AreaStatus.closed, "closed_on": closed_on, "closed_by": by, "closed_note": closed_note}
    rows.change(session, row, state, state)
    note("area_closed", reference(AREA, number), {"before": "open", "after": "closed"})
    return row


def reopen_area(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> AreaForImprovement:
    """Open a closed area again, as when the difference was not sustained."""
    row = rows.fetch(session, AreaForImprovement, authority_id, number, AREA)
    rows.same_revision(row, revision)
    if row.status is AreaStatus.open:
        raise OutOfTurn("This area is already open.")
    state = {"status": AreaStatus.open, "closed_on": None, "closed_by": None}
    rows.change(session, row, state, state)
    note("area_reopened", reference(AREA, number), {"before": "closed", "after": "open"})
    return row
