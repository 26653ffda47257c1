"""The privacy notice: what the service keeps of whom, from its own tables, and what the council says beside it."""

from dataclasses import replace

from audit_app import words
from audit_app.records.fields import written
from audit_app.records.fields.described import About
from audit_app.records.papers.blanks import TITLES, Kind
from audit_app.records.papers.facts import Facts
from audit_app.records.papers.fields import elsewhere
from audit_app.records.papers.paper import Bullets, Line, Listing, Paper, Part, Statement, Words
from audit_app.words import Ours

GROUPS = (
    (Ours("About you, if you have an account"), (About.account, About.auditor)),
    (Ours("About people who work with children"), (About.practitioner,)),
    (Ours("About children and families"), (About.child,)),
)
INTRODUCTIONS = {
    About.account: Ours(
        "Your password is kept only in a form from which it cannot be read back. What you did and which cases, files "
        "and exports you opened stands in a history that cannot be changed or taken back."
    ),
    About.practitioner: Ours(
        "Practitioners and managers appear by a code and by their team. There is no field for their names in an audit."
    ),
    About.child: Ours(
        "There is no field for the name, address, date of birth or NHS number of a child or parent. A case is named by "
        "the reference your council uses. Answers, findings and plans may still be about an identifiable child, and "
        "are treated as special category data: each person sees only what their role needs."
    ),
}


def paper(facts: Facts) -> Paper:
    """The notice as it stands today."""
    parts = (
        Part(Ours("Who is responsible"), (*_responsible(facts),)),
        Part(Ours("Why, and on what basis"), (_why(), *_answered(facts, "lawful-basis", "special-condition"))),
        Part(Ours("How long it is kept"), (*_kept(facts),)),
        Part(Ours("Who else receives it"), (_receives(), *_answered(facts, "recipients", "transfers"))),
        Part(Ours("Your rights"), (_rights(), *_answered(facts, "rights"))),
        Part(Ours("Cookies"), (_cookies(),)),
        Part(Ours("What is kept, in full"), (_in_full(),)),
        *(_group(facts, heading, about) for heading, about in GROUPS),
        replace(elsewhere(), folded=True),
    )
    return Paper(Kind.notice, TITLES[Kind.notice], facts.council, facts.as_at, parts)


def _responsible(facts: Facts) -> tuple[Line, ...]:
    contact = facts.setting.protection_contact
    asked = f"Questions go to {contact}." if contact else "For questions, ask your council’s data protection officer."
    controls = Words(
        Ours("Your council decides what this service is used for and is the controller of the data in it. This notice "
             f"says what the service itself keeps. {asked}")
    )  # fmt: skip
    return controls, *_answered(facts, "controller", "officer")


def _answered(facts: Facts, *keys: str) -> tuple[Statement, ...]:
    """What the council has said; before that, in a council, the marked blank."""
    return tuple(facts.statement(key) for key in keys) if facts.council else ()


def _group(facts: Facts, heading: Ours, about: tuple[About, ...]) -> Part:
    rows = []
    for table in written.stored_tables():
        names = [field.what for field in table.fields if field.about in about]
        if names:
            rows.append((table.title, Ours("; ".join(names)), facts.kept(table)))
    columns = (Ours("Where it stands"), Ours("What is kept"), Ours("How long"))
    listed = Listing(heading, columns, tuple(rows), (46, 76, 44))
    return Part(heading, (Words(INTRODUCTIONS[about[0]]), listed), folded=True)


def _in_full() -> Words:
    return Words(Ours(
        "Below stands each kind of record with what it holds, by whom it is about. Open the part you want to read; a "
        "printed page has all of it."
    ))  # fmt: skip


def _why() -> Words:
    return Words(Ours(
        "Councils audit their work with children to meet their duties, among them section 11 of the Children Act 2004 "
        "and section 22 of the Children Act 1989, and to prepare for inspection. Which lawful basis and which "
        "condition for special category data apply is for your council to decide and to say."
    ))  # fmt: skip


def _receives() -> Words:
    return Words(Ours(
        "Nobody, unless your council sends it: inspectors and partners receive the evidence packs your council "
        "releases to them. The service sends e-mail only through your council’s own mail server, with no details of "
        "any case. It loads nothing from other companies, counts no visits and contacts no other service."
    ))  # fmt: skip


def _cookies() -> Words:
    return Words(Ours(
        "One cookie keeps you signed in. It holds a random number and ends when you sign out or close the browser. "
        "While a form is sent, two more that hold a random mark tell the browser that it arrived."
    ))  # fmt: skip


def _kept(facts: Facts) -> tuple[Line, ...]:
    hours = words.count(facts.setting.kept_form_hours, "hour")
    items = (
        Ours("As long as your council’s retention schedule says: it sets a period for each kind of record, and two "
             "people remove what is past it. Nothing is removed without them."),
        Ours(f"Text you typed and have not saved: {hours}, readable by you alone."),
        Ours(f"Notices of what you were told: {words.count(facts.setting.notice_days, 'day')}."),
        Ours(f"Sessions that have ended: {words.count(facts.setting.session_kept_days, 'day')}."),
        Ours(_leavers(facts.setting.leaver_months)),
        Ours("Wrong tries to sign in: a few minutes, until somebody’s next sign-in."),
        Ours(f"Backups: all for {words.count(facts.setting.backup_days, 'day')}, then one a week for "
             f"{words.count(facts.setting.backup_weeks, 'week')}. Nothing can be taken out of one."),
    )  # fmt: skip
    return (Bullets(items),)


def _leavers(months: int) -> str:
    """What becomes of an account whose person has left."""
    if not months:
        return "Your account: it is closed when you leave, and your council decides how long your address stays in it."
    after = words.count(months, "month")
    return f"Your account: {after} after you have left, all but the name your work was done under is removed."


def _rights() -> Words:
    return Words(Ours(
        "You may ask your council what it holds about you, and to have it corrected, and in some cases erased or "
        "restricted. You may complain to the Information Commissioner’s Office."
    ))  # fmt: skip
