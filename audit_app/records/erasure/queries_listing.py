"""What a removal takes and what stays, worked out from the rows as they are today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from audit_app.audits.tables import AUDIT
from audit_app.errors import Invalid
from audit_app.jobs import JobState, find
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.people.access.scope import widened
from audit_app.records import queries as things
from audit_app.records import queries_improvement as improvement
from audit_app.records.erasure import queries, queries_naming
from audit_app.records.erasure.listing import RemovalList, Stay, Why
from audit_app.records.holds import queries as holds
from audit_app.records.retention import queries as retention
from audit_app.records.tables import PackChoice, RemovalKind
from audit_app.records.things import Thing

MOST_A_RUN = 500


@dataclass(frozen=True)
class Wish:
    """What somebody asks to be removed: all that is past its time, or one thing or record by its reference."""

    kind: RemovalKind
    target: str = ""
    packs: PackChoice = PackChoice.unreleased


def work_out(session: Session, authority_id: int, wish: Wish, today: date) -> RemovalList:
    """All that goes and all that stays, as the rows are now.

    Raises:
        Invalid: a request names nothing that is here.
    """
    with widened(session, "working out a removal"):
        if wish.kind is RemovalKind.retention:
            wanted = retention.past_their_time(session, authority_id, today)
            stays: list[Stay] = []
        else:
            wanted = _asked_for(session, authority_id, wish.target)
            wanted, stays = _with_packs(session, authority_id, wanted, wish.packs)
        free, kept = _kept_back(session, authority_id, wanted, wish.kind)
        items = queries.items_for(session, authority_id, free[:MOST_A_RUN])
        stays += kept
        if len(free) > MOST_A_RUN:
            stays.append(Stay("", Why.more_than_one_run, str(len(free) - MOST_A_RUN)))
        if wish.kind is RemovalKind.request:
            going = {item.reference for item in items}
            stays += queries_naming.that_name(session, authority_id, _case_of(wish.target, wanted), going)
            parts = improvement.parts_of(session, authority_id, free)
            stays += queries_naming.that_cite(session, authority_id, going.union(*parts.values()))
    return RemovalList(tuple(items), tuple(dict.fromkeys(stays)))


def _asked_for(session: Session, authority_id: int, target: str) -> list[Thing]:
    """The thing of a reference, or every audit of a record.

    Raises:
        Invalid: neither is here.
    """
    thing = things.find_thing(session, authority_id, target.upper())
    if thing is not None:
        return [thing]
    audits = things.audits_of_case(session, authority_id, target) if target else []
    if not audits:
        raise Invalid(
            "target",
            "Nothing of this is here. Enter a case reference, or the reference of what is to be removed, like "
            "AUD-0042, EVD-0003 or PCK-0005",
        )
    return audits


def _case_of(target: str, wanted: Sequence[Thing]) -> str:
    """The case reference that was asked for; empty when one thing was."""
    return target if any(x.case_reference.casefold() == target.casefold() for x in wanted) else ""


def _with_packs(
    session: Session, authority_id: int, wanted: list[Thing], choice: PackChoice
) -> tuple[list[Thing], list[Stay]]:
    """The packs that were made with these audits go too, or are named as staying, as whoever asks has chosen."""
    audits = [thing for thing in wanted if thing.prefix == AUDIT]
    made = queries.packs_made_with(session, authority_id, audits)
    packs = things.numbers_like(session, authority_id, PACK, list(made))
    goes = {
        PackChoice.unreleased: [pack for pack in packs if pack.kind == "packs"],
        PackChoice.every: packs,
        PackChoice.none: [],
    }[choice]
    stays = [Stay(pack.reference, Why.pack_stays, made[pack.number][0]) for pack in packs if pack not in goes]
    return [*wanted, *goes], stays


def _kept_back(
    session: Session, authority_id: int, wanted: Sequence[Thing], kind: RemovalKind
) -> tuple[list[Thing], list[Stay]]:
    """What is free to go, and what a hold, open work or a build in hand keeps."""
    held = holds.that_keep(session, authority_id, wanted)
    numbers = [thing.number for thing in wanted if thing.prefix == AUDIT]
    busy = _being_built(session, authority_id, [thing.number for thing in wanted if thing.prefix == PACK])
    open_work = queries.with_open_work(session, authority_id, numbers) if kind is RemovalKind.retention else set()
    in_use = improvement.in_use(session, authority_id, wanted) if kind is RemovalKind.retention else set()
    free, kept = [], []
    for thing in dict.fromkeys(wanted):
        if hold := held[thing]:
            kept.append(Stay(thing.reference, Why.held, hold))
        elif thing.prefix == AUDIT and thing.number in open_work:
            kept.append(Stay(thing.reference, Why.open_work))
        elif thing in in_use:
            kept.append(Stay(thing.reference, Why.in_use))
        elif thing.prefix == PACK and thing.number in busy:
            kept.append(Stay(thing.reference, Why.being_built))
        else:
            free.append(thing)
    return free, kept


def _being_built(session: Session, authority_id: int, numbers: Sequence[int]) -> set[int]:
    if not numbers:
        return set()
    rows = session.exec(
        select(EvidencePackRow.number, EvidencePackRow.job_id).where(
            EvidencePackRow.authority_id == authority_id, col(EvidencePackRow.number).in_(numbers)
        )
    ).all()
    at_work = (JobState.waiting, JobState.running)
    jobs = {number: find(session, authority_id, job_id) for number, job_id in rows if job_id}
    return {number for number, job in jobs.items() if job is not None and job.state in at_work}
