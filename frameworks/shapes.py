"""What every shape of the ruler is made of: words and codes with their limits, the base class, the named refusals."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
)

Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"\S")]
Slug = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Code = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z][a-z0-9_]*$")]
Key = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
Number = Annotated[str, StringConstraints(max_length=20, pattern=r"^\S+$")]
# "ilacs-2026/HP": a judgement area of an edition that is named with it.
AreaName = Annotated[
    str, StringConstraints(max_length=161, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")
]
# "plan/specific": a question of the same set.
QuestionKey = Annotated[
    str, StringConstraints(max_length=161, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")
]
# A plain dict could be changed by whoever holds it; a proxy cannot.
Words = Annotated[Mapping[str, Text], AfterValidator(MappingProxyType), PlainSerializer(dict)]

# YAML turns 2012-12-12 into a date; "December 2023" stays words. A source's date is kept as written, either way.
WrittenDate = Annotated[Text, BeforeValidator(lambda value: value.isoformat() if isinstance(value, date) else value)]

EditionType = Literal["graded_best_fit", "narrative", "outcome", "scored", "expectations", "case_audit"]
Verified = Literal["verified", "partly", "unverified"]
Wording = Literal["ours", "published", "paraphrase"]
FindingKind = Literal[
    "strength", "area_for_improvement", "area_for_priority_action", "recommendation", "area_for_consideration"
]
Audience = Literal["everyone", "voice", "senior_leaders", "practice_supervisors", "practitioners"]
QuestionType = Literal["judged", "check", "timescale", "narrative", "several", "date", "number"]
Cohort = Literal["ALL", "FD", "EH", "CIN", "CP", "PLO", "CIC", "ADO", "CL", "CWD", "SUP", "CARER", "OBS"]
Subject = Literal[
    "child", "sibling_group", "supervision_file", "carer", "decision", "observed_visit", "agency", "setting", "team",
    "employer",
]  # fmt: skip


class UnknownEdition(LookupError):
    """There is no edition of that name."""


class UnknownFamily(LookupError):
    """There is no family of editions of that name."""


class NoneInForce(LookupError):
    """A family has no edition in force on that day: none yet, or none any more."""


class UnknownSet(LookupError):
    """There is no question set, or no length of it, of that name."""


class UnknownQuestion(LookupError):
    """The question set holds no such question or domain."""


class UnknownArea(LookupError):
    """The edition has no such judgement area."""


class UnknownScale(LookupError):
    """The edition or question set has no such scale."""


class OffScale(ValueError):
    """A grade or answer is not a point of its scale."""


class Shape(BaseModel):
    """What all shapes share: they are exact about types, refuse keys they do not know, and never change."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)


S = TypeVar("S", bound=Shape)


def carried_into(kind: type[S], shape: Shape, **beside: object) -> S:
    """What one shape says, in another: every field that both have, and what is given beside them.

    So a field added to two shapes travels between them by itself. What only the first has is left behind; what is
    given beside stands instead of what is carried.

    Raises:
        pydantic.ValidationError: The other shape needs more than that, or does not allow it.
    """
    carried = {name: value for name, value in shape if name in kind.model_fields}
    return kind(**(carried | beside))
