"""Self-assessments for tests: one laid out and begun, with sections by their area."""

import io
from datetime import date

import docx
from docx.oxml.ns import qn
from sqlmodel import select

from audit_app.forms import mark_of
from audit_app.self_assessment.assessments import service
from audit_app.self_assessment.assessments.layout import Layout
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.tables import AssessmentSection, Cites
from tests import builders

COUNCIL = builders.AUTHORITY_ID
AREAS = ("LEAD", "HP", "CIC", "CL")


def make_layout(**changed):
    """A self-assessment against the edition with four graded areas and no overall grade."""
    given = {
        "title": "Self-evaluation 2026",
        "edition_id": "ilacs-2026",
        "period_from": date(2026, 4, 1),
        "period_to": date(2027, 3, 31),
        "areas": AREAS,
    }
    return Layout(**{**given, **changed})


def begin(session, by, *, now=builders.MOMENT, **changed):
    """Begin one, and give it back with its sections by area (or heading, where they stand under none)."""
    row = service.begin(session, COUNCIL, make_layout(**changed), by=by, now=now)
    return row, sections_of(session, row.number)


def sections_of(session, number):
    """Where to write: the place of each section, by its area, else by its heading."""
    query = select(AssessmentSection).where(AssessmentSection.assessment_number == number)
    rows = session.exec(query.order_by(AssessmentSection.position)).all()
    return {(each.area_id or each.heading): Place(COUNCIL, number, each.id) for each in rows}


def make_one_of_everything(session, by, *, now=builders.MOMENT):
    """A draft whose first section holds a text, a claim with a citation, a plan, a comment and a suggestion."""
    row, places = begin(session, by, now=now)
    at = places["HP"]
    who = {"by": by, "now": now}
    sections.save_section(session, at, [sections.Typed("known", "What we know", mark_of(""))], None, **who)
    outside = Cited(Cites.voice, title="Survey of care leavers", dated_on=date(2026, 9, 1), shows="12 of 15 feel safe")
    claims.add_claim(session, at, Said("known", "Care leavers feel safe"), [outside], **who)
    service_plans.add_plan(session, at, service_plans.Planned("Ask again in spring"), **who)
    sections.comment(session, at, "Who was asked?", **who)
    sections.suggest(session, at, question="known", old_words="", new_words="And how", **who)
    return row


def words_of(data):
    """Every word of a Word document: paragraphs, tables, header and footer, in one text."""
    document = docx.Document(io.BytesIO(data))
    parts = [document.element.body, *(part._element for part in (document.sections[0].header,
             document.sections[0].footer))]  # fmt: skip
    return " ".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for part in parts for paragraph in part.iter(qn("w:p"))
    )  # fmt: skip
