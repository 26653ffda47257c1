"""Requests for everything on somebody, as their pages show them."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from audit_app import jobs
from audit_app.errors import NotFound
from audit_app.people import queries as people
from audit_app.records.subject_access import wording
from audit_app.records.subject_access.tables import REQUEST, SubjectKind, SubjectRequest
from findings.references import reference


@dataclass(frozen=True)
class RequestView:
    """One request with the names of its people and how it stands."""

    row: SubjectRequest
    reference: str
    subject: str
    sought: str
    asked_by: str
    agreed_by: str
    refused_by: str
    standing: str
    job: jobs.Job | None

    @property
    def is_running(self) -> bool:
        """Whether the worker has it in hand, or will."""
        return self.job is not None and self.job.state in (jobs.JobState.waiting, jobs.JobState.running)

    @property
    def may_be_made_again(self) -> bool:
        """Whether it was agreed and its copy was not made."""
        row = self.row
        return row.agreed_at is not None and row.made_at is None and not self.is_running


def get_request(session: Session, authority_id: int, number: int) -> SubjectRequest:
    """One request.

    Raises:
        NotFound: this council has no such request, or the session may not see it.
    """
    asked = select(SubjectRequest).where(SubjectRequest.authority_id == authority_id, SubjectRequest.number == number)
    row = session.exec(asked).first()
    if row is None:
        raise NotFound("No such request.")
    return row


def list_requests(session: Session, authority_id: int) -> list[RequestView]:
    """Every request of a council, the newest first."""
    asked = select(SubjectRequest).where(SubjectRequest.authority_id == authority_id)
    rows = session.exec(asked.order_by(col(SubjectRequest.number).desc())).all()
    return views(session, list(rows))


def views(session: Session, rows: list[SubjectRequest]) -> list[RequestView]:
    """Requests with names and standing."""
    ids = {each for row in rows for each in (row.asked_by, row.agreed_by, row.refused_by, row.person_id) if each}
    names = people.names_of(session, ids)
    return [_view(session, row, names) for row in rows]


def _view(session: Session, row: SubjectRequest, names: dict[int, str]) -> RequestView:
    job = jobs.find(session, row.authority_id, row.job_id) if row.job_id else None
    running = job is not None and job.state in (jobs.JobState.waiting, jobs.JobState.running)
    sought = names.get(row.person_id or 0, "") if row.subject is SubjectKind.account else row.sought
    return RequestView(
        row=row,
        reference=reference(REQUEST, row.number),
        subject=wording.SUBJECTS[row.subject],
        sought=sought,
        asked_by=names.get(row.asked_by, ""),
        agreed_by=names.get(row.agreed_by or 0, ""),
        refused_by=names.get(row.refused_by or 0, ""),
        standing=wording.standing(row, is_running=running, failed=job.message if job else ""),
        job=job,
    )


def accounts(session: Session, on: date) -> list[tuple[int, str]]:
    """Who may be asked about: everybody with a role in this council."""
    return [(person.id, person.name) for person in people.list_people_views(session, on)]
