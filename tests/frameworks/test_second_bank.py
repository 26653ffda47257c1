"""The second edition of the case audit, held against what reading the first one found: rules over its every text."""

import re
from itertools import combinations

import pytest

import frameworks
from frameworks import changes, crosswalk, edition_changes, reader
from frameworks.files import nouns
from frameworks.files.faults import BrokenEdition

FIRST, SECOND = "case-audit-1", "case-audit-2"
SETS = frameworks.question_sets(SECOND)
OF_CHILDREN = [one for one in SETS if "child" in one.subjects]
LENGTHS = {one.id: {other.length: other for other in SETS if other.id == one.id} for one in SETS}
# What a page of the brief is about, and the domains that may stand for it. At the front door there is no assessment and
# no plan yet: what was known before, and the decision, stand for them.
GROUPS = {
    "safety": {"harms", "care-leaving"},
    "voice": {"child-voice"},
    "assessment": {"analysis", "history"},
    "plan": {"plan", "contact-threshold"},
    "oversight": {"oversight"},
    "impact": {"impact"},
    "overall": {"overall"},
}
ANOTHER_THING = re.compile(r"\band (how|is|are|was|were|do|does|did|has|have|know|what tells)\b|[:;]|, so that .*, ")
STOP = frozenset(
    re.findall(
        r"\S+",
        """the a an of is are was were and or how well to in for with this that it they their if on by
        has have been do does did what when where who child child's young person person's as at from any not""",
    )
)
# Alike in words, looked at, and asking two things: which came first, whether it is followed; how early, how soundly.
LOOKED_AT = {
    ("drift/letter-before", "drift/letter-tracked"),
    ("permanence/kinship", "permanence/kinship-assessed"),
    ("identity/responded", "plan/follows-analysis"),
    ("permanence/family-time", "adoption/family-finding"),
    ("wellbeing/emotional-health", "wellbeing/health-needs"),
    ("harms/acted-on", "protection/category"),
    ("permanence/home-registered", "permanence/unregistered"),
}
SPLIT = re.findall(
    r"\S+",
    """
    record/prompt-entries child-voice/knows-worker analysis/pre-birth protection/category reviewing/minutes
    visits/unannounced oversight/allocated drift/letter-before drift/voluntary-care permanence/entry-to-care
    permanence/home-matched permanence/day-to-day-authority care-leaving/money-papers particular-groups/disabled
    sv-support/registration
    """,
)


def every_question():
    return {question.key: question for one in SETS for question in one.questions}.values()


def asks_two(question):
    return question.text.find("?") != len(question.text) - 1 or ANOTHER_THING.search(question.text)


def test_each_question_asks_one_thing():
    assert not [question.text for question in every_question() if asks_two(question)]


def test_the_rule_would_have_found_the_questions_of_the_first_edition_that_ask_two():
    two = {each.number for one in frameworks.question_sets(FIRST) for each in one.questions if asks_two(each)}
    assert {"D6.13", "D7.7", "D16.1", "D22.1", "D10.1"} & two == {"D6.13", "D7.7", "D16.1", "D22.1"}


def test_what_asked_two_things_is_split_and_says_what_it_came_from():
    for key in SPLIT:
        parts = {each.key for each in every_question() if key in each.was} | {key}
        assert len(parts) > 1, key
    told = changes.changes(*(frameworks.question_set(edition, "pre-proceedings") for edition in (FIRST, SECOND)))
    [pre_birth] = [each for each in told if each.key == "analysis/pre-birth"]
    assert (pre_birth.kind, len(pre_birth.to)) == ("split", 3)
    counts = changes.counted(told)
    assert counts["retired"] == 0
    assert counts["kept"] > 50


def test_the_areas_of_the_two_editions_are_the_same():
    told = edition_changes.edition_changes(
        frameworks.edition(FIRST), frameworks.edition(SECOND), reader.crosswalk_file().lines
    )
    assert [each.kind for each in told.areas] == ["kept"] * 4
    assert told.sentences == ()


def words(text):
    return set(re.sub(r"[^a-z' ]", " ", text.lower()).split()) - STOP


def test_no_two_questions_of_one_audit_ask_the_same():
    alike = set()
    for one in SETS:
        told = {question.key: words(question.text) for question in one.questions}
        for (first, here), (second, there) in combinations(told.items(), 2):
            if len(here & there) >= 0.4 * len(here | there):
                alike.add((first, second))
        if one.length != "full":
            assert sum("drift" in question.text for question in one.questions) <= 1, one.id
    assert alike == LOOKED_AT


def test_a_care_leaver_is_asked_about_once_and_never_as_a_child():
    for one in LENGTHS["care-leavers"].values():
        for domain in one.domains:
            texts = [domain.title, *domain.guidance.values()]
            texts += [part or "" for each in domain.questions for part in (each.text, each.hint, each.limit)]
            assert not [text for text in texts if re.search(r"\bchild(ren)?\b", text, re.IGNORECASE)]
        for scale in one.scales:
            assert not any("child" in (point.meaning or "") for point in scale.points)
        keys = {question.key for question in one.questions}
        assert not keys & {"visits/often-enough", "reviewing/meetings-on-time", "child-voice/independent-visitor"}
    core = LENGTHS["care-leavers"]["core"]
    assert (core.called("child"), core.called("parent")) == ("young person", "parent")
    assert core.question("care-leaving/in-touch").must_be_answered
    assert core.question("impact/safer").text == "How much safer is this young person than at the start?"


def test_nouns_are_whole_words_with_their_capitals_and_no_scale_becomes_another_by_them():
    said = nouns.put_into("Children's childhood: the child, a Child.", {"child": "adult", "children": "adults"})
    assert said == "Adults's childhood: the adult, a Adult."
    first, second = (frameworks.question_set(edition, "care-leavers") for edition in (FIRST, SECOND))
    assert first.scale("four-point") != second.scale("four-point")
    assert changes.overall_kept(first, second)
    assert changes.domain_kept(first, second, "child-voice")
    told = {each.key: each for each in changes.changes(first, second)}
    assert told["care-leaving/relationships"].kind == told["impact/without-help"].kind == "kept"
    assert "child" in told["impact/without-help"].before and "young person" in told["impact/without-help"].after
    assert told["impact/safer"].kind == "reworded"


@pytest.mark.parametrize("one", OF_CHILDREN, ids=lambda one: f"{one.id}-{one.length}")
def test_the_brief_is_a_page_a_group_within_the_core_within_the_full(one):
    lengths = LENGTHS[one.id]
    assert list(lengths) == ["brief", "core", "full"]
    keys = {length: {question.key for question in each.questions} for length, each in lengths.items()}
    assert keys["brief"] < keys["core"] < keys["full"]
    minutes = [each.expected_minutes for each in lengths.values()]
    assert minutes == sorted(set(minutes))
    if one.length == "brief":
        assert 13 <= len(one.questions) <= 17
        assert len(one.domains) == len(GROUPS)
        for domain, (group, may_be) in zip(one.domains, GROUPS.items(), strict=True):
            assert domain.id in may_be, group
        assert any(question.safety for question in one.questions)
        assert 1.5 * len(one.questions) <= one.expected_minutes <= 2 * len(one.questions)


def test_files_that_are_not_a_childs_have_no_brief_because_their_core_is_one():
    others = {one.id: one for one in SETS if one not in OF_CHILDREN and one.length == "core"}
    assert set(others) == {"supervision", "foster-carer", "practice-observation"}
    for one in others.values():
        assert one.lengths == ("core", "full")
        assert len(one.questions) <= 15


# Each with a set and the shortest length at which it must be asked.
MISSING = {
    "harms/sexual-abuse": ("child-protection", "core"),
    "harms/neglect": ("child-in-need", "core"),
    "identity/racism": ("in-care", "core"),
    "identity/neurodiversity": ("early-help", "full"),
    "harms/self-harm": ("child-in-need", "full"),
    "harms/alcohol-drugs": ("child-protection", "full"),
    "harms/babies-injury": ("front-door", "full"),
    "harms/allegation": ("in-care", "full"),
    "wellbeing/virtual-school": ("in-care", "full"),
    "family/kinship-offer": ("early-help", "full"),
    "protection/protection-team": ("child-protection", "full"),
    "protection/lead-role": ("child-protection", "full"),
    "partners/lead-practitioner": ("child-in-need", "core"),
    "record/identifier": ("front-door", "full"),
    "wellbeing/emotional-health": ("early-help", "core"),
    "wellbeing/health-needs": ("child-in-need", "full"),
    "particular-groups/private-fostering": ("front-door", "full"),
    "plan/family-meeting": ("child-protection", "core"),
    "family/fathers": ("in-care", "core"),
    "analysis/pre-birth": ("child-protection", "core"),
}


def test_what_reading_found_missing_is_asked():
    for key, (set_id, length) in MISSING.items():
        assert LENGTHS[set_id][length].question(key)


def test_every_core_of_a_child_asks_of_identity_more_than_once():
    for one in OF_CHILDREN:
        if one.length == "core":
            assert sum(question.key.startswith("identity/") for question in one.questions) >= 2, one.id


def test_a_limit_says_where_it_was_read_or_that_it_was_not():
    for question in every_question():
        if question.type == "timescale":
            assert question.limit, question.key
            assert re.search(r"read|local|convention|not checked|unverified", question.basis or ""), question.key
    custody = LENGTHS["in-care"]["full"].question("particular-groups/custody")
    assert "regulation 4; unverified" in custody.basis
    assert "No single limit" not in custody.limit


def test_the_crosswalk_leads_from_every_domain_it_names_to_areas_that_are_there():
    held = {domain.id for one in SETS for domain in one.domains}
    lines = reader.crosswalk_file().lines
    named = {each.from_.partition("/")[2]: each.to for each in lines if each.from_.startswith(f"{SECOND}/")}
    earlier = {each.from_.partition("/")[2] for each in lines if each.from_.startswith(f"{FIRST}/")}
    assert earlier | {"harms"} <= set(named) <= held
    for to in named.values():
        area = crosswalk.area_named(to)
        assert frameworks.edition(area.edition_id).area(area.area)


def test_a_brief_that_has_grown_long_is_refused(small):
    more = [f"more-{nth}" for nth in range(15)]
    lines = (f"      - {{id: {name}, number: D4.{name}, text: Good?, type: judged, cohorts: [ALL]}}\n" for name in more)
    (small / "bank.yaml").write_text((small / "bank.yaml").read_text("utf-8") + "".join(lines), "utf-8")
    listed = ", ".join(["plan/specific", "visits/seen", "impact/safe-today", *(f"impact/{name}" for name in more)])
    brief = f"  brief: {{expected_minutes: 10, questions: [{listed}]}}\n"
    (small / "protection.yaml").write_text((small / "protection.yaml").read_text("utf-8") + brief, "utf-8")
    with pytest.raises(BrokenEdition, match="The brief has 18 questions; 17 is the most"):
        reader.read_edition(small)
