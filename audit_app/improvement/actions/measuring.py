"""How far a measure still is from its target, in words. Pure."""

from audit_app import words
from findings.tables import Measure

# However a council types the unit of a percentage: the distance between two of them is counted in points.
PERCENTAGES = ("%", "per cent", "percent", "pct")


def figure(value: float | None, unit: str = "", missing: str = "not recorded") -> str:
    """90%, 14 days, 3.5: a figure with its unit and without needless noughts."""
    if value is None:
        return missing
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    if unit in ("%", "£"):
        return f"{text}%" if unit == "%" else f"£{text}"
    return f"{text} {unit}" if unit else text


def distance(measure: Measure) -> str:
    """What is still missing to the target: which way is better follows from where the measure began.

    Without a starting figure nobody can say which way is better, so only the difference is told.
    """
    if measure.target is None:
        return "no target set"
    if measure.latest is None:
        return "no figure yet"
    gap = measure.target - measure.latest
    target = figure(measure.target, measure.unit)
    if abs(gap) < 1e-9:
        return f"the target of {target} is reached"
    between = apart(abs(gap), measure.unit)
    side = "below" if gap > 0 else "above"
    if measure.baseline is None or abs(measure.target - measure.baseline) < 1e-9:
        return f"{between} {side} the target of {target}"
    upward = measure.target > measure.baseline
    if (gap < 0) == upward:
        return f"the target of {target} is reached, by {between} more"
    return f"{between} {side} the target of {target}{_moved(measure, upward)}"


def apart(gap: float, unit: str) -> str:
    """How far two figures lie apart: 3 days; of two shares 6 percentage points, which are no per cent."""
    if unit.strip().casefold().startswith(PERCENTAGES):
        points = figure(gap)
        return f"{points} percentage {'point' if points == '1' else 'points'}"
    return figure(gap, unit)


def _moved(measure: Measure, upward: bool) -> str:
    """Whether it has come nearer since it began."""
    if measure.baseline is None or measure.latest is None:
        return ""
    change = measure.latest - measure.baseline
    if abs(change) < 1e-9:
        return ", no change since the start"
    nearer = (change > 0) == upward
    return ", nearer than at the start" if nearer else ", further away than at the start"


def in_one_line(measure: Measure) -> str:
    """A measure in one line: where it began, where it is, how far it has to go."""
    start = figure(measure.baseline, measure.unit)
    now = figure(measure.latest, measure.unit)
    on = f" on {words.date_words(measure.latest_on)}" if measure.latest is not None and measure.latest_on else ""
    return f"{measure.name}: began at {start}, now {now}{on}; {distance(measure)}."
