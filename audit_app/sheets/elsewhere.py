"""Tables that people bring to the wrong page, told by their headings, and where each belongs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.sheets.headings import LOOKED_AT, plain_heading


@dataclass(frozen=True)
class Elsewhere:
    """One sort of table: beginnings of its headings, and what is said to who brings it to another page."""

    key: str
    headings: tuple[str, ...]
    belongs: str


PLAN, PEOPLE, FINDINGS, CHILDREN, QUESTIONS = "plan", "people", "findings", "children", "questions"
SORTS = (
    Elsewhere(
        CHILDREN,
        ("child unique id", "child id", "unique pupil number", "upn", "gender", "ethnicity", "date of birth", "dob",
         "age of child", "date of contact", "date of referral", "contact source", "referral source", "legal status",
         "child protection plan start", "cin start", "person id", "client id", "mosaic id", "lcs id"),
        "This looks like a list of children, such as an inspection’s Annex A. It does not belong here, and nothing "
        "of it was kept. To audit some of these records, set up an audit for each by its reference alone.",
    ),
    Elsewhere(
        PLAN,
        ("ref no", "area requiring improvement", "area for improvement", "action", "planned completion", "lead",
         "responsible", "owner", "progress", "rag", "brag", "success", "milestone", "timescale", "target date",
         "outcome", "status", "impact", "recommendation", "objective", "priority"),
        "This looks like an action plan. It does not belong here: open “Improvement plans”, record a plan, and type or "
        "paste its actions there.",
    ),
    Elsewhere(
        PEOPLE,
        ("e-mail", "email", "name", "full name", "roles", "role", "team", "service", "manager", "post", "job title"),
        "This looks like a list of people. It does not belong here: bring it in on “Add people from a workbook”.",
    ),
    Elsewhere(
        QUESTIONS,
        ("domain", "question", "type", "in the core", "starred", "must be answered", "hint", "scale"),
        "This looks like a question set. It does not belong here: bring it in under “Library”, as a set of the "
        "council’s own.",
    ),
    Elsewhere(
        FINDINGS,
        ("kind", "came from", "what was found", "short title", "reaches", "judgement area", "printed number"),
        "These look like findings. They do not belong here: bring them in on “Bring findings in from a file”.",
    ),
)  # fmt: skip


def where_it_belongs(rows: Sequence[Sequence[str]], door: str) -> str:
    """What is said of a table that is plainly of another sort than this door is for, or nothing.

    Three of its headings must be those of that sort, in one row, and most of the row's.
    """
    best, belongs = 0, ""
    for cells in rows[:LOOKED_AT]:
        filled = [plain_heading(cell) for cell in cells if cell.strip()]
        for sort in SORTS:
            known = sum(1 for heading in filled if heading.startswith(sort.headings))
            if sort.key != door and known >= 3 and 2 * known >= len(filled) and known > best:
                best, belongs = known, sort.belongs
    return belongs
