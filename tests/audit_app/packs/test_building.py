"""From a wish to files: the same contents in each, the same bytes again, nothing above the level, every fault named."""

import io
import json
import shutil
import subprocess
import zipfile
from datetime import date
from types import SimpleNamespace

import openpyxl
import pypdf
import pytest
from sqlmodel import select

from audit_app import history, jobs
from audit_app.errors import Invalid, OutOfTurn
from audit_app.packs import contents, service, service_building, verify
from audit_app.packs.cli import RENDERERS
from audit_app.packs.disclosure import pseudonyms
from audit_app.packs.tables import PackState
from findings import register
from findings.references import reference
from findings.states import FindingKind, InspectionKind, Origin
from findings.tables import Action, Finding
from tests import builders_packs

COUNCIL = builders_packs.COUNCIL


def bare(text):
    return "".join(str(text).split())


# Words somebody typed, and the highest level at which they may be printed.
CANARIES = [
    ("SW-001", 0),
    ("G-200001", 1),
    ("The plan names no dates.", 1),
    ("The social worker knows the child well.", 1),
    ("What was seen of the plan", 1),
    ("Tell the child what was decided", 1),
    ("AUD-0001", 1),
    ("Two auditors from outside the service", 2),
    ("The supplier is behind.", 2),
    ("Attendance and five plans were seen.", 2),
    ("Assessment Team 1", 2),
    ("Eleven of twelve children", 3),
    (builders_packs.ITEM, 3),
    ("Principal Social Worker", 3),
]


def test_each_level_holds_its_own_words_and_none_above_pd_9_pr_3(build, file_of):
    for level in range(4):
        row = build(level=level, each_audit=True)
        archive = zipfile.ZipFile(io.BytesIO(file_of(row, "archive")))
        written = archive.read("contents.json").decode()
        for words, highest in CANARIES:
            assert (words in written) is (level <= highest), (words, level)


def test_everything_listed_is_printed_and_named_files_agree_pd_3(build, file_of, printed, session, contents_of):
    row = build(level=1, each_audit=True)
    words = printed(file_of(row, "pdf"), "-raw")
    pack = contents_of(row)
    assert len(pack.audits) == 12
    for part in pack.details:
        for domain in part.domains:
            assert bare(domain.rationale) in words
            for answer in domain.answers:
                assert bare(answer.question) in words
                assert bare(answer.words) in words
    for thread in pack.threads:
        for part in thread.parts:
            for said in part.sentences:
                assert bare(said) in words, said
    for one in session.exec(select(Action)):
        assert bare(one.what) in words
    for one in session.exec(select(Finding)):
        assert bare(one.text) in words
    book = openpyxl.load_workbook(io.BytesIO(file_of(row, "workbook")), read_only=True)
    assert [one[0].value for one in book["Audits"].iter_rows(min_row=2)] == [line.name for line in pack.audits]


def test_random_audits_get_a_range_and_chosen_ones_the_exact_words(build, contents_of):
    pack = contents_of(build(level=2))
    area = next(one for one in pack.areas if one.key == "ilacs-2026-HP")
    assert area.says[0] == "10 audits were drawn at random."
    # One was chosen, and one is a record read again.
    assert area.says[1] == "2 audits were chosen, not selected at random: not a picture of the service."
    drawn, chosen = area.tables
    plan = next(one for one in drawn.intervals if one.name == "The plan")
    # Of the six grades in turn, ten audits take 4+2 good, 2 outstanding: 7 of 10; Wilson gives 0.397 to 0.892.
    assert (plan.reached, plan.of, plan.share, plan.in_service) == (7, 10, "70%", "between 3 and 9 in every 10")
    assert chosen.intervals == ()
    assert pack.overall == ()


def test_the_edition_of_2012_keeps_its_names_and_says_why_no_audit_is_counted(build, contents_of):
    pack = contents_of(build(level=2, edition_id="ofsted-2012"))
    assert [one.grade for one in pack.overall] == ["Good"]
    practice = next(one for one in pack.areas if one.key == "ofsted-2012-PRAC")
    assert practice.inspectors[0].grade == "Adequate"
    assert practice.says == (
        "The questions of the period’s audits are not tied to this framework, so no audit is counted here.",
    )
    assert [name for name, _ in practice.threads] == ["AFI-0001"]
    assert "The questions of the audits inform another framework" in pack.elsewhere_note


def test_a_pack_says_when_the_crosswalk_led_audits_to_its_framework(build, contents_of):
    # The questions name areas of ILACS of 2026: for its packs no crosswalk is needed, for those of 2023 it is.
    told = {
        edition: [one.what for one in contents_of(build(edition_id=edition)).sources]
        for edition in ("ilacs-2026", "ilacs-2023")
    }
    assert "Crosswalk between frameworks" not in told["ilacs-2026"]
    assert "Crosswalk between frameworks" in told["ilacs-2023"]


def inspected(session, people, edition_id, grades):
    """An inspection under an edition, published on 12 May 2026, with the grades its report prints."""
    by = {"by": people.manager, "now": builders_packs.DAY}
    row = register.record_inspection(
        session, COUNCIL, kind=InspectionKind.inspection, title="An inspection", body="An inspectorate",
        edition_id=edition_id, published_on=date(2026, 5, 12), **by,
    )  # fmt: skip
    for area, grade in grades.items():
        register.record_judgement(
            session, COUNCIL, inspection_number=row.number, judgement_area_id=area, grade_code=grade, **by
        )


def test_a_pack_says_what_follows_an_outcome_by_its_own_name(build, file_of, contents_of, printed, session, year):
    inspected(session, year.people, "area-send-2023", {"OUT": "outcome_3"})
    row = build(edition_id="area-send-2023")
    pack = contents_of(row)
    assert pack.overall_name == "Inspection outcome"
    # 18 and 36 months from May 2026.
    told = " ".join(pack.overall_says)
    assert "A monitoring inspection comes in about 18 months. That is about November 2027." in told
    assert "A full reinspection comes in about three years. That is about May 2029." in told
    assert all("Source: " in said for said in pack.overall_says)
    assert bare("That is about November 2027") in printed(file_of(row, "pdf"))


def test_a_pack_says_the_points_of_a_scored_framework_beside_the_rating_that_was_entered(
    build, contents_of, session, year
):
    standards = [f"S{part}-{nth}" for part in (1, 2, 3) for nth in (1, 2, 3, 4)]
    grades = {**dict.fromkeys(standards, "good"), "S1-1": "outstanding", "S2-2": "requires_improvement"}
    inspected(session, year.people, "hmip-youth-2021", {**grades, "OE": "good"})
    pack = contents_of(build(edition_id="hmip-youth-2021"))
    assert pack.overall_name == "Overall rating"
    # Ten good at two points, one outstanding at three, one requiring improvement at one: 24 of 36.
    (said,) = pack.overall_says
    assert said.startswith("24 of 36 points over 12 standards (66.67%). By the table that total stands beside Good.")
    assert "Neither the points nor the table is verified." in said


def test_a_pack_of_a_framework_without_an_overall_grade_says_nothing_of_one(build, contents_of, session, year):
    inspected(session, year.people, "ilacs-2026", {"HP": "good"})
    pack = contents_of(build(edition_id="ilacs-2026"))
    assert (pack.overall_name, pack.overall, pack.overall_says) == ("", (), ())


def test_a_pack_made_again_is_the_same_to_the_byte_pd_7(build, app):
    row = build(level=1)
    same = service_building.render_again(app.config, row, RENDERERS)
    assert same == {"PCK-0001.pdf": True, "PCK-0001.xlsx": True, "PCK-0001.zip": True}
    assert contents.canonical(contents.read_pack(row.contents)) == row.contents


def test_the_pdf_is_sound_in_english_and_names_nobody_pd_5(build, file_of, tmp_path):
    path = tmp_path / "pack.pdf"
    path.write_bytes(file_of(build(level=3), "pdf"))
    reader = pypdf.PdfReader(path)
    assert reader.metadata == {
        "/Title": "Evidence pack, October 2026",
        "/Producer": "Inspection readiness toolkit",
        "/Subject": "Inspecting local authority children's services (ILACS), inspections from April 2026",
    }
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    if not shutil.which("qpdf"):
        pytest.skip("SKIPPED LOUDLY: qpdf is not installed, so the file's syntax was NOT checked")
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_names_in_an_inspectors_pack_lead_back_only_by_the_key_list_pr_4(build, contents_of, session):
    first, second = build(level=2), build(level=2)
    keys = pseudonyms.read_key_list(first.key_list)
    assert sorted(keys.values()) == list(range(1, 13))
    assert {line.name for line in contents_of(first).audits} == set(keys)
    assert set(keys).isdisjoint(pseudonyms.read_key_list(second.key_list))
    assert build(level=3).key_list == "{}"


def test_a_text_that_names_a_case_stops_an_inspectors_pack_and_names_the_place(build, session, year):
    register.raise_finding(
        session, COUNCIL, kind=FindingKind.strength, origin=Origin.case_audit, text="As in AUD-0002 and G-200003.",
        by=year.people.manager, now=builders_packs.DAY,
    )  # fmt: skip
    row = build(level=2)
    job = jobs.get(session, COUNCIL, row.job_id)
    assert row.state is PackState.asked
    assert "which this audience must not get: FND-0004." in job.message
    assert "G-200003" not in job.message
    assert build(level=1).state is PackState.ready


def test_the_log_holds_the_level_its_reason_as_a_hash_and_the_manifest_pd_6(build, session):
    row = build(level=1, purpose="The board asked for each case")
    entries = {one.event: one for one in history.entries_about(session, COUNCIL, reference("PCK", row.number))}
    assert set(entries) == {"packs.asked", "packs.level_lowered", "packs.frozen", "packs.built"}
    assert json.loads(entries["packs.built"].facts)["manifest"] == row.manifest_sha256
    assert entries["packs.level_lowered"].after_hash
    head = contents.read_pack(row.contents).log_head
    assert head.sequence < entries["packs.frozen"].sequence


def test_no_step_towards_the_open_without_a_reason(session, year):
    for changed, field in (
        ({"level": 2, "purpose": " "}, "purpose"),
        ({"level": 7, "purpose": "x"}, "level"),
        ({"period_to": builders_packs.FIRST.replace(year=2020)}, "period_to"),
        ({"edition_id": "ilacs-1850"}, "edition_id"),
        ({"marking": ""}, "title"),
    ):
        wish = service.Wish(**{**builders_packs.make_wish().__dict__, **changed})
        with pytest.raises(Invalid) as refusal:
            service.ask_for_pack(session, COUNCIL, wish, by=1, now=builders_packs.NOW)
        assert refusal.value.field == field


def test_a_pack_that_is_ready_is_not_built_again(build, session, year):
    row = build()
    with pytest.raises(OutOfTurn):
        service.ask_again(session, COUNCIL, row.number, by=year.people.manager, now=builders_packs.NOW)


def test_out_of_time_ends_in_a_sentence_and_the_pack_can_be_built_later(build, session, app, year):
    app.config["PACK_SECONDS"] = 0.000001
    row = build()
    assert "Ask for a shorter period" in jobs.get(session, COUNCIL, row.job_id).message
    app.config["PACK_SECONDS"] = 180
    service.ask_again(session, COUNCIL, row.number, by=year.people.manager, now=builders_packs.NOW)
    session.commit()
    session.refresh(row)
    assert row.state is PackState.ready


def tampered(data, change):
    """The ZIP with its members put through `change(name, bytes)`; None leaves one out."""
    old, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            kept = change(name, old.read(name))
            if kept is not None:
                new.writestr(name, kept)
    return stream.getvalue()


def test_verify_says_which_file_differs_pd_6(build, file_of, tmp_path):
    row = build()
    whole, path = file_of(row, "archive"), tmp_path / "pack.zip"

    def faults(data, expected=""):
        path.write_bytes(data)
        return verify.verify(path, expected).faults

    assert faults(whole) == []
    assert faults(whole, row.manifest_sha256) == []
    assert "not the one in the log" in faults(whole, "0" * 64)[0]
    flipped = tampered(whole, lambda name, kept: kept[:-1] + b"!" if name.endswith(".pdf") else kept)
    assert faults(flipped) == ["PCK-0001.pdf differs: its content was changed."]
    longer = tampered(whole, lambda name, kept: kept + b" " if name == "contents.json" else kept)
    assert faults(longer)[0].startswith("contents.json differs: it has")
    fewer = tampered(whole, lambda name, kept: None if name.endswith(".xlsx") else kept)
    assert faults(fewer) == ["PCK-0001.xlsx is missing."]
    assert faults(tampered(whole, lambda name, kept: None if name == "manifest.json" else kept))
    assert "cannot be read as a ZIP" in faults(whole[: len(whole) // 2])[0]
    assert faults(b"") != []


def test_verify_needs_nothing_but_python(build, file_of, tmp_path):
    path = tmp_path / "pack.zip"
    path.write_bytes(file_of(build(), "archive"))
    python = shutil.which("python3")
    done = subprocess.run([python, "-I", "-S", verify.__file__, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "PCK-0001"), done.stderr


class Large(io.BytesIO):
    """A file of a byte more than a pack may be; nothing of it is ever written."""

    def read(self, _size=-1):
        return bytes(500 * 1024 * 1024 + 1)


def test_a_pack_of_more_than_500_mb_is_refused_in_words(app):
    with pytest.raises(jobs.JobFailed, match=r"larger than 500 MB\. Leave some of its exhibits out"):
        service_building.keep(SimpleNamespace(config=app.config), Large())
