"""Which tables a statement touches, and whose condition is kept for it (OB-1)."""

from dataclasses import fields, replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.sql import visitors
from sqlmodel import col, select

from audit_app import database, guards
from audit_app.audits.tables import Answer, CaseAudit, Concern
from audit_app.people.access import Role, Scope
from audit_app.people.answering import with_merged_in
from audit_app.people.tables import Person, Team, TeamMember
from tests import builders, builders_audits

SEEN = select(CaseAudit.number).where(CaseAudit.auditor_id == 7)
LATEST = SEEN.cte("latest")
OTHER = aliased(CaseAudit)
STATEMENTS = {
    "class": select(CaseAudit),
    "columns": select(col(CaseAudit.number) + 1, sa.func.lower(CaseAudit.case_reference)),
    "alias": select(OTHER.number).where(OTHER.number == Answer.audit_number),
    "in a condition": select(Person.id).where(col(Person.id).in_(SEEN)),
    "beside a comparison": select(Person.id).where(SEEN.scalar_subquery() == Person.id),
    "exists": select(Person.id).where(~sa.exists().where(col(Answer.audit_number) == Person.id)),
    "common table": select(Person.id).join(LATEST, LATEST.c.number == Person.id),
    "recursive": select(Person.id).where(
        col(Person.id).in_(with_merged_in(select(TeamMember.team_id), sa.literal(1), sa.literal(date(2026, 1, 1))))
    ),
    "in the columns": select(Person.id, select(sa.func.count(Concern.id)).scalar_subquery().label("n")),
    "in a case": select(sa.case((sa.exists(select(Answer.audit_number)), 1), else_=0)),
    "in the order": select(Person.id).order_by(SEEN.limit(1).scalar_subquery()),
    "in a limit": select(Person.id).limit(select(sa.func.count(Team.id)).scalar_subquery()),
    "in a window": select(sa.func.row_number().over(partition_by=SEEN.limit(1).scalar_subquery())),
    "in a function as a comparison": select(Person.id).where(
        sa.func.like(Person.name, sa.literal("a"), SEEN.scalar_subquery()).as_comparison(1, 2)
    ),
    "union": sa.union_all(select(Person.id), SEEN),
    "joined": select(Person.id).join_from(Person, sa.lateral(SEEN), sa.true()),
    "update": sa.update(Person).values(name=SEEN.scalar_subquery()).where(col(Person.id) == 1),
    "delete": sa.delete(Answer).where(col(Answer.audit_number).in_(SEEN)),
    "insert from": sa.insert(Person).from_select(["id"], SEEN),
    "text": sa.text("SELECT 1"),
}


def walked(statement):
    """The names as the library's own walk finds them."""
    return {part.name for part in visitors.iterate(statement) if isinstance(part, sa.Table)}


@pytest.mark.parametrize("shape", STATEMENTS)
def test_no_table_of_a_statement_is_passed_over(shape):
    statement = STATEMENTS[shape]
    assert database.tables_named(statement) == walked(statement)
    if shape not in ("class", "columns", "text", "in a limit", "recursive"):
        assert database.tables_named(statement) & {"case_audit", "answer", "concern"}


SCOPE = Scope(authority_id=1, person_id=7, roles=frozenset({Role.auditor}), today=date(2026, 1, 1))
OTHERWISE = {
    "authority_id": 2, "person_id": 8, "roles": frozenset({Role.leader}), "managed_teams": frozenset({3}),
    "own_posts": frozenset({4}), "everything": True, "reason": "a job", "today": date(2026, 1, 2),
}  # fmt: skip


def test_a_condition_is_kept_for_one_scope_and_never_serves_another():
    guards.guard_tables()
    assert database._criteria("case_audit", SCOPE) is database._criteria("case_audit", replace(SCOPE))
    assert {field.name for field in fields(Scope)} == OTHERWISE.keys()
    for name, value in OTHERWISE.items():
        assert database._criteria("case_audit", replace(SCOPE, **{name: value})) is not database._criteria(
            "case_audit", SCOPE
        ), name


def test_a_condition_that_is_said_anew_holds_from_then_on():
    guards.guard_tables()
    before = database._criteria("case_audit", SCOPE)
    guards.guard_tables()
    assert database._criteria("case_audit", SCOPE) is not before


def test_a_statement_that_is_written_once_asks_each_scope_for_its_own(session):
    guards.guard_tables()
    team = builders.make_team(session)
    ann, ben = (builders.make_person(session, [Role.auditor]).id for _person in range(2))
    for auditor_id in (ann, ben, ben):
        builders_audits.make_audit(session, team, auditor_id)
    kept = database.written_once(select(CaseAudit.number).where(CaseAudit.number >= sa.bindparam("least")))
    scopes = replace(SCOPE, person_id=ann), replace(SCOPE, person_id=ben), replace(SCOPE, person_id=ben, authority_id=2)

    def asked(scope, least=1):
        session.info["scope"] = scope
        return session.exec(kept, params={"least": least}).all()

    for _twice in range(2):
        assert [asked(scope) for scope in scopes] == [[1], [2, 3], []]
    assert asked(scopes[1], least=3) == [3]
    del session.info["scope"]
    with pytest.raises(database.NoScope):
        session.exec(kept, params={"least": 1})
    database.guard(CaseAudit, lambda _scope, _columns: sa.false())
    assert asked(scopes[0]) == []
    guards.guard_tables()
    assert asked(scopes[0]) == [1]
