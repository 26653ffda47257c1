"""Makes a Word document for a page that offers one, with the template in use, and notes which it was. For routes."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, g
from flask.typing import ResponseReturnValue

from audit_app import clock, evidence_store, headers, word_files
from audit_app.errors import OutOfTurn
from audit_app.people.access import log_read
from audit_app.self_assessment.signing.contents import Assessment
from audit_app.self_assessment.tables_outputs import WordFor
from audit_app.self_assessment.versions.contents import Version
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
    name = f"{assessment.reference}{suffix}"
    facts = Facts(name, assessment.council, told["edition"], assessment.as_at.isoformat())
    return _made(word_for, facts, told)


def version_document(word_for: WordFor, version: Version, told: Told, *, on: datetime) -> ResponseReturnValue:
    """The same of a version for staff or for children; `on` is when it was signed, or now for a draft."""
    name = f"{version.of_reference}-{version.audience}"
    return _made(word_for, Facts(name, version.council, version.of_title, clock.london_day(on).isoformat()), told)


@dataclass(frozen=True)
class Facts:
    """What a document says of itself beside its title."""

    name: str
    council: str
    subject: str
    day: str


def _made(word_for: WordFor, facts: Facts, told: Told) -> ResponseReturnValue:
    template = queries.in_use(g.session, current_app.config, g.authority.id, word_for)
    about = word_files.About(
        title=told["title"],
        subject=facts.subject,
        council=facts.council,
        reference=facts.name,
        template=template.words,
        day=facts.day,
    )
    try:
        data = word_files.fill(template.data, example.of(word_for), {**told, "template": template.words}, about)
    except evidence_store.Refused as refusal:
        raise OutOfTurn(
            f"{refusal.message} A QA manager or a leader can set this version of the template aside."
        ) from None
    log_read(f"{facts.name}/word/template-{template.version}")
    return headers.download(data, filename=f"{facts.name}.docx", content_type=DOCX)
