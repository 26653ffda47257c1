"""What was chosen, carried in the address from the page where it is chosen to the page that asks for the pack. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from audit_app.packs.kinds.choices import Choices, of_kind
from audit_app.packs.kinds.kind import Kind, with_fixed
from audit_app.packs.kinds.sections import SECTIONS

NAMES = ("section", "area", "audit", "unanswered", "theme", "self-assessment", "since")


def in_address(chosen: Choices) -> dict[str, Any]:
    """The choices as names and values of an address."""
    given: Mapping[str, list[str]] = {
        "kind": [chosen.kind],
        "section": list(chosen.sections),
        "area": list(chosen.areas),
        "audit": [str(number) for number in chosen.audits],
        "unanswered": ["yes"] if chosen.unanswered else [],
        "theme": [chosen.theme] if chosen.theme else [],
        "self-assessment": [str(chosen.self_assessment)] if chosen.self_assessment else [],
        "since": [chosen.since.isoformat()] if chosen.since else [],
    }
    return {name: values for name, values in given.items() if values}


def chosen_in(args: Mapping[str, list[str]], kind: Kind) -> Choices:
    """The choices an address holds for a kind; its own sections where it names none."""
    made = of_kind(kind)
    number = _one(args, "self-assessment")
    if named := [key for key in args.get("section", ()) if key in SECTIONS]:
        made = replace(made, sections=with_fixed(kind, [key for key in named if key in made.offered]))
    return replace(
        made,
        areas=tuple(args.get("area", ())),
        audits=tuple(dict.fromkeys(int(each) for each in args.get("audit", ()) if each.isdecimal() and len(each) < 10)),
        unanswered=_one(args, "unanswered") == "yes",
        theme=_one(args, "theme"),
        self_assessment=int(number) if number.isdecimal() and len(number) < 10 else None,
        since=_day(_one(args, "since")),
    )


def _one(args: Mapping[str, list[str]], name: str) -> str:
    """The first value of a name; nothing where there is none."""
    return next(iter(args.get(name, ())), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
