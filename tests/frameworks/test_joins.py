"""Areas joined by the crosswalk: firmest first, the lines kept, and no two weak lines after one another."""

from frameworks import joins, reader
from frameworks.crosswalk import AreaReference, area_named
from frameworks.crosswalk_file import Crossing


def line(from_, relation, to):
    return Crossing(**{"from": from_, "to": to, "relation": relation, "why": "It is so.", "source": "A test"})


def ties(area, lines):
    return {str(join.area): (join.tie, [line.line for line in join.lines]) for join in joins.joined(area, lines)}


def test_the_same_is_followed_as_far_as_it_leads_and_in_both_directions():
    lines = [line("b-2/X", "same", "a-1/X"), line("b-2/X", "same", "c-3/X"), line("d-4/X", "same", "c-3/X")]
    assert ties(AreaReference("a-1", "X"), lines) == {
        "a-1/X": ("itself", []),
        "b-2/X": ("same", ["b-2/X a-1/X"]),
        "c-3/X": ("same", ["b-2/X a-1/X", "b-2/X c-3/X"]),
        "d-4/X": ("same", ["b-2/X a-1/X", "b-2/X c-3/X", "d-4/X c-3/X"]),
    }


def test_a_part_leads_to_its_whole_and_the_whole_to_its_parts_but_no_part_to_another_part():
    lines = [line("b-2/CIC", "part_of", "a-1/CIC"), line("b-2/CL", "part_of", "a-1/CIC")]
    assert ties(AreaReference("b-2", "CIC"), lines) == {
        "b-2/CIC": ("itself", []),
        "a-1/CIC": ("part_of", ["b-2/CIC a-1/CIC"]),
    }
    assert {area: tie for area, (tie, _) in ties(AreaReference("a-1", "CIC"), lines).items()} == {
        "a-1/CIC": "itself",
        "b-2/CIC": "whole_of",
        "b-2/CL": "whole_of",
    }


def test_two_weak_lines_after_one_another_join_nothing():
    lines = [line("c-3/X", "overlaps", "b-2/X"), line("b-2/X", "overlaps", "a-1/X"), line("d-4/X", "same", "b-2/X")]
    assert ties(AreaReference("c-3", "X"), lines) == {
        "c-3/X": ("itself", []),
        "b-2/X": ("overlaps", ["c-3/X b-2/X"]),
        "d-4/X": ("overlaps", ["c-3/X b-2/X", "d-4/X b-2/X"]),
    }


def test_of_two_ways_the_firmer_counts_and_our_own_domains_join_nothing():
    lines = [
        line("b-2/X", "overlaps", "a-1/X"),
        line("b-2/X", "same", "a-1/Y"),
        line("a-1/Y", "same", "a-1/X"),
        line("case-audit-1/plan", "speaks_to", "a-1/X"),
    ]
    assert ties(AreaReference("a-1", "X"), lines)["b-2/X"][0] == "same"
    assert "case-audit-1/plan" not in ties(AreaReference("a-1", "X"), lines)


def test_the_real_map_joins_care_leavers_of_today_to_the_joint_judgement_of_2018():
    by_area = ties(area_named("ilacs-2026/CL"), reader.crosswalk_file().lines)
    assert by_area["ilacs-2018/CIC"][0] == "part_of"
    assert by_area["self-assessment-1/CL"][0] == "same"
    assert by_area["sif-2013/CL"][0] == "overlaps"
    assert "ofsted-2012/EFF" not in by_area


def test_the_firmest_and_of_these_the_shortest_come_first():
    lines = [
        line("c-3/X", "overlaps", "a-1/X"),
        line("d-4/X", "same", "c-3/X"),
        line("a-1/X", "part_of", "e-5/X"),
        line("f-6/X", "same", "b-2/X"),
        line("b-2/X", "same", "a-1/X"),
        line("g-7/X", "part_of", "a-1/X"),
    ]
    joined = joins.joined(AreaReference("a-1", "X"), lines)
    assert [(str(join.area), join.tie, len(join.lines)) for join in joined] == [
        ("a-1/X", "itself", 0),
        ("b-2/X", "same", 1),
        ("f-6/X", "same", 2),
        ("e-5/X", "part_of", 1),
        ("g-7/X", "whole_of", 1),
        ("c-3/X", "overlaps", 1),
        ("d-4/X", "overlaps", 2),
    ]
    assert [join.is_same for join in joined] == [True, True, True, False, False, False, False]
