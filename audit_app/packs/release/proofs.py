"""What a proof-reader must see before a pack goes out: looked for in its contents, word by word. Pure.

A fault is a question to a person, not a verdict: whoever proof-reads rewords the text and builds again, or says why it
may stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from audit_app.packs.contents import EvidencePack

PLACEHOLDER = re.compile(
    r"\b(?:TO[ -]?DO|TBC|TBA|XX+|lorem ipsum|to be confirmed|to be completed|insert (?:here|name|date|text))\b"
    r"|\[[^\]]*\]|\?\?+",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b"
)
AHEAD = re.compile(r"\b(?:will|shall|is to|are to|plan to|going to)\b", re.IGNORECASE)
ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Z&]{1,5}s?(?![\w-])")
COUNTED = re.compile(r"\b(\d+) (open actions?|actions?|areas? for improvement|agreed audits?|audits?)\b", re.IGNORECASE)
# Known to every reader of such a pack, or the product's own.
KNOWN = frozenset({
    "AFI", "ACT", "FND", "PCK", "PLN", "INS", "AUD", "AAC", "SAS", "DCS", "ILACS", "JTAI", "SEND", "NHS", "UK", "GP",
    "PDF", "BRAG", "RAG", "SMART", "ID", "IT", "OK", "A&E", "CQC", "HMIP", "LGA", "SHA",
})  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# What only looks like a text: codes, hashes, marks of the file, and what documents of control say of themselves.
NOT_READ = {"reference", "key", "grade_code", "inspectors_code", "ourselves_code", "colour", "hash", "logo_sha256",
            "edition_id", "edition_note", "edition_title", "marking", "terms", "log_head", "colours", "withheld",
            "sources", "state"}  # fmt: skip
SHOWN_AROUND = 50


@dataclass(frozen=True)
class Fault:
    """Something to look at: what kind, where in the pack, the words, and what to do."""

    kind: str
    where: str
    words: str
    remedy: str


def faults(pack: EvidencePack, today: date) -> tuple[Fault, ...]:
    """Every fault once, those of document control first."""
    listed = [*_control(pack, today)]
    texts = list(_texts(pack, ()))
    explained = _explained(text for _, text in texts)
    met: set[str] = set()
    for where, text in texts:
        listed += [
            Fault("Placeholder", where, _around(text, match), "Write what belongs there.")
            for match in PLACEHOLDER.finditer(text)
        ]
        listed += _passed(where, text, today)
        listed += _counts(where, text, pack)
        for match in ACRONYM.finditer(text):
            name = match[0].rstrip("s")
            if name not in KNOWN and name not in explained and name not in met:
                met.add(name)
                listed.append(Fault("Acronym", where, _around(text, match), f"Say once what {name} stands for."))
    return tuple(dict.fromkeys(listed))


def _control(pack: EvidencePack, today: date) -> Iterator[Fault]:
    held = pack.control
    for name, value in (("author", held.author_post), ("owner", held.owner_post), ("circulation", held.circulation)):
        if not value.strip():
            yield Fault("Missing", "Document control", f"No {name} is named", f"Build the pack again with its {name}.")
    if not held.approvals.strip():
        yield Fault("Missing", "Document control", "Nobody is named as having approved it", "Say who approved it.")
    for name, day in (("To be reviewed on", held.review_on), ("To be destroyed on", held.destroy_on)):
        if day is not None and day < today:
            yield Fault("Date passed", "Document control", f"{name} {_in_words(day)}", "Set a day that lies ahead.")


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every text of the contents with the words of its place."""
    if isinstance(value, str):
        if value.strip():
            yield _place(path), value
    elif is_dataclass(value) and not isinstance(value, type):
        name = (getattr(value, "reference", "") or getattr(value, "name", "")) if path else ""
        for field in fields(value):
            if field.name not in NOT_READ:
                step = f"{field.name} {name}".strip() if isinstance(name, str) else field.name
                yield from _texts(getattr(value, field.name), (*path, step))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part, path)


def _place(path: tuple[str, ...]) -> str:
    """Where a text stands: its chapter and, if it has one, the reference it belongs to."""
    reference = next((word for step in reversed(path) for word in step.split()[1:] if "-" in word), "")
    chapter = path[0].split()[0].replace("_", " ").capitalize() if path else ""
    return f"{chapter}, {reference}" if reference else chapter


def _explained(texts: Iterator[str]) -> frozenset[str]:
    """The acronyms that some text of the pack sets in brackets after what they stand for, or explains after them."""
    names: set[str] = set()
    for text in texts:
        names |= set(re.findall(r"\w \(([A-Z][A-Z&]{1,5})\)", text))
        names |= set(re.findall(r"\b([A-Z][A-Z&]{1,5}) \([A-Za-z][a-z]+ ", text))
    return frozenset(names)


def _passed(where: str, text: str, today: date) -> Iterator[Fault]:
    """A sentence that speaks of what is to come and names a day that has passed."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        if not AHEAD.search(sentence):
            continue
        for match in DAY.finditer(sentence):
            try:
                day = date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
            except ValueError:
                continue
            if day < today:
                yield Fault("Date passed", where, _around(sentence, match), "Say what happened, or when it will.")


def _counts(where: str, text: str, pack: EvidencePack) -> Iterator[Fault]:
    """A number of actions, areas or audits in somebody's words that is none of the numbers this pack holds."""
    if not where.startswith(("Threads", "Not yet", "Elsewhere", "Areas", "Loose", "Answers")):
        return
    for match in COUNTED.finditer(text):
        held = _held(match[2].lower(), pack)
        if int(match[1]) > max(held):
            most = max(held)
            yield Fault(
                "Count", where, _around(text, match), f"This pack holds {most} of these at most. Look the number up."
            )


def _held(noun: str, pack: EvidencePack) -> set[int]:
    if noun.startswith(("open action", "action")):
        return {len(pack.actions)}
    if noun.startswith("area"):
        return {len(pack.threads)}
    numbers = [int(number) for text in pack.summary for number in re.findall(r"(\d+) agreed audits?", text)]
    return {sum(numbers), len(pack.audits)}


def _around(text: str, match: re.Match[str]) -> str:
    begins, ends = max(0, match.start() - SHOWN_AROUND), match.end() + SHOWN_AROUND
    return " ".join(f"{'…' if begins else ''}{text[begins:ends]}{'…' if ends < len(text) else ''}".split())


def _in_words(day: date | datetime) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
