"""Identifiers planted wherever something can be typed or is hidden in a file: none is in what leaves above its level.

The proofs plant hundreds and build everything; here as many as are planted in a few seconds, and a pack of each sort.
"""

import pytest

from audit_app.packs.disclosure.text_columns import PRINTED_AS
from audit_app.packs.exhibits import service as exhibits
from tests.audit_app.packs.exhibits.conftest import app, engine, session  # noqa: F401 (a council for the whole module)
from tests.audit_app.packs.planted import council, levels
from tests.audit_app.packs.planted.leaving import SIGNED, Leaving, seen_in
from tests.audit_app.security import world

# Where a text of what an exhibit is, or of its file, stands; evidence that is no exhibit is told of in short.
OF_EXHIBITS = ("words of", "hidden in", "link", "elsewhere")


@pytest.fixture(scope="module")
def leaving(session, app, engine):  # noqa: F811
    garden = council.Garden(session, app, seed=20261130, share=0.3).sow(every_file=False, audits=1)
    return Leaving(garden, world.sign_in(app, engine, garden.people.manager))


def above_their_level(planted, seen, level):
    return sorted({(each.place, each.level) for each in planted if each.level < level and seen.holds(each.identifier)})


def met(planted, seen, level, places=""):
    """How many of those that may be read at a level the reader met, and how many there are."""
    may_be = [each for each in planted if each.level >= level and each.place.startswith(places)]
    return sum(seen.holds(each.identifier) for each in may_be), len(may_be)


@pytest.mark.parametrize(
    ("level", "kind", "places"), [(1, "inspection-pack", ""), (2, SIGNED, "self_assessment")], ids=("1", "2")
)
def test_none_is_in_a_pack_above_its_level(leaving, level, kind, places):
    planted = leaving.garden.planted
    seen = seen_in(leaving.packs_at(level, [kind]))
    assert above_their_level(planted, seen, level) == []
    there, of = met(planted, seen, level, places)
    assert there > of / 4  # the control: the reader sees; two of three self-assessments are in no pack


def test_a_publishable_pack_stops_for_each_and_has_none_of_what_was_left_out(leaving, session):  # noqa: F811
    planted = leaving.garden.planted
    row = leaving.ask("inspection-pack", 3)
    message = leaving.build(row)
    assert "may tell of a person" in message and (row.contents, row.pdf_sha256) == ("", "")
    standing = leaving.standing(row).standing
    asked = seen_in([("asked", place.text.text.encode()) for place in standing])
    printed = [each for each in planted if each.level == 3 and not each.place.startswith(("link", "jpg"))]
    unasked = [each for each in printed if not asked.holds(each.identifier)]
    assert len(unasked) <= 0.05 * len(printed), unasked
    assert {place.text.reference for place in standing} >= {"FND-0001", "ACT-0001", "AFI-0001"}
    assert {place.text.where for place in standing} >= {"E1", "E3"}
    for _ in exhibits.queries.lines_of(session, row):
        exhibits.leave_out(session, row, "E1", by=leaving.by, now=council.NOW)
    leaving.decide_all(row)
    assert leaving.build(row) == "" and row.state == "ready"
    seen = seen_in(leaving.files_of(row))
    assert above_their_level(planted, seen, 3) == []
    assert [each for each in planted if each.place.startswith(OF_EXHIBITS) and seen.holds(each.identifier)] == []
    there, of = met(planted, seen, 3)
    assert there > of / 2


def test_each_column_that_a_pack_prints_is_planted_or_planted_otherwise():
    printed = {column for columns in PRINTED_AS.values() for column in columns}
    assert printed - levels.columns().keys() - levels.OTHERWISE == set()
