"""Looking for words in the library: every edition, area, statement, question, point and fact. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_app.alphabet import folded
from frameworks import Edition, QuestionSet

MOST_WORDS, MOST_FOUND, AROUND = 200, 100, 90


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: what it is, its words, where it stands, and its words folded for comparing."""

    kind: str
    title: str
    text: str
    edition_id: str
    anchor: str
    set_id: str = ""
    length: str = ""
    folded: str = ""
    folded_title: str = ""


@dataclass(frozen=True)
class Hit:
    """An entry that was found, with its words in parts: those looked for are marked."""

    entry: Entry
    parts: tuple[tuple[str, bool], ...]


def _entry(kind: str, title: str, text: str, edition_id: str, anchor: str, **more: str) -> Entry:
    return Entry(
        kind, title, text, edition_id, anchor, folded=folded(f"{title} {text}"), folded_title=folded(title), **more
    )


def entries_of(edition: Edition) -> list[Entry]:
    """Everything of an edition that can be found."""
    here = edition.id
    entries = [_entry("Edition", edition.title, edition.publisher, here, "")]
    entries += [
        _entry("Judgement area", area.name, area.meaning or "", here, f"area-{area.id}") for area in edition.areas
    ]
    entries += [
        _entry("Statement", statement.id, statement.text, here, f"statement-{statement.id}")
        for statement in edition.statements
    ]
    entries += [
        _entry("Point of a scale", point.name, point.meaning or "", here, f"scale-{scale.id}")
        for scale in edition.scales
        for point in scale.points
    ]
    entries += [_entry("Advice", check.when, check.says, here, f"check-{check.id}") for check in edition.checks]
    entries += [_entry("Fact", fact.id.replace("-", " "), fact.says, here, f"fact-{fact.id}") for fact in edition.facts]
    entries += [_entry("Theme", theme.name, theme.scope or "", here, f"theme-{theme.id}") for theme in edition.themes]
    return entries


def entries_of_set(questions: QuestionSet) -> list[Entry]:
    """Everything of a question set that can be found."""
    more = {"set_id": questions.id, "length": questions.length}
    entries = [_entry("Question set", questions.title, questions.purpose, questions.edition_id, "", **more)]
    for domain in questions.domains:
        entries.append(_entry("Domain", domain.title, "", questions.edition_id, domain.id, **more))
        for question in domain.questions:
            anchor = question.key.replace("/", "-")
            hint = question.hint or ""
            entries.append(_entry("Question", question.text, hint, questions.edition_id, anchor, **more))
    return entries


def hits_among(entries: Iterable[Entry], query: str) -> tuple[list[Hit], int]:
    """What holds every word looked for, titles first; at most 100, and how many there are in all."""
    wanted = words_of(query)
    if not wanted:
        return [], 0
    hits = [entry for entry in entries if all(word in entry.folded for word in wanted)]
    hits.sort(key=lambda entry: (not all(word in entry.folded_title for word in wanted), len(entry.folded)))
    return [Hit(entry, marked(entry.text or entry.title, wanted)) for entry in hits[:MOST_FOUND]], len(hits)


def words_of(query: str) -> list[str]:
    """The words looked for; what stands in quotation marks is one."""
    plain = folded(query[:MOST_WORDS]).replace("“", '"').replace("”", '"')
    quoted = re.findall(r'"([^"]+)"', plain)
    return [*(phrase.strip() for phrase in quoted if phrase.strip()), *re.sub(r'"[^"]*"?', " ", plain).split()]


def marked(text: str, wanted: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """A piece of the text around the first word found, cut into parts that are marked or not."""
    # Folding may change a text's length; then nothing is marked rather than the wrong letters.
    plain = folded(text)
    if len(plain) != len(text):
        return ((text[: 2 * AROUND], False),)
    first = min((plain.find(word) for word in wanted if word in plain), default=0)
    start = max(0, first - AROUND)
    piece, low = text[start : first + 2 * AROUND], plain[start : first + 2 * AROUND]
    before, after = "…" if start else "", "…" if first + 2 * AROUND < len(text) else ""
    parts: list[tuple[str, bool]] = [(before, False)] if before else []
    pattern = "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True))
    at = 0
    for match in re.finditer(pattern, low):
        parts += [(piece[at : match.start()], False), (piece[match.start() : match.end()], True)]
        at = match.end()
    parts += [(piece[at:], False), (after, False)]
    return tuple(part for part in parts if part[0])
