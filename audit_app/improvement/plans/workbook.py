"""One plan as a workbook: all that its page tells, posts and no names; delivery and impact in columns of their own."""

from collections.abc import Iterator
from datetime import date, datetime

from audit_app import sheets
from audit_app.improvement import plan_wording, wording
from audit_app.improvement.plans.queries import ActionBlock, PlanPage, ThemeBlock
from audit_app.sheets import SheetOut
from findings.plan_shapes import PlannedMeasure, PlannedTheme
from findings.states import Band
from findings.tables import PlanRisk

PLAN = ("What", "As the plan says it")
THEMES = (
    "Theme", "Under", "Printed before it", "Owner", "Owner as printed", "Description", "Aim", "Where the aim came from",
    "What staff said", "Corporate priority", "Monitored by",
)  # fmt: skip
ACTIONS = (
    "Theme", "Under", "Reference", "Own number", "What will be done", "Description and aim", "Where the idea came from",
    "Lead", "Lead as printed", "Delivered by", "Start", "Due", "Due in words", "Due as understood", "Monitored by",
    "Success measure", "Meant to change", "Indication of impact", "Where we are", "As at", "Risk",
    "Risk before controls", "Controls", "Risk after controls", "The plan’s own rating", "Delivery: colour",
    "Delivery: word", "Why that colour", "Impact, by area", "State", "Last progress", "Milestones reached",
    "Milestones",
)  # fmt: skip
MILESTONES = (
    "Theme", "Under", "Action", "What will be done", "Milestone", "Lead", "Lead as printed", "Due", "Due in words",
    "Due as understood", "Read as", "Monitored by", "State", "Reached on", "What shows it",
)  # fmt: skip
MEASURES = (
    "Of", "Measure", "Unit", "Begins at", "Target", "Latest", "Date of delivery", *(band.title for band in Band),
    "Delivered on", "Stands in",
)  # fmt: skip
RISKS = ("Of", "Risk", "Before controls", "Controls", "After controls")
REVIEWS = ("When", "What is looked at", "Held on", "What came of it")
COLOURS = ("Colour", "In the plan’s own words", "As it is reckoned here", "What that means")
Row = list[object]


def plan_workbook(view: PlanPage, *, export_id: str, who: str, when: datetime, today: date, marking: str = "") -> bytes:
    """A plan in a workbook, a sheet for each sort of thing in it, with one that says what was exported and by whom."""
    about = sheets.export_note(
        export_id=export_id, level=1, chosen=view.plan.title, rows=view.total, who=who, when=when
    )
    tables = (
        ("Plan", PLAN, _plan(view)),
        ("Themes", THEMES, [line for block, above in _every(view) for line in _theme(block, above)]),
        ("Actions", ACTIONS, [_action(under, block) for under, block in _actions(view)]),
        ("Milestones", MILESTONES, [line for under, block in _actions(view) for line in _steps(under, block, today)]),
        ("Measures", MEASURES, list(_measures(view, today))),
        ("Risks", RISKS, list(_risks(view))),
        ("Reviews", REVIEWS, _reviews(view, today)),
        ("Colours", COLOURS, _colours(view)),
    )
    made = [SheetOut(name, headings, rows) for name, headings, rows in tables if rows]
    return sheets.write_xlsx([*made, about], title=view.plan.title, marking=marking)


def _plan(view: PlanPage) -> list[Row]:
    plan = view.plan
    monitored: list[Row] = [["Monitored by", body] for body in view.whole.monitoring]
    rows: list[Row] = [
        ["Title", plan.title],
        ["First day", plan.period_from],
        ["Last day", plan.period_to],
        ["Owner", plan.owner_post_title],
        ["Board", plan.board],
        ["Description", plan.description],
        *monitored,
    ]
    return [row for row in rows if row[1]]


def _every(view: PlanPage) -> Iterator[tuple[ThemeBlock, str]]:
    """Each theme, and after it those under it, with the name of the one above."""
    for block in view.themes:
        yield block, ""
        yield from ((under, _names(block)[0]) for under in block.under)


def _names(block: ThemeBlock, above: str = "") -> tuple[str, str]:
    """The theme, and the one it stands under."""
    return (block.theme.row.title if block.theme else "In no theme", above)


def _theme(block: ThemeBlock, above: str) -> Iterator[Row]:
    """A theme on as many rows as it has aims, sayings, priorities or bodies: one of each in a row."""
    if block.theme is None:
        return
    theme, row = block.theme, block.theme.row
    once = [row.label, row.owner_post_title, row.owner_printed, row.description]
    for place in range(max(1, *(len(several) for several in _several(theme)))):
        aim = theme.aims[place] if place < len(theme.aims) else None
        saying, serves, watched = (several[place] if place < len(several) else "" for several in _several(theme)[1:])
        plain = once if place == 0 else [""] * len(once)
        its_aim = [aim.text, aim.provenance] if aim else ["", ""]
        yield [row.title, above, *plain, *its_aim, saying, serves, watched]


def _several(theme: PlannedTheme) -> tuple[tuple[object, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return theme.aims, theme.staff_said, theme.corporate_priorities, theme.monitoring


def _actions(view: PlanPage) -> Iterator[tuple[tuple[str, str], ActionBlock]]:
    for block in view.themes:
        yield from ((_names(block), action) for action in block.actions)
        for under in block.under:
            yield from ((_names(under, _names(block)[0]), action) for action in under.actions)


def _action(under: tuple[str, str], block: ActionBlock) -> Row:
    row, act = block.row, block.row.action
    return [
        *under, row.reference, act.local_label, act.what, act.description, act.provenance, act.lead_post_title,
        act.lead_printed, "; ".join(row.delivering), act.start_on, act.due_on, act.due_text, row.due_day,
        "; ".join(block.planned.monitoring), act.success_measure, act.intended_impact, act.indication_of_impact,
        act.starting_position, act.starting_as_at, act.risk, act.risk_before, act.mitigation, act.risk_after,
        block.own_rating.in_words if block.own_rating else "", row.colour.name, row.colour.word, row.why,
        "; ".join(f"{area.reference}: {area.impact_words}" for area in row.areas), row.status, row.progress,
        row.milestones_done, row.milestones,
    ]  # fmt: skip


def _steps(under: tuple[str, str], block: ActionBlock, today: date) -> Iterator[Row]:
    for line in block.steps:
        step, row = line.step, line.step.row
        late = step.standing(today) is not None and not step.reached
        state = "Reached" if step.reached else "Late" if late else "Not reached yet"
        yield [
            *under, block.row.reference, block.row.action.what, row.text, row.lead_post_title, row.lead_printed,
            row.due_on, row.due_text, step.due_day, wording.read_as(row.due_text), "; ".join(step.monitoring), state,
            row.completed_on, row.completed_note,
        ]  # fmt: skip


def _measures(view: PlanPage, today: date) -> Iterator[Row]:
    yield from (_measure("The plan", measure, today) for measure in view.whole.measures)
    for _, block in _actions(view):
        yield from (_measure(block.row.reference, measure, today) for measure in block.planned.measures)


def _measure(of: str, measure: PlannedMeasure, today: date) -> Row:
    row, reached = measure.row, measure.reached(today)
    printed = {band.band: band.text for band in measure.bands}
    return [
        of, row.name, row.unit, row.baseline, row.target, row.latest, row.due_text,
        *(printed.get(band, "") for band in Band), row.reached_on, reached.title if reached else "",
    ]  # fmt: skip


def _risks(view: PlanPage) -> Iterator[Row]:
    yield from (_risk("The plan", risk) for risk in view.whole.risks)
    for theme in view.whole.every_theme:
        yield from (_risk(theme.row.title, risk) for risk in theme.risks)


def _risk(of: str, risk: PlanRisk) -> Row:
    return [of, risk.risk, risk.before_controls, risk.controls, risk.after_controls]


def _reviews(view: PlanPage, today: date) -> list[Row]:
    return [[plan_wording.review_due(row, today), row.what, row.held_on, row.held_note] for row in view.whole.reviews]


def _colours(view: PlanPage) -> list[Row]:
    return [
        [meaning.colour.name, meaning.in_plan, meaning.colour.word, meaning.colour.ours or meaning.colour.meaning]
        for meaning in view.legend
    ]
