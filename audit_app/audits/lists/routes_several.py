"""Several audits ticked on a list: printed as one PDF, or given to another auditor or more time."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.audits import queries
from audit_app.audits.blueprint import blueprint
from audit_app.audits.conflicts import queries as conflicts
from audit_app.audits.lists import chosen, service
from audit_app.audits.lists.chosen import MOST_CHOSEN, MOST_ON_PAPER, Chosen
from audit_app.audits.lists.forms import SeveralForm
from audit_app.audits.on_paper import pdf
from audit_app.audits.on_paper.routes import PDF, counted, for_reader
from audit_app.audits.register.forms import audit_filter
from audit_app.audits.routes_details import auditors_offered
from audit_app.audits.routes_frame import READERS, open_audit
from audit_app.errors import OutOfTurn
from audit_app.form_pages import accepted, blame, form_page, sent
from audit_app.headers import download
from audit_app.library.terms import queries as terms
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from audit_app.people.access.outside import finish_reading
from audit_app.people.proof import needs_proof
from audit_app.words import Ours

SEVERAL = "/<authority:authority>/audits/several"


def ticked() -> list[int]:
    """The audits named in this address."""
    return chosen.numbers_of(request.args.getlist("audit"))


def chosen_address(endpoint: str, numbers: list[int]) -> str:
    """The address of a page about these audits."""
    return url_for(endpoint, audit=[queries.reference_of(number) for number in numbers])


@blueprint.get(SEVERAL)
@allow(*READERS)
def several() -> ResponseReturnValue:
    """The audits of the register’s filter, each with a box to tick."""
    listed = queries.list_audits(
        g.session, g.authority.id, audit_filter(request.args), today=g.scope.today, size=queries.MOST_PER_PAGE
    )
    args = {name: value for name, value in request.args.items() if value and name not in ("page", "ticked", "audit")}
    return render_template(
        "audits/lists/several.html", listed=listed, args=args, all_ticked=request.args.get("ticked") == "all",
        already=set(ticked()), ticked_wrong=_ticked_wrong(), may_give=g.scope.has(Role.qa_manager), most=MOST_ON_PAPER,
    )  # fmt: skip


def _ticked_wrong() -> Ours:
    """Why the list is here again, where somebody wanted to do something with what they ticked."""
    if request.path.endswith("/several"):
        return Ours("")
    return Ours("Tick at least one audit.") if not ticked() else Ours(f"Tick at most {MOST_ON_PAPER} audits to print.")


@blueprint.get(f"{SEVERAL}/paper.pdf")
@allow(*READERS)
def several_paper() -> ResponseReturnValue:
    """Those ticked as one PDF, each on pages of its own: asked for with the password, counted and logged."""
    numbers = ticked()
    if not 0 < len(numbers) <= MOST_ON_PAPER:
        return several()
    back = chosen_address("audits.several", numbers)
    if (asked := needs_proof(back)) is not None:
        return asked
    for number in numbers:
        queries.audit_row(g.session, g.authority.id, number)
    printing = counted(words.count(len(numbers), "audit"))
    audits = [for_reader(open_audit(number)) for number in numbers]
    own = terms.own_words(g.session, g.authority.id)
    finish_reading()
    name = f"audits-{g.scope.today.isoformat()}.pdf"
    return download(pdf.several_audits(audits, printing, own), filename=name, content_type=PDF)


@blueprint.route(f"{SEVERAL}/auditor", methods=["GET", "POST"])
@allow(Role.qa_manager)
def give_several() -> ResponseReturnValue:
    """Those ticked to another auditor, or with another due date; those that cannot are named and left."""
    numbers = ticked()
    if not 0 < len(numbers) <= MOST_CHOSEN:
        return several()
    picked = chosen.sorted_out([queries.audit_row(g.session, g.authority.id, number) for number in numbers])
    form = forms.filled(SeveralForm, revision=picked.mark)
    form.auditor_id.choices = forms.choices(auditors_offered(g.scope.today), first="Leave each with its auditor")
    doubts: list[str] = []
    if sent(form):
        if form.revision.data != picked.mark:
            raise OutOfTurn("One of these audits was changed since you opened this page. Tick them again.")
        doubts = _doubts(form, picked)
        if doubts and not form.all_the_same.data:
            blame(form.all_the_same, "This auditor is near to some of these. Tick to give them all the same")
        elif accepted(form, lambda: _give(form, picked)):
            return redirect(url_for("audits.index"), 303)
    for row in picked.rows:
        log_read(queries.reference_of(row.number))
    rows = [queries.from_row(g.session, row) for row in picked.rows]
    return form_page("audits/lists/give.html", form, picked=picked, rows=rows, doubts=doubts)


def _doubts(form: SeveralForm, picked: Chosen) -> list[str]:
    if not form.auditor_id.data:
        return []
    auditor = int(form.auditor_id.data)
    pairings = [(auditor, team, case) for team, case in picked.pairings]
    numbers = [row.number for row in picked.rows]
    near = conflicts.nearness(g.session, g.authority.id, pairings, g.scope.today, but=numbers)
    name = dict(auditors_offered(g.scope.today)).get(auditor, "")
    return chosen.all_doubts(picked.rows, auditor, name, near)


def _give(form: SeveralForm, picked: Chosen) -> None:
    given: dict[str, Any] = {
        "auditor_id": int(form.auditor_id.data) if form.auditor_id.data else None,
        "due_on": form.due_on.data,
    }
    numbers = [row.number for row in picked.rows]
    changed = service.give_many(g.session, g.authority.id, numbers, **given, **by_whom())
    say(Ours(f"{words.count(changed, 'audit').capitalize()} changed."))
