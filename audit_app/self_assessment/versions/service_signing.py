"""A version signed so that it may be published, by somebody who wrote none of it; and withdrawn."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from audit_app.disclosure import Council
from audit_app.errors import Invalid, OutOfTurn
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import events
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.service_draft import require, tell_log
from audit_app.self_assessment.tables import AssessmentState
from audit_app.self_assessment.tables_outputs import AudienceVersion, VersionState
from audit_app.self_assessment.versions import contents, leaving, queries
from audit_app.self_assessment.who import MANAGERS
from audit_app.words import listing
from findings.errors import Stale


def sign(
    session: Session,
    authority_id: int,
    number: int,
    version_id: int,
    *,
    seen: str,
    post_title: str,
    cleared: Collection[str],
    council: Council,
    by: int,
    now: datetime,
) -> AudienceVersion:
    """Sign a version as it was read, and freeze it: from now on it may be published.

    Args:
        seen: The fingerprint of what the signer had in front of them.
        cleared: The marks of the words that, the signer says, tell of nobody.
        council: What the scan for identifiers knows of the council.

    Raises:
        OutOfTurn: it is not with a reviewer, or what it retells is not signed yet.
        NotAllowed: the person wrote in it, or is neither a leader nor a QA manager.
        Stale: it says something else than what the signer read.
        Invalid: words in it look as if they told of a person and were not cleared, or no post was given.
    """
    assessment = assessments.get_row(session, authority_id, number)
    row: AudienceVersion = queries.get_version(session, authority_id, number, version_id, lock=True)
    scope: Scope = session.info["scope"]
    if row.state is not VersionState.with_reviewer:
        raise OutOfTurn("It is not offered for signature. Load its page again to see how it stands.")
    require(scope.everything or scope.has(*MANAGERS), "A version is signed by a leader or a QA manager.")
    require(by not in queries.writers_of(session, row), "You wrote in this version, so somebody else signs it.")
    if assessment.state is not AssessmentState.signed:
        raise OutOfTurn("The self-assessment it retells is not signed yet. Sign that first.")
    if not post_title.strip():
        raise Invalid("post", "Enter the post in which you sign.")
    made = queries.whole(session, row)
    written = contents.canonical(made)
    if contents.fingerprint_of(written) != seen:
        raise Stale(row)
    suspects = leaving.suspected(made, council)
    _require_nobody_told_of(suspects, cleared)
    row.contents, row.fingerprint, row.cleared = written, contents.fingerprint_of(written), len(suspects)
    row.state, row.signed_by, row.signed_at, row.signed_post_title = VersionState.signed, by, now, post_title
    row.revision += 1
    session.add(row)
    tell_log(
        session, assessment, events.VERSION_SIGNED, by=by, now=now, fingerprint=row.fingerprint, cleared=len(suspects)
    )
    return row


def _require_nobody_told_of(suspects: Collection[leaving.Suspected], cleared: Collection[str]) -> None:
    stays = [each for each in suspects if not each.may_be_cleared]
    if stays:
        named = listing([f"“{each.words}” ({each.looks_like})" for each in stays[:5]])
        raise Invalid("post", f"It cannot be published: {named}. Give it back, so that this is reworded.")
    if any(each.mark not in cleared for each in suspects):
        raise Invalid("cleared", "Look at each of these words. Tick those that tell of nobody, or give it back.")


def require_signed(row: AudienceVersion) -> None:
    """Refuse to withdraw what nobody may use yet."""
    if row.state is not VersionState.signed:
        raise OutOfTurn("Only a signed version can be withdrawn. Load its page again.")


def withdraw(
    session: Session, authority_id: int, number: int, version_id: int, why: str, *, by: int, now: datetime
) -> AudienceVersion:
    """Withdraw a signed version, with the reason: it is kept, marked, and shown only to those who lead.

    Raises:
        OutOfTurn: it is not signed, or was withdrawn already.
    """
    assessment = assessments.get_row(session, authority_id, number)
    row: AudienceVersion = queries.get_version(session, authority_id, number, version_id, lock=True)
    scope: Scope = session.info["scope"]
    require(scope.everything or scope.has(*MANAGERS), "A version is withdrawn by a leader or a QA manager.")
    require_signed(row)
    if not why.strip():
        raise Invalid("why", "Say why it must not be used any more.")
    row.state, row.withdrawn_by, row.withdrawn_at, row.withdrawn_why = VersionState.withdrawn, by, now, why
    row.revision += 1
    session.add(row)
    tell_log(session, assessment, events.VERSION_WITHDRAWN, by=by, now=now)
    return row
