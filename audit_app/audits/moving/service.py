"""Moving an unfinished audit to a newer set, and undoing it: nothing that was saved is lost by either."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from audit_app import clock, history
from audit_app.audits import contents, question_sets
from audit_app.audits.kinds.given import Given
from audit_app.audits.moving import carrying_over
from audit_app.audits.moving.carrying_over import Fate
from audit_app.audits.moving.queries import saved_rows, targets
from audit_app.audits.queries_rows import audit_row, hats_of, reference_of
from audit_app.audits.record_facts import service as facts
from audit_app.audits.record_facts.queries import given_facts
from audit_app.audits.stages import BEFORE_SUBMISSION
from audit_app.audits.tables import Answer, AuditAction, AuditMove, CaseAudit, DomainAnswer
from audit_app.audits.wording import STAGE_WORDS
from audit_app.library.set_name import name_of
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from frameworks import QuestionSet
from frameworks.kinds import record_facts

OF_DOMAIN = ("domain_id", "grade", "rationale", "not_applicable", "not_applicable_reason", "revision")
OF_ANSWER = ("question_key", *Given._fields)


def mark_of_saved(audit: CaseAudit, domains: Mapping[str, DomainAnswer], answers: Mapping[str, Answer]) -> str:
    """A mark of everything a move would touch: when it differs, somebody has saved since the page was read."""
    revisions = [audit.closing_revision, audit.revision]  # facts about the record are part of the details
    touched = [audit.edition_id, audit.set_id, audit.length, *revisions, _written(audit, domains, answers)]
    return contents.sha256_of(json.dumps(touched, sort_keys=True))[:16]


def move_audit(
    session: Session,
    authority_id: int,
    number: int,
    *,
    edition_id: str,
    length: str,
    seen: str,
    by: int,
    now: datetime,
) -> AuditMove:
    """Move an audit that was never submitted to a newer set of the same name; what it said is kept with the move.

    Raises:
        NotFound: no such audit, or no such set to move to.
        NotAllowed: neither its auditor nor a QA manager.
        OutOfTurn: it has been submitted, has left the programme, or its own questions are nowhere.
        Stale: something was saved since the page was read.
    """
    audit = _movable(session, authority_id, number, by)
    older = question_sets.questions_of(session, audit)
    to = audit.set_name.at(length)
    offered = targets(session, audit, clock.london_day(now))
    newer = next((each for each in offered if name_of(each) == replace(to, edition_id=edition_id)), None)
    if newer is None:
        raise NotFound("There is no such set to move this audit to.")
    if older is None:
        raise OutOfTurn("The questions this audit was begun with are nowhere to be found, so it cannot be moved.")
    domains, answers = saved_rows(session, audit)
    if seen != mark_of_saved(audit, domains, answers):
        raise Stale(audit)
    planned = carrying_over.plan(older, newer, domains, answers)
    new_answers = carrying_over.moved_answers(planned, answers)
    new_domains = [_domain_after(older, newer, row) for row in domains.values()]
    move = _record(session, audit, newer, domains, answers, by=by, now=now)
    session.add(move)
    if not planned.overall_kept:
        audit.overall_grade = ""
    _replace(session, audit, [each for each in new_domains if each], new_answers, by=by, now=now)
    given = given_facts(session, authority_id, number)
    facts.replace(session, audit, record_facts.carried(older, newer, given), by=by, now=now)
    renamed = {line.key: line.to for line in planned.lines if line.to}
    for action in _actions(session, audit):
        action.question_key = renamed.get(action.question_key, action.question_key)
    _pin(session, audit, newer)
    counts = {"carried": len(planned.of(Fate.carried)), "aside": len(planned.of(Fate.aside))}
    _note(session, "audit.moved", audit, move, **counts)
    return move


def undo_move(session: Session, authority_id: int, number: int, move_id: int, *, by: int, now: datetime) -> AuditMove:
    """Put an audit back as it was before its last move; what was answered since is kept with this step.

    Raises:
        NotFound: no such audit or move.
        OutOfTurn: it was moved or submitted since, or is undone already.
        NotAllowed: neither its auditor nor a QA manager.
    """
    audit = _movable(session, authority_id, number, by)
    move = session.exec(
        select(AuditMove).where(
            AuditMove.authority_id == authority_id, AuditMove.audit_number == number, AuditMove.id == move_id
        )
    ).one_or_none()
    if move is None:
        raise NotFound("There is no such move.")
    if move.undone_at is not None or audit.set_name != move.to_name:
        raise OutOfTurn("This move is undone already, or the audit was moved again since. Nothing was changed.")
    earlier = question_sets.find_set(session, move.from_name)
    if earlier is None:
        raise OutOfTurn("The earlier questions are nowhere to be found, so the move cannot be undone.")
    before: dict[str, Any] = json.loads(move.before)
    back = _record(session, audit, earlier, *saved_rows(session, audit), by=by, now=now)
    session.add(back)
    keys = before.get("actions", {})  # moves of earlier versions of this program did not keep them
    for action in _actions(session, audit):
        action.question_key = keys.get(str(action.number), action.question_key)
    # Moves of earlier versions of this program kept code and text alone.
    kept = ({name: answer.get(name, "") for name in OF_ANSWER} for answer in before["answers"])
    answers = {answer.pop("question_key"): Given(**answer) for answer in kept}
    _replace(session, audit, before["domains"], answers, by=by, now=now)
    audit.overall_grade = before["overall_grade"]
    facts.replace(session, audit, before.get("facts", {}), by=by, now=now)
    move.undone_by, move.undone_at = by, now
    _pin(session, audit, earlier)
    _note(session, "audit.move_undone", audit, back)
    return back


def _movable(session: Session, authority_id: int, number: int, by: int) -> CaseAudit:
    audit = audit_row(session, authority_id, number, locking=True)
    if not hats_of(session, audit, by):
        raise NotAllowed("Only the auditor or a QA manager moves an audit to other questions.")
    if audit.version or audit.stage not in BEFORE_SUBMISSION:
        why = "has been submitted" if audit.version else f"is {STAGE_WORDS[audit.stage]}"
        raise OutOfTurn(f"This audit {why}, so it stays with the questions it was answered on.")
    return audit


def _written(audit: CaseAudit, domains: Mapping[str, DomainAnswer], answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {
        "overall_grade": audit.overall_grade,
        "domains": [{name: getattr(row, name) for name in OF_DOMAIN} for _, row in sorted(domains.items())],
        "answers": [{name: getattr(row, name) for name in OF_ANSWER} for _, row in sorted(answers.items())],
    }


def _record(
    session: Session,
    audit: CaseAudit,
    newer: QuestionSet,
    domains: Mapping[str, DomainAnswer],
    answers: Mapping[str, Answer],
    *,
    by: int,
    now: datetime,
) -> AuditMove:
    keys = {str(action.number): action.question_key for action in _actions(session, audit)}
    given = given_facts(session, audit.authority_id, audit.number)
    before = {**_written(audit, domains, answers), "actions": keys, **({"facts": given} if given else {})}
    return AuditMove(
        authority_id=audit.authority_id,
        audit_number=audit.number,
        from_edition=audit.edition_id,
        from_set=audit.set_id,
        from_length=audit.length,
        from_fingerprint=audit.fingerprint,
        to_edition=newer.edition_id,
        to_set=newer.id,
        to_length=newer.length,
        before=json.dumps(before, ensure_ascii=False),
        moved_by=by,
        moved_at=now,
    )


def _domain_after(older: QuestionSet, newer: QuestionSet, row: DomainAnswer) -> dict[str, Any] | None:
    fate = carrying_over.domain_carried(older, newer, row)
    if fate is Fate.aside:
        return None
    columns = {name: getattr(row, name) for name in OF_DOMAIN}
    return columns if fate is Fate.carried else {**columns, "grade": ""}


def _replace(
    session: Session,
    audit: CaseAudit,
    domains: list[dict[str, Any]],
    answers: Mapping[str, Given],
    *,
    by: int,
    now: datetime,
) -> None:
    """Put other answers and domain rows in place of those that are there; pages open elsewhere become stale."""
    here: dict[str, Any] = {"authority_id": audit.authority_id, "audit_number": audit.number}
    existing, _ = saved_rows(session, audit)
    revisions = {domain_id: row.revision for domain_id, row in existing.items()}
    for table in (Answer, DomainAnswer):
        session.exec(
            delete(table).where(col(table.authority_id) == audit.authority_id, col(table.audit_number) == audit.number)
        )
    for columns in domains:
        revision = max(revisions.get(columns["domain_id"], 0), columns["revision"]) + 1
        session.add(DomainAnswer(**here, **{**columns, "revision": revision}, saved_by=by, saved_at=now))
    for key, saved in answers.items():
        session.add(Answer(**here, question_key=key, **saved._asdict()))
    session.flush()


def _actions(session: Session, audit: CaseAudit) -> Sequence[AuditAction]:
    """Actions that came from a question keep pointing at it under its key of the day."""
    wanted = select(AuditAction).where(
        AuditAction.authority_id == audit.authority_id, AuditAction.audit_number == audit.number
    )
    return session.exec(wanted).all()


def _pin(session: Session, audit: CaseAudit, questions: QuestionSet) -> None:
    fingerprint = question_sets.fingerprint_of(session, name_of(questions))
    if not fingerprint:
        raise Invalid("set_id", "The set is nowhere to be found.")
    audit.edition_id, audit.set_id, audit.length = questions.edition_id, questions.id, questions.length
    audit.fingerprint = fingerprint
    audit.revision += 1
    audit.closing_revision += 1


def _note(session: Session, event: str, audit: CaseAudit, move: AuditMove, **more: int) -> None:
    facts: dict[str, str | int] = {
        "from": f"{move.from_edition}/{move.from_length}",
        "to": f"{move.to_edition}/{move.to_length}",
        **more,
    }
    ref = reference_of(audit.number)
    by, now = move.moved_by, move.moved_at
    history.note(session, event, ref, by=by, authority_id=audit.authority_id, facts=facts, now=now)
