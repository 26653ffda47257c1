"""A page of gaps asked of the database is the same page of all gaps found by the rule, on councils made by seed."""

import random

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from findings import queries
from findings.gaps import GapCode
from findings.queries import GapFilter, OwnedGap
from findings.tables import Action, ActionInArea, AreaForImprovement, FindingJudgementArea, Plan
from tests.findings.conftest import COUNCIL, TODAY
from tests.findings.test_gap_counts import LONG_TITLE, fill

NEAR_TEN_THOUSAND = 9_985  # so that AFI-9999 and AFI-10000 are among them
SIZE = 17
FILTERS = [
    GapFilter(),
    *(GapFilter(code=code) for code in GapCode),
    GapFilter(owner=LONG_TITLE[:40]),
    GapFilter(owner="Nobody of this name"),
    GapFilter(edition_id="ilacs-2026", judgement_area_id="HP"),
    GapFilter(code=GapCode.action_in_no_area, edition_id="ilacs-2026", judgement_area_id="HP"),
    GapFilter(owner="A post", edition_id="ilacs-2026", judgement_area_id="CIC"),
    GapFilter(code=GapCode.answer_overdue, edition_id="ilacs-2023", judgement_area_id="HP"),
]


def rows(session, table, *names):
    query = select(*(col(getattr(table, name)) for name in names)).where(col(table.authority_id) == COUNCIL)
    return session.execute(query).all()


def every_gap(session):
    """All gaps by the rule, each with whose it is and the judgement areas it touches, told from the rows themselves."""
    owners, touches = {}, {}
    for number, title, *judged in rows(session, AreaForImprovement, "number", "owner_post_title", "edition_id",
                                       "judgement_area_id"):  # fmt: skip
        owners[f"AFI-{number:04}"], touches[f"AFI-{number:04}"] = title, {tuple(judged)}
    owners |= {f"ACT-{number:04}": title for number, title in rows(session, Action, "number", "lead_post_title")}
    owners |= {f"PLN-{number:04}": title for number, title in rows(session, Plan, "number", "owner_post_title")}
    for action, area in rows(session, ActionInArea, "action_number", "area_number"):
        touches.setdefault(f"ACT-{action:04}", set()).update(touches[f"AFI-{area:04}"])
    for number, *judged in rows(session, FindingJudgementArea, "finding_number", "edition_id", "judgement_area_id"):
        touches.setdefault(f"FND-{number:04}", set()).add(tuple(judged))
    gaps = queries.list_gaps(session, COUNCIL, TODAY, evidence_months=6)
    return [(OwnedGap(gap, owners.get(gap.reference, "")), touches.get(gap.reference, set())) for gap in gaps]


def wanted_of(every, wanted):
    """Those a filter wants, by plain comparing."""
    return [
        owned
        for owned, touched in every
        if wanted.code in (None, owned.gap.code)
        and wanted.owner in ("", owned.owner[:40])
        and (not wanted.judgement_area or wanted.judgement_area in touched)
    ]


@pytest.mark.parametrize("seed", range(2))
def test_every_page_of_every_filter_is_the_one_the_rule_gives(engine, seed):
    with Session(engine) as session:
        fill(session, COUNCIL, random.Random(seed), NEAR_TEN_THOUSAND)
        fill(session, COUNCIL + 1, random.Random(seed + 100), NEAR_TEN_THOUSAND)
        session.flush()
        every = every_gap(session)
        assert {owned.gap.code for owned, _touched in every} == set(GapCode)
        for wanted in FILTERS:
            slow = wanted_of(every, wanted)
            last = max(1, -(-len(slow) // SIZE))
            for page in {1, 2, (last + 1) // 2, last, last + 1}:
                found = page_of(session, wanted, page)
                stands = min(page, last)  # beyond the last page stands the last
                assert list(found.rows) == slow[(stands - 1) * SIZE : stands * SIZE], (wanted, page)
                assert (found.total, found.page, found.pages) == (len(slow), stands, last)


def page_of(session, wanted, page):
    return queries.page_of_gaps(session, COUNCIL, TODAY, wanted, evidence_months=6, page=page, size=SIZE)


def test_what_stands_beside_the_page_counts_all_gaps_by_kind_and_owner(session):
    fill(session, COUNCIL, random.Random(9))
    every = every_gap(session)
    page = page_of(session, GapFilter(owner="A post"), 1)
    assert {code: number for code, owners in page.every.items() for number in [owners.total()]} == {
        code: sum(owned.gap.code is code for owned, _touched in every) for code in GapCode
    }
    assert {title for owners in page.every.values() for title in owners} == {owned.owner for owned, _touched in every}


def test_evidence_grows_old_on_the_same_day_in_the_database_and_by_the_rule(session):
    """Month ends are where the two ways of counting could part."""
    fill(session, COUNCIL, random.Random(3))
    for day in (TODAY.replace(month=2, day=28), TODAY.replace(month=8, day=31), TODAY.replace(month=9, day=1)):
        for months in (1, 6, 12):
            slow = [gap for gap in queries.list_gaps(session, COUNCIL, day, evidence_months=months)
                    if gap.code is GapCode.impact_evidence_old]  # fmt: skip
            found = queries.page_of_gaps(
                session, COUNCIL, day, GapFilter(GapCode.impact_evidence_old), evidence_months=months, page=1, size=500
            )
            assert [row.gap for row in found.rows] == slow
