"""What the filters of the register of audits offer, and how many audits fit."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import question_sets, wording
from audit_app.audits.counts.groups import COUNTED
from audit_app.audits.queries_lists import SORTS, AuditFilter, conditions_of
from audit_app.audits.stages import AUDITING_ROLES
from audit_app.audits.tables import CaseAudit, HowChosen, Stage
from audit_app.library.set_name import name_of
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.people.organisation import queries as organisation
from audit_app.people.tables import Role


def offered(session: Session, authority_id: int, scope: Scope, today: date) -> dict[str, Any]:
    """What each filter offers, as pairs of value and words."""
    grades: dict[str, str] = {}
    sets = question_sets.ever_offered(session, authority_id, today)
    for questions in sets:
        grades.update(question_sets.grade_names(session, name_of(questions)))
    titles = question_sets.titles_apart(sets)
    everybody = people.list_people_views(session, today) if scope.has(Role.qa_manager, Role.leader) else []
    return {
        "teams": organisation.teams_to_choose(session, today),
        "auditors": [(person.id, person.name) for person in everybody if person.roles & AUDITING_ROLES],
        "sets": list(titles.items()),
        "stages": [(stage.value, wording.stage_title(stage)) for stage in Stage],
        "grades": list(grades.items()),
        "ways": [(way.value, wording.HOW_CHOSEN[way]) for way in HowChosen],
        "groups": list(COUNTED.items()),
        "sorts": [(key, sort[0]) for key, sort in SORTS.items()],
    }


def count_audits(session: Session, authority_id: int, wanted: AuditFilter, today: date) -> int:
    """How many audits fit, in the session's scope."""
    conditions = conditions_of(authority_id, wanted, today)
    return int(session.exec(select(sa.func.count(col(CaseAudit.number))).where(*conditions)).one())
