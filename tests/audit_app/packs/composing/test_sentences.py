"""A thread in sentences: what the register holds is told with its n, method and post; what it lacks is said."""

from datetime import UTC, date, datetime

import pytest

import frameworks
from audit_app.improvement import colour_words
from audit_app.packs.composing import measures, plan_sheets, thread_parts, thread_sentences
from audit_app.packs.composing.extract import Register
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.disclosure.levels import FIELDS
from findings import thread as threads
from findings.states import (
    ActionStatus,
    AreaStatus,
    Delivery,
    FindingKind,
    FindingStatus,
    Impact,
    ImpactTest,
    InspectionKind,
    Level,
    Origin,
    SourceKind,
    Timescale,
)
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    Finding,
    FindingInArea,
    FindingJudgementArea,
    ImpactJudgement,
    Inspection,
    Measure,
    Milestone,
    Source,
)
from findings.thread_shapes import Rows

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)


def narrator(level=0, names=None):
    return Narrator(level, TODAY, names or {"AUD-0007": "AUD-0007"})


def area(**changed):
    given = {"authority_id": 1, "number": 3, "heading": "Plans are not specific", "opened_by": 1, "opened_at": NOW}
    return AreaForImprovement(**{**given, **changed})


def finding(**changed):
    given = {
        "authority_id": 1,
        "number": 7,
        "kind": FindingKind.area_for_improvement,
        "origin": Origin.inspection,
        "level": Level.service,
        "title": "Plans",
        "text": "Make plans say who will do what",
        "verbatim": True,
        "raised_by": 1,
        "raised_at": NOW,
    }
    return Finding(**{**given, **changed})


def action(**changed):
    given = {"authority_id": 1, "number": 5, "what": "Coach managers", "added_by": 1, "added_at": NOW}
    return Action(**{**given, **changed})


def woven(**rows):
    rows.setdefault("areas", [area()])
    rows["findings_in_areas"] = [
        FindingInArea(authority_id=1, finding_number=one.number, area_number=3, joined_by=1, joined_at=NOW)
        for one in rows.get("findings", ())
    ]
    rows["actions_in_areas"] = [
        ActionInArea(authority_id=1, action_number=one.number, area_number=3, linked_by=1, linked_at=NOW)
        for one in rows.get("actions", ())
    ]
    return threads.weave(Rows(**rows)).threads[0]


def answers(thread, **more):
    parts = thread_sentences.tell(thread, narrator(**more))
    return {part.question: " ".join(part.sentences) for part in parts}


def on_sheet(thread, **more):
    """The actions of a thread as the plan sheet tells them, by reference."""
    register = Register([thread], (), list(thread.actions), ())
    council = {colour: (colour.title(), "") for colour in ("blue", "green", "amber", "red", "grey")}
    (plan,) = plan_sheets.sheets(register, colour_words.standings(council), narrator(**more))
    return {part.reference: part for theme in plan.themes for part in theme.actions}


def test_an_area_with_nothing_behind_it_says_so_seven_times():
    told = answers(woven())
    assert told == {
        "What was found": "The register does not say what was found here, or where it came from.",
        "What we did": "No action answers this yet.",
        "How we checked": "There is nothing to check yet, because no action answers this.",
        "What is different for children": "Nobody has yet judged what is different for children.",
        "What is not yet good enough": "Nobody has written down what is not yet good enough. "
        "That does not mean that nothing is.",
        "Who verified it": "No action here is finished, so there is nothing to verify yet.",
        "What is next": "No next step has been written down.",
    }


def test_an_inspectors_item_names_its_document_paragraph_date_number_and_time_limit():
    inspection = Inspection(
        authority_id=1, number=1, kind=InspectionKind.inspection, title="Visit", body="Ofsted",
        document_title="Report on Greenhaven", published_on=date(2013, 1, 15), recorded_by=1, recorded_at=NOW,
    )  # fmt: skip
    item = finding(
        inspection_number=1, printed_number=4, printed_total=13, paragraphs="45", timescale=Timescale.three_months
    )
    assert answers(woven(findings=[item], inspections=[inspection]))["What was found"] == (
        "Ofsted, Report on Greenhaven, published 15 January 2013; paragraph 45; area for improvement 4 of 13, "
        "to be met within three months (FND-0007): Plans. “Make plans say who will do what”."
    )


def test_a_withdrawn_finding_and_a_withdrawn_action_do_not_stand():
    gone = finding(status=FindingStatus.withdrawn, withdrawn_reason="Entered twice")
    dropped = action(status=ActionStatus.withdrawn, withdrawn_reason="Overtaken")
    thread = woven(findings=[gone], actions=[dropped])
    told = answers(thread)
    assert "Make plans say" not in told["What was found"]
    assert told["What we did"] == "No action answers this yet."
    (line,) = plan_sheets.did_lines(thread, narrator())
    assert (line.what, line.state) == ("Coach managers", "Withdrawn")
    part = on_sheet(thread)["ACT-0005"]
    assert (part.what, part.reported, part.steps, part.impact) == (
        "Coach managers", "The reason: Overtaken.", (), ()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "by", "reported", "state"),
    [
        (
            {"due_on": date(2026, 10, 12), "delivery": Delivery.on_track},
            "12 October 2026", "It is 21 days overdue. No progress has been reported on it.", "21 days overdue",
        ),
        (
            {"due_on": date(2026, 12, 1), "delivery": Delivery.at_risk},
            "1 December 2026", "It is at risk. No progress has been reported on it.", "Due on 1 December 2026",
        ),
        (
            {"ongoing": True},
            "Ongoing", "Nobody has said that it has started. No progress has been reported on it.", "Ongoing",
        ),
    ],
)  # fmt: skip
def test_an_open_action_says_how_it_stands_on_the_day(changed, by, reported, state):
    thread = woven(actions=[action(**changed)])
    part = on_sheet(thread)["ACT-0005"]
    assert (part.lead, part.by, part.reported) == ("No post is named as its lead", (by,), reported)
    assert plan_sheets.did_lines(thread, narrator())[0].state == state


@pytest.mark.parametrize(
    ("figures", "far"),
    [
        ((40, 80, 56), "; 24 points to go."),
        ((40, 80, 80), "; its target is reached."),
        ((60, 20, 30), "; 10 points to go."),
        ((40, 80, 79), "; 1 point to go."),
        ((60, 20, 15), "; its target is reached."),
        ((None, 80, 56), "stood at 56%."),
        ((40, 80, None), "has not been measured since."),
        ((80, 80, 70), "stood at 70%."),
        ((None, None, None), "has no figure yet (%)."),
    ],
)
def test_a_measure_says_how_far_it_is_from_its_target_only_where_the_way_is_known(figures, far):
    baseline, target, latest = figures
    measure = Measure(authority_id=1, name="Plans with dates", unit="%", baseline=baseline, target=target,
                      latest=latest)  # fmt: skip
    assert measures.measure_sentence(measure, narrator()).endswith(far)


def test_a_milestone_not_reached_stands_with_its_own_date_and_what_it_is_late_by():
    steps = [
        Milestone(id=1, authority_id=1, action_number=5, text="Families asked", due_on=date(2026, 10, 31),
                  due_text="by half term", monitoring="Scrutiny"),
        Milestone(id=2, authority_id=1, action_number=5, position=2, text="Guide printed",
                  completed_on=date(2026, 9, 3)),
    ]  # fmt: skip
    late, reached = on_sheet(woven(actions=[action()], milestones=steps))["ACT-0005"].steps
    assert (late.reached, late.by, late.state, late.monitored) == (
        False, "31 October 2026 (in the plan: “by half term”)", "Not reached, 2 days overdue", "Scrutiny"
    )  # fmt: skip
    assert (reached.reached, reached.by, reached.state) == (True, "No date", "Reached on 3 September 2026")


def test_a_finished_action_is_told_apart_from_a_verified_one():
    done = action(status=ActionStatus.completed, completed_on=date(2026, 9, 25), completed_note="Done")
    seen = action(
        number=6, status=ActionStatus.verified, completed_on=date(2026, 9, 25), verified_on=date(2026, 10, 5),
        verified_by_post_title="Principal Social Worker",
    )  # fmt: skip
    assert answers(woven(actions=[done, seen]))["Who verified it"] == (
        "ACT-0005 is reported as done, but nobody outside its line has verified it yet. "
        "ACT-0006 was verified on 5 October 2026 by the Principal Social Worker, outside its line."
    )


def judged(**changed):
    given = {
        "authority_id": 1, "id": 9, "area_number": 3, "rating": Impact.some_difference, "judged_on": date(2026, 10, 20),
        "method": ImpactTest.re_audit, "sample_size": 12, "tested_by": "Two auditors",
        "different_for_children": "Children know their plan.", "judged_by": 1,
        "judged_by_post_title": "QA Manager", "judged_at": NOW,
    }  # fmt: skip
    return ImpactJudgement(**{**given, **changed})


def evidence(**changed):
    given = {"authority_id": 1, "id": 4, "impact_id": 9, "kind": SourceKind.re_audit, "added_by": 1, "added_at": NOW}
    return Source(**{**given, "audit_reference": "AUD-0007", "grade_words": "Good", **changed})


def test_a_test_of_impact_gives_number_method_and_who():
    told = answers(woven(impacts=[judged()], sources=[evidence(words="Dates are there")]))
    assert told["How we checked"] == (
        "Tested by a re-audit and judged on 20 October 2026; 12 records looked at; carried out by: Two auditors. "
        "It rests on 1 case audit: Good in AUD-0007. AUD-0007: “Dates are there”."
    )
    assert told["What is different for children"] == (
        "Judged on 20 October 2026: some difference for children. Children know their plan."
    )
    assert told["Who verified it"].endswith("The impact was judged on 20 October 2026 by the QA Manager.")


def test_a_judgement_without_method_number_or_evidence_says_what_is_missing():
    told = answers(woven(impacts=[judged(method=None, sample_size=None, tested_by="")]))["How we checked"]
    assert "does not say by which test; how many were looked at is not recorded; who carried it out is not" in told
    assert "No evidence is named for this judgement." in told
    uncounted = answers(woven(impacts=[judged(method=None, sample_size=9)]))["How we checked"]
    heard = answers(woven(impacts=[judged(method=ImpactTest.voice, sample_size=9)]))["How we checked"]
    assert "; 9 records looked at;" in uncounted and "; 9 people looked at;" in heard


def test_what_an_audience_must_not_get_is_not_in_its_sentences():
    thread = woven(impacts=[judged(sample_size=3)], sources=[evidence(words="Dates are there")])
    public = answers(thread, level=3)["How we checked"]
    assert public == (
        "Tested by a re-audit and judged on 20 October 2026; fewer than five records looked at. "
        "It rests on fewer than five case audits."
    )
    inspector = answers(thread, level=2, names={"AUD-0007": "R-ABCDEF"})["How we checked"]
    assert "R-ABCDEF" in inspector
    assert "AUD-0007" not in inspector
    assert "Dates are there" not in inspector


def test_a_field_the_table_does_not_know_stops_the_pack():
    with pytest.raises(KeyError):
        narrator().take("audit.name_of_the_child", "x")
    assert all(0 <= level <= 3 and what for level, what, _ in FIELDS.values())


# --- hopes, questions and times keep to what they are -----------------------------------------------------------------

HOPE = "Children keep safe ties with their fathers"


@pytest.mark.parametrize(
    ("judgements", "begins"),
    [
        ([{"rating": Impact.not_sustained}], "Judged on 20 October 2026: a difference that was not sustained for"),
        (
            [{"rating": Impact.no_difference}],
            "Judged on 20 October 2026: no difference for children. This area is meant",
        ),
        (
            [{"rating": Impact.not_yet_known}],
            "Nobody has yet judged what is different for children. This area is meant",
        ),
        ([], "Nobody has yet judged what is different for children. This area is meant"),
    ],
)
def test_a_hope_never_stands_where_a_judgement_has_no_words(judgements, begins):
    impacts = [judged(different_for_children="", **changed) for changed in judgements]
    told = answers(woven(areas=[area(different_for_children=HOPE)], impacts=impacts))["What is different for children"]
    assert told.startswith(begins)
    assert told.count(HOPE) == 1
    assert told.endswith(f"This area is meant to change: {HOPE}.")


def test_a_judgement_without_words_says_so_and_an_earlier_one_keeps_its_own():
    later = judged(id=10, rating=Impact.not_sustained, judged_on=date(2026, 11, 1), different_for_children="")
    assert answers(woven(impacts=[judged(), later]))["What is different for children"] == (
        "Judged on 1 November 2026: a difference that was not sustained for children. "
        "No words about what is different were recorded with that judgement. "
        "Before that, judged on 20 October 2026: some difference for children. Children know their plan."
    )


def test_what_an_action_is_meant_to_change_is_told_as_a_plan():
    planned = action(intended_impact="Children are seen alone", starting_position="54 in 100 were")
    thread = woven(actions=[planned])
    assert on_sheet(thread)["ACT-0005"].more == (
        ("Meant to change", "Children are seen alone."),
        ("Started from", "54 in 100 were."),
    )
    assert on_sheet(thread)["ACT-0005"].impact == ("AFI-0003: not yet judged",)
    assert "seen alone" not in answers(thread)["What is different for children"]


def from_audit(**changed):
    given = {
        "impact_id": None, "finding_number": 7, "kind": SourceKind.audit_answer, "grade_words": "Partly",
        "question_reference": "case-audit-1/oversight/drift",
        "words": "How well have managers noticed and stopped drift?",
    }  # fmt: skip
    return evidence(**{**given, **changed})


def test_a_question_is_printed_as_what_was_asked_and_never_as_what_was_seen():
    sources = [from_audit(), from_audit(id=5, audit_reference="AUD-0008", grade_words="No")]
    names = {"AUD-0007": "AUD-0007", "AUD-0008": "AUD-0008"}
    told = answers(woven(findings=[finding(origin=Origin.case_audit)], sources=sources), names=names)["What was found"]
    assert told.endswith(
        "It rests on 2 case audits. Asked: “How well have managers noticed and stopped drift?” "
        "Answered: partly in AUD-0007; no in AUD-0008."
    )
    # Whoever may not have the question gets the answers, and not a question mark.
    inspector = answers(woven(findings=[finding()], sources=[from_audit()]), level=2, names={"AUD-0007": "R-ABCDEF"})
    assert inspector["What was found"].endswith("It rests on 1 case audit: Partly in R-ABCDEF.")


def test_what_was_seen_in_an_audit_is_quoted_as_before():
    seen = from_audit(question_reference="", words="The plan names no dates")
    told = answers(woven(findings=[finding(origin=Origin.case_audit)], sources=[seen]))["What was found"]
    assert told == (
        "Case audit, raised on 1 September 2026 (FND-0007): Plans. “Make plans say who will do what”. "
        "It rests on 1 case audit: Partly in AUD-0007. AUD-0007: “The plan names no dates”."
    )
    silent = answers(woven(findings=[finding(paragraphs="4")], sources=[from_audit(words="")]))["What was found"]
    assert "raised on 1 September 2026; paragraph 4 (FND-0007)" in silent
    assert silent.endswith("It rests on 1 case audit: Partly in AUD-0007.")


@pytest.mark.parametrize("kind", [SourceKind.document, SourceKind.dip_sample])
def test_nothing_is_called_attached(kind):
    named = evidence(kind=kind, audit_reference="", grade_words="", document="Dip sample of May", finding_number=7,
                     impact_id=None)  # fmt: skip
    told = answers(woven(findings=[finding()], sources=[named]))["What was found"]
    assert told.endswith("Named as a source: Dip sample of May.")


def two_reports(**changed):
    """An item of 2012 with a time, and one of 2026."""
    reports = [
        Inspection(authority_id=1, number=number, kind=InspectionKind.inspection, title="Inspection", body="Ofsted",
                   document_title=title, published_on=day, recorded_by=1, recorded_at=NOW)
        for number, title, day in ((1, "Report of 2012", date(2012, 7, 25)), (2, "Report of 2026", date(2026, 5, 12)))
    ]  # fmt: skip
    items = [
        finding(inspection_number=1, printed_number=3, printed_total=9, timescale=Timescale.three_months,
                due_on=date(2012, 10, 25)),
        finding(number=8, text="Plans are not specific", inspection_number=2, printed_number=4, printed_total=13,
                **changed),
    ]  # fmt: skip
    given = {"heading_from": 8, "heading_verbatim": True}
    return woven(areas=[area(**given)], findings=items, inspections=reports)


def test_a_time_stands_under_the_report_that_gave_it():
    ((name, value),) = thread_parts.deadlines(two_reports(), narrator())
    assert name == "Time given by Ofsted in Report of 2012, published 25 July 2012"
    assert value == "area for improvement 3 of 9, within three months, by 25 October 2012"
    # The heading is of 2026: the time of 2012 may not stand beside it without its name.
    assert thread_parts.times_given(two_reports(), narrator()) == "Ofsted 2012: within three months, by 25 October 2012"
    assert "Report of 2026, published 12 May 2026" in thread_parts.printed_as(two_reports(), narrator())


def test_two_reports_give_two_times_each_by_its_name():
    both = two_reports(timescale=Timescale.immediately, due_on=date(2026, 5, 12))
    assert [name for name, _ in thread_parts.deadlines(both, narrator())] == [
        "Time given by Ofsted in Report of 2012, published 25 July 2012",
        "Time given by Ofsted in Report of 2026, published 12 May 2026",
    ]
    assert thread_parts.times_given(both, narrator()) == (
        "Ofsted 2012: within three months, by 25 October 2012; Ofsted 2026: immediately, by 12 May 2026"
    )


def test_an_area_says_where_it_hangs_who_owns_it_and_how_long_it_was_open():
    edition = frameworks.edition("ilacs-2026")

    def facts(*tied, **changed):
        rows = [FindingJudgementArea(authority_id=1, finding_number=7, edition_id=one, judgement_area_id=two)
                for one, two in tied]  # fmt: skip
        thread = woven(areas=[area(**changed)], findings=[finding()] if tied else [], judgement_areas=rows)
        return thread_parts.thread_part(thread, edition, narrator()).facts

    assert facts() == (
        ("Judgement area", "Not tied to a judgement area"), ("Owned by", "No post is named"),
        ("Status", "Open since 1 September 2026"),
    )  # fmt: skip
    closed = {"status": AreaStatus.closed, "closed_on": date(2026, 10, 3), "owner_post_title": "Head of Safeguarding"}
    assert facts(edition_id="ilacs-2026", judgement_area_id="LEAD", **closed) == (
        ("Judgement area", edition.area("LEAD").name), ("Owned by", "Head of Safeguarding"),
        ("Status", "Opened on 1 September 2026, closed on 3 October 2026"),
    )  # fmt: skip
    own, other = edition.area("LEAD").name, frameworks.edition("ilacs-2023").area("HP").name
    first, *_ = facts(("ilacs-2023", "HP"), ("ilacs-2026", "LEAD"))
    assert first[0] == "Judgement areas" and first[1].startswith(f"{own} and {other}")


def test_what_answers_part_of_a_question_does_not_stand_among_what_nobody_can_answer():
    open_yet = thread_sentences.NOTHING_DONE
    assert thread_sentences.answers_nothing([open_yet])
    assert thread_sentences.answers_nothing([thread_sentences.NOBODY_JUDGED, "This area is meant to change: Plans."])
    assert not thread_sentences.answers_nothing(
        [open_yet, "The impact was judged on 2 May 2026 by the Head of Quality."]
    )
    assert not thread_sentences.answers_nothing(
        [thread_sentences.NOBODY_CHECKED, "Measure: 90 per cent on 2 May 2026."]
    )
    assert not thread_sentences.answers_nothing([])
