"""Every edition of the field as the reference tells it: areas, dates, types and honest marks, typed by hand."""

import pytest

import frameworks
from frameworks import edition_changes, reader

# Edition: type, first and last day, areas in printed order, overall judgement.
KNOWN = {
    "ilacs-2018": ("graded_best_fit", "2018-01-01", "2022-12-31", "LEAD HP CIC", "OE"),
    "ilacs-2023": ("graded_best_fit", "2023-01-01", "2024-12-31", "LEAD HP CIC CL", "OE"),
    "ilacs-2025": ("graded_best_fit", "2025-01-01", "2026-03-31", "LEAD HP CIC CL", "OE"),
    "ilacs-2026": ("graded_best_fit", "2026-04-01", None, "LEAD HP CIC CL", None),
    "sif-2013": ("graded_best_fit", "2013-11-01", "2018-07-05", "HP CLA ADO CL LMG LSCB", "OE"),
    "jtai-2016": ("narrative", "2016-02-01", "2021-12-31", "ID PLAN PROT PREV LEAD", None),
    "jtai-2022": ("narrative", "2022-01-01", None, "ID PLAN PROT PREV LEAD", None),
    "lga-peer-2012": ("narrative", "2012-01-01", None, "PR1 PR2 PR3 PR4 PR5 EXTRA UNSAFE", None),
    "area-send-2023": ("outcome", "2023-01-01", None, "NEED SHARE HELP READY LIFE AP LEAD JOINT EVAL", "OUT"),
    "hmip-youth-2021": (
        "scored", "2021-03-09", "2025-03-31",
        "S1-1 S1-2 S1-3 S1-4 S2-1 S2-2 S2-3 S2-4 S3-1 S3-2 S3-3 S3-4 S4-1", "OE",
    ),
    "hmip-youth-2025": ("graded_best_fit", "2025-04-01", None, "CHILD VICTIM", "OE"),
    "working-together-2023": ("expectations", "2023-12-15", None, "SL MM DP STD", None),
    "self-assessment-1": ("narrative", "2026-04-01", None, "HP CIC CL LEAD", None),
}  # fmt: skip


@pytest.mark.parametrize("edition_id", KNOWN)
def test_an_edition_is_what_the_reference_says(edition_id):
    edition = frameworks.edition(edition_id)
    kind, first, last, areas, overall = KNOWN[edition_id]
    assert (edition.type, edition.valid_from.isoformat()) == (kind, first)
    assert (edition.valid_to.isoformat() if edition.valid_to else None) == last
    assert [area.id for area in edition.areas] == areas.split()
    assert (edition.overall.id if edition.overall else None) == overall


@pytest.mark.parametrize("edition_id", reader.edition_ids())
def test_every_statement_names_its_source_and_nothing_of_ours_passes_for_an_inspectorates(edition_id):
    edition = frameworks.edition(edition_id)
    assert edition.source.document and edition.source.place and edition.licence
    assert edition.verified == "verified" or edition.not_verified
    for statement in edition.statements:
        assert statement.source.strip()
        # Sentences of an inspectorate were read in no edition: each is ours or a paraphrase, and says so.
        assert statement.wording in ("ours", "paraphrase")
    for one in (*edition.checks, *edition.facts, *edition.consequences, *edition.themes):
        assert one.source.strip()
    assert all(area.source for area in edition.areas) or edition_id in ("national-framework-2023", "ofsted-2012")


def test_every_theme_to_date_is_there_with_its_agencies():
    themes = [*frameworks.edition("jtai-2016").themes, *frameworks.edition("jtai-2022").themes]
    assert [one.id for one in themes] == [
        "cse-missing", "domestic-abuse-2016", "neglect-2017", "exploitation-gangs-2018", "domestic-abuse-2018",
        "sexual-abuse-2018", "exploitation-2019", "mental-health-2019", "front-door", "criminal-exploitation", "help",
        "serious-youth-violence", "domestic-abuse-2024", "sexual-abuse-2025",
    ]  # fmt: skip
    assert all("police" in one.agencies and "health" in one.agencies for one in themes)
    # HM Inspectorate of Probation left on 1 April 2022 and is back for serious youth violence.
    by_id = {one.id: one.agencies for one in themes}
    assert "probation" in by_id["cse-missing"] and "probation" not in by_id["front-door"]
    assert "youth-justice" in by_id["serious-youth-violence"]


def test_the_catalogue_of_joint_inspections_names_who_is_responsible():
    edition = frameworks.edition("jtai-2022")
    by_id = {one.id: one for one in edition.statements}
    assert len(by_id) == 38
    assert by_id["J-21"].agencies == ("police",)
    assert by_id["J-28"].agencies == ("council", "police")
    assert by_id["J-09"].agencies == ("council", "police", "health")


def test_adequate_is_never_turned_into_requires_improvement():
    old = frameworks.edition("ofsted-2012")
    codes = {code for scale in old.scales for code in scale.codes}
    assert "adequate" in codes and "requires_improvement" not in codes
    followed = [one for one in reader.crosswalk_file().lines if one.relation in ("same", "part_of")]
    assert not [one for one in followed if "ofsted-2012" in one.from_ + one.to]


def test_each_outcome_of_area_send_says_what_follows():
    edition = frameworks.edition("area-send-2023")
    months = {(one.code, one.months) for one in edition.consequences if one.months}
    assert months == {("outcome_1", 60), ("outcome_2", 36), ("outcome_3", 18), ("outcome_3", 36)}
    assert any("priority action plan" in one.says for one in edition.consequences if one.code == "outcome_3")


def test_the_bands_of_points_are_marked_as_not_verified():
    scoring = frameworks.edition("hmip-youth-2021").scoring
    assert scoring.verified == "unverified"
    assert [(one.grade, one.lowest, one.highest) for one in scoring.bands] == [
        ("inadequate", 0, 6), ("requires_improvement", 7, 18), ("good", 19, 30), ("outstanding", 31, 36),
    ]  # fmt: skip


def changes(older, newer):
    return edition_changes.edition_changes(
        frameworks.edition(older), frameworks.edition(newer), reader.crosswalk_file().lines
    )


def test_care_leavers_were_judged_apart_from_2023():
    told = {one.id: one for one in changes("ilacs-2018", "ilacs-2023").areas}
    assert (told["CIC"].kind, set(told["CIC"].to)) == ("split", {"CIC", "CL"})
    assert told["HP"].kind == "kept"


def test_the_overall_grade_went_in_2026_and_tags_came_in_2025():
    assert any("The overall grade is gone" in sentence for sentence in changes("ilacs-2025", "ilacs-2026").sentences)
    assert any("national-framework-2023" in sentence for sentence in changes("ilacs-2023", "ilacs-2025").sentences)
    assert {one.kind for one in changes("ilacs-2025", "ilacs-2026").areas} == {"kept"}
