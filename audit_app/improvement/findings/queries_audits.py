"""Reads of what findings take from case audits: an answer or action to begin from, a question, re-audits of an area."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app import alphabet, clock
from audit_app.audits import question_sets as sets
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import AUDIT, AUDIT_ACTION, Answer, AuditAction, AuditType, CaseAudit, HowChosen
from audit_app.improvement.areas.evidence_words import ReAudit
from audit_app.improvement.findings.audit_answers import AskedQuestion, AuditAnswer, source_of
from audit_app.library.product_editions import edition_named
from audit_app.library.set_name import SetName
from findings.errors import Invalid, NotFound
from findings.references import AREA, number_of, reference
from findings.register import NewSource
from findings.states import FindingKind, Level, Origin, SourceKind
from frameworks import Question, QuestionSet, crosswalk


def find_audit(session: Session, authority_id: int, text: str) -> CaseAudit | None:
    """The audit of a reference, if this person may see it."""
    number = number_of(text, AUDIT) if text else None
    if number is None:
        return None
    return session.exec(
        select(CaseAudit).where(CaseAudit.authority_id == authority_id, CaseAudit.number == number)
    ).first()


def known_audit(session: Session, authority_id: int, text: str) -> str:
    """An audit's reference as kept, or nothing; Invalid when there is no such audit (OB-5)."""
    if not text.strip():
        return ""
    audit = find_audit(session, authority_id, text)
    if audit is None:
        raise Invalid(
            "audit_reference", f"There is no audit {text.strip()[:30]} here. Check the reference, such as AUD-0042"
        )
    return reference(AUDIT, audit.number)


def find_answer(session: Session, authority_id: int, audit: str, question: str) -> AuditAnswer | None:
    """The answer a finding begins from."""
    row = find_audit(session, authority_id, audit)
    if row is None:
        return None
    answer = session.exec(
        select(Answer).where(
            Answer.authority_id == authority_id, Answer.audit_number == row.number, Answer.question_key == question
        )
    ).first()
    return answer_of(session, row, question, answer.code if answer else "")


def answer_of(session: Session, audit: CaseAudit, question: str, code: str) -> AuditAnswer:
    """What one audit answered, in words that outlive it."""
    asked, grade = _words_of(session, audit, question, code)
    agreed = audit.agreed_at or audit.submitted_at
    return AuditAnswer(
        reference=reference(AUDIT, audit.number),
        edition_id=audit.edition_id,
        question=question,
        question_words=asked,
        code=code,
        grade=grade,
        dated_on=clock.london_day(agreed) if agreed else None,
        how_chosen=_how_chosen(audit),
        team=audit.team_name,
    )


def _how_chosen(audit: CaseAudit) -> str:
    """How it was chosen; one read again or for a theme was chosen, however its record was found."""
    how = audit.how_chosen
    return (HowChosen.purposive if how is HowChosen.random and not audit.at_random else how).value


def _words_of(session: Session, audit: CaseAudit, question: str, code: str) -> tuple[str, str]:
    """The question's wording and the answer's name, as far as the library knows them."""
    known = asked_by(session, audit.edition_id, audit.set_id, question)
    if known is None:
        return question, code
    questions, asked = known
    scale = questions.scale_for(asked)
    return asked.text, scale.name_of(code) if scale and code in scale.codes else code


def asked_by(session: Session, edition_id: str, set_id: str, key: str) -> tuple[QuestionSet, Question] | None:
    """A question with the set that asks it; None when none does."""
    questions = sets.any_length(session, SetName(edition_id, set_id))
    if questions is None:
        return None
    return next(((questions, question) for question in questions.questions if question.key == key), None)


def source_of_answer(session: Session, authority_id: int, audit: str, question: str) -> list[NewSource]:
    """The source an answer makes, kept in words that outlive the audit; none when it began from no audit."""
    answer = find_answer(session, authority_id, audit, question)
    return [source_of(answer)] if answer else []


def prefill(session: Session, authority_id: int, args: Mapping[str, str]) -> dict[str, Any]:
    """What the form for a finding begins with, when it is opened from an audit, a question or an audit's action."""
    audit = find_audit(session, authority_id, args.get("audit", ""))
    if audit is None:
        return {}
    question = args.get("question", "")[:121]
    start: dict[str, Any] = {"origin": Origin.case_audit.value, "audit": reference(AUDIT, audit.number)}
    action = _find_action(session, authority_id, args.get("action", ""), audit.number)
    if action is not None:
        question = question or action.question_key
        level = action.level.value if action.level.value in set(Level) else Level.service.value
        start |= {"text": action.what, "action": reference(AUDIT_ACTION, action.number), "level": level}
    return start | {
        "question": question,
        "kind": FindingKind.area_for_improvement.value,
        "judgement_areas": informs(session, audit, question),
    }


def informs(session: Session, audit: CaseAudit, question: str) -> list[str]:
    """The judgement areas a question speaks to."""
    asked = question_of(session, audit.edition_id, audit.set_id, question)
    return list(asked.informs) if asked else []


def question_of(session: Session, edition_id: str, set_id: str, key: str) -> AskedQuestion | None:
    """The question, or None when no set asks it."""
    known = asked_by(session, edition_id, set_id, key)
    if known is None:
        return None
    questions, asked = known
    scale = questions.scale_for(asked)
    points = tuple((point.code, point.name) for point in scale.points) if scale else ()
    spoken_to = tuple(str(area) for area in crosswalk.areas_of_question(questions, key))
    return AskedQuestion(key, asked.text, points, spoken_to)


def _find_action(session: Session, authority_id: int, text: str, audit: int) -> AuditAction | None:
    number = number_of(text, AUDIT_ACTION) if text else None
    row = None if number is None else action_numbered(session, authority_id, number)
    return row if row is not None and row.audit_number == audit else None


def action_numbered(session: Session, authority_id: int, number: int) -> AuditAction | None:
    """The audit's action of that number, if there is one."""
    wanted = select(AuditAction).where(AuditAction.authority_id == authority_id, AuditAction.number == number)
    return session.exec(wanted).first()


def questions_of(session: Session, edition_id: str, set_id: str) -> QuestionSet:
    """A set to choose a question from; raises NotFound."""
    questions = sets.any_length(session, SetName(edition_id, set_id))
    if questions is None:
        raise NotFound("There is no such question set.")
    return questions


def question_sets(session: Session, authority_id: int) -> tuple[dict[str, str], dict[str, str]]:
    """The sets to choose from, as "edition/set" with their titles: those offered today, and others audits are on."""
    titles = {
        f"{lengths[0].edition_id}/{lengths[0].id}": lengths[0].title
        for lengths in sets.offered(session, authority_id, clock.today())
    }
    made = select(CaseAudit.edition_id, CaseAudit.set_id).where(CaseAudit.authority_id == authority_id).distinct()
    others = {
        f"{edition_id}/{set_id}": f"{sets.title_of(session, SetName(edition_id, set_id))} ({edition_named(edition_id)})"
        for edition_id, set_id in session.exec(made).all()
        if f"{edition_id}/{set_id}" not in titles
    }
    return titles, dict(alphabet.in_order(others.items(), lambda pair: pair[1]))


def testing_area(session: Session, authority_id: int, area: int) -> list[ReAudit]:
    """The agreed re-audits that were made to test an area for improvement, with the day they speak of."""
    wanted = select(CaseAudit).where(
        CaseAudit.authority_id == authority_id, CaseAudit.tests_area == reference(AREA, area)
    )
    rows = session.exec(wanted.where(col(CaseAudit.stage).in_(AFTER_AGREEMENT)).order_by(col(CaseAudit.number))).all()
    return [ReAudit(reference(AUDIT, row.number), speaks_of(row)) for row in rows]


def speaks_of(audit: CaseAudit) -> date | None:
    """The last day of practice an audit speaks of: what was read may end long before somebody agreed it."""
    agreed = audit.agreed_at or audit.submitted_at
    return min(audit.window_to, clock.london_day(agreed)) if agreed else None


def _re_audits(audit: CaseAudit, area: int) -> bool:
    """Whether an audit reads an area again; one made to test another area does not."""
    tests = audit.tests_area in ("", reference(AREA, area))
    return tests and (audit.audit_type is AuditType.re_audit or bool(audit.tests_area))


def evidence_from(session: Session, authority_id: int, text: str, area: int) -> list[NewSource]:
    """The audits named in a line such as "AUD-0042, AUD-0043", each a source of an area's impact.

    Raises:
        Invalid: One of them is not here, or is not a reference.
    """
    evidence = []
    for named in text.replace(";", ",").replace(" ", ",").split(","):
        audit = find_audit(session, authority_id, named)
        if named and audit is None:
            raise Invalid("audits", f"There is no audit {named[:30]} here. Write references like AUD-0042, AUD-0043")
        if audit is not None:
            evidence.append(
                NewSource(
                    SourceKind.re_audit if _re_audits(audit, area) else SourceKind.audit,
                    audit_reference=reference(AUDIT, audit.number),
                    grade_code=audit.overall_grade,
                    dated_on=speaks_of(audit),
                )
            )
    return evidence
