"""Pages of areas for improvement: one area, opened and changed, its impact judged, closed and opened again."""

from typing import Any

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.improvement import colour_words
from audit_app.improvement.areas import evidence_words, queries, service
from audit_app.improvement.areas.forms import AreaForm, CloseForm, ImpactForm, area_choices
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import queries_audits, queries_sources
from audit_app.improvement.queries import editions_in_use
from audit_app.improvement.routes_page import entered, evidence_box, may_write, show
from audit_app.improvement.who import READERS
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import thread as threads
from findings.errors import Invalid, Stale
from findings.gaps import Gap
from findings.references import AREA, reference
from findings.register import NewSource
from findings.states import Impact, ImpactTest, SourceKind
from findings.thread_shapes import Thread, Woven

AREA_PAGE = '/<authority:authority>/areas-for-improvement/<ref("AFI"):number>'


@blueprint.get(AREA_PAGE)
@allow(*READERS)
def show_area(number: int) -> ResponseReturnValue:
    view = queries.get_area(g.session, g.authority.id, number)
    sources = queries_sources.sources_of(view.thread.impacts)
    return render_template(
        "improvement/areas/show.html", view=view, may_write=may_write(), today=clock.today(),
        re_audit=_re_audit(view.thread), colours=colour_words.standings(people.brag_words(g.session)),
        ways=queries_sources.ways_in(g.session, g.authority.id, g.scope, sources), counts_for=evidence_words.counts_for,
        box=evidence_box(view.reference), next_step=_next_step(view.thread),
    )  # fmt: skip


def _next_step(thread: Thread) -> Gap | None:
    """The first place where the thread of an area breaks off, which is what to mend first; None where none does."""
    months = current_app.config["IMPACT_EVIDENCE_MONTHS"]
    return next(iter(threads.gaps(Woven((thread,)), clock.today(), evidence_months=months)), None)


def _re_audit(thread: Thread) -> str:
    """Where a re-audit that tests this area begins, of the first audit its findings came from."""
    sources = [source for strand in thread.findings for source in strand.sources]
    first = next((source.audit_reference for source in sources if source.audit_reference), "")
    return url_for("audits.create", tests_area=reference(AREA, thread.area.number), re_audit_of=first or None)


@blueprint.route("/<authority:authority>/areas-for-improvement/open", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def open_area() -> ResponseReturnValue:
    form = area_choices(forms.filled(AreaForm), people.list_posts(g.session, clock.today()), _in_use())
    made: list[Any] = []
    if sent(form) and accepted(form, lambda: made.append(service.open_area(g.session, g.authority.id, **_given(form)))):
        say(f"{reference(AREA, made[0].number)} opened. Join the findings that belong to it.")
        return redirect(url_for(".show_area", number=made[0].number), 303)
    return show("areas/form", form, title="Open an area for improvement", back=url_for(".list_areas"), verbatim="")


def _in_use() -> set[str]:
    return editions_in_use(g.session, g.authority.id, g.scope.today)


def _given(form: AreaForm) -> dict[str, Any]:
    names = ("heading", "judgement_area", "different_for_children", "not_yet_good_enough")
    post = form.owner_post_id.data
    return {name: form[name].data or "" for name in names} | {"owner_post_id": int(post) if post else None} | by_whom()


@blueprint.route(f"{AREA_PAGE}/edit", methods=["GET", "POST"])
@allow(Role.qa_manager)
def edit_area(number: int) -> ResponseReturnValue:
    area = queries.get_area(g.session, g.authority.id, number).thread.area
    names = ("heading", "different_for_children", "not_yet_good_enough", "revision")
    start = {name: getattr(area, name) for name in names} | {"owner_post_id": str(area.owner_post_id or "")}
    start["judgement_area"] = f"{area.edition_id}/{area.judgement_area_id}" if area.judgement_area_id else ""
    posts, kept = people.list_posts(g.session, clock.today()), (area.owner_post_id, area.owner_post_title)
    form = area_choices(forms.filled(AreaForm, **start), posts, _in_use(), kept)
    if area.heading_verbatim:
        form.heading.data = area.heading
    try:
        if sent(form) and accepted(form, lambda: _edit(number, form)):
            say("Saved.")
            return redirect(url_for(".show_area", number=number), 303)
    except Stale as error:
        return stale_page(saved_beside_typed(error.current, form), url_for(".edit_area", number=number))
    back, verbatim = url_for(".show_area", number=number), area.heading if area.heading_verbatim else ""
    return show("areas/form", form, title=f"Change {reference(AREA, number)}", back=back, verbatim=verbatim)


def _edit(number: int, form: AreaForm) -> None:
    service.correct_area(g.session, g.authority.id, number, revision=form.seen_revision(), **_given(form))


@blueprint.route(f"{AREA_PAGE}/impact", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def judge_impact(number: int) -> ResponseReturnValue:
    view = queries.get_area(g.session, g.authority.id, number)
    re_audits = queries_audits.testing_area(g.session, g.authority.id, number)
    listed = ", ".join(audit.reference for audit in re_audits)
    form = forms.filled(ImpactForm, judged_on=clock.today(), audits=listed)
    if sent(form) and accepted(form, lambda: _judge(number, form)):
        say("Judgement of impact recorded.")
        return redirect(url_for(".show_area", number=number), 303)
    today = clock.today()
    return show(
        "areas/impact", form, view=view, wanted=evidence_words.wanted(view.thread),
        counts_for=evidence_words.counts_for,
        re_audits=evidence_words.re_audits_counted(view.thread, today, re_audits),
    )  # fmt: skip


def _judge(number: int, form: ImpactForm) -> None:
    names = ("tested_by", "different_for_children", "not_yet_good_enough", "next_steps")
    texts: dict[str, Any] = {name: form[name].data or "" for name in names}
    service.judge_impact(
        g.session, g.authority.id, number,
        rating=Impact(form.rating.data), judged_on=entered(form.judged_on), sources=_sources(number, form),
        method=ImpactTest(form.method.data) if form.method.data else None, sample_size=form.sample_size.data,
        judged_by_post_title=queries.post_title_of(g.session, g.scope, clock.today()),
        **texts, **by_whom(),
    )  # fmt: skip


def _sources(number: int, form: ImpactForm) -> list[NewSource]:
    """The audits named, and one piece of evidence for each other kind ticked."""
    audits = queries_audits.evidence_from(g.session, g.authority.id, form.audits.data or "", number)
    document, quoted = form.document.data or "", form.evidence_words.data or ""
    kinds = form.evidence.data or (["other"] if document or quoted else [])
    if form.evidence.data and not (document or quoted):
        raise Invalid("evidence_words", "Say what the evidence says, or name the document it is in")
    if form.evidence_on.data and form.judged_on.data and form.evidence_on.data > form.judged_on.data:
        raise Invalid("evidence_on", "The evidence cannot be from after the day of the judgement that rests on it")
    more = [
        NewSource(SourceKind(kind), document=document, dated_on=form.evidence_on.data, words=quoted) for kind in kinds
    ]
    return audits + more


@blueprint.route(f"{AREA_PAGE}/close", methods=["GET", "POST"])
@allow(Role.qa_manager)
def close_area(number: int) -> ResponseReturnValue:
    view = queries.get_area(g.session, g.authority.id, number)
    form = forms.filled(CloseForm, closed_on=clock.today(), revision=view.thread.area.revision)
    if sent(form) and accepted(form, lambda: _close(number, form)):
        say(f"{view.reference} closed.")
        return redirect(url_for(".show_area", number=number), 303)
    return show("areas/close", form, view=view)


def _close(number: int, form: CloseForm) -> None:
    service.close_area(
        g.session, g.authority.id, number,
        closed_on=entered(form.closed_on), closed_note=form.closed_note.data or "",
        revision=form.seen_revision(), **by_whom(),
    )  # fmt: skip


@blueprint.post(f"{AREA_PAGE}/reopen")
@allow(Role.qa_manager)
def reopen_area(number: int) -> ResponseReturnValue:
    service.reopen_area(g.session, g.authority.id, number, **by_whom())
    say(f"{reference(AREA, number)} is open again.")
    return redirect(url_for(".show_area", number=number), 303)
