"""The crosswalk: one answer informs every edition its question names or the map leads to, and nothing is guessed."""

import pytest

import frameworks
from frameworks import crosswalk, reader
from frameworks.checks import of_crosswalk
from frameworks.crosswalk import AreaReference
from frameworks.crosswalk_file import Crossing, CrosswalkFile, Family
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
    assert reached([CIC, AreaReference("old-1", "HP"), HP], "new-2") == (CIC, HP)


def test_a_domain_of_a_set_reaches_what_it_names_and_what_the_map_gives_it(small):
    full = reader.read_edition(small).question_sets[1]
    lines = (line("small-1/HP", "old-1/HP", "same"), line("small-1/visits", "old-1/RUN", "speaks_to"))
    assert [str(one) for one in crosswalk.reached(full, "visits", "old-1", lines)] == ["old-1/HP", "old-1/RUN"]
    assert [str(one) for one in crosswalk.reached(full, "visits", "small-1", lines)] == ["small-1/HP"]
    assert crosswalk.reached(full, "impact", "old-1", lines) == ()
    assert [one.id for one in crosswalk.domains_for_area(full, "small-1", "CIC")] == ["plan", "record"]


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


KNOWN = {edition_id: frameworks.edition(edition_id) for edition_id in ("ilacs-2023", "ilacs-2025", "ilacs-2026")}


@pytest.mark.parametrize(
    ("families", "expected"),
    [
        ([("ilacs-2023", "ilacs-2025", "ilacs-2026")], []),
        ([("ilacs-2023", "ilacs-2026"), ("ilacs-2025",)], []),
        ([("ilacs-2025", "ilacs-2026")], [("families", "The edition “ilacs-2023” is in no family. Add it to one.")]),
        ([("ilacs-2026",)], [("families", "“ilacs-2023” is in no"), ("families", "“ilacs-2025” is in no family")]),
        ([("ilacs-2023", "ilacs-1999", "ilacs-2025", "ilacs-2026")],
         [("families.0.editions", "There is no edition “ilacs-1999”. Check its name.")]),
        ([("ilacs-2023", "ilacs-2025", "ilacs-2026"), ("ilacs-2025",)],
         [("families.1.editions", "“ilacs-2025” is in the family “f0” already. An edition has one family.")]),
        ([("ilacs-2023", "ilacs-2025", "ilacs-2025", "ilacs-2026")],
         [("families.0.editions", "“ilacs-2025” is in the family “f0” already")]),
        ([("ilacs-2023",), ("ilacs-2026", "ilacs-2025")],
         [("families.1.editions", "“ilacs-2025” began before “ilacs-2026” but stands after it")]),
    ],
)  # fmt: skip
def test_each_fault_of_the_families_is_named_once_at_its_place(families, expected):
    made = tuple(Family(id=f"f{at}", name="N", body="B", editions=ids) for at, ids in enumerate(families))
    complaints = list(of_crosswalk.family_complaints(CrosswalkFile(families=made, lines=()), KNOWN))
    assert [".".join(map(str, path)) for path, _ in complaints] == [place for place, _ in expected], complaints
    assert all(words in sentence for (_, sentence), (_, words) in zip(complaints, expected, strict=True)), complaints


PLACES = {"new-2": frozenset({"HP", "CIC", "A1"}), "old-1": frozenset({"HP", "RUN"}), "ours-1": frozenset({"plan"})}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("new-2/HP", "old-1/HP", "same"), ("new-2/HP", "old-1/RUN", "same"),
          ("ours-1/plan", "old-1/HP", "speaks_to")],
         []),
        ([("new-3/HP", "old-9/HP", "same")],
         [("lines.0.from", "no edition “new-3”"), ("lines.0.to", "no edition “old-9”")]),
        ([("new-2/HP", "old-1/HP", "same"), ("new-2/XX", "old-1/YY", "same")],
         [("lines.1.from", "“new-2” has no area or domain “XX”"), ("lines.1.to", "“old-1” has no area or dom")]),
        ([("new-2/HP", "old-1/HP", "same"), ("new-2/HP", "old-1/HP", "overlaps")], [("lines.1", "stands twice")]),
        ([("new-2/HP", "old-1/HP", "same"), ("old-1/HP", "new-2/HP", "same")], [("lines.1", "stands twice")]),
        ([("new-2/HP", "old-1/HP", "speaks_to")], [("lines.0.relation", "“speaks_to” leads from a domain of ours")]),
        ([("ours-1/plan", "old-1/HP", "same")], [("lines.0.relation", "“speaks_to” leads from a domain of ours")]),
    ],
)  # fmt: skip
def test_each_fault_of_a_line_is_named_once_at_its_place(lines, expected):
    made = CrosswalkFile(families=(), lines=tuple(line(*each) for each in lines))
    complaints = list(of_crosswalk.line_complaints(made, PLACES))
    assert [".".join(map(str, path)) for path, _ in complaints] == [place for place, _ in expected], complaints
    assert all(words in sentence for (_, sentence), (_, words) in zip(complaints, expected, strict=True)), complaints


def test_a_crosswalk_with_faults_is_refused_and_one_that_is_no_yaml_too():
    with pytest.raises(BrokenEdition, match="is in no family"):
        reader.read_crosswalk(b"families: [{id: f, name: N, body: B, editions: [ilacs-2026]}]\nlines: []\n")
    with pytest.raises(BrokenEdition, match=r"frameworks/crosswalk.yaml, line 1: This is not YAML"):
        reader.read_crosswalk(b"families: [")
