"""The named ways in which the thread says no; each message is plain English and says what to do."""

from sqlmodel import SQLModel


class FindingsError(Exception):
    """Anything the thread refuses."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(FindingsError):
    """There is no such thing in this authority."""


class OutOfTurn(FindingsError):
    """The step may not follow the state the thing is in."""


class NotAllowed(FindingsError):
    """This person may not take this step on this thing."""


class Invalid(FindingsError):
    """A value cannot be kept; `field` is the name of the column it was meant for."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Stale(FindingsError):
    """Somebody else changed the row since this person read it; `current` is the row as it is now."""

    def __init__(self, current: SQLModel) -> None:
        super().__init__("Someone else has changed this since you opened it. Read what it says now, then save again.")
        self.current = current
