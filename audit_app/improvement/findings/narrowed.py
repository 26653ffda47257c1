"""What an address says the register of findings is narrowed to. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from findings.queries import FindingFilter
from findings.states import FindingKind, FindingStatus, Origin

Kind = TypeVar("Kind", bound=StrEnum)
FILTERS = ("words", "kind", "origin", "area", "status", "loose", "bare", "mine", "impact", "sort")


def chosen_one(kinds: type[Kind], text: str) -> Kind | None:
    """The word of a closed list that was asked for; a word that is not on it asks for nothing."""
    return kinds(text) if text in set(kinds) else None


def finding_filter(given: Mapping[str, str]) -> FindingFilter:
    """Which findings are asked for."""
    edition, _, area = given.get("area", "").partition("/")
    return FindingFilter(
        kind=chosen_one(FindingKind, given.get("kind", "")),
        origin=chosen_one(Origin, given.get("origin", "")),
        status=FindingStatus.withdrawn if given.get("status") == "withdrawn" else FindingStatus.raised,
        edition_id=edition,
        judgement_area_id=area,
        in_no_area=given.get("loose") == "yes",
        words=given.get("words", ""),
    )
