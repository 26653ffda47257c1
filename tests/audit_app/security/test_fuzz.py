"""A six-hundredth of the fuzzing of `make proof`: no form breaks a page, none changes more than its own fields."""

import random

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app.audits.forms_details import DetailsForm
from tests.audit_app.security import fuzzing, world

POSTS = 80
SEED = 2026


def test_no_mutated_form_breaks_a_page_in_10(app, engine, built_once):
    app.config["PROOF_MINUTES"] = 10_000
    made = world.begin_small(app, engine, built_once)
    run = fuzzing.Fuzzer(app, engine, made.person, SEED).run(POSTS)
    assert run.failures == []
    assert len(run.accepted) >= 4  # the control: many forms were taken, so the attack went beyond the door


def test_extra_fields_with_the_names_of_columns_change_nothing_in_7(app, engine, built_once):
    made = world.begin_small(app, engine, built_once)
    browser = world.sign_in(app, engine, made.person)
    before = person(engine, made.person)
    browser.get("/your-account")
    browser.get(f"/greenhaven/audits/AUD-{made.mine[0]:04d}/details")
    own = set(browser.field_names()) | set(DetailsForm()._fields)
    extra = {name: "1" for name in fuzzing.columns() if name not in own}
    assert {"stage", "auditor_id", "version", "private_notes", "authority_id"} <= extra.keys()  # the control
    offered = fuzzing.offered(browser.seen, browser.form_data(), random.Random(1))
    browser.submit({**extra, **offered, "practitioner_speaker_id": ""})  # nobody is named for whom one could speak
    row = audit(engine, made.mine[0])
    assert (row["version"], row["closing_revision"], row["overall_grade"], row["private_notes"]) == (0, 1, "", "")
    assert (row["auditor_id"], row["stage"], row["authority_id"]) == (made.person, "allocated", world.COUNCIL)
    assert person(engine, made.person) == before


def audit(engine, number):
    table = SQLModel.metadata.tables["case_audit"]
    with engine.connect() as connection:
        return dict(connection.execute(sa.select(table).where(table.c.number == number)).mappings().one())


def person(engine, person_id):
    table = SQLModel.metadata.tables["person"]
    with engine.connect() as connection:
        return dict(connection.execute(sa.select(table).where(table.c.id == person_id)).mappings().one())
