"""Going to the provider and coming back: small transactions of their own, as for a password; none while it is asked.

Each way back ends in a session, in a question whether to link, in a proof, or in a NotAccepted that is logged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from authlib.integrations.base_client import OAuthError
from sqlmodel import Session, col

from audit_app import drafts, history, notices
from audit_app.people.access import web_session
from audit_app.people.access.web_session import SignedIn, Through, hash_of, new_token
from audit_app.people.accounts import service as accounts
from audit_app.people.accounts import service_entering as entering
from audit_app.people.accounts.service_entering import Edge
from audit_app.people.factors.tables import Factor
from audit_app.people.provider import asking, groups, queries, request, second_factor, service, tokens
from audit_app.people.provider.known import Provider
from audit_app.people.provider.tables import ProviderIdentity, ProviderSignIn, Purpose
from audit_app.people.provider.tokens import Named
from audit_app.people.provider.trust import NotAccepted, Reason
from audit_app.people.tables import AccountState, Person


@dataclass(frozen=True)
class Came:
    """What the browser brought back from the provider."""

    state: str
    code: str
    error: str
    issuer: str | None


@dataclass(frozen=True)
class Back:
    """How a way back ended: a new session, with where to go on; or the sign-in whose link is still to be confirmed."""

    token: str = ""
    target: str = ""
    to_confirm: str = ""


def begin(
    edge: Edge,
    provider: Provider,
    browser_token: str,
    purpose: Purpose,
    *,
    target: str,
    person_id: int | None = None,
    invitation_hash: str = "",
) -> str:
    """The address to send the browser to.

    Raises:
        NotAccepted: the provider does not answer, so nobody is sent to it.
    """
    description = provider.described()
    state, key = new_token(), str(edge.config["SECRET_KEY"])
    with entering.transaction(edge, "going to the provider") as session:
        _clear_old(session, edge.now)
        session.add(
            ProviderSignIn(
                state_hash=hash_of(state),
                browser_hash=hash_of(browser_token),
                purpose=purpose,
                person_id=person_id,
                invitation_hash=invitation_hash,
                target=target,
                made_at=edge.now,
            )
        )
    back = notices.public_link(edge.config, request.RETURN_PATH)
    return request.address(provider.settings, description, state, key=key, back=back, purpose=purpose)


def _clear_old(session: Session, now: datetime) -> None:
    session.exec(sa.delete(ProviderSignIn).where(col(ProviderSignIn.made_at) < now - 2 * request.GOOD_FOR))


def come_back(edge: Edge, provider: Provider, browser_token: str, person: SignedIn | None, came: Came) -> Back:
    """What the browser brought, checked and acted on.

    Raises:
        NotAccepted: nothing was done; why stands in the security log.
    """
    try:
        row = _take_up(edge, browser_token, person, came.state)
        named = _ask(edge, provider, row, came)
        return _act(edge, provider, row, named, person)
    except NotAccepted as refusal:
        note_refusal(edge, refusal)
        raise


def note_refusal(edge: Edge, refusal: NotAccepted) -> None:
    """One line of the security log: that nobody came in through the provider, and why in a word."""
    with entering.transaction(edge, "the security log") as session:
        facts = {"why": refusal.reason.value}
        by = edge.actor.person_id if edge.actor is not None else None
        history.note(session, "people.provider_refused", by=by, facts=facts, outcome="refused", now=edge.now)


def _take_up(edge: Edge, browser_token: str, person: SignedIn | None, state: str) -> ProviderSignIn:
    """The sign-in that was begun in this very browser, used up by this: it comes back once, and soon."""
    with entering.transaction(edge, "coming back from the provider") as session:
        taken = session.execute(
            sa.update(ProviderSignIn)
            .where(
                col(ProviderSignIn.state_hash) == hash_of(state),
                col(ProviderSignIn.browser_hash) == hash_of(browser_token),
                col(ProviderSignIn.used_at).is_(None),
                col(ProviderSignIn.made_at) > edge.now - request.GOOD_FOR,
                col(ProviderSignIn.made_at) <= edge.now + web_session.AHEAD,
            )
            .values(used_at=edge.now)
            .returning(col(ProviderSignIn.state_hash))
        ).first()
        row = queries.get_sign_in(session, taken[0]) if taken is not None else None
        if row is not None:
            session.refresh(row)
            session.expunge(row)
    whose = person.person_id if person is not None else None
    if row is None or (row.purpose in (Purpose.link, Purpose.prove) and row.person_id != whose):
        raise NotAccepted(Reason.not_begun)
    return row


def _ask(edge: Edge, provider: Provider, row: ProviderSignIn, came: Came) -> Named:
    """Whom the provider means; the database is not held meanwhile."""
    description = provider.described()
    expected = None if description.serves_many_tenants else description.issuer
    if came.issuer is not None and expected is not None and came.issuer != expected:
        raise NotAccepted(Reason.issuer, "the answer came from another")
    if came.issuer is None and description.names_itself:
        raise NotAccepted(Reason.issuer, "the answer names nobody")
    if came.error or not came.code:
        cancelled = came.error in ("access_denied", "consent_required", "interaction_required")
        raise NotAccepted(Reason.cancelled if cancelled else Reason.turned_away)
    key = str(edge.config["SECRET_KEY"])
    answer = _redeem(edge, provider, came.code, request.verifier_of(key, came.state))
    access = answer.get("access_token")
    access = access if isinstance(access, str) else None
    nonce = request.nonce_of(key, came.state)
    named = tokens.named_by(provider, answer.get("id_token"), nonce=nonce, access_token=access, now=edge.now)
    if row.purpose == Purpose.prove:
        _check_fresh(named, row, provider)
    return _with_more(provider, named, access, row)


def _redeem(edge: Edge, provider: Provider, code: str, verifier: str) -> Mapping[str, Any]:
    """The provider's answer to the code its browser brought: tokens.

    Raises:
        NotAccepted: the code has run out or was used, or the provider does not answer.
    """
    description = provider.described()
    back = notices.public_link(edge.config, request.RETURN_PATH)
    with asking.line(provider.settings, description.token_auth) as session:
        try:
            answer = session.fetch_token(
                description.token, grant_type="authorization_code", code=code, redirect_uri=back, code_verifier=verifier
            )
        except OAuthError as error:
            reason = Reason.code if error.error == "invalid_grant" else Reason.turned_away
            raise NotAccepted(reason, str(error.error)[:60]) from error
        except ValueError as error:
            raise NotAccepted(Reason.misdescribed, "its answer is no JSON") from error
        except asking.FAILED_TO_ASK as error:
            raise NotAccepted(Reason.unreachable, type(error).__name__) from error
    return dict(answer)


def _check_fresh(named: Named, row: ProviderSignIn, provider: Provider) -> None:
    """The provider asked the person after they were sent to it: a session it had open is no proof (AU-13)."""
    asked_at = named.claims.get("auth_time")
    earliest = row.made_at.timestamp() - provider.settings.skew.total_seconds()
    if not isinstance(asked_at, int | float) or isinstance(asked_at, bool) or asked_at < earliest:
        raise NotAccepted(Reason.not_fresh)


def _with_more(provider: Provider, named: Named, access: str | None, row: ProviderSignIn) -> Named:
    """With name, address and groups, which some providers tell only when asked with the access token."""
    settings, address = provider.settings, provider.described().user_info
    lacks_groups = groups.are_needed(settings) and settings.groups_claim not in named.claims
    lacks = "name" not in named.claims or (lacks_groups and not groups.are_left_out(named.claims, settings))
    if row.purpose == Purpose.prove or not lacks or not address or access is None:
        return named
    more = asking.fetch_json(settings, address, bearer=access)
    if more.get("sub") != named.subject:
        raise NotAccepted(Reason.token, "userinfo of another")
    # What was signed wins: only what it does not say is taken from here.
    return replace(named, claims={**more, **named.claims})


def _act(edge: Edge, provider: Provider, row: ProviderSignIn, named: Named, person: SignedIn | None) -> Back:
    if row.purpose == Purpose.prove and person is not None:
        return _prove(edge, provider, row, named, person)
    if row.purpose == Purpose.sign_in:
        return _enter(edge, provider, row, named)
    return _remember(edge, provider, row, named)


def factor_of(provider: Provider, named: Named) -> str:
    """What stands in the session: that the provider asked for a second factor, or nothing."""
    return Factor.provider if second_factor.was_given(named.claims, provider.settings) else ""


def _enter(edge: Edge, provider: Provider, row: ProviderSignIn, named: Named) -> Back:
    """Sign in whom the provider named, if an account is linked; or make one where that is set."""
    with entering.transaction(edge, "signing in through the provider") as session:
        identity = queries.find_identity(session, named.issuer, named.subject)
        if identity is None and provider.settings.just_in_time:
            made = service.make_account(session, named, now=edge.now)
            identity = queries.find_identity(session, named.issuer, named.subject) if made is not None else None
        if identity is None:
            raise NotAccepted(Reason.unknown)
        return Back(_open(session, edge, provider, identity, named), row.target)


def _open(session: Session, edge: Edge, provider: Provider, identity: ProviderIdentity, named: Named) -> str:
    """A session for the person of an identity, with the roles that the groups stand for."""
    person = session.get(Person, identity.person_id)
    if person is None or person.state != AccountState.active:
        raise NotAccepted(Reason.closed)
    if groups.are_needed(provider.settings):
        wanted = groups.roles_of(groups.groups_in(named.claims, provider.settings), provider.settings)
        service.follow_groups(session, person.id, wanted, now=edge.now)
    identity.used_at = edge.now
    session.add(identity)
    through = Through(identity.id, named.sid)
    return entering.begin(session, edge, person.id, factor=factor_of(provider, named), through=through)


def _prove(edge: Edge, provider: Provider, row: ProviderSignIn, named: Named, person: SignedIn) -> Back:
    """The person who is signed in, and nobody else, was asked afresh."""
    with entering.transaction(edge, "proving again through the provider") as session:
        identity = queries.find_identity(session, named.issuer, named.subject)
        if identity is None or identity.person_id != person.person_id:
            raise NotAccepted(Reason.somebody_else)
        factor = factor_of(provider, named)
        token = accounts.renew_session(session, person.id_hash, now=edge.now, factor=factor)
        return Back(token, row.target)


def _remember(edge: Edge, provider: Provider, row: ProviderSignIn, named: Named) -> Back:
    """Whom the provider named is shown first: a browser left open there would link somebody else."""
    with entering.transaction(edge, "a link to be confirmed") as session:
        kept = queries.get_sign_in(session, row.state_hash)
        if kept is None:
            raise NotAccepted(Reason.not_begun)
        there = queries.find_identity(session, named.issuer, named.subject)
        if there is not None and there.person_id != row.person_id:
            raise NotAccepted(Reason.linked_already)
        kept.issuer, kept.subject, kept.named = named.issuer, named.subject, named.words
        kept.sid, kept.factor = named.sid, factor_of(provider, named)
        session.add(kept)
    return Back(to_confirm=row.state_hash, target=row.target)


def confirmable(
    session: Session, state_hash: str, browser_token: str, person: SignedIn | None, now: datetime
) -> ProviderSignIn:
    """The link that waits in this browser for its owner's word.

    Raises:
        NotAccepted: there is none, or it waited too long.
    """
    row = queries.get_sign_in(session, state_hash)
    whose = person.person_id if person is not None else None
    if (
        row is None
        or row.browser_hash != hash_of(browser_token)
        or not row.subject
        or row.confirmed_at is not None
        or not -web_session.AHEAD <= now - row.made_at <= request.GOOD_FOR
        or (row.purpose == Purpose.link and row.person_id != whose)
    ):
        raise NotAccepted(Reason.not_begun)
    return row


def confirm(edge: Edge, state_hash: str, browser_token: str, person: SignedIn | None) -> Back:
    """Link as shown, once; by an invitation it opens the account as well.

    Raises:
        NotAccepted: it is not to be confirmed here, or was linked or used meanwhile.
    """
    try:
        with entering.transaction(edge, "linking an account to the provider") as session:
            row = confirmable(session, state_hash, browser_token, person, edge.now)
            row.confirmed_at = edge.now
            session.add(row)
            if row.purpose == Purpose.link and person is not None:
                return _link_own(session, edge, row, person)
            return _link_invited(session, edge, row)
    except NotAccepted as refusal:
        note_refusal(edge, refusal)
        raise


def _link_own(session: Session, edge: Edge, row: ProviderSignIn, person: SignedIn) -> Back:
    """A new way in ends the other sessions, and this one goes on under a new id (AU-8, AU-10)."""
    service.link(session, person.person_id, row.issuer, row.subject, now=edge.now)
    web_session.end_others(session, person.person_id, but=person.id_hash, now=edge.now, reason="factors_changed")
    token = accounts.renew_session(session, person.id_hash, now=edge.now, factor=row.factor)
    return Back(token, row.target)


def _link_invited(session: Session, edge: Edge, row: ProviderSignIn) -> Back:
    """The invitation is used up, the account opens without a password, and its owner is signed in."""
    try:
        person_id = accounts.use_invitation(session, row.invitation_hash, edge.now)
    except accounts.LinkIsDead:
        raise NotAccepted(Reason.dead_link) from None
    identity = service.link(session, person_id, row.issuer, row.subject, now=edge.now)
    through = Through(identity.id, row.sid)
    return Back(entering.begin(session, edge, person_id, factor=row.factor, through=through), row.target)


def end_by_provider(edge: Edge, provider: Provider, token: str) -> int:
    """End the sessions a logout token names; how many those were. The same token ends nothing a second time.

    Raises:
        NotAccepted: the token does not hold, or was sent before.
    """
    ended = tokens.ended_by(provider, token, now=edge.now)
    with entering.transaction(edge, "the provider ends a session") as session:
        once = hash_of(f"logout:{ended.issuer}:{ended.once}")
        if drafts.use_key(session, once, 0, edge.now) is not None:
            raise NotAccepted(Reason.token, "sent before")
        count = 0
        for identity in _identities(session, ended):
            here = web_session.end_those_of_provider(session, identity.id, sid=ended.sid, now=edge.now)
            if here:
                facts: dict[str, int | str] = {"person": identity.person_id, "count": here}
                history.note(session, "people.provider_ended", by=None, facts=facts, now=edge.now)
            count += here
        return count


def _identities(session: Session, ended: tokens.Ended) -> list[ProviderIdentity]:
    if ended.subject:
        identity = queries.find_identity(session, ended.issuer, ended.subject)
        return [identity] if identity is not None else []
    return queries.identities_with_session(session, ended.issuer, ended.sid)
