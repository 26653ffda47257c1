"""What a newer edition of a framework changed: areas, statements, scales, kinds, and corrections of one edition."""

from datetime import date

import pytest

import frameworks
from frameworks import edition_changes, reader
from frameworks.corrections import Change, Correction

ILACS = frameworks.edition("ilacs-2023")
LINES = reader.crosswalk_file().lines


def told(older, newer, crossings=()):
    return edition_changes.edition_changes(older, newer, crossings)


def altered(**parts):
    return ILACS.model_copy(update={"id": "ilacs-x", **parts})


def test_care_leavers_were_split_from_children_in_care_by_the_crosswalk():
    what = told(frameworks.edition("ilacs-2018"), ILACS, LINES)
    assert [(area.id, area.kind, area.to) for area in what.areas] == [
        ("LEAD", "kept", ("LEAD",)),
        ("HP", "kept", ("HP",)),
        ("CIC", "split", ("CIC", "CL")),
    ]
    split = what.areas[2]
    assert split.before.endswith("in care and care leavers") and split.after.count(" / ") == 1


def test_without_a_crosswalk_areas_are_matched_by_their_id():
    areas = (ILACS.areas[0], ILACS.areas[1].model_copy(update={"name": "Help"}), ILACS.areas[3])
    new = ILACS.areas[2].model_copy(update={"id": "NEW", "name": "New here"})
    what = told(ILACS, altered(areas=(*areas, new)))
    assert [(area.id, area.kind, area.before, area.after, area.to) for area in what.areas] == [
        ("LEAD", "kept", ILACS.areas[0].name, ILACS.areas[0].name, ("LEAD",)),
        ("HP", "reworded", ILACS.areas[1].name, "Help", ("HP",)),
        ("CIC", "retired", ILACS.areas[2].name, None, ()),
        ("CL", "kept", ILACS.areas[3].name, ILACS.areas[3].name, ("CL",)),
        ("NEW", "new", None, "New here", ("NEW",)),
    ]


def test_lines_that_only_share_ground_lead_nowhere():
    what = told(frameworks.edition("sif-2013"), ILACS, LINES)
    assert {area.kind for area in what.areas} == {"retired", "new"}


def test_lines_that_only_share_ground_do_not_hide_those_behind_them():
    leading = [line for line in LINES if line.relation in ("same", "part_of")]
    sharing = [line for line in LINES if line not in leading]
    assert sharing
    for lines in ([*sharing, *leading], [*leading, *sharing]):
        areas = told(frameworks.edition("ilacs-2018"), ILACS, lines).areas
        assert [area.to for area in areas] == [("LEAD",), ("HP",), ("CIC", "CL")]


@pytest.mark.parametrize("words", ["A word that comes first", "Zeal comes last"])
def test_other_words_are_other_words_wherever_they_stand_in_the_alphabet(words):
    statement, area = ILACS.statements[0], ILACS.areas[0]
    newer = altered(
        statements=(statement.model_copy(update={"text": words}),), areas=(area.model_copy(update={"name": words}),)
    )
    what = told(ILACS, newer)
    assert (what.statements[0].kind, what.statements[0].after) == ("reworded", words)
    assert (what.areas[0].kind, what.areas[0].after) == ("reworded", words)


def test_statements_are_kept_reworded_retired_or_new_by_their_id():
    first, second, third = ILACS.statements[:3]
    older = altered(id="ilacs-w", statements=(first, second))
    newer = altered(statements=(second.model_copy(update={"text": "Otherwise?"}), third))
    assert [(one.id, one.kind, one.before, one.after) for one in told(older, newer).statements] == [
        (first.id, "retired", first.text, None),
        (second.id, "reworded", second.text, "Otherwise?"),
        (third.id, "new", None, third.text),
    ]
    assert [one.kind for one in told(older, older).statements] == ["kept", "kept"]


SCALE = ILACS.scales[0]
SHORTER = SCALE.model_copy(update={"points": SCALE.points[:3]})
RENAMED = SCALE.model_copy(update={"points": (*SCALE.points[:3], SCALE.points[3].model_copy(update={"name": "Best"}))})
OTHER = SCALE.model_copy(update={"id": "other"})


@pytest.mark.parametrize(
    ("parts", "sentences"),
    [
        ({}, ()),
        (
            {"overall": None},
            ("The overall grade is gone: none can be entered, shown or printed under the newer edition.",),
        ),
        ({"scales": (SHORTER,)}, (
            "The scale “four-grades” has other points. Grades are never turned from one into the other.",)),
        ({"scales": (RENAMED,)}, ("Points of the scale “four-grades” have other printed names.",)),
        ({"scales": (OTHER,)}, (
            "There is a new scale: Outstanding, Good, Requires improvement to be good, Inadequate.",
            "The scale “four-grades” is gone. Grades given on it stay as they were given.",
        )),
        ({"tags_edition": "national-framework-2023"},
         ("Findings carry a printed tag now, from national-framework-2023.",)),
        ({"finding_kinds": ("strength", "recommendation")}, (
            "Reports no longer list: area for improvement, area for priority action.",
            "Reports now also list: recommendation.",
        )),
    ],
)  # fmt: skip
def test_the_rest_is_told_in_sentences(parts, sentences):
    assert told(ILACS, altered(**parts)).sentences == sentences


def test_an_overall_judgement_that_is_new_is_named():
    assert told(altered(overall=None), ILACS).sentences == (
        "There is an overall judgement now: “Overall effectiveness”.",
    )


def test_only_the_corrections_between_two_versions_of_one_edition_are_told():
    change = Change(id="a", was="This.", right="That.", source="A report")
    second, third = (Correction(version=n, published_on=date(2026, 11, n), changes=(change,)) for n in (2, 3))
    first = ILACS.model_copy(update={"version": 1, "corrections": ()})
    middle = ILACS.model_copy(update={"version": 2, "corrections": (second,)})
    last = ILACS.model_copy(update={"version": 3, "corrections": (second, third)})
    assert told(first, last, LINES).corrections == (second, third)
    assert told(middle, last, LINES).corrections == (third,)
    assert told(last, last, LINES).corrections == () == told(frameworks.edition("ilacs-2018"), last, LINES).corrections
    assert {area.kind for area in told(first, last, LINES).areas} == {"kept"}
