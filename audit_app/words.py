"""How dates, times, counts, grades and statuses read in English: pure, for pages, paper and spreadsheets alike."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from audit_app.clock import bank_holidays_known_to, is_provisional, london, london_day
from findings import worded_dates

K = TypeVar("K")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# A percentage of fewer than this many would pretend to more than was seen.
FEWEST_FOR_PERCENT = 10

ROLE_NAMES = {
    "admin": "administrator",
    "qa_manager": "QA manager",
    "team_manager": "team manager",
    "action_owner": "action owner",
    "leader": "senior leader",
    "head_of_service": "head of service",
    "elected_member": "elected member",
    "business_support": "business support officer",
}

_INITIALS = {
    "afi": "area for improvement", "brag": "BRAG", "cla": "CLA", "cp": "CP", "cin": "CIN", "csc": "CSC", "ehcp": "EHCP",
    "ict": "ICT", "id": "ID", "ilacs": "ILACS", "iro": "IRO", "jtai": "JTAI", "lado": "LADO", "lgsco": "LGSCO",
    "mash": "MASH", "nhs": "NHS", "ofsted": "Ofsted", "pdf": "PDF", "plo": "PLO", "qa": "QA", "send": "SEND",
    "smtp": "SMTP", "uasc": "UASC",
}  # fmt: skip
# Initials people say as a word take the article of that word.
_SPOKEN_INITIALS = frozenset({"BRAG", "LADO", "MASH", "SEND"})
_PLURALS = {"child": "children", "person": "people", "is": "are", "was": "were", "has": "have"}


# --- dates and times -------------------------------------------------------------------------------------------------


def date_words(day: date | datetime | None, missing: str = "no date") -> str:
    """4 March 2026."""
    if day is None:
        return missing
    day = london_day(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date | datetime | None, missing: str = "no date") -> str:
    """4 Mar 2026, for narrow columns."""
    if day is None:
        return missing
    day = london_day(day)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def working_day_words(day: date) -> str:
    """A date that was counted in working days: one beyond the bank holidays listed is provisional, and says so."""
    if not is_provisional(day):
        return date_words(day)
    return f"{date_words(day)} (provisional: bank holidays are listed to {date_words(bank_holidays_known_to())} only)"


def numeric_date(day: date | datetime | None) -> str:
    """04/03/2026, as it is typed into forms and spreadsheets; nothing for no date."""
    if day is None:
        return ""
    day = london_day(day)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def month_number(name: str) -> int | None:
    """3 for March, MARCH or mar; None for what names no month by three letters or more."""
    if len(name) < 3:
        return None
    return next((number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())), None)


def month_words(day: date) -> str:
    """March 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def date_range(first: date, last: date) -> str:
    """1 to 30 June 2026; 1 April to 30 June 2026; 1 October 2025 to 31 March 2026."""
    if first == last:
        return date_words(first)
    if first.year != last.year:
        return f"{date_words(first)} to {date_words(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {date_words(last)}"
    return f"{first.day} to {date_words(last)}"


def time_words(moment: datetime) -> str:
    """2:05pm, 2pm, midday or midnight in London; the hour that comes twice in October says which one it is."""
    local = london(moment)
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    words = f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"
    other = local.replace(fold=1 - local.fold)
    return words if other.utcoffset() == local.utcoffset() else f"{words} {local.tzname()}"


def datetime_words(moment: datetime | None, missing: str = "no date") -> str:
    """4 March 2026 at 2:05pm, London time."""
    return missing if moment is None else f"{date_words(moment)} at {time_words(moment)}"


def relative_day(day: date, today: date) -> str:
    """today, yesterday, tomorrow, 3 days ago, in 3 days; a date in full beyond two weeks."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    if abs(days) > 14:
        return date_words(day)
    return f"in {count(days, 'day')}" if days > 0 else f"{count(-days, 'day')} ago"


def due(day: date | None, today: date, *, short: bool = False) -> str:
    """due in 3 days, due today, overdue by 1 day, overdue by 14 years and 4 months, no due date.

    `short` writes a day further off as a narrow column does, where the days beside it are short.
    """
    if day is None:
        return "no due date"
    days = (day - today).days
    if days < 0:
        return f"overdue by {worded_dates.time_late(day, today)}"
    return f"due {relative_day(day, today)}" if days <= 14 else f"due on {(short_date if short else date_words)(day)}"


def ago(moment: datetime, now: datetime) -> str:
    """just now, 5 minutes ago, 3 hours ago, and from then on the day and time."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{count(minutes, 'minute')} ago"
    if minutes < 12 * 60:
        return f"{count(minutes // 60, 'hour')} ago"
    return datetime_words(moment)


def duration_minutes(minutes: float | None, missing: str = "not recorded") -> str:
    """45 minutes, 1 hour, 1 hour 35 minutes; halves are rounded up, as a person would."""
    if minutes is None:
        return missing
    hours, rest = divmod(int(minutes + 0.5), 60)
    parts = [count(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(count(rest, "minute"))
    return " ".join(parts)


# --- numbers ---------------------------------------------------------------------------------------------------------


def plural(noun: str) -> str:
    """areas for improvement, children, enquiries: the noun before "for", "of" or "from" takes the ending."""
    for joint in (" for ", " of ", " from ", " in ", " to "):
        head, joined, tail = noun.partition(joint)
        if joined:
            return f"{plural(head)}{joined}{tail}"
    first, space, last = noun.rpartition(" ")
    if last in _PLURALS:
        return f"{first}{space}{_PLURALS[last]}"
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if last.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """1 audit, 14 audits, 1,200 audits, no audits."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {nouns or plural(noun)}" if number else f"no {nouns or plural(noun)}"


def agree(number: int, one: str, many: str | None = None) -> str:
    """The verb that goes with a number: is or are, has or have."""
    return one if number == 1 else many or _PLURALS.get(one, one)


def percent(part: int, whole: int) -> str:
    """64%, rounded half up; never 0% of something nor 100% of less than all."""
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is not a share.")
    rounded = (200 * part + whole) // (2 * whole)
    if rounded == 0 and part:
        return "less than 1%"
    return "more than 99%" if rounded == 100 and part < whole else f"{rounded}%"


def proportion(part: int, whole: int) -> str:
    """9 of 14 (64%); below ten, 3 of 7 and no percentage, which would claim more than was seen."""
    words = f"{part:,} of {whole:,}"
    return f"{words} ({percent(part, whole)})" if whole >= FEWEST_FOR_PERCENT else words


def spread(counts: Mapping[str, int], order: Sequence[str] = ()) -> str:
    """3 good, 2 requires improvement and 1 inadequate, of 6: grades in the order of their scale, none left out."""
    names = [*order, *(name for name in counts if name not in order)]
    parts = [f"{counts[name]:,} {name}" for name in names if counts.get(name)]
    return f"{listing(parts)}, of {sum(counts.values()):,}" if parts else "none"


def file_size(size: int) -> str:
    """640 bytes, 4.8 kB, 25 MB: thousands, as the limits are stated."""
    if size < 1000:
        return count(size, "byte") if size else "0 bytes"
    for unit, scale in (("kB", 1000), ("MB", 1000**2), ("GB", 1000**3)):
        amount = size / scale
        if amount < 999.5 or unit == "GB":
            break
    return f"{amount:.1f}".removesuffix(".0") + f" {unit}" if amount < 9.95 else f"{amount:.0f} {unit}"


# --- words -----------------------------------------------------------------------------------------------------------


class Ours(str):
    """A whole text that this product's authors wrote: where it is shown it may read in a council's own words."""

    __slots__ = ()


def ours(texts: Mapping[K, str]) -> dict[K, str]:
    """A table of texts of ours, such as the names of codes."""
    return {code: Ours(text) for code, text in texts.items()}


def listing(items: Sequence[str], last: str = "and") -> str:
    """a; a and b; a, b and c. What lists only texts of ours is a text of ours."""
    kind = Ours if items and all(isinstance(item, Ours) for item in items) else str
    items = [str(item) for item in items]
    if len(items) < 2:
        return kind("".join(items))
    return kind(f"{', '.join(items[:-1])} {last} {items[-1]}")


def lower_words(code: str) -> str:
    """A stored code in the middle of a sentence: in_progress reads "in progress", iro_review "IRO review"."""
    return " ".join(_INITIALS.get(word, word) for word in str(code).replace("-", "_").split("_") if word)


def sentence_case(code: str) -> str:
    """A stored code on its own: in_progress reads "In progress"."""
    words = lower_words(code)
    return words[:1].upper() + words[1:]


def worded(code: str | None, names: Mapping[str, str], missing: str = "not given") -> str:
    """A code by the council's or an edition's own name for it, and in plain words where it has none."""
    if not code:
        return missing
    return names.get(code) or lower_words(code)


def role_name(role: str, names: Mapping[str, str] | None = None) -> str:
    """QA manager, team manager; a council's own titles come first."""
    return worded(str(role), {**ROLE_NAMES, **(names or {})})


def possessive(name: str, *, many: bool = False) -> str:
    """Greenwich’s, James’s, children’s; auditors’ when it is a plural in s."""
    return f"{name}’" if many and name.endswith("s") else f"{name}’s"


def yes_no(value: bool | None, missing: str = "not answered") -> str:
    """Yes, No, or that nobody answered: silence is not a No."""
    return missing if value is None else ("Yes" if value else "No")


def time_limit(limit: str, basis: str | None = None) -> str:
    """Time limit: within 7 days (local). Typed texts may end in a full stop or not; the sentence ends in one."""
    rests_on = f" ({basis.rstrip('.')})" if basis else ""
    return f"Time limit: {limit.rstrip('.')}{rests_on}."


def shortened(text: str, most: int) -> str:
    """The first whole words of a text that fit, with an ellipsis where something follows: for lists that lead to it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def article(noun: str) -> str:
    """an audit, a finding, an IRO, a user, a LADO: by the sound, not the letter."""
    first_word = noun.partition(" ")[0]
    if first_word.isupper() and first_word not in _SPOKEN_INITIALS:
        vowel = first_word[0] in "AEFHILMNORSX"
    else:
        vowel = noun[:1].lower() in "aeiou" and not noun.lower().startswith(("uni", "use", "eu", "one"))
    return f"{'an' if vowel else 'a'} {noun}"
