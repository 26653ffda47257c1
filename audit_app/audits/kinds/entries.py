"""One page of an audit as it was sent: a domain with its answers, or the last page. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DomainEntry:
    """One domain page as it was sent: `answers` maps a question's key to what is given; keys left out are untouched.

    What is given may be written as (code, words) alone.
    """

    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grade: str = ""
    rationale: str = ""
    not_applicable: bool = False
    not_applicable_reason: str = ""


@dataclass(frozen=True)
class ClosingEntry:
    """The last page as it was sent."""

    overall_grade: str = ""
    overall_rationale: str = ""
    strengths: str = ""
    worries: str = ""
    difference: str = ""
    minutes_taken: int | None = None
    sources: str = ""
    private_notes: str = ""
