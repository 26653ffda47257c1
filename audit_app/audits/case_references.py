"""Whether a case reference is a code and not a name, by the council's own pattern (PR-1); and how it is kept."""

import re
from datetime import date

from audit_app.audits.tables import Subject

# Files about staff and carers are numbered by the council in other ways than children's records; so are agencies.
WITHOUT_PATTERN = (
    Subject.supervision_file, Subject.carer, Subject.agency, Subject.setting, Subject.team, Subject.employer,
)  # fmt: skip
LONGEST = 60
PLAIN = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9/._-]*")
BIRTH = (
    "Case reference looks like initials and a date of birth, which would name somebody. "
    "Use the number of the record instead"
)

_JOINT = r"[\s./_-]*"
_INITIALS = rf"[A-Za-z](?:{_JOINT}[A-Za-z]){{0,2}}"
_DIGITS = rf"[0-9]{{1,4}}(?:{_JOINT}[0-9]{{1,4}}){{0,2}}"
_INITIALS_AND_DATE = re.compile(rf"{_INITIALS}{_JOINT}(?P<after>{_DIGITS})|(?P<before>{_DIGITS}){_JOINT}{_INITIALS}")
_SPLIT = {  # digits that stand together: day, month and year in the orders people write them
    6: ((0, 2, 2, 4, 4, 6), (4, 6, 2, 4, 0, 2), (2, 4, 0, 2, 4, 6)),
    8: ((0, 2, 2, 4, 4, 8), (6, 8, 4, 6, 0, 4), (2, 4, 0, 2, 4, 8)),
}
_CENTURY, _OLDEST, _LATEST = 2000, 1900, 2100


def understood(text: str, subject: Subject, *, pattern: str) -> str:
    """The reference as the council writes it: g-123456 is G-123456 where only that fits the pattern."""
    bare = " ".join(text.split())
    if subject in WITHOUT_PATTERN or not pattern or re.fullmatch(pattern, bare):
        return bare
    for tried in (bare.upper(), bare.lower(), "".join(bare.split()).upper()):
        if re.fullmatch(pattern, tried):
            return tried
    return bare


def why_refused(text: str, subject: Subject, *, pattern: str, example: str) -> str:
    """What is wrong with a case reference, with the remedy; empty when it can be kept."""
    if not text:
        return "Enter the case reference"
    if len(text) > LONGEST:
        return f"Case reference must be {LONGEST} characters or fewer. It is {len(text) - LONGEST} too long"
    by_pattern = pattern if subject not in WITHOUT_PATTERN else ""
    if initials_and_birth(text) and not _letters_are_fixed(text, by_pattern):
        return BIRTH
    if by_pattern:
        if re.fullmatch(by_pattern, text):
            return ""
        like = f", like {example}" if example else " in the pattern your council uses"
        return f"Case reference must be a reference{like}. Do not enter a name"
    if PLAIN.fullmatch(text):
        return ""
    return "Case reference must be a code of letters, digits and dashes with at least one digit. Do not enter a name"


def initials_and_birth(text: str) -> bool:
    """Whether a reference reads as somebody's initials and a date: JB120419, J.B. 12/04/2019, 2019-04-12 jb."""
    read = _INITIALS_AND_DATE.fullmatch(text.strip())
    return read is not None and _is_date(read["after"] or read["before"])


def _letters_are_fixed(text: str, pattern: str) -> bool:
    """Whether the council's pattern wants these very letters, which are then nobody's initials: GH-110203."""
    if not pattern or not re.fullmatch(pattern, text):
        return False
    others = re.sub(r"[A-Za-z]", lambda letter: "Q" if letter[0].upper() != "Q" else "X", text)
    return not re.fullmatch(pattern, others)


def _is_date(digits: str) -> bool:
    parts = re.findall(r"[0-9]+", digits)
    if len(parts) == 3:
        first, second, third = parts
        orders = [(first, second, third), (third, second, first), (second, first, third)]
    elif len(parts) == 1:
        orders = [(digits[a:b], digits[c:d], digits[e:f]) for a, b, c, d, e, f in _SPLIT.get(len(digits), ())]
    else:
        return False
    return any(_is_day(*order) for order in orders)


def _is_day(day: str, month: str, year: str) -> bool:
    if len(day) > 2 or len(month) > 2 or len(year) not in (2, 4):
        return False
    whole = int(year) + (_CENTURY if len(year) == 2 else 0)
    if not _OLDEST <= whole < _LATEST:
        return False
    try:
        date(whole, int(month), int(day))
    except ValueError:
        return False
    return True
