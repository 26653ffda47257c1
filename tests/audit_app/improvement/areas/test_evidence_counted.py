"""The page on which impact is judged says which evidence counts, and why the rest does not."""

from datetime import date, timedelta

import pytest

from audit_app import clock, database
from audit_app.improvement.areas import evidence_words
from audit_app.people.access.scope import system_scope
from audit_app.people.tables import Role
from findings import register
from findings.register import NewSource
from findings.states import ActionStatus, Impact, ImpactTest, SourceKind
from findings.tables import Action, AreaForImprovement, Source
from findings.thread_shapes import ActionStrand, Thread
from tests import builders_plans as made

NO_TEST = (
    "its plan named no test of impact, so no evidence can turn it blue; to name a test, the action must be opened again"
)
FROM_AFTER = "from after 3 March 2026, the day it was done, and not after this judgement"
TOO_EARLY = "the evidence is not from after 3 March 2026, the day it was done"
DONE_ON, JUDGED_ON = date(2026, 3, 3), date(2026, 5, 1)


def thread(*actions):
    strands = tuple(ActionStrand(action, (), (), (), (), (), (1,)) for action in actions)
    return Thread(AreaForImprovement(authority_id=1, number=1, heading="x"), (), strands, (), ())


def action(number, status="verified", test=ImpactTest.re_audit):
    done_on = DONE_ON if status in ("verified", "completed") else None
    return Action(
        authority_id=1, number=number, what="x", status=ActionStatus(status), impact_test=test, completed_on=done_on
    )


WHOLE = thread(
    action(1), action(2, test=None), action(3, "open"), action(4, "withdrawn"), action(5, test=ImpactTest.voice)
)


def test_what_would_count_is_said_for_each_action():
    assert evidence_words.wanted(WHOLE) == (
        f"ACT-0001: a re-audit, {FROM_AFTER}.",
        f"ACT-0002: {NO_TEST}.",
        "ACT-0003: it is not done yet, and only what is seen after it is done can count.",
        f"ACT-0005: what children, families or staff say, {FROM_AFTER}.",
    )


@pytest.mark.parametrize(
    ("kind", "dated_on", "words"),
    [
        ("re_audit", date(2026, 3, 4), "Counts for ACT-0001."),
        ("re_audit", DONE_ON, f"Does not count for ACT-0001: {TOO_EARLY}."),
        ("re_audit", None, "Does not count for ACT-0001: the evidence has no date."),
        ("re_audit", date(2026, 5, 2), "Does not count for ACT-0001: the evidence is dated after the judgement."),
        ("audit", date(2026, 4, 1), "Does not count for ACT-0001: its plan named a re-audit."),
    ],
)  # fmt: skip
def test_evidence_counts_or_is_told_why_not(kind, dated_on, words):
    source = Source(authority_id=1, kind=SourceKind(kind), dated_on=dated_on)
    assert evidence_words.counts_for(thread(action(1)), JUDGED_ON, source) == words


def test_the_area_and_the_page_of_judging_say_so(engine, signed_in_as):
    council, today = made.make_council(engine, areas=1), clock.today()
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        day = {"by": council.manager, "now": clock.now()}
        row = made.make_action(session, council, impact_test=ImpactTest.re_audit)
        done_on = today - timedelta(days=9)
        register.complete_action(session, made.COUNCIL, row.number, completed_on=done_on, completed_note="x", **day)
        audits = [NewSource(SourceKind.audit, audit_reference=f"AUD-000{x}", dated_on=done_on) for x in (1, 2)]
        register.judge_impact(
            session, made.COUNCIL, 1, rating=Impact.some_difference, judged_on=today, sources=audits,
            different_for_children="Plans are clear.", **day,
        )  # fmt: skip
    page = signed_in_as(Role.qa_manager)
    area = "/greenhaven/areas-for-improvement/AFI-0001"
    assert page.get(area).text.count("Does not count for ACT-0001: its plan named a re-audit.") == 2
    judging = page.get(f"{area}/impact").text
    assert "ACT-0001: a re-audit, from after" in judging and "Only what is named with this judgement counts" in judging
    ahead = today + timedelta(days=1)
    page.submit({
        "rating": "some_difference", "different_for_children": "Plans are clear.", "evidence": ["dip_sample"],
        "evidence_words": "Ten plans.", "evidence_on-day": str(ahead.day), "evidence_on-month": str(ahead.month),
        "evidence_on-year": str(ahead.year),
    }, status=422)  # fmt: skip
    assert "The evidence cannot be from after the day of the judgement" in page.text
