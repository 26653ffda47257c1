"""The order of what needs a person, and how long lists are folded."""

import re
from datetime import date
from pathlib import Path

import pytest

from audit_app.drafts import KeptForm
from audit_app.home import queries, routes, unsaved, waiting
from audit_app.home.waiting import Line, Urgency, grouped, urgency_of
from tests.builders import MOMENT

TODAY = date(2026, 11, 2)


def line(number, due_on=None, kind="audit"):
    return Line(kind, urgency_of(due_on, TODAY), f"Thing {number}", "", "audits.show", {"number": number}, due_on)


@pytest.mark.parametrize(
    ("due_on", "urgency"),
    [
        (date(2026, 11, 1), Urgency.overdue),
        (date(2026, 11, 2), Urgency.this_week),
        (date(2026, 11, 9), Urgency.this_week),
        (date(2026, 11, 10), Urgency.later),
        (None, Urgency.later),
    ],
)
def test_a_due_date_says_how_pressing_a_thing_is(due_on, urgency):
    assert urgency_of(due_on, TODAY) is urgency


def test_the_most_pressing_stands_first_and_the_longest_overdue_before_the_rest():
    concern = Line("concern", Urgency.today, "Concern", "", "audits.concerns_of", {"number": 1})
    lines = [line(1, date(2026, 12, 1)), line(2, date(2026, 11, 1)), concern, line(3, date(2026, 10, 1)), line(4)]
    groups = grouped(lines)
    assert [group.heading for group in groups] == ["Today", "Overdue", "When you can"]
    assert [one.what for group in groups for one in group.lines] == [
        "Concern",
        "Thing 3",
        "Thing 2",
        "Thing 1",
        "Thing 4",
    ]


def test_a_long_list_of_one_kind_is_folded_into_one_line_where_a_page_lists_them():
    (group,) = grouped([line(number, date(2026, 10, 1)) for number in range(9)])
    assert len(group.lines) == 5
    assert [one.what for one in group.more] == ["4 more audits of yours"]
    (whole,) = grouped([line(number, date(2026, 10, 1), kind="confirm") for number in range(9)])
    assert (len(whole.lines), whole.more) == (9, ())


def test_every_page_a_line_can_lead_to_exists(app):
    source = " ".join(Path(module.__file__).read_text("utf-8") for module in (queries, waiting, routes))
    named = set(re.findall(r'"((?:audits|improvement|packs|people|home)\.[a-z_]+)"', source))
    assert {"audits.show", "audits.index", "improvement.your_actions", "packs.list_packs"} <= named
    assert named - set(app.view_functions) == set()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/greenhaven/audits/AUD-0042/domains/plan", "AUD-0042, domains, plan"),
        ("/greenhaven/findings/raise", "findings, raise"),
        ("/elsewhere/audits/AUD-0042", None),
        ("/your-account", None),
    ],
)
def test_unsaved_text_is_named_by_the_page_it_belongs_to(path, words):
    draft = KeptForm(authority_id=1, person_id=1, path=path, reason="typing", values="[]", kept_at=MOMENT)
    told = unsaved.page_of(draft, "greenhaven")
    assert (told.words if told else None) == words
