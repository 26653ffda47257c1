"""A question set's workbook into a document: what each row says, and where everything came from. Pure.

The other way is own_sets/workbook.py. Whatever cannot be read is a fault with its sheet, row and column; what a row
leaves empty is filled in as the sheets say it is.
"""

from typing import Any

from audit_app.library.own_sets import defaults as own_defaults
from audit_app.library.own_sets import question_keys, short_names
from audit_app.library.own_sets.matching import answers_named, plain
from audit_app.library.own_sets.sheet import cells, conditions, facts, numbering, scales, side_by_side, ticks
from audit_app.library.own_sets.sheet.cells import Line, Path, Reading
from audit_app.library.own_sets.sheet.columns import (
    DOMAINS,
    FACTS,
    GUIDANCE,
    LEFT_OUT,
    PLANS,
    QUESTIONS,
    READ_ME,
    SCALES,
    SET,
    SET_ROWS,
    WHOLE_OF_DOMAIN,
)
from audit_app.library.own_sets.sheet.heads import Head, SheetPlan
from audit_app.sheets import Book, Page, plain_heading
from frameworks.schema import Point


def from_book(book: Book) -> Reading:
    """The document a workbook says, and every fault of its sheets and cells."""
    # What is wrong with the questions as a whole is mended on their sheet.
    reading = Reading(faults=list(book.faults), places={("domains",): f"Sheet “{QUESTIONS.title}”"})
    pages = _pages(book, reading)
    lines = {plan.title: _lines(plan, pages.get(plan.title), reading) for plan in PLANS}
    if reading.faults:
        return reading
    _read_set(lines[SET.title], reading)
    scales.read_scales(lines[SCALES.title], reading)
    _name_scales(reading)
    _read_domains(lines[DOMAINS.title], reading)
    _read_questions(numbering.as_typed(lines[QUESTIONS.title], reading), reading)
    _read_guidance(lines[GUIDANCE.title], reading)
    _read_left_out(lines[LEFT_OUT.title], reading)
    facts.read_facts(lines[FACTS.title], reading)
    return reading


def _pages(book: Book, reading: Reading) -> dict[str, Page]:
    known = {plan.title.casefold(): plan.title for plan in PLANS}
    pages: dict[str, Page] = {}
    for page in book.pages:
        title = known.get(page.title.strip().casefold())
        if title:
            pages[title] = page
        elif page.title.strip().casefold() != READ_ME.casefold():
            fault = (
                f"Sheet “{page.title}”: this sheet is not one of ours. Take it out. Ours: {', '.join(known.values())}."
            )
            reading.faults.append(fault)
    if book.pages or not book.faults:
        for plan in PLANS:
            if plan.needed and plan.title not in pages:
                reading.faults.append(f"The sheet “{plan.title}” is missing. Start from the template.")
    return pages


def _lines(plan: SheetPlan, page: Page | None, reading: Reading) -> list[Line]:
    if page is None or not page.rows:
        return []
    (head_row, headings), *body = page.rows
    named = {plain_heading(head.heading): head for head in plan.heads}
    ours = ", ".join(f"“{head.heading}”" for head in plan.heads)
    columns: dict[int, Head] = {}
    where = f"Sheet “{plan.title}”, row {head_row}"
    for place, heading in enumerate(headings):
        head = named.get(plain_heading(heading))
        if head is None and heading.strip():
            reading.faults.append(f"{where}: the heading “{heading.strip()[:60]}” is not one of ours. Ours: {ours}.")
        elif head in columns.values():
            reading.faults.append(f"{where}: there are two columns “{heading.strip()}”. Keep one.")
        elif head is not None:
            columns[place] = head
    missing = [head.heading for head in plan.heads if head.needed and head not in columns.values()]
    if missing:
        reading.faults.append(f"{where}: the heading “{missing[0]}” is missing. Put it back.")
    heads = {head.key: head for head in plan.heads}
    lines = [
        Line(plan.title, row, {columns[at].key: cell for at, cell in enumerate(cells) if at in columns and cell}, heads)
        for row, cells in body
    ]
    return [line for line in lines if not _is_example(line)]


def _is_example(line: Line) -> bool:
    """The template's own example rows, which say so in their first cells, are passed over."""
    return any(cell.strip().casefold().startswith("(example)") for cell in line.cells.values())


# --- sheets


def _read_set(lines: list[Line], reading: Reading) -> None:
    named = {plain_heading(head.heading): head for head in SET_ROWS}
    by_key: dict[str, Line] = {}
    for line in lines:
        what = line.cells.get("what", "")
        head = named.get(plain_heading(what))
        if head is None:
            reading.faults.append(
                f"{line.place('what')}: “{what.strip()[:60]}” is not one of ours. Put our words back."
            )
        elif head.key in by_key:
            reading.faults.append(f"{line.place('what')}: “{head.heading}” stands twice. Take one out.")
        else:
            by_key[head.key] = Line(line.sheet, line.row, {head.key: line.cells.get("value", "")}, {head.key: head})
    for head in SET_ROWS:
        by_key.setdefault(head.key, Line(SET.title, 1, {}, {head.key: head}))
        reading.places[head.key,] = by_key[head.key].place(head.key)
    _fill_set(by_key, reading)


def _fill_set(by_key: dict[str, Line], reading: Reading) -> None:
    value = reading.value = own_defaults.whole()
    for key in ("title", "purpose"):
        value[key] = cells.needed_of(by_key[key], key, reading)
    value["id"] = (cells.text_of(by_key["id"], "id") or short_names.own_key(value["title"])).strip()
    for key in ("publisher", "source", "licence"):
        value[key] = cells.text_of(by_key[key], key)
    for key in ("subjects", "cohorts"):
        value[key] = cells.list_of(by_key[key], key, reading) or value[key]
    informs = cells.text_of(by_key["informs_edition"], "informs_edition") or value["informs_edition"]
    value["informs_edition"] = informs.strip()
    value["rules"] = cells.or_none_of(by_key["rules"], "rules", own_defaults.RULES)
    value["domain_scale"] = cells.or_none_of(by_key["domain_scale"], "domain_scale", "four-point")
    overall = cells.or_none_of(by_key["overall_scale"], "overall_scale", "four-point")
    required = cells.yes_of(by_key["overall_required"], "overall_required", reading, True)
    value["overall_grade"] = {"scale": overall, "required": required} if overall else None
    defaults = {**own_defaults.ANSWER_SCALES, "safety": "safe-today"}
    answered = {
        kind: cells.or_none_of(by_key[f"scale_{kind}"], f"scale_{kind}", usual) for kind, usual in defaults.items()
    }
    value["answer_scales"] = answered if answered["safety"] else {**answered, "safety": "safe-today"}
    value["expected_minutes"] = {
        length: cells.whole_of(by_key[f"minutes_{length}"], f"minutes_{length}", usual, reading)
        for length, usual in (("core", 60), ("full", 120))
    }
    for path, key in (
        (("overall_grade",), "overall_scale"),
        (("answer_scales",), "scale_check"),
        (("expected_minutes",), "minutes_full"),
    ):
        reading.places[path] = by_key[key].place(key)


def _name_scales(reading: Reading) -> None:
    """Scales that the sheet “Set” names as people wrote them, by their short names."""
    value = reading.value
    value["domain_scale"] = reading.scale_named(value["domain_scale"])
    if value["overall_grade"]:
        value["overall_grade"]["scale"] = reading.scale_named(value["overall_grade"]["scale"])
    value["answer_scales"] = {kind: reading.scale_named(scale) for kind, scale in value["answer_scales"].items()}


def _read_domains(lines: list[Line], reading: Reading) -> None:
    reading.value["domains"] = []
    for line in lines:
        values = {head.key: cells.value_of(line, head, reading) for head in WHOLE_OF_DOMAIN}
        columns = question_keys.CONDITIONS["show_if"]
        _add_domain(reading, line, {**values, "show_if": _condition(line, *columns, reading)})


def _add_domain(reading: Reading, line: Line, values: dict[str, Any]) -> None:
    domains = reading.value["domains"]
    place = ("domains", len(domains))
    reading.places[place] = line.place()
    for key in line.heads:
        reading.places[(*place, key)] = line.place(key)
    if "if_question" in line.heads:
        reading.places[(*place, "show_if")] = line.place("if_question")
    domain_id = values.get("id") or short_names.slug_of(values["title"], 20, {domain["id"] for domain in domains})
    number = values.get("number") or _next({domain["number"] for domain in domains}, "D")
    domains.append({**values, "id": domain_id, "number": number, "questions": []})


def _next(taken: set[str], before: str) -> str:
    at = 1
    while f"{before}{at}" in taken:
        at += 1
    return f"{before}{at}"


def _domain_of(reading: Reading, line: Line, *, make: bool) -> dict[str, Any] | None:
    named = cells.needed_of(line, "domain", reading)
    if not named:
        return None
    domains = reading.value["domains"]
    wanted_name = plain(named)
    for wanted in ("id", "title"):
        for domain in domains:
            if plain(domain[wanted]) == wanted_name:
                return domain
    if make:
        _add_domain(reading, line, {"title": " ".join(named.split())})
        return domains[-1]
    reading.faults.append(f"{line.place('domain')}: there is no domain “{named[:60]}”. Check the spelling.")
    return None


def _read_questions(lines: list[Line], reading: Reading) -> None:
    own_ids = {line.cells["id"].strip() for line in lines if line.cells.get("id", "").strip()}
    numbers = {line.cells["number"].strip() for line in lines if line.cells.get("number", "").strip()}
    for line in lines:
        domain = _domain_of(reading, line, make=True)
        if domain is None:
            continue
        taken = {question["id"] for question in domain["questions"]} | own_ids
        question = _question(line, reading)
        question["id"] = question["id"] or short_names.slug_of(question["text"], 30, taken)
        question["number"] = question["number"] or _next(numbers, f"{domain['number']}.")
        numbers.add(question["number"])
        place: Path = ("domains", reading.value["domains"].index(domain), "questions", len(domain["questions"]))
        reading.places[place] = line.place()
        for key in line.heads:
            reading.places[(*place, key)] = line.place(key)
        for key, (column, _) in question_keys.CONDITIONS.items():
            reading.places[(*place, key)] = line.place(column)
        reading.places[(*place, "second")] = line.place("second_label")
        domain["questions"].append(question)
    side_by_side.refuse(reading)
    ticks.name_choices(reading)
    conditions.resolve(reading)
    for domain in reading.value["domains"]:
        domain["questions"] = tuple(domain["questions"])
    reading.value["domains"] = tuple(reading.value["domains"])


def _question(line: Line, reading: Reading) -> dict[str, Any]:
    values = {head.key: cells.value_of(line, head, reading) for head in question_keys.WHOLE}
    return {**values, "scale": reading.scale_named(values["scale"]), **_parts(line, reading)}


def _parts(line: Line, reading: Reading) -> dict[str, Any]:
    """The keys that two columns fill together."""
    waits_for = {key: _condition(line, *columns, reading) for key, columns in question_keys.CONDITIONS.items()}
    label, scale = (line.cells.get(key, "").strip() for key in question_keys.SECOND_PARTS)
    if bool(label) != bool(scale):
        there, missing = question_keys.SECOND_PARTS if label else question_keys.SECOND_PARTS[::-1]
        named = line.heads[missing].heading
        reading.faults.append(f"{line.place(there)}: “{named}” is empty. A second answer needs its name and its scale.")
    return {**waits_for, "second": {"label": label, "scale": reading.scale_named(scale)} if label and scale else None}


def _condition(line: Line, question: str, answers: str, reading: Reading) -> dict[str, Any] | None:
    """The condition as the two cells say it, until it is known which question they mean."""
    named, answered = line.cells.get(question, "").strip(), line.cells.get(answers, "")
    if answered.strip() and not named:
        reading.faults.append(f"{line.place(question)}: answers are named but no question. Fill it in.")
    return {"question": named, "answers": answered} if named else None


def _read_guidance(lines: list[Line], reading: Reading) -> None:
    for line in lines:
        domain = _domain_of(reading, line, make=False)
        words = cells.needed_of(line, "words", reading)
        code = _grade_of(cells.needed_of(line, "code", reading), reading)
        if domain is None:
            continue
        guidance = domain.setdefault("guidance", {})
        if code in guidance:
            reading.faults.append(f"{line.place('code')}: “{code[:40]}” stands twice for this domain. Take one out.")
        guidance[code] = words
        place = ("domains", list(reading.value["domains"]).index(domain), "guidance", code)
        reading.places[place] = line.place("code")


def _grade_of(written: str, reading: Reading) -> str:
    """The grade that a row of “Guidance” names, by its name or its code."""
    grades = [scale for scale in reading.value["scales"] if scale["id"] == reading.value["domain_scale"]]
    points = [Point.model_construct(**point) for scale in grades for point in scale["points"]]
    codes, strange = answers_named(written, points)
    return codes[0] if len(codes) == 1 and not strange else written.strip()


def _read_left_out(lines: list[Line], reading: Reading) -> None:
    left_out: list[dict[str, Any]] = []
    for line in lines:
        domain = _domain_of(reading, line, make=False)
        reading.places["leaves_out", len(left_out)] = line.place()
        left_out.append({"domain": domain["id"] if domain else "", "why": cells.needed_of(line, "why", reading)})
    reading.value["leaves_out"] = tuple(left_out)
