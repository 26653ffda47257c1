"""An audit through its pages: set up, answered, submitted, agreed, corrected; by whom it may be done and seen."""

import pytest
from sqlmodel import select

from audit_app.audits import service
from audit_app.audits.forms_details import NewAuditForm
from audit_app.audits.tables import AuditAction, AuditVersion, CaseAudit, DomainAnswer, Stage
from audit_app.history import HistoryEntry
from audit_app.people.tables import Role
from tests import builders
from tests.builders_audits import answer_all, make_agreed, make_audit, make_submitted

HERE = "/greenhaven/audits"
NEW = f"{HERE}/new/child-protection/core"
DUE = {"due_on-day": "30", "due_on-month": "11", "due_on-year": "2035"}


@pytest.fixture
def people_pages(council, signed_in_as):
    """Call with a name of the council's people for their Page."""
    return lambda name: signed_in_as(person_id=getattr(council, name))


@pytest.fixture
def audit(session, council):
    """An audit of the auditor's, not begun."""
    made = make_audit(session, council.team, council.auditor, by=council.qa)
    session.commit()
    return made


def filled_in(council, **changed):
    given = {
        "subject": "child",
        "case_reference": "G-123456",
        "how_chosen": "random",
        "team_id": str(council.team),
        "auditor_id": str(council.auditor),
    }
    return {**given, **changed}


def test_an_audit_goes_from_set_up_to_agreed(session, council, people_pages):
    qa = people_pages("qa")
    qa.get(HERE)
    assert "There are no audits here yet" in qa.text
    qa.click("Set up an audit")
    assert "Child protection" in qa.text
    qa.get(NEW)
    qa.submit(filled_in(council))
    assert qa.h1 == "AUD-0001: Child protection"

    auditor = people_pages("auditor")
    auditor.get(f"{HERE}/AUD-0001")
    auditor.click("The record")
    auditor.submit(
        {"grade": "good", "rationale": "Clear and current.", "a-people": "yes", "a-summary": "good"}, button="next"
    )
    assert auditor.h1.startswith("Chronology")
    auditor.submit({"rationale": "Later."}, button="back")
    assert auditor.h1.startswith("AUD-0001")
    auditor.get(f"{HERE}/AUD-0001/check")
    auditor.submit(status=422)
    assert any("safe" in line for line in auditor.errors)
    session.expire_all()
    row = session.exec(select(CaseAudit)).one()
    answer_all(session, row)
    session.commit()
    auditor.get(f"{HERE}/AUD-0001/check")
    auditor.submit()
    assert "Submitted" in auditor.text
    again = auditor.post(f"{HERE}/AUD-0001/check")
    assert "already submitted" in again.text

    qa.get(f"{HERE}/AUD-0001")
    qa.click("Mark as agreed")
    qa.submit()
    assert "Agreed, not moderated" in qa.text


def test_a_refused_set_up_keeps_what_was_typed_and_says_what_to_do(council, people_pages):
    qa = people_pages("qa")
    qa.get(NEW)
    qa.submit(filled_in(council, case_reference="Jane Smith", theme="Neglect", how_chosen=None), status=422)
    assert "Case reference must be a reference, like G-123456. Do not enter a name" in qa.errors
    assert "Choose how it was chosen" in qa.errors
    assert qa.form_data()["theme"] == "Neglect"


def test_five_equal_posts_make_one_audit_fo_4(session, council, people_pages):
    qa = people_pages("qa")
    qa.get(NEW)
    data = {**qa.form_data(), **filled_in(council)}
    places = {qa.post(NEW, data, follow=False).location for _ in range(5)}
    assert len(places) == 1
    assert len(session.exec(select(CaseAudit.number)).all()) == 1
    session.rollback()
    assert "already submitted" in qa.get(places.pop()).text


def test_a_record_audited_lately_asks_before_it_is_audited_again(session, council, audit, people_pages):
    qa = people_pages("qa")
    qa.get(NEW)
    qa.submit(filled_in(council), status=422)
    assert "AUD-0001" in qa.text
    qa.submit({"again": "yes"})
    assert qa.h1.startswith("AUD-0002")


def test_extra_fields_change_nothing_in_7(session, council, people_pages):
    qa = people_pages("qa")
    qa.get(NEW)
    extra = {name: "9" for name in CaseAudit.model_fields if name not in NewAuditForm()}
    qa.submit({**extra, **filled_in(council)})
    made = session.exec(select(CaseAudit)).one()
    assert (made.authority_id, made.number, made.stage, made.version) == (1, 1, Stage.allocated, 0)
    assert (made.overall_grade, made.strengths, made.minutes_taken, made.moderated) == ("", "", None, False)


def test_ids_of_another_place_are_refused_ob_5(council, people_pages):
    qa = people_pages("qa")
    qa.get(NEW)
    qa.submit(filled_in(council, team_id="999999", auditor_id=str(council.leader)), status=422)
    assert "Team: choose from the list" in qa.errors
    assert "Auditor: choose from the list" in qa.errors


DOMAIN = f"{HERE}/AUD-0001/domains/record"


def test_two_tabs_lose_nothing_fo_1(session, council, audit, people_pages):
    first, second = people_pages("auditor"), people_pages("auditor")
    first.get(DOMAIN)
    second.get(DOMAIN)
    first.submit({"grade": "good", "rationale": "From the first tab."}, button="next")
    second.submit({"grade": "inadequate", "rationale": "From the second tab."}, button="next", status=409)
    assert "From the first tab." in second.text
    assert "Inadequate" in second.text
    assert second.form_data()["rationale"] == "From the second tab."
    assert session.exec(select(DomainAnswer.rationale)).all() == ["From the first tab."]
    session.rollback()
    second.submit(button="next")
    session.expire_all()
    assert session.exec(select(DomainAnswer.rationale)).all() == ["From the second tab."]


def test_an_action_about_a_question_is_added_from_its_domain_and_leads_back(session, audit, people_pages):
    auditor = people_pages("auditor")
    auditor.get(f"{HERE}/AUD-0001/domains/plan")
    auditor.submit({"rationale": "Seen so far."}, button="action:plan/specific")
    assert auditor.h1 == "Add an action"
    assert "From the question:" in auditor.text
    auditor.submit({"level": "practitioner", "what": "Write who does what by when.", **DUE})
    assert auditor.h1 == "The plan"
    assert "Seen so far." in auditor.html
    assert session.exec(select(AuditAction.question_key)).one() == "plan/specific"


def test_a_session_that_ran_out_on_a_domain_page_keeps_the_text_fo_3(app, session, council, audit, people_pages):
    page = people_pages("auditor")
    page.get(DOMAIN)
    data = {**page.form_data(), "rationale": "Typed for an hour."}
    old = page.token
    again = people_pages("auditor")
    again.get(DOMAIN)
    again.post(DOMAIN, {**data, "csrf_token": old})
    assert again.form_data()["rationale"] == "Typed for an hour."
    assert session.exec(select(DomainAnswer)).all() == []


def test_a_draft_is_kept_for_its_author_alone_fo_2(session, council, audit, people_pages):
    page = people_pages("auditor")
    page.get(DOMAIN)
    draft = {**page.form_data(), "rationale": "Half a sent", "path": DOMAIN}
    answers = [
        page.client.post("/greenhaven/drafts", data={**draft, "path": path}) for path in (DOMAIN, "/elsewhere/x")
    ]
    assert [answer.status_code for answer in answers] == [204, 400]
    page.get(DOMAIN)
    assert page.form_data()["rationale"] == "Half a sent"
    qa = people_pages("qa")
    qa.get(f"{HERE}/AUD-0001")
    assert "Half a sent" not in qa.html
    page.submit({"rationale": "Half a sentence."}, button="back")
    page.get(DOMAIN)
    assert page.form_data()["rationale"] == "Half a sentence."
    assert "had not saved" not in page.text


def test_text_over_the_limit_is_refused_with_the_surplus_and_kept_in_3(session, council, audit, people_pages):
    page = people_pages("auditor")
    page.get(DOMAIN)
    page.submit({"rationale": "a" * 10_001, "w-people": "b" * 10_000}, button="next", status=422)
    assert "Why this grade? must be 10,000 characters or fewer. It is 1 character too long" in page.errors
    assert len(page.form_data()["rationale"]) == 10_001
    page.submit({"rationale": "a" * 10_000}, button="next")
    assert len(session.exec(select(DomainAnswer.rationale)).one()) == 10_000


def test_control_characters_are_taken_out_and_nothing_else_in_4(session, council, audit, people_pages):
    page = people_pages("auditor")
    page.get(DOMAIN)
    page.submit({"rationale": "one\x00two\x07\r\nthree\tŵ"}, button="next")
    assert session.exec(select(DomainAnswer.rationale)).one() == "onetwo\nthree\tŵ"


def test_a_form_of_1500_fields_is_accepted_in_2(council, audit, people_pages):
    page = people_pages("auditor")
    page.get(DOMAIN)
    many = {f"x{number}": "y" * 1300 for number in range(1490)}
    page.submit({**many, "rationale": "Kept."}, button="back")
    assert page.h1.startswith("AUD-0001")


def test_the_safety_answer_act_now_leads_to_the_concern(council, audit, people_pages):
    page = people_pages("auditor")
    page.get(f"{HERE}/AUD-0001/domains/overall")
    page.submit({"a-safe-today": "act_now", "w-safe-today": "Nobody has seen the baby."}, button="next")
    assert page.h1 == "Concerns in AUD-0001"
    assert "Nobody has seen the baby." in page.text
    assert "A concern about safety is raised." in page.text
    page.get(DOMAIN)
    assert "1 concern about safety is open" in page.text


def test_a_page_says_that_a_concern_is_raised_only_when_its_own_save_raised_one(council, audit, people_pages):
    page = people_pages("auditor")
    for typed in ({"a-safe-today": "act_now"}, {"rationale": "More of it."}, {"a-safe-today": "nothing_seen"}):
        page.get(f"{HERE}/AUD-0001/domains/overall")
        page.submit(typed, button="back")
        assert ("A concern about safety is raised." in page.text) == (typed == {"a-safe-today": "act_now"})


def test_a_domain_page_after_submission_saves_nothing_and_shows_the_text_back(session, council, people_pages):
    made = make_audit(session, council.team, council.auditor)
    session.commit()
    page = people_pages("auditor")
    page.get(DOMAIN)
    data = {**page.form_data(), "rationale": "Too late"}
    answer_all(session, made)
    service.submit_audit(session, 1, 1, by=council.auditor, now=builders.MOMENT)
    session.commit()
    page.post(DOMAIN, data, status=409)
    assert "Too late" in page.text
    assert "Too late" not in session.exec(select(AuditVersion.contents)).one()


@pytest.fixture
def three(session, council, built_once):
    """AUD-0001 being answered, AUD-0002 submitted, AUD-0003 agreed; all of one team, by one auditor."""
    built_once("three audits for pages", lambda: make_three(session, council))


def make_three(session, council):
    begun = make_audit(session, council.team, council.auditor)
    entry = service.ClosingEntry(strengths="Draft strength", private_notes="My own note")
    service.save_closing(session, 1, begun.number, entry, seen=1, by=council.auditor, now=builders.MOMENT)
    make_submitted(session, council.team, council.auditor)
    make_agreed(session, council.team, council.auditor, agreed_by=council.qa)
    session.commit()


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("auditor", (200, 200, 200)),
        ("qa", (200, 200, 200)),
        ("manager", (404, 200, 200)),
        ("leader", (404, 404, 200)),
        ("other_manager", (404, 404, 404)),
        ("other_auditor", (404, 404, 404)),
    ],
)
def test_each_role_sees_its_audits_and_no_others_ob_1_ob_2_ob_3(council, three, people_pages, who, seen):
    page = people_pages(who)
    for number, status in enumerate(seen, start=1):
        page.get(f"{HERE}/AUD-{number:04d}", status=status)
        page.get(f"{HERE}/AUD-{number:04d}/versions/1", status=status if number > 1 else 404)
    page.get(f"{HERE}?sort=newest")
    listed = page.text
    assert [f"AUD-{number:04d}" in listed for number in (1, 2, 3)] == [status == 200 for status in seen]


def test_an_audit_out_of_sight_answers_like_one_that_does_not_exist_ob_2(council, three, people_pages):
    page = people_pages("other_manager")
    hidden = page.get(f"{HERE}/AUD-0002", status=404).html
    assert hidden == page.get(f"{HERE}/AUD-0999", status=404).html


@pytest.mark.parametrize("role", [Role.admin, Role.practitioner, Role.inspector])
def test_roles_without_audits_have_no_register(council, signed_in_as, role):
    signed_in_as(role).get(HERE, status=403)


def test_private_notes_stay_with_the_auditor(council, three, people_pages):
    for who in ("qa", "auditor"):
        page = people_pages(who)
        page.get(f"{HERE}/AUD-0001")
        assert "My own note" not in page.html
    page.get(f"{HERE}/AUD-0001/last-page")
    assert page.form_data()["private_notes"] == "My own note"
    people_pages("qa").get(f"{HERE}/AUD-0001/last-page", status=403)


def test_a_council_may_keep_the_auditors_words_from_leaders(app, council, three, people_pages):
    page = people_pages("leader")
    assert "The social worker knows the child well." in page.get(f"{HERE}/AUD-0003").html
    app.config["LEADERS_READ_TEXT"] = False
    body = page.get(f"{HERE}/AUD-0003").html
    assert "knows the child" not in body
    assert "Outstanding" in body


def test_steps_out_of_turn_answer_409_and_change_nothing_pe_6(session, council, three, people_pages):
    qa = people_pages("qa")
    qa.get(f"{HERE}/AUD-0003")
    qa.post(f"{HERE}/AUD-0001/agreement", status=409)
    qa.post(f"{HERE}/AUD-0003/agreement", status=409)
    qa.post(f"{HERE}/AUD-0001/reopening", {"reason": "x"}, status=409)
    page = people_pages("auditor")
    page.get(f"{HERE}/AUD-0003")
    page.post(f"{HERE}/AUD-0003/reopening", {"reason": "x"}, status=403)
    stages = session.exec(select(CaseAudit.stage).order_by(CaseAudit.number)).all()
    assert stages == [Stage.in_progress, Stage.submitted, Stage.agreed]


def test_a_correction_shows_what_changed(council, three, people_pages):
    page = people_pages("auditor")
    page.get(f"{HERE}/AUD-0002/reopening")
    page.submit({"reason": ""}, status=422)
    page.submit({"reason": "Read the wrong plan"})
    page.get(f"{HERE}/AUD-0002/domains/plan")
    page.submit({"grade": "inadequate"}, button="back")
    page.get(f"{HERE}/AUD-0002/check")
    page.submit(status=422)
    page.click("The whole: answer the question about the grade, or change the grade.")
    page.submit({"why-overall-grade": "The plan is being rewritten with the child."}, button="next")
    page.submit()
    page.click("Version 2")
    assert "Read the wrong plan" in page.text
    assert ["The plan: grade", "Good", "Inadequate"] in page.tables()["Changes since version 1"]
    page.get(f"{HERE}/AUD-0002/versions/1")
    assert "Inadequate" not in page.text


def test_an_audit_is_given_to_somebody_else_and_taken_out(session, council, audit, people_pages):
    qa = people_pages("qa")
    qa.get(f"{HERE}/AUD-0001/auditor")
    qa.submit(
        {"auditor_id": str(council.other_auditor), "due_on-day": "1", "due_on-month": "12", "due_on-year": "2035"}
    )
    people_pages("auditor").get(f"{HERE}/AUD-0001", status=404)
    qa.get(f"{HERE}/AUD-0001/removal")
    qa.submit(status=422)
    qa.submit({"step": "exempt", "reason": "Closed before the window.", "approved_by": str(council.leader)})
    assert "Closed before the window." in qa.text
    assert "Lena Leader" in qa.text


def test_details_are_corrected_and_a_stale_page_overwrites_nothing(session, council, audit, people_pages):
    page, late = people_pages("auditor"), people_pages("qa")
    page.get(f"{HERE}/AUD-0001/details")
    late.get(f"{HERE}/AUD-0001/details")
    page.submit({"theme": "Neglect"})
    late.submit({"theme": "Domestic abuse"}, status=409)
    assert late.form_data()["theme"] == "Domestic abuse"
    assert session.exec(select(CaseAudit.theme)).one() == "Neglect"


def test_a_re_audit_starts_from_what_the_earlier_audit_says(session, council, three, people_pages):
    qa = people_pages("qa")
    qa.get(f"{HERE}/new?re_audit_of=AUD-0003&tests_area=AFI-0001")
    link = next(node for node in qa.select("a") if "child-protection/core" in node.get("href"))
    qa.get(link.get("href"))
    qa.submit({"subject": "child", "how_chosen": "purposive", "auditor_id": str(council.other_auditor)})
    made = session.exec(select(CaseAudit).where(CaseAudit.number == 4)).one()
    assert (made.re_audit_of, made.tests_area, made.case_reference) == (3, "AFI-0001", "G-123456")
    assert made.audit_type == "re_audit"


def test_readers_of_an_audit_are_logged_ob_10(session, council, three, people_pages):
    people_pages("manager").get(f"{HERE}/AUD-0002")
    events = [(entry.event, entry.actor) for entry in log_of(session, "AUD-0002")]
    assert ("read", council.manager) in events


def log_of(session, reference):
    """Everything the log says of one reference."""
    return session.exec(select(HistoryEntry).where(HistoryEntry.reference == reference)).all()


def test_a_due_date_counted_beyond_the_listed_bank_holidays_says_that_it_is_provisional(app, people_pages):
    page = people_pages("qa")
    page.get(NEW)
    assert "15 working days from today is" in page.text and "provisional" not in page.text
    app.config["AUDIT_DUE_WORKING_DAYS"] = 2500
    page.get(NEW)
    assert "2,500 working days from today is" in page.text
    assert "(provisional: bank holidays are listed to 31 December 2028 only)" in page.text
