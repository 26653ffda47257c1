"""A list of fifty packs and a pack of fifty audits and threads are read in as many statements as one of five."""

import pytest
from sqlmodel import select

from audit_app.audits.tables import AuditAction, AuditVersion, CaseAudit
from audit_app.packs import contents, queries_gathering
from audit_app.packs.composing import pack as composing
from audit_app.people.tables import Role
from findings import register
from findings.register import NewSource, SpeaksTo
from findings.states import FindingKind, Origin, SourceKind
from tests import builders_audits, builders_packs
from tests.statements import ON_ONE_DATABASE, counted

pytestmark = ON_ONE_DATABASE

COUNCIL = builders_packs.COUNCIL
FEW, MANY = 5, 50


@pytest.fixture
def people(session):
    made = builders_packs.make_people(session)
    session.commit()
    return made


def keep_packs(session, numbers):
    """Packs as they stand in the list, asked for and not yet built."""
    for number in numbers:
        row = builders_packs.make_row(title=f"Pack {number}")
        row.number = number
        session.add(row)
    session.commit()


def test_the_list_of_packs(session, engine, people, signed_in_as):
    page = signed_in_as(Role.qa_manager)
    taken = []
    for numbers in (range(1, FEW + 1), range(FEW + 1, MANY + 1)):
        keep_packs(session, numbers)
        with counted(engine) as reads:
            page.get("/greenhaven/packs")
        assert f"Pack {numbers[-1]}" in page.text
        taken.append(len(reads))
    assert taken[0] == taken[1], taken


def copy_audits(session, number, copies):
    """The same agreed audit again under other numbers, with its version and its actions."""
    for model, key in ((CaseAudit, "number"), (AuditVersion, "audit_number"), (AuditAction, "audit_number")):
        for row in session.exec(select(model).where(getattr(model, key) == number)).all():
            plain = row.model_dump(exclude={"id"})
            for copy in copies:
                other = {key: copy} if model is not AuditAction else {key: copy, "number": copy}
                session.add(model(**{**plain, **other}))
    session.flush()


def add_thread(session, people, number):
    """A finding that rests on an audit, in an area with an action."""
    by = {"by": people.manager, "now": builders_packs.DAY}
    area = register.open_area(
        session, COUNCIL, heading=f"Plans {number}", edition_id="ilacs-2026", judgement_area_id="HP", **by
    )
    finding = register.raise_finding(
        session,
        COUNCIL,
        kind=FindingKind.area_for_improvement,
        origin=Origin.case_audit,
        text=f"Plans name no dates in record {number}.",
        sources=[NewSource(SourceKind.audit, audit_reference=f"AUD-{number:04d}", words="No dates")],
        judgement_areas=(SpeaksTo("ilacs-2026", "HP"),),
        **by,
    )
    register.join_area(session, COUNCIL, finding_number=finding.number, area_number=area.number, **by)
    register.add_action(session, COUNCIL, what=f"Coach {number}", areas=[area.number], **by)


def test_everything_a_pack_is_composed_of(session, engine, people):
    first = builders_audits.make_agreed(
        session, people.team_id, people.auditor, agreed_by=people.manager, now=builders_packs.DAY
    )
    row, taken = builders_packs.make_row(level=0, each_audit=True), []
    for copies in (range(2, FEW + 1), range(FEW + 1, MANY + 1)):
        copy_audits(session, first.number, copies)
        for number in copies:
            add_thread(session, people, number)
        session.commit()
        with counted(engine) as reads:
            extract = queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6)
        taken.append(len(reads))
        with counted(engine) as more:
            pack = composing.compose(extract)
        assert more == []
        assert (len(pack.details), len(pack.threads)) == (copies[-1], copies[-1] - 1)
    assert taken[0] == taken[1], taken
    assert "Coach 50" in contents.canonical(pack)
