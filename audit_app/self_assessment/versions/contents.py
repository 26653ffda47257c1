"""A version as one frozen value: what its page, paper and Word document show; its fingerprint. Pure."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

FORMAT = 1


@dataclass(frozen=True)
class Part:
    """One heading and what is written under it."""

    heading: str
    text: str


@dataclass(frozen=True)
class Version:
    """The whole of it."""

    format: int
    audience: str
    title: str
    council: str
    fictional: bool
    of_reference: str
    of_title: str
    of_signed_on: date | None  # the day the self-assessment it retells was signed
    period_from: date
    period_to: date
    parts: tuple[Part, ...] = ()


_shape: TypeAdapter[Version] = TypeAdapter(Version)


def canonical(version: Version) -> str:
    """The one way contents are written down."""
    plain = _shape.dump_python(version, mode="json")
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint_of(written: str) -> str:
    """The sha256 of contents written down."""
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def read(written: str) -> Version:
    """Contents as they were frozen."""
    return _shape.validate_json(written)
