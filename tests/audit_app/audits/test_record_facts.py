"""Facts about the record of an audit: saved, needed on submission, frozen, kept back, carried along."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app.audits import contents, queries, service
from audit_app.audits.answers_counted import queries as counted
from audit_app.audits.answers_counted.counting import By, CountFilter
from audit_app.audits.moving import service as moving
from audit_app.audits.moving.queries import saved_rows
from audit_app.audits.offline import planning, reading
from audit_app.audits.offline import service as bring_in
from audit_app.audits.offline.reading import FilledRow
from audit_app.audits.on_paper import queries_facts
from audit_app.audits.queries_lists import AuditFilter
from audit_app.audits.record_facts import queries as facts
from audit_app.audits.record_facts import service as fact_service
from audit_app.audits.record_facts import telling
from audit_app.audits.register import queries_answers
from audit_app.audits.tables import AuditMove, AuditVersion
from audit_app.checking import audits_frozen
from audit_app.library.sets import offline
from audit_app.library.sets.pdf import Note, blank_form
from audit_app.packs.composing import audit_parts
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.disclosure.levels import INSPECTOR, LEADERSHIP, PUBLISHABLE
from findings.errors import Invalid, Stale
from tests import builders
from tests.builders_audits import make_audit
from tests.builders_library import make_document, publish

HERE = builders.AUTHORITY_ID
FACTS = (
    {"id": "placement", "title": "Placement type", "kind": "choice", "needed": True,
     "choices": ("Foster care", "Children’s home")},
    {"id": "allocated", "title": "Date allocated", "kind": "date"},
    {"id": "moves", "title": "Moves", "kind": "number", "unit": "moves"},
    {"id": "school", "title": "School", "kind": "text"},
)  # fmt: skip
WHOLE = {"placement": "Foster care", "allocated": "2026-03-27", "moves": "3", "school": "Hill Lane"}


@pytest.fixture
def audit(session, council):
    """An audit of a council's own set of one question that asks four facts, one of them needed."""
    edition_id = publish(session, document())
    session.flush()
    return make_audit(session, council.team, council.auditor, set_id="neglect", edition_id=edition_id, length="full")


def document(**changed):
    """One domain of nothing but the safety question, ungraded; the facts unless others are given."""
    bare = {"domain_scale": None, "overall_grade": None, "rules": None, "facts": FACTS}
    return make_document(parts=1, each=1, **{**bare, **changed})


def save(session, council, audit, given, now, seen=None):
    seen = audit.revision if seen is None else seen
    return fact_service.save_facts(session, HERE, audit.number, given, seen=seen, by=council.auditor, now=now)


def submitted(session, council, audit, now):
    save(session, council, audit, WHOLE, now)
    entry = service.DomainEntry(answers={"d1/safe-today": ("nothing_seen", "")})
    service.save_domain(session, HERE, audit.number, "d1", entry, seen=0, by=council.auditor, now=now)
    service.submit_audit(session, HERE, audit.number, by=council.auditor, now=now)
    session.flush()
    return json.loads(session.exec(select(AuditVersion)).one().contents)


def test_facts_are_saved_as_far_as_they_go_and_never_over_somebody_elses(session, council, audit, now):
    seen = audit.revision
    save(session, council, audit, {"moves": "3"}, now)
    assert facts.given_facts(session, HERE, audit.number) == {"moves": "3"}
    with pytest.raises(Stale):
        save(session, council, audit, {"moves": "4"}, now, seen=seen)
    save(session, council, audit, {"moves": "3"}, now, seen=seen)  # the same twice is no other
    save(session, council, audit, {"moves": ""}, now)
    assert facts.given_facts(session, HERE, audit.number) == {}
    for key, value in (("placement", "At sea"), ("moves", "some"), ("allocated", "2026-02-30"), ("strange", "x")):
        with pytest.raises(Invalid):
            save(session, council, audit, {key: value}, now)


def test_an_audit_is_not_submitted_without_a_needed_fact(session, council, audit, now):
    save(session, council, audit, {**WHOLE, "placement": ""}, now)
    with pytest.raises(service.NotComplete) as refused:
        service.submit_audit(session, HERE, audit.number, by=council.auditor, now=now)
    assert [want.key for want in refused.value.missing if want.part == "fact"] == ["placement"]
    session.flush()
    assert queries.task_list(session, HERE, audit.number).facts.left == 1


def test_what_is_frozen_is_told_with_the_details_and_kept_back_with_the_words(session, council, audit, now):
    frozen = submitted(session, council, audit, now)
    in_words = {fact["id"]: fact["in_words"] for fact in frozen["facts"]}
    assert in_words == {
        "placement": "Foster care", "allocated": "27 March 2026", "moves": "3 moves", "school": "Hill Lane",
    }  # fmt: skip
    view = queries.get_audit(session, HERE, audit.number)
    told = dict(queries_facts.facts_of(view, words_too=True))
    assert (told["School"], told["Moves"]) == ("Hill Lane", "3 moves")
    kept_back = dict(queries_facts.facts_of(view, words_too=False))
    assert (kept_back["School"], kept_back["Moves"], kept_back["Placement type"]) == ("Given", "Given", "Foster care")
    assert "Hill Lane" not in json.dumps(contents.without_words(frozen), ensure_ascii=False)


def test_a_corrected_fact_is_a_change_between_versions_and_the_check_sees_one_that_was_not_frozen(
    session, council, audit, now
):
    first = submitted(session, council, audit, now)
    assert not apart(session)
    session.connection().execute(sa.text("update audit_fact set given = '9' where fact_id = 'moves'"))
    assert apart(session) == ["AUD-0001: the fact “Moves” is not what was frozen in version 1."]
    second = {
        **first,
        "facts": [{**fact, "in_words": "9 moves"} if fact["id"] == "moves" else fact for fact in first["facts"]],
    }
    assert contents.changes(first, second) == [contents.Change("Facts about the record: Moves", "3 moves", "9 moves")]


def apart(session):
    return [each for each in audits_frozen.said_otherwise(session.connection(), {}) if isinstance(each, str)]


def test_the_workbook_of_answers_holds_the_facts_but_no_typed_word(session, council, audit, now):
    submitted(session, council, audit, now)
    today = now.date() + timedelta(days=1)
    rows = queries_answers.answer_rows(
        session, authority_id=HERE, wanted=AuditFilter(), numbers=[audit.number], today=today
    )
    assert [row[12:14] for row in rows if row[10] == "Facts about the record"] == [
        ["Placement type", "Foster care"], ["Date allocated", "27 March 2026"], ["Moves", "3 moves"], ["School", ""],
    ]  # fmt: skip
    assert queries_answers.count_answers(session, HERE, AuditFilter(), today) == len(rows)


def test_a_move_carries_what_still_fits_and_undoing_it_brings_everything_back(session, council, audit, now):
    save(session, council, audit, WHOLE, now)
    fewer = [{**FACTS[0], "choices": ("Residential", "Foster care")}, {**FACTS[2], "unit": "weeks"}, FACTS[3]]
    newer = publish(session, document(facts=tuple(fewer)), version=2)
    session.flush()
    seen = moving.mark_of_saved(audit, *saved_rows(session, audit))
    here = {"by": council.auditor, "now": now}
    moving.move_audit(session, HERE, audit.number, edition_id=newer, length="full", seen=seen, **here)
    session.flush()
    assert facts.given_facts(session, HERE, audit.number) == {"placement": "Foster care", "school": "Hill Lane"}
    move = session.exec(select(AuditMove)).one()
    moving.undo_move(session, HERE, audit.number, move.id, **here)
    session.flush()
    assert facts.given_facts(session, HERE, audit.number) == WHOLE


@pytest.mark.parametrize(
    ("level", "printed"), [(LEADERSHIP, (("School", "Hill Lane"),)), (INSPECTOR, ()), (PUBLISHABLE, ())]
)
def test_a_pack_prints_facts_only_where_it_prints_the_words_of_audits(level, printed):
    record = SimpleNamespace(document={"facts": [{"title": "School", "in_words": "Hill Lane"}]})
    assert audit_parts._own_facts(record, Narrator(level, builders.MOMENT.date(), {})) == printed


def test_the_page_of_facts_is_first_of_the_list_and_keeps_what_was_typed(session, council, audit, signed_in_as):
    session.commit()
    page = signed_in_as(person_id=council.auditor)
    page.get("/greenhaven/audits/AUD-0001")
    page.click("Facts about the record")
    page.submit({"fact-moves": "some", "fact-school": "Hill Lane"}, status=422)
    assert "Hill Lane" in page.seen.text
    page.submit({"questions": "0" * 64}, status=409)
    assert "moved to other questions" in page.seen.text
    assert "Hill Lane" in page.seen.text
    page.get("/greenhaven/audits/AUD-0001/facts")
    page.submit({"fact-moves": "3", "fact-placement": "Foster care", "fact-school": "Hill Lane"})
    session.expire_all()
    given = facts.given_facts(session, HERE, audit.number)
    assert given == {"moves": "3", "school": "Hill Lane", "placement": "Foster care"}
    session.commit()
    page.get("/greenhaven/audits/AUD-0001/check")
    assert "3 moves" in page.seen.text
    page.get("/greenhaven/audits/AUD-0001/details")
    assert page.seen.link("a page of their own").endswith("/facts")


def test_a_blank_form_has_room_for_each_fact(session, audit):
    questions = queries.questions_of(session, audit)
    assert len(blank_form(questions, Note("Greenhaven", "1"))) != len(
        blank_form(questions.model_copy(update={"facts": ()}), Note("Greenhaven", "1"))
    )


def test_a_form_filled_away_from_the_network_brings_facts_back_and_says_what_it_could_not_read(
    session, council, audit, now
):
    questions = queries.questions_of(session, audit)
    keys = [row.key for row in offline.rows_of(questions)]
    assert keys[:4] == ["#fact/placement", "#fact/allocated", "#fact/moves", "#fact/school"]

    def filled(*cells):
        return reading.read(questions, [FilledRow(at, keys[at], cell, "") for at, cell in enumerate(cells)])

    strange = filled("Under a bridge", "some day", "few")
    assert [fault.split(",")[0] for fault in strange.faults] == ["Row 0", "Row 1", "Row 2"]
    brought = filled("foster care", "27 March 2026", "3", "Hill Lane")
    assert brought.facts == WHOLE
    given = facts.given_facts(session, HERE, audit.number)
    planned = planning.plan(audit, questions, *saved_rows(session, audit), brought, given_facts=given)
    assert [line.after for line in planned.differences] == ["Foster care", "27 March 2026", "3 moves", "Hill Lane"]
    bring_in.bring_in(session, HERE, audit.number, brought, seen=planned.mark, by=council.auditor, now=now)
    assert facts.given_facts(session, HERE, audit.number) == WHOLE


def test_agreed_audits_are_narrowed_to_a_choice_and_never_to_one_of_another_set(session, council, audit, now):
    submitted(session, council, audit, now)
    service.agree_audit(session, HERE, audit.number, by=council.qa, now=now)
    session.commit()
    questions = queries.questions_of(session, audit)
    values = {words: named for named, words in telling.choices_of(questions)}
    of_set = audit.set_name.at_any_length
    found = {
        words: counted.count_answers(
            session, HERE, CountFilter(of_set, fact=telling.chosen(questions, named)), By.question
        ).audits
        for words, named in {**values, "All": "", "Of another set": "strange/0"}.items()
    }
    assert found == {
        "Placement type: Foster care": 1, "Placement type: Children’s home": 0, "All": 1, "Of another set": 1,
    }  # fmt: skip
