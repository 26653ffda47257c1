"""Makes a Word document for a page that offers one, with the template in use, and notes which it was. For routes."""

from flask import current_app, g
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, headers, word_files
from audit_app.errors import OutOfTurn
from audit_app.people.access import log_read
from audit_app.self_assessment.signing.contents import Assessment
from audit_app.self_assessment.tables_outputs import WordFor
from audit_app.self_assessment.word import example, queries
from audit_app.self_assessment.word.telling import Told

DOCX = evidence_store.MIME_TYPES[evidence_store.FileKind.docx]


def word_document(word_for: WordFor, assessment: Assessment, told: Told, *, suffix: str = "") -> ResponseReturnValue:
    """The document as a download; the log tells what was taken and which version of the template made it.

    Args:
        word_for: Which template makes it.
        assessment: The self-assessment it is of.
        told: What the template may print; which template makes it is added here.
        suffix: What of the self-assessment it is, for the name of the file: "-summary".
    """
    template = queries.in_use(g.session, current_app.config, g.authority.id, word_for)
    name = f"{assessment.reference}{suffix}"
    about = word_files.About(
        title=told["title"],
        subject=told["edition"],
        council=assessment.council,
        reference=name,
        template=template.words,
        day=assessment.as_at.isoformat(),
    )
    try:
        data = word_files.fill(template.data, example.of(word_for), {**told, "template": template.words}, about)
    except evidence_store.Refused as refusal:
        raise OutOfTurn(
            f"{refusal.message} A QA manager or a leader can set this version of the template aside."
        ) from None
    log_read(f"{name}/word/template-{template.version}")
    return headers.download(data, filename=f"{name}.docx", content_type=DOCX)
