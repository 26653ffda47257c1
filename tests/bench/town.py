"""A large council for benchmarks, written past the services: audits with their answers, findings, areas, actions."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

import frameworks
from audit_app import database
from audit_app.audits.answer_counts import service as answer_counts
from audit_app.audits.answers_counted.service import AUDITS as AUDIT_ROWS
from audit_app.audits.answers_counted.service import SHEETS
from audit_app.audits.answers_counted.sheet import Row, sheet_of
from audit_app.audits.counts import service as counts
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer
from audit_app.people.access import Role, system_scope
from findings import tables as thread
from tests import builders, builders_views

AUDITS, ANSWERS = 10_000, 60
EDITION, SET, LENGTH = "case-audit-1", "child-protection", "full"
GRADES = ("good", "good", "requires_improvement", "good", "inadequate", "requires_improvement", "outstanding")
SEVEN = len(GRADES)
WRITTEN = ("authority_id", "audit_number", "question_key", "code")
BEGAN = date(2025, 5, 1)
BATCH = 2_000
ITEMS = 8


def fill(engine, audits=AUDITS):
    """Write the town and return the ids of a QA manager, an auditor and a team manager.

    It has as many findings as audits, half as many actions, a hundred to a plan, and an area for twenty audits.
    """
    with database.session_for(engine, system_scope("a large council for a benchmark")) as session:
        session.add(builders.make_authority())
        session.flush()
        teams = [builders.make_team(session, f"Team {number}", service=f"Service {number % 3}") for number in range(12)]
        auditors = [builders.make_person(session, roles=[Role.auditor]).id for _ in range(30)]
        qa = builders.make_person(session, roles=[Role.qa_manager]).id
        manager = builders.make_person(session, roles=[Role.team_manager], manages=teams[:1]).id
    questions = frameworks.question_set(EDITION, SET, LENGTH)
    with engine.begin() as connection:
        _write(connection, CaseAudit, (_audit(number, teams, auditors, questions) for number in range(1, audits + 1)))
        _write(connection, DomainAnswer, _domain_answers(questions, audits))
        _write_answers(connection, questions, audits)
        _write(connection, thread.Finding, (_finding(number) for number in range(1, audits + 1)))
        answer_counts.count_all(connection)
        counts.count_all(connection)  # rows written past the sessions are not noticed by what keeps counts in step
    fill_plan(engine, audits)
    fill_views(engine, audits)
    if engine.dialect.name == "postgresql":  # it does so by itself; nobody does for a council on SQLite
        with engine.begin() as connection:
            connection.execute(sa.text("ANALYZE"))
    return {"qa": qa, "auditor": auditors[0], "manager": manager}


def _write(connection, table, rows):
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            connection.execute(table.__table__.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.__table__.insert(), batch)


_defaults, _fingerprints = {}, {}


def _complete(table, **given):
    """A row with the table's own defaults filled in; those of a table are asked for once, but never its ids."""
    if table not in _defaults:
        row = table()
        made = [(name, field.default_factory) for name, field in table.model_fields.items() if field.default_factory]
        _defaults[table] = {column.name: getattr(row, column.name) for column in table.__table__.c}, made
    plain, made = _defaults[table]
    return plain | {name: make() for name, make in made} | given


def _audit(number, teams, auditors, questions):
    day = BEGAN + timedelta(days=number % 540)
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    stage = "agreed" if number % 20 else ("allocated", "in_progress", "submitted")[number // 20 % 3]
    return _complete(
        CaseAudit,
        authority_id=builders.AUTHORITY_ID,
        number=number,
        edition_id=EDITION,
        set_id=SET,
        length=LENGTH,
        fingerprint=_fingerprint(questions),
        subject="child",
        audit_type="case_audit",
        how_chosen=("random", "purposive")[number % 2],
        case_reference=f"G-{number:06d}",
        cohort="CP",
        team_id=teams[number % 12],
        team_name=f"Team {number % 12}",
        window_from=day - timedelta(days=365),
        window_to=day,
        auditor_id=auditors[number % 30],
        allocated_on=day,
        due_on=day + timedelta(days=21),
        stage=stage,
        started_at=moment,
        submitted_at=moment if stage in ("agreed", "submitted") else None,
        agreed_at=moment if stage == "agreed" else None,
        overall_grade=GRADES[number % 7] if stage in ("agreed", "submitted") else "",
        minutes_taken=60 + number % 60,
        version=1 if stage in ("agreed", "submitted") else 0,
    )


def _fingerprint(questions):
    """Worked out once a set: it costs more than the rest of a row."""
    if questions.id not in _fingerprints:
        _fingerprints[questions.id] = questions.fingerprint
    return _fingerprints[questions.id]


def _domain_answers(questions, audits):
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    graded = [domain for domain in questions.domains if domain.graded]
    plain = _plain(DomainAnswer)
    for number in range(1, audits + 1):
        for place, domain in enumerate(graded):
            yield plain | {
                "authority_id": builders.AUTHORITY_ID,
                "audit_number": number,
                "domain_id": domain.id,
                "grade": GRADES[(number + place) % 7],
                "rationale": "Seen in the record, and what it meant for the child.",
                "saved_at": moment,
            }


def _codes(questions):
    """What seven audits in a row answer to each of sixty questions, by its key; the eighth answers as the first."""
    codes = {}
    for place, question in enumerate(questions.questions[:ANSWERS]):
        scale = questions.scale_for(question)
        points = GRADES if scale is None or set(GRADES) <= set(scale.codes) else scale.codes
        codes[question.key] = [points[(number + place) % SEVEN % len(points)] for number in range(SEVEN)]
    return dict(sorted(codes.items()))


def _write_answers(connection, questions, audits):
    """Sixty answers of each audit in one statement, in the order of the key: six million are not made one by one."""
    codes = _codes(questions)
    asked = ", ".join("('" + "', '".join((key, *given)) + "')" for key, given in codes.items())
    names = [f"code{number}" for number in range(SEVEN)]
    chosen = " ".join(f"WHEN {number} THEN {name}" for number, name in enumerate(names))
    empty = [column.name for column in Answer.__table__.c if column.name not in WRITTEN and not column.nullable]
    nothing = ", ".join("''" for _ in empty)
    sql = (
        f"INSERT INTO answer ({', '.join((*WRITTEN, *empty))}) "
        f"WITH asked (question_key, {', '.join(names)}) AS (VALUES {asked}) "
        f"SELECT authority_id, number, question_key, CASE number % {SEVEN} {chosen} END, {nothing} "
        f"FROM case_audit CROSS JOIN asked WHERE number <= {audits} ORDER BY number, question_key"
    )
    connection.execute(sa.text(sql))
    _write_sheets(connection, codes)


def _write_sheets(connection, codes):
    """The sheets of agreed audits, which rows written past the sessions have none of; every seventh is the same."""
    for number in range(SEVEN):
        sheet = sheet_of(Row(key, given[number]) for key, given in codes.items())
        agreed = sa.select(AUDIT_ROWS.c.authority_id, AUDIT_ROWS.c.number, sa.literal(sheet)).where(
            AUDIT_ROWS.c.stage == "agreed", AUDIT_ROWS.c.number % SEVEN == number
        )
        connection.execute(SHEETS.insert().from_select(["authority_id", "audit_number", "answers"], agreed))


def _plain(table):
    return {
        column.name: column.default.arg if column.default is not None and column.default.is_scalar else None
        for column in table.__table__.c
    }


def _finding(number):
    return _complete(
        thread.Finding,
        authority_id=builders.AUTHORITY_ID,
        number=number,
        kind="area_for_improvement" if number % 3 else "strength",
        origin="case_audit",
        title=f"Plans are not specific in place {number}",
        text="Plans do not say what must change, by when.",
        raised_by=1,
        raised_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def fill_plan(engine, audits=AUDITS):
    """Areas, plans of a hundred actions, joined to findings."""
    made = datetime(2026, 1, 1, tzinfo=UTC)
    own = {"authority_id": builders.AUTHORITY_ID}
    opened, linked, joined = (
        {"opened_by": 1, "opened_at": made},
        {"linked_by": 1, "linked_at": made},
        {"joined_by": 1, "joined_at": made},
    )
    count, actions, plans = max(audits // 20, ITEMS), audits // 2, max(audits // 200, 1)
    areas = ({**own, **opened, "number": n, "heading": f"Area {n}"} for n in range(1, count + 1))
    answers = ({**own, **linked, "action_number": n, "area_number": n % count + 1} for n in range(1, actions + 1))
    found = [n for n in range(1, audits + 1) if n % 4]
    with engine.begin() as connection:
        _write(connection, thread.AreaForImprovement, (_complete(thread.AreaForImprovement, **row) for row in areas))
        _write(
            connection,
            thread.Plan,
            [
                _complete(thread.Plan, **own, **opened, number=n, title=f"Improvement plan {n}")
                for n in range(1, plans + 1)
            ],
        )
        _write(connection, thread.Action, (_action(n, n % plans + 1, made) for n in range(1, actions + 1)))
        _write(connection, thread.ActionInArea, (_complete(thread.ActionInArea, **row) for row in answers))
        rows = ({**own, **joined, "finding_number": n, "area_number": n % count + 1} for n in found)
        _write(connection, thread.FindingInArea, (_complete(thread.FindingInArea, **row) for row in rows))


def fill_views(engine, audits=AUDITS):
    """An inspection whose items stand in areas with questions of audits, and a self-assessment of every area."""
    made = datetime(2026, 1, 1, tzinfo=UTC)
    own = {"authority_id": builders.AUTHORITY_ID}
    keys = [question.key for question in frameworks.question_set(EDITION, SET, LENGTH).questions][:ITEMS]
    with database.session_for(engine, system_scope("inspections for a benchmark")) as session:
        session.add(
            thread.Inspection(
                **own, number=1, kind="inspection", title="Inspection", body="Ofsted", edition_id="ilacs-2026",
                published_on=date(2026, 8, 9), recorded_by=1, recorded_at=made,
            )
        )  # fmt: skip
        session.flush()
        for area in ("HP", "CIC", "CL", "LEAD"):
            graded = {"inspection_number": 1, "judgement_area_id": area, "grade_code": "good"}
            session.add(thread.Judgement(**own, **graded, recorded_by=1, recorded_at=made))
        for place, key in enumerate(keys):
            number = audits + 1 + place
            session.add(
                thread.Finding(
                    **own, number=number, kind="area_for_improvement", origin="inspection", title="T", text="T.",
                    inspection_number=1, raised_by=1, raised_at=made, due_on=date(2026, 10, 1),
                )
            )  # fmt: skip
            session.flush()
            tied = {"edition_id": "ilacs-2026", "judgement_area_id": "HP"}
            session.add(thread.FindingJudgementArea(**own, finding_number=number, **tied))
            joined = {"area_number": place + 1, "joined_by": 1, "joined_at": made}
            session.add(thread.FindingInArea(**own, finding_number=number, **joined))
            named = {"kind": "audit_answer", "question_reference": f"{EDITION}/{key}"}
            session.add(thread.Source(**own, finding_number=number, **named, added_by=1, added_at=made))
        builders_views.add_assessment(session, 1, dict.fromkeys(("HP", "CIC", "CL", "LEAD"), "good"))


def _action(number, plan, made):
    return _complete(
        thread.Action,
        authority_id=builders.AUTHORITY_ID,
        number=number,
        plan_number=plan,
        what=f"Do what is needed in place {number}",
        due_on=BEGAN + timedelta(days=number % 700),
        added_by=1,
        added_at=made,
    )
