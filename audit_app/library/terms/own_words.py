"""Words a council may change, and a text of ours put into them. Pure.

Only text that this product's authors wrote is ever given to `in_terms`: never what a person typed, never what an
inspectorate printed, never a code, an address or a line of the history.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from audit_app import words

LONGEST = 60
_PLAIN = re.compile(r"[^\W\d_]+(?:[ ’'-][^\W\d_]+)*")


@dataclass(frozen=True)
class Term:
    """A word of the product that councils rename, with a sentence that shows it."""

    code: str
    one: str
    many: str
    example: str
    hint: str


TERMS = (
    Term(
        "case_audit", "case audit", "case audits",
        "An answer in a case audit is kept. Nine case audits were read.",
        "For example learning audit, or collaborative audit",
    ),
    Term(
        "audit", "audit", "audits",
        "Set up an audit. The audit’s questions are chosen first; finished audits are never changed.",
        "The short form, as in the links at the top of each page. References such as AUD-0001 stay",
    ),
    Term(
        "auditor", "auditor", "auditors",
        "An auditor gives a grade. Only the auditor’s own audits are listed; other auditors see theirs.",
        "For example reviewer, or audit partner",
    ),
    Term(
        "practitioner", "practitioner", "practitioners",
        "Talk with the practitioner. The practitioner’s view is noted.",
        "For example worker, or social worker",
    ),
    Term(
        "care_leaver", "care leaver", "care leavers",
        "A care leaver has a plan. Care leavers helped to write it.",
        "For example care-experienced young person",
    ),
    Term(
        "child_in_care", "child in care", "children in care",
        "A child in care is seen alone. Children in care are asked what they think.",
        "For example child we care for",
    ),
    Term(
        "strength", "strength", "strengths",
        "Strengths come first. A strength is worth a sentence.",
        "For example thing that works well",
    ),
    Term(
        "worry", "worry", "worries",
        "Worries are written down. A worry is dealt with in time.",
        "For example thing that worries us",
    ),
)  # fmt: skip
BY_CODE = {term.code: term for term in TERMS}
# The short form of a word names the same thing, so the two may share a word of the council's.
_THING = {"audit": "case_audit"}
# Words of the product that mean one thing only, whatever a council calls the others.
_TAKEN = frozenset(
    {
        "action", "answer", "area for improvement", "claim", "domain", "evidence", "evidence pack", "exhibit",
        "finding", "gap", "grade", "judgement area", "milestone", "plan", "question", "question set", "self-assessment",
        "source", "theme",
    }
)  # fmt: skip
_CONCERN = re.compile(r"\bconcerns?\b", re.IGNORECASE)
IS_A_CONCERN = (
    "A concern is something else here: that something may need doing today to keep a child safe. Whoever reads the "
    "word must be able to tell the two apart, so choose another"
)
# Phrases that hold one of the words and mean something else, and whatever stands between quotation marks.
_KEPT = r"“[^”]*”|(?<![\w-])(?:[Ll]earning audits?|[Aa]udit trails?)(?![\w-])"
# “What worries you” and “who is to audit” are verbs; a council renames things.
_NO_VERB_BEFORE = r"(?<!\bto )"
_NO_VERB_AFTER = r"(?!\s+(?:or\s+\w+\s+)?(?:you|them|him|her|us|me)\b)"
_VERBS = frozenset({"audit", "worry", "worries"})


class Verbatim(str):
    """A text that is not ours, such as a question a council wrote: it is never put into other words."""

    __slots__ = ()


@dataclass(frozen=True)
class OwnWord:
    """What a council calls one thing, singular and plural."""

    one: str
    many: str


@dataclass(frozen=True)
class OwnWords:
    """Every word a council changed, by the code of its term; false when it changed none."""

    by_code: Mapping[str, OwnWord] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_code)

    def say(self, text: str) -> str:
        """A text of ours in these words; see `in_terms`."""
        return in_terms(text, self)

    def written(self) -> tuple[tuple[str, str, str], ...]:
        """The words in a fixed order, for whoever keeps them or must notice that somebody changed them meanwhile."""
        return tuple(sorted((code, word.one, word.many) for code, word in self.by_code.items()))


def as_written(written: Iterable[tuple[str, str, str]]) -> OwnWords:
    """Words as `OwnWords.written` gave them."""
    return OwnWords({code: OwnWord(singular, plural) for code, singular, plural in written})


NONE = OwnWords()
# Each form in small letters: its term, and whether it is the plural.
_FORMS = {form: (term.code, form == term.many) for term in TERMS for form in (term.one, term.many)}


def _pattern_of(form: str) -> str:
    """A form with a small or capital letter first and any space between its words; proper names keep their capitals."""
    letters = f"[{form[0].upper()}{form[0]}]" + r"\s+".join(form[1:].split(" "))
    return f"{_NO_VERB_BEFORE}{letters}{_NO_VERB_AFTER}" if form in _VERBS else letters


# The longest form first, so that a case audit is never a case and an audit.
_ANY_FORM = re.compile(
    rf"(?P<kept>{_KEPT})|(?:(?<![\w-])(?P<article>[Aa]n?)\s+)?(?<![\w-])"
    rf"(?P<form>{'|'.join(_pattern_of(form) for form in sorted(_FORMS, key=len, reverse=True))})"
    r"(?P<owner>[’']s?)?(?![\w-])"
)


def holds_a_term(text: str) -> bool:
    """Whether a text holds any word a council may change."""
    return any(match["kept"] is None for match in _ANY_FORM.finditer(text))


def in_terms(text: str, own: OwnWords, escape: Callable[[str], str] = str) -> str:
    """A text of ours in a council's own words: whole words only, each place once.

    A capital at the start stays, the plural and the possessive follow, and “an auditor” becomes “a reviewer”. What
    stands between quotation marks stays, and so does a `Verbatim` text.

    Args:
        text: What we wrote.
        own: The words this council changed.
        escape: What makes a council's word safe where the text is markup.
    """
    if not own or isinstance(text, Verbatim):
        return text
    return _ANY_FORM.sub(lambda match: _instead(match, own, escape), text)


def _instead(match: re.Match[str], own: OwnWords, escape: Callable[[str], str]) -> str:
    if match["kept"] is not None:
        return match[0]
    code, plural = _FORMS[" ".join(match["form"].lower().split())]
    if code not in own.by_code:
        return match[0]
    word = own.by_code[code].many if plural else own.by_code[code].one
    made = words.article(word) if match["article"] else word
    if match[0][0].isupper():
        made = made[:1].upper() + made[1:]
    return escape(made) + _ending(match["owner"] or "", word, plural)


def _ending(owner: str, word: str, plural: bool) -> str:
    """The mark of the possessive that the council's word takes: auditors’, young people’s."""
    return f"{owner}s" if owner and plural and not owner.endswith("s") and not word.endswith("s") else owner


def why_not(given: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """What is wrong with the words a council typed, by term; nothing when all can be used.

    Args:
        given: Singular and plural by the code of the term; two empty texts mean the product's word.
    """
    faults = {code: fault for code, (singular, plural) in given.items() if (fault := _fault(singular, plural))}
    in_use: dict[str, str] = {}
    for code, pair in given.items():
        if not any(pair):
            in_use |= dict.fromkeys((BY_CODE[code].one, BY_CODE[code].many), code)
    for code, pair in given.items():
        for word in filter(None, pair):
            other = in_use.setdefault(word.casefold(), code)
            if _THING.get(other, other) != _THING.get(code, code):
                clash = f"“{word}” is the word for {BY_CODE[other].one} too. Two things need two words"
                faults.setdefault(code, clash)
    return faults


def _fault(singular: str, plural: str) -> str:
    if not singular and not plural:
        return ""
    if not singular or not plural:
        return f"Give the {'singular' if not singular else 'plural'} too, or leave both empty for the product’s word"
    if max(len(singular), len(plural)) > LONGEST:
        return f"Each word must be {LONGEST} characters or fewer"
    if not all(_PLAIN.fullmatch(word) for word in (singular, plural)):
        return "Use letters, spaces, hyphens and apostrophes only, and begin with a letter"
    if _CONCERN.search(f"{singular} {plural}"):
        return IS_A_CONCERN
    if {singular.casefold(), plural.casefold().removesuffix("s")} & _TAKEN:
        return f"“{singular}” is the word for something else here. Two things need two words"
    return ""
