"""References in addresses: /greenwich/audits/AUD-0042 gives a view the number 42, and url_for writes it back."""

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

from findings.references import number_of, reference

LARGEST = 2**63 - 1  # what a database keeps as a whole number


class AuthorityKey(BaseConverter):
    """The first part of an address inside a council: lower-case letters, digits and dashes."""

    regex = "[a-z][a-z0-9-]{1,59}"


class WholeNumber(IntegerConverter):
    """`<int:number>`, but a number that no database can hold is no such page."""

    def __init__(self, url_map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = None) -> None:
        super().__init__(url_map, fixed_digits, min, LARGEST if max is None else max)


class Reference(BaseConverter):
    """A public reference with the given prefix: `<ref("AUD"):number>`."""

    regex = "[A-Z]{3}-[0-9]{4,9}"

    def __init__(self, url_map: Map, prefix: str) -> None:
        super().__init__(url_map)
        self.prefix = prefix

    def to_python(self, value: str) -> int:
        """The number in the reference; another prefix is no such page."""
        number = number_of(value, self.prefix)
        if number is None or reference(self.prefix, number) != value:
            raise ValidationError
        return number

    def to_url(self, value: int) -> str:
        """The reference for a number."""
        return reference(self.prefix, int(value))


def add_converters(app: Flask) -> None:
    """Teach the address map all three."""
    app.url_map.converters["authority"] = AuthorityKey
    app.url_map.converters["int"] = WholeNumber
    app.url_map.converters["ref"] = Reference
