"""What reports asked for: every item in its order, who answers it, and how much nobody has answered yet."""

from datetime import UTC, date, datetime

import pytest

from audit_app.packs import contents, pdf, queries_gathering
from audit_app.packs.composing import choosing, report_parts
from audit_app.packs.composing import pack as composing
from audit_app.packs.composing.extract import Inspections
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.disclosure import accounts
from audit_app.packs.editions import printable
from findings import thread as threads
from findings.states import (
    ActionStatus,
    AreaStatus,
    FindingKind,
    FindingStatus,
    InspectionKind,
    Origin,
    Timescale,
)
from findings.tables import Action, ActionInArea, AreaForImprovement, Finding, FindingInArea, Inspection
from findings.thread_shapes import Rows
from tests import builders_packs

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 4, 1), date(2026, 10, 31)
BY = {"authority_id": 1, "raised_by": 1, "raised_at": NOW}
# Item, the areas it is joined to; area 1 has an action, 2 none, 3 a withdrawn one, 4 is closed, 5 was closed before.
ITEMS = {1: (1,), 2: (2,), 3: (), 4: (3,), 5: (4,), 6: (2, 1), 7: (5,)}
UNANSWERED = {"2", "3", "4"}


def report(number, published, recorded=NOW):
    return Inspection(
        authority_id=1, number=number, kind=InspectionKind.inspection, title=f"Inspection {number}", body="Ofsted",
        published_on=published, recorded_by=1, recorded_at=recorded,
    )  # fmt: skip


def item(number, inspection=1, **changed):
    given = {
        "kind": FindingKind.area_for_improvement, "origin": Origin.inspection, "title": "", "text": f"Item {number}",
        "verbatim": True, "inspection_number": inspection, "printed_number": number, **BY,
    }  # fmt: skip
    return Finding(number=number, **{**given, **changed})


def area(number, closed_on=None):
    status = AreaStatus.closed if closed_on else AreaStatus.open
    return AreaForImprovement(
        authority_id=1, number=number, heading=f"Area {number}", status=status, closed_on=closed_on, opened_by=1,
        opened_at=NOW.replace(year=2025),
    )  # fmt: skip


def register(findings=(), inspections=None):
    reports = inspections or [report(1, date(2026, 5, 12))]
    actions = [
        Action(authority_id=1, number=1, what="Coach", added_by=1, added_at=NOW),
        Action(authority_id=1, number=2, what="Dropped", status=ActionStatus.withdrawn, added_by=1, added_at=NOW),
    ]
    rows = Rows(
        inspections=reports,
        findings=[*(item(number) for number in ITEMS), *findings],
        areas=[area(1), area(2), area(3), area(4, date(2026, 9, 1)), area(5, date(2026, 1, 5))],
        findings_in_areas=[
            FindingInArea(authority_id=1, finding_number=finding, area_number=number, joined_by=1, joined_at=NOW)
            for finding, numbers in ITEMS.items()
            for number in numbers
        ],
        actions=actions,
        actions_in_areas=[
            ActionInArea(authority_id=1, action_number=action, area_number=number, linked_by=1, linked_at=NOW)
            for action, number in ((1, 1), (2, 3))
        ],
    )
    return choosing.for_period(threads.weave(rows), (), FIRST, LAST, inspections=reports)


def parts(made, level=3):
    inspections = Inspections({asked.inspection.number: asked.inspection for asked in made.asked}, ())
    return report_parts.report_parts(made, inspections, Narrator(level, LAST, {}))


@pytest.mark.parametrize("level", range(4))
def test_each_item_is_there_in_its_words_and_says_who_answers_it(level):
    (only,) = parts(register(), level)
    assert [asked.number for asked in only.asked] == ["1", "2", "3", "4", "5", "6", "7"]
    assert {asked.number for asked in only.unanswered} == UNANSWERED
    assert all(f"“Item {asked.number}”" in asked.text for asked in only.asked)
    answers = {asked.number: asked.answered_by for asked in only.asked}
    assert answers["1"] == "AFI-0001: 1 action, 1 open"
    assert answers["2"] == "Nobody yet: AFI-0002 has no action"
    assert answers["3"] == "Nobody yet: in no area for improvement"
    assert answers["4"] == "Nobody yet: AFI-0003 has no action"
    assert answers["5"] == "AFI-0004, closed on 1 September 2026"
    # An area closed before the period has no page in this pack; its item is here even so.
    assert answers["7"] == "AFI-0005, closed on 5 January 2026"


@pytest.mark.parametrize(
    ("begun", "ended", "printed"),
    [
        (None, None, None), (date(2026, 4, 20), None, "20 April 2026"), (None, date(2026, 5, 1), None),
        (date(2026, 4, 20), date(2026, 5, 1), "20 April to 1 May 2026"),
    ],
)  # fmt: skip
def test_a_report_says_on_which_days_inspectors_were_there_as_far_as_is_known(begun, ended, printed):
    visit = report(1, date(2026, 5, 12))
    visit.inspected_from, visit.inspected_to = begun, ended
    (only,) = parts(register(inspections=[visit]))
    assert dict(only.facts).get("On site") == printed
    assert only.title == "Inspection 1, published 12 May 2026"


def test_strengths_and_what_was_withdrawn_ask_for_nothing():
    more = [
        item(8, kind=FindingKind.strength),
        item(9, status=FindingStatus.withdrawn, withdrawn_reason="Entered twice"),
    ]
    assert len(parts(register(more))[0].asked) == len(ITEMS)


def test_loose_is_what_asks_for_something_was_known_in_time_and_came_from_no_report():
    late = {"raised_at": datetime(2026, 11, 3, tzinfo=UTC)}
    more = [
        item(8, None), item(9, None, kind=FindingKind.strength), item(10, None, **late), item(11, 1),
        item(12, None, status=FindingStatus.withdrawn, withdrawn_reason="Entered twice"),
    ]  # fmt: skip
    assert [strand.finding.number for strand in register(more).loose_findings] == [8]


COUNTED = "The register holds 8 things that inspectorates and reviewers asked for. Nobody has answered 4 of them yet: "
ALL_ANSWERED = (
    "The register holds 1 thing that inspectorates and reviewers asked for; each has an action that answers it, or "
    "stands in an area that was closed."
)


def test_the_first_page_counts_what_nobody_has_answered_report_by_report():
    made = parts(register([item(20, 2)], [report(1, date(2026, 5, 12)), report(2, date(2012, 7, 25))]))
    assert [part.name for part in made] == ["Inspection 1", "Inspection 2"]
    assert report_parts.in_short(made) == [f"{COUNTED}Inspection 1 (3) and Inspection 2 (1)."]


def test_where_nothing_was_asked_or_everything_is_answered_the_first_page_says_that():
    assert report_parts.in_short(()) == []
    answered = contents.AskedPart("FND-0001", "1", "Text", "None given", "AFI-0001", "Not yet judged")
    assert report_parts.in_short([contents.ReportPart("INS-0001", "A visit", asked=(answered,))]) == [ALL_ANSWERED]


def test_a_time_of_one_report_is_not_printed_under_another():
    late = item(21, 2, timescale=Timescale.three_months, due_on=date(2012, 10, 25))
    newer, older = parts(register([late], [report(1, date(2026, 5, 12)), report(2, date(2012, 7, 25))]))
    assert {asked.when for asked in newer.asked} == {"None given"}
    assert [asked.when for asked in older.asked] == ["within three months, by 25 October 2012"]


def test_items_that_a_report_numbers_and_nobody_entered_are_counted():
    entered = [item(number, 2, printed_total=9) for number in (31, 32)]
    for place, finding in enumerate(entered, start=3):
        finding.printed_number = place
    priority = item(33, 2, kind=FindingKind.area_for_priority_action, printed_total=2)
    priority.printed_number = 1
    _, older = parts(register([*entered, priority], [report(1, date(2026, 5, 12)), report(2, date(2012, 7, 25))]))
    # Seven of nine areas for improvement and one of two for priority action.
    assert older.not_entered == 8
    assert report_parts.in_short([older])[1] == "Numbered in reports and not entered in the register: Inspection 2 (8)."


def test_an_action_past_its_date_is_counted_beside_the_item():
    made = register()
    made.asked[0].answering[1].actions[0].action.due_on = date(2026, 10, 30)
    answers = {asked.number: asked.answered_by for asked in parts(made)[0].asked}
    assert answers["1"] == "AFI-0001: 1 action, 1 open; 1 past its due date"


def test_a_report_published_after_the_period_is_not_of_it():
    made = register(inspections=[report(1, date(2026, 11, 1)), report(2, date(2026, 10, 31))])
    assert [asked.inspection.number for asked in made.asked] == [2]
    recorded_late = report(1, date(2026, 5, 12), recorded=datetime(2026, 11, 20, tzinfo=UTC))
    assert len(register(inspections=[recorded_late]).asked) == 1


def test_the_cover_says_how_much_is_unanswered_and_packs_made_before_say_nothing(session):
    row = builders_packs.make_row()
    extract = queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6)
    pack = composing.compose(extract)
    assert pdf.answered_words(pack) == ""
    written = contents.canonical(pack).replace('"reports":[]', '"reports":' + REPORTS)
    assert pdf.answered_words(contents.read_pack(written)) == "1 of 2"


REPORTS = (
    '[{"key":"INS-0001","name":"A visit","facts":[],"asked":['
    '{"reference":"FND-0001","number":"1","text":"A","when":"","answered_by":"","stands":"","unanswered":true},'
    '{"reference":"FND-0002","number":"2","text":"B","when":"","answered_by":"","stands":"","unanswered":false}]}]'
)


# --- sources: what an inspector needs, and no note of the makers ------------------------------------------------------


def test_no_note_of_the_makers_stands_in_a_pack_of_any_framework(session):
    notes = [text for edition in printable() for text in (edition.not_verified or "").split(". ") if text.strip()]
    assert any("were not read" in note for note in notes)
    for edition in printable():
        row = builders_packs.make_row(edition_id=edition.id)
        extract = queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6)
        pack = composing.compose(extract)
        written = " ".join(contents.canonical(pack).split())
        assert [note for note in notes if " ".join(note.split()) in written] == []
        framework = pack.sources[0]
        assert (framework.what, edition.publisher in framework.more) == (edition.title, True)
        read = edition.source.date
        day = date.fromisoformat(read) if read.count("-") == 2 else None
        assert (f"{day.day} {day:%B %Y}" if day else read) in framework.more


# --- whole things the pack says nothing of ----------------------------------------------------------------------------


def left_out(made, **asked):
    inspections = Inspections({part.inspection.number: part.inspection for part in made.asked}, ())
    narrator = Narrator(0, LAST, {})
    parts(made, 0)
    named = accounts.left_out(
        made,
        inspections,
        asked.get("records", ()),
        in_full=accounts.InFull(every=asked["each_audit"], some=False, concerns=False),
        narrator=narrator,
    )
    return {part.what: part.times for part in named}


def test_areas_of_other_times_later_findings_and_withdrawn_ones_are_counted():
    more = [
        item(8, None, raised_at=datetime(2026, 11, 3, tzinfo=UTC)),
        item(9, None, status=FindingStatus.withdrawn, withdrawn_reason="Entered twice"),
    ]
    named = left_out(register(more), each_audit=True)
    assert named["Areas for improvement of other times"] == 1  # area 5, closed before the period
    assert named["Findings in no area that were raised later"] == 1
    assert named["Findings that were withdrawn"] == 1


def test_a_pack_without_each_audit_says_that_it_was_asked_for_so(session):
    people = builders_packs.make_people(session)
    builders_packs.make_audits(session, people, random=1, chosen=0)
    session.commit()
    told = {}
    for each_audit in (True, False):
        row = builders_packs.make_row(level=0, each_audit=each_audit)
        extract = queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6)
        told[each_audit] = {part.what: part.times for part in composing.compose(extract).withheld}
    # How often is not said: nobody has counted what stays in the audits.
    always = {"Concerns about a child, private notes, and why an audit was handed back": 0}
    assert told[True] == always
    assert told[False] == {"Answers of single audits, what auditors wrote, and actions on audits": 0, **always}
