"""Each fault of the parts only some types of framework have, seen once, by changing a sound edition."""

import pytest

import frameworks
from frameworks.checks import by_type as checks_by_type
from frameworks.schema import Edition

SCORED = frameworks.edition("hmip-youth-2021").model_dump()
OUTCOME = frameworks.edition("area-send-2023").model_dump()
GRADED = frameworks.edition("ilacs-2025").model_dump()
NARRATIVE = frameworks.edition("jtai-2022").model_dump()
OVERALL = {"id": "OE", "name": "Overall", "scale": "outcomes"}


def said(told, **changed):
    return [sentence for _, sentence in checks_by_type.type_complaints(Edition.model_validate({**told, **changed}))]


@pytest.mark.parametrize("told", [SCORED, OUTCOME, GRADED, NARRATIVE])
def test_editions_that_come_with_the_product_have_no_fault(told):
    assert said(told) == []


def bands(*ends):
    codes = ("inadequate", "requires_improvement", "good", "outstanding")
    return {
        **SCORED["scoring"],
        "bands": tuple({"grade": c, "lowest": a, "highest": b} for c, (a, b) in zip(codes, ends, strict=False)),
    }


def worth(*points):
    codes = ("inadequate", "requires_improvement", "good", "outstanding")
    return {**SCORED["scoring"], "points": tuple({"code": c, "points": p} for c, p in zip(codes, points, strict=False))}


def weighted(*weights):
    areas = [dict(one) for one in SCORED["areas"]]
    for area, weight in zip(areas, weights, strict=False):
        area["weight"] = weight
    return tuple(areas)


@pytest.mark.parametrize(
    ("told", "changed", "expected"),
    [
        (NARRATIVE, {"overall": OVERALL}, "has no overall judgement"),
        (OUTCOME, {"overall": None}, "needs “overall”"),
        (OUTCOME, {"consequences": OUTCOME["consequences"][:2]}, "Nothing says what follows “outcome_3”"),
        (GRADED, {"consequences": OUTCOME["consequences"]}, "Only an outcome framework has consequences"),
        (SCORED, {"scoring": None}, "A scored framework needs “scoring”"),
        (GRADED, {"scoring": SCORED["scoring"]}, "Only a scored framework has “scoring”"),
        (SCORED, {"scoring": {**SCORED["scoring"], "scale": "ten"}}, "There is no scale “ten”"),
        (SCORED, {"scoring": worth(0, 1, 2)}, "“outstanding” has no points"),
        (SCORED, {"scoring": worth(0, 2, 1, 3)}, "worth fewer points than a worse one"),
        (SCORED, {"scoring": bands((0, 6), (8, 18), (19, 30), (31, 36))}, "Leave no gap and no overlap"),
        (SCORED, {"scoring": bands((0, 7), (7, 18), (19, 30), (31, 36))}, "Leave no gap and no overlap"),
        (SCORED, {"scoring": bands((0, 6), (7, 18), (19, 30), (31, 35))}, "The bands end at 35, but 36 points"),
        (SCORED, {"scoring": bands()}, "There are no bands"),
        (SCORED, {"areas": weighted(50, 50)}, "Some areas that count have a weight and some have none"),
        (SCORED, {"areas": weighted(*[8] * 12)}, "add up to 96. Make them add up to 100"),
        (GRADED, {"areas": tuple({**one, "weight": 25} for one in GRADED["areas"])}, "Only a scored framework has weights"),  # noqa: E501
        (NARRATIVE, {"agencies": NARRATIVE["agencies"][1:]}, "There is no agency “council”"),
        (NARRATIVE, {"themes": (*NARRATIVE["themes"], NARRATIVE["themes"][0])}, "The id “front-door” is used twice"),
        (GRADED, {"tags_edition": "ilacs-2025"}, "An edition's tags are those of another edition"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_remedy(told, changed, expected):
    assert any(expected in sentence for sentence in said(told, **changed)), said(told, **changed)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"areas": ("XX",), "graded": ("good",)}, "There is no area “XX”"),
        ({"areas": ("HP",), "graded": ("splendid",)}, "“splendid” is no grade of these areas"),
        ({"areas": ("HP",), "graded": ("good",), "at_least": 2}, "only 1 areas are named"),
        ({"areas": ("HP",), "graded": ("good",), "others": ("CIC", "ROOF")}, "“ROOF” is not another area"),
        ({"areas": ("HP",), "graded": ("good",), "others": ("CIC", "HP")}, "“HP” is not another area"),
        ({"areas": ("HP",), "graded": ("good",), "overall": ("splendid",)}, "“splendid” is no overall grade"),
    ],
)
def test_a_pattern_that_can_never_be_met_is_named(pattern, expected):
    check = {"id": "x", "when": "x", "says": "x", "source": "x", "pattern": pattern}
    assert any(expected in sentence for sentence in said(GRADED, checks=(check,)))


def test_a_pattern_may_not_ask_for_an_overall_grade_there_is_not():
    check = {"id": "x", "when": "x", "says": "x", "source": "x"}
    check["pattern"] = {"areas": ("HP",), "graded": ("good",), "overall": ("good",)}
    told = frameworks.edition("ilacs-2026").model_dump()
    assert any("has no overall grade" in one for one in said(told, checks=(check,)))
