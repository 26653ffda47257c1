"""The register of evidence, and the page of one piece."""

from enum import StrEnum
from typing import TypeVar

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.disclosure import audiences
from audit_app.evidence import uses
from audit_app.evidence.batches import queries as batches
from audit_app.evidence.blueprint import blueprint
from audit_app.evidence.guards import HOLDERS, READERS
from audit_app.evidence.register import queries as register
from audit_app.evidence.register.queries import EvidenceFilter
from audit_app.evidence.routes_page import may_add, of_today, page_number
from audit_app.evidence.states import Effect, Freshness, Held
from audit_app.people.access import allow

Kind = TypeVar("Kind", bound=StrEnum)
NAMES = ("words", "effect", "held", "level", "stands", "proves", "mine", "standing")
PROVES = [(prefix, what) for prefix, what in uses.WHAT.items()]


def asked() -> dict[str, str]:
    """What the register was narrowed to, as it stands in the address."""
    return {name: text[:200] for name in NAMES if (text := request.args.get(name, "").strip())}


def of_list(kinds: type[Kind], text: str) -> Kind | None:
    """The word of a closed list that was asked for; a word that is not on it asks for nothing."""
    return kinds(text) if text in set(kinds) else None


def evidence_filter(given: dict[str, str]) -> EvidenceFilter:
    """What the address narrows the register to."""
    level, proves = given.get("level", ""), given.get("proves", "")
    return EvidenceFilter(
        words=given.get("words", ""),
        effect=of_list(Effect, given.get("effect", "")),
        held=of_list(Held, given.get("held", "")),
        level=int(level) if level in {str(each) for each in audiences.NAMES} else None,
        stands=of_list(Freshness, given.get("stands", "")),
        proves=proves if proves == "nothing" or proves in uses.WHAT else "",
        owner_post_ids=tuple(sorted(g.scope.own_posts)) if given.get("mine") == "yes" else None,
        withdrawn=given.get("standing") == "withdrawn",
    )


@blueprint.get("/<authority:authority>/evidence")
@allow(*HOLDERS)
def list_evidence() -> ResponseReturnValue:
    given = asked()
    listed = register.list_evidence(g.session, g.authority.id, evidence_filter(given), page=page_number(), **of_today())
    waiting = batches.list_open(g.session, g.authority.id, g.scope.person_id)
    return render_template(
        "evidence/list.html", open_batches=waiting, listed=listed, asked=given, may_add=may_add(),
        reads_all=g.scope.has(*READERS),
        effects=[(kind.value, kind.title) for kind in Effect], helds=[(kind.value, kind.title) for kind in Held],
        levels=[(str(level), name) for level, name in audiences.NAMES.items()],
        standings=[(kind.value, kind.title) for kind in (Freshness.fresh, Freshness.due, Freshness.stale)],
        kinds=[("nothing", "Nothing yet"), *((prefix, f"{what.capitalize()}") for prefix, what in PROVES)],
    )  # fmt: skip
