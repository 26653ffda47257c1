"""The first page of each role: a plain list of what waits for that person today."""

from typing import Any

from flask import current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, drafts, notices
from audit_app.home import queries, unsaved
from audit_app.home.blueprint import blueprint
from audit_app.home.waiting import Line, grouped
from audit_app.people.access import Role, signed_in

LATEST_NOTICES = 5


@blueprint.get("/<authority:authority>/")
@signed_in
def index() -> ResponseReturnValue:
    person_id, authority = g.person.person_id, g.authority
    typed = drafts.of_person(g.session, authority.id, person_id)
    latest = notices.list_notices(
        g.session, authority.id, person_id, authority.name, authority.key, unread_only=True, limit=LATEST_NOTICES
    )
    return render_template(
        "home/index.html",
        groups=grouped(queries.waiting(g.session, g.scope, clock.today())),
        unsaved=[page for draft in typed if (page := unsaved.page_of(draft, authority.key)) is not None],
        notices=latest,
        unread=len(latest)
        if len(latest) < LATEST_NOTICES
        else notices.count_unread(g.session, authority.id, person_id),
        today=clock.today(),
        address=address_of,
        starters=starters(),
    )


def address_of(line: Line) -> str:
    """The page a line leads to."""
    return url_for(line.endpoint, **line.values)


STARTERS: tuple[tuple[Role, str, str], ...] = (
    (Role.qa_manager, "Set up an audit", "audits.create"),
    (Role.auditor, "Start an audit yourself", "audits.create"),
    (Role.qa_manager, "Record an inspection or review", "improvement.record_inspection"),
    (Role.qa_manager, "See how ready you are, and why", "home.readiness"),
    (Role.qa_manager, "Build an evidence pack", "packs.new_pack"),
    (Role.team_manager, "Update your team’s actions from audits", "audits.update_actions"),
    (Role.team_manager, "Update your plan actions", "improvement.your_actions"),
    (Role.leader, "See how ready you are, and why", "home.readiness"),
    (Role.leader, "See what changed", "improvement.list_changes"),
    (Role.leader, "Update your plan actions", "improvement.your_actions"),
    (Role.leader, "Read evidence packs", "packs.list_packs"),
    (Role.admin, "Council set-up", "people.council"),
)


def starters() -> list[dict[str, Any]]:
    """What a person in these roles may begin when nothing waits, each page once."""
    mine = {endpoint: words for role, words, endpoint in reversed(STARTERS) if g.scope.has(role)}
    known = [(words, endpoint) for endpoint, words in mine.items() if endpoint in current_app.view_functions]
    return [{"words": words, "href": url_for(endpoint)} for words, endpoint in reversed(known)]
