"""Each text of the register is in a pack or named among what was left out: worked out again from the files themselves.

Every text column of every table of the thread is filled with a word of its own, so that a column added later is looked
for without anybody remembering to: it is printed, or counted among what was left out, or this fails by its name.
"""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
import sqlalchemy as sa

from audit_app.packs import contents
from audit_app.packs.disclosure import pseudonyms
from audit_app.packs.disclosure.accounts import UNCHOSEN
from audit_app.packs.disclosure.levels import FIELDS
from audit_app.packs.disclosure.text_columns import PRINTED_AS
from audit_app.packs.kinds.sections import SECTIONS
from audit_app.people.tables import Role
from findings import tables
from findings.states import (
    ActionStatus,
    AreaStatus,
    FindingKind,
    FindingStatus,
    Impact,
    ImpactTest,
    InspectionKind,
    Level,
    Origin,
    SourceKind,
)
from tests import builders_packs

COUNCIL = builders_packs.COUNCIL
DAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
NO_TEXT = (sa.Enum, sa.Integer, sa.Float, sa.Numeric, sa.Boolean, sa.Date, sa.DateTime)
# Codes of the library, by which things are sorted; what they stand for is printed as a name.
CODES = {
    "edition_id", "judgement_area_id", "national_framework_tag", "grade_code of source", "question_reference",
    "evidence_reference",
}  # fmt: skip
# A withdrawn finding is counted and nothing of it is printed.
WITHDRAWN = "Findings that were withdrawn"
# What a pack once printed nowhere, and must print to each audience that may have it.
ONCE_NOWHERE = {
    "milestone.text", "milestone.lead_post_title", "milestone.monitoring", "action.risk", "action.mitigation",
    "action.starting_position", "action.intended_impact", "action.local_label", "action.repeats", "plan.title",
    "plan.board", "theme.title", "action_lead.post_title", "finding.text", "inspection.title",
}  # fmt: skip
AUDITS = {"source.audit_reference"}  # a pack for inspectors has names of its own for them


class Register:
    """A register in which every text is a word that stands nowhere else."""

    def __init__(self):
        self.rows, self.words = [], {}

    def add(self, table, *, gone=False, **given):
        """A row with a word of its own in each text column that was not given."""
        for column in table.__table__.columns:
            name = column.name
            kept_as = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
            is_code = name in CODES or f"{name} of {table.__tablename__}" in CODES
            if name in given or isinstance(kept_as, NO_TEXT) or is_code:
                continue
            if name in ("audit_reference", "removed_why"):  # what was taken out of a plan is in no pack
                given[name] = ""
                continue
            word = f"zq{len(self.words):03d}"
            given[name] = word
            self.words[word] = (f"{table.__tablename__}.{name}", gone)
        row = table(authority_id=COUNCIL, **given)
        self.rows.append(row)
        return row

    def add_audit_source(self, **given):
        """A source that is an audit: its reference is a word of its own too."""
        name = f"AUD-{9000 + len(self.words)}"
        self.words[name.casefold()] = ("source.audit_reference", False)
        return self.add(tables.Source, audit_reference=name, added_by=1, added_at=DAY, **given)


def fill(made):
    """One of everything, in each state in which a pack tells it in another way."""
    by = {"recorded_by": 1, "recorded_at": DAY}
    for number, day in ((1, date(2012, 7, 25)), (2, date(2026, 5, 12))):
        made.add(tables.Inspection, number=number, kind=InspectionKind.inspection, edition_id="ofsted-2012",
                 published_on=day, **by)  # fmt: skip
        made.add(tables.Judgement, inspection_number=number, judgement_area_id="PRAC", **by)
    made.add(tables.Judgement, inspection_number=2, judgement_area_id="LONG-GONE", **by)
    _findings(made)
    for number, status in ((1, AreaStatus.open), (2, AreaStatus.closed)):
        closed_on = date(2026, 9, 1) if status is AreaStatus.closed else None
        made.add(tables.AreaForImprovement, number=number, status=status, closed_on=closed_on, opened_by=1,
                 opened_at=DAY, heading_from=None)  # fmt: skip
        made.add(tables.Measure, area_number=number)
        for day, rating in ((date(2026, 9, 9), Impact.not_sustained), (date(2026, 8, 8), Impact.not_yet_known)):
            judged = made.add(tables.ImpactJudgement, area_number=number, rating=rating, judged_on=day, judged_by=1,
                              judged_at=DAY, method=ImpactTest.dip_sample)  # fmt: skip
            made.add(tables.Source, impact_id=judged.id, kind=SourceKind.dip_sample, added_by=1, added_at=DAY)
            made.add_audit_source(impact_id=judged.id, kind=SourceKind.re_audit)
    made.rows.append(
        tables.FindingInArea(authority_id=COUNCIL, finding_number=1, area_number=1, joined_by=1, joined_at=DAY)
    )
    _actions(made)


def _findings(made):
    plain = {"raised_by": 1, "raised_at": DAY, "level": Level.service, "kind": FindingKind.area_for_improvement}
    inspected = {**plain, "origin": Origin.inspection, "verbatim": True, "withdrawn_reason": ""}
    loose = {**plain, "origin": Origin.staff, "withdrawn_reason": ""}
    made.add(tables.Finding, number=1, inspection_number=1, **inspected)
    made.add(tables.Finding, number=2, inspection_number=2, **inspected)
    made.add(tables.Finding, number=3, **loose)
    made.add(tables.Finding, number=4, **{**loose, "kind": FindingKind.strength})
    made.add(tables.Finding, number=5, gone=True, origin=Origin.staff, status=FindingStatus.withdrawn, **plain)
    for number in (1, 2, 3, 4):
        source = {"finding_number": number, "added_by": 1, "added_at": DAY}
        made.add(tables.Source, kind=SourceKind.document, **source)
        made.add(tables.Source, kind=SourceKind.voice, document="", paragraph="", **source)
        made.add_audit_source(finding_number=number, kind=SourceKind.audit)
        asked = "case-audit-1/plan/specific"
        made.add_audit_source(finding_number=number, kind=SourceKind.audit_answer, question_reference=asked)


def _actions(made):
    made.add(tables.Plan, number=1, opened_by=1, opened_at=DAY)
    theme = made.add(tables.Theme, plan_number=1)
    made.add(tables.Theme, plan_number=1, position=2)
    made.add(tables.PlanReview, plan_number=1)
    made.add(tables.PlanReview, plan_number=1, position=2, held_on=date(2026, 9, 1))
    made.add(tables.PlanRisk, plan_number=1)
    made.add(tables.PlanRisk, plan_number=1, theme_id=theme.id)
    for number, more in enumerate(
        (
            {"due_on": date(2026, 12, 1)},
            {"status": ActionStatus.verified, "completed_on": date(2026, 8, 1), "verified_on": date(2026, 8, 9)},
            {"status": ActionStatus.withdrawn},
            {},  # answers no area
        ),
        start=1,
    ):
        reason = {} if more.get("status") is ActionStatus.withdrawn else {"withdrawn_reason": ""}
        made.add(tables.Action, number=number, plan_number=1, theme_id=theme.id, impact_test=ImpactTest.re_audit,
                 added_by=1, added_at=DAY, **more, **reason)  # fmt: skip
        made.add(tables.ActionLead, action_number=number)
        made.add(tables.Measure, action_number=number, baseline=1.0, latest=2.0)
        made.add(tables.DueDateChange, action_number=number, changed_by=1, changed_at=DAY)
        for day in (date(2026, 7, 1), date(2026, 7, 8)):
            made.add(tables.Progress, action_number=number, dated_on=day, delivery="on_track", reported_by=1,
                     reported_at=DAY)  # fmt: skip
        made.add(tables.Milestone, action_number=number, completed_on=date(2026, 7, 1))
        made.add(tables.Milestone, action_number=number, position=2, due_on=date(2026, 12, 24))
        if number < 4:
            made.rows.append(
                tables.ActionInArea(
                    authority_id=COUNCIL, action_number=number, area_number=1, linked_by=1, linked_at=DAY
                )
            )


@pytest.fixture
def register(session):
    made = Register()
    fill(made)
    people = builders_packs.make_people(session)
    for row in made.rows:
        session.add(row)
        session.flush()
    session.commit()
    made.people = people
    return made


def sheets_of(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def bare(text):
    return re.sub(r"\s+", "", text).casefold()


def field_of(column):
    return next((name for name, columns in PRINTED_AS.items() if column in columns), None)


def test_each_text_of_the_register_is_there_or_named_at_every_level(register, session, file_of, printed, signed_in_as):
    page, faults = signed_in_as(Role.qa_manager), []
    for level in range(4):
        row = builders_packs.ask(session, register.people, level=level, edition_id="ofsted-2012")
        sheets = sheets_of(file_of(row, "workbook"))
        page.get(f"/greenhaven/packs/PCK-{row.number:04d}/read")
        forms = {
            "page": bare(page.text),
            "PDF": bare(printed(file_of(row, "pdf"))),
            "workbook": bare("".join(str(cell) for rows in sheets.values() for cells in rows for cell in cells)),
        }
        faults += compared(register.words, level, forms, left_out_by(sheets["Left out"]))
    assert not faults, "\n".join(faults)


# Each kind that is made of the register, with what is chosen for it. The others tell of one thing, or cut to a theme.
OF_KINDS = {
    "judgement-area-folder": {"areas": ("PRAC",)},
    "board-report": {"since": date(2026, 6, 30)},
    "annual-qa-report": {},
    "lead-members-two-pages": {},
    "inspection-pack": {"sections": ("asked-for", "gaps", "control", "sources", "left-out")},
}


FIRST = ("board-report",)


def first_or_in_the_proof(kinds):
    """One kind in every run; the others print the same register and wait for `make proof`."""
    waits = pytest.mark.proof("prints the same register as another kind of pack")
    return [kind if kind in FIRST else pytest.param(kind, marks=waits) for kind in kinds]


@pytest.mark.parametrize("kind", first_or_in_the_proof(OF_KINDS))
def test_each_kind_tells_by_count_what_it_does_not_print(register, session, composed, kind):
    """What stands in no section of the kind is counted, and the count is that of the words that are not there."""
    for level in (0, 2, 3):
        pack = composed(kind, level=level, chosen=OF_KINDS[kind], edition_id="ofsted-2012")
        whole = composed("inspection-pack", level=level, edition_id="ofsted-2012")
        assert by_choice(register.words, level, pack, whole) == counted_by_choice(pack), (kind, level)
        above = [column for word, (column, _) in register.words.items() if word in words_in(pack)
                 and field_of(column) and level > FIELDS[field_of(column)][0]]  # fmt: skip
        assert above == [], (kind, level)
        # A section of the register that is not there is named, with how much it would have told.
        missing = {"areas-for-improvement", "asked-for", "gaps", "plan-sheets"} - set(pack.kind.sections)
        named = {part.name for part in pack.not_chosen}
        assert {SECTIONS[key].name for key in missing} <= named, (kind, level)


def words_in(pack):
    return bare(contents.canonical(replace(pack, log_head=None)))


def by_choice(words, level, pack, whole):
    """How many texts this audience could have had, the whole pack prints and this one does not."""
    here, there = words_in(pack), words_in(whole)
    # An inspector is told of an audit by a name of the pack's own.
    audits = [word.upper() for word, (column, _) in words.items() if column in AUDITS]
    called = {name.casefold(): given.casefold() for name, given in
              pseudonyms.names_at(level, "ab" * 32, "PCK-0007", audits).items()}  # fmt: skip
    return sum(
        called.get(word, word) in there and called.get(word, word) not in here
        for word, (column, gone) in words.items()
        if not gone and field_of(column) and level <= FIELDS[field_of(column)][0]
    )


def counted_by_choice(pack):
    return sum(part.times for part in pack.withheld if part.what == UNCHOSEN)


def left_out_by(rows):
    """How often each thing was left out, as the workbook counts it; the words stand on page and paper too."""
    counted = {}
    for what, times, _ in rows[1:]:
        counted[what] = counted.get(what, 0) + (times if isinstance(times, int) else 0)
    return counted


def compared(words, level, forms, named):
    """What is neither told nor named, told too openly, told in one form and not in another, or counted wrongly."""
    faults, missing = [], {}
    for word, (column, gone) in words.items():
        there = {form for form, text in forms.items() if word in text}
        faults += told_wrongly(column, level, there, set(forms))
        if there or (column in AUDITS and level == 2):
            continue
        field = field_of(column)
        if not gone and field is None:
            faults.append(f"level {level}: {column} is nowhere and nobody says so")
        what = WITHDRAWN if gone or field is None else FIELDS[field][1]
        missing[what] = missing.get(what, 0) + 1
    missing[WITHDRAWN] = 1
    for column in ONCE_NOWHERE:
        theirs = [word for word, (of, _) in words.items() if of == column]
        if level <= FIELDS[field_of(column)][0] and not any(word in forms["PDF"] for word in theirs):
            faults.append(f"level {level}: {column} is not printed")
    return [*faults, *named_wrongly(missing, named, level, forms)]


def told_wrongly(column, level, there, forms):
    """A text told in one form and not in another, or to an audience that must not have it."""
    field = field_of(column)
    if there and there != forms:
        yield f"level {level}: {column} only in {sorted(there)}"
    if field and level > FIELDS[field][0] and there:
        yield f"level {level}: {column} told above its level"


def named_wrongly(missing, named, level, forms):
    """What is missing and not named, named and not missing, counted wrongly, or named in one form only."""
    for what, times in missing.items():
        if what not in named:
            yield f"level {level}: {what} is missing and not named"
        elif level < 3 and named[what] != times:
            yield f"level {level}: {what} is missing {times} times and named {named[what]} times"
    for what in named.keys() - missing.keys():
        yield f"level {level}: {what} is said to be left out and is not"
    for form in ("page", "PDF"):
        for what in named:
            if bare(what) not in forms[form]:
                yield f"level {level}: {what} not named in the {form}"


def test_every_table_of_the_thread_stands_in_that_register():
    made = Register()
    fill(made)
    links = {tables.ReferenceCount, tables.FindingJudgementArea}
    links |= {tables.PlanChange}  # what a plan said before; its page keeps it
    every = {getattr(tables, name) for name in tables.__all__ if name != "metadata"}
    assert every - {type(row) for row in made.rows} == links
    assert {column for column, _ in made.words.values()} >= {"milestone.text", "plan.board", "action.repeats"}


def test_a_register_without_anything_leaves_nothing_out(session, file_of):
    people = builders_packs.make_people(session)
    session.commit()
    row = builders_packs.ask(session, people, level=0, each_audit=True)
    assert sheets_of(file_of(row, "workbook"))["Left out"] == [["Left out", "How often", "Because"]]
