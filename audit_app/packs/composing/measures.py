"""Where a measure began, should go and stands, and how far that is from its target, as a sentence of a pack. Pure."""

from audit_app import words
from audit_app.improvement.actions import measuring
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import quoted
from findings import bands
from findings.states import Band
from findings.tables import Measure


def measure_sentence(measure: Measure, narrator: Narrator) -> str:
    """Where a measure began, where it should go, where it stood last, and how far that is from its target."""
    name, unit = narrator.tell(measure, "name"), narrator.tell(measure, "unit")
    steps = [
        f"{label} {measuring.figure(value, unit)}"
        for label, value in (("began at", measure.baseline), ("should reach", measure.target))
        if value is not None
    ]
    if measure.latest is not None:
        day = f" on {words.date_words(measure.latest_on)}" if measure.latest_on else ""
        steps.append(f"stood at {measuring.figure(measure.latest, unit)}{day}")
    else:
        steps.append("has not been measured since" if steps else f"has no figure yet{f' ({unit})' if unit else ''}")
    distance = to_go(measure)
    # In the narrow cell of a sheet the two shares before it say what the points are of.
    apart = "" if distance is None else measuring.apart(distance, unit).replace("percentage point", "point")
    left = f"; {apart} to go" if apart else ""
    far = "; its target is reached" if distance is not None and distance <= 0 else left
    return f"Measure: {name} {words.listing(steps)}{far}{_bands(measure, narrator)}."


def _bands(measure: Measure, narrator: Narrator) -> str:
    """The four bands as the plan prints them, when it was delivered, and in which of them it stands."""
    due = narrator.tell(measure, "due_text")
    texts = {band: narrator.tell(measure, f"band_{band.value}") for band in Band}
    parts = [f"to be delivered: {quoted(due)}"] if due else []
    parts += [f"{band.in_sentence}: {quoted(text)}" for band, text in texts.items() if text]
    parts += [f"delivered on {words.date_words(measure.reached_on)}"] if measure.reached_on else []
    stands = bands.reached(measure, narrator.today)
    parts += [f"it stands at {stands.in_sentence}"] if stands else []
    return f"; {'; '.join(parts)}" if parts else ""


def to_go(measure: Measure) -> float | None:
    """How far a measure is from its target.

    Returns:
        The distance in the measure's own unit; nought or less once the target is reached or passed, in the direction
        that leads from where it began. None where it has no target, no latest figure, or no beginning that is not the
        target itself: then nobody can tell which way it is to go.

    Source:
        Plain subtraction of the figures in the register.
    """
    if measure.target is None or measure.latest is None or measure.baseline is None:
        return None
    if measure.target == measure.baseline:
        return None
    left = measure.target - measure.latest
    return round(left if measure.target > measure.baseline else -left, 6)
