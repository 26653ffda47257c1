"""What an audit on paper holds, in its order: the page and the PDF are made of these values and nothing else."""

from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True)
class DomainGlance:
    """One domain on one line: its grade in words, or why it has none, and how much of it was answered."""

    key: str
    title: str
    grade: str
    grade_code: str
    answered: str
    graded: bool = True

    @property
    def place(self) -> str:
        """Where the domain stands on the page: the end of an address."""
        return f"domain-{self.key}"


@dataclass(frozen=True)
class Glance:
    """The audit on one look: the grade of the whole, the spread of the domains, a line for each, open concerns."""

    asks_overall: bool
    overall: str
    overall_code: str
    spread: str
    domains: tuple[DomainGlance, ...]
    concerns: str


@dataclass(frozen=True)
class Asked:
    """One question, its answer, and what was seen."""

    number: str
    text: str
    answer: str
    seen: str


@dataclass(frozen=True)
class DomainOnPaper:
    """One domain: its grade and why, and every question that was answered."""

    glance: DomainGlance
    why: str
    asked: tuple[Asked, ...]
    left_open: str


@dataclass(frozen=True)
class Reply:
    """Something that was asked or set, and what was said to it."""

    about: str
    words: str
    answer: str


@dataclass(frozen=True)
class ActionOnPaper:
    """One action: what, for whom, who and when, how it stands, and what was said of it since."""

    reference: str
    what: str
    level: str
    owner: str
    due: str
    state: str
    news: tuple[str, ...]


@dataclass(frozen=True)
class ConcernOnPaper:
    """One concern about safety: when and by whom raised, how it stands, and its words where this reader has them."""

    heading: str
    words: str
    standing: str
    outcome: str


@dataclass(frozen=True)
class Printing:
    """Who took it out, when, and under which id that stands in the log (EX-4)."""

    export_id: str
    who: str
    when: str


@dataclass(frozen=True)
class AuditOnPaper:
    """One audit for supervision and the file, as one reader may have it."""

    reference: str
    title: str
    about: str
    council: str
    marking: str
    handling: str
    standing: str
    version: str
    facts: tuple[Pair, ...]
    glance: Glance
    why_overall: str
    closing: tuple[Pair, ...]
    domains: tuple[DomainOnPaper, ...]
    asked_again: tuple[Reply, ...]
    actions: tuple[ActionOnPaper, ...]
    concerns: tuple[ConcernOnPaper, ...]
    versions: tuple[Pair, ...]
    kept_back: str
    as_at: str

    @property
    def heading(self) -> str:
        """AUD-0042: Child protection."""
        return f"{self.reference}: {self.title}"
