"""Which parts of a pack each section fills, and what a pack without a section says that it leaves out."""

from dataclasses import replace
from datetime import date

import pytest

import frameworks
from audit_app.packs.composing import pack as composing
from audit_app.packs.composing.extract import Asked, Inspections, Register
from audit_app.packs.disclosure.accounts import UNCHOSEN
from audit_app.packs.kinds.choices import Choices, of_kind
from audit_app.packs.kinds.kind import WHOLE
from audit_app.packs.kinds.sections import OF_THE_REGISTER
from audit_app.packs.kinds.shipped import whole
from findings.gaps import Gap, GapCode
from findings.states import FindingKind, InspectionKind
from findings.tables import FindingJudgementArea, Inspection, Judgement
from findings.thread_shapes import ActionStrand, FindingStrand, Thread
from frameworks.crosswalk import AreaReference
from tests.audit_app.packs.composing.test_figures import MOMENT, extract_of, record
from tests.audit_app.packs.composing.test_sentences import action, area, finding

ONE = {"authority_id": 1}
EDITION = frameworks.edition("ilacs-2018")
HELP, OLD = EDITION.areas[1], AreaReference("ofsted-2012", "PRAC")


def tied(number, edition_id, area_id):
    return FindingJudgementArea(**ONE, finding_number=number, edition_id=edition_id, judgement_area_id=area_id)


def strand(number, *areas, **changed):
    return FindingStrand(finding(number=number, title="", **changed), None, areas, (), ())


STRENGTH = {"kind": FindingKind.strength}
ACTION = ActionStrand(action(number=5), (), (), (), (), (), (3,))
THREAD = Thread(area(number=3, not_yet_good_enough="Dates are missing"), (strand(7, tied(7, EDITION.id, HELP.id)),),
                (ACTION,), (), ())  # fmt: skip
VISIT = Inspection(**ONE, number=1, kind=InspectionKind.inspection, title="Inspection of May", edition_id=EDITION.id,
                   published_on=date(2026, 5, 12), recorded_by=1, recorded_at=MOMENT)  # fmt: skip
REVIEW = Inspection(**ONE, number=2, kind=InspectionKind.inspection, title="Inspection of old", edition_id=EDITION.id,
                    published_on=date(2020, 5, 12), recorded_by=1, recorded_at=MOMENT)  # fmt: skip
GRADES = [
    Judgement(**ONE, id=at, inspection_number=of, judgement_area_id=area_id, grade_code=code, recorded_by=1,
              recorded_at=MOMENT)
    for at, (of, area_id, code) in enumerate(
        [(2, HELP.id, "inadequate"), (1, HELP.id, "good"), (1, EDITION.overall.id, "outstanding")], start=1
    )
]  # fmt: skip
STRENGTHS = [
    strand(8, tied(8, EDITION.id, HELP.id), **STRENGTH), strand(9, tied(9, OLD.edition_id, OLD.area), **STRENGTH),
]  # fmt: skip
REGISTER = Register(
    [THREAD], STRENGTHS, [ACTION], [Gap(GapCode.area_without_owner, "AFI-0003", "It has no owner.", "Name one.")],
    asked=[Asked(VISIT, [strand(10)], {})], loose_findings=[strand(11, text="Loose words of staff")],
)  # fmt: skip
FILLED = (
    "answers", "reports", "loose_findings", "overall", "overall_says", "areas", "elsewhere_note", "elsewhere",
    "threads", "gaps", "not_yet", "sheets", "actions", "audits", "details", "further",
)  # fmt: skip


def composed(chosen, level=0, each_audit=False):
    made = [replace(record(1, [([AreaReference(EDITION.id, HELP.id)], "The plan", "good")]), document=DOCUMENT)]
    plain = extract_of(made, level=level, edition=EDITION)
    return composing.compose(replace(
        plain, about=replace(plain.about, each_audit=each_audit), register=REGISTER, chosen=chosen,
        inspections=Inspections({1: VISIT, 2: REVIEW}, GRADES),
    ))  # fmt: skip


DOCUMENT = {
    "overall": {"rationale": "All in all"}, "closing": {"strengths": "", "worries": "", "difference": ""},
    "domains": (),
}  # fmt: skip


def of(*sections, **more):
    return Choices(kind="made-here", sections=sections, **more)


@pytest.mark.parametrize(
    ("section", "fills"),
    [
        ("answers", {"answers"}),
        ("asked-for", {"reports", "loose_findings"}),
        ("judgement-areas", {"overall", "areas", "elsewhere_note", "elsewhere"}),
        ("areas-for-improvement", {"threads"}),
        ("gaps", {"gaps", "not_yet"}),
        ("plan-sheets", {"sheets", "actions"}),
        ("audit-list", {"audits"}),
        ("each-audit", {"details"}),
        ("one-audit", {"details", "further"}),
        ("in-figures", set()),
    ],
)
def test_a_section_fills_its_own_parts_of_a_pack_and_no_others(section, fills):
    pack = composed(of(section), each_audit=True)
    assert {name for name in FILLED if getattr(pack, name)} - {"further"} == fills - {"further"}
    latest = [text for text in pack.summary if text.startswith("The latest grades by inspectors.")]
    assert latest == (
        [f"The latest grades by inspectors. {EDITION.overall.name}: Outstanding. {HELP.name}: Good."]
        if section in ("answers", "judgement-areas") else []
    )  # fmt: skip
    assert any(text.startswith("The register holds 1 thing that inspectorates") for text in pack.summary)
    assert pack.kind.sections == (section,)


def test_a_pack_of_everything_fills_them_all_and_names_nothing_as_not_chosen():
    everything = composed(of_kind(whole()))
    empty = {name for name in FILLED if not getattr(everything, name)}
    assert empty <= {"overall_says", "details", "further"}
    assert everything.not_chosen == () and UNCHOSEN not in {part.what for part in everything.withheld}
    assert [grade.grade for part in everything.areas for grade in part.inspectors] == ["Good", "Inadequate"]
    assert everything.kind.key == WHOLE and everything.accounted


def test_texts_that_stand_in_no_chosen_section_are_counted_and_those_that_do_are_not():
    def unchosen(*sections, **more):
        withheld = {part.what: part.times for part in composed(of(*sections, **more)).withheld}
        return withheld.get(UNCHOSEN, 0), withheld

    nothing, _ = unchosen("in-figures")
    sheets, _ = unchosen("plan-sheets")
    every, _ = unchosen(*OF_THE_REGISTER)
    # On sheets stand what the action is and the heading it answers; of the rest nothing.
    assert every == 0 and nothing > sheets > 0
    report, told = unchosen("asked-for")
    assert nothing - report >= 3  # the report’s title, the item’s words and the loose one’s
    assert "Text of findings" not in told


def test_a_page_of_answers_without_the_areas_tells_the_latest_grade_of_each_alone():
    pack = composed(of("answers"))
    named = {part.what: part.times for part in pack.withheld}
    assert named[UNCHOSEN] > 0 and pack.areas == ()
    assert pack.answers is not None


def test_of_chosen_judgement_areas_only_those_are_printed_and_nothing_of_other_frameworks():
    pack = composed(of("judgement-areas", areas=(HELP.id,)))
    assert [part.key for part in pack.areas] == [f"{EDITION.id}-{HELP.id}"]
    assert (pack.elsewhere, len(composed(of("judgement-areas")).areas)) == ((), len(EDITION.areas))


def test_a_pack_says_of_itself_whose_it_is_and_of_what():
    pack = composed(of("gaps"), level=2)
    about = extract_of((), level=2, edition=EDITION).about
    assert (pack.reference, pack.title, pack.council, pack.marking, pack.level, pack.audience) == (
        "PCK-0001", "Pack", "Greenhaven", "OFFICIAL", 2, composing.NAMES[2],
    )  # fmt: skip
    assert (pack.edition_id, pack.edition_title, pack.edition_version) == (EDITION.id, EDITION.title, EDITION.version)
    assert (pack.period_from, pack.period_to, pack.as_at) == (about.period_from, about.period_to, about.as_at)
    assert (pack.overall_name, pack.fictional, pack.logo_sha256, pack.terms) == (EDITION.overall.name, False, "", ())
    words = {colour.word for colour in pack.colours}
    assert {colour.capitalize() for colour in ("blue", "green", "amber", "red", "grey")} <= words
    assert (pack.sources[0].what, pack.edition_note.startswith(f"{EDITION.title}. ")) == (EDITION.title, True)
