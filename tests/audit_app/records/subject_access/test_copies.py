"""Everything on one reference: every typed column is in the copy, and nothing of another council (PR-7)."""

import pytest
from sqlmodel import SQLModel

from audit_app import database, evidence_store, jobs
from audit_app.people.access import system_scope
from audit_app.records.subject_access import queries, service
from audit_app.records.subject_access.tables import SubjectKind
from findings.references import reference
from tests import builders
from tests.audit_app.records.subject_access import planting
from tests.audit_app.security import world
from tests.conftest import ON_POSTGRESQL

CASE, COUNCIL, OTHER = "G-777777", builders.AUTHORITY_ID, 2
NOW, TODAY = planting.MOMENT, planting.MOMENT.date()


def copy_of(app, engine, subject, sought, person_id=None):
    """Ask, agree as another, have it made; the request as it stands then, and the copy's sheets and names."""
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": system_scope("a test", COUNCIL)}) as s:
        s.info["log_key"] = app.extensions["log_key"]
        first, second = builders.make_person(s), builders.make_person(s)
        given = {"subject": subject, "sought": sought, "person_id": person_id, "reason": "A request of 2 November"}
        row = service.ask(s, COUNCIL, **given, by=first.id, now=NOW, today=TODAY)
        service.agree(s, COUNCIL, row.number, by=second.id, now=NOW)
        s.commit()
        jobs.run_job(app.extensions["jobs"], COUNCIL, row.job_id)
        s.expire_all()
        made = queries.get_request(s, COUNCIL, row.number)
        assert made.sha256, jobs.find(s, COUNCIL, made.job_id).message
        s.expunge(made)
    return made, *planting.sheets_of(evidence_store.read_file(app.config, made.sha256))


@pytest.mark.skipif(ON_POSTGRESQL, reason="only SQLite forgoes its rules for rows made by hand")
def test_a_word_in_every_typed_column_is_in_the_copy_and_nothing_of_another_council_pr_7(app, engine):
    world.make_world(app, engine, random=2, chosen=1)
    typed = planting.typed_columns(engine)
    with planting.unchecked(engine) as connection:
        for table, columns in typed.items():
            planting.plant(connection, table, columns, CASE, COUNCIL)
            if "authority_id" in SQLModel.metadata.tables[table].primary_key.columns:
                planting.plant(connection, table, columns, f"{CASE} elsewhere", OTHER)
        connection.commit()
    row, sheets, _names = copy_of(app, engine, SubjectKind.case_reference, CASE)
    texts = [str(line[4]) for line in sheets["Everything"][1:]]
    whole = "\n".join(texts)
    planted = {f"{table}.{name}" for table, columns in typed.items() for name in columns}
    assert len(planted) > 220
    assert sorted(key for key in planted if f"{CASE} {key}" not in whole) == []
    assert "elsewhere" not in whole
    looked = {f"{line[0]}.{line[1]}" for line in sheets["Looked through"][1:]}
    assert planted <= looked
    first = dict(sheets["Read first"][1:])
    assert first["Places found"] == row.lines == len({line[0] for line in sheets["Everything"][1:]})
    assert first["Fields looked through"] == len(looked)
    counts = {f"{line[0]}.{line[1]}": line[3] for line in sheets["Counts"][1:]}
    assert sum(counts.values()) == row.lines and all(counts.get(key, 0) >= 1 for key in planted)
    assert reference("SAR", row.number) == first["Request"]
