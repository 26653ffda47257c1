"""What stops a pack says how much stands and names the first ten places, never more and never the words."""

from dataclasses import replace

import pytest

from audit_app import disclosure, jobs
from audit_app.errors import OutOfTurn
from audit_app.packs import service_building
from audit_app.packs.clearing import service as clearing_service
from audit_app.packs.contents import GapPart
from audit_app.packs.disclosure.clearing import Clearing, Place
from audit_app.packs.disclosure.register_texts import TypedText
from audit_app.packs.exhibits.looks import Look
from audit_app.packs.tables import Decision, SuspectDecision
from tests import builders_packs

TEN = ", ".join(f"FND-{number:04d}" for number in range(1, 11))


def places(count):
    """Words in as many findings that nobody has decided about."""
    suspect = disclosure.Suspect(disclosure.Kind.person, "Kayleigh", 0)
    return tuple(
        Place(TypedText(f"FND-{number:04d}", "finding.text", "Kayleigh waits"), suspect, None)
        for number in range(1, count + 1)
    )


def looks(count):
    """As many files that nobody has looked at."""
    return tuple(Look(f"E{number}", "EVD-0001", 1, "Kayleigh", "a" * 64, "", None) for number in range(1, count + 1))


@pytest.mark.parametrize(
    ("clearing", "words"),
    [
        (Clearing(2, places(1)), "1 place in its texts may tell of a person: FND-0001. "),
        (Clearing(3, places(12)), f"12 places in its texts may tell of a person: {TEN}. "),
        (Clearing(2, (), looks(12)), "by a machine: E1, E2, E3, E4, E5, E6, E7, E8, E9, E10. "),
        (Clearing(2, places(2), looks(2)), "2 places in its texts may tell of a person: FND-0001, FND-0002. "),
    ],
)
def test_while_something_stands_a_pack_that_leaves_is_refused_and_the_first_ten_are_named(clearing, words):
    with pytest.raises(OutOfTurn) as refusal:
        clearing_service.refuse_standing(clearing)
    assert words in str(refusal.value) and "Kayleigh" not in str(refusal.value)


def test_nothing_is_refused_inside_the_council_or_when_nothing_stands():
    for level, standing in ((0, places(2)), (1, places(2)), (2, ()), (3, ())):
        clearing_service.refuse_standing(Clearing(level, standing, looks(1) if level < 2 else ()))


def test_what_reached_the_contents_by_another_way_stops_the_pack_and_the_first_ten_are_named(composed, year):
    pack = composed("inspection-pack", level=2)
    for words, refuse, looked_at in (
        ("See G-200001.", service_building.refuse_leaks, ["G-200001"]),
        ("NHS number 943 476 5919.", service_building.refuse_unread, Clearing(2, ())),
    ):
        gaps = tuple(GapPart(f"FND-{number:04d}", words, "") for number in range(1, 13))
        with pytest.raises(jobs.JobFailed) as refusal:
            refuse(replace(pack, gaps=gaps), looked_at)
        assert f": {TEN}. " in str(refusal.value) and "943" not in str(refusal.value)
        assert "G-200001" not in str(refusal.value)
        refuse(replace(pack, gaps=()), looked_at)


def test_who_decided_what_is_counted_over_words_and_files():
    def decided(by, decision):
        return SuspectDecision(decided_by=by, decision=decision, decided_at=builders_packs.NOW)

    three = [
        replace(place, decision=made)
        for place, made in zip(
            places(3), (decided(7, Decision.cleared), decided(8, Decision.accepted), None), strict=True
        )
    ]
    clearing = Clearing(2, tuple(three), (replace(looks(1)[0], decision=decided(9, Decision.cleared)), *looks(1)))
    assert clearing.decided_by == (7, 8, 9)
    assert [clearing.count(decision) for decision in (Decision.cleared, Decision.accepted)] == [1, 1]
    assert (clearing.references, clearing.decided) == (("FND-0003",), tuple(three[:2]))
    assert [clearing.find(place.key) for place in three] == three and clearing.find("made up") is None
