"""Answers counted for a page or a workbook: which audits, put together how, and each question's answers in a row. Pure.

Audits drawn at random and audits that were chosen are never added; answers of two scales never stand in one table.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from audit_app import words
from audit_app.audits.answers_counted.sheet import ACTION, ANY, SECOND, WAS_SET, Tally
from audit_app.audits.answers_counted.spread import Spread
from audit_app.library.set_name import SetName
from audit_app.words import Ours, ours
from frameworks import Domain, Question, QuestionSet, estimates
from frameworks.kinds.answered import ANSWERED_WITH

SEVERAL, SECOND_ANSWER, WITH_ACTION = "several", "second", "action"
ACTION_SET = "An action was set"
NOT_ONE_WHOLE = (SEVERAL, WITH_ACTION)  # their numbers are no parts of one whole, which is the audits that answered
Group = tuple[bool, str]  # whether drawn at random, and the team, children or month they are put together by


class By(StrEnum):
    """What the audits are put together by."""

    question = auto()  # all of them, one row a question
    team = auto()
    cohort = auto()
    month = auto()


BY_WORDS = ours(
    {By.question: "Question", By.team: "Team", By.cohort: "Group of children", By.month: "Month of submission"}
)


@dataclass(frozen=True)
class CountFilter:
    """Which agreed audits of a set to count; empty means all. `start` and `end` are London days of submission."""

    of: SetName  # at any length
    start: date | None = None
    end: date | None = None
    team_id: int | None = None
    cohort: str = ""
    how: str = ""  # random, chosen, or one way of choosing
    fact: tuple[str, str] = ("", "")  # a fact about the record by its id, and the choice given to it


def narrowed_to(by: By, group: str) -> dict[str, str]:
    """The filters, as an address names them, that keep only the audits of one row."""
    if by is By.month:
        first = date.fromisoformat(group)
        return {"start": group, "end": (first + timedelta(days=monthrange(first.year, first.month)[1] - 1)).isoformat()}
    return {} if by is By.question else {by.value: group}


@dataclass(frozen=True)
class Gathered:
    """What the audits of one group answered: how many there are, and how often each answer was given."""

    audits: int
    tally: Tally


@dataclass(frozen=True)
class CountCell:
    """How many gave one answer; with its share where they were drawn at random and are enough for one."""

    code: str
    name: str
    count: int
    share: str = ""

    @property
    def in_words(self) -> str:
        """The number, and its share where one may be given."""
        return f"{self.count:,} ({self.share})" if self.share and self.count else f"{self.count:,}"


@dataclass(frozen=True)
class CountRow:
    """One question, or one team, group or month under a question, with how often each answer was given."""

    key: str  # of the question
    group: str  # which team, children or month; empty for all
    label: str
    spread: Spread
    part: str = ""  # of the answer: empty for its point, "several" where several may be ticked, "second", "action"
    ticked: int = 0  # how many ticked any, where several may be; how many answered, of those with an action

    @property
    def n(self) -> int:
        """How many audits answered; of several that may be ticked, each audit once."""
        return self.ticked if self.part in NOT_ONE_WHOLE else self.spread.n

    @property
    def cells(self) -> tuple[CountCell, ...]:
        """Each answer of the scale, worst first."""
        spread = self.spread
        shares = spread.at_random and estimates.may_show_percentage(self.n)
        return tuple(
            CountCell(code, name, count, words.percent(count, self.n) if shares else "")
            for code, name, count in spread.answers
        )

    @property
    def bars(self) -> tuple[tuple[float, float, int], ...]:
        """Where each answer's part of the bar begins and how wide it is, in per cent of n, with its place.

        None where several may be ticked: they are no parts of one whole.
        """
        if self.part in NOT_ONE_WHOLE:
            return ()
        drawn, start = [], 0.0
        for place, (_, _, count) in enumerate(self.spread.answers):
            width = 100 * count / self.spread.n if self.spread.n else 0.0
            if width:
                drawn.append((round(start, 2), round(width, 2), place))
            start += width
        return tuple(drawn)


@dataclass(frozen=True)
class CountTable:
    """Rows whose answers stand on one scale."""

    caption: str
    first: str  # what the first column names
    names: tuple[str, ...]  # the answers, worst first
    rows: tuple[CountRow, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """What each column is called."""
        return (self.first, *self.names, "Does not apply", "n")


@dataclass(frozen=True)
class CountSection:
    """One group of audits, those drawn at random or those that were chosen, domain by domain."""

    at_random: bool
    audits: int
    domains: tuple[tuple[str, tuple[CountTable, ...]], ...]

    @property
    def title(self) -> str:
        """What the section is of, with its number."""
        group = "Drawn at random" if self.at_random else "Chosen, not drawn at random"
        return Ours(f"{group}: {words.count(self.audits, 'agreed audit')}")


def sections(
    questions: QuestionSet,
    gathered: Mapping[Group, Gathered],
    labels: Mapping[str, str],
    by: By,
    *,
    not_applicable: str,
    domain_id: str = "",
) -> tuple[CountSection, ...]:
    """Every table of a set: by question a table a scale and domain, else a table a question with a row a group.

    Args:
        questions: The set that was answered, at its fullest length.
        gathered: What the audits of each group answered.
        labels: What each team, group of children or month is called, in the order of the rows.
        by: What the audits were put together by.
        not_applicable: The code of an answer that a question does not apply; it is never part of n.
        domain_id: Only this domain; empty for all of them.
    """
    made = []
    for at_random in (True, False):
        groups = {group: their for (random, group), their in gathered.items() if random is at_random}
        if groups:
            ordered = [(group, label, groups[group].tally) for group, label in labels.items() if group in groups]
            domains = tuple(
                (domain.title, _tables(questions, domain, ordered, by, not_applicable, at_random=at_random))
                for domain in questions.domains
                if domain_id in ("", domain.id)
            )
            made.append(CountSection(at_random, sum(their.audits for their in groups.values()), domains))
    return tuple(made)


def _tables(
    questions: QuestionSet,
    domain: Domain,
    groups: Sequence[tuple[str, str, Tally]],
    by: By,
    not_applicable: str,
    *,
    at_random: bool,
) -> tuple[CountTable, ...]:
    tables: dict[tuple[object, ...], CountTable] = {}  # by question, those of one scale stand together
    for question in domain.questions:
        for asked in _parts(questions, question):
            rows = tuple(_rows(asked, groups, by, not_applicable, at_random=at_random))
            if not rows:
                continue
            names = tuple(name for _, name in rows[0].spread.points)
            place = (asked.part in NOT_ONE_WHOLE, names) if by is By.question else (question.key, asked.part)
            before = tables[place].rows if place in tables else ()
            caption = _caption(asked, names, by, at_random=at_random)
            tables[place] = CountTable(caption, BY_WORDS[by], names, (*before, *rows))
    return tuple(tables.values())


@dataclass(frozen=True)
class _Asked:
    """One thing that is counted of a question: its answer, the second one beside it, whether an action was set."""

    question: Question
    part: str
    key: str  # on the sheets
    points: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """The question as its set prints it, with what the second answer is called."""
        beside = f" – {self.question.second.label}" if self.part == SECOND_ANSWER and self.question.second else ""
        beside = " – action" if self.part == WITH_ACTION else beside
        return f"{self.question.number} {self.question.text}{beside}"


def _parts(questions: QuestionSet, question: Question) -> Iterable[_Asked]:
    scale = questions.scale_for(question)
    if scale is not None:
        part = SEVERAL if ANSWERED_WITH[question.type] == "points" and not question.safety else ""
        yield _Asked(question, part, question.key, tuple((point.code, point.name) for point in scale.points))
    if question.second is not None:
        points = questions.scale(question.second.scale).points
        named = tuple((point.code, point.name) for point in points)
        yield _Asked(question, SECOND_ANSWER, f"{question.key}{SECOND}", named)
    if question.asks_action and scale is not None:
        yield _Asked(question, WITH_ACTION, f"{question.key}{ACTION}", ((WAS_SET, ACTION_SET),))


def _caption(asked: _Asked, names: Sequence[str], by: By, *, at_random: bool) -> str:
    group = "drawn at random" if at_random else "chosen"
    if by is not By.question:
        return f"{asked.label} ({group})"
    if asked.part == WITH_ACTION:
        return f"Actions set on the row, of the audits that answered ({group})"
    several = "Ticked, where several may be:" if asked.part == SEVERAL else "Answered"
    return f"{several} {words.listing([f'“{name}”' for name in names], 'or')} ({group})"


def _rows(
    asked: _Asked, groups: Sequence[tuple[str, str, Tally]], by: By, not_applicable: str, *, at_random: bool
) -> Iterable[CountRow]:
    given = {code for _, _, tally in groups for key, code in tally if key == asked.key}
    strays = sorted(given - {code for code, _ in asked.points} - {not_applicable, ANY})
    points = (*asked.points, *((code, code) for code in strays))  # so that the numbers still add up
    for group, label, tally in groups:
        counts = tuple(tally[asked.key, code] for code, _ in points)
        away = tally[asked.key, not_applicable]
        if by is By.question or any(counts) or away:
            row_label = asked.label if by is By.question else label
            spread = Spread(at_random, points, counts, away)
            yield CountRow(
                asked.question.key, group, row_label, spread, asked.part, _answered(asked, tally, not_applicable)
            )


def _answered(asked: _Asked, tally: Tally, not_applicable: str) -> int:
    """How many audits answered a question at all, where that is more than its numbers add up to."""
    key = asked.question.key
    if asked.part != WITH_ACTION or tally[key, ANY]:
        return tally[key, ANY]
    return sum(count for (of, code), count in tally.items() if of == key and code != not_applicable)
