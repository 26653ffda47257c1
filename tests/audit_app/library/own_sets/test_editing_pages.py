"""A set written in the browser: added, put in order, moved, split, retired, published by a second person; attacked."""

import pytest

from audit_app.library.own_sets import queries as own_sets
from audit_app.library.own_sets import service as own_set_service
from tests import builders
from tests.builders_library import make_document, publish

SET = "/greenhaven/library/own-sets/SET-0001"
DRAFT = f"{SET}/draft"
LONG = "a" * 11_000


@pytest.fixture
def document(session):
    """The draft as it stands in the database."""

    def read():
        session.expire_all()
        view = own_sets.get_set(session, builders.AUTHORITY_ID, 1)
        own = own_sets.document_of(session, builders.AUTHORITY_ID, 1, view.open_version.version)
        session.commit()  # the reading is over: others may write
        return own

    return read


@pytest.fixture
def draft(session, council, document, built_once):
    """Two domains of three questions: D1 with q1, q2 and q3; D2 with q4, q5 and the safety question."""
    built_once("a draft of two domains", lambda: start_draft(session, council))
    return document


def start_draft(session, council):
    own_set_service.start_set(
        session,
        builders.AUTHORITY_ID,
        make_document("neglect", each=3),
        came_from="nothing",
        by=council.qa,
        now=builders.MOMENT,
    )
    session.commit()


@pytest.fixture
def qa(draft, person):
    page = person("qa")
    page.get(DRAFT)
    return page


def step(page, name, domain, question="", revision=None, **more):
    """Press one of the small buttons of the draft's page."""
    page.get(DRAFT)
    seen = revision or next(one.get("value") for one in page.seen.root.select("input", name="revision"))
    data = {"step": name, "domain": domain, "question": question, "revision": seen}
    return page.post(f"{DRAFT}/steps", data, **more)


def order(own, domain):
    return [one.id for one in next(one for one in own.domains if one.id == domain).questions]


def test_questions_and_domains_are_put_in_order_and_stop_at_the_ends(qa, draft):
    step(qa, "down", "d1", "q1")
    assert order(draft(), "d1") == ["q2", "q1", "q3"]
    step(qa, "up", "d1", "q2")
    assert order(draft(), "d1") == ["q2", "q1", "q3"]
    step(qa, "down", "d1")
    assert [one.id for one in draft().domains] == ["d2", "d1"]
    step(qa, "down", "d1")
    assert [one.id for one in draft().domains] == ["d2", "d1"]


def test_a_retired_question_is_passed_over_kept_and_brought_back(qa, draft):
    step(qa, "retire", "d1", "q2")
    assert [one.id for _, one in draft().asked] == ["q1", "q3", "q4", "q5", "safe-today"]
    step(qa, "down", "d1", "q1")
    assert order(draft(), "d1") == ["q2", "q3", "q1"]
    step(qa, "bring-back", "d1", "q2")
    assert next(one.id for _, one in draft().asked) == "q2"


def test_a_retired_domain_is_asked_no_more_and_the_page_says_so(qa, draft):
    step(qa, "retire", "d1")
    assert [domain.id for domain, _ in draft().asked] == ["d2"] * 3
    assert "D1 Part 1 (retired)" in qa.text
    step(qa, "bring-back", "d1")
    assert len(draft().asked) == 6


def test_a_question_is_split_into_two_that_say_where_they_come_from(qa, draft):
    step(qa, "split", "d1", "q2")
    own = draft()
    assert order(own, "d1") == ["q1", "q2", "q2-2", "q2-3", "q3"]
    parts = [one for _, one in own.asked if one.id.startswith("q2-")]
    assert [(one.number, one.was) for one in parts] == [("Q2.1", ("d1/q2",)), ("Q2.2", ("d1/q2",))]
    assert "q2" not in [one.id for _, one in own.asked]


def test_what_waits_for_a_question_follows_it_to_another_domain(qa, draft):
    qa.get(f"{DRAFT}/domains/d2/questions/q4")
    qa.submit({"if_question": "d1/q1", "if_answers": "Inadequate, Requires improvement to be good"})
    step(qa, "up", "d2")
    assert "which is asked later" in qa.text  # the page says what must be mended; nothing was lost
    step(qa, "down", "d2")
    qa.get(f"{DRAFT}/domains/d1/questions/q1/move")
    qa.submit({"other": "d2"})
    own = draft()
    moved = own.domains[1].questions[-1]
    assert (moved.id, moved.was) == ("q1", ("d1/q1",))
    assert own.domains[1].questions[0].show_if.question == "d2/q1"
    assert set(own.domains[1].questions[0].show_if.answers) == {"inadequate", "requires_improvement"}


def test_a_domain_and_a_question_are_added_with_everything_they_can_say(qa, draft):
    qa.click("Add a domain")
    qa.submit(
        {
            "title": "Health & <b>teeth</b>",
            "informs": ["HP"],
            "graded": "y",
            "safety_critical": "y",
            "also_informs": "ilacs-2023/CIC, national-framework-2023/O1",
            "guidance_good": "Teeth are checked.",
        }
    )
    added = draft().domains[-1]
    assert (added.title, added.number, added.informs) == ("Health & <b>teeth</b>", "D3", ("HP",))
    assert dict(added.guidance) == {"good": "Teeth are checked."}
    qa.click("Add a question to D3")
    qa.submit(
        {
            "text": "Was a dentist seen?",
            "type": "timescale",
            "limit": "Within 20 working days.",
            "basis": "Our rule",
            "cohorts": ["CIC", "CL"],
            "starred": "y",
            "core": "y",
            "mandatory": "no",
            "hint": "Look at the health plan.",
            "informs": "ilacs-2026/CIC",
        },
        button="another",
    )
    assert qa.h1 == "Add a question to Health & <b>teeth</b>"
    asked = draft().domains[-1].questions[0]
    assert (asked.number, asked.type, asked.cohorts, asked.mandatory) == ("D3.1", "timescale", ("CIC", "CL"), False)
    assert (asked.limit, asked.basis, asked.informs) == ("Within 20 working days.", "Our rule", ("ilacs-2026/CIC",))


@pytest.mark.parametrize(
    ("address", "given", "said"),
    [
        ("domains/d1/questions/q1", {"text": ""}, "Write the question"),
        ("domains/d1/questions/q1", {"text": LONG}, "The question must be 2,000 characters or fewer"),
        ("domains/d2/questions/q4", {"if_question": "d1/q1", "if_answers": "No"}, "Write one or more of its answers"),
        ("domains/d1/questions/q1", {"cohorts": []}, "Choose at least one"),
        ("domains/d1", {"title": " "}, "Enter a title"),
        ("details", {"purpose": ""}, "Say which records it is for"),
        ("scales/four-point", {"points": "Only one"}, "Write between 2 and 12 points"),
        ("domains/d1/questions/q1/move", {"other": ""}, "Choose the domain"),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_field_the_typed_text_stays_and_nothing_is_kept(qa, draft, address, given, said):
    before = draft()
    qa.get(f"{DRAFT}/{address}")
    qa.submit(given, status=422)
    assert said in qa.text
    for name, text in given.items():
        if isinstance(text, str) and text.strip():
            assert qa.form_data()[name] == text
    assert draft() == before


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("domains/d1/questions/q1", {"type": "essay"}),
        ("domains/d1/questions/q1", {"cohorts": ["XX"]}),
        ("domains/d1/questions/q1", {"scale": "nowhere"}),
        ("domains/d2/questions/q4", {"if_question": "d2/q5", "if_answers": "Good"}),
        ("domains/d1", {"informs": ["XX"]}),
        ("details", {"domain_scale": "nowhere"}),
        ("details", {"informs_edition": "ilacs-1999"}),
        ("domains/d1/questions/q1/move", {"other": "d1"}),
        ("domains/d1/questions/q1/move", {"other": "d9"}),
    ],
)
def test_a_value_that_no_page_offers_is_refused(qa, draft, address, given):
    before = draft()
    qa.get(f"{DRAFT}/{address}")
    qa.submit(given, status=422)
    assert draft() == before


@pytest.mark.parametrize(
    ("name", "domain", "question", "status"),
    [
        ("explode", "d1", "q1", 409),
        ("up", "d9", "", 404),
        ("split", "d1", "q9", 404),
        ("retire", "d1", "q1" * 200, 404),
        ("safety", "", "", 404),
    ],
)
def test_a_button_nobody_was_shown_does_nothing(qa, draft, name, domain, question, status):
    before = draft()
    step(qa, name, domain, question, status=status)
    assert draft() == before


def test_two_who_write_at_once_are_told_and_nothing_typed_is_lost(qa, draft, person):
    other = person("second")
    other.get(f"{DRAFT}/domains/d1/questions/q1")
    qa.get(f"{DRAFT}/domains/d1/questions/q1")
    qa.submit({"text": "How good is the first part?"})
    other.submit({"text": "What of the first part?"}, status=422)
    assert "Somebody saved this draft since you opened the page." in other.text
    assert other.form_data()["text"] == "What of the first part?"
    assert draft().domains[0].questions[0].text == "How good is the first part?"
    other.submit()  # having looked, they save all the same
    assert draft().domains[0].questions[0].text == "What of the first part?"
    step(qa, "up", "d1", "q2", revision="1", status=409)
    assert "Someone else has changed this since you opened it." in qa.text


def test_markup_in_a_question_is_shown_as_typed_everywhere(qa, draft, person):
    said = "<script>alert(1)</script> & “ł” \u202eend"
    qa.get(f"{DRAFT}/domains/d1/questions/q1")
    qa.submit({"text": said, "hint": said})
    kept = draft().domains[0].questions[0].text
    assert kept == "<script>alert(1)</script> & “ł” end"  # a letter that turns the line round is taken out
    leader = person("leader")
    for address in (DRAFT, f"{SET}/preview", f"{SET}/versions/1"):
        answer = leader.client.get(address, base_url="http://localhost")
        assert answer.status_code == 200, address
        assert b"<script>alert" not in answer.data
        assert b"&lt;script&gt;alert(1)" in answer.data


def test_only_a_second_person_publishes_and_only_what_they_read(qa, draft, person, session, council):
    qa.click("Ask for it to be published")
    qa.submit({"note": ""}, status=422)
    assert "Say what is new" in qa.text
    qa.submit({"note": "The first version."})
    assert "Read it and publish" not in qa.text
    qa.get(f"{SET}/publishing")
    assert "Publish it" not in [one.text for one in qa.seen.root.select("button")]
    qa.post(f"{SET}/publishing", {"revision": "2"}, status=403)

    leader = person("leader")
    leader.get(f"{SET}/publishing")
    qa.get(f"{DRAFT}/domains/d1/questions/q1")
    qa.submit({"text": "Another question altogether?"})
    leader.submit(button="Publish it", status=409)  # it is a plain draft again
    qa.get(f"{SET}/offering")
    qa.submit({"note": "Reworded."})
    leader.get(f"{SET}/publishing")
    assert "Another question altogether?" in leader.text
    leader.submit(button="Publish it")
    assert "Version 1 is published and frozen." in leader.text
    session.expire_all()
    view = own_sets.get_set(session, builders.AUTHORITY_ID, 1)
    assert view.published.version == 1
    qa.get(DRAFT, status=409)
    assert "This set has no draft" in qa.text


@pytest.mark.parametrize("name", ["auditor", "manager", "leader"])
def test_nobody_but_a_qa_manager_changes_a_draft(qa, draft, person, name):
    before = draft()
    page = person(name)
    page.get("/greenhaven/library")
    for address in ("details", "domains", "domains/d1", "domains/d1/questions", "domains/d1/questions/q1"):
        page.get(f"{DRAFT}/{address}", status=403)
    page.post(f"{DRAFT}/steps", {"step": "retire", "domain": "d1", "question": "q1", "revision": "1"}, status=403)
    assert draft() == before


def test_a_draft_with_faults_offers_no_blank_form_and_no_preview(qa, draft):
    step(qa, "retire", "d2", "safe-today")
    assert (
        "Every audit of a child asks whether something must be done today: add it, marked as the safety question."
        in qa.text
    )
    assert "Once that is mended you can see it as the auditor will" in qa.text
    assert "Ask for it to be published" not in qa.text
    qa.get(SET)
    assert "blank form" not in qa.text
    step(qa, "bring-back", "d2", "safe-today")
    qa.get(SET)
    assert "blank form" in qa.text


def test_a_new_version_begins_as_the_last_and_the_old_one_stays(session, council, person):
    publish(session, make_document("neglect", each=3), by=council.qa)
    session.commit()
    qa = person("qa")
    qa.get(SET)
    qa.submit(button="Begin version 2")
    assert "Version 2 is begun as a draft." in qa.text
    step(qa, "retire", "d1", "q1")
    qa.click("Ask for it to be published")
    qa.submit({"note": "One question fewer."})
    leader = person("leader")
    leader.get(f"{SET}/publishing")
    assert "1 retired" in leader.text
    leader.submit(button="Publish it")
    qa.get(f"{SET}/versions/1")
    assert "How good is part 1 of the work?" in qa.text
    qa.get("/greenhaven/audits/new")
    offered = [one.get("href") for one in qa.seen.root.select("a") if "own-greenhaven" in one.get("href")]
    assert {href.rpartition("/")[2] for href in offered} == {"own-greenhaven-neglect-2"}


def test_the_draft_says_of_each_question_whether_it_must_be_answered(qa, draft):
    qa.get(f"{DRAFT}/domains/d1/questions/q1")
    qa.submit({"starred": "y"})
    qa.get(f"{DRAFT}/domains/d1/questions/q2")
    qa.submit({"starred": "y", "mandatory": "no"})

    def said(place):
        return next(one.text for one in qa.seen.root.select("li") if one.get("id") == place)

    assert "Must be answered, starred" in said("d1-q1")
    assert "Prompt, starred" in said("d1-q2")
    assert "Prompt, core and full" in said("d1-q3")
    assert "Must be answered, starred, safety question" in said("d2-safe-today")


def test_the_preview_shows_each_domain_at_each_length_as_its_page_will_be(qa, draft):
    qa.get(f"{DRAFT}/domains/d1/questions/q1")
    qa.submit({"core": None})
    qa.get(f"{SET}/preview")
    assert qa.h1 == "As the auditor will see it: Part 1"
    assert "Neglect, full: 6 questions" in qa.text
    assert "Q1 How good is part 1 of the work?" in qa.text
    qa.click("See the core length instead: 5 questions")
    assert "Q1 How good is part 1 of the work?" not in qa.text
    assert "Prompt." in qa.text
    qa.click("D2 Part 2")
    assert qa.h1 == "As the auditor will see it: Part 2"
    qa.get(f"{SET}/preview/core/d9", status=404)
    qa.get(f"{SET}/preview/short/d1", status=404)


def test_every_link_and_button_of_the_draft_leads_somewhere(qa, draft):
    qa.get(DRAFT)
    root = qa.seen.root
    links = {one.get("href").partition("#")[0] for one in root.select("a") if one.get("href").startswith(DRAFT)}
    assert {f"{DRAFT}/domains/d1", f"{DRAFT}/domains/d1/questions/q1", f"{DRAFT}/domains/d2/questions/q4/move"} <= links
    assert {one.get("action") for one in root.select("form", class_="app-actions")} == {f"{DRAFT}/steps"}
    for link in links:
        qa.get(link)
