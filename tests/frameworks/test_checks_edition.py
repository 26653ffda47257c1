"""Each fault between the parts of an edition, its bank and its sets: told at its place, once, and nothing beside it."""

from datetime import date

import pytest

from frameworks import reader
from frameworks.checks import edition as checks
from frameworks.checks import show_if
from frameworks.files import parsing
from frameworks.files.shapes import Bank, WrittenSet
from frameworks.schema import Edition
from tests.frameworks.conftest import SMALL_BANK, SMALL_EDITION, SMALL_SET

DAY, NEXT_DAY = date(2026, 4, 1), date(2026, 4, 2)
EDITION, BANK, SET = (
    shape.model_validate(parsing.values_in(text.encode())).model_dump()
    for shape, text in ((Edition, SMALL_EDITION), (Bank, SMALL_BANK), (WrittenSet, SMALL_SET))
)
HP = {"id": "HP", "name": "Help", "scale": None}
STATEMENT = {"id": "HP-1", "area": "HP", "text": "Is help early?", "source": "Us", "wording": "ours"}
CHECK, FACT = ({"id": "one", "when": "x", "says": "x", "source": "x"}, {"id": "one", "says": "x", "source": "x"})
LIMIT = {"code": "soon", "name": "Soon", "months": 1}


def told(complaints):
    """Complaints with their places as one word each."""
    return [(".".join(map(str, path)), sentence) for path, sentence in complaints]


def are_those(complaints, expected):
    """Whether each complaint stands at the place expected and holds the words expected, and there is no other."""
    found = told(complaints)
    assert [where for where, _ in found] == [where for where, _ in expected], found
    assert all(words in sentence for (_, sentence), (_, words) in zip(found, expected, strict=True)), found


def points(*codes, worth=()):
    worths = (*worth, *[None] * len(codes))
    return tuple({"code": code, "name": code, "points": value} for code, value in zip(codes, worths, strict=False))


def scales(*more):
    return (*EDITION["scales"], *more)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"id": "small-2"}, [("id", "calls itself “small-2” but its folder is “small-1”")]),
        ({"valid_to": date(2026, 3, 31)}, [("valid_to", "ends before it begins")]),
        ({"valid_to": DAY}, []),
        ({"superseded_by": "Another"}, [("superseded_by", "“end_checked_on” is missing")]),
        ({"superseded_by": "Another", "end_checked_on": DAY}, []),
        ({"found_in_force": True, "end_checked_on": DAY}, []),
        ({"found_in_force": True}, [("found_in_force", "with no last day, can it be said to be in force")]),
        ({"found_in_force": True, "end_checked_on": DAY, "valid_to": NEXT_DAY}, [("found_in_force", "Only with")]),
        ({"found_in_force": True, "end_checked_on": DAY, "superseded_by": "X"}, [("found_in_force", "Only with")]),
        ({"verified": "partly"}, [("not_verified", "is missing")]),
        ({"verified": "unverified"}, [("not_verified", "is missing")]),
        ({"verified": "unverified", "not_verified": "All of it."}, []),
        ({"rules": "none"}, [("rules", "no scoring rule “none”. Known: guard-rails-1, guard-rails-2.")]),
        ({"rules": None}, []),
        ({"scales": scales(EDITION["scales"][1])}, [("scales.4.id", "The id “yes-partly-no” is used twice here")]),
        ({"areas": (HP, {**HP, "id": "CIC"}, HP, HP)}, [(f"areas.{at}.id", "“HP” is used twice") for at in (2, 3)]),
        ({"statements": (STATEMENT, STATEMENT)}, [("statements.1.id", "The id “HP-1” is used twice")]),
        ({"checks": (CHECK, CHECK)}, [("checks.1.id", "The id “one” is used twice")]),
        ({"facts": (FACT, FACT)}, [("facts.1.id", "The id “one” is used twice")]),
        ({"timescales": (LIMIT, LIMIT)}, [("timescales.1.code", "The code “soon” is used twice")]),
        ({"scales": scales({"id": "one", "points": points("a")})}, [("scales.4.points", "“one” needs at least two")]),
        ({"scales": scales({"id": "two", "points": points("a", "b")})}, []),
        ({"scales": scales({"id": "two", "points": points("a", "b", "a")})},
         [("scales.4.points.2.code", "The code “a” is used twice")]),
        ({"scales": scales({"id": "two", "points": points("a", "b", worth=(0,))})},
         [("scales.4.points", "“two” says what some of its points are worth")]),
        ({"scales": scales({"id": "two", "points": points("a", "b", worth=(0, 1))})}, []),
        ({"areas": (HP, {**HP, "id": "CIC", "scale": "five"})},
         [("areas.1.scale", "no scale “five” in this edition. Known: four-point, in-time, safe-today, yes-")]),
        ({"areas": ({**HP, "scale": "four-point"}, {**HP, "id": "CIC"}), "type": "graded_best_fit"},
         [("areas.1", "The area “CIC” has no “scale”")]),
        ({"overall": {"id": "OE", "name": "Overall", "scale": "five"}, "type": "graded_best_fit", "areas": ()},
         [("overall.scale", "no scale “five”")]),
        ({"overall": {"id": "HP", "name": "Overall", "scale": "four-point"}, "type": "graded_best_fit",
          "areas": ({**HP, "scale": "four-point"},)}, [("overall.id", "“HP” is a judgement area already")]),
        ({"statements": (STATEMENT, {**STATEMENT, "id": "XX-1", "area": "XX"})},
         [("statements.1.area", "There is no area “XX”. Known: CIC, HP.")]),
        ({"areas": (), "statements": (STATEMENT,)}, [("statements.0.area", "no area “HP”. Known: none.")]),
    ],
)  # fmt: skip
def test_each_fault_inside_an_edition(changed, expected):
    are_those(checks.edition_complaints(Edition.model_validate({**EDITION, **changed}), "small-1"), expected)


def bank(place, *, more=(), **changed):
    """The small bank with one domain changed and more behind it."""
    domains = list(BANK["domains"])
    domains[place] = {**domains[place], **changed}
    return Bank.model_validate({**BANK, "domains": (*domains, *more)})


def asked(domain, place, **changed):
    """The questions of a domain, one of them changed."""
    questions = list(BANK["domains"][domain]["questions"])
    questions[place] = {**questions[place], **changed}
    return {"questions": tuple(questions)}


def areas_of(edition_id):
    return frozenset({"HP", "LEAD"}) if edition_id == "ilacs-2026" else None


RECORD = BANK["domains"][2]
PRIORITY = {"label": "Priority", "scale": "ten"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (bank(0), []),
        (bank(0, more=[{**RECORD, "number": "D9"}]), [("domains.4.id", "The id “record” is used twice")]),
        (bank(0, more=[{**RECORD, "id": "other"}]), [("domains.4.number", "The number “D3” is used twice")]),
        (bank(0, informs=("HP", "XX")), [("domains.0.informs.1", "no judgement area “XX”. Known: CIC, HP.")]),
        (bank(1, guidance={"good": "x", "fair": "x", "late": "x"}),
         [("domains.1.guidance.fair", "“fair” is not a point of any scale")]),
        (bank(1, **asked(1, 1, id="seen")), [("domains.1.questions.1.id", "The id “seen” is used twice")]),
        (bank(1, **asked(1, 1, number="D2.1")), [("domains.1.questions.1.number", "“D2.1” is used twice in this")]),
        (bank(1, **asked(1, 1, number="D1.1")), []),
        (bank(1, **asked(1, 0, safety=True)), [("domains.3.questions.1.safety", "There is a safety question already")]),
        (bank(1, **asked(1, 1, scale="ten")), [("domains.1.questions.1.scale", "There is no scale “ten”")]),
        (bank(1, **asked(1, 1, scale="four-point")), []),
        (bank(1, **asked(1, 1, second=PRIORITY)), [("domains.1.questions.1.second", "There is no scale “ten”")]),
        (bank(1, **asked(1, 1, second={**PRIORITY, "scale": "in-time"})), []),
        (bank(1, **asked(1, 1, type="several")), [("domains.1.questions.1.scale", "Nothing is named that could be")]),
        (bank(1, **asked(1, 1, type="several", scale="in-time")), []),
        (bank(1, **asked(1, 1, type="date", scale="in-time")), [("domains.1.questions.1.scale", "A date has no")]),
        (bank(1, **asked(1, 1, type="number", scale="in-time")), [("domains.1.questions.1.scale", "A number has no")]),
        (bank(1, **asked(1, 1, type="number")), []),
        (bank(1, also_informs=("ilacs-2026/HP", "small-1/CIC")), []),
        (bank(1, also_informs=("ilacs-2026/HP", "ilacs-2026/XX")),
         [("domains.1.also_informs.1", "“ilacs-2026” has no judgement area “XX”. Known: HP, LEAD.")]),
        (bank(1, **asked(1, 1, informs=("small-1/HP", "small-1/LEAD", "ilacs-1999/HP"))),
         [("domains.1.questions.1.informs.1", "“small-1” has no judgement area “LEAD”. Known: CIC, HP."),
          ("domains.1.questions.1.informs.2", "There is no edition “ilacs-1999”")]),
    ],
)  # fmt: skip
def test_each_fault_inside_a_bank(changed, expected):
    edition = Edition.model_validate(EDITION)
    are_those(checks.bank_complaints(changed, edition, frozenset({"HP", "CIC"}), areas_of), expected)


def test_without_the_other_editions_their_areas_are_not_known_and_its_own_are():
    changed, edition = bank(1, also_informs=("ilacs-2026/HP", "small-1/CIC")), Edition.model_validate(EDITION)
    complaints = checks.bank_complaints(changed, edition, frozenset({"HP", "CIC"}))
    are_those(complaints, [("domains.1.also_informs.0", "There is no edition “ilacs-2026”")])


CORE, FULL = (SET["lengths"][length] for length in ("core", "full"))


def lengths(core=CORE["questions"], full=FULL["questions"]):
    return {"lengths": {"core": {**CORE, "questions": core}, "full": {**FULL, "questions": full}}}


def left_out(*domains):
    return {"leaves_out": tuple({"domain": domain, "why": "Not yet"} for domain in domains)}


SCALES = SET["answer_scales"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"id": "protect"}, [("id", "calls itself “protect” but its file is “protection.yaml”")]),
        ({"lengths": {"long": FULL, "core": CORE}}, [("lengths", "The length “full” is missing")]),
        ({"facts": ({"id": "a", "title": "A", "kind": "date", "unit": "days"},)}, [("facts.0.unit", "only a number")]),
        ({"overall_grade": {"scale": "ten", "required": True}}, [("overall_grade.scale", "no scale “ten”")]),
        ({"overall_grade": None}, []),
        ({"domain_scale": "ten"}, [("domain_scale", "no scale “ten”")]),
        ({"answer_scales": {**SCALES, "check": "ten", "judged": "five"}},
         [("answer_scales.check", "no scale “ten”"), ("answer_scales.judged", "no scale “five”")]),
        ({"answer_scales": {**SCALES, "check": None}},
         [("answer_scales", "“check” is missing: core has"), ("answer_scales", "“check” is missing: full has")]),
        ({"answer_scales": {**SCALES, "timescale": None}}, [("answer_scales", "“timescale” is missing: full has")]),
        ({"answer_scales": {**SCALES, "safety": "safe"}},
         [("answer_scales", "The safety question needs the scale “safe”")] * 2),
        ({"domain_scale": None, **lengths(core=("visits/seen", "impact/safe-today"), full=("plan/in-time",)),
          "subjects": ("decision",), **left_out("plan")}, []),
        ({"domain_scale": None}, [("domain_scale", "“domain_scale” is missing")] * 2),
        ({"reads_as": {"CIC": "HP"}}, []),
        ({"reads_as": {"CIC": "XX"}}, [("reads_as.CIC", "No domain informs an area “XX”. Known: CIC, HP.")]),
        ({"reads_as": {"XX": "CIC", "CIC": "HP"}}, [("reads_as.XX", "No domain informs an area “XX”")]),
        (left_out("record", "vistis"), [("leaves_out.1.domain", "The bank has no domain “vistis”")]),
        (left_out("visits"), []),
        ({**lengths(core=("plan/specific", "impact/safe-today")), **left_out("visits")}, []),
        (lengths(core=("plan/specific", "impact/safe-today")),
         [("lengths.core.questions", "lacks the safety-critical domain “visits”")]),
        ({**lengths(core=("impact/safe-today",)), **left_out("visits")},
         [("lengths.core.questions", "lacks the safety-critical domain “plan”")]),
        (lengths(core=CORE["questions"][:2]), [("lengths.core.questions", "The safety question is not listed")]),
        ({**lengths(core=CORE["questions"][:2]), "subjects": ("sibling_group", "decision")},
         [("lengths.core.questions", "The safety question is not listed")]),
        ({**lengths(core=CORE["questions"][:2]), "subjects": ("decision",)}, []),
        (lengths(full=("plan/specific", "plan/*", "visits/sene", "nowhere/*", "impact/*")),
         [("lengths.full.questions.1", "“plan/specific” is listed twice"),
          ("lengths.full.questions.2", "“visits/sene” names no question of the bank that fits"),
          ("lengths.full.questions.3", "“nowhere/*” names no question")]),
        (lengths(full=("plan/court", "impact/*")), []),
    ],
)  # fmt: skip
def test_each_fault_inside_a_set(changed, expected):
    written = WrittenSet.model_validate({**SET, **changed})
    edition = Edition.model_validate(EDITION)
    are_those(checks.set_complaints(written, "protection", Bank.model_validate(BANK), edition), expected)


def test_a_safety_critical_domain_of_which_no_question_fits_is_not_missed():
    of_court = bank(1, questions=(asked(0, 2)["questions"][2],))
    written = WrittenSet.model_validate({**SET, **lengths(core=("plan/specific", "impact/safe-today"))})
    without_visits = written.model_copy(update={"lengths": {**written.lengths, "full": written.lengths["core"]}})
    assert told(checks.set_complaints(without_visits, "protection", of_court, Edition.model_validate(EDITION))) == []


@pytest.mark.parametrize(
    ("of_question", "of_set", "meant"),
    [
        (("CP",), ("CP", "CIN"), True),
        (("CP", "CIN"), ("CIN",), True),
        (("CP",), ("CIN",), False),
        (("ALL",), ("CP",), True),
        (("ALL",), ("ALL",), True),
        (("ALL",), ("SUP",), False),
        (("ALL",), ("CARER", "OBS"), False),
        (("ALL",), ("SUP", "CP"), True),
        (("ALL", "SUP"), ("SUP",), True),
    ],
)
def test_a_question_of_all_children_is_meant_for_no_file_that_is_not_a_childs(of_question, of_set, meant):
    (question,) = bank(2, **asked(2, 0, cohorts=of_question)).domains[2].questions
    assert checks.fits(question, WrittenSet.model_validate({**SET, "cohorts": of_set})) is meant


@pytest.mark.parametrize(("length", "most"), [("core", 40), ("brief", 17), ("full", None)])
def test_a_length_holds_as_many_questions_as_it_may_and_no_more(length, most):
    def said(many):
        questions = tuple({**RECORD["questions"][0], "id": f"q{at}", "number": f"D3.{at}"} for at in range(many - 1))
        more = {"id": "more", "number": "D9", "title": "More", "questions": questions}
        listed = {"expected_minutes": 10, "questions": ("impact/safe-today", "more/*")}
        written = WrittenSet.model_validate(
            {**SET, "lengths": {"full": FULL, length: listed}, **left_out("plan", "visits")}
        )
        complaints = checks.set_complaints(written, "protection", bank(0, more=[more]), Edition.model_validate(EDITION))
        return told(complaints)

    assert said(most or 60) == []
    if most:
        too_long = f"The {length} has {most + 1} questions; {most} is the most. Take some out."
        assert said(most + 1) == [(f"lengths.{length}.questions", too_long)]


WAITS = {"question": "plan/specific", "answers": ("good",)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (bank(2, show_if=WAITS), []),
        (bank(3, show_if=WAITS), [("full.questions.impact/safer", "“Impact” holds the safety question, so it is")]),
        (bank(2, show_if={**WAITS, "answers": ("good", "best", "worse")}),
         [("full.questions.record/clear", "is “best”, which is no answer to it. Answers: Inadequate; Requires imp")]),
        (bank(2, show_if={**WAITS, "question": "visits/story"}),
         [("full.questions.record/clear", "which is no answer to it. Answers: none: it has no points to choose from")]),
        (bank(0, show_if={"question": "impact/safer", "answers": ("good",)}),
         [("full.questions.plan/specific", "which is asked later. Move that question before this one.")]),
        (bank(1, **asked(1, 1, show_if=WAITS, and_if={**WAITS, "question": "plan/none"})),
         [("full.questions.visits/story", "D2.2 “What was the visit like?” is shown only after “plan/none”, which")]),
        (bank(1, **asked(1, 1, show_if={"question": "visits/story", "answers": ("good",)})),
         [("full.questions.visits/story", "the conditions run in a circle")]),
    ],
)  # fmt: skip
def test_each_condition_that_can_never_hold(changed, expected):
    written, edition = WrittenSet.model_validate(SET), Edition.model_validate(EDITION)
    domains = {domain.id: domain for domain in changed.domains}
    listed = checks.listed_questions(written.lengths["full"], written, domains)
    are_those(show_if.condition_complaints(listed, ("full",), written, edition, domains), expected)


def test_a_set_without_a_bank_is_told_so(small):
    (small / "bank.yaml").unlink()
    with pytest.raises(reader.BrokenEdition) as caught:
        reader.read_edition(small)
    assert [(fault.file, fault.message[:21]) for fault in caught.value.faults] == [
        ("small-1/bank.yaml", "This file is missing."),
    ]
