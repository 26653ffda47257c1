"""With version 2 of a set, every finished audit of version 1 reads, prints and scores byte for byte as before.

Version 1 has 50 questions; version 2 drops 10 and rewords 5. A thousand audits are finished on version 1.
"""

import hashlib
import os

import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app.audits import completeness, contents, queries, service
from audit_app.audits.counts import service as counts
from audit_app.audits.tables import Answer, AuditVersion, CaseAudit, DomainAnswer, Stage
from audit_app.library import queries_sets
from audit_app.packs import queries as packs
from frameworks import scoring
from tests import builders
from tests.builders_audits import answer_all, make_agreed, make_audit
from tests.builders_library import changed_document, make_document, publish

A = builders.AUTHORITY_ID
MANY = int(os.environ.get("AUDIT_MANY_AUDITS", "12"))  # a thousand in `make proof`
MIDDLE = MANY // 2
FIFTY = {"parts": 5, "each": 10}
DROPPED = {f"q{n}" for n in range(1, 11)}
REWORDED = {f"q{n}" for n in range(11, 16)}
FIRST_COPY = 3  # the first audit is copied, the second is the draft
TABLES = (
    (CaseAudit, "number"),
    (DomainAnswer, "audit_number"),
    (Answer, "audit_number"),
    (AuditVersion, "audit_number"),
)


@pytest.fixture
def first(session, council):
    edition = publish(session, make_document(**FIFTY))
    session.commit()
    return edition


def copies(session, model):
    """Many audits that say what one says, each under a number of its own: the rows so many auditors leave."""
    numbers = range(FIRST_COPY, FIRST_COPY + MANY - 1)
    for table, key in TABLES:
        columns = table.__table__.c
        rows = (
            session.connection()
            .execute(sa.select(table.__table__).where(columns[key] == model.number))
            .mappings()
            .all()
        )
        made = [{**row, key: number} for number in numbers for row in rows]
        session.connection().execute(sa.insert(table.__table__), made)
    counts.count_all(session.connection())  # rows written past the session are counted by nobody
    session.commit()


def read_print_and_score(session, numbers):
    """One hash of everything these audits say to a reader, on paper and in figures."""
    told = hashlib.sha256()
    for number in numbers:
        view = queries.get_audit(session, A, number)
        questions = view.questions
        rows = queries.all_rows(session, A, number)
        answers, domains = completeness.scorable_answers(rows[1]), completeness.scorable_domains(rows[0])
        told.update(contents.canonical(view.document).encode())
        told.update(repr(scoring.coverage(questions, answers, domains)).encode())
        told.update(repr(completeness.guard_rails(queries.audit_row(session, A, number), questions, *rows)).encode())
        told.update(repr((view.row.set_title, view.row.overall_grade_name, view.set_changed)).encode())
        session.expire_all()
    return told.hexdigest()


def figures(session):
    """What is counted over all of them: grades by domain and overall, and each audit as a pack reads it."""
    start, end = builders.MOMENT.date().replace(day=1), builders.MOMENT.date().replace(day=28)
    grades = queries.grades_by_domain(session, A, start, end, at_random=True)
    records = packs.list_audits(session, A, start, end, "ilacs-2026")
    return (
        repr(grades),
        queries.overall_grades(session, A, start, end, at_random=True),
        hashlib.sha256(repr(records).encode()).hexdigest(),
    )


def test_many_finished_audits_stay_byte_for_byte_and_drafts_are_untouched(session, council, first, signed_in_as):
    made = {"edition_id": first, "set_id": "neglect", "length": "full"}
    model = make_agreed(session, council.team, council.auditor, agreed_by=council.qa, **made)
    draft = make_audit(session, council.team, council.other_auditor, by=council.qa, **made)
    answer_all(session, draft)
    session.commit()
    copies(session, model)
    assert (
        session.exec(select(sa.func.count()).select_from(CaseAudit).where(CaseAudit.stage == Stage.agreed)).one()
        == MANY
    )

    numbers = [model.number, *range(FIRST_COPY, FIRST_COPY + MANY - 1)]
    before = read_print_and_score(session, numbers), figures(session)
    session.rollback()
    qa = signed_in_as(person_id=council.qa)
    pages = [qa.get(f"/greenhaven/audits/AUD-{number:04d}").html for number in (1, MIDDLE, MANY)]
    drafted = contents.canonical(queries.get_audit(session, A, draft.number).document)
    assert '"number":"Q50"' in drafted or "Q49" in drafted
    session.rollback()

    second = publish(session, changed_document(make_document(**FIFTY), drop=DROPPED, reword=REWORDED), version=2)
    session.commit()
    newer = queries_sets.find_set(session, second, "neglect", "full")
    assert (len(queries_sets.find_set(session, first, "neglect", "full").questions), len(newer.questions)) == (50, 40)

    assert (read_print_and_score(session, numbers), figures(session)) == before
    session.rollback()
    assert [qa.get(f"/greenhaven/audits/AUD-{number:04d}").html for number in (1, MIDDLE, MANY)] == pages
    assert contents.canonical(queries.get_audit(session, A, draft.number).document) == drafted
    for number in (1, MIDDLE, MANY):
        assert queries.version_is_intact(session, A, number, 1)
    # Control: what would notice a change does notice one.
    graded = DomainAnswer.__table__.c
    changed = sa.update(DomainAnswer.__table__).where(graded.audit_number == MIDDLE, graded.domain_id == "d1")
    unchanged = read_print_and_score(session, [MIDDLE])
    session.connection().execute(changed.values(grade="inadequate"))
    assert read_print_and_score(session, [MIDDLE]) != unchanged


def test_a_draft_is_submitted_on_the_version_it_was_begun_with(session, council, first):
    made = {"edition_id": first, "set_id": "neglect", "length": "full"}
    draft = make_audit(session, council.team, council.auditor, **made)
    publish(session, changed_document(make_document(**FIFTY), drop=DROPPED, reword=REWORDED), version=2)
    answer_all(session, draft)
    version = service.submit_audit(session, A, draft.number, by=council.auditor, now=builders.MOMENT)
    assert version.fingerprint == queries_sets.fingerprint_of(session, first, "neglect", "full")
    document = queries.frozen_version(session, A, draft.number, 1)
    assert sum(len(domain["questions"]) for domain in document["domains"]) == 50
