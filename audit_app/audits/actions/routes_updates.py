"""Several actions on one page: how each goes, what is done, a new date; ten minutes on a telephone."""

from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, ways
from audit_app.audits.actions import queries, service
from audit_app.audits.actions import routes_frame as frame
from audit_app.audits.actions.forms import NEWS, CardForm
from audit_app.audits.actions.queries import ActionPage, Why
from audit_app.audits.actions.queries_lines import ActionLine
from audit_app.audits.blueprint import blueprint
from audit_app.audits.tables import AUDIT_ACTION, ActionLevel, ActionNews
from audit_app.errors import OutOfTurn, Stale
from audit_app.form_pages import blame, refused_page
from audit_app.people.access import Role, log_read, signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.words import count
from findings.references import number_of

MOST = 50
MAY_LEAD = (Role.qa_manager, Role.auditor, Role.team_manager, Role.leader, Role.practitioner, Role.business_support)
CHANGED_MEANWHILE = "Somebody changed this action while you were typing. Read what it says now, then save again"


@dataclass(frozen=True)
class Card:
    """One action with its part of the form."""

    action: ActionLine
    form: CardForm


class Cards:
    """Everything on the page as one form, for the error summary."""

    meanwhile = False

    def __init__(self, cards: list[Card]) -> None:
        self.cards = cards
        self.kept_at = next((card.form.kept_at for card in cards if card.form.kept_at), None)

    @property
    def once(self) -> str:
        """The one-time key of the whole page."""
        return request.form.get("once", "") or next((str(card.form.once.data) for card in self.cards), "")

    def summary(self) -> list[tuple[str, str]]:
        """Each fault, led by the action it is about."""
        return [(f"{card.action.reference}: {text}", to) for card in self.cards for text, to in card.form.summary()]

    def valid(self) -> bool:
        """Whether every card can be saved; each is looked at, so that every fault is shown at once."""
        return all([card.form.validate() for card in self.cards])


@blueprint.route("/<authority:authority>/audit-actions", methods=["GET", "POST"])
@signed_in
def update_actions() -> ResponseReturnValue:
    """My actions, or my team's: say how each goes."""
    whose = _whose()
    listed = _posted() if request.method == "POST" else _found(whose)
    for action in listed.lines:
        log_read(action.audit_reference)
    cards = Cards([_card(action) for action in listed.lines])
    if request.method == "POST":
        saved = _save(cards) if cards.valid() else None
        if saved is not None:
            say(f"{count(saved, 'action').capitalize()} updated." if saved else "There was nothing to save.")
            return redirect(url_for("audits.update_actions", whose=whose, page=listed.page), 303)
        return _page(whose, listed, cards, 409 if cards.meanwhile else 422)
    return _page(whose, listed, cards)


def _page(whose: str, listed: ActionPage, cards: Cards, refused: int = 0) -> ResponseReturnValue:
    """The list with its cards; `refused` is the status when it is shown again and nothing was saved."""
    waiting = queries.actions_waiting(g.session, g.scope, g.scope.today)
    to_confirm = [each.action for each in waiting if each.why == Why.to_confirm]
    offered = {"whose": whose, "choices": _choices(), "listed": listed, "news_words": NEWS, **frame.shown_around()}
    offered["plan_actions"] = leads_to_plan_actions()
    if whose == "offered" and request.method == "GET":
        return render_template("audits/actions/offered.html", form=None, **offered)
    given = {"form": cards, "to_confirm": to_confirm, **offered}
    template = "audits/actions/update.html"
    return refused_page(template, refused, **given) if refused else render_template(template, **given)


def leads_to_plan_actions() -> bool:
    """Whether this person may lead plan actions too."""
    return ways.is_open("update_your_plan_actions") and bool(g.scope.own_posts) and g.scope.has(*MAY_LEAD)


def _choices() -> dict[str, str]:
    """Whose actions this person may look through here."""
    offered = {"mine": "My actions"}
    if g.scope.has(Role.team_manager) and g.scope.managed_teams:
        offered["team"] = "My team’s actions"
    if g.scope.has(Role.qa_manager):
        offered["all"] = "All actions"
        offered["offered"] = "Actions offered as findings"
    return offered


def _whose() -> str:
    """What was asked for; else the widest list that is this person's daily work."""
    asked, offered = request.args.get("whose", ""), _choices()
    if asked in offered:
        return asked
    return "team" if "team" in offered else "mine"


def _asked_page() -> int:
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _found(whose: str) -> ActionPage:
    page = _asked_page()
    if whose == "team":
        return queries.actions_of_teams(g.session, g.authority.id, g.scope.managed_teams, page=page)
    if whose == "offered":
        return queries.offered_as_findings(g.session, g.authority.id, page=page)
    if whose == "all":
        return queries.all_open_actions(g.session, g.authority.id, page=page)
    return queries.actions_of_person(g.session, g.authority.id, g.person.person_id, page=page)


def _posted() -> ActionPage:
    """The very actions the page was about, whatever has become of the list meanwhile."""
    names = [name.removesuffix("-revision") for name in request.form if name.endswith("-revision")]
    numbers = [number for name in names[:MOST] if (number := number_of(name, AUDIT_ACTION)) is not None]
    lines = queries.actions_numbered(g.session, g.authority.id, numbers)
    return ActionPage(tuple(lines), len(lines), _asked_page())


def _card(action: ActionLine) -> Card:
    form = forms.filled(CardForm, prefix=action.reference, revision=action.revision)
    form.offer(g.scope.today, action.due_on, for_child=action.level == ActionLevel.child)
    pressed = request.form.get("on_track", "") if request.method == "POST" else ""
    if pressed == action.reference:
        form.news.data = ActionNews.on_track.value
    return Card(action, form)


def _save(cards: Cards) -> int | None:
    """Save every card that says something; None when one of them was changed meanwhile, and then nothing is saved."""
    filled = [card for card in cards.cards if card.form.says_something]
    for card in filled:
        try:
            _save_card(card)
        except (Stale, OutOfTurn) as refusal:
            g.session.rollback()
            cards.meanwhile = True
            why = CHANGED_MEANWHILE if isinstance(refusal, Stale) else str(refusal)
            blame(card.form.note, why)
            card.form.revision.data = card.action.revision
            return None
    return len(filled)


def _save_card(card: Card) -> None:
    form, number = card.form, card.action.number
    who: dict[str, Any] = {"seen_revision": form.seen_revision(), **by_whom()}
    if form.news.data == ActionNews.done:
        done, changed = form.note.data, form.what_changed.data
        service.mark_done(g.session, g.authority.id, number, done, changed, **who)
        return
    news = ActionNews(form.news.data) if form.news.data else ActionNews.changed
    moved = form.due_on.data if form.moves else None
    service.update_action(g.session, g.authority.id, number, news, note=form.note.data, due_on=moved, **who)
