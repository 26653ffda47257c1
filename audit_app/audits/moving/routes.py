"""Pages that move an unfinished audit to a newer version of its questions, undo that, and say what changed."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.audits import queries, question_sets
from audit_app.audits.blueprint import blueprint
from audit_app.audits.forms_details import MoveForm
from audit_app.audits.kinds.given import Given
from audit_app.audits.moving import carrying_over, service
from audit_app.audits.moving import queries as moves
from audit_app.audits.moving.carrying_over import Fate
from audit_app.audits.record_facts import queries as facts
from audit_app.audits.record_facts import telling
from audit_app.audits.routes_frame import READERS, WRITERS, audit_frame, open_audit
from audit_app.audits.tables import CaseAudit
from audit_app.errors import NotFound, OutOfTurn, Stale
from audit_app.form_pages import refused_page
from audit_app.library.set_name import SetName, name_of
from audit_app.people.access import allow, log_read
from audit_app.people.access.door import by_whom, say
from frameworks import QuestionSet, changes
from frameworks.kinds import record_facts

AUDIT = '/<authority:authority>/audits/<ref("AUD"):number>'


@blueprint.route(AUDIT + "/newer-questions/<string:edition>/<string:length>", methods=["GET", "POST"])
@allow(*WRITERS)
def move(number: int, edition: str, length: str) -> ResponseReturnValue:
    """What a move to this set would do with everything that is saved; done on the button."""
    view = open_audit(number)
    audit = queries.audit_row(g.session, g.authority.id, number)
    older = question_sets.questions_of(g.session, audit)
    newer = _target(audit, edition, length)
    if older is None or newer is None:
        raise OutOfTurn("This audit cannot be moved to those questions. Open the audit to see what can be done.")
    domains, answers = moves.saved_rows(g.session, audit)
    mark = service.mark_of_saved(audit, domains, answers)
    form = forms.filled(MoveForm, seen=mark)
    refusal = ""
    if request.method == "POST":
        try:
            return _moved(number, edition, length, form)
        except Stale:
            form.seen.data = mark
            refusal = "Somebody saved something since you opened this page, so nothing was moved. Read it again below."
    planned = carrying_over.plan(older, newer, domains, answers)
    page = {
        "form": form, "planned": planned, "newer": newer, "older": older, "fates": Fate, "refusal": refusal,
        "counts": changes.counted(planned.changes), **_facts(number, older, newer), **audit_frame(view),
    }  # fmt: skip
    if refusal:
        return refused_page("audits/moving/move.html", 409, **page)
    return render_template("audits/moving/move.html", **page)


def _facts(number: int, older: QuestionSet, newer: QuestionSet) -> dict[str, Any]:
    """What becomes of the facts about the record, and how many are new."""
    given = facts.given_facts(g.session, g.authority.id, number)
    new = sum(each.kind == "new" for each in record_facts.changes(older, newer))
    return {"own_facts": telling.carried(older, newer, given), "new_facts": new}


def _target(audit: CaseAudit, edition: str, length: str) -> QuestionSet | None:
    offered = moves.targets(g.session, audit, g.scope.today)
    wanted = SetName(edition, audit.set_id, length)
    return next((questions for questions in offered if name_of(questions) == wanted), None)


def _moved(number: int, edition: str, length: str, form: MoveForm) -> ResponseReturnValue:
    service.move_audit(
        g.session, g.authority.id, number, edition_id=edition, length=length, seen=form.seen.data or "",
        **by_whom(),
    )  # fmt: skip
    moved = queries.reference_of(number)
    say(words.Ours(f"{moved} now has the newer questions. You can undo this until the audit is submitted."))
    return redirect(url_for("audits.show", number=number), 303)


@blueprint.route(AUDIT + "/earlier-questions", methods=["GET", "POST"])
@allow(*WRITERS)
def undo_move(number: int) -> ResponseReturnValue:
    """Put the audit back as it was before its last move."""
    view = open_audit(number)
    audit = queries.audit_row(g.session, g.authority.id, number)
    last = moves.last_move(g.session, audit)
    if last is None:
        raise OutOfTurn("There is no move of this audit to undo.")
    form = forms.filled(MoveForm, seen=str(last.id))
    if request.method == "POST":
        chosen = int(form.seen.data) if (form.seen.data or "").isdecimal() else 0
        service.undo_move(g.session, g.authority.id, number, chosen, **by_whom())
        say(f"{queries.reference_of(number)} is as it was before. What was answered in between is kept.")
        return redirect(url_for("audits.show", number=number), 303)
    _, answers = moves.saved_rows(g.session, audit)
    now_answered = sum(1 for answer in answers.values() if answer.code or answer.text)
    before = sum(1 for answer in last.before["answers"] if any(answer.get(name) for name in Given._fields))
    counts = {"saved_then": before, "now_answered": now_answered}
    return render_template("audits/moving/undo.html", form=form, last=last, **counts, **audit_frame(view))


@blueprint.get("/<authority:authority>/audits/changed-questions/<string:older>/<string:newer>/<string:set_id>")
@allow(*READERS)
def changed_questions(older: str, newer: str, set_id: str) -> ResponseReturnValue:
    """What became of each question between two versions of a set, and what that means for audits in progress."""
    if not all(question_sets.open_to(g.session, g.authority.id, edition) for edition in (older, newer)):
        raise NotFound("There are no such question sets.")
    before = question_sets.any_length(g.session, SetName(older, set_id))
    after = question_sets.any_length(g.session, SetName(newer, set_id))
    if before is None or after is None:
        raise NotFound("There are no such question sets.")
    changed = changes.changes(before, after)
    unfinished = moves.unfinished_on(g.session, g.authority.id, SetName(older, set_id))
    for row in unfinished:
        log_read(row.reference)
    return render_template(
        "audits/moving/changed_questions.html", earlier=before, later=after,
        changed=changed, counts=changes.counted(changed),
        facts_changed=[each for each in record_facts.changes(before, after) if each.kind != "kept"],
        unfinished=unfinished, finished=moves.count_finished_on(g.session, g.authority.id, SetName(older, set_id)),
        may_move=g.scope.has(*WRITERS), kinds=changes.KINDS, person_id=g.person.person_id,
    )  # fmt: skip
