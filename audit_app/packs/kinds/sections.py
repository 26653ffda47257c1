"""Every section a pack can have: its name, what it tells, and what must be chosen before it can tell it. Data only."""

from dataclasses import dataclass, replace
from enum import StrEnum, auto

from audit_app.packs.disclosure.levels import INSPECTOR, LEADERSHIP, PUBLISHABLE
from audit_app.words import Ours


class Asks(StrEnum):
    """What somebody chooses before a pack can be made."""

    areas = auto()  # judgement areas of the framework: one at least
    audit = auto()  # one audit
    theme = auto()  # one question set
    self_assessment = auto()  # one that is signed
    since = auto()  # the day of the last board


@dataclass(frozen=True)
class Section:
    """One section of a pack."""

    key: str
    name: str
    tells: str
    needs: Asks | None = None
    most_open: int = PUBLISHABLE  # the audience beyond which it is never offered, and refused when asked for
    fixed: bool = False  # every pack has it: without it a reader could not tell what the pack is and leaves out


_ALL = (
    Section("answers", "How good, how we know, what next", "The three questions answered on one page"),
    Section("asked-for", "What inspectors asked for", "A chapter for each report: every item, and what became of it"),
    Section("judgement-areas", "Judgement areas", "Grades by inspectors and audits, strengths and areas of each"),
    Section("areas-for-improvement", "Areas for improvement", "A page for each, from what was found to what is next"),
    Section("gaps", "Gaps", "What is not yet good enough, and where the register breaks off"),
    Section("plan-sheets", "Plan sheets", "Every action and milestone, on pages that lie on their side"),
    Section("audit-list", "List of audits", "The agreed audits of the period, a line each"),
    Section("each-audit", "Audits in full", "Grades, reasons and answers, audit by audit; only those you ask for"),
    Section("area-in-short", "Each area in short", "Inspectors, the council itself and audits beside each other"),
    Section("evidence", "Evidence", "What is kept beside findings, areas, actions and claims, and what it shows"),
    Section(
        "self-assessment", "The self-assessment", "What was signed: texts, claims with what they rest on, and plans",
        Asks.self_assessment, INSPECTOR,
    ),
    Section(
        "claims-and-evidence", "Claims and what they rest on", "Each claim with its rung and everything it cites",
        Asks.self_assessment, INSPECTOR,
    ),
    Section("one-audit", "The audit", "The audit that was chosen, as far as the audience may have it",
            Asks.audit, INSPECTOR),
    Section("concerns", "Concerns about the child", "When each was raised, acknowledged and closed, and its words",
            Asks.audit, LEADERSHIP),
    Section("theme-answers", "How each question was answered", "Every answer counted, with n and how chosen",
            Asks.theme),
    Section("theme-seen", "What was seen", "What auditors wrote to each question", Asks.theme, LEADERSHIP),
    Section("theme-findings", "What was raised, and what is being done", "Findings of these audits and their actions",
            Asks.theme),
    Section("since-last-board", "Since the last board", "What moved, what is late, and what was lost again",
            Asks.since),
    Section("year-in-numbers", "The year in numbers", "Audits by team and by cohort; drawn and chosen apart"),
    Section("year-in-grades", "Grades, and the year before", "Overall grades with their range, beside the year before"),
    Section("moderation", "Moderation", "How many audits had a second grade; that there is none where there is none"),
    Section("closed-and-different", "What was closed, and what is different", "Findings closed in the year; impact"),
    Section("plain-page-one", "How good, in plain words", "The first page for a lead member"),
    Section("plain-page-two", "What is being done, and what to ask", "The second page, with what it leaves out"),
    Section("working-notes", "Working notes", "Every report, note and reason typed along the way, in order of day",
            None, LEADERSHIP),
    Section("in-figures", "What the pack covers, in figures", "The pack counted"),
    Section("how-to-read", "How to read it", "What n, random and ranges mean"),
    Section("control", "Document control", "Author, owner, approval, circulation, dates", fixed=True),
    Section("sources", "Sources", "What the pack rests on"),
    Section("left-out", "What was left out", "What this pack does not tell, and why", fixed=True),
)  # fmt: skip
SECTIONS = {section.key: replace(section, name=Ours(section.name), tells=Ours(section.tells)) for section in _ALL}
# What the register tells when nothing is left out by choice; a pack names each of these that it does not have.
OF_THE_REGISTER = (
    "answers", "asked-for", "judgement-areas", "areas-for-improvement", "gaps", "plan-sheets", "audit-list",
)  # fmt: skip
TWO_PAGES = ("plain-page-one", "plain-page-two")
