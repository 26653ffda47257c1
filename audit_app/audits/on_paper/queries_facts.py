"""What is known of an audit besides its answers, line by line: whose record, how chosen, by whom and when."""

from typing import Any

from audit_app import words
from audit_app.audits import contents, wording
from audit_app.audits.actions.owners import owner_words
from audit_app.audits.on_paper.contents import Pair
from audit_app.audits.queries import AuditView
from audit_app.audits.queries_lists import AuditRow
from audit_app.audits.record_facts import telling
from audit_app.audits.setting_up.subject_words import CONSENT, words_for
from audit_app.audits.tables import AUDIT
from audit_app.words import Ours
from findings.references import reference


def facts_of(view: AuditView, *, words_too: bool) -> tuple[Pair, ...]:
    """The lines that say something, in the order of the page; names are ours, values as they are kept.

    Facts of the council's own stand after the record's; `words_too` is whether this reader has what was typed in them.
    """
    row, details = view.row, view.details
    document = view.document if view.document is None or words_too else contents.without_words(view.document)
    lines = (
        *_record(row),
        *telling.lines(document),
        *_chosen(view),
        *_child(details),
        *_again(row),
        *_who_and_when(view),
    )
    return tuple(line for line in lines if line[1])


def _record(row: AuditRow) -> tuple[Pair, ...]:
    length = words.worded(row.length, wording.LENGTHS, missing="").lower()
    return (
        (words_for([row.subject]).labels.get("case_reference", Ours("Case reference")), row.case_reference),
        (Ours("What is audited"), wording.SUBJECTS[row.subject]),
        (Ours("Question set"), f"{row.set_title}, {length}"),
        (Ours("Group"), wording.COHORTS.get(row.cohort, row.cohort)),
    )


def _chosen(view: AuditView) -> tuple[Pair, ...]:
    row, details = view.row, view.details
    labels = words_for([row.subject]).labels
    return (
        (Ours("Type"), wording.AUDIT_TYPES[row.audit_type]),
        (Ours("How chosen"), f"{wording.HOW_CHOSEN[row.how_chosen]}. {wording.CONSEQUENCES[row.how_chosen]}"),
        (Ours("Team"), f"{row.team_name} ({row.service_name})" if row.service_name else row.team_name),
        (labels.get("practitioner_code", Ours("Practitioner’s code")), details["practitioner_code"]),
        (labels.get("manager_code", Ours("Manager’s code")), details["manager_code"]),
        (Ours("Practitioner without an account"), _without_account(view)),
        (Ours("Consent of the family"), CONSENT.get(details["family_consent"], "")),
        (Ours("Reading window"), words.date_range(details["window_from"], details["window_to"])),
    )


def _without_account(view: AuditView) -> str:
    """The practitioner who has no account, with who speaks for them."""
    named, speaker = view.details["practitioner_named"], view.details["practitioner_speaker_id"]
    return owner_words(named, view.names.get(speaker or 0, "")) if named else ""


def _child(details: dict[str, Any]) -> tuple[Pair, ...]:
    named = (
        (Ours("Age band"), "age_band", wording.AGE_BANDS),
        (Ours("Ethnicity"), "ethnicity", wording.ETHNICITIES),
        (Ours("Disability"), "disability", wording.DISABILITIES),
    )
    lines = [(name, names.get(details[field], details[field])) for name, field, names in named]
    return (*lines, (Ours("Brothers and sisters"), details["sibling_link"]))


def _again(row: AuditRow) -> tuple[Pair, ...]:
    return (
        (Ours("Theme"), row.theme),
        (Ours("Re-audit of"), reference(AUDIT, row.re_audit_of) if row.re_audit_of else ""),
        (Ours("Tests area for improvement"), row.tests_area),
    )


def _who_and_when(view: AuditView) -> tuple[Pair, ...]:
    row = view.row
    return (
        (Ours("Auditor"), row.auditor_name or Ours("Somebody who has left")),
        (Ours("Due"), words.date_words(row.due_on)),
        (Ours("Submitted"), words.datetime_words(row.submitted_at, missing="")),
        (Ours("Agreed"), _agreed(view)),
    )


def _agreed(view: AuditView) -> str:
    row, by = view.row, view.names.get(view.details["agreed_by"] or 0, "")
    if row.agreed_at is None:
        return ""
    who = f" by {by}" if by else ""
    return words.datetime_words(row.agreed_at) + who + ("" if row.moderated else ". Not moderated")
