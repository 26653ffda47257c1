"""More than five hundred identifiers planted in a council at four levels: none leaves it above its level.

The table under `-s` says how many were planted where, and in how many of these places a reader meets them.
"""

import sys
from collections import Counter

import pytest

from tests.audit_app.packs.exhibits.conftest import app, engine, session  # noqa: F401 (a council for the whole module)
from tests.audit_app.packs.planted import council
from tests.audit_app.packs.planted.leaving import KINDS, Leaving, seen_in
from tests.audit_app.packs.planted.test_planted import above_their_level
from tests.audit_app.security import world

FEWEST = 500
LEADERSHIP = 1


@pytest.fixture(scope="module")
def leaving(session, app, engine):  # noqa: F811
    garden = council.Garden(session, app, seed=20261130).sow()
    assert len(garden.planted) >= FEWEST
    return Leaving(garden, world.sign_in(app, engine, garden.people.manager))


def tell(title, counts, whole):
    sys.stderr.write(f"\n{title}\n")
    for key, count in sorted(whole.items()):
        sys.stderr.write(f"  {key!s:55} {counts.get(key, 0):4} of {count:4}\n")


def test_the_five_hundred_by_place_and_level(leaving):
    whole = Counter((each.kind_of_place, each.level) for each in leaving.garden.planted)
    tell("Planted, by place and level", whole, whole)
    kinds = Counter(each.identifier.kind for each in leaving.garden.planted)
    tell("Planted, by kind", kinds, kinds)
    assert {level for _place, level in whole} == {-1, 0, 1, 2, 3}


@pytest.mark.parametrize("level", range(4))
def test_none_of_five_hundred_leaves_above_its_level(leaving, level):
    files = list(leaving.packs_at(level, KINDS))
    if level <= LEADERSHIP:
        files += [*leaving.papers(), *leaving.sheets()]
    planted, seen = leaving.garden.planted, seen_in(files)
    may_be = [each for each in planted if each.level >= level]
    there = {each for each in may_be if seen.holds(each.identifier)}
    places = Counter(each.place for each in may_be)
    tell(f"Met at level {level}", Counter(each.place for each in there), places)
    assert above_their_level(planted, seen, level) == []
    assert len(there) > 0.7 * len(may_be)  # the control: the reader sees; two of three self-assessments are in no pack
