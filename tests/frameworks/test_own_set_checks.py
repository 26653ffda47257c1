"""A council's own set: what stands between it and being published, said with its place; and what it builds."""

from datetime import date

import pytest

from frameworks.own_sets import own_set, yaml_file
from tests.builders_library import areas_of, changed_document, make_document, make_question, safety_question

SCALES = make_document().model_dump()["scales"]
KINDS = (
    *SCALES,
    {"id": "kinds", "ordered": False, "points": ({"code": "a", "name": "A"}, {"code": "b", "name": "B"})},
)
NOT_APPLICABLE = (*SCALES, {"id": "odd", "points": ({"code": "no", "name": "No"}, {"code": "na", "name": "N/A"})})


def complaints(own):
    return own_set.complaints(own, areas_of)


def with_question(**changed):
    document = make_document().model_dump()
    domain = document["domains"][0]
    domain["questions"] = (*domain["questions"], make_question(99, **changed))
    own, faults = own_set.shaped(document)
    assert own is not None, faults
    return own


def test_a_sound_set_has_no_complaint_and_builds_both_lengths():
    own = make_document()
    assert complaints(own) == ()
    held = own_set.built(own, "own-greenhaven-neglect-1", date(2026, 11, 2))
    assert [(one.length, len(one.questions)) for one in held.question_sets] == [("core", 10), ("full", 10)]
    assert held.question_sets[0].informs_edition == "ilacs-2026"
    assert held.edition.type == "case_audit" and held.edition.wording == "ours"


def test_retired_questions_are_not_asked_but_keep_their_id():
    own = changed_document(make_document(), drop={"q2"})
    keys = [one.key for one in own_set.built(own, "own-x-neglect-2", date(2026, 11, 2)).question_sets[1].questions]
    assert "d1/q2" not in keys and len(keys) == 9
    document = own.model_dump()
    document["domains"][0]["questions"] = (*document["domains"][0]["questions"], make_question(2, number="Q2b"))
    again, _ = own_set.shaped(document)
    ((path, said),) = complaints(again)
    assert path == ("domains", 0, "questions", 5, "id") and "used by two questions" in said


def test_what_is_wrong_with_a_question_is_said_at_its_place_in_the_document_retired_ones_counted():
    own = changed_document(make_document(), drop={"q1"})
    document = own.model_dump()
    document["domains"][0]["questions"][3]["informs"] = ("ilacs-2026/XX",)
    broken, _ = own_set.shaped(document)
    said = "“ilacs-2026” has no judgement area “XX”. Known: CIC, CL, HP, LEAD."
    assert complaints(broken) == ((("domains", 0, "questions", 3, "informs", 0), said),)


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        ({"scale": "ten-point"}, "domains.0.questions.5.scale", "There is no scale “ten-point”"),
        ({"number": "Q1"}, "domains.0.questions.5.number", "The number “Q1” is used twice"),
        ({"show_if": {"question": "d2/q6", "answers": ("good",)}}, "domains.0.questions.5.show_if", "is asked later"),
        ({"show_if": {"question": "d1/q99", "answers": ("good",)}}, "domains.0.questions.5.show_if", "in a circle"),
        ({"show_if": {"question": "d1/q1", "answers": ("splendid",)}}, "domains.0.questions.5.show_if", "no answer to"),
        ({"safety": True}, "domains.1.questions.4.safety", "Only one question may be it"),
    ],
)
def test_each_fault_of_a_question_is_named_once_at_its_place(changed, place, words):
    ((path, sentence),) = complaints(with_question(**changed))
    assert (".".join(map(str, path)), words in sentence) == (place, True), sentence


def with_domain(at, **changed):
    """A document with a domain before the others that is retired, and one of the others changed."""
    document = make_document().model_dump()
    first, *others = document["domains"]
    retired = {**first, "id": "d0", "number": "D0", "title": "Old", "retired": True}
    empty = {**first, "id": "d9", "number": "D9", "title": "New", "questions": (make_question(90, retired=True),)}
    domains = [retired, first, empty, *others]
    domains[at] = {**domains[at], **changed}
    own, faults = own_set.shaped({**document, "domains": tuple(domains)})
    assert own is not None, faults
    return own


@pytest.mark.parametrize(
    ("at", "changed", "expected"),
    [
        (1, {}, []),
        (1, {"informs": ("HP", "XX")}, [("domains.1.informs.1", "no judgement area “XX”. Known: CIC, CL, HP, LEAD.")]),
        (3, {"also_informs": ("ilacs-1999/HP",)}, [("domains.3.also_informs.0", "There is no edition “ilacs-1999”")]),
        (3, {"number": "D1"}, [("domains.3.number", "The number “D1” is used twice here")]),
        (0, {"number": "D1"}, []),
        (0, {"id": "d1"}, [("domains.0.id", "The id “d1” is used by two domains")]),
        (2, {"questions": ()}, [("domains.2.questions", "“New” has no question. Add one, or retire the domain.")]),
        (0, {"questions": ()}, []),
        (3, {"questions": (make_question(6, scale="ten"), safety_question())},
         [("domains.3.questions.0.scale", "There is no scale “ten”")]),
    ],
)  # fmt: skip
def test_each_fault_of_a_domain_is_named_at_its_place_among_all_that_were_ever_there(at, changed, expected):
    document = with_domain(at, **changed)
    if at == 0 and changed.get("id"):
        document = document.model_copy(
            update={"domains": (document.domains[1], document.domains[0], document.domains[3])}
        )
        expected = [("domains.1.id", expected[0][1])]
    found = [(".".join(map(str, path)), sentence) for path, sentence in complaints(document)]
    assert [place for place, _ in found] == [place for place, _ in expected], found
    assert all(words in sentence for (_, sentence), (_, words) in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"domains": ()}, "The set asks nothing yet"),
        ({"cohorts": ()}, "“cohorts” is empty"),
        ({"subjects": ()}, "“subjects” is empty. Choose at least one."),
        ({"answer_scales": {"check": "yes-partly-no"}}, "“judged” is missing"),
        ({"leaves_out": ({"domain": "d7", "why": "Old"},)}, "The bank has no domain “d7”"),
        ({"domain_scale": "kinds", "scales": KINDS}, "“kinds” has no better and worse end"),
        ({"overall_grade": {"scale": "kinds", "required": True}, "scales": KINDS}, "“kinds” has no better and worse"),
        (
            {"scales": NOT_APPLICABLE},
            "“N/A” is no point of a scale: beside every answer people are offered “Does not apply”",
        ),
        ({"informs_edition": "ilacs-1999"}, "There is no edition “ilacs-1999”"),
        ({"domain_scale": None}, "“domain_scale” is missing"),
        ({"scales": ()}, "There is no scale"),
        ({"rules": "guard-rails-9"}, "There is no scoring rule “guard-rails-9”"),
    ],
)
def test_each_fault_of_the_whole_is_named(changed, said):
    found = [sentence for _, sentence in complaints(make_document(**changed))]
    assert any(said in sentence for sentence in found), found
    assert len(complaints(make_document(**changed))) == len(set(complaints(make_document(**changed)))), (
        "none is told twice"
    )


def test_a_core_without_a_safety_critical_domain_is_named_where_domains_are():
    document = make_document().model_dump()
    for question in document["domains"][0]["questions"]:
        question["core"] = False
    own, _ = own_set.shaped(document)
    found = complaints(own)
    assert [path for path, _ in found] == [("domains",)]
    assert "The core lacks the safety-critical domain “d1”" in found[0][1]


def test_values_of_another_shape_are_told_with_place_and_remedy():
    _, found = own_set.shaped({"id": "Neglect!", "title": 3, "domains": ({"id": "x"},), "surprise": 1})
    said = {".".join(map(str, path)): sentence for path, sentence in found}
    assert "may hold only small letters" in said["id"]
    assert "must be text" in said["title"]
    assert said["domains.0.title"] == "“title” is missing. Add it."
    assert "is not a key that may stand here" in said["surprise"]


def test_the_fingerprint_of_a_document_survives_json_and_changes_with_any_word():
    own = make_document()
    again = own_set.OwnSet.model_validate_json(own.model_dump_json(exclude_defaults=True))
    assert again.fingerprint == own.fingerprint
    assert make_document(title="Neglected").fingerprint != own.fingerprint


@pytest.mark.parametrize(
    ("subjects", "missed"),
    [
        (("child",), True),
        (("sibling_group", "decision"), True),
        (("supervision_file",), False),
        (("carer",), False),
        (("observed_visit",), False),
    ],
)
def test_a_set_about_a_child_asks_whether_something_must_be_done_today(subjects, missed):
    """Case audit practice, D23.3, a core question for all groups of children: is the child safe today?"""
    own = changed_document(make_document(), drop={"safe-today"}, subjects=subjects)
    found = [said for _, said in complaints(own)]
    assert any("The safety question is missing." in said for said in found) is missed


def test_a_draft_says_of_a_question_whether_it_must_be_answered_as_its_published_set_does():
    own = with_question(starred=True, mandatory=False)
    built = own_set.built(own, "own-x-neglect-1", date(2026, 11, 2)).question_sets[-1]
    written = {f"{domain.id}/{question.id}": question.must_be_answered for domain, question in own.asked}
    assert written == {question.key: question.must_be_answered for question in built.questions}
    assert written["d1/q99"] is False and written["d2/safe-today"] is True


@pytest.mark.parametrize(("length", "is_fine"), [(40, True), (41, False)])
def test_a_code_of_a_scale_is_no_longer_than_a_table_can_show(length, is_fine):
    document = make_document().model_dump()
    code = "c" * length
    points = [{**point, "code": code} if at == 0 else point for at, point in enumerate(document["scales"][0]["points"])]
    document["scales"] = ({**document["scales"][0], "points": tuple(points)}, *document["scales"][1:])
    own, faults = own_set.shaped(document)
    assert own is not None, faults
    said = [message for path, message in complaints(own) if path == ("scales", 0, "points", 0, "code")]
    too_long = f"“{code}” is too long for a code: at most 40 characters. Shorten it."
    assert said == ([] if is_fine else [too_long])


def test_a_sound_set_is_the_edition_it_stands_for():
    own = make_document(source="Our own audit tool", licence="Open", publisher="Greenhaven")
    held = own_set.built(own, "own-x-neglect-1", date(2026, 11, 2))
    edition = held.edition
    assert held.versions == (edition,)
    assert (edition.id, edition.publisher, edition.licence) == ("own-x-neglect-1", "Greenhaven", "Open")
    assert (edition.source.document, edition.source.date) == ("Our own audit tool", "2026-11-02")
    assert (edition.verified, edition.rules, edition.informs_edition) == ("verified", "guard-rails-1", "ilacs-2026")
    assert (edition.valid_from, edition.scales, edition.source.place) == (date(2026, 11, 2), own.scales, "Neglect")
    plain = own_set.built(make_document(), "own-x-neglect-1", own_set.NO_DAY).edition
    assert (plain.publisher, plain.licence) == ("The council", "The council’s own.")
    assert (plain.source.document, plain.valid_from) == ("The council’s own questions", date(2000, 1, 1))
    assert [(each.length, each.expected_minutes) for each in held.question_sets] == [("core", 60), ("full", 120)]


def test_a_core_asks_what_is_marked_and_there_is_none_where_nothing_is():
    own = changed_document(make_document(each=2), drop=())
    document = own.model_dump()
    document["domains"][0]["questions"][1]["core"] = False
    some = own_set.built(own_set.shaped(document)[0], "own-x-neglect-1", own_set.NO_DAY).question_sets
    assert [[question.key for question in each.questions] for each in some] == [
        ["d1/q1", "d2/q3", "d2/safe-today"],
        ["d1/q1", "d1/q2", "d2/q3", "d2/safe-today"],
    ]
    for domain in document["domains"]:
        for question in domain["questions"]:
            question["core"] = False
    (only,) = own_set.built(own_set.shaped(document)[0], "own-x-neglect-1", own_set.NO_DAY).question_sets
    assert (only.length, only.lengths) == ("full", ("full",))


def test_values_from_anywhere_have_one_kind_of_line_end_and_nothing_that_nobody_types():
    untidy = {"a": "one\r\ntwo\rthree\x00\x0b\ud800\ufffe", "b": ["x\x7f", ("y\t\n", 1, None, True)]}
    assert own_set.tidied(untidy) == {"a": "one\ntwo\nthree", "b": ("x", ("y\t\n", 1, None, True))}


def test_a_set_as_one_file_is_read_back_the_same_by_people_and_by_us():
    own = make_document(each=1, title="Neglect: “early”, ‘seen’", purpose="One line,\nand another")
    text = yaml_file.to_yaml(own)
    head, *lines = text.splitlines()
    assert head == "# A question set of a council’s own. Check it with: audit-app framework check FILE"
    assert lines[:2] == ["id: neglect", "title: 'Neglect: “early”, ‘seen’'"]
    assert "- id: d1" in lines and "  - id: q1" in lines, "keys in our order, a line each, lists as dashes"
    assert "subjects" not in text, "what stands at its default is not written"
    assert yaml_file.from_yaml(text.encode(), "neglect.yaml") == (own, ())
    long = yaml_file.to_yaml(make_document(each=1, purpose="a" + " a" * 200)).splitlines()
    assert [len(line) for line in long if " a a " in line][:3] == [110] * 3


def test_what_is_wrong_with_a_file_of_a_set_is_told_with_its_line():
    text = yaml_file.to_yaml(make_document(each=1))
    own, faults = yaml_file.from_yaml(text.replace("title: Neglect", "title: true").encode(), "a.yaml")
    assert own is None
    (fault,) = faults
    assert (fault.file, fault.key, fault.line) == ("a.yaml", "title", 3) and "must be text, but true" in fault.message
    assert yaml_file.from_yaml(b"\nid: one: two", "a.yaml")[1][0].line == 2
    place = yaml_file.fault_at(text.encode(), "a.yaml", ("domains", 0, "questions", 0, "number"), "x" * 600)
    assert text.splitlines()[place.line - 1].strip() == "number: Q1"
    assert (place.key, len(place.message)) == ("domains[0].questions[0].number", 500)
