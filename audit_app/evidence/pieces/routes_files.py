"""The files of evidence: downloaded as they were given, and the picture of one beside what it proves (UP-5)."""

from flask import Response, current_app, g
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, headers
from audit_app.errors import NotFound, OutOfTurn
from audit_app.evidence import queries
from audit_app.evidence.blueprint import EVIDENCE_PAGE, blueprint
from audit_app.evidence.guards import HOLDERS
from audit_app.evidence.states import Held, Scan
from audit_app.evidence.tables import EVIDENCE
from audit_app.people.access import allow, log_read
from findings.references import reference

VERSION = f"{EVIDENCE_PAGE}/versions/<int:version>"


@blueprint.get(f"{VERSION}/file")
@allow(*HOLDERS)
def download(number: int, version: int) -> ResponseReturnValue:
    row = queries.get_version(g.session, g.authority.id, number, version)
    if row.held is not Held.here:
        raise NotFound("No file is kept here of this version.")
    if row.scan is Scan.refused:
        raise OutOfTurn("The virus scanner found something harmful in this file, so it cannot be downloaded.")
    data = evidence_store.stream(current_app.config, row.sha256)
    name = reference(EVIDENCE, number)
    log_read(f"{name}/{version}")
    kind = evidence_store.MIME_TYPES[evidence_store.FileKind(row.kind)]
    return headers.download(data, filename=f"{name}-{version}-{row.given_name}", content_type=kind, size=row.size)


@blueprint.get(f"{VERSION}/picture")
@allow(*HOLDERS)
def picture(number: int, version: int) -> ResponseReturnValue:
    row = queries.get_version(g.session, g.authority.id, number, version)
    if not row.picture_sha256 or row.scan is Scan.refused:
        raise NotFound("There is no picture of this version.")
    drawn = Response(evidence_store.read_file(current_app.config, row.picture_sha256), content_type="image/png")
    drawn.headers["Content-Security-Policy"] = headers.DOWNLOAD_POLICY
    return drawn
