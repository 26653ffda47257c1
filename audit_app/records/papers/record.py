"""The entry for the record of processing activities: purposes, people, kinds of data, recipients, periods, measures."""

from audit_app import words
from audit_app.records.fields import written
from audit_app.records.fields.described import WHOM, About
from audit_app.records.papers import kept, law
from audit_app.records.papers.blanks import TITLES, Kind
from audit_app.records.papers.facts import Facts, Setting
from audit_app.records.papers.fields import annex, elsewhere
from audit_app.records.papers.paper import Bullets, Line, Listing, Paper, Part, Words
from audit_app.words import Ours


def paper(facts: Facts) -> Paper:
    """The entry as it stands today."""
    says = facts.statement
    parts = (
        Part(Ours("Controller"), (says("controller"), says("officer"))),
        Part(Ours("Purposes"), (Bullets(tuple(written.purposes().values())), says("lawful-basis"),
                                says("special-condition"))),
        Part(Ours("People and kinds of data"), (*_kinds(),)),
        Part(Ours("Recipients"), (
            Words(Ours("People of the council, each as their role allows; whoever is given a released pack, of whom "
                       "the service keeps a register. The service itself sends nothing to anybody but e-mails through "
                       "the council’s own server.")),
            says("recipients"), says("transfers"), says("hosting"),
        )),
        Part(Ours("How long it is kept"), (_periods(facts),)),
        Part(Ours("Measures"), (Bullets(measures(facts.setting)), says("own-measures"))),
        elsewhere(),
        Part(Ours("Review"), (says("review"),)),
        law.part(law.OF_RECORD),
        *annex(facts),
    )  # fmt: skip
    return Paper(Kind.record, TITLES[Kind.record], facts.council, facts.as_at, parts)


def _kinds() -> tuple[Line, ...]:
    rows = tuple((WHOM[about], _rows_about(about)) for about in About if about is not About.nobody)
    columns = (Ours("People"), Ours("What is kept of them"))
    special = Ours(
        "Special category data: ethnicity and disability of a child by lists, and whatever auditors write of health or "
        "other such things in free text. Criminal offence data may stand in free text."
    )
    return Listing(Ours("Kinds of personal data by person"), columns, rows, (46, 120)), Words(special)


def _rows_about(about: About) -> str:
    tables = [table.row for table in written.stored_tables() if about in table.whom]
    return words.listing(tables)


def _periods(facts: Facts) -> Listing:
    classes = dict.fromkeys(table.kept for table in written.stored_tables())
    rows = tuple((kept.NAMES[name], kept.in_words(name, facts.periods)) for name in classes)
    return Listing(Ours("Periods by class of record"), (Ours("Class"), Ours("How long")), rows, (76, 90))


def measures(setting: Setting) -> tuple[Ours, ...]:
    """What the product does to keep data safe, as this installation is set."""
    factor = "required of everybody" if setting.server else "offered, and required where the setting says so"
    return (
        Ours("Every page says which roles may open it, and every reading of the database is limited to what the person "
             "may see; both are held by tests."),
        Ours(f"Passwords are kept with argon2id; a second factor is {factor}; sessions are kept on the server and end "
             f"after {setting.idle_minutes} minutes without a page."),
        Ours("A log of sign-ins, readings, changes, exports and releases, chained with a key outside the database."),
        Ours("Backups that are enciphered and verified; a trial restoring on command."),
        Ours("Uploaded files are checked by content and read in a confined process."),
        Ours("No connection to another service unless the council names one in its settings."),
        Ours("Sensitive steps ask for the password again; releasing a pack, destroying one, removing records and a "
             "copy for subject access take two people."),
        Ours("The database and the files are not enciphered by the service itself: that is for the disks they lie on."),
    )  # fmt: skip
