"""Figures of practice in a pack: two groups never added, each grade counted once, small numbers truly hidden.

That a hidden number cannot be worked out is shown by the packs of councils which differ in it alone: they are equal.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import frameworks
from audit_app.audits.tables import HowChosen
from audit_app.library.terms.own_words import NONE
from audit_app.packs import contents
from audit_app.packs.composing import pack as composing
from audit_app.packs.composing import source_parts
from audit_app.packs.composing.extract import (
    AboutPack,
    AuditRecord,
    Audits,
    Council,
    Extract,
    Graded,
    Inspections,
    Register,
)
from audit_app.packs.contents import Colour, Control, LogHead
from audit_app.packs.disclosure.levels import INSPECTOR, PUBLISHABLE
from audit_app.packs.story import grade_tables
from audit_app.packs.story import judgement_areas as story
from audit_app.packs.story.blocks import Paragraph, Table
from findings.states import InspectionKind
from findings.tables import Inspection, Judgement
from frameworks.corrections import Correction
from frameworks.crosswalk import AreaReference

HP, CIC, CL, LEAD = (AreaReference("ilacs-2026", area) for area in ("HP", "CIC", "CL", "LEAD"))
FOUR = tuple((code, code.replace("_", " ").capitalize()) for code in (
    "inadequate", "requires_improvement", "good", "outstanding"
))  # fmt: skip
VISITS = (("developing", "To develop"), ("secure", "Secure"), ("strength", "A strength"))
MOMENT = datetime(2026, 9, 1, 9, tzinfo=UTC)

COLOURS = tuple(Colour(name, name.capitalize(), "") for name in ("blue", "green", "amber", "red", "grey"))


def record(number, graded, *, at_random=True, title="Child protection", moderated=True):
    """An agreed audit with these grades: areas, domain, code; on the four-point scale unless another is given."""
    by_area = {}
    for areas, domain, code, *scale in graded:
        for area in areas:
            by_area.setdefault(area, []).append(Graded(domain, code, *(scale or [FOUR])))
    return AuditRecord(
        reference=f"AUD-{number:04d}", case_reference="", set_title=title,
        how_chosen=HowChosen.random if at_random else HowChosen.purposive, is_re_audit=False, team="",
        practitioner_code="", manager_code="", characteristics=("", "", ""), submitted_at=MOMENT,
        window=(date(2025, 9, 1), date(2026, 9, 1)), moderated=moderated, grade="", grade_code="",
        document={"domains": ()}, graded={area: tuple(grades) for area, grades in by_area.items()},
        at_random=at_random, way_chosen="Drawn at random" if at_random else "Chosen for a reason",
    )  # fmt: skip


def records(first, codes, **more):
    """One audit for each code, each of the plan, which speaks to help and protection."""
    return [record(first + place, [([HP], "The plan", code)], **more) for place, code in enumerate(codes)]


def composed(made, **more):
    """The contents of a pack of these audits, what inspectors judged in these reports, and nothing else."""
    return composing.compose(extract_of(made, **more))


def extract_of(made, *, level=PUBLISHABLE, judged=(), edition=None):
    """What such a pack is composed of."""
    about = AboutPack(
        "PCK-0001", "Pack", "OFFICIAL", level, False, edition or frameworks.edition("ilacs-2026"),
        date(2026, 4, 1), date(2026, 10, 31), Control("", "", "", "", None, None, ""), MOMENT, date(2026, 11, 2),
        LogHead(1, 1, ""),
    )  # fmt: skip
    return Extract(
        about, Council("Greenhaven", "", False, COLOURS, NONE), Audits(made, 0, {}),
        Register((), (), (), ()), Inspections({report.number: report for report, _ in judged}, [x for _, x in judged]),
    )  # fmt: skip


def area_of(pack, area=HP):
    return next(part for part in pack.areas if part.key == f"{area.edition_id}-{area.area}")


def said_of(pack, area=HP):
    """Everything that is printed of an area, in one text; of audits that were chosen the annex tells."""
    blocks = [*story.judgement_area(area_of(pack, area)), *grade_tables.chosen_audits(pack)]
    texts = [block.words for block in blocks if isinstance(block, Paragraph)]
    texts += [f"{block.caption} {block.rows}" for block in blocks if isinstance(block, Table)]
    return " ".join(texts)


# --- two groups, never added -----------------------------------------------------------------------------------------


def test_how_chosen_audits_were_chosen_is_told_of_one_and_of_two():
    for number, way in ((1, "It was chosen for a reason."), (2, "Of these, 2 were chosen for a reason.")):
        assert area_of(composed(records(1, ["good"] * number, at_random=False), level=INSPECTOR)).says[1:] == (way,)


def judgement(number, year, grade):
    """A report of a year, and the grade it printed of help and protection."""
    report = Inspection(
        authority_id=1, number=number, kind=InspectionKind.inspection, title=f"Inspection {number}",
        edition_id="ilacs-2026", published_on=date(year, 5, 1), recorded_by=1, recorded_at=MOMENT,
    )  # fmt: skip
    return report, Judgement(authority_id=1, id=number, inspection_number=number, judgement_area_id="HP",
                             grade_code=grade, recorded_by=1, recorded_at=MOMENT)  # fmt: skip


def test_where_areas_are_printed_the_earlier_grades_of_inspectors_stand_behind_the_latest():
    pack = composed((), judged=[judgement(1, 2018, "inadequate"), judgement(2, 2024, "good")])
    assert [printed.grade for printed in area_of(pack).inspectors] == ["Good", "Inadequate"]


def test_the_title_drawn_at_random_stands_over_audits_drawn_at_random_and_no_others():
    drawn = records(1, ["good"] * 9 + ["inadequate"] * 3)
    chosen = records(101, ["inadequate"] * 7, at_random=False)
    first, second = area_of(composed(drawn + chosen, level=INSPECTOR)).tables
    assert (first.title, first.rows[0].counts) == ("Grades given in 12 audits drawn at random", (0, 9, 0, 3))
    assert (second.title, second.rows[0].counts) == (
        "Grades given in 7 audits chosen, not selected at random", (0, 0, 0, 7)
    )  # fmt: skip
    assert second.intervals == ()
    (row,) = first.intervals
    assert (row.reached, row.of, row.share) == (9, 12, "75%")


def test_the_first_page_counts_them_apart_and_nowhere_adds_them():
    pack = composed(records(1, ["good"] * 12) + records(101, ["good"] * 7, at_random=False), level=INSPECTOR)
    assert "12 agreed audits drawn at random and 7 agreed audits that were chosen" in pack.summary[0]
    assert not re.search(r"\b19\b", " ".join(pack.summary + area_of(pack).says))


def test_the_number_in_a_title_is_the_number_of_its_own_table():
    of_visits = [record(200 + place, [([HP], "The visit", "secure", VISITS)]) for place in range(12)]
    pack = composed(records(1, ["good"] * 30) + of_visits, level=INSPECTOR)
    assert [(table.title, table.rows[0].total) for table in area_of(pack).tables] == [
        ("Grades given in 30 audits drawn at random", 30),
        ("Grades given in 12 audits drawn at random", 12),
    ]
    visits = area_of(pack).tables[1]
    assert visits.before == (
        "This scale has no grade called good, so no percentage is made of it and nothing is said of the whole service.",
    )
    assert "Too few" not in said_of(pack)


def test_a_reason_for_no_percentage_is_true_of_the_number_it_names():
    nine = [record(300 + place, [([HP], "Visits", "good"), ([HP], "The plan", "good")]) for place in range(9)]
    table = area_of(composed(records(1, ["good"] * 5) + nine, level=INSPECTOR)).tables[0]
    assert [row.name for row in table.intervals] == ["The plan"]  # 14 of them
    why = "A percentage and a range need at least 10 audits in which a domain was graded. There are fewer for"
    assert table.before == (f"{why} “Visits” (9).",)


def test_what_speaks_to_three_areas_is_printed_once_and_referred_to():
    made = [record(place, [([HP, CIC, CL], "The visit", "good")]) for place in range(1, 13)]
    made += records(101, ["good"] * 10)
    pack = composed(made, level=INSPECTOR)
    totals = [row.total for part in pack.areas for table in part.tables for row in table.rows]
    assert sorted(totals) == [10, 12]
    for area in (CIC, CL):
        assert area_of(pack, area).tables == ()
        (sentence,) = area_of(pack, area).says
        assert sentence.startswith("What is said of “The visit” speaks to this area too; it is printed once, under “")
    assert "12 audits" not in said_of(pack, CIC)
    assert "22 audits were drawn at random." in area_of(pack).says
    assert any("speaks to “" in text and text.endswith("and is printed here alone.") for text in area_of(pack).says)


def test_a_pack_names_the_day_of_the_last_correction_of_its_framework():
    plain = frameworks.edition("ilacs-2026").model_copy(update={"corrections": ()})
    days = (date(2026, 5, 1), date(2026, 8, 1))
    twice = [Correction(version=number, published_on=day, changes=()) for number, day in enumerate(days, start=2)]
    assert composed((), edition=plain).edition_version_on is None
    assert composed(()).accounted  # what it leaves out was looked for
    assert composed((), edition=plain.model_copy(update={"corrections": tuple(twice)})).edition_version_on == days[1]


def test_a_pack_says_what_it_counts_and_names_the_crosswalk_only_where_it_led_a_grade():
    def sources(made):
        return {part.what: part.more for part in composed(made, level=INSPECTOR).sources}

    drawn = records(1, ["good"] * 6)
    assert sources(())["How the audits were chosen"] == "No agreed audit of the period is counted."
    assert sources(drawn)["How the audits were chosen"].startswith("6 agreed audits drawn at random.")
    crossed = [*drawn, replace(record(9, [([HP], "The plan", "good")]), crossed=True)]
    assert [source_parts.CROSSED_TITLE in sources(made) for made in ((), drawn, crossed)] == [False, False, True]


# --- what leaves the council -----------------------------------------------------------------------------------------


HIDDEN_NUMBERS = {
    "chosen ones": lambda few: (
        records(1, ["good"] * 12 + ["inadequate"] * 8) + records(101, ["good"] * few, at_random=False)
    ),
    "audits of one set": lambda few: records(1, ["good"] * (44 - few)) + records(101, ["good"] * few, title="In care"),
    "audits of one area": lambda few: (
        records(1, ["good"] * 40) + [record(101 + place, [([CIC], "The plan", "good")]) for place in range(few)]
    ),
    "audits without a blind grade": lambda few: (
        records(1, ["good"] * (40 - few)) + records(101, ["good"] * few, moderated=False)
    ),
    "audits with a blind grade": lambda few: (
        records(1, ["good"] * (40 - few), moderated=False) + records(101, ["good"] * few)
    ),
    "audits on one scale": lambda few: (
        records(1, ["good"] * 40)
        + [record(101 + place, [([HP], "The visit", "secure", VISITS)]) for place in range(few)]
    ),
    "all there are": lambda few: records(1, ["good"] * few),
    "one grade": lambda few: records(1, ["good"] * 12 + ["requires_improvement"] * few + ["inadequate"] * (8 - few)),
    "those not good": lambda few: records(1, ["good"] * (20 - few) + ["inadequate"] * few),
}


@pytest.mark.parametrize("what", HIDDEN_NUMBERS)
def test_a_number_below_five_cannot_be_worked_out_from_anything_in_a_publishable_pack(what):
    """Four councils that differ in it alone have one and the same pack; inside the council theirs are told apart."""
    packs = {contents.canonical(composed(HIDDEN_NUMBERS[what](few))) for few in (1, 2, 3, 4)}
    assert len(packs) == 1
    inside = {contents.canonical(composed(HIDDEN_NUMBERS[what](few), level=INSPECTOR)) for few in (1, 2, 3, 4)}
    assert len(inside) == 4


def test_shares_that_can_be_told_are_told_although_single_grades_are_hidden():
    made = records(1, ["outstanding"] * 2 + ["good"] * 18 + ["requires_improvement"] * 14 + ["inadequate"] * 6)
    table = area_of(composed(made)).tables[0]
    assert table.rows[0].counts == (None, None, 14, 6)  # the side of the small number, and no more
    (row,) = table.intervals
    assert (row.reached, row.of, row.share) == (20, 40, "50%")
    only_share = records(1, ["outstanding"] * 2 + ["good"] * 18 + ["requires_improvement"] * 18 + ["inadequate"] * 2)
    said = said_of(composed(only_share))
    assert "numbers of single grades are too small to be shown" in said and "20 of 40" in said and "50%" in said


def test_chosen_audits_are_counted_and_never_a_share_of_practice_in_a_publishable_pack():
    made = records(1, ["outstanding"] * 2 + ["good"] * 6 + ["requires_improvement"] * 5, at_random=False)
    said = said_of(composed(made))
    assert "8 of the 13 that were chosen" in said
    assert "%" not in said and "in every 10" not in said


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (["good"] * 3, "The grades of fewer than five audits are not told: somebody could be recognised by them."),
        (["good"] * 2 + ["inadequate"] * 20, "is not told of any domain: that number, or the rest, is below five."),
    ],
)
def test_where_nothing_may_be_told_the_area_says_so_with_the_reason(codes, why):
    said = said_of(composed(records(1, codes)))
    assert why in said and "%" not in said
    assert "No agreed audit" not in said


def test_what_a_publishable_pack_says_of_an_area_is_the_same_whoever_is_in_it():
    """The control: beyond the limit the same numbers are told, so that equal packs are no accident."""
    packs = {composed(HIDDEN_NUMBERS["chosen ones"](many)) for many in (5, 6, 7)}
    assert len(packs) == 3
    made = records(1, ["good"] * 12)
    again = [replace(each, reference=f"AUD-{900 + place}") for place, each in enumerate(made)]
    assert composed(made) == composed(again)
