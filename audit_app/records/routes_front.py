"""The first page of data protection: what can be done here."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.people.access import Role, allow
from audit_app.records.blueprint import RECORDS_PAGE, blueprint
from audit_app.words import Ours

# A page of each room, in the order of this list: what it is called, what it is for, and its endpoint.
ROOMS: tuple[tuple[Ours, Ours, str], ...] = (
    (
        Ours("How long things are kept"),
        Ours("A period for each kind of record, and what is past it. Without one nothing is removed."),
        "records.retention",
    ),
    (Ours("Legal holds"), Ours("What must not be removed, whatever its time."), "records.holds"),
    (
        Ours("Removed for good"),
        Ours("Ask for a record to be removed, agree to what somebody else asked, and read the certificates."),
        "records.removals",
    ),
    (
        Ours("Papers"),
        Ours("The drafts of an impact assessment and a record of processing, and the two papers everybody may read."),
        "records.papers",
    ),
    (
        Ours("Subject access"),
        Ours("Everything on one case reference or one member of staff, as a working copy. Two people are needed."),
        "records.subject_requests",
    ),
)


@blueprint.get(RECORDS_PAGE)
@allow(Role.qa_manager, Role.leader)
def index() -> ResponseReturnValue:
    return render_template("records/index.html", rooms=ROOMS)
