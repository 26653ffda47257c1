"""A pack as a workbook: the same contents as rows, for sorting and counting. It asks the database nothing."""

from collections.abc import Mapping
from datetime import datetime

from audit_app import sheets, words
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.packs.contents import EvidencePack
from audit_app.packs.disclosure.levels import INTERNAL
from audit_app.packs.parts import sheets as parts
from audit_app.packs.parts.exhibits import Given
from audit_app.packs.release import copies
from audit_app.packs.story.about import NOT_WORKED_OUT, NOTHING_LEFT_OUT
from audit_app.packs.story.grade_tables import grade_cells
from audit_app.packs.wording import COLOUR_NAMES
from findings.references import reference

SheetOut = sheets.SheetOut
GIVEN = {
    Given.joined: "Joined behind the pack",
    Given.beside: "As a file in the ZIP",
    Given.elsewhere: "Held elsewhere",
    Given.left_out: "Kept out",
}
AUDIT_COLUMNS = {
    "Audit": "name",
    "Case reference": "case_reference",
    "Submitted": "submitted",
    "Question set": "set_title",
    "How chosen": "how_chosen",
    "Team": "team",
    "Overall grade": "grade",
    "Agreed": "agreed",
    "Open actions": "open_actions",
}


def render(pack: EvidencePack, *, copy: copies.Copy | None = None) -> bytes:
    """The file, of a draft or of one released copy; equal contents give equal bytes."""
    made = [
        *parts.answers(pack.answers),
        *asked_for(pack),
        *judgement_areas(pack),
        threads(pack),
        actions(pack),
        *(parts.plan_sheets(pack.sheets) if pack.has_plan_sheets else ()),
        *([plans(pack)] if pack.plans or pack.loose_actions else []),
        gaps(pack),
    ]
    made += parts.told(pack.further)
    made += [audits(pack)] if pack.audits else []
    made += [domains(pack), answers(pack), audit_actions(pack)] if pack.details else []
    made += [sources(pack), withheld(pack), *([not_chosen(pack)] if pack.not_chosen else [])]
    made += [exhibits(pack)] if pack.exhibits else []
    made = [
        in_own_words(sheet, pack.own) for sheet in (about(pack, sum(len(sheet.rows) for sheet in made), copy), *made)
    ]
    return sheets.write_xlsx(made, title=pack.title, subject=pack.reference, marking=pack.marking)


def about(pack: EvidencePack, rows: int, copy: copies.Copy | None = None) -> SheetOut:
    """What this export is, with how many rows its other sheets hold (EX-4), how it stands, and the document control."""
    note = sheets.export_note(
        export_id=pack.reference,
        level=pack.level,
        chosen=f"{pack.edition_title}, {words.date_range(pack.period_from, pack.period_to)}",
        rows=rows,
        who=pack.control.author_post or "Quality assurance",
        when=pack.as_at,
    )
    held, head = pack.control, pack.log_head
    kind = [("Kind", pack.kind.name), *pack.kind.chosen] if pack.kind else []
    more = [
        ("Title", pack.title),
        *(copy.control if copy else [("State", copies.DRAFT)]),
        *kind,
        ("Council", pack.council),
        ("Marking", pack.marking),
        ("Owner", held.owner_post),
        ("Approved by", held.approvals),
        ("Circulation", held.circulation),
        ("To be reviewed on", held.review_on),
        ("To be destroyed on", held.destroy_on),
        ("Purpose", held.purpose),
        ("History log then", f"Entry {head.sequence:,} of {head.count:,}, hash {head.hash}"),
        *[("In short", text) for text in (*pack.summary, *pack.audits_note)],
    ]
    return SheetOut(note.title, note.headings, [*note.rows, *more])


def judgement_areas(pack: EvidencePack) -> list[SheetOut]:
    """What inspectors and audits say of each area, and its strengths."""
    parts = [*pack.areas, *pack.elsewhere]
    counts = [
        (area.name, table.title, row.name, grade, number)
        for area in parts
        for table in area.tables
        for row in table.rows
        for grade, number in grade_cells(table, row)
    ]
    sentences = [(area.name, "", text) for area in parts for text in area.says]
    sentences += [(area.name, table.title, text) for area in parts for table in area.tables for text in table.before]
    graded = [(area.name, area.inspectors) for area in parts] + [("Overall", pack.overall)]
    printed = [(name, grade.where, grade.printed_name, grade.grade) for name, grades in graded for grade in grades]
    printed += [("Overall", meaning, "", "") for meaning in pack.overall_says]
    strengths = [(area.name, part.reference, part.text, part.where) for area in parts for part in area.strengths]
    return [
        SheetOut("What audits say", ("Judgement area", "Audits", "What may be said"), sentences),
        SheetOut("Grades", ("Judgement area", "Audits", "Domain", "Grade", "Number"), counts),
        _intervals(pack),
        SheetOut("Inspectors", ("Judgement area", "Where", "Printed as", "Grade"), printed),
        SheetOut("Strengths", ("Judgement area", "Finding", "Text", "Where"), strengths),
    ]


def _intervals(pack: EvidencePack) -> SheetOut:
    rows = [
        (area.name, table.title, row.name, row.reached, row.of, row.share, row.in_service)
        for area in (*pack.areas, *pack.elsewhere)
        for table in area.tables
        for row in table.intervals
    ]
    headings = ("Judgement area", "Audits", "Domain", "Reached", "Of", "Share", "In the service")
    return SheetOut("Intervals", headings, rows)


def asked_for(pack: EvidencePack) -> list[SheetOut]:
    """What each report is; everything it asked for, with how soon it wants that; then other findings in no area."""
    facts = {report.key: dict(report.facts) for report in pack.reports}
    rows = [
        (
            report.name,
            facts[report.key].get("Carried out by", ""),
            facts[report.key].get("Published", ""),
            item.number,
            item.reference,
            item.text,
            item.when,
            item.answered_by,
            item.stands,
            "No" if item.unanswered else "Yes",
            item.against_date,
            item.evidence,
        )
        for report in pack.reports
        for item in report.asked
    ]
    rows += [
        ("No report", "", "", "", part.reference, f"{part.text} ({part.where})", "", "Nobody yet", "", "No", "", "")
        for part in pack.loose_findings
    ]
    headings = (
        "Report", "Carried out by", "Published", "Number", "Finding", "What was asked for", "How soon", "Answered by",
        "Difference", "Answered", "Against its day", "Tested by",
    )  # fmt: skip
    what = [(report.name, name, value) for report in pack.reports for name, value in report.facts]
    return [SheetOut("Reports", ("Report", "What", "As recorded"), what), SheetOut("Asked for", headings, rows)]


def plans(pack: EvidencePack) -> SheetOut:
    """The plans the actions stand in, and the actions that answer no area in full."""
    rows = [(part.question, text) for part in (*pack.plans, *pack.loose_actions) for text in part.sentences]
    return SheetOut("Plans and other actions", ("Which", "What the pack says"), rows)


def threads(pack: EvidencePack) -> SheetOut:
    """What each area for improvement is, then each sentence of its page."""
    rows = [
        (thread.reference, thread.heading, name, value)
        for thread in pack.threads
        for name, value in (("The heading is", thread.printed_as), *thread.facts)
        if value
    ]
    rows += [
        (thread.reference, thread.heading, part.question, sentence)
        for thread in pack.threads
        for part in thread.parts
        for sentence in part.sentences
    ]
    rows += [
        (thread.reference, thread.heading, "What we did", f"{line.reference}: {line.what} {line.lead}. {line.state}.")
        for thread in pack.threads
        for line in thread.did
    ]
    headings = ("Reference", "Area for improvement", "Question", "What the pack says")
    return SheetOut("Areas for improvement", headings, rows)


def actions(pack: EvidencePack) -> SheetOut:
    """The action table."""
    rows = [
        (
            action.reference,
            action.what,
            words.listing(action.areas),
            action.lead,
            action.due_on or action.due,
            action.status,
            COLOUR_NAMES.get(action.colour, ""),
            action.word,
        )
        for action in pack.actions
    ]
    headings = ("Reference", "What", "Answers", "Led by", "Due", "Status", "Colour", "Word")
    meanings = [f"{COLOUR_NAMES[colour.colour]} ({colour.word}): {colour.meaning}" for colour in pack.colours]
    return SheetOut("Actions", headings, rows, meanings)


def audits(pack: EvidencePack) -> SheetOut:
    """The list of audits, each with its fields in the order of the headings."""
    rows = [tuple(getattr(line, name) for name in AUDIT_COLUMNS.values()) for line in pack.audits]
    return SheetOut("Audits", tuple(AUDIT_COLUMNS), rows)


def domains(pack: EvidencePack) -> SheetOut:
    """The domain grades of each audit."""
    rows = [
        (part.name, domain.title, domain.grade, domain.rationale) for part in pack.details for domain in part.domains
    ]
    rows += [(part.name, title, "", text) for part in pack.details for title, text in part.closing]
    return SheetOut("Domains", ("Audit", "Domain", "Grade", "Why"), rows)


def answers(pack: EvidencePack) -> SheetOut:
    """The answers of each audit."""
    rows = [
        (part.name, domain.title, answer.number, answer.question, answer.answer, answer.words)
        for part in pack.details
        for domain in part.domains
        for answer in domain.answers
    ]
    return SheetOut("Answers", ("Audit", "Domain", "Number", "Question", "Answer", "What was seen"), rows)


def audit_actions(pack: EvidencePack) -> SheetOut:
    """The actions that live on audits."""
    rows = [
        (
            part.name,
            action.reference,
            action.level,
            action.what,
            action.due_on,
            action.state,
            action.outcome,
        )
        for part in pack.details
        for action in part.actions
    ]
    return SheetOut("Audit actions", ("Audit", "Action", "Level", "What", "Due", "State", "What came of it"), rows)


def gaps(pack: EvidencePack) -> SheetOut:
    """Gaps, and what is not yet good enough."""
    rows = [(gap.reference, gap.sentence, gap.next_step) for gap in pack.gaps]
    rows += [(area, text, "Not yet good enough") for area, text in pack.not_yet]
    return SheetOut("Gaps", ("Where", "Gap", "What to do next"), rows)


def sources(pack: EvidencePack) -> SheetOut:
    """What the pack rests on."""
    rows = [(source.what, source.more) for source in pack.sources]
    return SheetOut("Sources", ("Source", "What it is"), [*rows, ("Framework", pack.edition_note)])


def withheld(pack: EvidencePack) -> SheetOut:
    """What this audience does not get."""
    rows = [(part.what, part.times or "Not told", part.why) for part in pack.withheld]
    notes = [] if rows else [NOTHING_LEFT_OUT if pack.accounted else NOT_WORKED_OUT]
    return SheetOut("Left out", ("Left out", "How often", "Because"), rows, notes)


def exhibits(pack: EvidencePack) -> SheetOut:
    """Each exhibit, how it is given, and what of the pack it proves."""
    rows = [
        (part.number, part.title, part.shows, part.speaks_of, part.made_on, part.level, part.owner, GIVEN[part.given],
         part.pages or None, part.file_name or part.where, part.why, "; ".join(place.words for place in part.spoken_of),
         f"{part.reference}, version {part.version}", part.sha256)
        for part in pack.exhibits
    ]  # fmt: skip
    headings = (
        "No.", "What it is", "What it shows", "Speaks of", "Made on", "For", "Owner", "How it is given", "Pages",
        "Where", "Why not joined", "Spoken of", "Evidence", "SHA-256",
    )  # fmt: skip
    return SheetOut("Exhibits", headings, rows)


def key_list(
    pack: str, keys: Mapping[str, int], cases: Mapping[int, str], *, now: datetime, marking: str = ""
) -> bytes:
    """Which audit and case each name of an inspector's pack stands for: for the QA manager alone (PR-4)."""
    gone = "Record removed under retention"
    rows = [(name, reference("AUD", number), cases.get(number, gone)) for name, number in sorted(keys.items())]
    about = sheets.export_note(
        export_id=f"{pack}/key-list", level=INTERNAL, chosen=pack, rows=len(rows), who="QA manager", when=now
    )
    sheet = SheetOut("Key list", ("Name in the pack", "Audit", "Case reference"), rows)
    return sheets.write_xlsx([sheet, about], title=f"{pack}: key list", marking=marking)


def not_chosen(pack: EvidencePack) -> SheetOut:
    """The sections that were left out by choice."""
    rows = [(part.name, part.holds) for part in pack.not_chosen]
    return SheetOut("Not chosen", ("Section", "What it would have told"), rows)
