"""Pages that follow the thread: one area's from criterion to impact, a judgement area's, the gaps, and what changed."""

from datetime import date, timedelta

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import clock
from audit_app.improvement import colour_words, judgement_areas
from audit_app.improvement.areas import evidence_words
from audit_app.improvement.areas import queries as areas_queries
from audit_app.improvement.areas.routes import AREA_PAGE
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import queries as findings_queries
from audit_app.improvement.findings import queries_sources
from audit_app.improvement.queries import editions_in_use
from audit_app.improvement.routes_page import may_write, page_number
from audit_app.improvement.threads import queries, queries_changes
from audit_app.improvement.who import READERS
from audit_app.people import queries as people
from audit_app.people.access import allow
from audit_app.sheets import as_date
from findings import thread as threads
from findings.errors import NotFound
from findings.queries import FindingFilter
from findings.thread_shapes import Woven

PAGE = 50


@blueprint.get(f"{AREA_PAGE}/thread")
@allow(*READERS)
def show_thread(number: int) -> ResponseReturnValue:
    view = areas_queries.get_area(g.session, g.authority.id, number)
    months = current_app.config["IMPACT_EVIDENCE_MONTHS"]
    sources = queries_sources.sources_of((*view.thread.findings, *view.thread.impacts))
    return render_template(
        "improvement/threads/show.html", view=view, today=clock.today(), may_write=may_write(),
        gaps=threads.gaps(Woven((view.thread,)), clock.today(), evidence_months=months),
        areas=areas_queries.judgement_areas_of(view.thread),
        colours=colour_words.standings(people.brag_words(g.session)),
        ways=queries_sources.ways_in(g.session, g.authority.id, g.scope, sources),
        counts_for=evidence_words.counts_for,
    )  # fmt: skip


@blueprint.get("/<authority:authority>/judgement-areas/<string:edition>/<string:area>")
@allow(*READERS)
def show_judgement_area(edition: str, area: str) -> ResponseReturnValue:
    known = judgement_areas.find_edition(edition)
    if known is None or area not in {judged.id for judged in known.areas}:
        raise NotFound("No such judgement area.")
    wanted = FindingFilter(edition_id=edition, judgement_area_id=area)
    listed = findings_queries.list_findings(g.session, g.authority.id, wanted, page=page_number(), size=PAGE)
    areas = queries.areas_on(g.session, g.authority.id, edition, area)
    return render_template(
        "improvement/threads/judgement_area.html", edition=known, area=known.area(area), listed=listed, areas=areas
    )


@blueprint.get("/<authority:authority>/gaps")
@allow(*READERS)
def list_gaps() -> ResponseReturnValue:
    months = current_app.config["IMPACT_EVIDENCE_MONTHS"]
    asked = {name: request.args.get(name, "")[:40] for name in ("kind", "owner", "area")}
    gaps = queries.list_gaps(g.session, g.authority.id, clock.today(), asked, months=months, page=page_number())
    in_use = editions_in_use(g.session, g.authority.id, g.scope.today)
    return render_template(
        "improvement/threads/gaps.html", listed=gaps.listed, counts=gaps.counts, total=gaps.total, asked=asked,
        named=gaps.named,
        owners=[(name[:40], name) for name in gaps.owners], areas=judgement_areas.area_choices(among=in_use),
        kinds=[(code, heading) for code, heading, _count in gaps.counts],
    )  # fmt: skip


@blueprint.get("/<authority:authority>/changes")
@allow(*READERS)
def list_changes() -> ResponseReturnValue:
    since = _day(request.args.get("since", "")) or last_friday(clock.today())
    changes = queries_changes.changes_since(g.session, g.authority.id, since)
    return render_template(
        "improvement/threads/changes.html", groups=changes, since=since, friday=last_friday(clock.today())
    )


def _day(text: str) -> date | None:
    try:
        return as_date(text[:20]) if text else None
    except ValueError:
        return None


def last_friday(today: date) -> date:
    """The Friday before today."""
    return today - timedelta(days=(today.weekday() - 4) % 7 or 7)
