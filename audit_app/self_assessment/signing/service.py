"""Writes of review and signature: offered, given back, signed and frozen; what became of last year's words."""

from datetime import date, datetime

from sqlmodel import Session, select

from audit_app import clock, notices, words
from audit_app.errors import Invalid, NotFound, OutOfTurn
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope, widened
from audit_app.self_assessment import events, notice_words
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.service_draft import locked, note_writer, open_draft, require, tell_log
from audit_app.self_assessment.signing import contents, queries
from audit_app.self_assessment.signing.contents import Assessment
from audit_app.self_assessment.summary import printed
from audit_app.self_assessment.summary import queries as summary
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentState, Became, LookBack, SelfAssessment
from audit_app.self_assessment.who import MANAGERS, may_manage
from findings.errors import Stale
from findings.references import reference

NO_MATTER = 12  # how old evidence may be says nothing about the length of the summary
WHOSE = "A self-assessment is offered for signature by a QA manager, a leader, or whoever leads it."


def offer(
    session: Session, authority_id: int, number: int, reviewer_id: int, *, revision: int, by: int, now: datetime
) -> SelfAssessment:
    """Offer a draft to somebody who wrote nothing of it; from now on nothing in it can change until they decide.

    Raises:
        Invalid: the reviewer is one of its writers, or nobody.
    """
    row = open_draft(session, authority_id, number)
    require(may_manage(session.info["scope"], row), WHOSE)
    if row.revision != revision:
        raise Stale(row)
    if reviewer_id in assessments.writers_of(session, authority_id, number):
        raise Invalid("reviewer_id", "Choose somebody who has written nothing of it: they sign for what others wrote.")
    if not people.names_of(session, [reviewer_id]):
        raise Invalid("reviewer_id", "Choose somebody from the list.")
    _require_two_pages(session, row, now)
    row.state, row.reviewer_id = AssessmentState.with_reviewer, reviewer_id
    row.offered_by, row.offered_at, row.returned_note = by, now, ""
    row.revision += 1
    session.add(row)
    if reviewer_id != by:
        notices.tell(session, authority_id, reviewer_id, notice_words.OFFERED, reference(SELF_ASSESSMENT, number), now)
    tell_log(session, row, events.OFFERED, by=by, now=now, reviewer=reviewer_id)
    return row


def give_back(session: Session, authority_id: int, number: int, why: str, *, by: int, now: datetime) -> None:
    """Give it back to its writers with the reason; it can be written in again.

    Raises:
        OutOfTurn: it is not with a reviewer.
    """
    row = locked(session, authority_id, number)
    scope: Scope = session.info["scope"]
    require(
        may_manage(scope, row) or row.reviewer_id == by, "It is given back by its reviewer, or by those who lead it."
    )
    if row.state is not AssessmentState.with_reviewer:
        raise OutOfTurn("It is not with a reviewer, so there is nothing to give back. Load the page again.")
    if not why.strip():
        raise Invalid("why", "Say what must change before it can be signed.")
    row.state, row.returned_note = AssessmentState.drafting, why
    row.revision += 1
    session.add(row)
    for person_id in _concerned(session, row, but=by):
        notices.tell(session, authority_id, person_id, notice_words.RETURNED, reference(SELF_ASSESSMENT, number), now)
    tell_log(session, row, events.RETURNED, by=by, now=now)


def _concerned(session: Session, row: SelfAssessment, *, but: int) -> list[int]:
    """Its lead, who offered it and its writers, each once."""
    people_ids = [row.lead_id, row.offered_by, *assessments.writers_of(session, row.authority_id, row.number)]
    return [each for each in dict.fromkeys(people_ids) if each is not None and each != but]


def as_it_would_be_frozen(
    session: Session, authority_id: int, number: int, today: date, months: int
) -> tuple[Assessment, str]:
    """The whole of it with every audit each figure counts, and its fingerprint; read past the person's own scope.

    A document is signed whole. What its readers are shown of it is decided when they read (`queries.as_seen`).
    """
    with widened(session, "freezing a self-assessment as a whole"):
        made = queries.document(session, authority_id, number, today, months, freezing=True)
    return made, contents.fingerprint_of(contents.canonical(made))


def sign(
    session: Session,
    authority_id: int,
    number: int,
    *,
    seen: str,
    post_title: str,
    remark: str = "",
    months: int,
    today: date,
    by: int,
    now: datetime,
) -> SelfAssessment:
    """Sign it as it was read, and freeze it.

    Args:
        seen: The fingerprint of what the signer had in front of them.

    Raises:
        OutOfTurn: it is not with a reviewer; signed already by somebody else, for instance.
        NotAllowed: the person wrote in it, or is neither a leader nor a QA manager.
        Stale: it says something else than what the signer read, because a figure moved or it was written in.
        Invalid: no post was given.
    """
    row = locked(session, authority_id, number)
    scope: Scope = session.info["scope"]
    _require_signer(session, row, scope, by)
    if not post_title.strip():
        raise Invalid("post", "Enter the post in which you sign.")
    made, fingerprint = as_it_would_be_frozen(session, authority_id, number, today, months)
    if fingerprint != seen:
        raise Stale(row)
    _require_fitting(made, f"Signed by the {post_title} on {words.date_words(now)}")
    row.contents, row.fingerprint = contents.canonical(made), fingerprint
    row.state, row.signed_by, row.signed_at = AssessmentState.signed, by, now
    row.signed_post_title, row.signed_note = post_title, remark
    row.revision += 1
    session.add(row)
    for person_id in _concerned(session, row, but=by):
        notices.tell(session, authority_id, person_id, notice_words.SIGNED, reference(SELF_ASSESSMENT, number), now)
    tell_log(session, row, events.SIGNED, by=by, now=now, fingerprint=fingerprint)
    return row


def _require_two_pages(session: Session, row: SelfAssessment, now: datetime) -> None:
    """Refuse to offer what could not be signed: a summary of more than two pages.

    Raises:
        Invalid: by how many words it is too long.
    """
    texts = summary.parts_of(session, row.authority_id, row.number)
    if not texts:
        return
    made = queries.document(session, row.authority_id, row.number, clock.london_day(now), NO_MATTER)
    if too_many := printed.words_too_many(made):
        raise Invalid("reviewer_id", _too_long(too_many))


def _too_long(too_many: int) -> str:
    counted = words.count(too_many, "word")
    return (
        f"The summary does not fit on two pages: about {counted} too many. Shorten it on its page before it is signed."
    )


def _require_fitting(made: Assessment, signature: str) -> None:
    """The same at the signature, with the very words of it."""
    if too_many := printed.words_too_many(made, signature):
        raise Invalid("post", _too_long(too_many))


def _require_signer(session: Session, row: SelfAssessment, scope: Scope, by: int) -> None:
    name = reference(SELF_ASSESSMENT, row.number)
    if row.state is AssessmentState.signed:
        signer = people.names_of(session, [row.signed_by]).get(row.signed_by or 0, "somebody else")
        raise OutOfTurn(f"{name} has been signed already, by {signer}. What was signed stands; read it on its page.")
    if row.state is not AssessmentState.with_reviewer:
        raise OutOfTurn(f"{name} is not offered for signature. Load its page again to see how it stands.")
    require(scope.everything or scope.has(*MANAGERS), "A self-assessment is signed by a leader or a QA manager.")
    require(
        by not in assessments.writers_of(session, row.authority_id, row.number),
        "You wrote in this self-assessment, so somebody else signs it.",
    )


def say_what_became(
    session: Session,
    authority_id: int,
    number: int,
    about_id: int,
    *,
    became: Became,
    words: str,
    shown_by: str = "",
    revision: int,
    by: int,
    now: datetime,
) -> LookBack:
    """Say what became of a claim or plan of the signed one before.

    Raises:
        NotFound: the one before has no such claim or plan.
        Stale: somebody else has said it meanwhile.
    """
    row = open_draft(session, authority_id, number)
    require(
        may_manage(session.info["scope"], row), "What became of last year’s words is told by those who lead this one."
    )
    if about_id not in {each.about_id for each in queries.look_back(session, row)}:
        raise NotFound("The self-assessment before has no such claim or plan.")
    if became is not Became.came_true and not words.strip():
        raise Invalid("words", "Say how far it came and why.")
    query = select(LookBack).where(
        LookBack.authority_id == authority_id, LookBack.assessment_number == number, LookBack.about_id == about_id
    )
    there = session.exec(query).first()
    if (there.revision if there else 0) != revision:
        raise Stale(there or row)
    made = there or LookBack(
        authority_id=authority_id, assessment_number=number, about_id=about_id, became=became, written_by=by,
        written_at=now, revision=0,
    )  # fmt: skip
    made.became, made.words, made.reference = became, words, shown_by
    made.written_by, made.written_at = by, now
    made.revision += 1
    session.add(made)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.LOOKED_BACK, by=by, now=now, became=became.value)
    return made
