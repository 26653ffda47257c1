"""The page of answers and the plan sheet as rows of a workbook. Pure."""

from collections.abc import Sequence

from audit_app import words
from audit_app.packs.parts.answers import Answers
from audit_app.packs.parts.plans import PlannedPart, PlanPart
from audit_app.packs.parts.told import Marked, ToldSection
from audit_app.packs.wording import COLOUR_NAMES
from audit_app.sheets import SheetOut

PLAN_COLUMNS = (
    "Plan", "Theme", "Action", "Own number", "Milestone", "What", "Answers", "Led by", "By: as understood (as printed)",
    "Monitored by", "We shall know by", "Own rating", "Colour", "Delivery", "State or last report", "Impact", "More",
)  # fmt: skip


def answers(given: Answers | None) -> list[SheetOut]:
    """Every answer of the page under its question; packs made before there was one have no such sheet."""
    if given is None:
        return []
    rows: list[tuple[str, str, str]] = []
    for area in given.grades:
        rows += [("Grade by inspectors", area.name, f"{area.inspectors} ({area.inspected})")] if area.inspectors else []
        rows += [("Grade by ourselves", area.name, f"{area.ourselves} ({area.assessed})")] if area.ourselves else []
    for line in given.practice:
        share = f" ({line.share})" if line.share else ""
        words_of_line = f"{line.reached} of {line.of}{share}; {line.in_service}; before: {line.before}; {line.change}"
        rows.append((f"{given.reached_words}, drawn at random", line.records, words_of_line))
    lists = (
        ("Drawn at random", given.practice_notes),
        ("What is different for children", given.different),
        ("How do we know it?", given.how_known),
        ("What inspectors asked for", given.asked),
        ("What will we do about it?", given.next_steps),
    )
    rows += [(question, "", text) for question, texts in lists for text in texts]
    rows += [("What is not good enough yet", name, text) for name, text in given.not_enough]
    rows += [("In a leader’s words", given.leader_signed, given.leader_words)] if given.leader_words else []
    return [SheetOut("How good, how we know", ("Question", "Of", "Answer"), rows)]


def plan_sheets(sheets: Sequence[PlanPart]) -> list[SheetOut]:
    """Every action and every milestone in a row of its own, in the order of the plan; then what each plan is."""
    rows: list[tuple[object, ...]] = []
    for plan in sheets:
        name = f"{plan.reference}: {plan.title}" if plan.reference else plan.title
        for theme in plan.themes:
            for action in theme.actions:
                rows += _rows(name, theme.title, action)
    about = [(plan.title, name, value) for plan in sheets for name, value in plan.facts]
    about += [
        (plan.title, f"Colour {COLOUR_NAMES.get(colour, colour)}", meaning)
        for plan in sheets
        for colour, meaning in plan.own_colours
    ]
    about += [
        (plan.title, f"{theme.title}: {name}", value)
        for plan in sheets
        for theme in plan.themes
        for name, value in theme.facts
    ]
    about += [
        (plan.title, f"Risk: {risk.theme}" if risk.theme else "Risk",
         f"{risk.risk}; before controls: {risk.before}; controls: {risk.controls}; after controls: {risk.after}")
        for plan in sheets for risk in plan.risks
    ]  # fmt: skip
    about += [
        (plan.title, "Review", f"{review.what}; {review.when}; {review.held}")
        for plan in sheets
        for review in plan.reviews
    ]
    about += [(plan.title, "Of the plan itself", text) for plan in sheets for text in plan.measures]
    return [SheetOut("Plan sheet", PLAN_COLUMNS, rows), SheetOut("Plans", ("Plan", "What", "As recorded"), about)]


def _rows(plan: str, theme: str, action: PlannedPart) -> list[tuple[object, ...]]:
    more = "\n".join(f"{name}: {text}" for name, text in action.more)
    first: tuple[object, ...] = (
        plan, theme, action.reference, action.label, "", action.what, words.listing(action.answers), action.lead,
        "\n".join(action.by), action.monitored, "\n".join(action.known_by), action.own_rating,
        COLOUR_NAMES.get(action.colour, ""), action.delivery, action.reported, "\n".join(action.impact), more,
    )  # fmt: skip
    steps: list[tuple[object, ...]] = [
        (plan, theme, action.reference, "", place, step.text, "", step.lead, step.by, step.monitored, "", "", "", "",
         step.state, "", step.note)
        for place, step in enumerate(action.steps, start=1)
    ]  # fmt: skip
    return [first, *steps]


def told(sections: Sequence[ToldSection]) -> list[SheetOut]:
    """Sections that only some kinds have: a sheet each, every sentence and every row of a table in a row of its own."""
    made = []
    for section in sections:
        rows: list[tuple[object, ...]] = []
        for part in section.parts:
            rows += [(part.heading, "", text) for text in (*part.sentences, *part.entries, *part.quiet)]
            for table in part.tables:
                rows += [(part.heading, table.caption, *table.columns)] if table.rows else []
                rows += [(part.heading, table.caption, *(_plain(cell) for cell in row)) for row in table.rows]
        wide = max((len(row) for row in rows), default=3)
        columns = ("Part", "Table", *(f"Column {place}" for place in range(1, wide - 1)))
        made.append(SheetOut(_sheet_name(section.title), columns, [(*row, *[""] * (wide - len(row))) for row in rows]))
    return made


def _plain(cell: str | Marked) -> str:
    if isinstance(cell, Marked):
        return "\n".join(filter(None, (cell.word, cell.more)))
    return cell


def _sheet_name(title: str) -> str:
    """A name that a spreadsheet takes: at most 31 characters, none of those it refuses."""
    kept = "".join(letter for letter in title if letter not in "[]:*?/\\")
    return words.shortened(kept, 31)
