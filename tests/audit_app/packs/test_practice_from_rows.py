"""Each figure of practice in a pack worked out again from the rows: plain Python over tables and the bank file."""

from collections import Counter
from math import sqrt

import pytest
from ruamel.yaml import YAML

import frameworks
from audit_app.packs import queries_gathering
from audit_app.packs.composing import pack as composing
from audit_app.packs.disclosure.levels import LEADERSHIP, PUBLISHABLE
from tests import builders_figures, builders_packs
from tests.house import source

SETS = ("child-protection", "in-care")
FOLDER = source.ROOT / "frameworks" / "sets" / "case-audit-1"
ORDER = ("LEAD", "HP", "CIC", "CL")  # as ILACS of 2026 prints its areas
BEST_FIRST = ("outstanding", "good", "requires_improvement", "inadequate")


def homes():
    """The area under which each set's domain is printed: of those its file names for it, the first in print order."""
    bank = {domain["id"]: domain for domain in YAML(typ="safe").load(FOLDER / "bank.yaml")["domains"]}
    made = {}
    for set_id in SETS:
        reads_as = YAML(typ="safe").load(FOLDER / f"{set_id}.yaml").get("reads_as", {})
        for domain_id, domain in bank.items():
            areas = {reads_as.get(area, area) for area in domain["informs"]}
            made[set_id, domain_id] = (min(areas, key=ORDER.index), domain["title"])
    return made


def counted_from_rows(session, at_random):
    """For each area and domain how often each grade was given, and which audits gave one under each area."""
    audits = {row["number"]: row for row in builders_figures.audits_in_rows(session) if row["at_random"] is at_random}
    home_of = homes()
    counts, numbers = {}, {}
    for number, domain_id, grade in builders_figures.grades_in_rows(session, audits.values()):
        area, title = home_of[audits[number]["set_id"], domain_id]
        counts.setdefault((area, title), Counter())[grade] += 1
        numbers.setdefault(area, set()).add(number)
    return counts, numbers


def wilson(part, whole, z=1.959963984540054):
    middle, half = part + z * z / 2, z * sqrt(part * (whole - part) / whole + z * z / 4)
    return (middle - half) / (whole + z * z), (middle + half) / (whole + z * z)


def held_by(words, low, high):
    """Whether a range in tenths holds an interval, give or take half a tenth."""
    tenths = [int(part) for part in words.replace("none", "0").replace("all", "10").split() if part.isdigit()]
    return min(tenths) - 0.5 <= 10 * low and 10 * high <= max(tenths[:2]) + 0.5


@pytest.fixture
def packs(session):
    """Packs for leaders and for everybody of one council, in which 40 were drawn at random and 21 chosen."""
    builders_figures.make_council(session, random=40, chosen=21, of=SETS)
    made = {}
    for level in (LEADERSHIP, PUBLISHABLE):
        row = builders_packs.make_row(level=level)
        made[level] = composing.compose(
            queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6)
        )
    return made


def test_every_figure_of_a_pack_is_what_the_rows_say(packs, session):
    assert [area.id for area in frameworks.edition("ilacs-2026").areas] == list(ORDER)
    pack, public = packs[LEADERSHIP], packs[PUBLISHABLE]
    for at_random, how in ((True, "drawn at random"), (False, "chosen, not selected at random")):
        counts, numbers = counted_from_rows(session, at_random)
        left = dict(counts)
        for area in pack.areas:
            code = area.key.rpartition("-")[2]
            for table in [table for table in area.tables if table.title.endswith(how)]:
                assert table.title == f"Grades given in {len(numbers[code])} audits {how}"
                for row in table.rows:
                    given = left.pop((code, row.name))
                    assert row.counts == tuple(given[grade] for grade in BEST_FIRST)
                    assert row.total == sum(given.values())
                assert_shares(table, counts, code, at_random)
        assert left == {}, "grades in the rows that the pack does not print"
        assert_public_tells_nothing_small(public, counts, how)
    said = pack.summary[0]
    assert "40 agreed audits drawn at random and 21 agreed audits that were chosen" in said and "61" not in said


def assert_shares(table, counts, code, at_random):
    """Ten or more drawn at random have a share and a range; others, and the chosen ones, have neither."""
    expected = {}
    for row in table.rows:
        given = counts[code, row.name]
        reached, n = given["outstanding"] + given["good"], sum(given.values())
        if at_random and n >= 10:
            expected[row.name] = (reached, n)
    assert {row.name: (row.reached, row.of) for row in table.intervals} == expected
    for row in table.intervals:
        assert row.share == f"{int(100 * row.reached / row.of + 0.5)}%"
        assert held_by(row.in_service, *wilson(row.reached, row.of))
    few = {row.name for row in table.rows if row.total < 10}
    assert not at_random or few == {name for name in few if any(f"“{name}” (" in text for text in table.before)}


def assert_public_tells_nothing_small(pack, counts, how):
    """Each number in it is five or more and what the rows say; each share that may be told is told."""
    for area in pack.areas:
        code = area.key.rpartition("-")[2]
        for table in [table for table in area.tables if table.title.endswith(how)]:
            told = {row.name: (row.reached, row.of) for row in table.intervals}
            for row in table.rows:
                given = counts[code, row.name]
                shown = [count for count in (*row.counts, row.total) if count is not None]
                assert all(count >= 5 for count in shown)
                assert all(count in (None, given[grade]) for count, grade in zip(row.counts, BEST_FIRST, strict=True))
                reached = given["outstanding"] + given["good"]
                rest = sum(given.values()) - reached
                may_be_told = min(reached, rest) >= 5 and (how == "drawn at random" or None in row.counts)
                assert (row.name in told) is may_be_told
                assert not may_be_told or told[row.name] == (reached, reached + rest)
