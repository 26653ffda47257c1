"""What a pack rests on, line by line: documents, question sets, how audits were chosen, and the day of the register."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from audit_app.packs.composing import source_parts
from audit_app.packs.composing.extract import Asked, Register
from audit_app.packs.composing.grades import PrintOrder
from audit_app.packs.contents import Control
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.kinds.sections import Asks
from findings.states import FindingStatus, InspectionKind
from findings.tables import Inspection
from findings.thread_shapes import FindingStrand, ImpactStrand, Thread
from tests.audit_app.packs.composing.test_figures import HP, VISITS, extract_of, record, records
from tests.audit_app.packs.composing.test_sentences import NOW, area, evidence, finding, judged, narrator

ORDER = PrintOrder({HP: "Help"})


def report(number, title, **changed):
    given = {"kind": InspectionKind.inspection, "recorded_by": 1, "recorded_at": NOW, **changed}
    return Inspection(authority_id=1, number=number, title=title, **given)


def strand(number, document="", found_in=None, **changed):
    sources = (evidence(id=number, document=document),) if document else ()
    return FindingStrand(finding(number=number, **changed), found_in, (), sources, ())


def sources(register=None, level=0, made=(), **changed):
    extract = replace(extract_of(made, level=level), **changed)
    if register:
        extract = replace(extract, register=register)
    return [(part.what, part.more) for part in source_parts.sources(extract, ORDER, narrator(level))]


NAMED = "Named in the register as a source."


def test_each_document_is_listed_once_reports_first_and_those_of_what_was_withdrawn_not_at_all():
    visit = report(1, "Visit", body="Ofsted", document_title="Letter", published_on=date(2026, 5, 12))
    impact = ImpactStrand(judged(id=1), (evidence(id=8, document="Minutes"),))
    gone = strand(2, "Withdrawn paper", status=FindingStatus.withdrawn)
    framework = extract_of(()).about.edition.title
    register = Register(
        [Thread(area(number=1), (strand(1, "Letter", visit), gone), (), (impact,), ())],
        [strand(3, "Annual report"), strand(4, "Minutes")], (), (),
        asked=[Asked(report(2, "Review"), [strand(5, "Dataset")], {}), Asked(visit, [], {})],
        loose_findings=[strand(6, framework), strand(7, "Board paper")],
    )  # fmt: skip
    told = sources(register)
    assert told[0][0] == framework
    assert told[1:-2] == [
        ("Letter", "Inspection. Carried out by: Ofsted. Published 12 May 2026."),
        ("Review", "Inspection. No date given."),
        ("Annual report", NAMED), ("Board paper", NAMED), ("Dataset", NAMED), ("Minutes", NAMED),
    ]  # fmt: skip
    assert [what for what, _ in told[-2:]] == [
        "How the audits were chosen",
        "The council’s register of findings, plans and audits",
    ]


def test_the_register_stands_as_of_its_moment_and_says_which_post_made_the_pack():
    about = extract_of(()).about
    named = replace(about, control=Control("QA manager", "", "", "", None, None, ""))
    assert sources()[-1][1] == "As they stood on 1 September 2026 at 10am. Made by: a post that is not recorded."
    assert sources(about=named)[-1][1] == "As they stood on 1 September 2026 at 10am. Made by: QA manager."


def of_set(number, title, version=None, length="", first=1):
    facts = {"audit": {"edition_id": version, "length": length}} if version else {}
    return [replace(each, document=facts) for each in records(first, ["good"] * number, title=title)]


def test_each_question_set_is_counted_by_its_version_and_length():
    made = [
        *of_set(2, "Plans", "case-audit-2", "core"),
        *of_set(1, "Plans", "case-audit-1", first=5),
        *of_set(1, "Care"),
    ]
    told = dict(part for part in sources(made=made) if part[0].startswith("Audits with"))
    assert told == {
        "Audits with the question set “Care”": "1 agreed audit.",
        "Audits with the question set “Plans”": "Version: case-audit-2, core. 2 agreed audits.",
    }
    parts = [more for what, more in sources(made=made) if what.endswith("“Plans”")]
    assert parts == ["Version: case-audit-1. 1 agreed audit.", "Version: case-audit-2, core. 2 agreed audits."]


def of_visits(number, title):
    return [record(101 + at, [([HP], "Seen", "secure", VISITS)], title=title) for at in range(number)]


@pytest.mark.parametrize(
    ("made", "numbers"),
    [
        ([*of_set(6, "Plans"), *of_set(5, "Care", first=21)], ["5 agreed audits.", "6 agreed audits."]),
        ([*of_set(9, "Plans"), *of_set(4, "Care", first=21)],
         ["Fewer than five agreed audits.", "Five or more agreed audits."]),
        # Of two scales one is hidden, though each set is large enough.
        ([*of_set(6, "Plans"), *of_set(5, "Care", first=21), *of_visits(4, "Care")],
         ["Five or more agreed audits.", "Five or more agreed audits."]),
    ],
)  # fmt: skip
def test_the_sets_of_a_pack_for_everybody_give_no_hidden_number_away(made, numbers):
    assert [more for what, more in sources(level=3, made=made) if what.startswith("Audits with")] == numbers


ALL = "Every agreed audit of the period{} is counted; the pack leaves none out by its grade."


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({}, ALL.format("")),
        ({"theme": "case-audit-1/core"}, ALL.format(" with this question set")),
        ({"areas": ("HP",)}, ALL.format(" that speaks to the judgement areas of this pack")),
        ({"theme": "x", "areas": ("HP",)},
         ALL.format(" with this question set that speaks to the judgement areas of this pack")),
        ({"asks": (Asks.audit,), "theme": "x"}, source_parts.THIS_ALONE),
    ],
)  # fmt: skip
def test_which_audits_are_counted_is_said_of_what_was_chosen(chosen, says):
    def of(made, level=0, **choices):
        return source_parts._chosen(made, Choices(**choices or chosen), ORDER, narrator(level))

    ways = [("Read for a theme", 2), ("AFI-0001 asked for it", 1), ("Chosen for a reason", 2)]
    picked = [replace(each, way_chosen=way) for at, (way, number) in enumerate(ways, start=1)
              for each in records(100 * at, ["good"] * number, at_random=False)]  # fmt: skip
    assert of(records(1, ["good"])) == f"1 agreed audit drawn at random. {says}"
    assert of(records(1, ["good"] * 2) + picked) == (
        "2 agreed audits drawn at random and 5 agreed audits that were chosen (1 AFI-0001 asked for it, 2 chosen for a "
        f"reason and 2 read for a theme). {says}"
    )
    assert of(picked, 3) == f"5 agreed audits that were chosen. {says}"
    assert of([]) == "No agreed audit of the period is counted."
    assert of(picked, asks=(Asks.self_assessment,)) == source_parts.NONE_COUNTED


def test_documents_are_named_only_where_they_may_be():
    class Untold:
        def may(self, name):
            return name != "source.document"

    register = Register((), (), (), ())
    strands = [strand(1, "Minutes", report(1, "Visit"))]
    assert [part.what for part in source_parts._documents(strands, register, known=set(), narrator=Untold())] == [
        "Visit"
    ]


def test_the_framework_says_its_publisher_its_days_and_where_it_was_read():
    edition = SimpleNamespace(
        title="ILACS", publisher="Ofsted", valid_from=date(2026, 4, 1), valid_to=None,
        source=SimpleNamespace(document="The guidance", date="2025-11-27"),
    )  # fmt: skip
    assert source_parts._framework(edition) == (
        "Framework. Publisher: Ofsted. Inspections from 1 April 2026. Read in: The guidance, 27 November 2025."
    )
    assert source_parts.edition_note(edition) == f"ILACS. {source_parts.LIBRARY}"
    assert [source_parts._written_date(text) for text in ("2024-04-05", "2014 to 2018", "read 2024-04-05")] == [
        "5 April 2024", "2014 to 2018", "read 2024-04-05",
    ]  # fmt: skip
