"""Every stored field as tables of a paper, and what is kept outside the tables."""

from audit_app.disclosure.audiences import NAMES
from audit_app.packs.disclosure.levels import FIELDS
from audit_app.packs.disclosure.text_columns import FIELD_OF, NOT_PRINTED
from audit_app.records.fields import written
from audit_app.records.fields.described import HOW, WHOM, How, StoredField, StoredTable
from audit_app.records.papers.facts import ANNEX, Facts
from audit_app.records.papers.paper import Listing, Part, Words
from audit_app.words import Ours

COLUMNS = (
    Ours("Field"),
    Ours("What it is"),
    Ours("About"),
    Ours("How it is filled"),
    Ours("Who may read it in a pack"),
)
WIDTHS_MM = (30, 56, 26, 24, 30)
NO_PACK = Ours("No pack prints it")
WITH_ITS_ROW = Ours("With the text it belongs to")
EVERY_TABLE = Ours(
    "Every table also holds the number of its council; most hold a number of the row and a count of how often it was "
    "saved. Every field lies in the database and in its backups; a row that the log tells of leaves a keyed hash there."
)


def annex(facts: Facts) -> tuple[Part, ...]:
    """Every table with its fields."""
    head = Part(ANNEX, (Words(EVERY_TABLE),))
    return (head, *(_of_table(facts, table) for table in written.stored_tables()))


def _of_table(facts: Facts, table: StoredTable) -> Part:
    about = Ours(f"{written.purposes()[table.purpose]} Kept: {facts.kept(table)}.")
    rows = tuple((f.name, f.what, WHOM[f.about], HOW[f.how], level_of(f)) for f in table.fields)
    listing = Listing(Ours(f"Fields of the table {table.name}"), COLUMNS, rows, WIDTHS_MM)
    return Part(table.title, (Words(about), listing), level=3)


def level_of(field: StoredField) -> Ours:
    """The widest audience for which a pack prints a field."""
    if field.key in FIELD_OF:
        return Ours(NAMES[FIELDS[FIELD_OF[field.key]][0]])
    if field.key in NOT_PRINTED or field.how in (How.secret, How.file, How.account):
        return NO_PACK
    return WITH_ITS_ROW


def elsewhere() -> Part:
    """What is kept outside the tables."""
    rows = tuple((place.name, place.where, place.holds, place.until) for place in written.places())
    columns = (Ours("What"), Ours("Where"), Ours("What is in it"), Ours("Until when"))
    return Part(Ours("What is kept outside the database"), (
        Listing(Ours("Kept outside the tables"), columns, rows, (26, 44, 52, 44)),
    ))  # fmt: skip
