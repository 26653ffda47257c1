"""What was found, one finding and one source at a time: whose words, where, and what each source said."""

from datetime import date

import pytest

from audit_app.packs.composing import found_sentences
from audit_app.packs.disclosure.levels import FIELDS
from findings.states import FindingKind, InspectionKind, Origin, SourceKind, Timescale
from findings.tables import Inspection
from findings.thread_shapes import FindingStrand
from tests.audit_app.packs.composing.test_sentences import NOW, finding, from_audit, narrator

SEND = "area-send-2023"
BODIES = "The local authority and The integrated care board and health services"
TAG = "printed with the tag “Outcome 2”"


def report(**changed):
    given = {"authority_id": 1, "number": 1, "kind": InspectionKind.inspection, "title": "Visit", "recorded_by": 1}
    return Inspection(**{**given, "recorded_at": NOW, **changed})


def strand(*sources, inspection=None, **changed):
    return FindingStrand(finding(**changed), inspection, (), sources, ())


def document(**changed):
    given = {"kind": SourceKind.document, "audit_reference": "", "grade_words": "", "words": ""}
    return from_audit(**{**given, "question_reference": "", **changed})


@pytest.mark.parametrize(
    ("title", "text", "verbatim", "printed"),
    [
        ("Plans", "Plans drift", False, "Plans drift"),
        ("plans…", "Plans drift", True, "“Plans drift”"),
        ("Drift", "Plans wait", False, "Drift. Plans wait"),
        ("", "Plans wait", True, "“Plans wait”"),
        ("Drift", "", False, "Drift"),
    ],
)
def test_a_title_stands_before_the_words_only_where_it_says_more(title, text, verbatim, printed):
    row = finding(title=title, text=text, verbatim=verbatim)
    assert found_sentences.words_of(row, narrator()) == printed


def test_the_document_just_named_is_no_further_source_unless_it_says_more():
    own = report(document_title="Letter")
    plain = [document(document="Letter"), document(document="Visit", paragraph="45")]
    more = [
        document(id=6, document="Letter", words="It drifts"), document(id=7, document="Letter", grade_words="Good"),
        document(id=8, document="Letter", audit_reference="AUD-0007"),
        document(id=9, document="Letter", paragraph="46"), document(id=10, document="Minutes"),
    ]  # fmt: skip
    teller = narrator()
    held = strand(*plain, *more, inspection=own, paragraphs="45")
    assert [row.id for row in found_sentences.further_sources(held, teller)] == [6, 7, 8, 9, 10]
    # What was not repeated counts as printed: the sentence before has named it.
    assert {("source", 4, "document"), ("source", 4, "paragraph")} <= teller.printed
    assert found_sentences.further_sources(strand(*plain), narrator()) == plain


@pytest.mark.parametrize(
    ("inspection", "changed", "where"),
    [
        ({}, {}, "The inspection, Visit; no paragraph given; area for improvement"),
        (
            {"body": "Ofsted"}, {"team_name": "Team East", "printed_number": 2, "timescale": Timescale.immediately},
            "Ofsted in Team East, Visit; no paragraph given; area for improvement 2, to be met immediately",
        ),
        (
            {"body": "Ofsted"}, {"kind": FindingKind.strength, "timescale": Timescale.immediately},
            "Ofsted, Visit; no paragraph given; strength",
        ),
        (
            {"edition_id": SEND}, {"agencies": "council,health", "national_framework_as_printed": "Outcome 2"},
            f"The inspection, Visit; no paragraph given; area for improvement; for {BODIES}; {TAG}",
        ),
        (
            None, {"origin": Origin.case_audit, "agencies": "health", "timescale": Timescale.immediately},
            "Case audit, raised on 1 September 2026; to be met immediately; for health",
        ),
    ],
)  # fmt: skip
def test_where_a_finding_was_made(inspection, changed, where):
    row = strand(inspection=None if inspection is None else report(**inspection), **changed)
    assert found_sentences.where_found(row, narrator()) == where


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "Named as a source: a document."),
        ({"kind": SourceKind.other}, "Named as a source: evidence of another kind."),
        ({"document": "Minutes", "paragraph": "3", "grade_words": "Good"},
         "Named as a source: Minutes, paragraph 3. Graded: good."),
        ({"document": "Minutes", "dated_on": date(2026, 9, 2)}, "Named as a source: Minutes, 2 September 2026."),
        ({"document": "Minutes", "words": "Plans drift"}, "Minutes: “Plans drift”."),
        ({"words": "Plans drift", "grade_words": "Good"}, "A document: “Plans drift”. Graded: good."),
        ({"kind": SourceKind.audit_answer, "question_reference": "a/b", "words": "Is it kept?", "grade_words": "Yes"},
         "An answer in a case audit. Asked: “Is it kept?” Answered: yes."),
        ({"kind": SourceKind.audit_answer, "question_reference": "a/b", "words": "Is it kept?"},
         "An answer in a case audit. Asked: “Is it kept?”"),
        ({"kind": SourceKind.audit_answer, "question_reference": "a/b"},
         "Named as a source: an answer in a case audit."),
    ],
)  # fmt: skip
def test_a_source_that_is_no_audit_says_what_it_is_and_what_it_said(changed, says):
    assert found_sentences.evidence_sentences([document(**changed)], narrator()) == [says]


def test_audits_are_counted_once_and_told_by_what_each_said():
    names = {f"AUD-000{number}": f"AUD-000{number}" for number in (7, 8, 9)}
    rows = [
        from_audit(), from_audit(id=5, grade_words="", audit_reference="AUD-0008"),
        from_audit(id=6, question_reference="", words="It drifts", grade_words="", document="Record", paragraph="2"),
        from_audit(id=7, question_reference="", words="", audit_reference="AUD-0009", grade_words="Good"),
    ]  # fmt: skip
    teller = narrator(names=names)
    assert found_sentences.evidence_sentences(rows, teller) == [
        "It rests on 3 case audits: AUD-0007; Good in AUD-0009.",
        f"Asked: “{rows[0].words}” Answered: partly in AUD-0007; an answer that is not recorded in AUD-0008.",
        "AUD-0007: “It drifts”.",
        "Named beside AUD-0007: Record, paragraph 2.",
    ]
    assert {("source", number, "audit_reference") for number in (4, 5, 6, 7)} <= teller.printed
    # Whoever is told the question of an audit is told its answer.
    assert FIELDS["source.words"][0] <= FIELDS["source.grade"][0]
