"""A self-assessment as a PDF and as a workbook: whole, whatever its texts are, and the same every time."""

import io

import openpyxl
import pypdf

from audit_app.forms import mark_of
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims.given import Said
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.signing import pdf, queries, workbook
from audit_app.self_assessment.tables import Stance
from tests import builders
from tests import builders_self_assessment as made

NOW = builders.MOMENT
LONG = " ".join(f"word{place:04d}" for place in range(1_111))[:10_000]
RTL = "الأطفال يقولون إننا نصغي إليهم"
FORMULA = "=1+1 is what a cell may not work out"


def read_text(data):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_long_claims_other_alphabets_and_empty_sections_are_printed_whole(session):
    by = builders.make_person(session).id
    row, places = made.begin(session, by)
    who = {"by": by, "now": NOW}
    at = places["HP"]
    sections.save_section(session, at, [sections.Typed("known", "What we know", mark_of(""))], None, **who)
    for text in (LONG, RTL, FORMULA):
        claims.add_claim(session, at, Said("known", text, Stance.works_well), **who)
    session.commit()
    whole = queries.document(session, made.COUNCIL, row.number, NOW.date(), 12)
    assert [claim.text for _, claim in whole.claims] == [LONG, RTL, FORMULA]
    given = {"marking": "OFFICIAL-SENSITIVE", "signature": "A draft", "since": {}, "logo": None}
    data = pdf.render(whole, **given)
    text = read_text(data)
    assert (
        text.count("Nothing is written here.") == 3 * 6 + 5
    )  # three sections, and five questions
    assert all(f"word{place:04d}" in text for place in range(1_111))
    assert "Without evidence. Nothing that it cites shows this yet" in text.replace("\n", " ")
    catalogue = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert (catalogue["/Lang"], "/StructTreeRoot" in catalogue) == ("en-GB", True)
    assert pdf.render(whole, **given) == data

    book = openpyxl.load_workbook(
        io.BytesIO(workbook.claims_xlsx(whole, export_id="SAS-0001/x", who="leader 1", when=NOW))
    )
    rows = list(book["Claims"].iter_rows(min_row=2, values_only=True))
    assert [line[2] for line in rows][:2] == [LONG, RTL]
    assert rows[2][2] == f"'{FORMULA}"
    assert {line[6] for line in rows} == {"Nothing"}
    assert book["Claims"].cell(row=4, column=3).data_type == "s"
