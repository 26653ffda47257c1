"""The one way this package says no."""


class Refused(Exception):
    """A file may not come in; `code` is a word for the log, the message is for the person and says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
