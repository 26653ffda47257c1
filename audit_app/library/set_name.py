"""What a question set is called in code: its edition, its name there and its length, and never less of it. Pure.

A council's own set may bear the short name of a product's set, and an edition is followed by the next one with sets of
the same names: only all parts together say which questions are meant.
"""

from dataclasses import dataclass, replace

from frameworks import QuestionSet

PARTS = (2, 3)


@dataclass(frozen=True, order=True)
class SetName:
    """One question set, such as case-audit-1/child-protection/core; without a length, at whichever length."""

    edition_id: str
    set_id: str
    length: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.edition_id, self.set_id, self.length) if part)

    def at(self, length: str) -> "SetName":
        """The same set at another length."""
        return replace(self, length=length)

    @property
    def at_any_length(self) -> "SetName":
        """The same set, whichever its length."""
        return self.at("")


def name_of(questions: QuestionSet) -> SetName:
    """The name of a set that is in hand."""
    return SetName(questions.edition_id, questions.id, questions.length)


def parsed(text: str) -> SetName | None:
    """The set a text names, such as case-audit-1/child-protection; None for what names none."""
    parts = text.split("/")
    return SetName(*parts) if len(parts) in PARTS and all(parts) else None
