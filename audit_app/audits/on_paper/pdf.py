"""Audits on paper as a tagged PDF: it asks the database nothing; equal contents, equal bytes (PD-7)."""

from collections.abc import Sequence
from typing import Any

from audit_app.audits.on_paper.contents import (
    ActionOnPaper,
    AuditOnPaper,
    ConcernOnPaper,
    DomainOnPaper,
    Glance,
    Printing,
)
from audit_app.audits.on_paper.tones import tone_of_grade
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.paper import blocks, document
from audit_app.words import Ours

Story = list[Any]
SOME_DRAFTS = "Some of these audits are drafts or count no more: their first pages say which"


def one_audit(audit: AuditOnPaper, printing: Printing, own: OwnWords = NONE) -> bytes:
    """One audit."""
    return document.build(_about([audit], printing), _audit(audit, printing, own))


def several_audits(audits: Sequence[AuditOnPaper], printing: Printing, own: OwnWords = NONE) -> bytes:
    """Several audits, each on pages of its own, behind one list of contents."""
    story: Story = []
    for audit in audits:
        story += [*(blocks.page_break() if story else []), *_audit(audit, printing, own)]
    for block in story:
        if isinstance(block, blocks.Heading):
            block.listed = block.level == 1  # the contents name the audits, not what each of them says
    return document.build(_about(audits, printing), story)


def _about(audits: Sequence[AuditOnPaper], printing: Printing) -> document.PrintedDocument:
    first, several = audits[0], len(audits) > 1
    standings = list(dict.fromkeys(audit.standing for audit in audits if audit.standing))
    return document.PrintedDocument(
        title=f"{len(audits)} audits on paper" if several else first.heading,
        marking=first.marking,
        reference=printing.export_id if several else ", ".join(filter(None, (first.reference, first.version))),
        as_at=first.as_at,
        council=first.council,
        standing=SOME_DRAFTS if several and standings else "".join(standings),
        has_cover=False,
        has_contents=several,
    )


def _audit(audit: AuditOnPaper, printing: Printing, own: OwnWords) -> Story:
    made = blocks.heading(audit.heading)
    made += blocks.paragraph(audit.about, "lead")
    made += blocks.paragraph(f"{audit.council}. {audit.marking}. {own.say(audit.handling)}", "bold")
    for line in (audit.version, audit.standing, audit.kept_back):
        made += blocks.note(own.say(line))
    made += _glance(audit.glance, own)
    made += blocks.heading("The whole", 2)
    made += blocks.paragraph(audit.why_overall)
    made += blocks.key_values(_pairs(audit.closing, own))
    for domain in audit.domains:
        made += _domain(domain)
    if audit.asked_again:
        made += blocks.heading("Asked about the grades", 2)
        for reply in audit.asked_again:
            made += blocks.note(f"{reply.words}\n{reply.answer}", title=reply.about)
    made += _actions(audit.actions, own)
    made += _concerns(audit.concerns)
    made += blocks.heading(own.say("What this audit is"), 2) + blocks.key_values(_pairs(audit.facts, own))
    if audit.versions:
        made += blocks.heading("Versions", 2) + blocks.key_values(audit.versions)
    return made + _printing(printing)


def _pairs(pairs: Sequence[tuple[str, str]], own: OwnWords) -> list[tuple[str, str]]:
    """Names and values, those that are ours in the council’s own words."""
    return [tuple(own.say(each) if isinstance(each, Ours) else each for each in pair) for pair in pairs]  # type: ignore[misc]


def _glance(look: Glance, own: OwnWords) -> Story:
    made = blocks.heading("At a glance", 2)
    if look.asks_overall:
        made += blocks.grade_strip("Overall grade", look.overall, tone=tone_of_grade(look.overall_code))
    made += blocks.paragraph(f"{look.spread}.", "bold") if look.spread else []
    made += blocks.paragraph(f"{look.concerns}.", "bold") if look.concerns else []
    rows = [
        (domain.title, blocks.Status(domain.grade, tone_of_grade(domain.grade_code)), domain.answered)
        for domain in look.domains
    ]
    columns = ("Domain", "Grade", "Answers")
    return made + blocks.table(columns, rows, widths=(4, 2.4, 3.6), row_headers=True, close=True)


def _domain(domain: DomainOnPaper) -> Story:
    made = blocks.heading(domain.glance.title, 2)
    if domain.glance.graded:
        made += blocks.grade_strip("Grade", domain.glance.grade, tone=tone_of_grade(domain.glance.grade_code))
    made += blocks.paragraph(domain.why) if domain.why else []
    if domain.asked:
        rows = [(f"{each.number} {each.text}", blocks.Status(each.answer), each.seen) for each in domain.asked]
        columns = ("Question", "Answer", "What was seen")
        made += blocks.table(columns, rows, widths=(4, 1.8, 4.2), small=True)
    return made + (blocks.paragraph(domain.left_open, "quiet") if domain.left_open else [])


def _actions(actions: Sequence[ActionOnPaper], own: OwnWords) -> Story:
    made = blocks.heading("Actions", 2)
    if not actions:
        return made + blocks.paragraph(own.say("No action is set on this audit."))
    rows = [
        (
            f"{each.reference}\n{own.say(each.level)}",
            "\n".join((each.what, *each.news)),
            f"{own.say(each.owner) if isinstance(each.owner, Ours) else each.owner}\n{each.due}",
            each.state,
        )
        for each in actions
    ]
    columns = ("Action", "What is to be done, and what was said since", "Who and when", "State")
    return made + blocks.table(columns, rows, widths=(1.6, 4.6, 2.2, 1.6), row_headers=True, small=True)


def _concerns(concerns: Sequence[ConcernOnPaper]) -> Story:
    made = blocks.heading("Concerns about safety", 2)
    for each in concerns:
        made += blocks.note("\n".join(filter(None, (each.words, each.standing, each.outcome))), title=each.heading)
    return made if concerns else made + blocks.paragraph("No concern was raised.")


def _printing(printing: Printing) -> Story:
    return blocks.paragraph(f"Export {printing.export_id}, taken out by {printing.who} on {printing.when}.", "quiet")
