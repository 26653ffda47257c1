"""Reads everything an audit says on paper, for one reader."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from audit_app import words
from audit_app.audits import wording
from audit_app.audits.actions import queries as actions
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.contents import Document
from audit_app.audits.guards import AFTER_SUBMISSION
from audit_app.audits.on_paper import glance as looking
from audit_app.audits.on_paper import queries_facts, queries_parts
from audit_app.audits.on_paper.contents import ActionOnPaper, AuditOnPaper, Glance, Pair
from audit_app.audits.queries import AuditView
from audit_app.audits.rails import asking
from audit_app.audits.setting_up.subject_words import words_for
from audit_app.audits.stages import EXITS
from audit_app.people import queries as people
from audit_app.words import Ours

WITHOUT_WORDS = Ours("Your council keeps what the auditor wrote from leaders: grades and answers are here, words not.")
UNREADABLE = Ours("Nothing was answered, or its questions are in no file any more.")


@dataclass(frozen=True)
class Reader:
    """For whom an audit is put on paper: the document as they may see it, and whether they read its words."""

    document: Document | None
    words_too: bool
    today: date


def on_paper(session: Session, view: AuditView, reader: Reader) -> AuditOnPaper:
    """The audit as this reader may have it on paper; what it says of actions and concerns is as it stands today."""
    council = people.authority_settings(session)
    here = (session, council.id, view.row.number)
    raised = concerns.concerns_of(*here)
    document, words_too = reader.document, reader.words_too
    look = look_at(document, sum(line.is_open for line in raised))
    asked = asking.of_document(document, view.questions)
    return AuditOnPaper(
        reference=view.reference,
        title=view.row.set_title,
        about=_about(view),
        council=council.name,
        marking=council.marking,
        handling=Ours(words_for([view.row.subject]).paper),
        standing=standing_of(view),
        version=_version(view),
        facts=queries_facts.facts_of(view, words_too=words_too),
        glance=look,
        why_overall=document["overall"]["rationale"] if document else UNREADABLE,
        closing=queries_parts.closing_of(document, words_too=words_too) if document else (),
        domains=queries_parts.domains_of(document, look.domains, words_too=words_too) if document else (),
        asked_again=queries_parts.replies_of(asked),
        actions=_actions(*here, reader.today),
        concerns=tuple(queries_parts.concern_on_paper(line, words_too=words_too) for line in raised),
        versions=_versions(view, words_too),
        kept_back="" if words_too else WITHOUT_WORDS,
        as_at=words.date_words(reader.today),
    )


def _about(view: AuditView) -> str:
    """Whose record, which team, by whom, when: what somebody looks for who holds several in their hands."""
    row = view.row
    days = [f"submitted {words.short_date(row.submitted_at)}"] if row.submitted_at else []
    days += [f"agreed {words.short_date(row.agreed_at)}"] if row.agreed_at else []
    return " · ".join((row.case_reference, row.team_name, row.auditor_name or "Somebody who has left", *days))


def _actions(session: Session, authority_id: int, number: int, today: date) -> tuple[ActionOnPaper, ...]:
    lines = actions.list_actions(session, authority_id, number)
    updates = actions.updates_of(session, authority_id, [line.number for line in lines])
    return tuple(queries_parts.action_on_paper(line, updates.get(line.number, ()), today) for line in lines)


def look_at(document: Document | None, open_concerns: int) -> Glance:
    """The audit on one look; of one whose questions are nowhere, that nothing can be said."""
    if document is not None:
        return looking.glance(document, open_concerns)
    return Glance(False, "", "", "", (), "")


def standing_of(view: AuditView) -> str:
    """What every page must say at its foot: that it is a draft, or that the audit counts no more."""
    if view.stage in EXITS:
        return Ours(f"This audit was {wording.STAGE_WORDS[view.stage]}: it counts nowhere")
    if view.stage in AFTER_SUBMISSION:
        return ""
    after = f", open for a correction of version {view.row.version}" if view.row.version else ""
    return f"Draft: not submitted{after}, may still change"


def _version(view: AuditView) -> str:
    """Version 2, corrected; nothing for a first version, which is the only one there is."""
    if view.stage not in AFTER_SUBMISSION or view.row.version < 2:
        return ""
    return f"Version {view.row.version}, corrected"


def _versions(view: AuditView, words_too: bool) -> tuple[Pair, ...]:
    """Each version of an audit that was corrected, newest first, with the reason."""
    if len(view.versions) < 2:
        return ()
    lines = []
    for line in view.versions:
        by = f" by {line.submitted_by_name}" if line.submitted_by_name else ""
        why = f". Why it was corrected: {line.reason}" if line.reason and words_too else ""
        submitted = f"submitted on {words.datetime_words(line.submitted_at)}{by}{why}"
        lines.append((f"Version {line.version}", submitted))
    return tuple(lines)
