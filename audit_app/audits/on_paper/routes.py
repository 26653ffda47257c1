"""An audit on paper: the page, and the same as a PDF, counted and logged as an export."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from audit_app.audits import queries
from audit_app.audits.blueprint import blueprint
from audit_app.audits.on_paper import pdf
from audit_app.audits.on_paper import queries as papers
from audit_app.audits.on_paper.contents import AuditOnPaper, Printing
from audit_app.audits.queries import AuditView
from audit_app.audits.routes_frame import READERS, document_for_reader, open_audit, reads_words
from audit_app.headers import download
from audit_app.library.terms import queries as terms
from audit_app.people.access import allow, log_read
from audit_app.people.access.outside import finish_reading
from audit_app.people.exports.routes_counting import count_or_refuse
from audit_app.words import datetime_words

PDF = "application/pdf"
PAPER = '/<authority:authority>/audits/<ref("AUD"):number>/paper'


def for_reader(view: AuditView) -> AuditOnPaper:
    """The audit as this reader may have it."""
    reader = papers.Reader(document_for_reader(view), reads_words(view), g.scope.today)
    return papers.on_paper(g.session, view, reader)


def counted(what: str) -> Printing:
    """What is taken out is counted and logged under an id of its own, which stands on it (EX-4, EX-6)."""
    export_id = f"EXP-{g.now:%Y%m%d%H%M%S}-{g.request_id[:6]}"
    count_or_refuse(what, export_id=export_id)
    log_read(export_id)
    return Printing(export_id, g.person.name, datetime_words(g.now))


@blueprint.get(PAPER)
@allow(*READERS)
def paper(number: int) -> ResponseReturnValue:
    """The audit as it stands on paper, to read before it is printed."""
    return render_template("audits/on_paper/page.html", audit=for_reader(open_audit(number)), number=number)


@blueprint.get(f"{PAPER}.pdf")
@allow(*READERS)
def paper_pdf(number: int) -> ResponseReturnValue:
    """The same as a file."""
    name = queries.reference_of(number)
    queries.audit_row(g.session, g.authority.id, number)
    printing = counted(name)
    audit = for_reader(open_audit(number))
    own = terms.own_words(g.session, g.authority.id)
    finish_reading()
    return download(pdf.one_audit(audit, printing, own), filename=f"{name}.pdf", content_type=PDF)
