"""The register on a fresh database: what is written, what is refused, and what is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from findings import errors, numbering, queries, register, tables
from findings.register import Lead, NewFinding, NewSource, SpeaksTo
from findings.states import (
    ActionStatus,
    AreaStatus,
    Delivery,
    FindingKind,
    FindingStatus,
    Impact,
    ImpactTest,
    InspectionKind,
    Origin,
    SourceKind,
    Timescale,
)
from tests.findings.conftest import COUNCIL, NOW, TODAY

ANSWER = NewSource(SourceKind.audit_answer, audit_reference="AUD-0042", question_reference="case-audit-1/plan/specific")
HELP = SpeaksTo("ilacs-2026", "HP")


@pytest.fixture
def finding(session, day):
    return register.raise_finding(
        session,
        COUNCIL,
        kind=FindingKind.area_for_improvement,
        origin=Origin.case_audit,
        text="Plans do not say who does what by when.",
        sources=[ANSWER],
        judgement_areas=[HELP],
        **day,
    )


@pytest.fixture
def inspection(session, day):
    return register.record_inspection(
        session,
        COUNCIL,
        kind=InspectionKind.inspection,
        title="Inspection of child protection",
        edition_id="ofsted-2012",
        document_title="Report of 2012",
        published_on=date(2012, 10, 30),
        **day,
    )


@pytest.fixture
def area(session, day, finding):
    return register.make_area_from_finding(session, COUNCIL, finding.number, **day)


@pytest.fixture
def action(session, day, area):
    return register.add_action(
        session,
        COUNCIL,
        what="Train every team in writing plans.",
        areas=[area.number],
        delivery_leads=[Lead("Practice lead", post_id=31, person_id=602)],
        lead_post_title="Head of service",
        lead_person_id=601,
        due_on=date(2026, 6, 30),
        impact_test=ImpactTest.re_audit,
        **day,
    )


def complete(session, action, day):
    return register.complete_action(
        session, COUNCIL, action.number, completed_on=TODAY, completed_note="Twelve teams trained.", **day
    )


def verify(session, action, by, line=()):
    return register.verify_action(
        session, COUNCIL, action.number, verified_on=TODAY, verified_note="Saw the list.", line=line, by=by, now=NOW
    )


def judge(session, area, day, rating=Impact.clear_difference, sources=()):
    return register.judge_impact(
        session,
        COUNCIL,
        area.number,
        rating=rating,
        judged_on=TODAY,
        sources=sources,
        different_for_children="Children know what will happen next.",
        not_yet_good_enough="Two teams have further to go.",
        **day,
    )


def test_numbers_count_up_per_authority_and_kind(session):
    assert [numbering.next_number(session, COUNCIL, "FND") for _ in range(3)] == [1, 2, 3]
    assert numbering.next_number(session, 8, "FND") == 1
    assert numbering.next_number(session, COUNCIL, "AUD") == 1
    assert list(numbering.next_numbers(session, COUNCIL, "FND", 3)) == [4, 5, 6]
    assert list(numbering.next_numbers(session, COUNCIL, "FND", 0)) == []


def test_a_finding_keeps_what_the_evidence_said(session, finding):
    (source,) = session.exec(select(tables.Source)).all()
    assert (source.finding_number, source.audit_reference) == (finding.number, "AUD-0042")
    assert finding.title == "Plans do not say who does what by when."
    assert finding.raised_at == NOW


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"title": "x" * 301}, "title"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "a\ud800b"}, "text"),
        ({"kind": "worry"}, "kind"),
        ({"due_on": date(1899, 12, 31)}, "due_on"),
        ({"due_on": "2026-01-01"}, "due_on"),
        ({"printed_number": 5, "printed_total": 4}, "printed_total"),
        ({"printed_number": 0}, "printed_number"),
        ({"team_id": 2**63}, "team_id"),
        ({"sources": [NewSource(SourceKind.other)]}, "words"),
        ({"judgement_areas": [SpeaksTo("ilacs-2026", "")]}, "judgement_area_id"),
    ],
)
def test_bad_values_are_refused_with_the_field_named(session, day, changes, field):
    sound = {"kind": FindingKind.strength, "origin": Origin.staff, "text": "Good work."} | changes
    with pytest.raises(errors.Invalid) as refused:
        register.raise_finding(session, COUNCIL, **sound, **day)
    assert refused.value.field == field


def test_a_text_that_is_too_long_says_by_how_much(session, day):
    with pytest.raises(errors.Invalid, match=r"250 characters too long\. It may have up to 10,000"):
        register.open_area(session, COUNCIL, heading="x" * 10_250, **day)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE finding SET kind = 'worry'",
        "UPDATE finding SET status = 'withdrawn'",
        "UPDATE finding SET printed_number = 0",
        "UPDATE source SET finding_number = NULL",
        "UPDATE source SET finding_number = 99",
        "UPDATE finding SET title = printf('%.301c', 'x')",
        "UPDATE source SET words = printf('%.10001c', 'x')",
        "UPDATE finding_judgement_area SET authority_id = 8",
    ],
)
def test_the_database_refuses_what_the_register_would(session, finding, statement):
    with pytest.raises(IntegrityError):
        session.connection().execute(text(statement))


def test_findings_raised_together_are_numbered_in_order_and_take_their_dates_from_the_inspection(
    session, day, inspection, events
):
    asked_for = [("Write clear plans", "immediately", "3"), ("Keep chronologies", "three_months", "44, 60")]
    raised = register.raise_many(
        session,
        COUNCIL,
        [
            NewFinding(
                FindingKind.area_for_improvement,
                Origin.inspection,
                text,
                judgement_areas=[SpeaksTo("ofsted-2012", "quality")],
                more={
                    "inspection_number": inspection.number,
                    "timescale": Timescale(timescale),
                    "paragraphs": paragraphs,
                    "printed_number": place,
                    "printed_total": 2,
                },
            )
            for place, (text, timescale, paragraphs) in enumerate(asked_for, start=1)
        ],
        note=events.note,
        **day,
    )
    assert [(row.number, row.title, row.due_on) for row in raised] == [
        (1, "Write clear plans", date(2012, 10, 30)),
        (2, "Keep chronologies", date(2013, 1, 30)),
    ]
    sources = session.exec(select(tables.Source).order_by("id")).all()
    assert [(source.finding_number, source.document, source.paragraph) for source in sources] == [
        (1, "Report of 2012", "3"),
        (2, "Report of 2012", "44, 60"),
    ]
    facts = {"kind": "area_for_improvement", "origin": "inspection", "sources": 1}
    assert events.told == [("finding_raised", "FND-0001", facts), ("finding_raised", "FND-0002", facts)]
    assert len(session.exec(select(tables.FindingJudgementArea)).all()) == 2


def test_of_findings_raised_together_one_at_fault_stops_them_all(session, day):
    sound = NewFinding(FindingKind.strength, Origin.staff, "Good work.")
    for at_fault in (replace(sound, text=" "), replace(sound, title="x" * 301), replace(sound, kind="worry")):
        with pytest.raises(errors.Invalid):
            register.raise_many(session, COUNCIL, [sound, at_fault], **day)
        session.rollback()
        assert queries.count_findings(session, COUNCIL) == 0
    assert register.raise_many(session, COUNCIL, [], **day) == []


def test_an_inspectorates_words_cannot_be_edited_but_the_rest_can(session, day, inspection):
    row = register.raise_finding(
        session,
        COUNCIL,
        kind=FindingKind.recommendation,
        origin=Origin.inspection,
        text="Improve plans.",
        verbatim=True,
        inspection_number=inspection.number,
        **day,
    )
    with pytest.raises(errors.Invalid, match="own words"):
        register.correct_finding(session, COUNCIL, row.number, revision=1, text="Better plans.", **day)
    with pytest.raises(errors.Invalid, match="own words"):
        register.correct_finding(session, COUNCIL, row.number, revision=1, verbatim=False, text="Mine.", **day)
    register.correct_finding(session, COUNCIL, row.number, revision=1, title="Plans", **day)
    assert (row.text, row.title, row.revision) == ("Improve plans.", "Plans", 2)
    made = register.make_area_from_finding(session, COUNCIL, row.number, **day)
    with pytest.raises(errors.Invalid, match="stays as it was printed"):
        register.correct_area(session, COUNCIL, made.number, revision=1, heading="Mine", **day)


def test_a_judgement_given_twice_is_corrected_not_doubled(session, day, inspection, events):
    for grade in ("good", "adequate"):
        register.record_judgement(
            session,
            COUNCIL,
            inspection_number=inspection.number,
            judgement_area_id="quality",
            grade_code=grade,
            note=events.note,
            **day,
        )
    assert [row.grade_code for row in queries.list_judgements(session, COUNCIL, inspection.number)] == ["adequate"]
    assert events.told[1][2] == {"area": "quality", "before": "good", "after": "adequate"}


def test_a_stale_form_is_refused_with_the_row_as_it_is_now(session, day, finding):
    register.correct_finding(session, COUNCIL, finding.number, revision=1, title="First", **day)
    with pytest.raises(errors.Stale) as refused:
        register.correct_finding(session, COUNCIL, finding.number, revision=1, title="Second", **day)
    assert refused.value.current.title == "First"


def test_a_refused_correction_leaves_the_row_as_it_was(session, day, finding):
    with pytest.raises(errors.Invalid):
        register.correct_finding(session, COUNCIL, finding.number, revision=1, title="ok", text="", **day)
    session.flush()
    assert (finding.title, finding.revision) == ("Plans do not say who does what by when.", 1)


def test_a_name_taken_out_of_the_words_does_not_stay_in_the_title_made_of_them(session, day):
    facts = {"kind": FindingKind.area_for_improvement, "origin": Origin.staff, **day}
    made = register.raise_finding(session, COUNCIL, text="Kayleigh was not told why her plan changed.", **facts)
    own = register.raise_finding(session, COUNCIL, text="Kayleigh was not told.", title="Telling children", **facts)
    for row in (made, own):
        given = {"text": "A child was not told why.", "title": row.title, "revision": row.revision}
        register.correct_finding(session, COUNCIL, row.number, **given, **day)
    assert (made.title, own.title) == ("A child was not told why.", "Telling children")
    register.correct_finding(session, COUNCIL, own.number, title=" ", revision=own.revision, **day)
    assert own.title == "A child was not told why."


def test_only_fields_of_the_form_can_be_changed(session, day, finding):
    with pytest.raises(errors.Invalid, match="cannot be changed here"):
        register.correct_finding(session, COUNCIL, finding.number, revision=1, raised_by=1, **day)


def test_one_press_makes_the_area_and_a_second_press_finds_it(session, day, finding, area):
    assert (area.heading, area.heading_from, area.judgement_area_id) == (finding.text, finding.number, "HP")
    again = register.make_area_from_finding(session, COUNCIL, finding.number, **day)
    assert again.number == area.number
    assert queries.count_areas(session, COUNCIL) == 1


def test_findings_join_an_area_once_and_may_leave_unless_they_are_its_heading(session, day, finding, area):
    other = register.raise_finding(
        session, COUNCIL, kind=FindingKind.recommendation, origin=Origin.staff, text="Time to write.", **day
    )
    link = {"finding_number": other.number, "area_number": area.number}
    register.join_area(session, COUNCIL, **link, **day)
    register.join_area(session, COUNCIL, **link, **day)
    register.leave_area(session, COUNCIL, **link, **day)
    assert [row.finding_number for row in session.exec(select(tables.FindingInArea))] == [finding.number]
    with pytest.raises(errors.OutOfTurn):
        register.leave_area(session, COUNCIL, finding_number=finding.number, area_number=area.number, **day)


def test_another_authoritys_things_are_not_found(session, day, finding):
    with pytest.raises(errors.NotFound):
        queries.get_finding(session, 8, finding.number)
    with pytest.raises(errors.NotFound):
        register.open_area(session, 8, heading="Plans", findings=[finding.number], **day)


def test_a_withdrawn_finding_says_why_and_joins_nothing(session, day, finding, area, events):
    with pytest.raises(errors.Invalid):
        register.withdraw_finding(session, COUNCIL, finding.number, reason=" ", **day)
    register.withdraw_finding(session, COUNCIL, finding.number, reason="Raised twice.", note=events.note, **day)
    assert finding.status is FindingStatus.withdrawn
    assert (finding.withdrawn_by, finding.withdrawn_at) == (day["by"], day["now"])
    with pytest.raises(errors.OutOfTurn, match="already been withdrawn"):
        register.withdraw_finding(session, COUNCIL, finding.number, reason="Again.", note=events.note, **day)
    with pytest.raises(errors.OutOfTurn, match="can no longer be corrected"):
        correcting = {"revision": finding.revision, "text": "Otherwise."}
        register.correct_finding(session, COUNCIL, finding.number, **correcting, **day)
    about = f"FND-{finding.number:04d}"
    assert events.told == [("finding_withdrawn", about, {"before": "raised", "after": "withdrawn"})]
    with pytest.raises(errors.OutOfTurn):
        register.join_area(session, COUNCIL, finding_number=finding.number, area_number=area.number, **day)


def test_a_due_date_moves_only_with_a_reason_and_the_old_one_is_kept(session, day, action):
    with pytest.raises(errors.Invalid, match="say why"):
        register.correct_action(session, COUNCIL, action.number, revision=1, due_on=date(2026, 9, 30), **day)
    with pytest.raises(errors.Invalid):
        register.change_due_date(session, COUNCIL, action.number, new_on=date(2026, 9, 30), why="", **day)
    register.change_due_date(session, COUNCIL, action.number, new_on=date(2026, 9, 30), why="Trainer ill.", **day)
    (move,) = session.exec(select(tables.DueDateChange)).all()
    assert (move.old_on, move.new_on) == (date(2026, 6, 30), date(2026, 9, 30))
    assert action.revision == 2


MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 30)


@pytest.mark.parametrize(
    ("had", "given", "refused"),
    [
        ({"due_on": MARCH}, {"due_on": APRIL}, "due_on"),
        ({"due_on": MARCH}, {"due_on": None}, "due_on"),
        ({"due_on": MARCH}, {"due_on": None, "due_text": "March 2026"}, "due_on"),
        ({"due_text": "March 2026"}, {"due_text": "April 2026"}, "due_text"),
        ({"due_text": "March 2026"}, {"due_text": ""}, "due_text"),
        ({"due_text": "March 2026"}, {"due_on": APRIL}, "due_on"),
        ({"due_text": "March 2026"}, {"due_on": MARCH}, None),
        ({"due_text": "March 2026"}, {"due_text": "end of March 2026"}, None),
        ({"due_on": MARCH}, {"due_text": "April 2026"}, None),  # the figures count
        ({"due_text": "TBC"}, {"due_text": "March 2026"}, None),
        ({"due_text": "TBC"}, {"due_on": MARCH}, None),
    ],
)
def test_a_date_that_is_reckoned_with_stays_and_the_field_that_would_move_it_is_named(
    session, day, had, given, refused
):
    action = register.add_action(session, COUNCIL, what="Train", **had, **day)
    if refused is None:
        register.correct_action(session, COUNCIL, action.number, revision=1, **given, **day)
        assert {name: getattr(action, name) for name in given} == given
        return
    with pytest.raises(errors.Invalid) as told:
        register.correct_action(session, COUNCIL, action.number, revision=1, **given, **day)
    assert told.value.field == refused


def test_progress_is_kept_and_trouble_needs_a_word(session, day, action):
    report = {"dated_on": TODAY, **day}
    with pytest.raises(errors.Invalid, match="stands in the way"):
        register.report_progress(session, COUNCIL, action.number, delivery=Delivery.at_risk, **report)
    with pytest.raises(errors.Invalid):
        register.report_progress(session, COUNCIL, action.number, delivery=Delivery.complete, text="x", **report)
    register.report_progress(
        session, COUNCIL, action.number, delivery=Delivery.at_risk, text="No trainer yet.", **report
    )
    assert action.delivery is Delivery.at_risk
    with pytest.raises(errors.Invalid, match="in the future"):
        later = report | {"dated_on": TODAY + timedelta(days=2)}
        register.report_progress(session, COUNCIL, action.number, delivery=Delivery.on_track, **later)


def test_several_actions_are_still_on_track_in_one_press_or_none_is(session, day, area, action):
    second = register.add_action(session, COUNCIL, what="Audit.", areas=[area.number], **day)
    both = [action.number, second.number, action.number]
    rows = register.report_still_on_track(session, COUNCIL, numbers=both, dated_on=TODAY, **day)
    assert [(row.action_number, row.still_on_track) for row in rows] == [(1, True), (2, True)]
    with pytest.raises(errors.Invalid, match="past its due date"):
        register.report_still_on_track(session, COUNCIL, numbers=both, dated_on=date(2026, 7, 1), **day)
    with pytest.raises(errors.Invalid, match="at least one"):
        register.report_still_on_track(session, COUNCIL, numbers=[], dated_on=TODAY, **day)


def test_a_milestone_is_completed_once_with_a_day_and_a_note(session, day, action):
    milestone = register.add_milestone(session, COUNCIL, action_number=action.number, text="Book a trainer", **day)
    with pytest.raises(errors.Invalid):
        register.complete_milestone(session, COUNCIL, milestone.id, completed_on=TODAY, completed_note="", **day)
    done = {"completed_on": TODAY, "completed_note": "Booked.", **day}
    assert register.complete_milestone(session, COUNCIL, milestone.id, **done).completed_on == TODAY
    with pytest.raises(errors.OutOfTurn):
        register.complete_milestone(session, COUNCIL, milestone.id, **done)
    with pytest.raises(errors.NotFound):
        register.complete_milestone(session, 8, milestone.id, **done)


@pytest.mark.parametrize(("person", "line"), [(601, ()), (602, ()), (700, {700})])
def test_nobody_inside_the_line_verifies_an_action(session, day, action, person, line):
    complete(session, action, day)
    with pytest.raises(errors.NotAllowed):
        verify(session, action, person, line)


def test_an_action_is_completed_then_verified_then_may_be_reopened(session, day, action):
    with pytest.raises(errors.OutOfTurn):
        verify(session, action, 900)
    complete(session, action, day)
    with pytest.raises(errors.OutOfTurn):
        complete(session, action, day)
    verify(session, action, 900)
    assert (action.status, action.verified_by, action.delivery) == (ActionStatus.verified, 900, Delivery.complete)
    register.reopen_action(session, COUNCIL, action.number, text="The dip sample disagrees.", dated_on=TODAY, **day)
    assert (action.status, action.verified_on, action.delivery) == (ActionStatus.open, None, Delivery.at_risk)


def test_an_area_closes_only_after_its_impact_shows_a_difference(session, day, area):
    close = {"closed_on": TODAY, **day}
    with pytest.raises(errors.OutOfTurn):
        register.close_area(session, COUNCIL, area.number, **close)
    judge(session, area, day, Impact.no_difference)
    with pytest.raises(errors.OutOfTurn):
        register.close_area(session, COUNCIL, area.number, **close)
    again = NewSource(SourceKind.re_audit, audit_reference="AUD-0050", dated_on=TODAY)
    judged = judge(session, area, day, sources=[again])
    register.close_area(session, COUNCIL, area.number, **close)
    assert area.status is AreaStatus.closed
    assert session.exec(select(tables.Source).where(tables.Source.impact_id == judged.id)).one().audit_reference
    judge(session, area, day, Impact.not_sustained)
    register.reopen_area(session, COUNCIL, area.number, **day)
    assert (area.status, area.closed_on) == (AreaStatus.open, None)


def test_a_difference_is_not_claimed_without_saying_what_is_different(session, day, area):
    with pytest.raises(errors.Invalid) as refused:
        register.judge_impact(session, COUNCIL, area.number, rating=Impact.some_difference, judged_on=TODAY, **day)
    assert refused.value.field == "different_for_children"


def test_a_theme_of_another_plan_is_refused(session, day):
    first, second = (register.open_plan(session, COUNCIL, title=title, **day) for title in ("One", "Two"))
    theme = register.add_theme(session, COUNCIL, plan_number=first.number, title="Practice", **day)
    with pytest.raises(errors.Invalid, match="another plan"):
        register.add_action(session, COUNCIL, what="x", plan_number=second.number, theme_id=theme.id, **day)


def test_an_action_that_is_corrected_cannot_come_to_stand_in_a_theme_of_another_plan(session, day):
    first, second = (register.open_plan(session, COUNCIL, title=title, **day) for title in ("One", "Two"))
    theme = register.add_theme(session, COUNCIL, plan_number=first.number, title="Practice", **day)
    row = register.add_action(session, COUNCIL, what="x", plan_number=first.number, theme_id=theme.id, **day)
    loose = register.add_action(session, COUNCIL, what="y", plan_number=second.number, **day)
    for action, changes in ((row, {"plan_number": second.number}), (loose, {"theme_id": theme.id})):
        with pytest.raises(errors.Invalid, match="another plan"):
            register.correct_action(session, COUNCIL, action.number, revision=action.revision, **changes, **day)
    # What has nothing to do with its place is corrected even where its theme was taken out meanwhile.
    register.remove_theme(session, COUNCIL, theme.id, why="Gone", **day)
    row.theme_id = theme.id
    register.correct_action(session, COUNCIL, row.number, revision=row.revision, what="z", **day)
    assert row.what == "z"


def test_a_measure_belongs_to_one_thing(session, day, area, action):
    with pytest.raises(errors.Invalid):
        register.add_measure(session, COUNCIL, name="Specific plans", **day)
    row = register.add_measure(session, COUNCIL, name="Specific plans", area_number=area.number, baseline=36.0, **day)
    for figure in (float("nan"), float("inf"), 1e300):
        with pytest.raises(errors.Invalid):
            register.update_measure(session, COUNCIL, row.id, latest=figure, latest_on=TODAY, **day)
    register.update_measure(session, COUNCIL, row.id, latest=71.0, latest_on=TODAY, **day)
    assert (row.baseline, row.latest) == (36.0, 71.0)


def test_what_is_told_holds_codes_and_never_what_somebody_typed(session, day, events):
    said = "Words that somebody typed"
    told = {"note": events.note, **day}
    raised = register.raise_finding(session, COUNCIL, kind=FindingKind.strength, origin=Origin.staff, text=said, **told)
    made = register.make_area_from_finding(session, COUNCIL, raised.number, **told)
    planned = register.add_action(session, COUNCIL, what=said, areas=[made.number], due_on=TODAY, **told)
    moved = {"new_on": date(2026, 9, 1), "why": said}
    register.change_due_date(session, COUNCIL, planned.number, **moved, **told)
    complete(session, planned, told | {})
    judge(session, made, told)
    assert [code for code, _, _ in events.told] == [
        "finding_raised",
        "area_opened",
        "finding_joined_area",
        "action_added",
        "action_linked",
        "due_date_changed",
        "action_completed",
        "impact_judged",
    ]
    assert said not in repr(events.told)


def test_an_inspection_is_corrected_and_its_dates_must_be_in_order(session, day, events, inspection):
    for _again in range(2):  # what changes nothing is no line of the log
        changed = {"published_on": date(2012, 10, 31), "note": events.note}
        register.correct_inspection(session, COUNCIL, inspection.number, **changed, **day)
    assert [code for code, *_more in events.told] == ["inspection_corrected"]
    assert inspection.published_on == date(2012, 10, 31)
    dates = {"inspected_from": date(2012, 9, 10), "inspected_to": date(2012, 9, 9)}
    with pytest.raises(errors.Invalid, match="before it began"):
        register.correct_inspection(session, COUNCIL, inspection.number, **dates, **day)


def test_the_judgement_areas_of_a_finding_can_be_said_anew(session, day, finding):
    anew = [SpeaksTo("ilacs-2026", "CL"), *(SpeaksTo("ilacs-2026", "HP", each) for each in ("drift", "plans"))]
    register.name_judgement_areas(session, COUNCIL, finding.number, judgement_areas=anew, **day)
    rows = session.exec(select(tables.FindingJudgementArea).order_by("judgement_area_id", "criterion")).all()
    speaks_to = [(row.judgement_area_id, row.criterion) for row in rows]
    assert speaks_to == [("CL", ""), ("HP", "drift"), ("HP", "plans")]
