"""The base form and the few shared fields: lenient about how people type, strict about what is kept."""

import re
import secrets
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, TypeVar

import wtforms
from flask import g, request
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from audit_app.words import Ours, month_number

LONGEST_TEXT = 10_000
# Controls other than tab and newline, halves of pairs, and the marks that could reorder a line.
NOT_KEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

F = TypeVar("F", bound="AppForm")


class AppForm(Form):
    """Every form: knows whether its values are text somebody typed earlier and has not saved."""

    kept_at: Any = None
    # Why what is typed here may tell of a person: such a form is not read for what must not leave (PR-2).
    stays_inside: ClassVar[str] = ""
    # Single fields of which the same holds, each with its reason beside it.
    not_read: ClassVar[frozenset[str]] = frozenset()

    revision = wtforms.HiddenField()
    once = wtforms.HiddenField()
    warned = wtforms.HiddenField()

    def shown_fields(self) -> list[Any]:
        """The fields people see, in their order; what the page carries for itself is not among them."""
        return [field for field in self if field.type not in ("HiddenField", "CSRFTokenField")]

    def summary(self) -> list[tuple[str, str]]:
        """Each fault with the id of the input that mends it, in page order, for the error summary."""
        faults = []
        for field in self:
            for fault in field_faults(field):
                faults.append((fault, first_input(field)))
        return faults

    def seen_revision(self) -> int:
        """The revision the person saw when the page was opened; 0 when the form has none or it was tampered with."""
        text = str(self.revision.data or "")
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def mark_of(*values: Any) -> int:
    """A number for what a row says now, to put into `revision` where the row has no count of its own (FO-1)."""
    return zlib.crc32(repr(values).encode("utf-8", "replace")) % 10**9


def field_faults(field: Any) -> list[str]:
    """A field's faults as flat sentences."""
    flat: list[str] = []
    for fault in field.errors:
        flat.extend([fault] if isinstance(fault, str) else [str(part) for part in fault])
    return flat


def first_input(field: Any) -> str:
    """The id an error-summary link must lead to: never a group's box, always something that takes focus."""
    if isinstance(field, DateParts):
        return field.faulty_part()
    return f"{field.id}-0" if _is_group(field) else str(field.id)


def _is_group(field: Any) -> bool:
    return isinstance(field, wtforms.RadioField | Checkboxes)


def filled(form_class: type[F], *, formdata: Any = None, **values: Any) -> F:
    """The form for this request: posted values, else text the person had typed earlier and not saved, else `values`."""
    if request.method == "POST":
        return form_class(formdata if formdata is not None else request.form, **values)
    if g.get("kept"):
        pairs, row = g.kept
        form = form_class(MultiDict(pairs), **values)
        form.kept_at = row.kept_at
    else:
        form = form_class(**values)
    form.once.data = form.once.data or secrets.token_urlsafe(24)
    return form


def clean(text: str | None) -> str:
    """Typed text as it is kept: CRLF to LF, spaces at the ends off, and no control characters (IN-4).

    NUL, lone surrogates and C0/C1 controls other than tab and newline are removed; direction marks that could reorder
    a line are removed too. Nothing else is changed, and nothing is ever cut.
    """
    if not text:
        return ""
    even = text.replace("\r\n", "\n").replace("\r", "\n")
    return NOT_KEPT.sub("", even).strip()


def one_line(text: str | None) -> str:
    """Typed text for a name or title: one line, single spaces."""
    return " ".join(clean(text).split())


class Length:
    """Refuse text beyond a limit, saying by how much; the text stays on the page (IN-3)."""

    def __init__(self, most: int = LONGEST_TEXT, what: str = "Text") -> None:
        self.most, self.what = most, what

    def __call__(self, _form: Any, field: Any) -> None:
        surplus = len(field.data or "") - self.most
        if surplus > 0:
            letters = "character" if surplus == 1 else "characters"
            raise ValidationError(
                f"{self.what} must be {self.most:,} characters or fewer. It is {surplus:,} {letters} too long"
            )


class Needed:
    """Refuse an empty value with a sentence that says what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Any) -> None:
        empty = field.data is None or (isinstance(field.data, str) and not field.data.strip()) or field.data == []
        if empty:
            raise wtforms.validators.StopValidation(self.sentence if not field.errors else None)


class Line(wtforms.StringField):
    """One line of text, cleaned."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = one_line(valuelist[0]) if valuelist else ""


class LongText(wtforms.TextAreaField):
    """Several lines of text, cleaned; 10,000 characters unless a Length says otherwise."""

    def __init__(self, label: str = "", validators: Iterable[Any] = (), **more: Any) -> None:
        given = list(validators)
        if not any(isinstance(validator, Length) for validator in given):
            given.append(Length(what=label or "Text"))
        super().__init__(label, given, **more)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = clean(valuelist[0]) if valuelist else ""


class WholeNumber(wtforms.Field):
    """A whole number in a stated range; complains in words (IN-5). None when left empty."""

    widget = wtforms.widgets.TextInput()

    def __init__(
        self, label: str = "", validators: Iterable[Any] = (), *, least: int = 0, most: int = 100_000, **more: Any
    ):
        super().__init__(label, list(validators), **more)
        self.least, self.most = least, most
        self.typed = ""

    def _value(self) -> str:
        return self.typed or ("" if self.data is None else str(self.data))

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = one_line(valuelist[0]) if valuelist else ""
        self.data = None
        if not self.typed:
            return
        plain = self.typed.replace(",", "")
        if not re.fullmatch(r"[0-9]{1,9}", plain) or not self.least <= int(plain) <= self.most:
            raise ValueError(f"{self.label.text} must be a whole number between {self.least:,} and {self.most:,}")
        self.data = int(plain)


class DateParts(wtforms.Field):
    """A date in three boxes: day, month (a number or a name) and year. None when all are left empty."""

    data: date | None
    process_errors: Sequence[str]

    def __init__(self, label: str = "", validators: Iterable[Any] = (), **more: Any) -> None:
        super().__init__(label, list(validators), **more)
        self.parts = {"day": "", "month": "", "year": ""}
        self.faulty = "day"

    def process(self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None) -> None:
        """Read the three boxes; a missing one is an empty one."""
        super().process(None, data, extra_filters)
        if isinstance(self.data, date):
            self.parts = {"day": str(self.data.day), "month": str(self.data.month), "year": str(self.data.year)}
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.parts):
            self.parts = {part: one_line(formdata.get(f"{self.name}-{part}", ""))[:20] for part in self.parts}
            self._read_parts()

    def _read_parts(self) -> None:
        self.data = None
        if not any(self.parts.values()):
            return
        missing = [part for part, text in self.parts.items() if not text]
        if missing:
            self._fault(missing[0], f"{self.label.text} must include a {' and a '.join(missing)}")
            return
        numbers = {part: self._number(part) for part in self.parts}
        wrong = [part for part, number in numbers.items() if number is None]
        if wrong:
            self._fault(wrong[0], f"{self.label.text} must be a real date, like 27 3 2026")
            return
        self._make(numbers)

    def _make(self, numbers: dict[str, Any]) -> None:
        if not EARLIEST_YEAR <= numbers["year"] <= LATEST_YEAR:
            self._fault("year", f"{self.label.text}: the year must be between {EARLIEST_YEAR} and {LATEST_YEAR}")
            return
        try:
            self.data = date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            self._fault("day", f"{self.label.text} must be a real date, like 27 3 2026")

    def _number(self, part: str) -> int | None:
        text = self.parts[part]
        if part == "month" and (named := month_number(text)) is not None:
            return named
        return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None

    def _fault(self, part: str, sentence: str) -> None:
        self.faulty = part
        self.process_errors = [*self.process_errors, sentence]

    @property
    def entered(self) -> date:
        """The date of a field that may not be empty, once its form was found valid.

        Raises:
            ValueError: no date was entered, so the form was not asked first whether it is valid.
        """
        if self.data is None:
            raise ValueError(f"{self.name} holds no date.")
        return self.data

    def faulty_part(self) -> str:
        """The id of the box to mend."""
        return f"{self.id}-{self.faulty}"


class Checkboxes(wtforms.SelectMultipleField):
    """Several ticks out of a list."""

    option_widget = wtforms.widgets.CheckboxInput()


class Radios(wtforms.RadioField):
    """One out of a few; nothing chosen is an empty text, and a forged value a plain sentence."""

    def __init__(self, label: str = "", validators: Iterable[Any] = (), **more: Any) -> None:
        super().__init__(label, list(validators), validate_choice=False, **more)
        self.hints: dict[str, str] = {}

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on the list."""
        if self.data and self.data not in {str(choice.value) for choice in self.iter_choices()}:
            raise ValidationError(f"{self.label.text}: choose one of the answers on the page")


class OneOf(wtforms.SelectField):
    """One out of a longer list, in a drop-down."""

    def __init__(self, label: str = "", validators: Iterable[Any] = (), **more: Any) -> None:
        super().__init__(label, list(validators), validate_choice=False, **more)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on the list."""
        if self.data and self.data not in {str(choice.value) for choice in self.iter_choices()}:
            raise ValidationError(f"{self.label.text}: choose from the list")


EARLIER = Ours("Earlier editions")


def choices(
    pairs: Iterable[tuple[Any, str]], *, first: str | None = None, earlier: Iterable[tuple[Any, str]] = ()
) -> list[SelectChoice]:
    """Choices from (value, words); `first`, a text of ours, adds an empty one, such as "Choose a team".

    What is `earlier` stands after them, folded away until it is looked for.
    """
    made = [SelectChoice(value=str(value), label=words) for value, words in pairs]
    made += [SelectChoice(value=str(value), label=words, optgroup=EARLIER) for value, words in earlier]
    return [SelectChoice(value="", label=Ours(first)), *made] if first is not None else made
