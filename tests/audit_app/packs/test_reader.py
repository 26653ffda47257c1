"""A hundredth of the reading that `tests/proof/test_reader.py` does in full, and that it finds what is planted."""

import json

import pytest

from audit_app.packs import contents, queries_gathering
from audit_app.packs.composing import pack as composing
from tests import builders_packs
from tests.audit_app.packs import bad_text
from tests.audit_app.packs.reader import Reader, strings
from tests.audit_app.packs.reader_rows import Rows


@pytest.fixture
def reading(session, year):
    """Call with a level to get a pack as plain values, and the rows it must agree with."""

    def make(level):
        row = builders_packs.make_row(level=level, each_audit=level < 2)
        extract = queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6)
        pack = json.loads(contents.canonical(composing.compose(extract)))
        return pack, Rows(session.connection(), pack)

    return make


@pytest.mark.parametrize("level", [1, 3])
def test_every_figure_is_explained_and_no_text_is_spoilt(reading, level):
    pack, rows = reading(level)
    assert Reader(pack, rows).read() == []
    spoilt = {
        fault
        for path, text in strings(pack)
        if not str(path[-1]).endswith(("_code", "hash"))
        for fault in (*bad_text.faults(text), *bad_text.doubled(text))
    }
    assert spoilt == set()


def changed(pack, path, change):
    """A pack with one of its values changed."""
    copy = json.loads(json.dumps(pack))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = change(place[path[-1]])
    return copy


def test_a_planted_untruth_is_told(reading):
    pack, rows = reading(1)
    table = ("areas", 0, "tables", 0)
    place = next(
        (n, m)
        for n, thread in enumerate(pack["threads"])
        for m, part in enumerate(thread["parts"])
        if any("Judged on" in text for text in part["sentences"])
    )
    judged = ("threads", place[0], "parts", place[1], "sentences", 0)
    planted = {
        "count": ((*table, "rows", 0, "counts", 1), lambda number: number + 1),
        "n of a title": ((*table, "title"), lambda text: text.replace("in 1", "in 2")),
        "first page": (("summary", 0), lambda text: text.replace("10 agreed", "11 agreed")),
        "judgement": (judged, lambda text: text.replace("some difference", "a clear difference")),
        "day": (judged, lambda text: text.replace("2026", "2025")),
        "colour": (("actions", 0, "colour"), lambda word: "blue" if word != "blue" else "green"),
        "due": (("actions", 0, "due_on"), lambda _: "2031-01-01"),
        "a figure of nowhere": (("not_yet",), lambda pairs: [*pairs, ["AFI-0001", "It fell to 77 in 93."]]),
        "an area of nowhere": (("not_yet",), lambda pairs: [*pairs, ["AFI-0977", "Too little."]]),
        "answered": (("reports", 0, "asked", 0, "unanswered"), lambda given: not given),
        "a share": (("answers", "practice", 0, "reached"), lambda number: number + 1),
        "a change": (("answers", "practice", 0, "change"), lambda _: "More than before, beyond what chance would give"),
        "closed": (("answers", "different", 0), lambda text: text.replace("1 of 2", "2 of 2")),
        "next": (("answers", "next_steps"), lambda lines: ["By 1 January 2031, nobody: all (ACT-0002).", *lines]),
        "asked": (("answers", "asked", 0), lambda text: text.replace("1 answered", "2 answered")),
        "days past": (("reports", 0, "asked", 0, "against_date"), lambda text: f"9{text}"),
        "state": (("reports", 0, "asked", 0, "state_code"), lambda _: "in_hand"),
        "what we did": (("threads", 1, "did", 1, "state"), lambda _: "Due on 12 October 2027"),
        "overdue": (("sheets", 0, "themes", 0, "actions", 1, "reported"), lambda text: text.replace("21", "20")),
        "impact": (
            ("sheets", 0, "themes", 0, "actions", 0, "impact"),
            lambda _: ["AFI-0001: no difference, judged"],
        ),
        "by": (("sheets", 0, "themes", 0, "actions", 0, "by"), lambda _: ["1 October 2026"]),
        "a grade": (("audits", 0, "grade"), lambda grade: "Outstanding" if grade != "Outstanding" else "Good"),
    }
    unseen = [name for name, (path, change) in planted.items() if not Reader(changed(pack, path, change), rows).read()]
    assert unseen == []


@pytest.mark.parametrize(
    "text",
    [
        "The plan is late., in part.",
        "Printed in: Privacy notice.Anybody reads it.",
        "The plan is late..",
        "““Plans are late.””",
        "It was due on 3 march 2026.",
        "Seen by Sif 2013.",
        "The grade is None.".replace("None.", "None here."),
        "There are 1 audits.",
        "There are 2 audit here.",
        "Rated requires_improvement by all.",
        "Nothing ( here ) at all.",
        "Nothing () at all.",
        "Managers notice delay but rarely stop …. Managers notice delay but rarely stop it in time.",
        "It was the the plan.",
        "It says {name} here.",
        "It stood at 74 per cent; 6 per cent to go.",
        "2 claims; none of them rest on nothing that was cited.",
    ],
)
def test_a_planted_bad_text_is_told(text):
    assert bad_text.faults(text)


def test_a_sentence_printed_twice_and_a_formula_too_often_are_told():
    sentence = "Managers notice delay and rarely stop it before it harms."
    assert bad_text.doubled(f"{sentence} {sentence}") == [sentence]
    again = [f"The same record and questions as AUD-{n:04d}, read again on another day." for n in range(5)]
    assert bad_text.formulas(again) and not bad_text.formulas(again[:3])


@pytest.mark.parametrize(
    "text", ["Nothing is amiss: 1 audit, 21 audits, 2 case audits (see AUD-0001).", "e.g. a plan."]
)
def test_good_text_is_left_alone(text):
    assert bad_text.faults(text) == []
