"""The three views of each area: every figure worked out again from the rows, groups never added, scopes kept."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

import frameworks
from audit_app import database
from audit_app.audits.tables import Answer, HowChosen
from audit_app.library.crosswalk import service as crosswalk_service
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from audit_app.self_assessment.tables import Citation, Cites
from audit_app.self_assessment.three_views import queries, queries_spoken
from audit_app.self_assessment.three_views.spoken import Pointer, questions_spoken_of
from findings import register
from findings.register import NewSource, SpeaksTo
from findings.states import FindingKind, Origin, SourceKind
from tests import builders, builders_improvement, builders_views
from tests.builders import AUTHORITY_ID
from tests.builders_views import TODAY, add_audit

START = date(2025, 11, 29)
ILACS = frameworks.edition("ilacs-2026")
NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
DAY = {"by": 1, "now": NOW}
# Which sets are a picture of which area as a whole, worked out by hand from the question sets.
PICTURE_OF = {"child-protection": "HP", "child-in-need": "HP", "in-care": "CIC", "care-leavers": "CL",
              "supervision": "LEAD", "foster-carer": "CIC"}  # fmt: skip
GRADES = ("good", "good", "requires_improvement", "inadequate", "outstanding", "requires_improvement", "good")
WAYS = ({}, {}, {"how_chosen": HowChosen.purposive}, {}, {"audit_type": "thematic_audit"}, {"re_audit_of": 1})


def make_audits(session):
    """Audits of many sets, grades and ways of choosing, of two teams, some outside the year or not agreed."""
    teams = builders.make_team(session), builders.make_team(session, "Assessment Team 2", service="Care")
    sets = [*PICTURE_OF, "child-protection", "practice-observation"]
    for place in range(110):
        set_id = sets[place % len(sets)]
        add_audit(
            session, teams[place % 2], "" if set_id == "practice-observation" else GRADES[place % len(GRADES)],
            ago=(place * 7) % 420, set_id=set_id, moderated=place % 5 == 0, **WAYS[place % len(WAYS)],
        )  # fmt: skip
    for ago in (0, 3, 365, 366):
        add_audit(session, teams[0], "outstanding", ago=ago, stage="submitted", agreed_at=None)
    add_audit(session, teams[0], "good", ago=5, stage="withdrawn")
    session.commit()
    return teams


def views(session, edition=ILACS, start=START):
    three = queries.three_views(session, AUTHORITY_ID, edition, start, TODAY)
    return {area.area.id: area for area in three.areas}, three


def rows_of(session, *, at_random, team_id=None, stage="agreed"):
    """The audits of the year as plain rows, with both groups told apart anew."""
    rows = session.connection().execute(sa.text("select * from case_audit")).mappings()
    within = []
    for row in rows:
        day = datetime.fromisoformat(str(row["submitted_at"])).date()
        drawn = row["how_chosen"] == "random" and row["re_audit_of"] is None
        drawn = drawn and row["audit_type"] not in ("re_audit", "thematic_audit")
        if START <= day <= TODAY and row["stage"] == stage and drawn == at_random and row["overall_grade"]:
            within += [row] if team_id in (None, row["team_id"]) else []
    return within


def counted(rows, area):
    return Counter(row["overall_grade"] for row in rows if PICTURE_OF[row["set_id"]] == area)


def told(groups):
    return Counter({code: count for graded in groups for code, count in zip(graded.codes, graded.counts, strict=True)
                    if count})  # fmt: skip


@pytest.mark.parametrize("at_random", [True, False])
def test_what_audits_show_is_what_the_rows_hold_area_by_area_and_group_by_group(session, at_random):
    make_audits(session)
    by_area, _ = views(session)
    rows = rows_of(session, at_random=at_random)
    for area in ("HP", "CIC", "CL", "LEAD"):
        groups = by_area[area].random if at_random else by_area[area].chosen
        assert told(groups) == counted(rows, area), area
        assert sum(counted(rows, area).values()) >= 4
        own = [row for row in rows if PICTURE_OF[row["set_id"]] == area]
        (graded,) = groups
        assert graded.moderated == sum(bool(row["moderated"]) for row in own)
        days = sorted(datetime.fromisoformat(str(row["submitted_at"])).date() for row in own)
        assert (graded.first, graded.last) == (days[0], days[-1])
        assert graded.at_random is at_random
    assert by_area["HP"].waiting == len(rows_of(session, at_random=True, stage="submitted")) == 3


def test_a_set_with_another_scale_stands_in_a_group_of_its_own(session):
    make_audits(session)
    before = {area: told(view.random) for area, view in views(session)[0].items()}
    add_audit(session, 1, "secure", set_id="practice-observation", ago=3)  # ends in no overall grade: on no scale
    add_audit(session, 1, "good", set_id="nowhere", ago=3)  # a set nobody knows speaks to nothing
    session.flush()
    assert {area: told(view.random) for area, view in views(session)[0].items()} == before


def test_under_another_edition_the_crosswalk_says_what_audits_speak_to(session):
    make_audits(session)
    by_area, _ = views(session, frameworks.edition("ilacs-2018"))
    rows = rows_of(session, at_random=True)
    joint = counted(rows, "CIC") + counted(rows, "CL")  # until 2022 one judgement; a part speaks to its whole
    assert told(by_area["CIC"].random) == joint
    assert told(by_area["HP"].random) == counted(rows, "HP")
    assert not any(view.random for view in views(session, frameworks.edition("sif-2013"))[0].values())  # only overlaps


def scoped(app, engine, scope):
    return database.AuditSession(engine, info={"scope": scope, "log_key": app.extensions["log_key"]})


def test_a_team_manager_counts_their_own_team_alone_even_as_an_auditor_of_others(app, engine, session):
    teams = make_audits(session)
    everything = rows_of(session, at_random=True)
    own = [row for row in everything if row["team_id"] == teams[0]]
    session.rollback()  # writers take turns
    roles = frozenset({Role.team_manager, Role.auditor})
    scope = Scope(AUTHORITY_ID, 1, roles, frozenset({teams[0]}), today=TODAY)  # person 1 did every audit there is
    with scoped(app, engine, scope) as narrow:
        by_area, three = views(narrow)
        assert told(by_area["HP"].random) == counted(own, "HP") != counted(everything, "HP")
        assert three.whose == "the teams you manage"
    leader = Scope(AUTHORITY_ID, 2, frozenset({Role.leader}), today=TODAY)
    with scoped(app, engine, leader) as wide:
        by_area, three = views(wide)
        assert told(by_area["HP"].random) == counted(everything, "HP")
        assert (by_area["HP"].waiting, three.whose) == (0, "")  # what is not agreed is not a leader's to see
    with scoped(app, engine, Scope(AUTHORITY_ID, 3, frozenset({Role.team_manager}), today=TODAY)) as nothing:
        assert not any(view.random or view.chosen for view in views(nothing)[0].values())


# --- inspectors ------------------------------------------------------------------------------------------------------


def judge(session, edition_id, grades, published_on, **more):
    inspection = builders_improvement.record_inspection(
        session, edition_id=edition_id, published_on=published_on, title=f"Inspection under {edition_id}", **more
    )
    for area, grade in grades.items():
        register.record_judgement(
            session, AUTHORITY_ID, inspection_number=inspection.number, judgement_area_id=area, grade_code=grade,
            printed_name=f"{area} as printed", **DAY,
        )  # fmt: skip
    return inspection


def test_what_was_printed_stands_under_todays_areas_with_its_join_and_nothing_is_lost(session):
    judge(session, "ilacs-2018", {"HP": "good", "CIC": "outstanding", "LEAD": "good", "OE": "good"}, date(2019, 5, 1))
    judge(session, "sif-2013", {"HP": "requires_improvement", "CLA": "good"}, date(2015, 3, 1))
    judge(session, "ofsted-2012", {"EFF": "adequate", "OE": "adequate"}, date(2012, 7, 25))
    judge(session, "ilacs-2026", {"HP": "requires_improvement", "CL": "good"}, date(2026, 8, 9))
    by_area, three = views(session)
    lines = {
        area: [(line.join.area.edition_id, line.join.tie, line.grade_code) for line in view.judged]
        for area, view in by_area.items()
    }
    assert lines["HP"] == [
        ("ilacs-2026", "itself", "requires_improvement"),
        ("ilacs-2018", "same", "good"),
        ("sif-2013", "overlaps", "requires_improvement"),
    ]
    assert lines["CIC"] == [("ilacs-2018", "part_of", "outstanding"), ("sif-2013", "overlaps", "good")]
    assert lines["CL"] == [("ilacs-2026", "itself", "good"), ("ilacs-2018", "part_of", "outstanding")]
    assert [(line.join.area.edition_id, line.area_name) for line in three.elsewhere] == [
        ("ofsted-2012", "EFF as printed")
    ]
    assert [(line.join.area.edition_id, line.grade_name) for line in three.overall] == [
        ("ilacs-2018", "Good"),
        ("ofsted-2012", "Adequate"),
    ]
    every = sum(len(view.judged) for view in by_area.values()) + len(three.elsewhere) + len(three.overall)
    rows = session.connection().execute(sa.text("select count(*) from judgement")).scalar_one()
    assert every == rows + 1  # the joint judgement of 2019 stands under both its parts


def test_an_open_doubt_about_a_line_is_counted_beside_what_it_joins(session):
    judge(session, "sif-2013", {"HP": "good"}, date(2015, 3, 1))
    crosswalk_service.raise_doubt(
        session, AUTHORITY_ID, "ilacs-2026/HP sif-2013/HP", "The criteria differ.", by=1, now=NOW
    )
    (line,) = views(session)[0]["HP"].judged
    assert line.doubts == 1


# --- ourselves -------------------------------------------------------------------------------------------------------


def test_the_newest_draft_and_the_one_signed_last_stand_side_by_side_the_newer_first(session):
    builders_views.add_assessment(session, 1, {"HP": "good"}, signed_on=date(2024, 11, 1))
    builders_views.add_assessment(session, 2, {"HP": "good"}, signed_on=date(2025, 11, 1))
    builders_views.add_assessment(session, 3, {"HP": "requires_improvement"})
    builders_views.add_assessment(session, 4, {"HP": ""}, edition_id="self-assessment-1")
    builders_views.add_assessment(session, 5, {"HP": "outstanding"}, edition_id="sif-2013")  # only shares ground
    builders_views.add_assessment(session, 6, {"HP": "outstanding"}, state="abandoned", abandoned_reason="Twice")
    session.commit()
    own = views(session)[0]["HP"].own
    assert [(line.reference, line.is_signed, line.grade_code) for line in own] == [
        ("SAS-0004", False, ""),
        ("SAS-0002", True, "good"),
    ]
    assert own[0].join.tie == "same"
    assert views(session)[0]["HP"].speaking == own[1]  # the newest that gives a grade
    assert own[1].state == "signed 1 Nov 2025"
    assert views(session)[0]["CIC"].own == ()


# --- what is spoken of -----------------------------------------------------------------------------------------------


def test_questions_an_item_or_a_claim_speaks_of_are_counted_from_the_rows(session):
    teams = make_audits(session)
    codes = ("yes", "yes", "partly", "no", "not_applicable")
    audits = session.connection().execute(sa.text("select number, set_id from case_audit order by number")).all()
    for place, (number, _) in enumerate(row for row in audits if row.set_id == "child-protection"):
        for shift, key in enumerate(("plan/specific", "visits/purpose")):
            session.add(Answer(authority_id=AUTHORITY_ID, audit_number=number, question_key=key,
                               code=codes[(place + shift) % 5]))  # fmt: skip
        several = {"code": "not_applicable"} if place % 3 else {"given": "parents,child"}
        session.add(Answer(authority_id=AUTHORITY_ID, audit_number=number, question_key="plan/several", **several))
    inspection = judge(session, "ilacs-2026", {"HP": "good"}, date(2026, 8, 9))
    given = {"origin": Origin.inspection, "inspection_number": inspection.number, "sources": [], "printed_number": 1}
    item = builders_improvement.raise_finding(session, "The quality of plans.", printed_total=5, **given)
    strength = builders_improvement.raise_finding(
        session, "Children are seen.", kind=FindingKind.strength, **{**given, "printed_number": None}
    )
    builders_improvement.raise_finding(
        session, "Care leavers.", judgement_areas=[SpeaksTo("ilacs-2026", "CL")], **{**given, "printed_number": 2}
    )
    audited = builders_improvement.raise_finding(
        session, "Plans list steps.",
        sources=[NewSource(SourceKind.audit_answer, question_reference="case-audit-1/plan/specific", words="Seen.")],
    )  # fmt: skip
    area = builders_improvement.open_area(session)
    for finding in (item, audited):
        register.join_area(session, AUTHORITY_ID, finding_number=finding.number, area_number=area.number, **DAY)
    own = builders_views.add_assessment(session, 1, {"HP": "good"})
    claim = builders_views.add_claim(session, own["HP"], rung=2)
    cites = {"authority_id": AUTHORITY_ID, "claim_id": claim.id, "kind": Cites.answers, "cited_by": 1, "cited_at": NOW}
    session.add(Citation(**cites, set_edition_id="case-audit-1", question_key="visits/purpose", months=12))
    builders_views.add_claim(session, own["HP"], "Taken out.", taken_out_at=NOW)
    session.commit()

    view = views(session)[0]["HP"]
    spoken = queries_spoken.spoken_of(session, AUTHORITY_ID, view, START, TODAY)
    assert [(line.text, line.answered, line.areas) for line in spoken.items] == [
        ("The quality of plans.", False, (area.number,)),
        ("Children are seen.", True, ()),
    ]
    assert strength.number == spoken.items[1].number
    assert [(claim.text, claim.rung) for claim in spoken.claims] == [("Most plans are specific.", 2)]
    by_key = {line.question_key: line for line in spoken.answers}
    assert by_key["plan/specific"].speakers == (f"Ofsted’s area for improvement 1 of 5, in AFI-{area.number:04}",)
    assert by_key["visits/purpose"].speakers == ("a claim of SAS-0001",)
    numbers = {row["number"] for row in rows_of(session, at_random=True)}
    for key, line in by_key.items():
        given = session.connection().execute(
            sa.text("select audit_number, code from answer where question_key = :key"), {"key": key}
        )
        rows = Counter(code for number, code in given if number in numbers)
        (spread,) = line.spreads
        assert spread.at_random
        assert {code: count for code, _, count in spread.answers if count} == {
            code: count for code, count in rows.items() if code != "not_applicable"
        }
        assert spread.not_applicable == rows["not_applicable"] > 0
        assert line.text != key
    assert teams
    asked = [("case-audit-1", key) for key in (*by_key, "plan/several")]
    anew, kept = (
        sorted(map(tuple, answers(session, AUTHORITY_ID, asked, START, TODAY)))
        for answers in (queries_spoken._counted_anew, queries_spoken._added_up)
    )
    assert kept == anew, "what is kept counted is what the rows say"
    assert [row[3] for row in kept if row[1] == "plan/several"] == ["not_applicable"]


def test_more_questions_than_a_page_holds_are_numbered():
    pointers = [Pointer("e", f"plan/q{place}", "a claim") for place in range(9)]
    pointers.append(Pointer("e", "plan/q8", "an item"))
    questions, more = questions_spoken_of(pointers, 6)
    assert questions[0] == ("e", "plan/q8")
    assert (len(questions), more) == (6, 3)
