"""Pages on which a report's list is pasted, put right and raised as findings."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from audit_app import drafts, forms
from audit_app.form_pages import accepted, blame, sent
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.inspections import pasted, service
from audit_app.improvement.inspections.forms import (
    OF_A_FINDING,
    KeptPaste,
    PasteForm,
    paste_choices,
    preview_changes,
    preview_form,
    preview_rows,
)
from audit_app.improvement.inspections.routes import INSPECTION
from audit_app.improvement.routes_page import show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.words import count
from findings import bullets
from findings import queries as thread_queries
from findings.bullets import Entry, Mended
from findings.tables import Finding, Inspection

CARRIED = ("pasted", "kind", "judgement_area", "how")
# A page that was sent and saved something is not kept any more; the list as it was changed is kept beside it.
CHANGED = "#list"


@blueprint.route(f"{INSPECTION}/paste", methods=["GET", "POST"])
@allow(Role.qa_manager)
def paste_findings(number: int) -> ResponseReturnValue:
    inspection = thread_queries.get_inspection(g.session, g.authority.id, number)
    there = url_for(".preview_findings", number=number)
    form = paste_choices(forms.filled(PasteForm, how=["verbatim", "numbered"], **_pasted_before(there)), inspection)
    if sent(form) and _holds_bullets(form):
        names = ("pasted", "kind", "judgement_area")
        fields = [(name, form[name].data or "") for name in names] + [("how", " ".join(form.how.data or []))]
        drafts.discard(g.session, path=there + CHANGED, **_mine())
        drafts.keep(g.session, path=there, fields=fields, reason="typing", now=g.now, **_mine())
        return redirect(there, 303)
    return show("inspections/paste", form, inspection=inspection)


def _mine() -> dict[str, Any]:
    return {"authority_id": g.authority.id, "person_id": g.person.person_id}


def _kept_at(path: str) -> Any:
    """What is kept of the preview: as it was left, or as its list was changed, whichever is newer."""
    forms_kept = [drafts.find(g.session, path=path + end, now=g.now, hours=24, **_mine()) for end in ("", CHANGED)]
    return max((kept for kept in forms_kept if kept), key=lambda kept: kept[1].kept_at, default=None)


def _pasted_before(path: str) -> dict[str, Any]:
    """What was pasted on this page before, when somebody comes back from the preview to mend the list."""
    kept = _kept_at(path)
    values = dict(kept[0]) if kept else {}
    return {name: values[name] for name in ("pasted", "kind", "judgement_area") if name in values}


def _holds_bullets(form: Any) -> bool:
    if bullets.split_bullets(form.pasted.data).bullets:
        return True
    blame(form.pasted, "No bullets were found. Begin each one on its own line with a dash or a number")
    return False


@blueprint.route(f"{INSPECTION}/preview", methods=["GET", "POST"])
@allow(Role.qa_manager)
def preview_findings(number: int) -> ResponseReturnValue:
    inspection = thread_queries.get_inspection(g.session, g.authority.id, number)
    if request.method == "GET":
        g.kept = _kept_at(request.path)
    kept = forms.filled(KeptPaste)
    if request.method == "GET" and not kept.pasted.data:
        return redirect(url_for(".paste_findings", number=number), 303)
    entries = pasted.unpacked(kept.entries.data or "") or bullets.split_bullets(kept.pasted.data or "").entries
    form = _preview_form(inspection, kept, entries)
    if request.method == "POST":
        mended = bullets.mended(entries, preview_changes(form, entries))
        if mended.is_changed or "again" in request.form:
            return _show_again(inspection, form, mended)
        if sent(form) and accepted(form, lambda: _raise_pasted(inspection, form, mended.entries)):
            return redirect(url_for(".show_inspection", number=number), 303)
    findings, passed = pasted.counted(entries)
    return show("inspections/preview", form, inspection=inspection, rows=pasted.shown(entries), findings=findings,
                passed=passed, names=pasted.NAMES, how=(kept.how.data or "").split())  # fmt: skip


def _preview_form(inspection: Inspection, kept: KeptPaste, entries: Sequence[Entry]) -> Any:
    """The preview as posted, as left unsaved, or fresh from the pasted list."""
    form_class = preview_form(inspection, entries, kept.judgement_area.data or "")
    left = g.kept and any(name == "part_0" for name, _ in g.kept[0])
    if request.method == "POST" or left:
        return forms.filled(form_class)
    form = form_class(**{name: kept[name].data for name in CARRIED}, entries=pasted.packed(entries))
    form.once.data = secrets.token_urlsafe(24)
    return form


def _show_again(inspection: Inspection, form: Any, mended: Mended) -> ResponseReturnValue:
    """Keep the list as it was changed and show it once more; nothing is raised that nobody has seen."""
    form_class = preview_form(inspection, mended.entries, form.judgement_area.data or "")
    fresh = form_class(**{name: form[name].data for name in CARRIED}, entries=pasted.packed(mended.entries))
    there = url_for(".preview_findings", number=inspection.number)
    chosen = _carried_over(form, mended)
    named = {name for name, _value in chosen}
    fields = [*chosen, *(pair for pair in _typed(fresh) if pair[0] not in named)]
    drafts.keep(g.session, path=there + CHANGED, fields=fields, reason="typing", now=g.now, **_mine())
    say("The list is shown as you changed it. Nothing has been saved yet.", "notice")
    return redirect(there, 303)


def _carried_over(form: Any, mended: Mended) -> list[tuple[str, str]]:
    """What a person chose for a finding, under the number it has now."""
    before = pasted.numbers(pasted.unpacked(form.entries.data or "") or ())
    pairs: list[tuple[str, str]] = []
    for place, number in pasted.numbers(mended.entries).items():
        earlier = before.get(mended.origins[place])
        for name in OF_A_FINDING if earlier else ():
            field = form[f"{name}_{earlier}"]
            if pasted.is_chosen(field.data, field.object_data):
                pairs += [(f"{name}_{number}{end}", value) for end, value in _values(field)]
    return pairs


def _typed(form: Any) -> list[tuple[str, str]]:
    """Each field of a form as its page would send it."""
    return [(f"{field.name}{end}", value) for field in form for end, value in _values(field)]


def _values(field: Field) -> list[tuple[str, str]]:
    """The values of one field, each with what stands behind its name; a date has three."""
    if isinstance(field, forms.DateParts):
        return [(f"-{part}", text) for part, text in field.parts.items()]
    if isinstance(field, forms.Checkboxes):
        return [("", value) for value in field.data or ()]
    return [("", str(field.data or ""))]


def _raise_pasted(inspection: Inspection, form: Any, entries: Sequence[Entry]) -> list[Finding]:
    how = (form.how.data or "").split()
    made = service.raise_pasted(
        g.session, g.authority.id, inspection.number, preview_rows(form, entries, inspection),
        verbatim="verbatim" in how, numbered="numbered" in how, **by_whom(),
    )  # fmt: skip
    drafts.discard(g.session, path=request.path + CHANGED, **_mine())
    say(f"{count(len(made), 'finding')} raised. Make each an area for improvement when you are ready.")
    return made
