"""The page where an auditor answers what the grades are asked about, or goes to change a grade."""

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.audits import queries
from audit_app.audits.blueprint import blueprint
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.rails import service
from audit_app.audits.rails.asking import RailLine
from audit_app.audits.rails.forms import RailsForm, field_name, form_of, kept_values
from audit_app.audits.routes_answers import AUDIT, answering, not_now
from audit_app.audits.routes_frame import WRITERS
from audit_app.form_pages import accepted, form_page, refused_page, sent
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, say


@blueprint.route(AUDIT + "/second-thoughts", methods=["GET", "POST"])
@allow(*WRITERS)
def rails(number: int) -> ResponseReturnValue:
    """Each question about a grade, with a box for the reason and a link to the grade."""
    open_now = answering(number)
    if open_now is None:
        return not_now(number)
    audit, questions = open_now
    lines = queries.rails_of(g.session, audit, questions)
    mark = str(forms.mark_of(*((line.question, line.reason) for line in lines)))
    form = forms.filled(form_of(lines), revision=mark, **kept_values(lines))
    given = _given(number, lines, form)
    if request.method == "POST" and str(form.revision.data) != mark:
        form.revision.data = mark
        return refused_page("audits/rails/answer.html", 409, form=form, changed=True, **given)
    if sent(form) and accepted(form, lambda: _keep(form, number), **_boxes(lines)):
        if request.form.get("then") == "back":
            return redirect(url_for("audits.show", number=number), 303)
        return redirect(url_for("audits.check", number=number), 303)
    return form_page("audits/rails/answer.html", form, changed=False, **given)


def _keep(form: RailsForm, number: int) -> None:
    lines = service.answer_rails(g.session, g.authority.id, number, form.reasons(), **by_whom())
    if lines and not any(line.is_open for line in lines):
        say(words.Ours("Your reasons are kept with the audit."))


def _boxes(lines: tuple[RailLine, ...]) -> dict[str, str]:
    return {line.key: field_name(line.key) for line in lines}


def _given(number: int, lines: tuple[RailLine, ...], form: RailsForm) -> dict[str, Any]:
    """What the page shows besides its boxes; what was typed to a question no longer asked is shown, never dropped."""
    boxes = _boxes(lines)
    typed = [text for name, text in request.form.items() if name.startswith("why-") and name not in form]
    return {
        "number": number,
        "reference": queries.reference_of(number),
        "lines": lines,
        "boxes": boxes,
        "not_asked": [text for text in typed if text.strip()],
        "change": {line.key: grade_address(number, line.about) for line in lines},
        "open_concerns": concerns.open_concerns(g.session, g.authority.id, number),
    }


def grade_address(number: int, about: str) -> str:
    """Where the grade stands that is asked about: on its domain's page, or on the last."""
    if about:
        return url_for("audits.answer", number=number, domain_id=about) + "#grade-0"
    return url_for("audits.closing", number=number) + "#overall_grade-0"
