"""Which pieces of evidence a pack has as exhibits, and in which order, before anything is built."""

import pytest

from audit_app.errors import Invalid, OutOfTurn
from audit_app.packs.exhibits import chosen, queries
from audit_app.packs.exhibits import service as exhibits
from tests import builders_evidence, builders_packs

NOW = builders_packs.NOW


@pytest.fixture
def pieces(session, council):
    """Three pieces that prove the finding."""
    made = [builders_evidence.add(session, by=council.manager, now=NOW, proves=["FND-0001"], level=3) for _ in "abc"]
    session.commit()
    return made


def test_they_move_up_when_one_is_left_out_and_stand_so_in_a_new_version(building, session, council, pieces):
    by = {"by": council.manager, "now": NOW}
    row = building.asked()
    building.choose(row, pieces)

    def stands(pack):
        return [(line.position, line.evidence_number) for line in queries.rows_of(session, pack)]

    first, second, third = (piece.number for piece in pieces)
    assert stands(row) == [(1, first), (2, second), (3, third)]
    for none_such in ("E0", "E4", "E", "E-1", "2", "EE"):
        with pytest.raises(OutOfTurn, match="no such exhibit any more"):
            exhibits.leave_out(session, row, none_such, **by)
    exhibits.leave_out(session, row, "E2", **by)
    assert [number for _at, number in stands(row)] == [first, third]
    assert [line.number for line in queries.exhibits_of(session, row)] == ["E1", "E2"]
    session.commit()
    assert stands(building.asked(replaces=row.number)) == [(1, first), (2, third)]


def test_a_pack_has_200_at_most_each_once_and_only_what_is_there(building, session, council, pieces):
    row = building.asked()
    every = building.candidates(row)
    key = f"EVD-{pieces[0].number:04d}/1"

    def choose(*keys):
        exhibits.choose(session, row, every.values(), keys, by=council.manager, now=NOW)
        return [line.evidence_number for line in queries.rows_of(session, row)]

    assert choose(*[key] * chosen.MOST) == [pieces[0].number]
    for keys, words in (([key] * 201, "at most 200"), (["EVD-9999/1"], "not there any more")):
        with pytest.raises(Invalid, match=words):
            choose(*keys)
    assert choose() == []
    session.commit()
