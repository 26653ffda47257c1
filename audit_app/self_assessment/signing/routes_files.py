"""A self-assessment as a file: the whole as a tagged PDF and as a Word document, its claims as a workbook."""

from flask import current_app, g, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, evidence_store, headers, words
from audit_app.people import queries as people
from audit_app.people.access import log_read, signed_in
from audit_app.people.proof import needs_proof
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.blueprint import PAGE, blueprint
from audit_app.self_assessment.signing import pdf, queries, queries_since, workbook
from audit_app.self_assessment.signing.contents import Assessment
from audit_app.self_assessment.signing.signature import signature
from audit_app.self_assessment.tables import SELF_ASSESSMENT, SelfAssessment
from audit_app.self_assessment.tables_outputs import WordFor
from audit_app.self_assessment.word import telling
from audit_app.self_assessment.word.routes_page import word_document
from findings.references import reference

PDF = evidence_store.MIME_TYPES[evidence_store.FileKind.pdf]
XLSX = evidence_store.MIME_TYPES[evidence_store.FileKind.xlsx]


def _read(number: int) -> tuple[SelfAssessment, Assessment]:
    months = int(current_app.config["CLAIM_EVIDENCE_MONTHS"])
    row = assessments.get_row(g.session, g.authority.id, number)
    return row, queries.document(g.session, g.authority.id, number, g.scope.today, months)


@blueprint.get(f"{PAGE}/pdf")
@signed_in
def download_pdf(number: int) -> ResponseReturnValue:
    if (asked := needs_proof(url_for(".read", number=number))) is not None:
        return asked
    row, document = _read(number)
    council = people.authority_settings(g.session)
    since = _since(row, document)
    logo = evidence_store.read_file(current_app.config, council.logo_sha256) if council.logo_sha256 else None
    data = pdf.render(
        document,
        marking=council.marking,
        signature=signature(row),
        fingerprint=row.fingerprint,
        since=since,
        logo=logo,
    )
    name = reference(SELF_ASSESSMENT, number)
    log_read(f"{name}/pdf")
    return headers.download(data, filename=f"{name}.pdf", content_type=PDF)


@blueprint.get(f"{PAGE}/word")
@signed_in
def download_word(number: int) -> ResponseReturnValue:
    """The whole in the council's own template, or in ours while it has none; the log says which version made it."""
    if (asked := needs_proof(url_for(".read", number=number))) is not None:
        return asked
    row, document = _read(number)
    contents = telling.whole(
        document, marking=people.authority_settings(g.session).marking, signature=signature(row),
        fingerprint=row.fingerprint, since=_since(row, document), template="",
    )  # fmt: skip
    return word_document(WordFor.whole, document, contents)


def _since(row: SelfAssessment, document: Assessment) -> dict[int, tuple[str, ...]]:
    if not row.contents:
        return {}
    return queries_since.since_signature(g.session, g.authority.id, document, g.scope.today)


@blueprint.get(f"{PAGE}/workbook")
@signed_in
def download_workbook(number: int) -> ResponseReturnValue:
    if (asked := needs_proof(url_for(".read", number=number))) is not None:
        return asked
    _row, document = _read(number)
    name = reference(SELF_ASSESSMENT, number)
    who = f"{words.role_name(sorted(g.scope.roles)[0])} {g.person.person_id}"
    data = workbook.claims_xlsx(
        document, export_id=f"{name}/{g.request_id}", who=who, when=clock.now(),
        marking=people.authority_settings(g.session).marking,
    )  # fmt: skip
    log_read(f"{name}/xlsx")
    return headers.download(data, filename=f"{name}.xlsx", content_type=XLSX)
