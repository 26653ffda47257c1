"""What each kind of pack prints, read as whoever signs it reads it: no spoilt sentence, and none that is not so."""

import re
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from audit_app.packs.composing import audit_parts, plan_sheets, source_parts
from audit_app.packs.composing.answers import page
from audit_app.packs.composing.told import assessment, theme
from audit_app.packs.contents import AskedPart, ReportPart, Strength
from audit_app.packs.kinds import queries
from audit_app.packs.story import reports, sections
from audit_app.packs.story.blocks import Heading
from findings.tables import Measure, Plan, PlanReview
from tests import builders_packs
from tests.audit_app.packs import bad_text
from tests.audit_app.packs.composing.test_sentences import TODAY, narrator

BOARD = builders_packs.FIRST
KINDS = {
    "inspection-pack": {},
    "judgement-area-folder": {"areas": ("HP",)},
    "single-audit": {"audits": (1,)},
    "thematic-report": {"theme": ""},
    "board-report": {"since": BOARD},
    "annual-qa-report": {},
    "lead-members-two-pages": {},
}


def printed(pack):
    return [text for block in sections.blocks_of(pack) for text in bad_text.printed(block)]


@pytest.fixture
def packs(session, year, composed):
    """Every kind at a level, of a year whose report has notes and whose plan has a measure and a review of its own."""
    of_council = {"authority_id": builders_packs.COUNCIL}
    session.execute(sa.text("update inspection set notes = 'Read twice, and entered later.'"))
    session.add(Plan(**of_council, number=1, title="Our answer", opened_by=1, opened_at=builders_packs.NOW))
    session.flush()
    session.execute(sa.text("update action set plan_number = 1"))
    session.add(Measure(**of_council, plan_number=1, name="Items answered", unit="%", baseline=0, target=90, latest=84))
    session.add(PlanReview(**of_council, plan_number=1, position=1, what="Half way", due_text="end of Q1 2026/27"))
    session.commit()
    (of_theme, _), *_ = queries.list_themes(session, builders_packs.COUNCIL)

    def make(level):
        chosen = {**KINDS, "thematic-report": {"theme": of_theme}}
        return {kind: composed(kind, level=level, chosen=given) for kind, given in chosen.items()}

    return make


def test_no_printed_sentence_of_any_kind_is_spoilt_or_leads_to_a_chapter_that_is_not_there(packs):
    made = packs(0)
    for kind, pack in made.items():
        texts = printed(pack)
        assert {fault for text in texts for fault in (*bad_text.faults(text), *bad_text.doubled(text))} == set(), kind
        assert pack.prints("in-figures") or not any("stand in the annex" in text for text in texts), kind
    assert any("Notes: Read twice, and entered later." in text for text in printed(made["inspection-pack"]))
    whole = printed(made["inspection-pack"])
    measure = "Measure: Items answered began at 0%, should reach 90% and stood at 84%; 6 points to go."
    assert any(text.endswith(measure) for text in whole)
    assert any("PLN-0001 was to be reviewed by 30 June 2026, and no review is recorded." in text for text in whole)
    assert "Author, owner, circulation, the day of its review and the day it is to be destroyed." in whole
    assert any(": the full pack has them." in text for text in printed(made["board-report"]))


def test_findings_in_no_area_are_a_chapter_of_their_own_and_not_of_the_report_before_them():
    loose = Strength("FND-0024", "Reading groups may help.", "Research, raised on 31 July 2026")
    pack = SimpleNamespace(loose_findings=(loose,), reports=(report(1),), exhibits=())
    blocks = [*reports.chapters(pack), *reports.findings_in_no_area(pack)]
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 1]


# --- one sentence at a time ------------------------------------------------------------------------------------------


def report(number, *states):
    items = tuple(
        AskedPart(f"FND-{n:04d}", str(n), "Do it.", "", "", "", unanswered=state == "unanswered", state_code=state)
        for n, state in enumerate(states, 1)
    )
    return ReportPart(f"INS-{number:04d}", f"Report {number}", (), items)


def test_of_earlier_reports_the_page_says_how_their_items_stand_and_not_only_that_they_are_answered():
    newest = [report(number, "closed") for number in (5, 4, 3)]
    *_, earlier = page._asked([*newest, report(2, "late", "late"), report(1, "late", "in_hand", "unanswered")])
    assert earlier == (
        "2 earlier reports asked for 5 things: 1 answered by nobody yet; 3 answered and past a date; "
        "1 answered and in time."
    )


@pytest.mark.parametrize(
    ("kind", "chosen", "says"),
    [
        ("annual-qa-report", {}, "Every agreed audit of the period is counted"),
        ("single-audit", {"audits": (1,)}, "it counts no other audit"),
        ("thematic-report", {"theme": "case-audit-1/in-care"}, "audit of the period with this question set is counted"),
        ("judgement-area-folder", {"areas": ("HP",)}, "that speaks to the judgement areas of this pack is counted"),
    ],
)
def test_a_pack_of_some_audits_does_not_say_that_every_audit_is_counted(kind, chosen, says):
    assert says in source_parts._counted(builders_packs.make_chosen(kind, **chosen))


@pytest.mark.parametrize(
    ("number", "bare", "says"),
    [
        (2, 0, "2 claims; each rests on something that was cited."),
        (1, 0, "1 claim; it rests on something that was cited."),
        (5, 1, "5 claims; 1 of them rests on nothing that was cited."),
        (0, 0, "No claim is made in it."),
    ],
)
def test_how_many_claims_stand_on_something_is_said_straight(number, bare, says):
    assert assessment.how_many_stand(number, bare) == says


def test_a_domain_is_filled_in_as_soon_as_anything_of_it_is():
    bare = {"grade": "", "not_applicable": False, "rationale": "", "questions": [{}]}
    given = ({"grade": "good"}, {"not_applicable": True}, {"rationale": "Why"}, {"questions": [{}, {"code": "yes"}]})
    assert [audit_parts._is_filled_in({**bare, **part}) for part in ({}, *given)] == [False, True, True, True, True]


def test_a_childs_characteristics_are_told_in_the_words_people_chose_from():
    assert audit_parts._in_words(("5-9", "asian", "not-recorded")) == (
        "5 to 9; Asian or Asian British; Not recorded on the file"
    )
    assert audit_parts._in_words(("", "", "")) == ""


@pytest.mark.parametrize(
    ("due_text", "held"),
    [
        ("end of Q1 2026/27", r"Not held, 125 days overdue"),
        ("end of Q4 2026/27", "Not yet held"),
        ("soon", "Not yet held"),
    ],
)
def test_a_review_nobody_held_says_how_late_it_is_also_where_its_day_is_in_words(due_text, held):
    review = SimpleNamespace(
        __tablename__="plan_review", id=1, what="The plan is looked at.", due_on=None, due_text=due_text, held_on=None,
        held_note="", removed_at=None, due_read_on=None,
    )  # fmt: skip
    assert plan_sheets._review(review, narrator()).held == held
    assert TODAY.isoformat() == "2026-11-02"


def test_a_finding_says_how_many_of_its_audits_are_of_the_theme_and_how_many_in_all():
    names = [f"AUD-{number:04d}" for number in range(1, 7)]
    strand = SimpleNamespace(sources=[SimpleNamespace(audit_reference=name) for name in (*names, "")])
    assert theme._rests_on(strand, set(names[:2]), narrator()) == "2 audits of these, of 6 in all"
    assert theme._rests_on(strand, set(names), narrator()) == "6 audits of these"
    assert not re.search(r"\d", theme._rests_on(strand, set(names[:2]), narrator(3)))
