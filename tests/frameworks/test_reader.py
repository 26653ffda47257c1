"""Reading an edition: what is kept, and every fault named with its file, key, line and remedy."""

import dataclasses
import itertools
import threading

import pytest
from pydantic import ValidationError

import frameworks
from frameworks import reader
from frameworks.files import parsing
from frameworks.files.faults import BrokenEdition
from frameworks.schema import OffScale, UnknownArea, UnknownEdition, UnknownQuestion, UnknownScale, UnknownSet
from tests.frameworks.conftest import SMALL_EDITION


def faults(folder):
    with pytest.raises(BrokenEdition) as caught:
        reader.read_edition(folder)
    return caught.value.faults


def swap(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_set_is_read_with_its_questions_scales_and_lengths(small):
    core, full = reader.read_edition(small).question_sets
    assert [one.key for one in core.questions] == ["plan/specific", "visits/seen", "impact/safe-today"]
    assert full.lengths == ("core", "full")
    assert full.expected_minutes == 60
    assert full.informs_edition == "small-1"
    assert full.domain("plan").guidance["good"] == "The plan works."
    assert full.scale_for(full.question("plan/specific")).id == "four-point"
    assert full.scale_for(full.question("impact/safe-today")).id == "safe-today"
    assert full.scale_for(full.question("visits/story")) is None


def test_a_question_of_a_kind_without_a_scale_in_its_set_has_none_or_is_refused(small):
    full = reader.read_edition(small).question_sets[1]
    bare = full.model_copy(update={"answer_scales": full.answer_scales.model_copy(update={"check": None})})
    with pytest.raises(UnknownScale):
        bare.scale_for(full.question("visits/seen"))
    assert bare.scale_for(full.question("plan/specific")).id == "four-point"
    for kind in ("date", "number", "narrative"):
        assert bare.scale_for(full.question("visits/seen").model_copy(update={"type": kind})) is None


def test_a_star_takes_only_questions_that_fit_the_cohort(small):
    full = reader.read_edition(small).question_sets[1]
    assert [one.key for one in full.domain("plan").questions] == ["plan/specific", "plan/in-time"]


def test_what_is_read_cannot_be_changed(small):
    full = reader.read_edition(small).question_sets[1]
    with pytest.raises(ValidationError):
        full.title = "Another"
    with pytest.raises(TypeError):
        full.domain("plan").guidance["good"] = "Another"


def test_unknown_names_are_refused_by_name():
    with pytest.raises(UnknownEdition):
        frameworks.edition("ilacs-1999")
    with pytest.raises(UnknownEdition):
        frameworks.edition("../sets/ilacs-2026")
    with pytest.raises(UnknownSet):
        frameworks.question_set("case-audit-1", "child-protection", "endless")
    edition = frameworks.edition("ilacs-2026")
    with pytest.raises(UnknownArea):
        edition.area("OE")
    with pytest.raises(UnknownScale):
        edition.scale("five-point")
    with pytest.raises(OffScale):
        edition.scale("four-grades").position("adequate")
    one = frameworks.question_set("case-audit-1", "child-protection")
    with pytest.raises(UnknownQuestion):
        one.question("plan/none")


def test_many_threads_get_one_and_the_same_edition():
    got = []
    threads = [threading.Thread(target=lambda: got.append(frameworks.edition("ofsted-2012"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len({id(one) for one in got}) == 1


def test_every_fault_is_listed_and_not_only_the_first(small):
    swap(small, "edition.yaml", "licence: MIT\n", "")
    swap(small, "bank.yaml", "type: judged", "type: guessed")
    swap(small, "protection.yaml", "subjects: [child]", "subjects: [cat]")
    found = faults(small)
    assert {one.file for one in found} == {"small-1/edition.yaml", "small-1/bank.yaml", "small-1/protection.yaml"}


def test_a_fault_names_file_key_line_and_remedy(small):
    swap(small, "bank.yaml", "title: The record", "title: true")
    (only,) = faults(small)
    assert str(only) == (
        "small-1/bank.yaml, line 22, domains[2].title: “title” must be text, but true stands there. "
        "Write words; put quotes round a number or a true."
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "words"),
    [
        ("edition.yaml", "id: small-1", "id: small-2", "id", "folder"),
        ("edition.yaml", "licence: MIT\n", "", "licence", "missing"),
        ("edition.yaml", "verified: verified", "verified: partly", "not_verified", "missing"),
        ("edition.yaml", "2026-04-01\nsource", "soon\nsource", "valid_from", "2026-04-01"),
        ("edition.yaml", "2026-04-01\nsource", "2026-13-01\nsource", "", "not a real date"),
        ("edition.yaml", "2026-04-01\nsource", "2026-04-01\nvalid_to: 2025-01-01\nsource", "valid_to", "before"),
        ("edition.yaml", "rules: guard-rails-1", "rules: none", "rules", "guard-rails-1"),
        ("edition.yaml", "{code: good, ", "{code: inadequate, ", "scales[0].points[2].code", "twice"),
        ("edition.yaml", "code: 'no'", "code: false", "scales[1].points[0].code", "quotes"),
        ("edition.yaml", "{id: CIC, name", "{id: HP, name", "areas[1].id", "twice"),
        ("edition.yaml", "name: Help and protection}", "name: Help, scale: five}", "areas[0].scale", "no scale"),
        ("edition.yaml", "publisher: Us", "publisher: Us\npublisher: Them", "", "stands twice"),
        ("edition.yaml", "publisher: Us", "publisher: [Us", "", "not YAML"),
        ("edition.yaml", "publisher: Us", "pubisher: Us", "pubisher", "“publisher”"),
        ("edition.yaml", "publisher: Us", "publisher: ''", "publisher", "empty"),
        ("edition.yaml", "publisher: Us", "publisher: '  '", "publisher", "blank"),
        ("bank.yaml", "informs: [HP, CIC]", "informs: [HP, XX]", "domains[0].informs[1]", "no judgement area"),
        ("bank.yaml", "guidance: {good:", "guidance: {fair:", "domains[0].guidance.fair", "not a point"),
        ("bank.yaml", "cohorts: [PLO]", "cohorts: [XYZ]", "domains[0].questions[2].cohorts[0]", "one of"),
        ("bank.yaml", "id: in-time, number", "id: specific, number", "domains[0].questions[1].id", "twice"),
        ("bank.yaml", "D1.2", "D1.1", "domains[0].questions[1].number", "twice"),
        ("bank.yaml", "- id: visits", "- id: plan", "domains[1].id", "twice"),
        ("bank.yaml", "starred: true", "starred: yes", "domains[0].questions[0].starred", "true or false"),
        ("bank.yaml", "starred: true", "safety: true", "domains[3].questions[1].safety", "already"),
        ("bank.yaml", "domains:\n", "informs_edition: no-such\ndomains:\n", "informs_edition", "not there"),
        ("protection.yaml", "id: protection", "id: protect", "id", "its file"),
        ("protection.yaml", "  full:", "  long:", "lengths", "full"),
        ("protection.yaml", "visits/seen", "visits/sene", "lengths.core.questions[1]", "names no question"),
        ("protection.yaml", "plan/*", "plan/specific, plan/*", "lengths.full.questions[1]", "listed twice"),
        ("protection.yaml", "visits/seen, ", "", "lengths.core.questions", "safety-critical domain “visits”"),
        ("protection.yaml", ", impact/safe-today", "", "lengths.core.questions", "safety question"),
        ("protection.yaml", "domain_scale: four-point", "domain_scale: five", "domain_scale", "no scale"),
        ("protection.yaml", "domain_scale: four-point\n", "", "domain_scale", "missing"),
        ("protection.yaml", ", timescale: in-time", "", "answer_scales", "timescale"),
        ("protection.yaml", "required: true", "required: 1", "overall_grade.required", "true or false"),
        ("protection.yaml", "minutes: 20", "minutes: 0", "lengths.core.expected_minutes", "at least 1"),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_is_told_in_plain_words(small, file, old, new, key, words):
    swap(small, file, old, new)
    found = faults(small)
    assert any(one.file.endswith(file) and one.key == key and words in one.message for one in found), found
    assert all(one.line for one in found), found


def test_a_core_of_more_than_forty_questions_is_refused(small):
    many = "".join(
        f"      - {{id: q{n}, number: D9.{n}, text: Why?, type: judged, cohorts: [ALL]}}\n" for n in range(40)
    )
    extra = f"  - id: extra\n    number: D9\n    title: Extra\n    questions:\n{many}"
    path = small / "bank.yaml"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    swap(small, "protection.yaml", "impact/safe-today]", "impact/safe-today, extra/*]")
    assert any("43 questions" in one.message for one in faults(small))


def test_a_safety_domain_may_be_left_out_with_a_reason(small):
    swap(small, "protection.yaml", "visits/seen, ", "")
    swap(small, "protection.yaml", "purpose:", "leaves_out: [{domain: visits, why: Not yet visited}]\npurpose:")
    assert len(reader.read_edition(small).question_sets) == 2


def test_what_is_left_out_must_be_a_domain_of_the_bank(small):
    swap(small, "protection.yaml", "purpose:", "leaves_out: [{domain: vistis, why: Not yet visited}]\npurpose:")
    assert any("no domain “vistis”" in one.message for one in faults(small))


def test_a_scale_needs_two_points(small):
    swap(small, "edition.yaml", "points: [{code: 'no', name: 'No'}, {code: partly, name: Partly}, ", "points: [")
    assert any("at least two points" in one.message for one in faults(small))


def test_files_that_are_no_text_are_refused(small):
    for content, words in [
        (b"id: \xff\xfe", "UTF-8"),
        (b"id: a\x00b", "not allowed"),
        (b"", "group of keys"),
        (b"- a\n- b\n", "group of keys"),
        (b"a: &x [1]\nb: " + b"[" * 400 + b"]" * 400, "nested too deeply"),
        (b"x: 1\n" * 200_000, "too large"),
        (SMALL_EDITION.encode().ljust(parsing.MAX_BYTES + 1, b"#"), "too large"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\n" + _bomb(), "too many values"),
        (b"a: &a [*a]\n", "nested too deeply"),
        (b"a: !!python/object:os.system {}\n", "not YAML"),
        (b"--- 1\n--- 2\n", "not YAML"),
    ]:
        (small / "edition.yaml").write_bytes(content)
        assert any(words in one.message for one in faults(small)), (content[:40], faults(small))


def test_a_file_as_large_as_it_may_be_and_one_that_is_hidden_are_no_fault(small):
    (small / "edition.yaml").write_bytes(SMALL_EDITION.encode().ljust(parsing.MAX_BYTES, b"#"))
    (small / ".notes.txt").write_text("x", encoding="utf-8")
    assert reader.read_edition(small).edition.id == "small-1"


def test_a_fault_is_told_in_no_more_than_five_hundred_characters(small):
    areas = "".join(f"  - {{id: AREA-{number}, name: Area}}\n" for number in range(60))
    swap(small, "edition.yaml", "areas:\n", f"areas:\n{areas}")
    swap(small, "bank.yaml", "informs: [HP, CIC]", "informs: [HP, CIC, XX]")
    (only,) = faults(small)
    assert len(only.message) == 500 and only.message.endswith("…")


OTHER = """\
id: other-1
title: Another
publisher: Us
type: narrative
valid_from: 2026-04-01
licence: MIT
source: {document: Our own, date: 2026-04-01, place: Page 1}
verified: verified
wording: ours
areas: [{id: HP, name: Help}, {id: CIC, name: Care}]
"""


@pytest.mark.parametrize(
    ("edition_says", "bank_says", "informs"),
    [
        ("", "", "small-1"),
        ("other-1", "", "other-1"),
        ("", "other-1", "other-1"),
        ("ilacs-2026", "other-1", "other-1"),
        ("ilacs-2026", "", "ilacs-2026"),
    ],
)
def test_a_bank_informs_the_edition_it_names_else_that_of_its_edition_else_its_own(
    small, edition_says, bank_says, informs
):
    (small.parent / "other-1").mkdir()
    (small.parent / "other-1" / "edition.yaml").write_text(OTHER, encoding="utf-8")
    for file, says, before in (("edition.yaml", edition_says, "rules:"), ("bank.yaml", bank_says, "domains:")):
        if says:
            swap(small, file, before, f"informs_edition: {says}\n{before}")
    assert [one.informs_edition for one in reader.read_edition(small).question_sets] == [informs] * 2
    swap(small, "bank.yaml", "informs: [HP, CIC]", "informs: [HP, CIC, XX]")
    (only,) = faults(small)
    assert only.file == "small-1/bank.yaml" and "There is no judgement area “XX”" in only.message


@pytest.mark.parametrize(("file", "before"), [("edition.yaml", "rules:"), ("bank.yaml", "domains:")])
def test_an_edition_to_inform_that_cannot_be_read_is_one_fault_where_it_is_named(small, file, before):
    (small.parent / "other-1").mkdir()
    (small.parent / "other-1" / "edition.yaml").write_text(OTHER.replace("licence: MIT\n", ""), encoding="utf-8")
    swap(small, file, before, f"informs_edition: other-1\n{before}")
    (only,) = faults(small)
    assert (only.file, only.key) == (f"small-1/{file}", "informs_edition")
    assert only.message == "The edition “other-1” is not there or cannot be read. Check its name."


def test_files_that_do_not_belong_are_named(small):
    (small / "notes.txt").write_text("x", encoding="utf-8")
    (small / "set.yml").write_text("x", encoding="utf-8")
    (small / "folder.yaml").mkdir()
    named = faults(small)
    assert {one.file for one in named} >= {"small-1/notes.txt", "small-1/folder.yaml"}
    misnamed = {one.file for one in named if "Only files ending in .yaml" in one.message}
    assert misnamed == {"small-1/notes.txt", "small-1/set.yml"}


def test_a_folder_that_is_not_there_is_told(tmp_path):
    assert any("cannot be opened" in one.message for one in faults(tmp_path / "nowhere"))


def test_a_fault_cannot_be_altered(small):
    swap(small, "edition.yaml", "licence: MIT\n", "")
    with pytest.raises(dataclasses.FrozenInstanceError):
        faults(small)[0].line = 1


def _bomb():
    names = "abcdefghijklmnopqr"
    return b"".join(f"{new}: &{new} [*{old}, *{old}, *{old}]\n".encode() for old, new in itertools.pairwise(names[1:]))
