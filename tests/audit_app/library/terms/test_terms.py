"""The words a council uses for things: on its pages, never in frozen questions, typed text, codes or the log."""

import pytest
from sqlmodel import select

import frameworks
from audit_app.history.tables import HistoryEntry
from audit_app.library.tables import OwnTerm
from audit_app.library.terms import own_words
from audit_app.library.terms.own_words import OwnWord, OwnWords, Verbatim, in_terms, why_not
from findings.references import INSPECTION, reference
from tests import builders_audits, builders_improvement

WORDS = "/greenhaven/library/words"
OWN = OwnWords(
    {
        "case_audit": OwnWord("learning audit", "learning audits"),
        "auditor": OwnWord("reviewer", "reviewers"),
        "practitioner": OwnWord("social worker", "social workers"),
        "care_leaver": OwnWord("care-experienced young person", "care-experienced young people"),
        "worry": OwnWord("concern about the child", "concerns about the child"),
    }
)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("An auditor gives a grade.", "A reviewer gives a grade."),
        ("The auditor’s own audits", "The reviewer’s own audits"),
        ("The auditors’ lists; Auditors see theirs", "The reviewers’ lists; Reviewers see theirs"),
        ("Care leavers’ views", "Care-experienced young people’s views"),
        ("A case audit and 9 case audits", "A learning audit and 9 learning audits"),
        ("Case\n audits", "Learning audits"),
        ("What worries you about the worries?", "What worries you about the concerns about the child?"),
        ("He wrote “an auditor” there", "He wrote “an auditor” there"),
        ("auditorium, co-auditor, sub_auditors", "auditorium, co-auditor, sub_auditors"),
        ("AUDITOR", "AUDITOR"),
        ("Two audits", "Two audits"),
        ("", ""),
    ],
)
def test_a_text_of_ours_reads_in_the_councils_words(ours, theirs):
    assert in_terms(ours, OWN) == theirs


def test_what_is_not_ours_and_what_nobody_changed_stays():
    assert in_terms(Verbatim("What does the auditor see?"), OWN) == "What does the auditor see?"
    assert in_terms("The auditor", own_words.NONE) == "The auditor"


def test_a_word_that_is_put_in_is_not_looked_at_again():
    swapped = OwnWords(
        {"auditor": OwnWord("practitioner", "practitioners"), "practitioner": OwnWord("auditor", "auditors")}
    )
    assert in_terms("The auditor met the practitioner", swapped) == "The practitioner met the auditor"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"auditor": ("reviewer", "")}, "Give the plural too"),
        ({"auditor": ("", "reviewers")}, "Give the singular too"),
        ({"auditor": ("x" * 61, "reviewers")}, "60 characters or fewer"),
        ({"auditor": ("<b>", "reviewers")}, "Use letters"),
        ({"auditor": ("practitioner", "practitioners"), "practitioner": ("", "")}, "Two things need two words"),
        ({"auditor": ("friend", "friends"), "practitioner": ("friend", "friend")}, "Two things need two words"),
    ],
)
def test_words_that_cannot_be_used_are_refused_with_the_reason(given, said):
    assert any(said in fault for fault in why_not(given).values())


def test_the_short_form_may_share_the_long_ones_word():
    assert why_not({"case_audit": ("review", "reviews"), "audit": ("review", "reviews")}) == {}


def say_so(page, **pairs):
    page.get(WORDS)
    given = {f"{code}-one": one for code, (one, _) in pairs.items()}
    page.submit({**given, **{f"{code}-many": many for code, (_, many) in pairs.items()}}, button="Save")


def test_a_councils_words_change_its_pages_at_once_and_nothing_that_is_kept(session, council, person):
    audit = builders_audits.make_audit(session, council.team, council.auditor)
    session.commit()
    number, pinned = audit.number, (audit.edition_id, audit.set_id, audit.fingerprint)
    qa, auditor = person("qa"), person("auditor")
    auditor.get("/greenhaven/audits")
    assert auditor.h1 == "Audits"
    say_so(
        qa,
        case_audit=("learning review", "learning reviews"),
        audit=("review", "reviews"),
        auditor=("reader", "readers"),
    )
    assert "3 words changed." in qa.text
    assert "Nine learning reviews were read." in qa.text
    auditor.get("/greenhaven/audits")
    assert "AUD-0001" in auditor.text
    assert auditor.h1 == "Reviews"
    qa.get("/greenhaven/")
    assert "Set up a review" in qa.text
    # The questions stand as they were published.
    auditor.get(f"/greenhaven/audits/AUD-{number:04d}/domains/plan")
    legend = " ".join(auditor.text.split())
    for question in frameworks.question_set("case-audit-1", audit.set_id, audit.length).domain("plan").questions:
        assert question.text in legend, question.text
    session.expire_all()
    kept = session.get(type(audit), (audit.authority_id, number))
    assert (kept.edition_id, kept.set_id, kept.fingerprint) == pinned
    told = [entry.facts for entry in session.exec(select(HistoryEntry).where(HistoryEntry.event == "own_term.changed"))]
    assert len(told) == 3
    assert "reader" not in str(told)


def test_the_products_words_come_back_in_one_step(session, person):
    qa = person("qa")
    say_so(qa, auditor=("reader", "readers"))
    assert "A reader gives a grade." in qa.text
    qa.submit(form="/words/reset")
    assert "An auditor gives a grade." in qa.text
    session.expire_all()
    assert session.exec(select(OwnTerm)).all() == []


def test_two_people_who_change_words_at_once_are_told(person):
    first, second = person("qa"), person("second")
    first.get(WORDS)
    say_so(second, auditor=("reader", "readers"))
    first.submit({"auditor-one": "reviewer", "auditor-many": "reviewers"}, button="Save", status=422)
    assert "Somebody changed these words since you opened the page." in first.text
    assert "Saved now: reader, readers." in first.text
    assert 'value="reviewer"' in first.html


def test_faults_stand_at_their_word_and_the_typed_text_stays(session, person):
    qa = person("qa")
    qa.get(WORDS)
    qa.submit({"auditor-one": "<script>", "auditor-many": "readers"}, button="Save", status=422)
    assert "Use letters, spaces, hyphens and apostrophes only" in qa.text
    assert 'value="&lt;script&gt;"' in qa.html
    assert session.exec(select(OwnTerm)).all() == []


def test_only_those_who_may_change_words_find_the_page(person):
    for name in ("auditor", "manager", "leader"):
        assert person(name).client.get(WORDS, base_url="http://localhost").status_code in (403, 404), name


def test_what_an_inspectorates_report_calls_its_findings_stays(session, council, person):
    qa = person("qa")
    say_so(qa, strength=("beacon", "beacons"))
    made = builders_improvement.record_inspection(session)
    session.commit()
    qa.get(f"/greenhaven/inspections/{reference(INSPECTION, made.number)}/paste")
    choices = [one.text for one in qa.seen.root.select("label")]
    assert "Strength" in choices
    assert "Beacon" not in choices
    qa.get("/greenhaven/findings/raise")
    assert "Beacon" in [one.text for one in qa.seen.root.select("label")]
