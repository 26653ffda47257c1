"""Writes a typed plan into the register, or adds to one that stands: all of it or, when one thing is refused, none."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app import notices
from audit_app.improvement.actions import notice_words
from audit_app.improvement.actions.service import require_qa
from audit_app.improvement.plans.outline import labels
from audit_app.improvement.plans.outline.naming import Post
from audit_app.improvement.plans.outline.nodes import Node
from audit_app.improvement.plans.outline.reading import Outline
from audit_app.improvement.service_log import note_taker
from findings import plan_words, register
from findings.errors import Invalid, NotFound, OutOfTurn
from findings.plan_words import Aim
from findings.references import ACTION, reference
from findings.register import Lead
from findings.tables import Action, Plan, Theme

NOT_COLUMNS = frozenset({"lead", "owner", "delivered_by", "areas", "due"})


class RefusedLine(Exception):
    """The register refuses a thing of the plan; `line` is where it begins, and nothing may be kept."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def save_outline(session: Session, authority_id: int, outline: Outline, *, by: int, now: datetime, today: date) -> Plan:
    """Write a plan whose posts have been named (`naming.name_posts`), with everything in it.

    Raises:
        RefusedLine: something in it cannot be kept; the caller rolls back.
        NotAllowed: the session's person writes no plans.
    """
    require_qa(session)
    if outline.plan is None or outline.faults:
        raise RefusedLine(1, "Mend the lines that are named first.")
    return _Writer(session, authority_id, by=by, now=now).plan(outline.plan)


def hold_plan(session: Session, authority_id: int, number: int) -> Plan:
    """A plan held against other writers, so that what is read of it next is what is added to."""
    require_qa(session)
    return register.hold_plan(session, authority_id, number)


def add_outline(session: Session, authority_id: int, outline: Outline, *, by: int, now: datetime, today: date) -> None:
    """Add whatever a text holds and a plan that stands does not (`adding.recognise`); what stands is not changed.

    Raises:
        RefusedLine: something cannot be added; the caller rolls back.
        NotAllowed: the session's person writes no plans.
    """
    require_qa(session)
    if outline.plan is None or outline.plan.row is None or outline.faults:
        raise RefusedLine(1, "Mend the lines that are named first.")
    _Writer(session, authority_id, by=by, now=now, places=False).fill(outline.plan, outline.plan.row.number)


class _Writer:
    """Puts things into the register in the order they were typed, and tells whoever leads one."""

    def __init__(self, session: Session, authority_id: int, *, by: int, now: datetime, places: bool = True) -> None:
        self.session, self.authority_id, self.by = session, authority_id, by
        self.more: dict[str, Any] = {"by": by, "now": now, "note": note_taker(session, authority_id, by=by, now=now)}
        self.places = places  # whether actions are given places; what is added to a plan goes after what is there
        self.placed = 0

    def plan(self, node: Node) -> Plan:
        row: Plan = self._write(node, register.open_plan, **_columns(node), **_post_of(node, "owner", person=True))
        self.fill(node, row.number)
        return row

    def fill(self, node: Node, number: int) -> None:
        """Put into a plan what is new of what a text holds."""
        for under in node.inside:
            if under.row is not None and under.thing not in (labels.ACTION, labels.THEME):
                continue
            if under.thing is labels.REVIEW:
                self._write(under, register.add_review, plan_number=number, **_columns(under))
            elif under.thing is labels.PLAN_RISK:
                self._write(under, register.add_risk, plan_number=number, **_columns(under))
            elif under.thing is labels.MEASURE:
                self._write(under, register.add_measure, plan_number=number, **_columns(under))
            elif under.thing is labels.ACTION:
                self._action(under, number, None)
            else:
                self._theme(under, number, None)

    def _write(self, node: Node, write: Any, **fields: Any) -> Any:
        try:
            return write(self.session, self.authority_id, **fields, **self.more)
        except (Invalid, NotFound, OutOfTurn) as refusal:
            raise RefusedLine(node.line, refusal.message) from refusal

    def _theme(self, node: Node, plan: int, parent: int | None) -> None:
        theme = node.row if node.row is not None else self._new_theme(node, plan, parent)
        if node.row is not None and (aims := _aims(node)):
            together = plan_words.aims_text([*plan_words.aims(theme.aims), *aims])
            self._write(node, register.correct_theme, theme_id=theme.id, revision=theme.revision, aims=together)
        for under in node.inside:
            if under.thing is labels.THEME_RISK and under.row is None:
                self._write(under, register.add_risk, plan_number=plan, theme_id=theme.id, **_columns(under))
            elif under.thing is labels.ACTION:
                self._action(under, plan, theme.id)
            elif under.thing is labels.SUBTHEME:
                self._theme(under, plan, theme.id)

    def _new_theme(self, node: Node, plan: int, parent: int | None) -> Theme:
        fields = _columns(node) | _post_of(node, "owner") | {"aims": plan_words.aims_text(_aims(node))}
        row: Theme = self._write(node, register.add_theme, plan_number=plan, parent_id=parent, **fields)
        return row

    def _action(self, node: Node, plan: int, theme: int | None) -> None:
        number = node.row.number if node.row is not None else self._new_action(node, plan, theme)
        for under in node.inside:
            if under.row is not None:
                continue
            if under.thing is labels.MEASURE:
                self._write(under, register.add_measure, action_number=number, **_columns(under))
            else:
                step = _columns(under) | _post_of(under, "lead", person=True)
                self._write(under, register.add_milestone, action_number=number, **step)

    def _new_action(self, node: Node, plan: int, theme: int | None) -> int:
        self.placed += self.places
        leads = [_lead(each) for each in _several(node, "delivered_by")]
        lead = _post_of(node, "lead", person=True)
        fields = _columns(node) | lead | {"plan_number": plan, "theme_id": theme, "position": self.placed}
        areas = _several(node, "areas")
        action: Action = self._write(node, register.add_action, areas=areas, delivery_leads=leads, **fields)
        self._tell(action.number, [lead.get("lead_person_id")], notice_words.LEAD_NAMED)
        self._tell(action.number, [each.person_id for each in leads], notice_words.DELIVERY_NAMED)
        return action.number

    def _tell(self, number: int, people: Sequence[int | None], code: str) -> None:
        for person_id in {person for person in people if person is not None and person != self.by}:
            about = reference(ACTION, number)
            notices.tell(self.session, self.authority_id, person_id, code, about, self.more["now"])


def _columns(node: Node) -> dict[str, Any]:
    """What was typed of a thing, by the columns of its row."""
    return {name: value for name, value in node.values.items() if name not in NOT_COLUMNS}


def _aims(node: Node) -> list[Aim]:
    """The new aims under a theme."""
    new = [under for under in node.of(labels.AIM) if under.row is None]
    return [Aim(str(under.values["text"]), str(under.values.get("provenance", ""))) for under in new]


def _several(node: Node, name: str) -> tuple[Any, ...]:
    kept = node.values.get(name)
    return kept if isinstance(kept, tuple) else ()


def _lead(post: Post | str) -> Lead:
    return Lead(post) if isinstance(post, str) else Lead(post.title, post.id, post.holder_id)


def _post_of(node: Node, column: str, *, person: bool = False) -> dict[str, Any]:
    """The columns that say which post leads or owns a thing."""
    post: Any = node.values.get(column)
    if post is None:
        return {}
    columns = {f"{column}_post_id": post.id, f"{column}_post_title": post.title}
    return columns | ({f"{column}_person_id": post.holder_id} if person else {})
