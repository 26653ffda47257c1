"""What may be ticked where a question is answered by ticking: a scale of its own, made of the choices a row names.

Pure. The choices stand in the cell for the scale, or behind a colon in the question itself, as printed tools have them.
"""

import re
from typing import Any

from audit_app.library.own_sets import short_names
from audit_app.library.own_sets.matching import plain
from audit_app.library.own_sets.sheet.cells import Reading

SEVERAL = "several"
_INVITES = re.compile(r"\s*[(\[]?\s*(?:please\s+)?(?:choose|tick|select|mark)\b.*$", re.IGNORECASE | re.DOTALL)


def name_choices(reading: Reading) -> None:
    """Give each question that is answered by ticking a scale, where its row names choices and not a scale."""
    for at, domain in enumerate(reading.value["domains"]):
        for nth, question in enumerate(domain["questions"]):
            if question["type"] == SEVERAL and not _is_scale(reading, question["scale"]):
                _give_scale(reading, question, reading.place_of(("domains", at, "questions", nth, "scale")))


def _is_scale(reading: Reading, named: str | None) -> bool:
    return any(scale["id"] == named for scale in reading.value["scales"])


def _give_scale(reading: Reading, question: dict[str, Any], where: str) -> None:
    named = choices_in(question["scale"] or "") or choices_of(question["text"])
    if len(named) < 2:
        named_nothing = "nothing is named that could be ticked. Write the choices here, with semicolons between"
        reading.faults.append(f"{where}: {named_nothing}, or the name of a scale.")
        return
    points: list[dict[str, Any]] = []
    for name in named:
        points.append({"code": short_names.code_of(name, [point["code"] for point in points]), "name": name})
    alike = next((scale for scale in reading.value["scales"] if _same(scale, named)), None)
    if alike is None:
        taken = {scale["id"] for scale in reading.value["scales"]}
        alike = {"id": short_names.slug_of(f"{named[0]} choices", 30, taken), "points": tuple(points), "ordered": False}
        reading.value["scales"] = (*reading.value["scales"], alike)
    question["scale"] = alike["id"]
    reading.notes.append(f"{where}: these may be ticked: {'; '.join(named)}.")


def choices_in(cell: str) -> tuple[str, ...]:
    """The choices a cell names; with semicolons, bars or new lines between, or else with commas."""
    parts = re.split(r"[;|\n]", cell)
    return _named(parts if len(parts) > 1 else cell.split(","))


def choices_of(text: str) -> tuple[str, ...]:
    """The choices that stand in a question behind its colon: “Which were used: A, B, C (choose all)?”."""
    _, colon, behind = text.rpartition(":")
    return choices_in(re.sub(r"\band\b|\bor\b", ",", _INVITES.sub("", behind)).strip(" ?.")) if colon else ()


def _named(parts: list[str]) -> tuple[str, ...]:
    named = [" ".join(part.strip(" -•·?").split()) for part in parts]
    return tuple({plain(name): name for name in named if name}.values())


def _same(scale: dict[str, Any], named: tuple[str, ...]) -> bool:
    return [plain(point["name"]) for point in scale["points"]] == [plain(name) for name in named]
