"""What every page of one audit shows around its own content, and the readers who may open it."""

from typing import Any

from flask import current_app, g, request

from audit_app import ways
from audit_app.audits import contents, queries, wording
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.on_paper import queries_facts
from audit_app.audits.queries import AuditView
from audit_app.audits.rails import asking
from audit_app.audits.stages import BEFORE_SUBMISSION, Hat, Step, may
from audit_app.people.access import Role, log_read
from frameworks import QuestionSet

READERS = (Role.auditor, Role.qa_manager, Role.team_manager, Role.leader)
WRITERS = (Role.auditor, Role.qa_manager)


def open_audit(number: int) -> AuditView:
    """The audit of this address, its reading noted in the read log."""
    view = queries.get_audit(g.session, g.authority.id, number)
    log_read(view.reference)
    return view


def audit_frame(view: AuditView) -> dict[str, Any]:
    """What the templates of an audit's pages need besides their own content."""
    row = view.row
    return {
        "audit": view,
        "row": row,
        "wording": wording,
        "facts": queries_facts.facts_of(view, words_too=reads_words(view)),
        "stage_words": wording.STAGE_WORDS[row.stage],
        "may": {step.value: may(step, row.stage, view.hats) for step in Step},
        "is_auditor": Hat.its_auditor in view.hats,
        "is_qa": Hat.qa_manager in view.hats,
        "before_submission": row.stage in BEFORE_SUBMISSION,
        "today": g.scope.today,
        "number": row.number,
        "may_raise": may_raise(view),
        "may_hold": ways.is_open("place_hold") and g.scope.has(Role.qa_manager, Role.leader),
        "may_ask_for_removal": ways.is_open("ask_for_removal") and g.scope.has(Role.qa_manager),
        "just_saved": just_saved(view.questions),
        "open_concerns": concerns.open_concerns(g.session, g.authority.id, row.number),
    }


def asked_again(view: AuditView, document: contents.Document | None) -> asking.AskedAgain | None:
    """What the grades in a document were asked about; the document as this reader may see it."""
    return asking.of_document(document, view.questions)


def may_raise(view: AuditView) -> bool:
    """Whether this person may raise a finding from an answer of it."""
    return ways.is_open("raise_finding") and view.stage in AFTER_AGREEMENT and g.scope.has(Role.qa_manager)


def document_for_reader(view: AuditView, document: contents.Document | None = None) -> contents.Document | None:
    """The audit's contents as this reader may see them: a council may keep the auditor's words from its leaders."""
    whole = document or view.document
    return whole if whole is None or reads_words(view) else contents.without_words(whole)


def reads_words(view: AuditView) -> bool:
    """Whether this reader reads what the auditor wrote, or grades and answers alone."""
    return bool(view.hats or row_is_of_own_team(view) or current_app.config["LEADERS_READ_TEXT"])


def row_is_of_own_team(view: AuditView) -> bool:
    """Whether the reader manages the audited team."""
    return bool(g.scope.has(Role.team_manager) and view.row.team_id in g.scope.managed_teams)


def just_saved(questions: QuestionSet | None) -> str:
    """The title of the page just saved: it travels in the address, so that saving writes nothing more."""
    saved = request.args.get("saved", "")
    if saved == "facts":
        return "What you filled in"
    if saved == "last-page":
        return "The last page"
    return next((f"“{domain.title}”" for domain in (questions.domains if questions else ()) if domain.id == saved), "")
