"""What is given to one question, whatever its kind: the columns of an answer without its row."""

from typing import NamedTuple

from audit_app.audits.tables import Answer


class Given(NamedTuple):
    """What is given to one question: the columns of an answer, in their order."""

    code: str = ""
    text: str = ""
    given: str = ""
    second: str = ""
    evidence: str = ""
    action: str = ""
    action_owner: str = ""
    action_due: str = ""

    @property
    def says_anything(self) -> bool:
        """Whether anything at all is given."""
        return any(self)


def given_in(row: Answer | None) -> Given:
    """What is saved of one question."""
    return Given(*(getattr(row, name) for name in Given._fields)) if row else Given()
