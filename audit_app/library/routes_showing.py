"""What the pages of the library share: who may read them, showing a form with its faults, drafts and stale pages."""

from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from audit_app.form_pages import form_page
from audit_app.library import asking, wording
from audit_app.library.blueprint import blueprint
from audit_app.library.own_sets import question_keys
from audit_app.library.own_sets.queries import VersionLine
from audit_app.library.tables import VersionState
from audit_app.people.access import Role
from frameworks import QuestionSet, changes
from frameworks.kinds import record_facts
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnSet

READERS = (Role.qa_manager, Role.auditor, Role.moderator, Role.team_manager, Role.leader, Role.admin)
OWN = '/<authority:authority>/library/own-sets/<ref("SET"):number>'


@blueprint.context_processor
def words_of_the_library() -> dict[str, Any]:
    """What every template of the library may say."""
    return {"wording": wording, "question_keys": question_keys, "asking": asking, "fact_words": record_facts.in_words}


def show(template: str, form: Any = None, **more: Any) -> ResponseReturnValue:
    """A page; 422 when it is shown again because of what was posted."""
    return form_page(f"library/{template}.html", form, **more)


def may_read(line: VersionLine) -> bool:
    """Whoever may use the library reads what is published; a draft is for those who write or publish it."""
    return line.state is VersionState.published or bool(g.scope.has(Role.qa_manager, Role.leader))


def changed(earlier: OwnSet, later: OwnSet) -> dict[str, Any]:
    """How many questions of a document were kept, reworded, split or retired, or are new."""
    before, after = (at_full_length(own) for own in (earlier, later))
    question_changes = changes.changes(before, after)
    return {
        "found": question_changes,
        "counts": changes.counted(question_changes),
        "kinds": changes.KINDS,
        "facts_changed": [each for each in record_facts.changes(earlier, later) if each.kind != "kept"],
    }


def at_full_length(own: OwnSet) -> QuestionSet:
    """The questions of a document, to be compared or shown and never used."""
    return own_set.built(own, "own-set", own_set.NO_DAY).question_sets[-1]
