"""The crosswalk: one answer informs every edition its question names or the map leads to, and nothing is guessed."""

import pytest

from frameworks import crosswalk, reader
from frameworks.crosswalk import AreaReference
from frameworks.crosswalk_file import Crossing
from frameworks.files.faults import BrokenEdition


def line(start, end, relation):
    return Crossing.model_validate({"from": start, "to": end, "relation": relation, "why": "Why", "source": "Us"})


MAP = (
    line("new-2/HP", "old-1/HP", "same"),
    line("new-2/CIC", "old-1/CARE", "part_of"),
    line("new-2/LEAD", "old-1/RUN", "overlaps"),
    line("ours-1/plan", "nf-1/O3", "speaks_to"),
)
HP, CIC, LEAD = (AreaReference("new-2", area) for area in ("HP", "CIC", "LEAD"))


def reached(names, edition, domain="ours-1/plan"):
    return crosswalk.reached_from(domain, names, edition, MAP)


def test_same_areas_are_reached_in_either_direction():
    assert reached([HP], "old-1") == (AreaReference("old-1", "HP"),)
    assert reached([AreaReference("old-1", "HP")], "new-2") == (HP,)


def test_a_part_speaks_for_the_whole_and_never_the_whole_for_a_part():
    assert reached([CIC], "old-1") == (AreaReference("old-1", "CARE"),)
    assert reached([AreaReference("old-1", "CARE")], "new-2") == ()


def test_what_only_overlaps_is_not_followed():
    assert reached([LEAD], "old-1") == ()


def test_a_domain_of_ours_speaks_to_the_areas_the_map_gives_it():
    assert reached([HP], "nf-1") == (AreaReference("nf-1", "O3"),)
    assert reached([HP], "nf-1", domain="ours-1/visits") == ()


def test_areas_a_domain_names_itself_come_first_and_once():
    assert reached([HP, CIC], "new-2") == (HP, CIC)


def test_a_question_may_name_areas_of_several_editions(small):
    bank = small / "bank.yaml"
    text = bank.read_text(encoding="utf-8")
    told = text.replace(
        "text: Is it specific?, type: judged,",
        "text: Is it specific?, type: judged, informs: [ilacs-2026/HP, national-framework-2023/O3],",
    ).replace("    informs: [HP, CIC]\n", "    informs: [HP, CIC]\n    also_informs: [ilacs-2026/LEAD]\n")
    bank.write_text(told, encoding="utf-8")
    core = reader.read_edition(small).question_sets[0]
    assert [str(one) for one in crosswalk.areas_of_question(core, "plan/specific")] == [
        "ilacs-2026/HP",
        "national-framework-2023/O3",
    ]
    assert [str(one) for one in crosswalk.areas_of_domain(core, "plan")] == [
        "small-1/HP",
        "small-1/CIC",
        "ilacs-2026/LEAD",
    ]
    assert [one.key for one in crosswalk.questions_for_area(core, "national-framework-2023", "O3")] == ["plan/specific"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ilacs-1999/HP", "There is no edition “ilacs-1999”"),
        ("ilacs-2026/XX", "“ilacs-2026” has no judgement area “XX”"),
        ("HP", "must name an edition and one of its areas, like ilacs-2026/HP"),
    ],
)
def test_an_area_nobody_knows_is_refused_with_its_place(small, written, said):
    bank = small / "bank.yaml"
    text = bank.read_text(encoding="utf-8")
    old = "text: Is it specific?, type: judged,"
    bank.write_text(text.replace(old, f"{old} informs: [{written}],"), encoding="utf-8")
    with pytest.raises(BrokenEdition) as caught:
        reader.read_edition(small)
    (fault,) = caught.value.faults
    assert said in fault.message and fault.key == "domains[0].questions[0].informs[0]"
    assert fault.line is not None


def test_the_crosswalk_that_comes_with_the_product_is_sound():
    read = reader.crosswalk_file()
    assert {one for family in read.families for one in family.editions} == set(reader.edition_ids())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("[{from: ilacs-2026/HP, to: ilacs-1999/HP, relation: same, why: x, source: x}]", "no edition “ilacs-1999”"),
        ("[{from: ilacs-2026/XX, to: ofsted-2012/EFF, relation: same, why: x, source: x}]", "no area or domain “XX”"),
        ("[{from: case-audit-1/plan, to: ofsted-2012/EFF, relation: same, why: x, source: x}]", "“speaks_to” leads"),
        ("[{from: ilacs-2026/HP, to: ofsted-2012/EFF, relation: equals, why: x, source: x}]", "must be one of"),
        (
            (
                "[{from: ilacs-2026/HP, to: ofsted-2012/EFF, relation: overlaps, why: x, source: x}, "
                "{from: ofsted-2012/EFF, to: ilacs-2026/HP, relation: overlaps, why: x, source: x}]"
            ),
            "stands twice",
        ),
    ],
)
def test_a_broken_line_of_the_crosswalk_is_named(lines, said):
    families = "".join(
        f"  - {{id: f{n}, name: N, body: B, editions: [{one}]}}\n" for n, one in enumerate(reader.edition_ids())
    )
    with pytest.raises(BrokenEdition, match=said):
        reader.read_crosswalk(f"families:\n{families}lines: {lines}\n".encode())


def test_an_edition_in_no_family_is_named():
    with pytest.raises(BrokenEdition, match="is in no family"):
        reader.read_crosswalk(b"families: [{id: f, name: N, body: B, editions: [ilacs-2026]}]\nlines: []\n")
