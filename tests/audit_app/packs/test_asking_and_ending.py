"""What may be asked of a pack, who sees it and how it ends, at the edges: on packs nobody built, so each is quick."""

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app import jobs
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.history import HistoryEntry
from audit_app.packs import service
from audit_app.packs.endings import service as endings
from audit_app.packs.kinds import service as kinds
from audit_app.packs.tables import EvidencePackRow, PackExhibit, PackProof, PackRelease, PackState
from audit_app.people.access import Role, system_scope
from audit_app.people.access.scope import Scope
from tests import builders_packs

A, NOW = builders_packs.COUNCIL, builders_packs.NOW
TODAY, DAY = NOW.date(), timedelta(days=1)
OF_ALL = system_scope("a test", A)
BY = {"by": 7, "now": NOW}
OTHER = {"by": 8, "now": NOW + DAY}


def make_row(session, number=1, **changed):
    """A pack that is ready, as a row."""
    wish = builders_packs.make_wish(level=changed.pop("level", 2))
    given = {name: value for name, value in wish.__dict__.items() if name != "chosen"}
    state = {"state": PackState.ready, "frozen_at": NOW, "fingerprint": "a" * 64, "asked_by": 7, "contents": "{}"}
    row = EvidencePackRow(
        **{**given, **state, **changed}, authority_id=A, number=number, asked_at=NOW, pseudonym_key="ab" * 32
    )
    session.add(row)
    session.flush()
    return row


def noted(session):
    rows = session.exec(select(HistoryEntry).order_by(HistoryEntry.sequence)).all()
    return [
        (row.event.partition(".")[2], row.actor,
         {what: fact for what, fact in json.loads(row.facts).items() if what != "seals"})
        for row in rows if row.event.startswith("pack")
    ]  # fmt: skip


def test_packs_are_seen_by_qa_managers_and_all_but_the_internal_ones_by_leaders(session):
    for level in range(4):
        row = make_row(session, level + 1, level=level)
        held = {"authority_id": A, "pack_number": row.number, "level": level}
        session.add(PackProof(**held, fingerprint="a", faults=0, read_by=7, read_at=NOW))
        session.add(
            PackRelease(
                **held,
                fingerprint="a",
                recipient="Ofsted",
                purpose="x",
                released_on=TODAY,
                released_by=8,
                released_at=NOW,
                copy_number=1,
            )
        )
    session.commit()
    for role in Role:
        seen = {Role.qa_manager: [1, 2, 3, 4], Role.leader: [2, 3, 4]}.get(role, [])
        for council, expected in ((A, seen), (2, [])):
            session.info["scope"] = Scope(council, 7, frozenset({role}))
            assert sorted(row.number for row in session.exec(select(EvidencePackRow)).all()) == expected, role
            for part in (PackProof, PackRelease):
                assert sorted(row.pack_number for row in session.exec(select(part)).all()) == expected, role
            assert session.exec(select(PackExhibit)).all() == []
    session.info["scope"] = OF_ALL


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"level": 4}, "level"),
        ({"level": -1}, "level"),
        ({"level": 2, "purpose": " "}, "purpose"),
        ({"period_from": TODAY, "period_to": TODAY - DAY}, "period_to"),
        ({"period_from": date(2016, 1, 1), "period_to": date(2016, 1, 1) + 3661 * DAY}, "period_from"),
        ({"title": " "}, "title"),
        ({"marking": " "}, "title"),
        ({"marking": "OFFICIAL-SENSITIVE"}, "marking"),
        ({"edition_id": "ilacs-1066"}, "edition_id"),
    ],
)
def test_what_could_not_be_built_is_refused_under_its_field(changed, field):
    wish = builders_packs.make_wish()
    with pytest.raises(Invalid) as refused:
        service.check(service.Wish(**{**wish.__dict__, **changed}))
    assert refused.value.field == field


def test_at_the_edges_it_may_be_asked():
    wish = builders_packs.make_wish().__dict__
    for changed in (
        {"period_from": TODAY, "period_to": TODAY},
        {"period_from": date(2016, 1, 1), "period_to": date(2016, 1, 1) + 3660 * DAY},
        {"level": 0, "purpose": "x", "marking": "OFFICIAL-SENSITIVE"},
    ):
        service.check(service.Wish(**{**wish, **changed}))


def test_what_was_asked_is_in_the_log_and_each_audit_is_printed_only_inside(session):
    assert not builders_packs.make_wish(level=0).each_audit  # in full only where that is asked for
    for level, each_audit in ((0, True), (1, True), (2, False), (3, False)):
        wish = builders_packs.make_wish(level=level, each_audit=True, for_inspection=" INS-0001  x ")
        row = service.ask_for_pack(session, A, wish, exhibits_first=True, **BY)
        session.flush()
        assert (row.each_audit, row.for_inspection, row.job_id) == (each_audit, "INS-0001 x", None)
    about = {"edition": "ilacs-2026", "kind": "inspection-pack", "period_from": "2026-04-01", "period_to": "2026-10-31"}
    expected = []
    for level in range(4):
        expected.append(("asked", 7, {**about, "level": level}))
        expected += [("level_lowered", 7, {"level": level})] if level < 3 else []
    assert noted(session) == expected
    again = service.ask_for_pack(
        session, A, builders_packs.make_wish(level=2, for_inspection="ins-0001 X"), exhibits_first=True, **BY
    )
    assert again.names_from == 3  # for the same inspection and audience, an audit has one name
    other = service.ask_for_pack(
        session, A, builders_packs.make_wish(level=2, for_inspection="INS-0002"), exhibits_first=True, **BY
    )
    assert other.names_from is None and other.pseudonym_key != again.pseudonym_key
    with pytest.raises(Invalid, match="for another audience"):
        service.ask_for_pack(session, A, builders_packs.make_wish(level=1, replaces=3), **BY)


def waiting_job(session, row):
    """A job that no worker has taken yet."""
    row.job_id = jobs.ask(session, A, service.JOB, f"PCK-{row.number:04d}", 7, NOW).id
    session.flush()


def test_a_pack_is_asked_again_or_stopped_only_as_it_stands(session):
    ready, asked, gone = make_row(session), make_row(session, 2, state=PackState.asked), make_row(session, 3)
    gone.state, gone.destroyed_at = PackState.frozen, NOW
    for row in (ready, gone):
        with pytest.raises(OutOfTurn, match="ready or being built"):
            service.ask_again(session, A, row.number, **BY)
    with pytest.raises(OutOfTurn, match="not being built"):
        service.stop(session, A, asked.number, **BY)
    service.ask_again(session, A, asked.number, **BY)
    first = asked.job_id
    assert first is not None
    with pytest.raises(OutOfTurn, match="ready or being built"):
        service.ask_again(session, A, asked.number, **BY)
    with pytest.raises(OutOfTurn, match="Stop it first"):
        endings.ask_to_destroy(session, A, asked.number, reason="Old", **BY)
    service.stop(session, A, asked.number, **OTHER)
    session.flush()
    service.ask_again(session, A, asked.number, **OTHER)
    assert asked.job_id != first
    assert noted(session) == [("asked_again", 7, {}), ("cancelled", 8, {}), ("asked_again", 8, {})]


def test_a_pack_is_destroyed_by_two_and_what_was_asked_is_taken_back(session):
    row = make_row(session, key_list="{}")
    with pytest.raises(Invalid, match="Say why"):
        endings.ask_to_destroy(session, A, 1, reason=" ", **BY)
    for early in (endings.destroy, endings.keep_after_all):
        with pytest.raises(OutOfTurn, match="Nobody is asking"):
            early(session, A, 1, **OTHER)
    endings.ask_to_destroy(session, A, 1, reason=" Old ", **BY)
    assert (row.destroy_reason, row.destroy_asked_by, row.destroy_asked_at) == ("Old", 7, NOW)
    with pytest.raises(OutOfTurn, match="asked for it already"):
        endings.ask_to_destroy(session, A, 1, reason="Again", **OTHER)
    with pytest.raises(NotAllowed, match="Somebody else must agree"):
        endings.destroy(session, A, 1, **BY)
    endings.keep_after_all(session, A, 1, **OTHER)
    assert (row.destroy_reason, row.destroy_asked_by, row.destroy_asked_at) == ("", None, None)
    endings.ask_to_destroy(session, A, 1, reason="Old", **BY)
    waiting_job(session, row)
    with pytest.raises(OutOfTurn, match="Stop it first"):
        endings.destroy(session, A, 1, **OTHER)
    jobs.cancel(session, A, row.job_id, NOW)
    session.flush()
    assert row.contents == "{}"
    endings.destroy(session, A, 1, **OTHER)
    assert (row.contents, row.key_list, row.pseudonym_key) == ("", "", "")
    assert (row.destroyed_by, row.destroyed_at) == (8, NOW + DAY)
    with pytest.raises(OutOfTurn, match="Nobody is asking"):
        endings.destroy(session, A, 1, **OTHER)
    with pytest.raises(OutOfTurn, match="Only a pack that is ready and stands"):
        endings.withdraw(session, A, 1, reason="Late", **BY)
    assert [(step, who) for step, who, _facts in noted(session)] == [
        ("destruction_asked", 7),
        ("destruction_refused", 8),
        ("destruction_asked", 7),
        ("destroyed", 8),
    ]
    assert noted(session)[-1][2] == {"fingerprint": "a" * 64}


def test_a_pack_ends_on_its_day_unless_it_is_being_built(session):
    rows = [make_row(session, number, destroy_on=day) for number, day in enumerate(
        (TODAY - DAY, TODAY, TODAY + DAY, None, TODAY), start=1)]  # fmt: skip
    waiting_job(session, rows[4])
    endings.destroy_on_date(session, A, today=TODAY, now=NOW)
    assert [row.destroyed_at is not None for row in rows] == [True, True, False, False, False]
    endings.destroy_on_date(session, A, today=TODAY, now=NOW)
    assert noted(session) == [
        ("destroyed_on_date", None, {"on": day.isoformat(), "fingerprint": "a" * 64}) for day in (TODAY - DAY, TODAY)
    ]
    assert endings.hashes_named(session) == set()
    for number, row in enumerate(rows):
        row.pdf_sha256, row.workbook_sha256 = f"p{number}", f"w{number}"
    session.flush()
    assert endings.hashes_named(session) == {f"{kind}{number}" for kind in "pw" for number in (2, 3, 4)}


def test_a_kind_is_changed_as_it_was_seen_and_not_while_it_is_retired(session):
    own = kinds.OwnKind(" Our board ", " Quarterly ", 1, ("answers", "gaps"))
    row = kinds.make(session, A, "inspection-pack", own, **BY)
    session.flush()
    assert (row.name, row.what_for, row.revision) == ("Our board", "Quarterly", 1)
    with pytest.raises(Invalid, match="There is a kind called our BOARD already"):
        kinds.make(session, A, "inspection-pack", kinds.OwnKind("our BOARD", "", 1, own.sections), **BY)
    renamed = kinds.OwnKind("Our panel", "", 1, own.sections)
    with pytest.raises(kinds.Stale):
        kinds.change(session, A, row.number, renamed, revision=2, **BY)
    kinds.change(session, A, row.number, renamed, revision=1, **BY)
    kinds.retire(session, A, row.number, **OTHER)
    assert (row.name, row.retired_by, row.retired_at, row.revision) == ("Our panel", 8, NOW + DAY, 3)
    with pytest.raises(OutOfTurn, match="was retired"):
        kinds.change(session, A, row.number, renamed, revision=3, **BY)
    with pytest.raises(OutOfTurn, match="Somebody did this first"):
        kinds.retire(session, A, row.number, **BY)
    kinds.restore(session, A, row.number, **BY)
    assert (row.retired_by, row.retired_at, row.revision) == (None, None, 4)
    with pytest.raises(OutOfTurn, match="Somebody did this first"):
        kinds.restore(session, A, row.number, **BY)


def test_a_new_version_keeps_the_names_of_the_last_unless_it_is_for_another_inspection(session):
    """Without an inspection, and however its reference was typed; never the names of one whose key is gone."""

    def ask(**changed):
        return service.ask_for_pack(session, A, builders_packs.make_wish(level=2, **changed), exhibits_first=True, **BY)

    first = ask()
    second = ask(replaces=first.number)
    third = ask(replaces=second.number)
    assert (first.names_from, second.names_from, third.names_from) == (None, 1, 1)
    assert first.pseudonym_key == second.pseudonym_key == third.pseudonym_key
    named = ask(replaces=third.number, for_inspection="INS-0001")
    assert named.names_from is None and named.pseudonym_key != first.pseudonym_key
    again = ask(replaces=named.number, for_inspection="ins-0001")
    assert (again.names_from, again.pseudonym_key) == (named.number, named.pseudonym_key)
    third.pseudonym_key = ""
    session.flush()
    anew = ask(replaces=third.number)
    assert anew.names_from is None and anew.pseudonym_key not in ("", first.pseudonym_key)


def test_looking_for_files_of_destroyed_packs_takes_nobodys_turn_to_write(app, engine, session):
    make_row(session, pdf_sha256="a" * 64)
    session.commit()
    turns = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(connection, *_more):
        turns.append(connection.get_execution_options().get("reading", False))

    endings.remove_files(jobs.PeriodicContext(engine, app.config, system_scope("a test")), A)
    assert turns and all(turns)
