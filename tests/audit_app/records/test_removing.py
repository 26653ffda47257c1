"""Removing for good: two people, one list, nothing left of an audit and everything that hangs on it (PR-6, PE-4)."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from audit_app import checking, drafts, evidence_store
from audit_app.audits.tables import AUDIT, AuditAction, CaseAudit, Concern
from audit_app.drafts import KeptForm
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.evidence.states import Held
from audit_app.evidence.tables import EVIDENCE, Evidence, EvidenceVersion
from audit_app.history.tables import HistoryEntry
from audit_app.records import queries_improvement as improvement
from audit_app.records.erasure import hanging, queries, register, service, service_removing
from audit_app.records.erasure.listing import Why, read_counts, read_stays
from audit_app.records.erasure.parts.improvement import LOOSENED
from audit_app.records.holds import service as holds
from audit_app.records.tables import HeldKind, LineState, RemovalState
from tests import builders, builders_evidence, builders_improvement
from tests.audit_app.records import planted
from tests.audit_app.records.conftest import TODAY
from tests.audit_app.records.planted import CASE, COUNCIL, MARK, NOW
from tests.chosen import one_in


def removal(session, number=1):
    session.expire_all()
    return queries.get_removal(session, COUNCIL, number)


def broken(engine, app):
    """What the check says of data protection and of the seals."""
    return [
        sentence
        for invariant in checking.INVARIANTS
        if invariant.of == "records" or "sealed" in invariant.words or "row points" in invariant.words
        for sentence in checking.look_at(engine, app.config, invariant).broken
    ]


def test_nothing_is_left_of_an_audit_and_all_that_hangs_on_it(session, people, ask, agree, work, tmp_path, engine, app):
    audit = planted.plant_audit(session, people)
    planted.plant_audit(session, people, case="G-554433", word="other")
    assert planted.mark(session, planted.TYPED, "audit_number", audit.number) == len(planted.TYPED)
    before = {
        table.name: session.connection().execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in SQLModel.metadata.tables.values()
        if table.name in ("answer", "domain_answer", "audit_version", "concern_told", "notice")
    }
    session.commit()
    row = ask()
    (line,) = queries.lines_of(session, row)
    counts = read_counts(line.counts)
    assert (line.reference, line.kind) == ("AUD-0001", "audits_agreed")
    assert counts["audit"] == counts["concern"] == counts["action"] == counts["frozen version"] == 1
    assert counts["text typed and not saved"] == 2
    assert 2 * counts["answer"] == before["answer"] and 2 * counts["answer on a domain"] == before["domain_answer"]
    agree(row)
    work()
    row = removal(session)
    (line,) = queries.lines_of(session, row)
    assert (row.state, row.target, row.revision, line.state) == (RemovalState.done, "", 3, LineState.gone)
    assert session.exec(select(CaseAudit.case_reference)).all() == ["G-554433"]
    assert len(session.exec(select(Concern)).all()) == len(session.exec(select(AuditAction)).all()) == 1
    left = {kept.path for kept in session.exec(select(KeptForm)).all()}
    assert left == {"/greenhaven/audits/AUD-0002/last-page", "/greenhaven/typed-elsewhere/other"}
    session.rollback()
    if engine.dialect.name == "sqlite":
        assert planted.traces(tmp_path, MARK, CASE) == []
    assert not [
        entry for entry in session.exec(select(HistoryEntry)).all() if CASE in f"{entry.facts}{entry.reference}"
    ]
    session.rollback()
    assert [sentence for sentence in broken(engine, app) if "AUD-0001" in sentence] == []


def test_every_row_that_leads_to_a_thing_is_among_what_hangs_on_it():
    """By the foreign keys of the tables themselves: whoever adds a table to an audit is told here."""
    loosened = {(table.__tablename__, column) for table, column, _prefix in LOOSENED}
    roots = {AUDIT: "case_audit", EVIDENCE: "evidence"} | {
        prefix: table.__tablename__ for prefix, table in improvement.ROWS.items()
    }
    assert set(roots) == set(hanging.ON)
    for prefix, root in roots.items():
        reached, more = {root}, True
        while more:
            more = {
                table.name
                for table in SQLModel.metadata.tables.values()
                for key in table.foreign_key_constraints
                if key.referred_table.name in reached
                and table.name not in reached
                and not any((table.name, column) in loosened for column in key.column_keys)
            }
            reached |= more
        assert {each.table.__tablename__ for each in hanging.ON[prefix]} == reached


def test_the_same_person_cannot_agree_and_the_list_must_be_the_one_that_was_seen(session, people, ask, agree):
    planted.plant_audit(session, people)
    session.commit()
    row = ask()
    with pytest.raises(NotAllowed, match="Somebody else must agree"):
        agree(row, by=people.first)
    session.rollback()
    drafts.keep(session, authority_id=COUNCIL, person_id=people.auditor, path="/greenhaven/audits/AUD-0001/closing",
                fields=[("x", "more")], reason="typing", now=NOW)  # fmt: skip
    session.commit()
    with pytest.raises(OutOfTurn, match="not the one that was asked for"):
        agree(row)
    session.rollback()
    seen = service.list_now(session, row, TODAY).fingerprint
    again = service.ask_anew(session, COUNCIL, 1, seen=seen, by=people.second, now=NOW, today=TODAY)
    session.commit()
    with pytest.raises(NotAllowed):
        agree(again)  # whoever asked anew is the first person now
    session.rollback()
    assert agree(again, by=people.first).state is RemovalState.agreed


def test_a_reason_does_not_name_the_record_and_what_is_not_here_is_told(session, people, ask):
    planted.plant_audit(session, people)
    session.commit()
    with pytest.raises(Invalid, match="Do not name the record"):
        ask(reason=f"The family of {CASE.lower()} asked")
    with pytest.raises(Invalid, match="Say why"):
        ask(reason="  ")
    with pytest.raises(Invalid, match="Nothing of this is here"):
        ask("G-000001")
    with pytest.raises(OutOfTurn, match="Something changed"):
        ask(seen="0" * 64)


@pytest.mark.parametrize(
    "held",
    one_in(2, [HeldKind.thing, HeldKind.case, HeldKind.kind, HeldKind.person], "one rule finds what each holds"),
)
def test_a_hold_beats_every_removal_and_one_that_came_late_stops_the_job(session, people, ask, agree, work, held):
    planted.plant_audit(session, people)
    session.commit()
    agreed = agree(ask())
    target = {HeldKind.thing: "AUD-0001", HeldKind.case: CASE.lower(), HeldKind.kind: "audits_agreed"}.get(
        held, str(people.auditor)
    )
    given = {"reason": "A claim", "held_from": TODAY, "review_on": TODAY.replace(year=2027), "by": people.first}
    settled = holds.place(session, COUNCIL, held=HeldKind.case, target=CASE, now=NOW, **given)
    holds.lift(session, COUNCIL, 1, reason="It was settled", by=people.second, now=NOW)
    holds.place(session, COUNCIL, held=held, target=target, now=NOW, **given)
    session.commit()
    work()
    (line,) = queries.lines_of(session, removal(session, agreed.number))
    assert line.state is LineState.held and session.get(CaseAudit, (COUNCIL, 1)) is not None
    assert removal(session, agreed.number).state is RemovalState.done
    assert settled.target == CASE  # the record is here still, so an old hold on it says what it was on
    with pytest.raises(Invalid, match="legal hold keeps all"):
        ask()
    holds.lift(session, COUNCIL, 2, reason="It was settled", by=people.second, now=NOW)
    session.commit()
    agree(ask())
    work()
    session.expire_all()
    assert session.get(CaseAudit, (COUNCIL, 1)) is None and settled.target == ""


def test_another_council_and_other_records_are_untouched(session, people, ask, agree, work, engine):
    planted.plant_audit(session, people)
    planted.plant_audit(session, people, case="G-100200")
    other = builders.make_authority(id=2, key="otherham", name="Otherham")
    session.add(other)
    session.flush()
    audit = session.get(CaseAudit, (COUNCIL, 1))
    values = {column.name: getattr(audit, column.name) for column in CaseAudit.__table__.columns}
    session.connection().execute(CaseAudit.__table__.insert(), [{**values, "authority_id": 2}])
    session.commit()
    agree(ask())
    work()
    rows = sa.select(CaseAudit.__table__.c.authority_id, CaseAudit.__table__.c.number)
    assert {tuple(row) for row in session.connection().execute(rows).all()} == {(1, 2), (2, 1)}


def test_evidence_goes_with_its_files_unless_another_piece_names_them(session, people, ask, agree, work, app, tmp_path):
    def piece(data):
        kept = evidence_store.put(app.config, data)
        return builders_evidence.add(
            session, by=people.first, held=Held.here, address="", config=app.config,
            file=builders_evidence.a_file(data),
        ), kept.sha256  # fmt: skip

    first, shared = piece(b"minutes both pieces have")
    second, _ = piece(b"minutes both pieces have")
    third, own = piece(f"{MARK} in a file of its own".encode())
    planted.mark(session, planted.ON_EVIDENCE, "evidence_number", third.number)
    for name in (f"EVD-{first.number:04d}", f"EVD-{third.number:04d}"):
        agree(ask(name))
    work()
    session.expire_all()
    assert session.exec(select(Evidence.number)).all() == [second.number]
    assert session.exec(select(EvidenceVersion.sha256)).all() == [shared]
    assert evidence_store.exists(app.config, shared) and not evidence_store.exists(app.config, own)
    session.rollback()
    if session.get_bind().dialect.name == "sqlite":
        assert planted.traces(tmp_path, MARK) == []


def test_what_names_the_record_elsewhere_stays_and_is_named(session, people, ask):
    planted.plant_audit(session, people)
    source = replace(builders_improvement.ANSWER, audit_reference="AUD-0001")
    finding = builders_improvement.raise_finding(session, f"Plans drift, as {CASE} shows", sources=[source])
    session.commit()
    stays = read_stays(ask().stays)
    name = f"FND-{finding.number:04d}"
    assert {(stay.reference, stay.why) for stay in stays} == {(name, Why.names_it), (name, Why.cites_it)}


def test_killed_at_any_moment_a_thing_is_there_whole_or_gone_whole(
    session, people, ask, agree, work, monkeypatch, engine, app
):
    """Stopped after its rows are gone, before the register and the files: the next run goes on from there."""
    planted.plant_audit(session, people)
    planted.plant_audit(session, people, case="G-100200")
    session.commit()
    agree(ask())

    class Killed(BaseException):
        pass

    def die(*_given, **_more):
        raise Killed

    for name in ("remove_thing", "_finish_line", "remove_files", "sweep", "_close"):
        with monkeypatch.context() as broken_off:
            broken_off.setattr(service_removing, name, die)
            with pytest.raises(Killed):
                work()
        session.expire_all()
        there = session.get(CaseAudit, (COUNCIL, 1)) is not None
        (line,) = queries.lines_of(session, removal(session))
        assert there == (line.state is LineState.waiting)
        session.rollback()
        assert [x for x in broken(engine, app) if "half" in x or "left" in x] == []
    work()
    assert removal(session).state is RemovalState.done
    entries = register.entries(service_removing.register_of(app.config))
    assert [(entry.removal, entry.reference) for entry in entries] == [("RMV-0001", "AUD-0001")]
    assert register.sound(service_removing.register_of(app.config), app.extensions["log_key"])
