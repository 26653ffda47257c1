"""The clearing page of a pack: each place that may tell of a person, to be reworded, cleared or accepted."""

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.disclosure import TITLES
from audit_app.errors import OutOfTurn
from audit_app.evidence.tables import EVIDENCE
from audit_app.form_pages import accepted, form_page, sent
from audit_app.packs import queries
from audit_app.packs.blueprint import PACK_PAGE, blueprint
from audit_app.packs.clearing import queries as clearing
from audit_app.packs.clearing import service
from audit_app.packs.clearing.forms import DecideForm
from audit_app.packs.disclosure import levels
from audit_app.packs.disclosure.clearing import Clearing, Place, leaves
from audit_app.packs.tables import PACK, Decision, EvidencePackRow
from audit_app.people import queries as people
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from findings.references import ACTION, AREA, FINDING, INSPECTION, parse_reference, reference

# Where a text is reworded: the page of what it belongs to, which leads to its form.
SET_UP_PAGES = {"authority": "people.set_up", "brag_meaning": "people.colours"}
PAGES_OF = {
    FINDING: "improvement.show_finding",
    AREA: "improvement.show_area",
    ACTION: "improvement.show_action",
    INSPECTION: "improvement.show_inspection",
    EVIDENCE: "evidence.show_evidence",
}


@blueprint.get(f"{PACK_PAGE}/clearing")
@allow(Role.qa_manager)
def show_clearing(number: int) -> ResponseReturnValue:
    row, looked_over = _looked_over(number)
    log_read(f"{reference(PACK, number)}/clearing")
    return render_template(
        "packs/clearing.html",
        pack=row,
        reference=reference(PACK, number),
        clearing=looked_over,
        level=levels.NAMES[row.level],
        leaves=leaves(row.level),
        where=where_reworded,
        names=people.names_of(g.session, looked_over.decided_by),
    )


def _looked_over(number: int) -> tuple[EvidencePackRow, Clearing]:
    row = queries.get_pack(g.session, g.authority.id, number)
    if row.contents or row.destroyed_at:
        raise OutOfTurn("This pack has been built. What it says cannot be decided about any more.")
    months = current_app.config["IMPACT_EVIDENCE_MONTHS"]
    return row, clearing.clearing_of(g.session, row, now=g.now, evidence_months=months)


def where_reworded(place: Place) -> str:
    """The page on which the text of a place can be changed; the council's own words stand on pages of the set-up."""
    parsed = parse_reference(place.text.reference)
    if parsed is None:
        page = SET_UP_PAGES.get(place.text.column.split(".")[0])
        return url_for(page) if page else ""
    prefix, number = parsed
    return url_for(PAGES_OF[prefix], number=number) if prefix in PAGES_OF else ""


@blueprint.route(f"{PACK_PAGE}/clearing/<string:key>", methods=["GET", "POST"])
@allow(Role.qa_manager)
def decide(number: int, key: str) -> ResponseReturnValue:
    row, looked_over = _looked_over(number)
    place = looked_over.find(key)
    if place is None:
        raise OutOfTurn("This text has been changed since the page was loaded. Load the list again.")
    form = forms.filled(DecideForm)
    if sent(form) and accepted(form, lambda: _decide(row, key, form)):
        say(f"Decided about “{place.suspect.words}”.")
        return redirect(url_for(".show_clearing", number=number), 303)
    where = where_reworded(place)
    looks_like = TITLES[place.suspect.kind]
    return form_page("packs/decide.html", form, pack=row, place=place, where=where, looks_like=looks_like)


def _decide(row: EvidencePackRow, key: str, form: DecideForm) -> None:
    service.decide(
        g.session, row, key, decision=Decision(form.decision.data), reason=form.reason.data or "",
        evidence_months=current_app.config["IMPACT_EVIDENCE_MONTHS"], **by_whom(),
    )  # fmt: skip
