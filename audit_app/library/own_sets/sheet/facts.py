"""The sheet of facts about the record: a row of it into a document, and back. Pure."""

from typing import Any

from audit_app.library.own_sets import short_names
from audit_app.library.own_sets.sheet import cells
from audit_app.library.own_sets.sheet.cells import Line, Reading
from audit_app.library.own_sets.sheet.columns import FACTS
from frameworks.kinds.record_facts import RecordFact

LONGEST_ID = 30


def read_facts(lines: list[Line], reading: Reading) -> None:
    """Every row as a fact, with the place of each of its cells."""
    facts: list[dict[str, Any]] = []
    own_ids = {line.cells["id"].strip() for line in lines if line.cells.get("id", "").strip()}
    for line in lines:
        place = ("facts", len(facts))
        reading.places[place] = line.place()
        for key in line.heads:
            reading.places[(*place, key)] = line.place(key)
        fact = {head.key: cells.value_of(line, head, reading) for head in FACTS.heads}
        choices = choices_in(fact["choices"] or "")
        taken = {each["id"] for each in facts} | own_ids
        facts.append(
            {
                **fact,
                "title": " ".join(fact["title"].split()),
                "choices": choices,
                "kind": fact["kind"] or ("choice" if choices else "text"),
                "id": fact["id"] or short_names.slug_of(fact["title"], LONGEST_ID, taken),
            }
        )
    if facts:
        reading.value["facts"] = tuple(facts)


def choices_in(text: str) -> tuple[str, ...]:
    """Choices as people write them: one on each line; on a single line with semicolons between."""
    parts = text.split("\n") if "\n" in text.strip() else text.split(";")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def row_of(fact: RecordFact) -> list[str]:
    """The other way: the cells of one fact."""
    values = {**fact.model_dump(), "choices": "\n".join(fact.choices)}
    return [cells.cell_of(head, values[head.key]) for head in FACTS.heads]
