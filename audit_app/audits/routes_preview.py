"""A question set as the auditor will see it, with nothing to save: of a draft of the council's own."""

from typing import Any

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue

from audit_app.audits import forms_answers, showing
from audit_app.audits.blueprint import blueprint
from audit_app.errors import NotFound, OutOfTurn
from audit_app.library import queries_own
from audit_app.people.access import Role, allow
from frameworks import own_set


@blueprint.get('/<authority:authority>/library/own-sets/<ref("SET"):number>/preview')
@allow(Role.qa_manager, Role.leader)
def preview_set(number: int) -> ResponseReturnValue:
    """Every domain of a draft as its page will be."""
    view = queries_own.get_set(g.session, g.authority.id, number)
    line = view.open_version or view.published
    if line is None:
        raise NotFound("This set has no version.")
    own = queries_own.document_of(g.session, g.authority.id, number, line.version)
    if queries_own.complaints(own):
        raise OutOfTurn("This draft has faults, so it cannot be shown as auditors will see it. They are on its page.")
    questions = own_set.built(own, "own-set", own_set.NO_DAY).question_sets[-1]
    every = frozenset(one.key for one in questions.questions)
    pages: list[dict[str, Any]] = []
    for domain in questions.domains:
        grown = forms_answers.form_for(questions, f"preview {own.fingerprint}", domain.id)
        pages.append(
            {
                "domain": domain,
                "form": grown(prefix=f"{domain.id}-"),
                "asked": showing.asked_on(questions, domain, every),
            }
        )
    return render_template(
        "audits/preview.html", view=view, line=line, own=own, questions=questions, pages=pages, asks=forms_answers,
        rationale_words=current_app.config["RATIONALE_WORDS"],
    )  # fmt: skip
