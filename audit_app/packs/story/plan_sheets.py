"""The plan sheet: theme by theme each action with its milestones, the date as printed and as understood. Pure."""

from collections.abc import Iterable

from audit_app import words
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.contents import EvidencePack
from audit_app.packs.exhibits import story as exhibits
from audit_app.packs.parts.plans import PlannedPart, PlanPart, StepPart, ThemePart
from audit_app.packs.story.blocks import Across, Block, Heading, Paragraph, Table, Tinted, tone_of_colour
from audit_app.packs.wording import COLOUR_NAMES

TITLE = "Improvement plans"
APART = (
    "Delivery says whether an action is being done. Whether it made a difference is judged at its area, and stands "
    "apart."
)
MONITORED = "Monitored by"
NO_ACTION = "No action of this pack stands here."
NOTHING = "There is no plan action in this pack."
COLUMNS = ("Action and milestones", "Led by", "By (as printed)", "We shall know by", "Delivery", "Impact")
WIDTHS = (3.9, 2.1, 1.8, 3.8, 3.1, 1.75)
AS_THE_ACTION = "As the action"
REACHED, OPEN = "☑", "☐"


def plan_sheets(pack: EvidencePack) -> list[Block]:
    """The chapter of plans; packs made before it have a table of actions instead."""
    if not pack.has_plan_sheets:
        return []
    blocks: list[Block] = [Heading(TITLE, 1, "plans"), Paragraph(APART)]
    if not pack.sheets:
        return [*blocks, Paragraph(NOTHING)]
    for plan in pack.sheets:
        blocks += _plan(plan, pack)
    return [*blocks, _meanings(pack)]


def _plan(plan: PlanPart, pack: EvidencePack) -> list[Block]:
    title = f"{plan.reference}: {plan.title}" if plan.reference else plan.title
    blocks: list[Block] = [Heading(title, 2, plan.reference or "no-plan")]
    about = " ".join(filter(None, (_facts(plan.facts), *plan.measures)))
    blocks += [Paragraph(about, "quiet")] if about else []
    blocks.append(_actions(plan, pack))
    blocks += _risks_and_reviews(plan)
    if plan.own_colours:
        rows = tuple((_colour(colour), meaning) for colour, meaning in plan.own_colours)
        caption = "What the plan itself says that its colours mean"
        blocks.append(
            Table(("Colour", "In the plan’s own words"), rows, (1, 8), caption, wide=True, small=True, fitted=True)
        )
    return blocks


def _risks_and_reviews(plan: PlanPart) -> list[Block]:
    blocks: list[Block] = []
    if plan.risks:
        rows = tuple(
            (risk.risk, risk.theme or "The plan", risk.before or "—", risk.controls or "—", risk.after or "—")
            for risk in plan.risks
        )
        columns = ("Risk", "Of", "Before controls", "Controls", "After controls")
        blocks.append(
            Table(columns, rows, (4, 2, 1.2, 4, 1.2), "What could stop it", wide=True, small=True, fitted=True)
        )
    if plan.reviews:
        kept = tuple((review.what or "Review", review.when, review.held) for review in plan.reviews)
        blocks.append(
            Table(
                ("Review", "When", "Held"), kept, (3, 2, 4), "When it is reviewed", wide=True, small=True, fitted=True
            )
        )
    return blocks


def _actions(plan: PlanPart, pack: EvidencePack) -> Table:
    """Every action and milestone of a plan, theme by theme: what is said of a theme heads its rows."""
    rows: list[tuple[str | Tinted, ...] | Across] = []
    for theme in plan.themes:
        rows += [_heading_of(theme)] if theme.title else []
        for action in theme.actions:
            rows += rows_of(action, exhibits.numbers_at(pack, action.reference))
    return Table(COLUMNS, tuple(rows), WIDTHS, plan.title, nothing=NO_ACTION, wide=True, small=True, fitted=True,
                 titled=False)  # fmt: skip


def _heading_of(theme: ThemePart) -> Across:
    title = f"{theme.title} (a part of “{theme.under}”)" if theme.under else theme.title
    held = f"Themes under it: {words.listing(list(theme.holds))}." if theme.holds else ""
    # Of a theme whose actions stand under the themes it holds nothing says that it has none.
    none = "" if theme.actions or theme.holds else NO_ACTION
    return Across(title, " ".join(filter(None, (_facts(theme.facts), held, none))))


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    """Owned by: the director. Period: a year."""
    return " ".join(sentence(f"{name}: {value}") for name, value in facts)


def rows_of(action: PlannedPart, numbers: str = "") -> list[tuple[str | Tinted, ...]]:
    """One action and, under it, each of its milestones."""
    label = f"{action.label} " if action.label else ""
    answers = f"Answers {words.listing(action.answers)}." if action.answers else ""
    more_of_it = [f"{name}: {text}" for name, text in (*action.more, (MONITORED, action.monitored)) if text]
    what = [f"{action.reference} {label}{sentence(action.what)} {answers}".strip(), *more_of_it, numbers]
    own = f"The plan’s own rating: {action.own_rating}" if action.own_rating else ""
    more = "\n".join(filter(None, (action.reported, own)))
    delivery = Tinted(action.delivery, tone_of_colour(action.colour), more)
    first: tuple[str | Tinted, ...] = (
        "\n".join(filter(None, what)),
        action.lead or "—",
        "\n".join(action.by) or "—",
        " ".join(action.known_by) or "Not said",
        delivery,
        "\n".join(action.impact) or "—",
    )
    return [first, *(_step(step, action) for step in action.steps)]


def _step(step: StepPart, action: PlannedPart) -> tuple[str | Tinted, ...]:
    monitored = f"\n{MONITORED}: {step.monitored}" if step.monitored else ""
    text = f"{REACHED if step.reached else OPEN} {step.text}{monitored}"
    lead = AS_THE_ACTION if step.lead and action.lead.startswith(step.lead) else step.lead
    noted = f"Noted then: {step.note}" if step.note else ""
    return text, lead or "—", step.by, noted, step.state, ""


def _colour(colour: str) -> Tinted:
    return Tinted(COLOUR_NAMES.get(colour, colour), tone_of_colour(colour))


def _meanings(pack: EvidencePack) -> Table:
    """What the colours mean in this council, beside those of each plan."""
    rows = tuple((_colour(colour.colour), colour.word, colour.meaning) for colour in pack.colours)
    columns = ("Colour", "Word", "What it means here")
    return Table(columns, rows, (1, 1.6, 6), "What the colours mean", wide=True, small=True, fitted=True)
