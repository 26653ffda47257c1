"""Names of people: of the council's directory, given names from a list, and words that stand where a name does. Pure.

A list alone misses what no list holds, and surroundings alone miss a name in mid-sentence: both are looked at.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from audit_app.disclosure.suspect import Kind, Suspect

HERE = Path(__file__).parent


def _words_of(name: str) -> list[str]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


_LINES = _words_of("given_names.txt")
ALSO_WORDS = frozenset(word for line in _LINES if line.startswith("word: ") for word in line.split()[1:])
GIVEN = frozenset(word for line in _LINES if not line.startswith("word: ") for word in line.split()) - ALSO_WORDS
NO_NAMES = frozenset(word for line in _words_of("not_names.txt") for word in line.split())

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŠŽ][a-zà-öø-ÿšžłńćęąśźż]+(?:-[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+|'[A-Z][a-z]+)*"
_WORD = re.compile(rf"\b(?:{_CAPITAL}|[A-Z]{{3,}})\b")
_SURNAME = re.compile(rf" (?:(?:Mc|Mac|O'|de |van |al-|El-)?{_CAPITAL})\b")
_RELATIONS = (
    r"(?:(?:step|grand|foster |birth |great-?grand|god)?-?(?:mother|mum|mummy|mam|father|dad|daddy|parents?|carers?"
    r"|brother|sister|siblings?|son|daughter|family home|uncle|aunt|aunty|auntie|cousin|nan|nanny"
    r"|gran|granny|grandma|grandad|"
    r"grandparents?|partner|boyfriend|girlfriend|twin|half-?brother|half-?sister)"
    r"|maternal|paternal|bedroom|birthday|social worker|key ?worker|headteacher|teacher"
    r"|school attendance|injur(?:y|ies)|bruis(?:e|es|ing)|voice was|wishes and feelings|placement"
    r"|life story|chronology|case file|eyes|behaviour)"
)
_OF_A_NAME = re.compile(rf"\b({_CAPITAL}|[A-Z]{{3,}})(?:'s|s'|') (?:\w+ )?{_RELATIONS}\b")
_OF_INITIALS = re.compile(rf"\b([A-Z]\.? ?[A-Z]\.?)'s (?:\w+ )?{_RELATIONS}\b")
_KIN = (
    r"(?:child|boy|girl|baby|son|daughter|brother|sister|sibling|twin|mother|mum|mam|father|dad|stepfather|stepmother"
    r"|stepdad|stepmum|grandmother|grandfather|nan|uncle|aunt|auntie|cousin|niece|nephew|partner"
    r"|boyfriend|girlfriend|young person|"
    r"teenager|toddler|infant|pupil|student|sibling group of|friend)"
)
_AFTER_KIN = re.compile(
    rf"\b(?:{_KIN}|Baby|Child|Mum|Dad|Boy|Girl),? (?:\((?=[A-Z]))?({_CAPITAL})\b"
    r"(?! (?:Act|Review|Conference|Protection|Plan))"
)
_CALLED = re.compile(
    rf"\b(?:named|called|known as|goes by|nicknamed|child's name is|name:|child:|re:)\s?['\"]?({_CAPITAL})",
)
_YEARS = (
    r"(?:1[0-9]|[0-9]|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen)"
)
_UNITS = r"(?:-| )?(?:years?|yrs?|y/o|yo|months?|mths?|weeks?|days?)(?:(?:-| )olds?)?"
_WHO = rf"({_CAPITAL}(?: {_CAPITAL})?|[A-Z]\.? ?[A-Z]\.?)"
_ENDS = r"(?=[,.;)]|$| and\b| who\b| when\b| at\b)"
_IS = r"(?:is|was|turned|turns|will be) (?:now |just |only |nearly |almost |aged )?"
_AGED = re.compile(
    rf"\b{_WHO}(?:,? ?\(?aged? (?:about )?{_YEARS}\b|,? ?\({_YEARS}(?:{_UNITS})?\)|, {_YEARS}(?:{_UNITS})?{_ENDS}"
    rf"|,? (?:who )?{_IS}{_YEARS}(?:{_UNITS}|{_ENDS}))"
)
# A word in capitals that does or suffers in mid-sentence what a child does: "when Willow went missing".
_DOES = re.compile(
    r"\b(?:[Ww]hen|that|because|if|while|until|after|before|where|[Ss]ince|but|and|how|whether|why) "
    rf"({_CAPITAL}) (?:was|went|had|felt|said|told|did not|came|moved|ran|lived|lives|wanted|wants|asked"
    r"|refused|returned|attended|disclosed|hurt|became|feels"
    r"|is (?:safe|afraid|scared|unhappy|happy|settled|missing|living|in care))\b"
)
_ABOUT = re.compile(
    rf"\b(?:worried about|concerned about|concerns? (?:for|about)|see|seen|saw|visit(?:ed)?|spoke (?:to|with)|met with"
    rf"|asked|placed|harm(?:ed)? to|injur(?:y|ies) to|care of|contact with|lives with|assess(?:ed)?) ({_CAPITAL})"
    r"(?=[.,;]|$| (?:for|at|alone|when|before|after|and|since|in|on|with|to|was|had|who|again|once|twice)\b)"
)
_YEAR_OLD = re.compile(rf"\b{_YEARS}{_UNITS},? ({_CAPITAL})")
_TITLED = re.compile(rf"\b((?:Mr|Mrs|Ms|Miss|Mx)\.? (?:{_CAPITAL}|[A-Z]\b)(?: {_CAPITAL})?)")
_CAPTION_BEFORE = re.compile(r"(?:\b(?:St|Saint|Sir|Dame|Lord|Lady|King|Queen|Judge|Justice)\.?|-)\s?$")
_CAPTION_AFTER = re.compile(
    r"(?: (?:House|Hospital|Infirmary|Street|Road|Lane|Avenue|School|Academy|College|Primary|Court"
    r"|Act|Review|Inquiry|Report"
    r"|Project|Foundation|Trust|Centre|Ward|Park|Close|Clinic|Charity|Day|Model|Framework|Scale|Tool|Index|Test|Law"
    r"|programme|team|service|report|Team|Service|Programme)\b"
    r"|'s (?:Law|Hospital|School|Church|College|Day|Law)\b|-)"
)


def names(text: str, staff: Collection[str]) -> Iterator[Suspect]:
    """Names of the council's people, then ages beside names, then other names."""
    yield from _staff(text, staff)
    for match in _AGED.finditer(text):
        if _may_be_a_name(match[1]):
            yield Suspect(Kind.age, match[0], match.start())
    for pattern in (_OF_A_NAME, _AFTER_KIN, _CALLED, _DOES, _ABOUT, _YEAR_OLD, _TITLED):
        for match in pattern.finditer(text):
            if _may_be_a_name(match[1]):
                yield Suspect(Kind.person, match[1], match.start(1))
    for match in _OF_INITIALS.finditer(text):
        yield Suspect(Kind.person, match[1], match.start(1))
    yield from _given(text)


def _staff(text: str, staff: Collection[str]) -> Iterator[Suspect]:
    """Full names of people in the directory, in any case and spacing."""
    lowered = text.casefold()
    for name in staff:
        words = name.split()
        if len(words) < 2 or words[-1].casefold() not in lowered:
            continue
        pattern = re.compile(r"\b" + r"\s+".join(map(re.escape, words)) + r"\b", re.IGNORECASE)
        turned = re.compile(rf"\b{re.escape(words[-1])},\s+{re.escape(words[0])}\b", re.IGNORECASE)
        for match in [*pattern.finditer(text), *turned.finditer(text)]:
            yield Suspect(Kind.staff_name, match[0], match.start())


def _may_be_a_name(words: str) -> bool:
    return not any(word.strip(".") in NO_NAMES for word in words.split())


def _given(text: str) -> Iterator[Suspect]:
    """Given names from the list, with the surname that follows; a name that is also a word only before a surname."""
    end = 0
    for match in _WORD.finditer(text):
        if match.start() < end:
            continue
        written = match[0] if not match[0].isupper() else match[0].capitalize()
        surname = _SURNAME.match(text, match.end())
        surname = surname if surname and surname[0].split()[-1] not in NO_NAMES else None
        first = re.split(r"[-']", written)[0]
        listed = written in GIVEN or first in GIVEN
        if not listed and not (written == match[0] in ALSO_WORDS and surname and _is_surname(text, match, surname)):
            continue
        after = surname.end() if surname else match.end()
        if _is_caption(text, match.start(), (match.end(), after)):
            continue
        end = after
        yield Suspect(Kind.person, text[match.start() : after], match.start())


def _is_caption(text: str, start: int, ends: tuple[int, ...]) -> bool:
    """Whether a name is part of what a place, a law or a piece of work is called, such as St Thomas or Clare's Law."""
    return bool(_CAPTION_BEFORE.search(text[max(0, start - 20) : start])) or any(
        _CAPTION_AFTER.match(text, end) for end in ends
    )


def _is_surname(text: str, match: re.Match[str], surname: re.Match[str]) -> bool:
    """Whether a capitalised word after an ordinary one reads as a surname: neither stands in a title of capitals."""
    before = text[: match.start()].rstrip()
    alone = not before or before[-1] in ".,;:!?(" or before.rpartition(" ")[2].islower()
    following = re.match(r" ?[A-Z]", text[surname.end() :])
    return alone and not following and match[0] not in NO_NAMES
