"""Facts about the record: refused where they could not be asked, kept as given, carried only where they still fit."""

from datetime import date

import pytest

import frameworks
from frameworks.kinds import record_facts
from frameworks.kinds.record_facts import RecordFact
from frameworks.own_sets import own_set


def fact(fact_id="placement", title="Placement type", kind="choice", **more):
    """A fact; a choice of two unless the test says otherwise."""
    choices = ("Foster care", "Children’s home") if kind == "choice" else ()
    return RecordFact(**{"id": fact_id, "title": title, "kind": kind, "choices": choices, **more})


class Asking:
    """A set that asks these facts."""

    def __init__(self, *facts):
        self.facts = facts


@pytest.mark.parametrize(
    ("facts", "place", "remedy"),
    [
        ([fact(), fact(title="Another")], ("facts", 1, "id"), "Give each its own"),
        ([fact(), fact("other", "placement  TYPE")], ("facts", 1, "title"), "own title"),
        ([fact(choices=("One",))], ("facts", 0, "choices"), "at least two"),
        ([fact(choices=("One", "one "))], ("facts", 0, "choices"), "twice"),
        ([fact(kind="text", choices=("One", "Two"))], ("facts", 0, "choices"), "make it a choice"),
        ([fact(kind="date", unit="days")], ("facts", 0, "unit"), "only a number"),
        ([fact("f", "One", "text"), fact("g", "Two", "text"), fact("f", "Two", "text")], ("facts", 2, "id"), "own"),
        ([fact(title="x" * 121)], ("facts", 0, "title"), f"“{'x' * 60}”: this is longer than 120 characters. Shorten"),
        ([fact(hint="x" * 501)], ("facts", 0, "hint"), "“Placement type”: this is longer than 500 characters"),
        ([fact(kind="number", unit="x" * 41)], ("facts", 0, "unit"), "this is longer than 40 characters"),
        ([fact(title="One\ntwo")], ("facts", 0, "title"), "a title stands on one line"),
        ([fact(choices=())], ("facts", 0, "choices"), "at least two"),
        ([fact(choices=tuple(map(str, range(41))))], ("facts", 0, "choices"), "more than 40 choices"),
        ([fact(choices=("One", "x" * 121))], ("facts", 0, "choices"), "longer than a line of 120 characters"),
        ([fact(choices=("One\ntwo", "Three"))], ("facts", 0, "choices"), "longer than a line of 120 characters"),
        ([fact(f"f-{at}", f"Fact {at}", "text") for at in range(13)], ("facts",), "at most 12"),
    ],
)
def test_what_could_not_be_asked_is_said_at_its_place(facts, place, remedy):
    complaints = list(record_facts.complaints(Asking(*facts)))
    assert [path for path, _ in complaints] == [place]
    assert remedy in complaints[0][1]


@pytest.mark.parametrize(
    "longest",
    [
        fact(title="x" * 120, hint="x" * 500),
        fact(kind="number", unit="x" * 40),
        fact(choices=("x" * 120, *map(str, range(39)))),
        fact(hint="Two\nlines"),
    ],
)
def test_a_fact_may_say_as_much_as_there_is_room_for(longest):
    assert not list(record_facts.complaints(Asking(longest)))


def test_twelve_sound_facts_are_no_fault():
    kinds = ("text", "date", "number", "choice")
    facts = [fact(f"f-{at}", f"Fact {at}", kinds[at % 4], unit="days" if at % 4 == 2 else None) for at in range(12)]
    assert not list(record_facts.complaints(Asking(*facts)))


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("choice", "Foster care", True),
        ("choice", "foster care", False),
        ("date", "2026-03-27", True),
        ("date", "2026-02-30", False),
        ("number", "3.5", True),
        ("number", "three", False),
        ("text", "x" * 1000, True),
        ("text", "x" * 1001, False),
        ("text", "x\x00", False),
        *((kind, "", True) for kind in ("choice", "date", "number", "text")),
    ],
)
def test_what_may_be_given(kind, given, kept):
    assert (record_facts.why_not(fact(kind=kind), given) == "") is kept


def test_what_is_too_long_is_told_by_how_much():
    said = record_facts.why_not(fact(kind="text"), "x" * 2_500)
    assert said == "Write 1,000 characters or fewer. It is 1,500 too long"


def test_of_what_an_audit_needs_that_is_missing_which_is_not_given():
    facts = [fact(name, name, "text", needed=name != "b") for name in "abcde"]
    given = {"a": "words", "c": " ", "e": ""}
    assert [each.id for each in record_facts.missing(facts, given)] == ["c", "d", "e"]


def test_typed_words_may_tell_of_a_person_and_a_choice_never_does():
    assert frozenset({"text", "date", "number"}) == record_facts.TYPED


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (fact(), "Placement type (one of: Foster care; Children’s home)"),
        (fact(kind="number"), "Placement type (a number)"),
        (fact(kind="number", unit="days"), "Placement type (a number, days)"),
        (fact(kind="date"), "Placement type (a day)"),
        (fact(kind="text"), "Placement type (in words)"),
    ],
)
def test_a_fact_is_told_with_how_it_is_given(asked, words):
    assert record_facts.in_words(asked) == words


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (fact(hint="Look", needed=True), "kept"),
        (fact(title="Placement"), "reworded"),
        (fact(kind="text"), "reworded"),
        (fact(choices=("Children’s home", "Foster care")), "reworded"),
    ],
)
def test_a_fact_is_kept_while_what_was_given_means_the_same(after, kind):
    (change,) = record_facts.changes(Asking(fact()), Asking(after))
    assert change == record_facts.FactChanged(
        "placement", kind, record_facts.in_words(fact()), record_facts.in_words(after)
    )
    gone, new = record_facts.changes(Asking(fact()), Asking(fact("other", "Other", "text")))
    assert (gone.kind, gone.before, gone.after) == ("retired", record_facts.in_words(fact()), None)
    assert (new.kind, new.id, new.before, new.after) == ("new", "other", None, "Other (in words)")


def test_what_is_given_goes_along_only_where_it_can_still_stand():
    number = {"kind": "number", "unit": "days"}
    before = Asking(
        fact(), fact("moves", "Moves", **number), fact("open", "Opened", "date"), fact("gone", "Gone", "text")
    )
    after = Asking(
        fact(choices=("Foster care", "With parents")),
        fact("moves", "Moves", kind="number", unit="weeks"),
        fact("open", "Case opened", "date"),
    )
    given = {"placement": "Children’s home", "moves": "3", "open": "2026-03-27", "gone": "words"}
    assert record_facts.carried(before, after, given) == {"open": "2026-03-27"}
    assert record_facts.carried(before, after, {"placement": "Foster care"}) == {"placement": "Foster care"}
    changed = {each.id: each.kind for each in record_facts.changes(before, after)}
    assert changed == {"placement": "reworded", "moves": "reworded", "open": "reworded", "gone": "retired"}
    assert [each.kind for each in record_facts.changes(after, before)][-1] == "new"


def test_a_built_set_asks_its_facts_at_each_length_and_its_fingerprint_says_so():
    from_files = frameworks.question_set("case-audit-2", "child-protection", "full")
    assert from_files.facts == ()
    own, _ = own_set.shaped(_document())
    with_facts, _ = own_set.shaped({**_document(), "facts": (fact().model_dump(),)})
    built, asking = (own_set.built(each, "own-1", date(2026, 1, 1)).question_sets for each in (own, with_facts))
    assert [questions.facts for questions in asking] == [(fact(),)] * len(asking)
    assert all(one.fingerprint != other.fingerprint for one, other in zip(built, asking, strict=True))
    again, _ = own_set.shaped({**_document(), "facts": ()})
    assert again.fingerprint == own.fingerprint


def _document():
    scale = {"id": "yes-no", "points": ({"code": "no", "name": "No"}, {"code": "yes", "name": "Yes"})}
    question = {
        "id": "seen",
        "number": "D1.1",
        "text": "Was it seen?",
        "type": "check",
        "cohorts": ("ALL",),
        "core": True,
    }
    return {
        "id": "visits", "title": "Visits", "purpose": "Visits.", "informs_edition": "ilacs-2026", "scales": (scale,),
        "answer_scales": {"check": "yes-no"},
        "domains": ({"id": "one", "number": "D1", "title": "One", "graded": False, "questions": (question,)},),
    }  # fmt: skip
