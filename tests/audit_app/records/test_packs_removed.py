"""Packs that were made with a record: removed with it or named as staying, as whoever asks has chosen."""

from datetime import date

import pytest
from sqlmodel import select

from audit_app import evidence_store, jobs
from audit_app.errors import OutOfTurn
from audit_app.packs.endings import service as endings
from audit_app.packs.tables import EvidencePackRow, PackRelease
from audit_app.records.erasure import queries, queries_listing
from audit_app.records.erasure.listing import Why
from audit_app.records.holds import service as holds
from audit_app.records.tables import HeldKind, PackChoice, RemovalKind
from tests import builders_packs
from tests.audit_app.records import planted
from tests.audit_app.records.planted import COUNCIL, NOW
from tests.conftest import ON_POSTGRESQL

FILES = ("pdf_sha256", "workbook_sha256", "archive_sha256")
DAY = date(2026, 12, 1)


@pytest.fixture
def year(app, session, built_once):
    """A year with a whole pack of it for the council, one for inspectors and one that names no audit."""
    return built_once("a year with three packs", lambda: made_year(app, session))


def made_year(app, session):
    made = builders_packs.make_year(session, random=3, chosen=0)
    for level, each_audit in ((0, True), (2, False), (3, False)):
        row = builders_packs.ask(session, made.people, level=level, each_audit=each_audit, purpose="For the test")
        number, job_id = row.number, row.job_id
        session.commit()
        jobs.run_job(app.extensions["jobs"], COUNCIL, job_id)
        session.expire_all()
        assert session.get(EvidencePackRow, (COUNCIL, number)).contents
        session.rollback()
    return made


def test_packs_go_with_the_record_or_stay_and_are_named(year, session, people, work, app, ask, agree, tmp_path):
    audit = year.audits[0]
    case, name = audit.case_reference, f"AUD-{audit.number:04d}"
    packs = session.exec(select(EvidencePackRow).order_by(EvidencePackRow.number)).all()
    assert [bool(pack.contents) for pack in packs] == [True, True, True]
    hashes = [getattr(pack, column) for pack in packs[:2] for column in FILES]
    session.add(PackRelease(
        authority_id=COUNCIL, pack_number=2, level=2, fingerprint=packs[1].fingerprint, recipient="Ofsted",
        purpose="Inspection", released_on=DAY, released_by=people.first, released_at=NOW, copy_number=1,
    ))  # fmt: skip
    session.commit()

    def goes(choice):
        wish = queries_listing.Wish(RemovalKind.request, case, choice)
        worked_out = queries_listing.work_out(session, COUNCIL, wish, DAY)
        stays = {stay.reference for stay in worked_out.stays if stay.why is Why.pack_stays}
        return {item.reference for item in worked_out.items if item.reference.startswith("PCK")}, stays

    assert goes(PackChoice.none) == (set(), {"PCK-0001", "PCK-0002"})
    assert goes(PackChoice.unreleased) == ({"PCK-0001"}, {"PCK-0002"})
    assert goes(PackChoice.every) == ({"PCK-0001", "PCK-0002"}, set())
    agree(ask(case, packs=PackChoice.every, today=DAY), today=DAY)
    work()
    session.expire_all()
    assert queries.line_of(session, COUNCIL, name) is not None
    first, second, third = session.exec(select(EvidencePackRow).order_by(EvidencePackRow.number)).all()
    assert not (first.contents or second.contents or second.key_list or first.page_marks) and third.contents
    assert [evidence_store.exists(app.config, sha256) for sha256 in hashes] == [False] * 6
    assert session.exec(select(PackRelease.recipient)).all() == ["Ofsted"]  # who had it is kept
    session.rollback()
    if not ON_POSTGRESQL:
        assert planted.traces(tmp_path, case) == []


def test_a_hold_keeps_a_pack_from_being_destroyed_by_people_and_by_its_day(session, people, app):
    row = EvidencePackRow(
        authority_id=COUNCIL, number=1, title="A pack", edition_id="ilacs-2026", period_from=DAY, period_to=DAY,
        marking="OFFICIAL", pseudonym_key="0" * 64, contents="{}", asked_at=NOW, destroy_on=DAY,
    )  # fmt: skip
    session.add(row)
    session.flush()
    given = {"reason": "A claim", "held_from": NOW.date(), "review_on": DAY, "by": people.first, "now": NOW}
    holds.place(session, COUNCIL, held=HeldKind.thing, target="PCK-0001", **given)
    endings.destroy_on_date(session, COUNCIL, today=DAY, now=NOW)
    assert row.destroyed_at is None
    endings.ask_to_destroy(session, COUNCIL, 1, reason="Old", by=people.first, now=NOW)
    with pytest.raises(OutOfTurn, match="HLD-0001 keeps this pack"):
        endings.destroy(session, COUNCIL, 1, by=people.second, now=NOW)
    holds.lift(session, COUNCIL, 1, reason="Over", by=people.first, now=NOW)
    endings.destroy_on_date(session, COUNCIL, today=DAY, now=NOW)
    assert row.destroyed_at is not None
