"""The list of audits, and each audit in full where a pack has that. Pure."""

from collections.abc import Callable, Sequence
from itertools import groupby

from audit_app import words
from audit_app.alphabet import place_of
from audit_app.audits.on_paper.tones import tone_of_grade
from audit_app.audits.tables import HowChosen
from audit_app.audits.wording import HOW_CHOSEN
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.contents import EvidencePack
from audit_app.packs.disclosure.levels import FIELDS
from audit_app.packs.parts.audits import AuditLine, AuditPart
from audit_app.packs.story.answers import in_middle
from audit_app.packs.story.blocks import Block, Heading, Pairs, Paragraph, Table, Tinted, slug

LIST = FIELDS["audit.line"][1]
AT_RANDOM = HOW_CHOSEN[HowChosen.random]
NO_GRADE = "No overall grade"
BEST_FIRST = ("outstanding", "good", "requires_improvement", "inadequate")
NO_SINGLE = "A publishable pack lists no single audits. Their totals stand under each judgement area."


def audit_list(pack: EvidencePack) -> list[Block]:
    """The audits of the period with grades and open actions; columns this audience does not get are not there."""
    say = pack.own.say
    blocks: list[Block] = [Heading(say("Audits of the period"), 1, "audits")]
    if not pack.audits:
        return [*blocks, Paragraph(_no_list(pack))]
    caption = say("Agreed audits, with grades and open actions")
    if is_gathered(pack):
        return [*blocks, Paragraph(say(open_actions(pack.audits)), "quiet"), _gathered(pack, caption)]
    names, shared = _columns(pack.audits)
    if shared:
        blocks.append(Paragraph(f"The same for each of them: {'; '.join(shared)}."))
    rows = tuple(tuple(_COLUMNS[name][1](line) for name in names) for line in pack.audits)
    widths = tuple(_COLUMNS[name][0] for name in names)
    return [*blocks, Table(tuple(map(say, names)), rows, widths, caption, wide=pack.has_plan_sheets, small=True)]


def is_gathered(pack: EvidencePack) -> bool:
    """Whether audits stand together by team: where no line has a case, and the list is on pages on their side."""
    return pack.has_plan_sheets and bool(pack.audits) and not any(line.case_reference for line in pack.audits)


def _gathered(pack: EvidencePack, caption: str) -> Table:
    """A row for each question set of a team: its audits by how they were chosen and by grade, each with its month."""
    ordered = sorted(pack.audits, key=lambda line: (place_of(line.team), place_of(line.set_title), line.name))
    rows = []
    for (team, title), lines in groupby(ordered, key=lambda line: (line.team, line.set_title)):
        drawn: list[AuditLine] = []
        chosen: list[AuditLine] = []
        for line in lines:
            (drawn if line.how_chosen == AT_RANDOM else chosen).append(line)
        rows.append((": ".join(filter(None, (team, title))), _by_grade(drawn) or "—", _by_grade(chosen) or "—"))
    columns = tuple(map(pack.own.say, ("Team and question set", AT_RANDOM, "Chosen, and why")))
    return Table(columns, tuple(rows), (2.2, 4, 3.4), caption, row_headers=True, wide=True, small=True, fitted=True,
                 titled=False)  # fmt: skip


def _by_grade(lines: Sequence[AuditLine]) -> str:
    """Good: R-3UAOK4 (Mar 2026), R-FCTEOC (Oct 2026); a line a grade, the best first; chosen ones by their reason."""
    by_grade: dict[tuple[int, str], list[str]] = {}
    for line in lines:
        why = "" if line.how_chosen == AT_RANDOM else f"{line.how_chosen}, "
        grade = line.grade or NO_GRADE
        place = BEST_FIRST.index(line.grade_code) if line.grade_code in BEST_FIRST else len(BEST_FIRST)
        by_grade.setdefault((place, f"{why}{in_middle(grade) if why else grade}"), []).append(
            f"{line.name} ({_short_month(line.submitted)})"
        )
    return "\n".join(f"{title}: {', '.join(names)}" for (_, title), names in sorted(by_grade.items()))


def _short_month(submitted: str) -> str:
    """Nov 2026 for November 2026; a day stays as it is."""
    month, _, year = submitted.partition(" ")
    return f"{month[:3]} {year}" if month.isalpha() else submitted


def open_actions(audits: Sequence[AuditLine]) -> str:
    """Which audits have open actions and how many: few have, so a column would say nought again and again."""
    having = [line for line in audits if line.open_actions]
    if not having:
        return "No audit in this list has an open action."
    named = [f"{line.name} ({line.open_actions})" for line in having]
    rest = "" if len(having) == len(audits) else " The others have none."
    return f"Open actions: {words.listing(named)}.{rest}"


# Each column's width, and what it says of an audit.
_COLUMNS: dict[str, tuple[float, Callable[[AuditLine], str | int | Tinted]]] = {
    "Audit": (1, lambda line: line.name),
    "Case": (1.1, lambda line: line.case_reference),
    "Submitted": (1.1, lambda line: line.submitted),
    "Question set": (1.6, lambda line: line.set_title),
    "How chosen": (1.6, lambda line: line.how_chosen),
    "Team": (2.2, lambda line: line.team),
    "Overall grade": (2.4, lambda line: Tinted(line.grade or NO_GRADE, tone_of_grade(line.grade_code))),
    "Open actions": (1, lambda line: line.open_actions),
}


def _columns(audits: Sequence[AuditLine]) -> tuple[list[str], list[str]]:
    """The columns that tell audits apart; a question set or team that all of them share is told once instead."""
    names, shared = list(_COLUMNS), []
    if not any(line.case_reference for line in audits):
        names.remove("Case")
    for name in ("Question set", "Team"):
        values = {str(_COLUMNS[name][1](line)) for line in audits}
        if len(values) == 1:
            names.remove(name)
            shared += [f"{name[:1].lower()}{name[1:]} {value}" for value in values if value]
    return names, shared


def _no_list(pack: EvidencePack) -> str:
    if any(part.what == pack.own.say(LIST) for part in pack.withheld):
        return pack.own.say(NO_SINGLE)
    return pack.own.say("No agreed audit was submitted in this period.")


def each_audit(pack: EvidencePack) -> list[Block]:
    """Each audit in full."""
    if not pack.details:
        return []
    blocks: list[Block] = [Heading(pack.own.say("Each audit"), 1, "each-audit", new_page=True)]
    for part in pack.details:
        blocks += audit_in_full(part, pack.own)
    return blocks


def one_audit(pack: EvidencePack) -> list[Block]:
    """The audit a pack is about."""
    blocks: list[Block] = [Heading(pack.own.say("The audit"), 1, "one-audit")]
    if not pack.details:
        return [*blocks, Paragraph(pack.own.say(NO_SINGLE))]
    for part in pack.details:
        blocks += audit_in_full(part, pack.own)
    return blocks


def audit_in_full(part: AuditPart, own: OwnWords = NONE) -> list[Block]:
    """One audit: what it is, its domains with grade and reason, its answers, its actions."""
    blocks: list[Block] = [Heading(part.name, 2, slug(f"audit-{part.name}"))]
    blocks.append(Paragraph("; ".join(f"{name}: {value}" for name, value in part.facts) + "."))
    if part.closing:
        blocks.append(Pairs(part.closing, f"{own.say('What the auditor of')} {part.name} wrote"))
    graded = tuple(
        (domain.title, Tinted(domain.grade or "No grade", tone_of_grade(domain.grade_code)), domain.rationale)
        for domain in part.domains
        if domain.grade or domain.rationale
    )
    blocks.append(Table(("Domain", "Grade", "Why"), graded, (2.0, 1.75, 3.2), f"Domains of {part.name}", small=True))
    return [*blocks, *answers(part), *actions(part)]


def answers(part: AuditPart) -> list[Block]:
    """Every answer of an audit in one table; those of a domain stand together."""
    given = [answer for domain in part.domains for answer in domain.answers]
    if not given:
        return []
    caption = f"Answers of {part.name}"
    if not any(answer.words for answer in given):
        short = tuple((f"{answer.number} {answer.question}", answer.answer) for answer in given)
        return [Table(("Question", "Answer"), short, (5, 1.3), caption, small=True)]
    rows = tuple((f"{answer.number} {answer.question}", answer.answer, answer.words) for answer in given)
    return [Table(("Question", "Answer", "What was seen"), rows, (3.1, 1.1, 2.3), caption, small=True)]


def actions(part: AuditPart) -> list[Block]:
    """The actions that live on an audit."""
    rows = tuple(
        (
            action.reference,
            ": ".join(filter(None, (action.level, action.what))),
            words.short_date(action.due_on),
            action.state,
            action.outcome,
        )
        for action in part.actions
    )
    columns = ("Action", "What", "Due", "State", "What came of it")
    return [Table(columns, rows, (1.2, 3, 1, 1.2, 2.4), f"Actions of {part.name}", small=True)] if rows else []
