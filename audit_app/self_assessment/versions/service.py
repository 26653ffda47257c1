"""Writes of versions: begun with our headings, written part by part, offered, given back."""

from datetime import datetime

from sqlmodel import Session, select

from audit_app import notices
from audit_app.errors import Invalid, NotFound, OutOfTurn
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import events, notice_words, wording
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.service_draft import require, tell_log
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentState, SelfAssessment
from audit_app.self_assessment.tables_outputs import Audience, AudienceVersion, VersionPart, VersionState, VersionWriter
from audit_app.self_assessment.versions import headings, queries
from audit_app.self_assessment.who import may_retell
from findings.errors import Stale
from findings.metadata import TITLE_LENGTH
from findings.references import reference

MOST_PARTS = 30
WHOSE = "A version is written by those who lead the self-assessment or have a section of it."
NOT_NOW = {
    VersionState.with_reviewer: "It is with its reviewer, so nothing in it can change. Copy what you typed from here.",
    VersionState.signed: "It is signed, so nothing in it can change. Begin another version for other words.",
    VersionState.withdrawn: "It was withdrawn, so nothing in it can change. Begin another version.",
}


def begin(
    session: Session, authority_id: int, number: int, audience: Audience, *, by: int, now: datetime
) -> AudienceVersion:
    """Begin a version: with our headings, or with the words of the last signed one for the same readers. One that was
    withdrawn is not to be used any more, so its words are not taken along.

    Raises:
        OutOfTurn: one for these readers is being written already, or the self-assessment was given up.
    """
    assessment = writable(session, authority_id, number)
    if assessment.state is AssessmentState.abandoned:
        raise OutOfTurn("This self-assessment was given up, so nothing is retold of it.")
    before = [
        line.row for line in queries.list_versions(session, authority_id, number) if line.row.audience == audience
    ]
    if any(row.state in (VersionState.drafting, VersionState.with_reviewer) for row in before):
        raise OutOfTurn("A version for these readers is being written already. Write in that one.")
    signed = [row for row in before if row.state is VersionState.signed]
    last = signed[-1] if signed else None
    title = f"{assessment.title}: {wording.AUDIENCES[audience].lower()}"
    row = AudienceVersion(
        authority_id=authority_id,
        assessment_number=number,
        audience=audience,
        title=last.title if last else title[:TITLE_LENGTH],
        made_by=by,
        made_at=now,
    )
    session.add(row)
    session.flush()
    start = [(part.prompt, part.heading, part.text) for part in queries.parts_of(session, last)] if last else []
    start = start or [(each.key, each.words, "") for each in headings.HEADINGS[audience]]
    for place, (prompt, heading, text) in enumerate(start, 1):
        session.add(
            VersionPart(
                authority_id=authority_id, version_id=row.id, position=place, prompt=prompt, heading=heading, text=text,
                written_by=by, written_at=now,
            )
        )  # fmt: skip
    if last is not None:
        for person_id in queries.writers_of(session, last):
            _note_writer(session, row, by=person_id, now=now)
    tell_log(session, assessment, events.VERSION_BEGUN, by=by, now=now, audience=audience.value)
    return row


def writable(session: Session, authority_id: int, number: int) -> SelfAssessment:
    """The self-assessment, where this person may retell it.

    Raises:
        NotAllowed: they neither lead it nor have a section of it.
    """
    assessment = assessments.get_row(session, authority_id, number)
    holders = [section.holder_id for section in assessments.sections_of(session, authority_id, number)]
    require(may_retell(session.info["scope"], assessment, holders), WHOSE)
    return assessment


def open_version(
    session: Session, authority_id: int, number: int, version_id: int, *, lock: bool = True
) -> tuple[SelfAssessment, AudienceVersion]:
    """A version that may be written in; locked where something is written.

    Raises:
        OutOfTurn: it is with its reviewer, signed or withdrawn.
    """
    assessment = writable(session, authority_id, number)
    row = queries.get_version(session, authority_id, number, version_id, lock=lock)
    if row.state is not VersionState.drafting:
        raise OutOfTurn(NOT_NOW[row.state])
    return assessment, row


def rename(
    session: Session, row: AudienceVersion, assessment: SelfAssessment, title: str, *, revision: int, by: int,
    now: datetime,
) -> None:  # fmt: skip
    """Change what a version is called."""
    if row.revision != revision:
        raise Stale(row)
    if not title.strip():
        raise Invalid("title", "Enter what the version is called.")
    row.title = title
    row.revision += 1
    session.add(row)
    _note_writer(session, row, by=by, now=now)
    tell_log(session, assessment, events.VERSION_WRITTEN, by=by, now=now)


def write_part(
    session: Session,
    row: AudienceVersion,
    assessment: SelfAssessment,
    part_id: int | None,
    *,
    heading: str,
    text: str,
    revision: int = 0,
    by: int,
    now: datetime,
) -> VersionPart:
    """Write one part, or add one at the end; several people may write several parts at once.

    Raises:
        Stale: somebody else has written in this part meanwhile.
        Invalid: it has no heading, or there are too many.
    """
    if not heading.strip():
        raise Invalid("heading", "Enter a heading.")
    parts = queries.parts_of(session, row)
    if part_id is None:
        if len(parts) >= MOST_PARTS:
            raise Invalid("heading", f"A version has {MOST_PARTS} headings or fewer.")
        last = max((part.position for part in parts), default=0)
        part = VersionPart(
            authority_id=row.authority_id, version_id=row.id, position=last + 1, heading=heading, written_by=by,
            written_at=now, revision=0,
        )  # fmt: skip
    else:
        part = _part(parts, part_id)
        if part.revision != revision:
            raise Stale(part)
    part.heading, part.text, part.written_by, part.written_at = heading, text, by, now
    part.revision += 1
    session.add(part)
    _note_writer(session, row, by=by, now=now)
    tell_log(session, assessment, events.VERSION_WRITTEN, by=by, now=now)
    return part


def take_out_part(
    session: Session, row: AudienceVersion, assessment: SelfAssessment, part_id: int, *, by: int, now: datetime
) -> None:
    """Take a heading out with what is written under it."""
    part = _part(queries.parts_of(session, row), part_id)
    part.taken_out_at = now
    part.revision += 1
    session.add(part)
    _note_writer(session, row, by=by, now=now)
    tell_log(session, assessment, events.VERSION_WRITTEN, by=by, now=now)


def _part(parts: list[VersionPart], part_id: int) -> VersionPart:
    part = next((part for part in parts if part.id == part_id), None)
    if part is None:
        raise NotFound("There is no such heading in this version.")
    return part


def _note_writer(session: Session, row: AudienceVersion, *, by: int, now: datetime) -> None:
    query = select(VersionWriter).where(
        VersionWriter.authority_id == row.authority_id,
        VersionWriter.version_id == row.id,
        VersionWriter.person_id == by,
    )
    writer = session.exec(query).first() or VersionWriter(
        authority_id=row.authority_id, version_id=row.id, person_id=by, first_at=now, last_at=now
    )
    writer.last_at = now
    session.add(writer)
    session.flush()


def offer(
    session: Session, row: AudienceVersion, assessment: SelfAssessment, reviewer_id: int, *, by: int, now: datetime
) -> None:
    """Offer a version to somebody who wrote nothing of it.

    Raises:
        Invalid: it has no heading, one has nothing under it, or the reviewer is one of its writers, or nobody.
    """
    parts = queries.parts_of(session, row)
    if not parts:
        raise Invalid("reviewer_id", "There is nothing in it yet. Write under at least one heading first.")
    empty = [part.heading for part in parts if not part.text.strip()]
    if empty:
        raise Invalid("reviewer_id", f"“{empty[0]}” has nothing under it. Write it, or take the heading out.")
    if reviewer_id in queries.writers_of(session, row):
        raise Invalid("reviewer_id", "Choose somebody who has written nothing of it: they sign for what others wrote.")
    if not people.names_of(session, [reviewer_id]):
        raise Invalid("reviewer_id", "Choose somebody from the list.")
    row.state, row.reviewer_id, row.offered_by, row.offered_at = VersionState.with_reviewer, reviewer_id, by, now
    row.returned_note = ""
    row.revision += 1
    session.add(row)
    name = reference(SELF_ASSESSMENT, row.assessment_number)
    if reviewer_id != by:
        notices.tell(session, row.authority_id, reviewer_id, notice_words.VERSION_OFFERED, name, now)
    tell_log(session, assessment, events.VERSION_OFFERED, by=by, now=now, reviewer=reviewer_id)


def require_with_reviewer(row: AudienceVersion) -> None:
    """Refuse to give back what nobody was offered."""
    if row.state is not VersionState.with_reviewer:
        raise OutOfTurn("It is not with a reviewer, so there is nothing to give back. Load the page again.")


def give_back(session: Session, authority_id: int, number: int, version_id: int, why: str, *, by: int, now: datetime):
    """Give a version back to its writers with the reason.

    Raises:
        OutOfTurn: it is not with a reviewer.
    """
    assessment = assessments.get_row(session, authority_id, number)
    row = queries.get_version(session, authority_id, number, version_id, lock=True)
    scope: Scope = session.info["scope"]
    holders = [section.holder_id for section in assessments.sections_of(session, authority_id, number)]
    require(may_retell(scope, assessment, holders) or row.reviewer_id == by, "It is given back by its reviewer.")
    require_with_reviewer(row)
    if not why.strip():
        raise Invalid("why", "Say what must change before it can be signed.")
    row.state, row.returned_note = VersionState.drafting, why
    row.revision += 1
    session.add(row)
    tell_log(session, assessment, events.VERSION_RETURNED, by=by, now=now)
