"""The page of what is written elsewhere, and taking a text or a claim of it over."""

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import words
from audit_app.errors import Invalid
from audit_app.form_pages import form_page
from audit_app.people.access import signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment import ladder_words
from audit_app.self_assessment.blueprint import SECTION, blueprint
from audit_app.self_assessment.elsewhere import queries, service
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.tables import AssessmentState
from audit_app.self_assessment.who import may_write

LONGEST_KEY = 121


@blueprint.get(f"{SECTION}/elsewhere")
@signed_in
def written_elsewhere(number: int, section_id: int) -> ResponseReturnValue:
    return _page(number, section_id)


def _page(number: int, section_id: int, refused: str = "") -> ResponseReturnValue:
    """What is offered; with the reason where something could not be taken over."""
    elsewhere = queries.written_elsewhere(g.session, g.authority.id, number, section_id, g.scope.today)
    drafting = elsewhere.row.state is AssessmentState.drafting
    return form_page(
        "self_assessment/elsewhere/show.html",
        elsewhere=elsewhere,
        may_take=drafting and may_write(g.scope, elsewhere.row, elsewhere.section),
        refused=refused,
        rung_words=ladder_words.rung_words,
    )


@blueprint.post(f"{SECTION}/elsewhere/<int:other_id>/texts")
@signed_in
def take_text(number: int, section_id: int, other_id: int) -> ResponseReturnValue:
    question = request.form.get("question", "")[:LONGEST_KEY]
    at = Place(g.authority.id, number, section_id)
    try:
        text = service.take_text(g.session, at, other_id, question, today=g.scope.today, **by_whom())
    except Invalid as refusal:
        return _page(number, section_id, str(refusal))
    say(f"The text stands under “{text.goes_under_words}”, with where it was written. Make it your own.")
    return redirect(url_for(".show_section", number=number, section_id=section_id), 303)


@blueprint.post(f"{SECTION}/elsewhere/<int:other_id>/claims/<int:claim_id>")
@signed_in
def take_claim(number: int, section_id: int, other_id: int, claim_id: int) -> ResponseReturnValue:
    at = Place(g.authority.id, number, section_id)
    try:
        taken = service.take_claim(g.session, at, other_id, claim_id, today=g.scope.today, **by_whom())
    except Invalid as refusal:
        return _page(number, section_id, str(refusal))
    cites = words.count(taken.cited, "thing")
    left_out = words.count(taken.left_out, "thing")
    left = f" {left_out[:1].upper()}{left_out[1:]} it cites there could not be cited by you." if taken.left_out else ""
    say(f"The claim stands here too, and cites {cites}.{left} Decide anew how firm it is here.")
    return redirect(url_for(".show_section", number=number, section_id=section_id), 303)
