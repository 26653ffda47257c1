"""Pages of the three views: every area of an edition on one, and one area with what is said under it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock
from audit_app.errors import NotFound
from audit_app.improvement import judgement_areas
from audit_app.improvement.wording import NOT_A_PICTURE
from audit_app.people.access import Role, allow
from audit_app.self_assessment import ladder_words
from audit_app.self_assessment.blueprint import LIST, blueprint
from audit_app.self_assessment.tables import SELF_ASSESSMENT
from audit_app.self_assessment.three_views import queries, queries_spoken, views
from findings import rules
from findings.references import number_of
from frameworks import Edition, UnknownArea

READERS = (Role.qa_manager, Role.leader, Role.team_manager)
MONTHS_OFFERED = (3, 6, 12, 24)
LONGEST_NUMBER = 8


@dataclass(frozen=True)
class Asked:
    """What the address asks for: which edition, and audits of how many months."""

    edition: Edition
    editions: list[Edition]
    months: int
    offered: tuple[int, ...]
    start: date
    end: date

    @property
    def offered_editions(self) -> list[tuple[str, str]]:
        """The frameworks to look through, by id with their titles."""
        return [(edition.id, edition.title) for edition in self.editions]

    @property
    def earlier_editions(self) -> frozenset[str]:
        """Those of them in whose place a newer one is used."""
        return judgement_areas.earlier_ids(self.end)


def _asked() -> Asked:
    """What was asked for; what cannot be read asks for what is usual."""
    today = clock.today()
    editions = queries.editions_to_view(g.session, g.authority.id, today)
    named, usual = request.args.get("edition", ""), int(current_app.config["THREE_VIEWS_MONTHS"])
    offered = tuple(sorted({*MONTHS_OFFERED, usual}))
    months = next((months for months in offered if str(months) == request.args.get("months", "")), usual)
    edition = next((edition for edition in editions if edition.id == named), editions[0])
    return Asked(edition, editions, months, offered, rules.months_later(today, -months), today)


def _population() -> int | None:
    """How many records there are in all, where the reader typed a number that can be."""
    typed = request.args.get("population", "").strip().replace(",", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < LONGEST_NUMBER else 0
    return number or None


@blueprint.get(f"{LIST}/three-views")
@allow(*READERS)
def three_views() -> ResponseReturnValue:
    asked = _asked()
    three = queries.three_views(g.session, g.authority.id, asked.edition, asked.start, asked.end)
    return render_template("self_assessment/three_views/list.html", asked=asked, three=three, **_said_alike())


@blueprint.get(f"{LIST}/three-views/<string:edition>/<string:area>")
@allow(*READERS)
def three_views_of_area(edition: str, area: str) -> ResponseReturnValue:
    asked = _asked()
    chosen = next((known for known in asked.editions if known.id == edition), None)
    if chosen is None:
        raise NotFound("There is no such framework here.")
    try:
        chosen.area(area)
    except UnknownArea:
        raise NotFound("That framework has no such judgement area.") from None
    three = queries.three_views(g.session, g.authority.id, chosen, asked.start, asked.end)
    view = next(view for view in three.areas if view.area.id == area).out_of(_population())
    return render_template(
        "self_assessment/three_views/area.html",
        asked=asked,
        three=three,
        view=view,
        spoken=queries_spoken.spoken_of(g.session, g.authority.id, view, asked.start, asked.end),
        population=_population(),
        rung_words=ladder_words.rung_words,
        NOT_A_PICTURE=NOT_A_PICTURE,
        **_said_alike(),
    )


def _said_alike() -> dict[str, Any]:
    """What both pages say alike: how areas are joined, and where a self-assessment is."""
    return {
        "ties": views.TIES,
        "way_to_assessment": lambda own: url_for(".show_assessment", number=number_of(own.reference, SELF_ASSESSMENT)),
    }
