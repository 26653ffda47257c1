"""Under which judgement area each thing of a pack is printed, in which order, and by which name."""

from types import SimpleNamespace

import pytest

import frameworks
from audit_app.packs.composing import areas, placing
from audit_app.packs.composing.extract import Inspections, Register
from audit_app.packs.composing.grades import PrintOrder
from audit_app.packs.composing.placing import NOWHERE, AreaReference
from findings.thread_shapes import FindingStrand, Thread
from tests.audit_app.packs.composing.test_figures import record
from tests.audit_app.packs.composing.test_sentences import area, finding, narrator

EDITION = frameworks.edition("ilacs-2026")
IDS = [each.id for each in EDITION.areas]  # LEAD, HP, CIC, CL
LEAD, HP, CIC, CL = (AreaReference(EDITION.id, name) for name in ("LEAD", "HP", "CIC", "CL"))
OLD_HP, OLD_CL, GONE = AreaReference("ilacs-2023", "HP"), AreaReference("ilacs-2023", "CL"), AreaReference("x-1", "Z")
UNKNOWN = AreaReference("ilacs-2023", "A")


def strand(number, *tied):
    areas_of = [SimpleNamespace(edition_id=each.edition_id, judgement_area_id=each.area) for each in tied]
    return FindingStrand(finding(number=number), None, tuple(areas_of), (), ())


def thread(number, own=NOWHERE, *tied):
    given = {"edition_id": own.edition_id, "judgement_area_id": own.area}
    return Thread(area(number=number, **given), (strand(number, *tied),) if tied else (), (), (), ())


def places(threads=(), strengths=(), records=()):
    return placing.places_of(EDITION, records, Register(threads, strengths, (), ()))


def printed(made):
    numbers = {place.area: [each.area.number for each in place.threads] for place in (*made.own, *made.elsewhere)}
    return {of: held for of, held in numbers.items() if held}


def test_the_packs_own_areas_come_in_their_order_then_those_of_others_as_they_print_them_and_the_untied_last():
    threads = [
        thread(1), thread(2, UNKNOWN), thread(3, GONE), thread(4, OLD_CL), thread(5, OLD_HP), thread(6, CL),
        thread(7, LEAD, OLD_HP), thread(8, OLD_CL, HP, CIC), thread(9, OLD_HP, OLD_CL),
    ]  # fmt: skip
    made = places(threads)
    assert [place.area.area for place in made.own] == IDS == ["LEAD", "HP", "CIC", "CL"]
    assert [place.area for place in made.elsewhere] == [OLD_HP, OLD_CL, UNKNOWN, GONE, NOWHERE]
    assert printed(made) == {
        LEAD: [7], HP: [8], CIC: [8], CL: [6], OLD_HP: [5, 9], OLD_CL: [4, 9], UNKNOWN: [2], GONE: [3], NOWHERE: [1],
    }  # fmt: skip
    in_order = made.in_print_order(threads)
    assert [each.area.number for each in in_order] == [7, 8, 6, 5, 9, 4, 2, 3, 1]
    # What a place was not made for stands at the end, as it came.
    strangers = [thread(20, HP), thread(19, HP)]
    assert [each.area.number for each in made.in_print_order([*strangers, threads[5]])] == [6, 20, 19]


def test_strengths_stand_under_each_own_area_they_are_tied_to_and_elsewhere_only_if_under_none():
    made = places(strengths=[strand(1, HP, CIC, OLD_HP), strand(2, OLD_HP, OLD_CL), strand(3)])
    told = {place.area: [each.finding.number for each in place.strengths] for place in (*made.own, *made.elsewhere)}
    assert told == {LEAD: [], HP: [1], CIC: [1], CL: [], OLD_HP: [2], OLD_CL: [2], NOWHERE: [3]}


def of_audit(number, *tied):
    return record(number, [([each], "The plan", "good") for each in tied])


@pytest.mark.parametrize(
    ("records", "elsewhere", "untied", "speak_elsewhere"),
    [
        ((), [], [], False),
        ((of_audit(1, HP),), [], [], False),
        ((of_audit(1, OLD_HP),), [OLD_HP], [LEAD, HP, CIC, CL], True),
        ((of_audit(1, OLD_CL, OLD_HP), of_audit(2, CL)), [OLD_HP, OLD_CL], [], False),
        ((of_audit(1),), [], [LEAD, HP, CIC, CL], False),
    ],
)
def test_where_audits_speak_to_another_framework_their_grades_stand_there_and_each_area_of_ours_says_so(
    records, elsewhere, untied, speak_elsewhere
):
    made = places(records=records)
    assert [place.area for place in made.elsewhere] == elsewhere
    assert [place.area for place in (*made.own, *made.elsewhere) if place.untied] == untied
    assert made.audits_speak_elsewhere is speak_elsewhere
    counted = {place.area: len(place.records) for place in (*made.own, *made.elsewhere) if place.records}
    assert counted == {each: 1 for row in records for each in row.graded}


def test_areas_of_a_framework_without_audits_are_untied_and_what_is_tied_to_none_never_is():
    made = places([thread(1, GONE), thread(2)], records=[of_audit(1, HP)])
    assert {place.area: place.untied for place in made.elsewhere} == {GONE: True, NOWHERE: False}
    assert placing.areas_with_audits([of_audit(1, HP, OLD_HP), of_audit(2, LEAD, HP)]) == [OLD_HP, HP, LEAD]


def test_an_area_is_named_with_its_framework_where_that_is_not_the_packs_own():
    names = {each.id: each.name for each in EDITION.areas}
    old = {each.id: each.name for each in frameworks.edition("ilacs-2023").areas}
    assert placing.name_of(HP, EDITION) == names["HP"]
    assert placing.name_of(OLD_CL, EDITION) == f"{old['CL']} (ILACS 2023)"
    assert placing.name_of(GONE, EDITION) == "Z (X 1)"
    assert placing.name_of(NOWHERE, EDITION) == "Not tied to a judgement area"
    one = thread(1, OLD_CL, LEAD, HP)
    assert placing.names_of(one, EDITION) == [names["HP"], names["LEAD"], f"{old['CL']} (ILACS 2023)"]
    keys = {place.area: place.key for place in places([thread(1), thread(2, OLD_HP)]).elsewhere}
    assert keys == {NOWHERE: "no-area", OLD_HP: "ilacs-2023-HP"}


def test_an_area_of_a_pack_tells_what_is_printed_under_it_or_why_no_audit_is_counted():
    made = places([thread(4, HP)], [strand(5, HP)], [of_audit(1, OLD_HP)])
    order = PrintOrder({place.area: place.name for place in (*made.own, *made.elsewhere)})
    parts = {place.area: areas.area_part(place, Inspections({}, ()), order, narrator())
             for place in (*made.own, *made.elsewhere)}  # fmt: skip
    here = parts[HP]
    assert (here.says, here.tables, here.threads) == ((areas.NOT_TIED,), (), (("AFI-0004", "Plans are not specific"),))
    assert [(each.reference, each.text) for each in here.strengths] == [
        ("FND-0005", "Plans. “Make plans say who will do what”.")
    ]
    assert (parts[OLD_HP].says, len(parts[OLD_HP].tables)) == (("1 audit was drawn at random.",), 1)
    assert areas.elsewhere_note(made, narrator()) == areas.ELSEWHERE + areas.SPEAK_ELSEWHERE
    assert areas.elsewhere_note(places([thread(1)]), narrator()) == areas.ELSEWHERE
    assert areas.elsewhere_note(places(), narrator()) == ""
