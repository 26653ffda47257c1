"""Unfinished audits move to a newer set only when somebody says so, lose nothing, and can be put back."""

import json

import pytest
from sqlmodel import select

import frameworks
from audit_app.audits import queries, service
from audit_app.audits.actions import service as actions
from audit_app.audits.moving import queries as moves
from audit_app.audits.moving import service as moving
from audit_app.audits.tables import ActionLevel, Answer, AuditAction, AuditMove, CaseAudit, DomainAnswer
from audit_app.people.access.scope import scope_of
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from tests import builders
from tests.builders_audits import make_audit, make_submitted
from tests.builders_library import changed_document, make_document, publish
from tests.held_rows import held_rows

A = builders.AUTHORITY_ID
HERE = "/greenhaven/audits"


@pytest.fixture
def first(session, council, built_once):
    """The council's own set, version 1: ten questions in two domains."""

    def build():
        edition = publish(session, make_document())
        session.commit()
        return edition

    return built_once("an own set of ten questions", build)


@pytest.fixture
def audit(session, council, first, built_once):
    """An audit on version 1 with its first domain answered: q1 to q5 good, with words on q1 and q2 only."""
    return built_once("an audit of ten questions", lambda: make_answered(session, council, first))


def make_answered(session, council, first):
    made = make_audit(session, council.team, council.auditor, edition_id=first, set_id="neglect", length="full")
    answers = {f"d1/q{n}": ("good", f"Words about {n}." if n < 3 else "") for n in range(1, 6)}
    entry = service.DomainEntry(answers=answers, grade="good", rationale="Seen in the record.")
    service.save_domain(session, A, made.number, "d1", entry, seen=0, by=council.auditor, now=builders.MOMENT)
    session.commit()
    return made


def second(session, **more):
    """Version 2: q3 is retired; q2 and q4 are reworded."""
    edition = publish(session, changed_document(make_document(), drop={"q3"}, reword={"q2", "q4"}, **more), version=2)
    session.commit()
    return edition


def saved(session, number=1):
    rows = session.exec(select(Answer).where(Answer.audit_number == number).order_by(Answer.question_key)).all()
    return {row.question_key: (row.code, row.text) for row in rows}


def mark(session, audit):
    return moving.mark_of_saved(audit, *moves.saved_rows(session, audit))


def move(session, audit, edition, by, **more):
    given = {"edition_id": edition, "length": "full", "seen": mark(session, audit), "by": by, "now": builders.MOMENT}
    return moving.move_audit(session, A, audit.number, **{**given, **more})


def test_a_draft_is_untouched_until_it_is_moved(session, council, audit, first):
    before = saved(session)
    second(session)
    view = queries.get_audit(session, A, audit.number)
    assert (view.row.edition_id, view.set_changed) == (first, False)
    assert saved(session) == before
    assert len(view.questions.questions) == 10


def test_what_is_the_same_is_carried_what_is_reworded_keeps_its_words_the_rest_is_set_aside(session, council, audit):
    edition = second(session)
    with held_rows(session) as held:
        move(session, audit, edition, council.auditor)
    assert held == {"case_audit"}
    session.commit()
    assert saved(session) == {
        "d1/q1": ("good", "Words about 1."),
        "d1/q2": ("", "Words about 2."),
        "d1/q5": ("good", ""),
    }
    kept = json.loads(session.exec(select(AuditMove)).one().before)
    assert [one["question_key"] for one in kept["answers"]] == ["d1/q1", "d1/q2", "d1/q3", "d1/q4", "d1/q5"]
    domain = session.exec(select(DomainAnswer)).one()
    assert (domain.grade, domain.rationale, domain.revision) == ("good", "Seen in the record.", 2)
    view = queries.get_audit(session, A, audit.number)
    assert (view.row.edition_id, view.set_changed, len(view.questions.questions)) == (edition, False, 9)


def test_a_move_is_undone_to_the_letter_and_what_was_answered_since_is_kept(session, council, audit, first):
    before = saved(session)
    edition = second(session)
    made = move(session, audit, edition, council.auditor)
    entry = service.DomainEntry(answers={"d1/q2": ("good", "Answered again.")}, grade="good", rationale="Longer.")
    service.save_domain(session, A, audit.number, "d1", entry, seen=2, by=council.auditor, now=builders.MOMENT)
    back = moving.undo_move(session, A, audit.number, made.id, by=council.qa, now=builders.MOMENT)
    session.commit()
    assert saved(session) == before
    row = session.exec(select(CaseAudit)).one()
    domain = session.exec(select(DomainAnswer)).one()
    # Saved, moved, saved, put back: a page that was opened at any of these saves over none of the others.
    assert (row.edition_id, domain.rationale, domain.revision) == (first, "Seen in the record.", 4)
    assert "Answered again." in back.before
    # Undoing the undoing brings the newer answers back.
    moving.undo_move(session, A, audit.number, back.id, by=council.qa, now=builders.MOMENT)
    assert saved(session)["d1/q2"] == ("good", "Answered again.")
    assert session.exec(select(DomainAnswer.revision)).one() == 5


SAME_POINTS = next(
    scale.model_dump() for scale in frameworks.edition("case-audit-1").scales if scale.id == "four-point"
)
SCALES = {
    "domains on another scale": ({"domain_scale": "other"}, ("", "good")),
    "the whole on another scale": ({"overall_grade": {"scale": "other", "required": True}}, ("good", "")),
    "both on the same": ({}, ("good", "good")),
}


@pytest.mark.parametrize("case", SCALES)
def test_a_grade_is_never_turned_from_one_scale_into_another(session, council, audit, case):
    closing = service.ClosingEntry(overall_grade="good", overall_rationale="Safer than a year ago.")
    given = {"seen": audit.closing_revision, "by": council.auditor, "now": builders.MOMENT}
    service.save_closing(session, A, audit.number, closing, **given)
    changed, (domain_grade, overall_grade) = SCALES[case]
    scales = (*make_document().model_dump()["scales"], {**SAME_POINTS, "id": "other"})
    edition = second(session, **changed, scales=scales)
    made = move(session, audit, edition, council.auditor)
    domain = session.exec(select(DomainAnswer)).one()
    assert (domain.grade, domain.rationale) == (domain_grade, "Seen in the record.")
    assert (audit.overall_grade, audit.overall_rationale) == (overall_grade, "Safer than a year ago.")
    moving.undo_move(session, A, audit.number, made.id, by=council.auditor, now=builders.MOMENT)
    session.expire_all()
    assert (session.exec(select(DomainAnswer)).one().grade, audit.overall_grade) == ("good", "good")


def split(session):
    """Version 2: q1 is split in two."""
    document = make_document().model_dump()
    domain = document["domains"][0]
    one, *rest = domain["questions"]
    parts = [{**one, "id": f"part{n}", "number": f"Q1.{n}", "text": f"Part {n}?", "was": ("d1/q1",)} for n in (1, 2)]
    domain["questions"] = ({**one, "retired": True, "number": "Q0"}, *parts, *rest)
    return publish(session, changed_document(make_document(), domains=document["domains"]), version=2)


def test_a_split_question_gives_its_words_to_the_first_part(session, council, audit):
    edition = split(session)
    move(session, audit, edition, council.auditor)
    assert saved(session)["d1/part1"] == ("", "Words about 1.")
    assert "d1/part2" not in saved(session)


def test_actions_point_at_their_question_after_a_move_and_after_it_is_undone(session, council, audit):
    for number in (1, 2):
        said = actions.NewAction(ActionLevel.team, f"Mend {number}", question_key=f"d1/q{number}")
        actions.add_action(session, A, audit.number, said, by=council.auditor, now=builders.MOMENT)
    edition = split(session)
    session.commit()

    def keys():
        return session.exec(select(AuditAction.question_key).order_by(AuditAction.number)).all()

    def undo(each):
        return moving.undo_move(session, A, audit.number, each.id, by=council.auditor, now=builders.MOMENT)

    made = move(session, audit, edition, council.auditor)
    assert keys() == ["d1/part1", "d1/q2"]
    back = undo(made)
    assert keys() == ["d1/q1", "d1/q2"]
    again = undo(back)
    assert keys() == ["d1/part1", "d1/q2"]
    # A move that was kept before its actions were says nothing of them, and changes nothing in them.
    kept = json.loads(again.before)
    again.before = json.dumps({name: value for name, value in kept.items() if name != "actions"})
    undo(again)
    assert keys() == ["d1/part1", "d1/q2"]


def test_a_submitted_audit_never_moves(session, council, first):
    audit = make_submitted(session, council.team, council.auditor, edition_id=first, set_id="neglect", length="full")
    edition = second(session)
    with pytest.raises(OutOfTurn):
        move(session, audit, edition, council.auditor)
    service.reopen_audit(session, A, audit.number, reason="Wrong child", by=council.auditor, now=builders.MOMENT)
    with pytest.raises(OutOfTurn):
        move(session, audit, edition, council.auditor)
    assert moves.targets(session, audit, builders.MOMENT.date()) == ()


def test_only_its_auditor_or_a_qa_manager_moves_it_and_only_as_they_saw_it(session, council, audit):
    edition = second(session)
    with pytest.raises(Stale):
        move(session, audit, edition, council.auditor, seen="another")
    session.info["scope"] = scope_of(session, council.other_auditor, A, builders.MOMENT.date())
    with pytest.raises((NotAllowed, NotFound)):
        move(session, audit, edition, council.other_auditor)


def test_a_move_back_or_to_another_set_is_refused(session, council, audit, first):
    second(session)
    for edition in (first, "case-audit-1", "own-elsewhere-neglect-1"):
        with pytest.raises(NotFound):
            move(session, audit, edition, council.auditor)


def test_the_pages_show_the_move_before_and_offer_to_put_it_back(session, council, audit, signed_in_as):
    edition = second(session)
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/AUD-0001")
    assert "There is a newer version of these questions." in auditor.text
    auditor.click("see what moving this audit would do")
    assert "Carried over: 2 answers" in auditor.text
    assert "Your words are carried over; answer again: 1 answer" in auditor.text
    assert "Set aside: 2 answers" in auditor.text
    assert "7 are kept, 2 reworded, 0 split and 1 retired; 0 are new" in auditor.text
    auditor.submit(button="Move this audit")
    assert "now has the newer questions" in auditor.text
    auditor.click("Put it back on its earlier questions")
    auditor.submit(button="Put it back")
    session.expire_all()
    assert session.exec(select(CaseAudit)).one().edition_id != edition


def test_a_page_that_saw_an_older_state_moves_nothing(session, council, audit, signed_in_as):
    edition = second(session)
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/AUD-0001/newer-questions/{edition}/full")
    entry = service.DomainEntry(answers={"d1/q1": ("good", "Newer words.")}, grade="good", rationale="Seen.")
    service.save_domain(session, A, audit.number, "d1", entry, seen=1, by=council.auditor, now=builders.MOMENT)
    session.commit()
    auditor.submit(button="Move this audit", status=409)
    assert "nothing was moved" in auditor.text and "Newer words." in auditor.text


def test_a_page_opened_before_a_move_saves_nothing_and_gives_its_text_back(session, council, first, signed_in_as):
    """A domain nobody had saved yet has no revision that could tell: its questions are asked after, not its answers."""
    made = make_audit(session, council.team, council.auditor, edition_id=first, set_id="neglect", length="full")
    session.commit()
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/AUD-0001/domains/d1")
    edition = second(session)
    move(session, made, edition, council.qa)
    session.commit()
    notes = {name: f"Seen {name}" for name in auditor.field_names() if name.startswith("w-")}
    assert notes
    auditor.submit({**notes, "rationale": "What was seen of it."}, status=409)
    assert "This audit was moved to other questions since you opened the page, so nothing was saved." in auditor.text
    for text in (*notes.values(), "What was seen of it."):
        assert text in auditor.text
    assert saved(session) == {}
    session.commit()
    auditor.get(f"{HERE}/AUD-0001/domains/d1")
    assert "You had also typed this, for questions that are not asked here any more." in auditor.text
    assert "Seen w-q3" in auditor.text  # version 2 has retired it
    auditor.submit({"rationale": "What was seen of it."})
    session.expire_all()
    assert [row.rationale for row in session.exec(select(DomainAnswer))] == ["What was seen of it."]


def test_the_page_of_changes_says_what_it_means_for_audits_in_progress(session, council, audit, first, signed_in_as):
    make_submitted(session, council.team, council.auditor, edition_id=first, set_id="neglect", length="full")
    edition = second(session)
    qa = signed_in_as(person_id=council.qa)
    qa.get(f"{HERE}/changed-questions/{first}/{edition}/neglect")
    assert "1 audit that you can see was submitted on the earlier version." in qa.text
    assert "1 audit not submitted is on the earlier version." in qa.text
    assert "How strong is part 2 of the work?" in qa.text
    qa.get(f"{HERE}/changed-questions/{first}/own-nowhere-1/neglect", status=404)


def test_new_audits_are_offered_the_newest_version_only(session, council, first, signed_in_as):
    edition = second(session)
    qa = signed_in_as(person_id=council.qa)
    qa.get(f"{HERE}/new")
    assert f"/new/neglect/full/{edition}" in qa.html and first not in qa.html
    qa.get(f"{HERE}/new/neglect/full/{first}", status=404)
    qa.get(f"{HERE}/new/neglect/full/{edition}")


def test_a_re_audit_may_ask_the_questions_of_the_earlier_audit_though_they_are_not_offered(session, council, first):
    made = make_submitted(session, council.team, council.auditor, edition_id=first, set_id="neglect", length="full")
    second(session)
    again = make_audit(
        session, council.team, council.other_auditor, edition_id=first, set_id="neglect", length="full", by=council.qa,
        re_audit_of=made.number,
    )  # fmt: skip
    assert again.edition_id == first
    with pytest.raises(Invalid):
        make_audit(session, council.team, council.auditor, edition_id=first, set_id="neglect", length="full")
