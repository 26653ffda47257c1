"""Readiness: every figure worked out again from the rows, each reason with what to do, and no grade anywhere."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from audit_app import clock
from audit_app.evidence.tables import Evidence, FolderEntry
from audit_app.home.readiness import parts, queries
from audit_app.people.tables import Role, Service, Team, TeamChange, TeamChangeKind, TeamSpell
from audit_app.self_assessment.tables import Citation, Cites, Passage, SectionState
from findings import register
from findings.states import FindingKind, Impact, ImpactTest, Origin, SourceKind, Timescale
from tests import builders, builders_improvement, builders_views
from tests.builders import AUTHORITY_ID, AUTHORITY_KEY, LONG_AGO
from tests.builders_views import TODAY, add_audit

CONFIG = {
    "COVERAGE_MONTHS": 12,
    "EVIDENCE_GRACE_DAYS": 21,
    "IMPACT_EVIDENCE_MONTHS": 6,
    "SELF_ASSESSMENT_MONTHS": 12,
}
NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
DAY = {"by": 1, "now": NOW}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day these figures are of."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def days_ago(days):
    return TODAY - timedelta(days=days)


def make_teams(session):
    """Four teams: looked at, only by chosen audits, lately never, never; and one that was merged into the first."""
    place = Service(authority_id=AUTHORITY_ID, name="Safeguarding", from_on=LONG_AGO)
    session.add(place)
    session.flush()
    made = {}
    for name in ("East", "West", "North", "South", "Old East"):
        merged_on = days_ago(100) if name == "Old East" else None
        team = Team(authority_id=AUTHORITY_ID, opened_on=LONG_AGO, closed_on=merged_on)
        session.add(team)
        session.flush()
        spell = {"service_id": place.id, "name": name, "from_on": LONG_AGO, "to_on": merged_on}
        session.add(TeamSpell(authority_id=AUTHORITY_ID, team_id=team.id, **spell))
        made[name] = team.id
    session.add(
        TeamChange(
            authority_id=AUTHORITY_ID, team_id=made["Old East"], kind=TeamChangeKind.merged,
            other_team_id=made["East"], on_date=days_ago(99), by=1, at=NOW,
        )
    )  # fmt: skip
    session.flush()
    return made


def make_audits(session, teams):
    add_audit(session, teams["East"], ago=10, cohort="CP")
    add_audit(session, teams["East"], ago=364, cohort="CIN", set_id="child-in-need")
    add_audit(session, teams["East"], ago=20, cohort="CIC", stage="submitted", agreed_at=None)  # nobody agreed it yet
    add_audit(session, teams["Old East"], ago=200, cohort="CP")
    add_audit(session, teams["West"], ago=40, cohort="PLO", how_chosen="purposive")
    add_audit(session, teams["West"], ago=50, cohort="CL", audit_type="thematic_audit")  # random, but for a theme
    add_audit(session, teams["North"], ago=400, cohort="CWD")
    session.flush()


def make_evidence(session):
    """Fresh, to be renewed, stale, never ageing, withdrawn; and entries of the folder."""
    given = {
        "authority_id": AUTHORITY_ID,
        "shows": "That it is so.",
        "effect": "impact",
        "added_by": 1,
        "added_at": NOW,
    }
    days = [TODAY, days_ago(1), days_ago(21), days_ago(22), days_ago(300), None]
    for number, renew_by in enumerate(days, start=1):
        session.add(Evidence(**given, number=number, title=f"Report {number}", renewal="monthly", renew_by=renew_by))
    gone = {"withdrawn_at": NOW, "withdrawn_by": 1, "withdrawn_reason": "It was the wrong one"}
    session.add(Evidence(**given, number=20, title="Gone", renewal="monthly", renew_by=days_ago(500), **gone))
    entry = {"authority_id": AUTHORITY_ID, "added_by": 1, "added_at": NOW}
    statuses = [("ready", TODAY), ("to_collect", None), ("being_written", days_ago(1)), ("not_applicable", None)]
    for number, (status, refresh_on) in enumerate(statuses, start=1):
        session.add(
            FolderEntry(**entry, number=number, position=number, title="Entry", status=status, refresh_on=refresh_on)
        )
    session.flush()


def make_items(session):
    """Items of an inspection: late by a day, late by much, due today, without a day, answered; and others."""
    inspection = builders_improvement.record_inspection(session, published_on=days_ago(92), edition_id="ilacs-2026")
    item = {"origin": Origin.inspection, "inspection_number": inspection.number, "sources": [], "now": NOW}

    def ask(text, **more):
        return builders_improvement.raise_finding(session, text, **{**item, **more})

    made = SimpleNamespace(
        a_day=ask("Late by a day.", due_on=days_ago(1)),
        months=ask("Late by months.", timescale=Timescale.immediately),
        today=ask("Due today.", due_on=TODAY),
        undated=ask("Without a day."),
        answered=ask("Answered.", due_on=days_ago(50)),
        withdrawn=ask("Not meant so.", due_on=days_ago(50)),
        strength=ask("A strength.", kind=FindingKind.strength, due_on=None),
    )
    register.withdraw_finding(session, AUTHORITY_ID, made.withdrawn.number, reason="Printed in error.", **DAY)
    builders_improvement.raise_finding(session, "From audits.", due_on=days_ago(30))
    return made


def make_actions(session, answered):
    """Actions open, done without evidence, verified with evidence, and done though no difference lasted."""
    areas = [builders_improvement.open_area(session, f"Area {number}.", now=NOW) for number in range(3)]
    register.join_area(session, AUTHORITY_ID, finding_number=answered.number, area_number=areas[0].number, **DAY)
    plan = register.open_plan(session, AUTHORITY_ID, title="Improvement plan", **DAY)
    for place, area in enumerate((areas[0], areas[1], areas[2], areas[0])):
        action = register.add_action(
            session, AUTHORITY_ID, what=f"Do thing {place}.", plan_number=plan.number, areas=[area.number],
            due_on=TODAY, success_measure="8 in 10", impact_test=ImpactTest.dip_sample, lead_post_title="Head", **DAY,
        )  # fmt: skip
        if place < 3:
            register.complete_action(
                session, AUTHORITY_ID, action.number, completed_on=days_ago(30),
                completed_note="It is done and in use.", **DAY,
            )  # fmt: skip
        if place == 1:
            register.verify_action(
                session, AUTHORITY_ID, action.number, verified_on=days_ago(2), verified_note="Seen.", line=(), **DAY
            )
    for area, rating in ((areas[1], Impact.clear_difference), (areas[2], Impact.not_sustained)):
        register.judge_impact(
            session, AUTHORITY_ID, area.number, rating=rating, judged_on=days_ago(1), method=ImpactTest.dip_sample,
            sample_size=20, tested_by="Another service", different_for_children="They know.",
            not_yet_good_enough="Some.", next_steps="Again.", judged_by_post_title="QA",
            sources=[register.NewSource(SourceKind.dip_sample, dated_on=days_ago(10), words="20 records")], **DAY,
        )  # fmt: skip


@pytest.fixture
def council(session):
    teams = make_teams(session)
    make_audits(session, teams)
    make_evidence(session)
    items = make_items(session)
    make_actions(session, items.answered)
    make_assessments(session)
    session.commit()
    return SimpleNamespace(teams=teams, items=items)


def make_assessments(session):
    """Signed more than a year ago, signed lately, given up, and a draft of four sections with claims."""
    builders_views.add_assessment(session, 1, {"CHILD": "good"}, edition_id="hmip-youth-2025", signed_on=days_ago(400))
    builders_views.add_assessment(session, 2, {"HP": "good"}, signed_on=days_ago(20))
    builders_views.add_assessment(session, 3, {"HP": ""}, state="abandoned", abandoned_reason="Begun twice")
    own = builders_views.add_assessment(session, 4, {"HP": "good", "CIC": "", "CL": "", "LEAD": ""}, due_on=days_ago(3))
    own["HP"].state = SectionState.ready
    cited = builders_views.add_claim(session, own["HP"], rung=3)
    session.add(
        Citation(
            authority_id=AUTHORITY_ID, claim_id=cited.id, kind=Cites.policy, title="A plan", cited_by=1, cited_at=NOW
        )
    )
    builders_views.add_claim(session, own["HP"], rung=1)
    builders_views.add_claim(session, own["HP"], rung=0)
    builders_views.add_claim(session, own["CIC"])
    builders_views.add_claim(session, own["CL"], taken_out_at=NOW)
    passage = {"authority_id": AUTHORITY_ID, "question": "known", "written_by": 1, "written_at": NOW}
    session.add(Passage(**passage, section_id=own["LEAD"].id, text="We know our weaknesses."))
    session.add(Passage(**passage, section_id=own["CL"].id, text=""))
    session.flush()


def told(facts):
    return {part.id: part for part in parts.parts(facts)}


def test_every_figure_is_that_of_the_rows(session, council):
    facts = queries.facts(session, AUTHORITY_ID, TODAY, CONFIG)

    teams = {team.name: (team.random, team.chosen, team.last_on) for team in facts.coverage.teams}
    assert teams == {
        "East": (3, 0, days_ago(10)),
        "West": (0, 2, days_ago(40)),
        "North": (0, 0, days_ago(400)),
        "South": (0, 0, None),
    }
    assert {group.key for group in facts.coverage.groups if group.is_covered} == {"CP", "CIN", "PLO", "CL"}
    assert {group.key for group in facts.coverage.groups if group.random} == {"CP", "CIN"}

    evidence = session.connection().execute(sa.text("select * from evidence where withdrawn_at is null")).mappings()
    renew = [date.fromisoformat(str(row["renew_by"])) for row in evidence if row["renew_by"]]
    stale = [day for day in renew if day + timedelta(days=21) < TODAY]
    due = [day for day in renew if day < TODAY <= day + timedelta(days=21)]
    assert (facts.evidence.pieces, facts.evidence.stale, facts.evidence.due) == (6, len(stale), len(due)) == (6, 2, 2)
    assert (facts.evidence.entries, facts.evidence.entries_not_ready, facts.evidence.entries_overdue) == (4, 2, 1)

    claims = facts.claims
    assert (claims.claims, claims.without_evidence, claims.undecided, claims.on_low_rungs) == (4, 3, 1, 2)
    assert [(item.title, item.days_late) for item in facts.items.late] == [
        ("Late by months.", 92),
        ("Late by a day.", 1),
    ]
    assert (facts.items.inspections, facts.items.waiting, facts.items.undated) == (1, 4, 1)
    done = facts.done
    assert (done.in_force, done.evidenced, done.without_evidence, done.in_doubt) == (4, 1, 1, 1)
    (draft,) = facts.drafts
    assert (draft.reference, draft.sections, draft.unwritten, draft.ready, draft.offered) == (
        "SAS-0004",
        4,
        1,
        1,
        False,
    )
    assert {signed.reference: signed.signed_on for signed in facts.signed} == {
        "SAS-0001": days_ago(400),
        "SAS-0002": days_ago(20),
    }


def test_each_reason_is_a_sentence_with_what_to_do(session, council):
    by_id = told(queries.facts(session, AUTHORITY_ID, TODAY, CONFIG))
    sentences = {name: [str(line) for line in part.lines] for name, part in by_id.items()}
    assert by_id["coverage"].summary.startswith("2 of 4 teams and 4 of 12 groups of children had an agreed audit")
    assert sentences["coverage"][:3] == [
        "North (Safeguarding): no agreed audit, last 25 October 2025.",
        "South (Safeguarding): no agreed audit, never.",
        "Looked at only by audits that were chosen, so nothing is known of the whole: West.",
    ]
    assert "in care" in sentences["coverage"][3]  # an audit nobody agreed covers nothing
    assert sentences["evidence"][:2] == [
        "2 of 6 pieces of evidence are stale.",
        "2 of 6 pieces of evidence are due to be renewed.",
    ]
    assert "3 of 4 claims are without anything cited." in sentences["evidence"]
    assert sentences["items"][0].endswith("is 92 days late: Late by months.")
    assert by_id["done"].summary == "1 of 3 actions called done has evidence of impact."
    assert sentences["done"] == [
        "1 action called done without evidence that anything changed for children.",
        "1 action called done though the last test showed no difference, or none that lasted.",
    ]
    assert sentences["sections"] == [
        "SAS-0004, Self-assessment 4: 1 of 4 sections has nothing written.",
        "SAS-0004, Self-assessment 4 is not signed: 1 of 4 sections is ready, and it is past its day.",
        "SAS-0001, Self-assessment 1, was signed on 25 October 2025, more than 12 months ago.",
    ]
    assert any(sentence.startswith("Actions completed but not verified: 2") for sentence in sentences["gaps"])
    assert not any("date for an answer" in sentence for sentence in sentences["gaps"])  # told once, among the items
    assert all(line.ways for part in by_id.values() for line in part.lines)


def test_leaders_and_qa_managers_read_the_same_figures_and_are_led_where_they_may_go(signed_in_as, council):
    qa, leader = signed_in_as(Role.qa_manager), signed_in_as(Role.leader)
    pages = [person.get(f"/{AUTHORITY_KEY}/readiness").text for person in (qa, leader)]
    for text in pages:
        assert "2 of 4 teams" in text
        assert "92 days late" in text
        assert "3 of 4 claims are without anything cited" in text
        assert not re.search(r"(?i)\b(predicted|score|overall readiness|\d+ ?%)", text)
    assert "Set up an audit" in pages[0]
    assert "Set up an audit" not in pages[1]
    for page in (qa, leader):
        assert "See how ready you are" in page.get(f"/{AUTHORITY_KEY}/").text


@pytest.mark.parametrize("role", [Role.auditor, Role.team_manager, Role.admin, Role.business_support])
def test_nobody_else_opens_it(signed_in_as, role):
    assert signed_in_as(role).get(f"/{AUTHORITY_KEY}/readiness", status=403)


def test_a_council_that_has_nothing_is_told_what_to_do_first_in_order(signed_in_as, session):
    facts = queries.facts(session, AUTHORITY_ID, TODAY, CONFIG)
    session.rollback()  # on one database file writers take turns
    steps = [str(step).split(" ")[0] for step in parts.first_steps(facts)]
    assert steps == ["Enter", "Audit", "Record", "Plan", "Begin", "Open"]
    text = signed_in_as(Role.leader).get(f"/{AUTHORITY_KEY}/readiness").text
    assert "What to do first" in text
    assert "Nobody has begun a self-assessment." in text


def test_with_everything_begun_nothing_is_told_first(session, council):
    assert parts.first_steps(queries.facts(session, AUTHORITY_ID, TODAY, CONFIG)) == ()


def test_another_council_lends_nothing(session, council):
    session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
    session.commit()
    other = queries.facts(session, 2, TODAY, CONFIG)
    assert (other.evidence.pieces, other.claims.claims, other.items.waiting, other.done.in_force) == (0, 0, 0, 0)
    assert other.gaps == {}
    assert not other.coverage.ever
