"""Which words of a pack's texts are asked about, beside which decision they are laid, and what still stops the pack."""

from datetime import UTC, date, datetime, timedelta

import pytest

from audit_app import disclosure
from audit_app.packs.disclosure import clearing
from audit_app.packs.disclosure.clearing import Clearing, Place
from audit_app.packs.disclosure.register_texts import TypedText
from audit_app.packs.exhibits.looks import Look
from audit_app.packs.tables import Decision, SuspectDecision

COUNCIL = disclosure.council(date(2026, 11, 2))
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ALONE = "Kayleigh said that she was not asked"


def typed(text, reference="FND-0001", column="finding.text"):
    return TypedText(reference, column, text)


def decided(place, number, *, level=3, decision=Decision.cleared, at=NOW, **changed):
    given = {
        "reference": place.text.reference, "text_column": place.text.column, "kind": place.suspect.kind,
        "text_sha256": clearing.text_sha256(place.text), "words_sha256": clearing.words_sha256(place.suspect),
    }  # fmt: skip
    return SuspectDecision(authority_id=1, id=number, decision=decision, level=level, reason="An example",
                           decided_by=number, decided_at=at, **{**given, **changed})  # fmt: skip


def cleared(*texts, decisions=(), level=3):
    return clearing.clear(texts, COUNCIL, decisions, level)


def words(of):
    return [(place.text.column, place.suspect.words) for place in of.places]


EVERY_SORT = (
    "Kayleigh said that LCS 123456 was late, as 3 children did. Rowan, 7, born 3/4/19, lives at 14 Mill Lane SE10 8TH, "
    "telephone 020 7946 0958, jo@example.org"
)


def test_a_case_is_asked_about_where_the_pack_leaves_and_a_small_number_only_where_everybody_reads():
    kinds = {each.kind for each in disclosure.suspects(EVERY_SORT, COUNCIL)}
    case, small = disclosure.Kind.case_reference, disclosure.Kind.small_number
    # Sorts whose words come before and behind the two in the alphabet.
    assert {case, small, disclosure.Kind.address, disclosure.Kind.birth, disclosure.Kind.telephone} < kinds
    for level, never in ((0, {case, small}), (1, {case, small}), (2, {small}), (3, set())):
        asked = {place.suspect.kind for place in cleared(typed(EVERY_SORT), level=level).places}
        assert asked == kinds - never
        assert clearing.leaves(level) is (level >= 2)


def test_the_same_words_twice_in_one_text_are_one_thing_to_decide_and_in_two_texts_two():
    once = cleared(typed(f"{ALONE}. {ALONE.replace('Kayleigh', 'KAYLEIGH').lower()}. Kayleigh was alone."))
    assert [each for _, each in words(once)].count("Kayleigh") == 1
    both = cleared(typed(ALONE), typed("Kayleigh was alone", "FND-0002"))
    assert len(both.places) == 2 and both.references == ("FND-0001", "FND-0002")


@pytest.mark.parametrize(
    ("title", "reference", "column", "asked"),
    [
        ("Kayleigh said", "FND-0001", "finding.title", ["finding.text"]),
        ("Kayleigh said that…", "FND-0001", "finding.title", ["finding.text"]),
        ("Kayleigh wrote", "FND-0001", "finding.title", ["finding.text", "finding.title"]),
        ("Kayleigh said", "FND-0002", "finding.title", ["finding.text", "finding.title"]),
        # Of one column, or of two that say the same, one is asked about: the first by name.
        ("Kayleigh said", "FND-0001", "finding.text", ["finding.text", "finding.text"]),
        (ALONE, "FND-0001", "finding.title", ["finding.text"]),
        (ALONE, "FND-0001", "finding.aaa", ["finding.aaa"]),
        (f"{ALONE} twice", "FND-0001", "finding.title", ["finding.title"]),
    ],
)  # fmt: skip
def test_a_title_made_of_the_first_words_of_a_text_is_decided_about_with_it(title, reference, column, asked):
    seen = cleared(typed(ALONE), typed(title, reference, column))
    assert [place.text.column for place in seen.places] == asked
    wrapped = cleared(typed("Kayleigh  said\nthat she was"), typed("Kayleigh said that", column="finding.title"))
    assert [place.text.column for place in wrapped.places] == ["finding.text"]


def test_of_several_decisions_the_latest_that_holds_for_the_level_and_the_very_text_counts():
    (place,) = cleared(typed(ALONE)).places
    later, day = NOW + timedelta(hours=1), {"decision": Decision.accepted}

    def decision_of(*rows, level=3, text=ALONE):
        (one,) = cleared(typed(text), decisions=rows, level=level).places
        return one.decision.id if one.decision else None

    assert decision_of() is None
    assert decision_of(decided(place, 1, at=later), decided(place, 2)) == 1
    assert decision_of(decided(place, 4), decided(place, 3)) == 4  # of one moment the one that was kept last
    narrow = decided(place, 5, level=2, at=later, **day)
    assert (decision_of(narrow), decision_of(narrow, level=2), decision_of(narrow, level=1)) == (None, 5, 5)
    assert decision_of(decided(place, 6), narrow) == 6
    for column in ("reference", "text_column", "text_sha256", "words_sha256"):
        assert decision_of(decided(place, 7, **{column: "x"})) is None
    assert decision_of(decided(place, 1), text=f"{ALONE}.") is None


def look(decision=None):
    return Look("E1", "EVD-0001", 1, "A scan", "a" * 64, "it holds no words", decision)


def test_a_pack_that_leaves_waits_for_every_place_and_every_file_and_says_who_decided():
    open_place, other = cleared(typed(ALONE), typed("Kayleigh was alone", "", "pack_kind.name")).places
    first, second = decided(open_place, 8, decision=Decision.accepted), decided(other, 9)
    settled = (Place(open_place.text, open_place.suspect, first), Place(other.text, other.suspect, second))
    seen = look(decided(other, 10))
    for level, stops in ((0, False), (1, False), (2, True), (3, True)):
        assert Clearing(level, (open_place,)).stops is stops
        assert Clearing(level, settled, (look(),)).stops is stops
        assert not Clearing(level, settled, (seen,)).stops
    half = Clearing(3, (settled[0], other), (seen, look()))
    assert (half.standing, half.decided, half.not_looked_at) == ((other,), (settled[0],), (look(),))
    assert half.decided_by == (8, 10)
    assert Clearing(3, (open_place, other, other)).references == ("FND-0001", other.text.called)
    assert [Clearing(3, settled).count(decision) for decision in (Decision.accepted, Decision.cleared)] == [1, 1]
    assert Clearing(3, (settled[0], other)).count(Decision.cleared) == 0
    assert half.find(other.key) == other and half.find("made-up") is None


def test_a_place_keeps_its_address_until_its_text_or_its_words_change():
    (place,) = cleared(typed(ALONE)).places
    # Worked out once by hand: messages that were sent lead there.
    assert place.key == "21ddda65026ac0797b84e7ef"
    others = [
        cleared(typed(f"{ALONE}.")), cleared(typed(ALONE, "FND-0002")),
        cleared(typed(ALONE, column="finding.title")),
    ]  # fmt: skip
    assert len({place.key, *(each.places[0].key for each in others)}) == 4
    assert place.around == ("", "Kayleigh", " said that she was not asked")
