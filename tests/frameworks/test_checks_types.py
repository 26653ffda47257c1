"""Each fault of the parts only some types of framework have, seen once, by changing a sound edition."""

from datetime import date

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


CODES = ("inadequate", "requires_improvement", "good", "outstanding")


def bands(*ends, codes=CODES):
    told = tuple({"grade": c, "lowest": a, "highest": b} for c, (a, b) in zip(codes, ends, strict=False))
    return {**SCORED["scoring"], "bands": told}


def worth(*points, codes=CODES):
    return {**SCORED["scoring"], "points": tuple({"code": c, "points": p} for c, p in zip(codes, points, strict=False))}


def weighted(*weights):
    areas = [dict(one) for one in SCORED["areas"]]
    for area, weight in zip(areas, weights, strict=False):
        area["weight"] = weight
    return tuple(areas)


def themes(first, **changed):
    """The themes of the narrative edition, one of them changed."""
    return (*NARRATIVE["themes"][:first], {**NARRATIVE["themes"][first], **changed}, *NARRATIVE["themes"][first + 1 :])


def last_statement(**changed):
    return (*NARRATIVE["statements"][:-1], {**NARRATIVE["statements"][-1], **changed})


FIRST_OF_ALL = {"code": "outcome_9", "says": "x", "months": None, "source": "x"}
ENDS = ((0, 6), (7, 18), (19, 30), (31, 36))
ONE_DAY = date(2024, 4, 1)


def places_and_words(complaints, expected):
    """Each complaint as where it stands and whether the words expected are in it, beside what is hoped for."""
    told = list(complaints)
    words = [expectation[1] for expectation in expected] + [""] * len(told)
    found = [(".".join(map(str, path)), word in said) for (path, said), word in zip(told, words, strict=False)]
    return found, [(where, True) for where, _ in expected]


@pytest.mark.parametrize(
    ("told", "changed", "expected"),
    [
        (NARRATIVE, {"overall": OVERALL}, [("overall", "has no overall judgement")]),
        (OUTCOME, {"overall": None}, [("overall", "needs “overall”")]),
        (OUTCOME, {"consequences": OUTCOME["consequences"][:2]},
         [("consequences", "follows “outcome_3”"), ("consequences", "follows “outcome_2”")]),
        (OUTCOME, {"consequences": (FIRST_OF_ALL, *OUTCOME["consequences"])},
         [("consequences.0.code", "“outcome_9” is not an outcome. Outcomes: outcome_3, outcome_2, outcome_1.")]),
        (GRADED, {"consequences": OUTCOME["consequences"]}, [("consequences", "Only an outcome framework has")]),
        (SCORED, {"scoring": None}, [("scoring", "A scored framework needs “scoring”")]),
        (GRADED, {"scoring": SCORED["scoring"]}, [("scoring", "Only a scored framework has “scoring”")]),
        (SCORED, {"scoring": {**SCORED["scoring"], "scale": "ten"}}, [("scoring.scale", "There is no scale “ten”")]),
        (SCORED, {"scoring": worth(0, 1, 2)},
         [("scoring.points", "“outstanding” has no points"), ("scoring.bands", "at 36, but 24 points")]),
        (SCORED, {"scoring": worth(0, 1, 2, 3, 2, codes=(*CODES, "good"))},
         [("scoring.points.4.code", "“good” has points already")]),
        (SCORED, {"scoring": worth(1, 0, 1, 2, 3, codes=("splendid", *CODES))},
         [("scoring.points.0.code", "“splendid” is not a point of the scale. Known: inadequate, requires_")]),
        (SCORED, {"scoring": worth(0, 2, 1, 3)}, [("scoring.points", "worth fewer points than a worse one")]),
        (SCORED, {"scoring": worth(0, 1, 1, 3)}, []),
        (SCORED, {"scoring": bands((0, 6), (8, 18), *ENDS[2:])},
         [("scoring.bands.1.lowest", "begins at 8, but the one before it leads to 7. Leave no gap and no overlap")]),
        (SCORED, {"scoring": bands((0, 7), (7, 18), *ENDS[2:])},
         [("scoring.bands.1.lowest", "begins at 7, but the one before it leads to 8. Leave no gap and no overlap")]),
        (SCORED, {"scoring": bands((1, 6), *ENDS[1:])}, [("scoring.bands.0.lowest", "before it leads to 0")]),
        (SCORED, {"scoring": bands(*ENDS[:3], (31, 35))}, [("scoring.bands", "The bands end at 35, but 36 points")]),
        (SCORED, {"scoring": bands((0, 6), (7, 7), (8, 30), (31, 36))}, []),
        (SCORED, {"scoring": bands((0, 6), (7, 6), (7, 30), (31, 36))},
         [("scoring.bands.1.highest", "The band ends before it begins")]),
        (SCORED, {"scoring": bands(*ENDS, codes=("splendid", *CODES[1:]))},
         [("scoring.bands.0.grade", "“splendid” is not a point of the scale. Known: inadequate, requires_")]),
        (SCORED, {"scoring": bands(*ENDS, codes=(CODES[1], CODES[0], *CODES[2:]))},
         [("scoring.bands.1.grade", "Bands run from the worst rating to the best, each once")]),
        (SCORED, {"scoring": bands(*ENDS, codes=(*CODES[:3], CODES[2]))},
         [("scoring.bands.3.grade", "Bands run from the worst rating to the best, each once")]),
        (SCORED, {"scoring": bands()}, [("scoring.bands", "There are no bands")]),
        (SCORED, {"areas": weighted(50, 50)}, [("areas", "Some areas that count have a weight and some have none")]),
        (SCORED, {"areas": weighted(*[8] * 12)}, [("areas", "add up to 96. Make them add up to 100")]),
        (SCORED, {"areas": weighted(*[8] * 11, 13)}, [("areas", "add up to 101. Make them add up to 100")]),
        (SCORED, {"areas": weighted(*[8] * 11, 12)}, []),
        (GRADED, {"areas": (GRADED["areas"][0], *({**one, "weight": 0} for one in GRADED["areas"][1:]))},
         [(f"areas.{at}.weight", "Only a scored framework has weights") for at in (1, 2, 3)]),
        (NARRATIVE, {"agencies": (*NARRATIVE["agencies"], NARRATIVE["agencies"][1])},
         [("agencies.8.id", "The id “health” is used twice")]),
        (NARRATIVE, {"themes": (*NARRATIVE["themes"], NARRATIVE["themes"][0])},
         [("themes.6.id", "The id “front-door” is used twice")]),
        (NARRATIVE, {"themes": themes(1, agencies=("police", "navy"))},
         [("themes.1.agencies.1", "There is no agency “navy” in this edition. Known: adult-services, council")]),
        (NARRATIVE, {"themes": themes(1, valid_from=ONE_DAY, valid_to=date(2024, 3, 31))},
         [("themes.1.valid_to", "The theme ends before it begins")]),
        (NARRATIVE, {"themes": themes(1, valid_from=ONE_DAY, valid_to=ONE_DAY)}, []),
        (NARRATIVE, {"themes": themes(1, valid_from=None, valid_to=ONE_DAY)}, []),
        (NARRATIVE, {"statements": last_statement(agencies=("police", "navy"), themes=("help", "hats"))},
         [(f"statements.{len(NARRATIVE['statements']) - 1}.agencies.1", "There is no agency “navy”"),
          (f"statements.{len(NARRATIVE['statements']) - 1}.themes.1", "There is no theme “hats”")]),
        (GRADED, {"statements": ({**GRADED["statements"][0], "agencies": ("police",)}, *GRADED["statements"][1:])},
         [("statements.0.agencies.0", "There is no agency “police” in this edition. Known: none.")]),
        (GRADED, {"tags_edition": "ilacs-2025"}, [("tags_edition", "tags are those of another edition")]),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_remedy_at_its_place_and_nothing_else(told, changed, expected):
    found, hoped_for = places_and_words(
        checks_by_type.type_complaints(Edition.model_validate({**told, **changed})), expected
    )
    assert found == hoped_for, said(told, **changed)


OF_HP = {"areas": ("HP",), "graded": ("good",)}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"areas": ("XX",), "graded": ("good",)}, [("areas.0", "There is no area “XX”. Known: CIC, CL, HP, LEAD.")]),
        ({"areas": ("HP", "XX"), "graded": ("good", "poor")}, [("areas.1", "no area “XX”"), ("graded.1", "“poor” is")]),
        ({"areas": ("HP",), "graded": ("splendid",)}, [("graded.0", "“splendid” is no grade of these areas")]),
        ({**OF_HP, "at_least": 2}, [("at_least", "“at_least” is 2, but only 1 areas are named")]),
        ({**OF_HP, "areas": ("HP", "CIC"), "at_least": 2}, []),
        ({**OF_HP, "others": ("CIC", "ROOF")}, [("others.1", "“ROOF” is not another area")]),
        ({**OF_HP, "others": ("CIC", "HP")}, [("others.1", "“HP” is not another area")]),
        ({**OF_HP, "overall": ("good", "splendid")}, [("overall.1", "“splendid” is no overall grade. Known: inad")]),
    ],
)
def test_a_pattern_that_can_never_be_met_is_named(pattern, expected):
    sound = {"id": "w", "when": "x", "says": "x", "source": "x", "pattern": None}
    checks = (sound, {**sound, "id": "x", "pattern": pattern})
    edition = Edition.model_validate({**GRADED, "checks": checks})
    found, hoped_for = places_and_words(checks_by_type.type_complaints(edition), expected)
    assert found == [(f"checks.1.pattern.{where}", told) for where, told in hoped_for]


def test_a_pattern_may_not_ask_for_an_overall_grade_there_is_not():
    check = {"id": "x", "when": "x", "says": "x", "source": "x"}
    check["pattern"] = {"areas": ("HP",), "graded": ("good",), "overall": ("good",)}
    told = frameworks.edition("ilacs-2026").model_dump()
    (only,) = said(told, checks=(check,))
    assert "has no overall grade" in only
