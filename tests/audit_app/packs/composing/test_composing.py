"""Composing is pure: the same extract gives the same bytes each time, what was left out included."""

import pytest

from audit_app.packs import contents, queries_gathering
from audit_app.packs.composing import pack as composing
from audit_app.packs.disclosure import levels
from tests import builders_packs
from tests.chosen import one_in


@pytest.mark.parametrize("level", one_in(2, sorted(levels.NAMES), "the same composing at each level"))
def test_composing_the_same_extract_again_gives_the_same_bytes(session, year, level):
    row = builders_packs.make_row(level=level, each_audit=True)
    extract = queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6)
    first, second = composing.compose(extract), composing.compose(extract)
    # Everything of this register may be told inside; what stays in the audits is named even so.
    assert (len(first.withheld) == 1) is (level == levels.INTERNAL)
    assert contents.canonical(first) == contents.canonical(second)
