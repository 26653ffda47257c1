"""The sheet “Scales” into scales: each turned so that its best point stands last, whichever way round it was written.

Pure. Which end is best stands on the sheet, or follows from the words (Green, Red), or is asked before it is kept.
"""

import re
from collections.abc import Mapping
from typing import Any

from audit_app.library.own_sets import defaults as own_defaults
from audit_app.library.own_sets import short_names
from audit_app.library.own_sets.matching import plain
from audit_app.library.own_sets.sheet import cells
from audit_app.library.own_sets.sheet.cells import Line, Reading
from frameworks.own_sets import scale_order

FIRST, LAST, NEITHER = "first", "last", "neither"
ENDS = (FIRST, LAST, NEITHER)
_CODE = re.compile(r"[a-z][a-z0-9_]*")


def read_scales(lines: list[Line], reading: Reading) -> None:
    """Every scale of the sheet, in the order in which they first appear."""
    by_scale: dict[str, list[Line]] = {}
    for line in lines:
        by_scale.setdefault(cells.needed_of(line, "scale", reading).strip(), []).append(line)
    if by_scale:
        named = _ids(by_scale)
        reading.scale_ids = {plain(written): scale_id for written, scale_id in named.items()}
        scales = [_scale(named[written], place, own, reading) for place, (written, own) in enumerate(by_scale.items())]
        reading.value["scales"] = tuple(scales)


def _ids(written: Mapping[str, Any]) -> dict[str, str]:
    """A short name for each scale, made where somebody wrote a name as people write them."""
    ids: dict[str, str] = {}
    for name in written:
        fits = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        ids[name] = name if fits or not name else short_names.slug_of(name, 30, set(ids.values()))
    return ids


def _scale(scale_id: str, place: int, lines: list[Line], reading: Reading) -> dict[str, Any]:
    points: list[tuple[dict[str, Any], Line]] = []
    for line in lines:
        name = cells.needed_of(line, "name", reading)
        if scale_order.is_not_applicable(name):
            reading.notes.append(
                f"{line.place('name')}: “{name.strip()}” was left out of “{scale_id}”. Beside every answer people are "
                "offered “Does not apply”."
            )
            continue
        written = line.cells.get("code", "").strip()
        code = _code(written, name, [point["code"] for point, _ in points])
        if written.isdecimal() and not name.strip()[:1].isdecimal():
            # People who answer by figures look for the figure.
            name = f"{written} {name.strip()}"
        point = {"code": code, "name": name, "meaning": cells.text_of(line, "meaning")}
        points.append((point | _worth(line, reading), line))
    best = _best_end(scale_id, lines, [point["name"] for point, _ in points], reading)
    if best == FIRST:
        points.reverse()
    reading.places["scales", place] = lines[0].place("scale")
    for at, (_, line) in enumerate(points):
        reading.places["scales", place, "points", at] = line.place("code")
    scale = {"id": scale_id, "points": tuple(point for point, _ in points)}
    return {**scale, "ordered": False} if best == NEITHER else scale


def _worth(line: Line, reading: Reading) -> dict[str, int]:
    """What choosing it is worth, where the tool adds points up."""
    written = line.cells.get("points", "").strip()
    if not written:
        return {}
    if not re.fullmatch("[0-9]{1,3}|1000", written):
        reading.faults.append(f"{line.place('points')}: “{written[:40]}” is no number of points. Write 0 to 1000.")
        return {}
    return {"points": int(written)}


def _code(written: str, name: str, taken: list[str]) -> str:
    """The code as written, or one made of it where it is a figure, or of the name where it is left empty."""
    if _CODE.fullmatch(written):
        return written
    return short_names.code_of(written or name, taken)


def _best_end(scale_id: str, lines: list[Line], names: list[str], reading: Reading) -> str:
    ends = [(line, plain(line.cells["best"])) for line in lines if line.cells.get("best", "").strip()]
    for line, word in ends:
        if word not in ENDS:
            reading.faults.append(f"{line.place('best')}: “{word[:40]}” is none of first, last, neither. Write one.")
    if ends:
        return ends[0][1]
    if _is_the_products(lines):
        return LAST
    reading.asked.append(scale_id)
    first = scale_order.best_first(names)
    if first:
        reading.notes.append(f"The scale “{scale_id}” was turned round: “{names[0]}” is read as its best point.")
    if first is None:
        reading.unsure.append(scale_id)
    return FIRST if first else LAST


def _is_the_products(lines: list[Line]) -> bool:
    """Whether it is a scale of the template's, whose order is known."""
    codes = [line.cells.get("code", "").strip() for line in lines]
    return any(codes == [point["code"] for point in scale["points"]] for scale in own_defaults.scales())
