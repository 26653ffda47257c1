"""What was wrong in a published edition is put right by a new version of it; the old one stays as it was."""

import itertools
import re
from datetime import date

import pytest

import frameworks
from frameworks import corrections, edition_changes, reader
from frameworks.files.faults import BrokenEdition
from frameworks.schema import UnknownEdition

CORRECTION = """\
version: 2
published_on: 2026-11-29
changes:
  - id: last-day
    was: In force without an end.
    right: It ended on 31 March 2027.
    source: Our own notice, page 1
    places:
      - {place: valid_to, now: 2027-03-31}
      - {place: source/place, now: Page 2}
      - {place: facts/ended, now: {id: ended, says: It has ended., source: Our own notice}}
"""
CORRECTED = [edition.id for edition in frameworks.editions() if edition.version > 1]


def correct(folder, text=CORRECTION, number=2):
    (folder / f"correction-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def faults(folder):
    with pytest.raises(BrokenEdition) as caught:
        reader.read_edition(folder)
    return [(fault.file, fault.key, fault.message) for fault in caught.value.faults]


def test_a_correction_makes_the_next_version_and_leaves_the_first_as_it_was(small):
    untouched = reader.read_edition(small)
    held = reader.read_edition(correct(small))
    first, second = held.versions
    assert first == untouched.edition and first.fingerprint == untouched.edition.fingerprint
    assert held.edition is second
    assert (second.version, second.valid_to, second.source.place) == (2, date(2027, 3, 31), "Page 2")
    assert [fact.id for fact in second.facts] == ["ended"] and first.facts == () and first.valid_to is None
    (told,) = second.corrections
    assert (told.version, told.published_on) == (2, date(2026, 11, 29))
    (change,) = told.changes
    assert (change.was, change.right) == ("In force without an end.", "It ended on 31 March 2027.")
    assert change.source == "Our own notice, page 1"


def test_question_sets_are_the_same_after_a_correction_so_that_no_audit_moves(small):
    before = {(one.id, one.length): one.fingerprint for one in reader.read_edition(small).question_sets}
    after = {(one.id, one.length): one.fingerprint for one in reader.read_edition(correct(small)).question_sets}
    assert len(before) == 2 and after == before


def test_a_second_correction_stands_on_the_first_and_may_take_a_thing_out(small):
    again = """\
version: 3
published_on: 2027-01-15
changes:
  - {id: back, was: It ended., right: It did not., source: A letter, places: [{place: valid_to}, {place: facts/ended}]}
"""
    third = reader.read_edition(correct(correct(small), again, 3)).edition
    assert (third.version, third.valid_to, third.facts, third.source.place) == (3, None, (), "Page 2")
    assert [correction.version for correction in third.corrections] == [2, 3]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("place: valid_to, now: 2027-03-31", "place: scales, now: []", "“scales”: that makes another edition"),
        ("place: valid_to, now: 2027-03-31", "place: areas/HP/name, now: Help", "“areas”: that makes another edition"),
        ("place: valid_to, now: 2027-03-31", "place: rules, now: guard-rails-2", "“rules”: that makes another"),
        ("place: valid_to, now: 2027-03-31", "place: statements/S1/text, now: Other", "only the source"),
        ("place: source/place, now: Page 2", "place: source/palce/x, now: Page 2", "There is nothing at"),
        ("place: facts/ended, now", "place: facts/ended/says, now", "There is no entry “ended”"),
        (
            "place: source/place, now: Page 2",
            "place: source/place/x, now: Page 2",
            "There is nothing at “source/place/x”",
        ),
        ("place: source/place, now: Page 2", "place: licence/x, now: Page 2", "There is nothing at “licence/x”"),
        ("place: source/place, now: Page 2", "place: scoring/x, now: Page 2", "There is nothing at “scoring/x”"),
        ("place: source/place, now: Page 2", "place: facts/none", "There is no entry “none” for “facts/none”"),
        ("place: valid_to, now: 2027-03-31", "place: statements/S1, now: {}", "only the source"),
        ("place: valid_to, now: 2027-03-31", "place: statements/S1/source/x, now: Other", "only the source"),
        ("place: valid_to, now: 2027-03-31", "place: statements/S1/source, now: Other", "There is nothing at"),
        ("valid_to, now: 2027-03-31", "valid_to, now: 2020-01-01", "valid_to: The edition ends before it begins"),
        ("valid_to, now: 2027-03-31", "valid_to, now: soon", "valid_to: "),
        ("version: 2", "version: 3", "This must be version 2"),
        ("    source: Our own notice, page 1\n", "", "source"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_in_words(small, old, new, words):
    assert old in CORRECTION
    found = faults(correct(small, CORRECTION.replace(old, new, 1)))
    assert all(file == "small-1/correction-2.yaml" for file, _, _ in found)
    assert any(words in f"{key}: {message}" for _, key, message in found), found


def test_a_correction_out_of_its_place_is_refused(small):
    (file, _, message), *_ = faults(correct(small, CORRECTION, 3))
    assert (file, message[:22]) == ("small-1/correction-3.yaml", "This must be version 2")


def test_nobody_writes_a_version_into_the_edition_itself(small):
    path = small / "edition.yaml"
    path.write_text(path.read_text("utf-8") + "version: 2\n", "utf-8")
    assert [key for _, key, _ in faults(small)] == ["version"]


def test_each_published_version_has_a_fingerprint_of_its_own_that_holds():
    published = reader.published()
    for edition_id in CORRECTED:
        first, second = frameworks.versions(edition_id)
        assert published[edition_id] == first.fingerprint
        assert published[f"{edition_id}@2"] == second.fingerprint != first.fingerprint
    assert len(CORRECTED) == 13
    assert set(published) == set(reader.fingerprints())


@pytest.mark.parametrize("edition_id", CORRECTED)
def test_a_correction_of_ours_tells_each_thing_it_changes_and_changes_nothing_it_does_not_tell(edition_id):
    for older, newer in itertools.pairwise(frameworks.versions(edition_id)):
        kept = {"id", "publisher", "type", "scales", "areas", "overall", "rules", "finding_kinds", "tags_edition"}
        for name in kept:
            assert getattr(older, name) == getattr(newer, name), name
        assert [(one.id, one.text) for one in older.statements] == [(one.id, one.text) for one in newer.statements]
        for change in newer.corrections[-1].changes:
            assert change.was != change.right and change.source
        told = edition_changes.edition_changes(older, newer, reader.crosswalk_file().lines)
        assert told.corrections == newer.corrections[-1:]
        assert {area.kind for area in told.areas} == {"kept"}


def test_a_version_is_opened_by_its_name_and_one_that_is_not_there_is_refused():
    assert frameworks.edition_named("ilacs-2018") == frameworks.edition("ilacs-2018")
    assert frameworks.edition_named("ilacs-2018@1") == frameworks.edition("ilacs-2018", 1)
    assert frameworks.edition("ilacs-2018", 1).version == 1 and frameworks.edition("ilacs-2018").version == 2
    for name in ("ilacs-2018@3", "ilacs-2018@0", "ilacs-2018@", "ilacs-2018@x", "ilacs-2018@²", "ilacs-1066@1"):
        with pytest.raises(UnknownEdition):
            frameworks.edition_named(name)


def test_what_was_printed_wrong_stays_readable_and_is_right_from_now_on():
    old, new = frameworks.versions("ilacs-2018")
    says = [{check.id: check.says for check in version.checks}["good-with-two-weak-areas"] for version in (old, new)]
    assert "Oxfordshire 2018" in says[0] and "1 had two" in says[0]
    assert "Oxfordshire" not in says[1] and "45 had one, and none had two" in says[1]


@pytest.mark.parametrize(
    ("edition_id", "on", "in_force"),
    [
        ("sif-2013", "2018-07-05", True),  # Torbay, the last of seven inspections in 2018
        ("sif-2013", "2018-07-06", False),
        ("hmip-youth-2021", "2021-03-09", True),
        ("national-framework-2023", "2023-12-14", False),
        ("national-framework-2023", "2023-12-15", True),
        ("working-together-2023", "2026-11-28", True),  # superseded on a day nobody read: until it was found
        ("working-together-2023", "2026-11-29", False),
        ("lga-peer-2012", "2026-11-29", False),
        ("ilacs-2026", "2026-11-29", True),
    ],
)
def test_what_is_in_force_follows_the_corrected_days(edition_id, on, in_force):
    assert frameworks.edition(edition_id).in_force(date.fromisoformat(on)) == in_force


def test_no_edition_claims_to_be_in_force_without_the_day_on_which_that_was_checked():
    for edition in frameworks.editions():
        if edition.valid_to is None and edition.publisher != "This project":
            assert edition.end_checked_on == date(2026, 11, 29), edition.id
        assert not edition.found_in_force  # nobody has checked that of any of them


@pytest.mark.parametrize(
    ("edition_id", "words"),
    [
        (
            "jtai-2022",
            "Of 62 letters with a readable date, 32 are exactly 70 working days after the letter, 57 between",
        ),
        (
            "jtai-2016",
            "Of 62 letters with a readable date, 32 are exactly 70 working days after the letter, 57 between",
        ),
        ("jtai-2022", "redrafted on 23 April 2025"),
        ("area-send-2023", "asked for in 41 of 55"),
        ("ilacs-2026", "8 are of standard inspections, with 11 days between first and last day, and 3 of short ones"),
        ("ilacs-2026", "renewed framework is planned for 2027"),
        ("ilacs-2026", "95% and 81% and 82% of their leaders sections mention its three subjects"),
        ("ilacs-2018", "grade tables of 165 inspections with three areas"),
        ("ilacs-2023", "Four profiles of area grades came out both ways"),
        ("ilacs-2025", "Open Government Licence"),
        ("hmip-youth-2021", "Open Government Licence v3.0"),
        ("hmip-youth-2025", "Open Government Licence v3.0"),
        ("national-framework-2023", "consulted from 22 June to 4 September 2026"),
        ("working-together-2023", "consulted from 22 June to 4 September 2026"),
        ("working-together-2023", "Working Together to Safeguard Children 2026 is published"),
        ("lga-peer-2012", "the peer challenge of today, with three core areas"),
        ("sif-2013", "Lambeth, Darlington, Surrey, Sunderland, Wandsworth, Lancashire and Torbay"),
    ],
)
def test_each_correction_of_29_november_2026_is_said(edition_id, words):
    """Typed from the reading that found them; the old version says none of it."""
    old, new = (version.model_dump_json(exclude={"corrections"}) for version in frameworks.versions(edition_id))
    assert words in new and words not in old


@pytest.mark.parametrize(
    "edition_id",
    [
        "ilacs-2026",
        "working-together-2023",
        "national-framework-2023",
        "jtai-2022",
        "area-send-2023",
        "hmip-youth-2025",
    ],
)
def test_the_act_of_2026_is_named_where_it_may_matter(edition_id):
    (act,) = [fact for fact in frameworks.edition(edition_id).facts if fact.id == "act-of-2026"]
    assert "chapter 21" in act.says and "29 April 2026" in act.says


def test_themes_whose_time_is_over_have_a_last_day():
    themes = {theme.id: theme for name in ("jtai-2016", "jtai-2022") for theme in frameworks.edition(name).themes}
    for name, last in [("mental-health-2019", 2020), ("criminal-exploitation", 2022), ("domestic-abuse-2024", 2025)]:
        assert themes[name].valid_to == date(last, 12, 31) and "ended" in themes[name].period
    running = {name for name, theme in themes.items() if theme.valid_to is None}
    assert running == {"front-door", "sexual-abuse-2025"}


def test_numbers_of_a_version_are_no_numbers_of_the_one_before():
    """A sum a reader can check: 71 + 127 + 78 + 34 = 310 = 165 + 145, and 82 + 45 = 127."""
    sources = {check.source for check in frameworks.edition("ilacs-2025").checks}
    totals = {int(number) for source in sources for number in re.findall(r"(\d+) graded inspections", source)}
    assert totals == {71 + 127 + 78 + 34} == {165 + 145}
    assert not any("308" in source for source in sources)


HELD = {
    "title": "One",
    "valid_to": None,
    "facts": ({"id": "a", "says": "A"}, {"id": "b", "says": "B"}, {"id": "c", "says": "C"}),
    "statements": (
        {"id": "HP-1", "text": "Is it?", "source": "Page 1"},
        {"id": "HP-2", "text": "So?", "source": "Page 2"},
    ),
    "scoring": {"points": ({"code": "good", "points": 2},), "bands": ({"grade": "good", "lowest": 0, "highest": 1},)},
}


@pytest.mark.parametrize(
    ("place", "now", "expected"),
    [
        ("title", "Two", {"title": "Two"}),
        ("valid_to", "2027-03-31", {"valid_to": "2027-03-31"}),
        ("facts/b", {"id": "b"}, {"facts": (HELD["facts"][0], {"id": "b"}, HELD["facts"][2])}),
        ("facts/b", None, {"facts": (HELD["facts"][0], HELD["facts"][2])}),
        ("facts/c/says", "Z", {"facts": (*HELD["facts"][:2], {"id": "c", "says": "Z"})}),
        ("facts/a/says", None, {"facts": ({"id": "a"}, *HELD["facts"][1:])}),
        ("facts/d", {"id": "d"}, {"facts": (*HELD["facts"], {"id": "d"})}),
        ("checks/d", {"id": "d"}, {"checks": ({"id": "d"},)}),
        ("themes/d", {"id": "d"}, {"themes": ({"id": "d"},)}),
        ("statements/HP-2/source", "Page 9",
         {"statements": (HELD["statements"][0], {"id": "HP-2", "text": "So?", "source": "Page 9"})}),
        ("scoring/points/good/points", 3, {"scoring": {**HELD["scoring"], "points": ({"code": "good", "points": 3},)}}),
        ("scoring/bands/good/highest", 2,
         {"scoring": {**HELD["scoring"], "bands": ({"grade": "good", "lowest": 0, "highest": 2},)}}),
    ],
)  # fmt: skip
def test_one_place_is_changed_and_nothing_else(place, now, expected):
    before = {**HELD}
    assert corrections.corrected(HELD, corrections.PlaceChange(place=place, now=now)) == {**HELD, **expected}
    assert before == HELD


def test_what_is_taken_out_is_gone():
    without = corrections.corrected(HELD, corrections.PlaceChange(place="title"))
    assert without == {name: value for name, value in HELD.items() if name != "title"}


@pytest.mark.parametrize("version", [1, 2])
def test_the_file_that_made_a_version_is_given_as_it_lies_there(version):
    name = {1: "edition.yaml", 2: "correction-2.yaml"}[version]
    assert reader.edition_bytes("ilacs-2018", version) == (reader.SETS / "ilacs-2018" / name).read_bytes()
    assert reader.edition_bytes("ilacs-2018") == reader.edition_bytes("ilacs-2018", 1)
    with pytest.raises(UnknownEdition, match="There is no version 3 of “ilacs-2018”"):
        reader.edition_bytes("ilacs-2018", 3)
