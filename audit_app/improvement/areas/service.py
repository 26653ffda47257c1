"""Writes about areas for improvement: opened, joined, owned, judged, closed; each is told to the log."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app import clock
from audit_app.errors import NotFound
from audit_app.improvement import judgement_areas
from audit_app.improvement.service_log import note_taker
from audit_app.people import queries as people
from findings import queries as thread_queries
from findings import register
from findings.errors import Invalid
from findings.register import NewSource
from findings.states import Impact
from findings.tables import AreaForImprovement, ImpactJudgement


def make_area(
    session: Session, authority_id: int, finding_number: int, *, by: int, now: datetime
) -> AreaForImprovement:
    """Make a finding's words the heading of an area, without retyping."""
    note = note_taker(session, authority_id, by=by, now=now)
    return register.make_area_from_finding(session, authority_id, finding_number, by=by, now=now, note=note)


def make_areas(session: Session, authority_id: int, inspection_number: int, *, by: int, now: datetime) -> int:
    """Make each finding of an inspection that asks for something and sits in no area the heading of one; how many."""
    wanted = thread_queries.FindingFilter(inspection_number=inspection_number, in_no_area=True)
    loose = thread_queries.list_findings(session, authority_id, wanted, size=200).rows
    for finding in reversed(loose):
        make_area(session, authority_id, finding.number, by=by, now=now)
    return len(loose)


def open_area(
    session: Session, authority_id: int, *, findings: Sequence[int] = (), by: int, now: datetime, **details: Any
) -> AreaForImprovement:
    """Open an area under a heading of one's own."""
    note = note_taker(session, authority_id, by=by, now=now)
    given = _checked(session, details, now)
    return register.open_area(session, authority_id, findings=findings, by=by, now=now, note=note, **given)


def correct_area(
    session: Session, authority_id: int, number: int, *, revision: int, by: int, now: datetime, **details: Any
) -> AreaForImprovement:
    """Correct an area: its heading (unless it is an inspectorate's), its owner, what will be different for children.

    A post left as it was keeps the person recorded with it, though it has closed since.
    """
    note = note_taker(session, authority_id, by=by, now=now)
    before = thread_queries.get_area(session, authority_id, number)
    if details.get("owner_post_id") == before.owner_post_id:
        details.pop("owner_post_id", None)
    given = _checked(session, details, now)
    return register.correct_area(session, authority_id, number, revision=revision, by=by, now=now, note=note, **given)


def _checked(session: Session, details: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The owner's post is looked up among the council's own (OB-5), the judgement area among the editions."""
    given = dict(details)
    if "judgement_area" in given:
        spoken = judgement_areas.speaks_to(given.pop("judgement_area") or "")
        given["edition_id"] = spoken.edition_id if spoken else ""
        given["judgement_area_id"] = spoken.judgement_area_id if spoken else ""
    if "owner_post_id" in given:
        post_id = given["owner_post_id"]
        posts = {post.id: post for post in people.list_posts(session, clock.london_day(now))}
        if post_id is not None and post_id not in posts:
            raise Invalid("owner_post_id", "Choose the post from the list.")
        post = posts.get(post_id)
        given["owner_person_id"] = post.holder_id if post else None
        given["owner_post_title"] = post.title if post else ""
    return given


def join_finding(
    session: Session, authority_id: int, *, finding_number: int, area_number: int, by: int, now: datetime
) -> None:
    """Join a finding to an area."""
    note = note_taker(session, authority_id, by=by, now=now)
    register.join_area(
        session, authority_id, finding_number=finding_number, area_number=area_number, by=by, now=now, note=note
    )


def leave_area(
    session: Session, authority_id: int, *, finding_number: int, area_number: int, by: int, now: datetime
) -> None:
    """Take a finding out of an area."""
    rows = thread_queries.load_rows(session, authority_id, findings=[finding_number])
    if area_number not in {row.area_number for row in rows.findings_in_areas if row.finding_number == finding_number}:
        raise NotFound("This finding is not in that area.")
    note = note_taker(session, authority_id, by=by, now=now)
    register.leave_area(
        session, authority_id, finding_number=finding_number, area_number=area_number, by=by, now=now, note=note
    )


def judge_impact(
    session: Session,
    authority_id: int,
    number: int,
    *,
    rating: Impact,
    judged_on: date,
    sources: Sequence[NewSource],
    by: int,
    now: datetime,
    **more: Any,
) -> ImpactJudgement:
    """Judge what is different for children in an area, with the evidence."""
    note = note_taker(session, authority_id, by=by, now=now)
    return register.judge_impact(
        session,
        authority_id,
        number,
        rating=rating,
        judged_on=judged_on,
        sources=sources,
        by=by,
        now=now,
        note=note,
        **more,
    )


def close_area(
    session: Session,
    authority_id: int,
    number: int,
    *,
    closed_on: date,
    closed_note: str,
    revision: int,
    by: int,
    now: datetime,
) -> AreaForImprovement:
    """Close an area whose latest judgement of impact shows a difference for children."""
    note = note_taker(session, authority_id, by=by, now=now)
    return register.close_area(
        session,
        authority_id,
        number,
        closed_on=closed_on,
        closed_note=closed_note,
        revision=revision or None,
        by=by,
        now=now,
        note=note,
    )


def reopen_area(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> AreaForImprovement:
    """Open a closed area again."""
    note = note_taker(session, authority_id, by=by, now=now)
    return register.reopen_area(session, authority_id, number, by=by, now=now, note=note)
