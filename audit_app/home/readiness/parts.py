"""Readiness in words: a part for each kind of reason, each line with what to do; no grade, no one number. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from audit_app import words
from audit_app.home.readiness.facts import Coverage, Draft, Facts, Looked
from audit_app.improvement.threads.gap_words import HEADINGS
from audit_app.people.tables import Role
from audit_app.words import Ours
from findings import rules, worded_dates
from findings.gaps import GapCode

MOST_LINES = 8
EVIDENCE, FOLDER = "evidence.list_evidence", "evidence.show_folder"
ATTENTION = "evidence.list_attention"
LOW_RUNGS = "said only, or resting on a policy or plan"
LIST = "self_assessment.list_assessments"


@dataclass(frozen=True)
class ToDo:
    """What to do about a line, and the page to do it on; `roles` may do it, everybody where none is named."""

    what: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Line:
    """One reason: what is not as it should be, and what to do, the best way first.

    What people typed stands before or after the sentence, which is ours and follows the council's own words.
    """

    sentence: str
    ways: tuple[ToDo, ...]
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """The reason as a whole."""
        return f"{self.before}{self.sentence}{self.after}"


@dataclass(frozen=True)
class Part:
    """One kind of reason: what was looked at in a sentence, and what is left to do."""

    id: str
    title: str
    summary: str
    lines: tuple[Line, ...]
    more: int = 0  # how many lines of a kind are not listed


def parts(facts: Facts) -> tuple[Part, ...]:
    """Every part, in the order in which one would get ready; one without lines has nothing left to do."""
    return (_coverage(facts.coverage), _evidence(facts), _items(facts), _done(facts), _gaps(facts), _sections(facts))


def first_steps(facts: Facts) -> tuple[Line, ...]:
    """What a council does first while nothing is there to be ready with, in order; nothing once all was begun."""
    steps = []
    if not facts.coverage.teams:
        steps.append(_step("Enter your services and teams.", "Council set-up", "people.council", Role.admin))
    if not facts.coverage.ever:
        sentence = "Audit a record: no audit has been agreed yet, so nothing is known from practice."
        steps.append(_step(sentence, "Set up an audit", "audits.create", Role.qa_manager, Role.auditor))
    if not facts.items.inspections:
        sentence = "Record your last inspection or review, with what it asked for in its own words."
        steps.append(
            _step(sentence, "Record an inspection or review", "improvement.record_inspection", Role.qa_manager)
        )
    if not facts.done.in_force:
        steps.append(_step("Plan what answers it.", "Plans", "improvement.list_plans"))
    if not facts.drafts and not facts.signed:
        sentence = "Begin a self-assessment: what do we know, how do we know it, what will we do."
        steps.append(_step(sentence, "Self-assessments", LIST))
    if not facts.evidence.pieces and not facts.evidence.entries:
        steps.append(_step("Open the evidence folder, and keep it warm.", "Evidence", EVIDENCE))
    return tuple(steps)


def _step(sentence: str, what: str, endpoint: str, *roles: Role) -> Line:
    return Line(Ours(sentence), (ToDo(Ours(what), endpoint, {}, roles),))


# --- audits ----------------------------------------------------------------------------------------------------------


def _coverage(coverage: Coverage) -> Part:
    missed = [team for team in coverage.teams if not team.is_covered]
    groups = [group for group in coverage.groups if not group.is_covered]
    chosen = [team for team in coverage.teams if team.is_covered and not team.random]
    lines = [_missed_team(team) for team in missed[:MOST_LINES]]
    if not coverage.teams:
        lines = [_step("There are no teams yet.", "Council set-up", "people.council", Role.admin)]
    if chosen:
        names = words.listing([team.name for team in chosen])
        sentence = "Looked at only by audits that were chosen, so nothing is known of the whole: "
        lines.append(Line(sentence, (_set_up(), _register()), after=f"{names}."))
    if groups:
        names = words.listing([group.name.lower() for group in groups])
        lines.append(Line(f"No audit of these groups of children: {names}.", (_set_up(), _register())))
    covered = len(coverage.teams) - len(missed)
    seen = len(coverage.groups) - len(groups)
    period = words.date_range(coverage.start, coverage.end)
    summary = (
        f"{covered} of {words.count(len(coverage.teams), 'team')} and {seen} of "
        f"{words.count(len(coverage.groups), 'group')} of children had an agreed audit, submitted {period}."
    )
    return Part("coverage", "Who was looked at", summary, tuple(lines), max(0, len(missed) - MOST_LINES))


def _missed_team(team: Looked) -> Line:
    last = f"last {words.date_words(team.last_on)}" if team.last_on else "never"
    values = {"team_id": team.key}
    ways: tuple[ToDo, ...] = (_set_up(), ToDo(Ours("Show its audits"), "audits.index", values))
    ways = ways if team.last_on else ways[:1]
    return Line(f": no agreed audit, {last}.", ways, before=f"{team.name} ({team.service})")


def _set_up() -> ToDo:
    return ToDo(Ours("Set up an audit"), "audits.create", {}, (Role.qa_manager, Role.auditor))


def _register() -> ToDo:
    return ToDo(Ours("Show the register of audits"), "audits.index")


# --- evidence --------------------------------------------------------------------------------------------------------


def _evidence(facts: Facts) -> Part:
    pieces, entries, claims = facts.evidence.pieces, facts.evidence.entries, facts.claims.claims
    of_pieces = words.count(pieces, "piece of evidence", "pieces of evidence")
    of_entries = words.count(entries, "entry of the folder", "entries of the folder")
    of_claims = words.count(claims, "claim")
    lines = [
        *_counted(facts.evidence.stale, of_pieces, "stale", "Renew it", ATTENTION),
        *_counted(facts.evidence.due, of_pieces, "due to be renewed", "Ask its owner", ATTENTION),
        *_counted(facts.evidence.entries_overdue, of_entries, "past its day of renewal", "Renew what is there", FOLDER),
        *_counted(facts.evidence.entries_not_ready, of_entries, "not ready", "Collect what is missing", FOLDER),
        *_counted(facts.claims.without_evidence, of_claims, "without anything cited", "Cite what shows it", LIST),
        *_counted(facts.claims.on_low_rungs, of_claims, LOW_RUNGS, "Cite data, audits or what people say", LIST),
        *_counted(facts.claims.undecided, of_claims, "of a firmness nobody has decided", "Decide its rung", LIST),
    ]
    if not pieces and not entries:
        lines.append(_step("There is no evidence here yet.", "Evidence", EVIDENCE))
    in_folder = words.count(entries, "entry", "entries")
    summary = (
        f"{_capital(of_pieces)}, {in_folder} in the evidence folder, and {of_claims} in self-assessments that are not "
        f"signed yet."
    )
    return Part("evidence", "How fresh and how strong the evidence is", Ours(summary), tuple(lines))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _counted(part: int, of_all: str, state: str, what: str, endpoint: str) -> list[Line]:
    """3 of 41 pieces of evidence are stale; nothing where none is."""
    sentence = f"{part:,} of {of_all} {words.agree(part, 'is', 'are')} {state}."
    return [Line(Ours(sentence), (ToDo(Ours(what), endpoint),))] if part else []


# --- inspectors ------------------------------------------------------------------------------------------------------


def _items(facts: Facts) -> Part:
    items = facts.items
    lines = [
        Line(
            f" is {worded_dates.time_late(item.answer_on, facts.today)} late: ",
            (
                ToDo(
                    Ours("Open it, and the actions that answer it"), "improvement.show_finding", {"number": item.number}
                ),
            ),
            before=f"{item.reference} of {item.asked_by}",
            after=item.title,
        )
        for item in items.late[:MOST_LINES]
    ]
    if not items.inspections:
        lines.append(
            _step(
                "No inspection or review is on record.", "Record one", "improvement.record_inspection", Role.qa_manager
            )
        )
    reviews = words.count(items.inspections, "inspection or review", "inspections and reviews")
    late = len(items.late)
    waiting = f"{words.count(items.waiting, 'item')} of {reviews} {words.agree(items.waiting, 'waits', 'wait')}"
    summary = _capital(
        f"{waiting} for an answer: "
        f"{late:,} past {words.agree(late, 'its', 'their')} day, {items.undated:,} without a day."
    )
    more = max(0, len(items.late) - MOST_LINES)
    return Part("items", "What inspectors and peers asked for", Ours(summary), tuple(lines), more)


# --- actions and the thread ------------------------------------------------------------------------------------------


def _done(facts: Facts) -> Part:
    done = facts.done
    called = done.evidenced + done.without_evidence + done.in_doubt
    lines = []
    if done.without_evidence:
        count = words.count(done.without_evidence, "action")
        sentence = f"{count} called done without evidence that anything changed for children."
        ways = tuple(
            ToDo(Ours(what), "improvement.list_actions", {"status": status})
            for what, status in (
                ("Show those verified", "verified"),
                ("Show those waiting to be verified", "completed"),
            )
        )
        lines.append(Line(Ours(sentence), ways))
    if done.in_doubt:
        count = words.count(done.in_doubt, "action")
        sentence = f"{count} called done though the last test showed no difference, or none that lasted."
        lines.append(Line(Ours(sentence), (_gap_way(GapCode.impact_not_sustained, "Show what did not last"),)))
    verb = words.agree(done.evidenced, "has", "have")
    summary = f"{done.evidenced:,} of {words.count(called, 'action')} called done {verb} evidence of impact."
    return Part("done", "Actions called done", Ours(summary), tuple(lines))


def _gaps(facts: Facts) -> Part:
    counts = {code: count for code, count in facts.gaps.items() if code is not GapCode.answer_overdue}
    lines = tuple(
        Line(Ours(f"{HEADINGS[code]}: {count:,}."), (_gap_way(code, "Show them"),)) for code, count in counts.items()
    )
    if lines:
        summary = "Every place where the golden thread from finding to impact breaks off."
    else:
        summary = "The golden thread from finding to impact breaks off nowhere."
    return Part("gaps", "Gaps in the thread", Ours(summary), lines)


def _gap_way(code: GapCode, what: str) -> ToDo:
    return ToDo(Ours(what), "improvement.list_gaps", {"kind": code.value})


# --- self-assessments ------------------------------------------------------------------------------------------------


def _sections(facts: Facts) -> Part:
    lines = [line for draft in facts.drafts for line in _draft(draft, facts)]
    lines += [
        Line(
            f", was signed on {words.date_words(signed.signed_on)}, "
            f"more than {words.count(facts.signed_months, 'month')} ago.",
            (ToDo(Ours("Begin the next one"), LIST),),
            before=f"{signed.reference}, {signed.title}",
        )
        for signed in facts.signed
        if rules.months_later(signed.signed_on, facts.signed_months) < facts.today
    ]
    drafts, signed_count = len(facts.drafts), len(facts.signed)
    written = "None is" if not drafts else f"{drafts} {words.agree(drafts, 'is', 'are')}"
    kinds = words.count(signed_count, "framework or shape", "frameworks or shapes")
    signed_words = (
        f"{kinds} {words.agree(signed_count, 'has', 'have')} a signed one" if signed_count else "none was signed"
    )
    summary = f"{written} being written, and {signed_words}."
    if not drafts and not signed_count:
        lines = [Line(Ours("Nobody has begun a self-assessment."),
                      (ToDo(Ours("Begin one"), LIST),))]  # fmt: skip
    return Part("sections", "Self-assessments", Ours(_capital(summary)), tuple(lines))


def _draft(draft: Draft, facts: Facts) -> Sequence[Line]:
    name = f"{draft.reference}, {draft.title}"
    way = (ToDo(Ours("Open it"), "self_assessment.show_assessment", {"number": draft.number}),)
    sections = words.count(draft.sections, "section")
    lines = []
    if draft.unwritten:
        verb = words.agree(draft.unwritten, "has", "have")
        lines.append(Line(f": {draft.unwritten} of {sections} {verb} nothing written.", way, before=name))
    if draft.offered:
        lines.append(Line(" waits to be signed.", way, before=name))
    elif draft.ready < draft.sections:
        late = ", and it is past its day" if rules.date_passed(draft.due_on, facts.today) else ""
        verb = words.agree(draft.ready, "is", "are")
        lines.append(Line(f" is not signed: {draft.ready} of {sections} {verb} ready{late}.", way, before=name))
    else:
        lines.append(Line(" is written and has not been offered for signature.", way, before=name))
    return lines
