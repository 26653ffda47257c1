"""One audit as a line of the list and as a part of its own, each field asked for by the pack's level. Pure."""

from collections.abc import Mapping
from typing import Any

from audit_app import clock, words
from audit_app.audits.tables import ActionLevel, AuditActionState
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs import wording
from audit_app.packs.composing.grades import AuditRecord
from audit_app.packs.contents import AnswerPart, AuditActionPart, AuditLine, AuditPart, DomainPart
from audit_app.packs.levels import Disclosure
from findings.references import reference

AUDIT_ACTION = "AAC"
LEVELS = {
    ActionLevel.child: "For the child",
    ActionLevel.practitioner: "For the practitioner",
    ActionLevel.team: "For the team",
    ActionLevel.service: "For the service",
    ActionLevel.partnership: "For the partnership",
}
STATES = {
    AuditActionState.open: "Open",
    AuditActionState.done: "Done, not yet confirmed",
    AuditActionState.confirmed: "Done and confirmed",
    AuditActionState.withdrawn: "Withdrawn",
}


def line(record: AuditRecord, name: str, show: Disclosure) -> AuditLine:
    """An audit in the list."""
    day = clock.london_day(record.submitted_at)
    submitted = words.short_date(day) if show.take("audit.day", "day") else words.month_words(day)
    return AuditLine(
        name=name,
        case_reference=show.take("audit.case_reference", record.case_reference),
        submitted=submitted,
        set_title=record.set_title,
        how_chosen="Re-audit" if record.is_re_audit else wording.HOW_CHOSEN[record.how_chosen],
        team=show.take("audit.team", record.team),
        grade=show.take("audit.grade", record.grade),
        grade_code=show.take("audit.grade", record.grade_code),
        agreed="Moderated" if record.moderated else "Not moderated",
        open_actions=sum(action.state is AuditActionState.open for action in record.actions),
    )


def note_left_out(record: AuditRecord, show: Disclosure) -> None:
    """Remember which fields of an audit this audience does not get."""
    show.take("audit.reference", record.reference)
    show.take("audit.codes", record.practitioner_code or record.manager_code)
    show.take("audit.characteristics", "".join(record.characteristics))
    if not show.may("audit_action.text"):
        show.leave_out("audit_action.text", len(record.actions))
    if not show.may("audit.answers"):
        show.leave_out("audit.answers")
        show.leave_out("audit.words")


def detail(record: AuditRecord, name: str, show: Disclosure, own: OwnWords = NONE) -> AuditPart:
    """An audit in full: only for a level that may have the words of auditors."""
    closing = record.document["closing"]
    told = [
        ("Why this overall grade", record.document["overall"]["rationale"]),
        ("Strengths", closing["strengths"]),
        ("Worries", closing["worries"]),
        ("What changed for the child", closing["difference"]),
    ]
    return AuditPart(
        name=name,
        facts=tuple((own.say(name), value) for name, value in _facts(record, show)),
        domains=tuple(_domain(domain, show) for domain in record.document["domains"] if _said(domain)),
        closing=tuple((own.say(title), text) for title, text in told if show.may("audit.words") and text),
        actions=tuple(_action(action, show, own) for action in record.actions),
    )


def _facts(record: AuditRecord, show: Disclosure) -> tuple[tuple[str, str], ...]:
    first, last = record.window
    characteristics = ", ".join(one for one in record.characteristics if one)
    facts = [
        ("Case reference", show.take("audit.case_reference", record.case_reference)),
        ("Question set", record.set_title),
        ("How chosen", wording.HOW_CHOSEN[record.how_chosen] + (", re-audit" if record.is_re_audit else "")),
        ("Team", show.take("audit.team", record.team)),
        ("Period read", words.date_range(first, last)),
        ("Submitted", words.date_words(record.submitted_at)),
        ("Overall grade", show.take("audit.grade", record.grade)),
        ("Agreed", "Moderated" if record.moderated else "Not moderated"),
        ("Practitioner code", show.take("audit.codes", record.practitioner_code)),
        ("Manager code", show.take("audit.codes", record.manager_code)),
        ("Age band, ethnicity, disability", show.take("audit.characteristics", characteristics)),
    ]
    return tuple((name, value) for name, value in facts if value)


def _said(domain: Mapping[str, Any]) -> bool:
    answered = any(one["code"] or one["words"] for one in domain["questions"])
    return bool(domain["grade"] or domain["not_applicable"] or domain["rationale"] or answered)


def _domain(domain: Mapping[str, Any], show: Disclosure) -> DomainPart:
    grade = "Does not apply" if domain["not_applicable"] else domain["grade_name"]
    answers = [
        AnswerPart(one["number"], one["text"], one["answer"], show.take("audit.words", one["words"]))
        for one in domain["questions"]
        if one["code"] or one["words"]
    ]
    return DomainPart(
        title=domain["title"],
        grade=show.take("audit.grade", grade),
        grade_code=domain["grade"],
        rationale=show.take("audit.words", domain["reason"] if domain["not_applicable"] else domain["rationale"]),
        answers=tuple(answers) if show.may("audit.answers") else (),
    )


def _action(action: Any, show: Disclosure, own: OwnWords) -> AuditActionPart:
    outcome = "\n".join(part for part in (action.what_was_done, action.what_changed) if part)
    return AuditActionPart(
        reference=reference(AUDIT_ACTION, action.number),
        level=own.say(LEVELS[action.level]),
        what=show.take("audit_action.text", action.what),
        due_on=action.due_on,
        state=STATES[action.state],
        outcome=show.take("audit_action.text", outcome),
    )
