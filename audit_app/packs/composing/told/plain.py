"""Two pages in plain words for a lead member: how good, what is being done, what to ask; and what they leave out. Pure.

Every list is cut to what fits, and says how much more there is. No reference, no abbreviation, no name of a person.
"""

from collections import Counter

from audit_app import words
from audit_app.packs.composing import inspectors, report_parts
from audit_app.packs.composing.answers import practice
from audit_app.packs.composing.answers.page import first_sentence
from audit_app.packs.composing.extract import AuditRecord, Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import the_post
from audit_app.packs.composing.plan_sheets import standing
from audit_app.packs.composing.thread_sentences import fallen_short, is_judged
from audit_app.packs.parts.answers import PracticeLine
from audit_app.packs.parts.told import Cell, Marked, ToldPart, ToldSection, ToldTable
from findings import rules
from findings.states import ActionStatus, AreaStatus, Impact
from findings.thread_shapes import ActionStrand, Thread
from frameworks.crosswalk import AreaReference

MOST_AREAS, MOST_GOOD, MOST_WORRIES, MOST_NEXT, MOST_LATE = 8, 3, 3, 4, 3
LONGEST = 190
SHOWS = (Impact.clear_difference, Impact.some_difference)
NO_GRADE = "Inspectors have printed no grade under the present rules that the council has on record."
NO_SAMPLE = (
    "No record was picked by chance in this time, so nobody can say how good practice is across the service. Ask why."
)
NOBODY_SAW = "Nobody has yet written down a change that children would notice."
NOTHING_SHORT = (
    "Nothing has been written down as not good enough. That does not mean that nothing is: ask what was looked at."
)
BELOW_FIVE = "Records were picked by chance. How many were good is not told here: some numbers are below five."
ON_TIME = "Nothing is behind its date."
NOTHING_NEXT = "No piece of work has a date ahead of it. Ask what comes next."


def page_one(cut: Extract, narrator: Narrator) -> ToldSection:
    """How good practice is, by inspectors and by records picked by chance, and what has changed for children."""
    parts = [
        _inspectors(cut, narrator),
        ToldPart("How good our practice is now", sentences=tuple(_practice(cut, narrator))),
        ToldPart("What children would notice", entries=tuple(_noticed(cut, narrator))),
        ToldPart("What is not good enough yet", entries=tuple(_short(cut, narrator))),
    ]
    return ToldSection("plain-page-one", "How well are children helped?", tuple(parts))


def _inspectors(cut: Extract, narrator: Narrator) -> ToldPart:
    heading = "What inspectors have said"
    edition = cut.about.edition
    rows: list[tuple[Cell, ...]] = []
    latest = inspectors.latest_alone(cut.inspections)
    for area in edition.areas:
        given = inspectors.grades_of(latest, AreaReference(edition.id, area.id), narrator)
        if given:
            rows.append((area.name, Marked(given[0].grade, given[0].grade_code), given[0].where))
    if not rows:
        return ToldPart(heading, sentences=(NO_GRADE,))
    where = {str(row[2]) for row in rows}
    more = (_more(len(rows) - MOST_AREAS, "is", "are") + " in the full pack.",) if len(rows) > MOST_AREAS else ()
    first = rows[:MOST_AREAS]
    if len(where) == 1:
        caption, two = f"Grades. {where.pop()}", tuple(row[:2] for row in first)
        table = ToldTable(caption, ("What was looked at", "Grade"), two, (5, 3))
    else:
        columns = ("What was looked at", "Grade", "Where it was said")
        table = ToldTable("The latest grades by inspectors", columns, tuple(first), (4, 2.4, 3.6))
    return ToldPart(heading, tables=(table,), quiet=more)


def _practice(cut: Extract, narrator: Narrator) -> list[str]:
    """What records picked by chance say, kind by kind; those picked for a reason are never counted in."""
    lines = practice.practice_lines(cut.audits, narrator)
    enough = [_line(line) for line in lines if line.share]
    sentences = enough[:MOST_GOOD]
    few = len([line for line in lines if not line.share])
    drawn: list[AuditRecord] = [record for record in cut.audits.records if record.at_random]
    if not drawn:
        sentences.append(NO_SAMPLE)
    elif narrator.leaving and not lines:
        sentences.append(BELOW_FIVE)
    elif not sentences:
        sentences.append("Records were picked by chance, but too few to speak for the whole service.")
    else:
        sentences += _other_kinds(len(enough) - len(sentences), few)
    chosen = len(cut.audits.records) - len(drawn)
    if chosen:
        were = words.agree(1 if chosen == 1 and not narrator.leaving else 2, "was", "were")
        many = narrator.at_least(chosen, "record", "records")
        sentences.append(f"Besides, {many} {were} picked for a reason. They teach us much, and nothing of the whole.")
    return sentences


def _other_kinds(enough: int, few: int) -> list[str]:
    """Of the kinds of record that these pages have no room for: how many the full pack tells, and why not the rest."""
    lines = [f"{_more(enough, 'kind of record is', 'kinds of record are')} in the full pack."] if enough else []
    if few:
        kinds = words.count(few, "other kind of record", "other kinds of record")
        lines.append(f"Of {kinds} too few were read to say anything of the whole service.")
    return lines


def _line(line: PracticeLine) -> str:
    before = "" if line.before.startswith(("No ", "Not ")) else f" The time before it was {line.before}."
    return (
        f"{line.records}: we read {line.of} records picked by chance, and {line.reached} ({line.share}) were good or "
        f"better. Across the service it is likely {line.in_service}.{before} {_changed(line.change)}"
    ).rstrip()


def _changed(change: str) -> str:
    return {
        practice.NO_CHANGE: "We cannot say that it has changed.",
        practice.MORE: "That is more than before, by more than chance would explain.",
        practice.FEWER: "That is fewer than before, by more than chance would explain.",
    }.get(change, "There is too little to compare with the time before.")


def _noticed(cut: Extract, narrator: Narrator) -> list[str]:
    judged = [x for x in cut.register.threads if x.latest_impact and x.latest_impact.impact.rating in SHOWS]
    judged.sort(key=lambda x: str(x.latest_impact and x.latest_impact.impact.judged_on), reverse=True)
    texts = [
        plain
        for x in judged
        if x.latest_impact and (plain := brief(narrator.tell(x.latest_impact.impact, "different_for_children")))
    ]
    bare = sum(not is_judged(x.latest_impact) for x in cut.register.threads)
    lines = texts[:MOST_GOOD] or [NOBODY_SAW]
    if len(texts) > MOST_GOOD:
        more = _more(len(texts) - MOST_GOOD, "change like these is", "changes like these are")
        lines.append(f"{more} in the full pack.")
    if bare:
        things = f"{words.count(len(cut.register.threads), 'thing')} to be put right"
        lines.append(f"At {bare} of {things}, nobody can say yet whether children are better off.")
    return lines


def _short(cut: Extract, narrator: Narrator) -> list[str]:
    texts = []
    for thread in cut.register.threads:
        if thread.area.status is AreaStatus.open and (fallen := fallen_short(thread, narrator)):
            texts.append(brief(fallen[0]))
    lines = texts[:MOST_WORRIES] or [NOTHING_SHORT]
    if len(texts) > MOST_WORRIES:
        lines.append(_more(len(texts) - MOST_WORRIES, "is", "are") + " in the full pack.")
    return lines


def _more(number: int, of_one: str, of_many: str) -> str:
    """1 more is; 3 more are."""
    return f"{number} more {of_one if number == 1 else of_many}"


def brief(text: str) -> str:
    """The beginning of a text, so that two pages stay two."""
    return words.shortened(first_sentence(text), LONGEST) if text.strip() else ""


# --- the second page -------------------------------------------------------------------------------------------------


def page_two(cut: Extract, narrator: Narrator) -> ToldSection:
    """What is asked of us and being done, what is late, what to ask."""
    strands = list({
        strand.action.number: strand for thread in cut.register.threads for strand in standing(thread)
    }.values())  # fmt: skip
    parts = [
        ToldPart("What others asked us to do", sentences=(_asked(cut, narrator),)),
        ToldPart("What happens next", entries=tuple(_next(strands, narrator))),
        ToldPart("What is late", entries=tuple(_late(strands, narrator))),
        ToldPart("What you could ask", entries=tuple(_questions(cut, strands, narrator))),
    ]
    return ToldSection("plain-page-two", "What are we doing about it?", tuple(parts))


def _asked(cut: Extract, narrator: Narrator) -> str:
    """How much inspectors and reviewers asked for, and how much of it nobody has taken on."""
    states = Counter(
        report_parts.state_of(strand, x, narrator) for x in cut.register.asked for strand in x.findings
    )  # fmt: skip
    number, waiting, late = states.total(), states["unanswered"], states["late"]
    if not number:
        return "No inspection or review on record up to the end of this time asks us for anything."
    reports = words.count(sum(bool(x.findings) for x in cut.register.asked), "report")
    rest = f"{waiting} of them nobody has taken on yet." if waiting else "Somebody has taken on each of them."
    past = f" {late} of them {words.agree(late, 'is', 'are')} being worked on and past a date." if late else ""
    return f"{reports} asked us for {words.count(number, 'thing')}. {rest}{past}"


def _next(strands: list[ActionStrand], narrator: Narrator) -> list[str]:
    ahead = [
        (day, x) for x in strands
        if x.action.status is ActionStatus.open and (day := rules.due_day(x.action)) and day >= narrator.today
    ]  # fmt: skip
    ahead.sort(key=lambda each: (each[0], each[1].action.number))
    lines = [f"By {words.date_words(day)}: {_what(x, narrator)}" for day, x in ahead[:MOST_NEXT]]
    if len(ahead) > MOST_NEXT:
        lines.append(_more(len(ahead) - MOST_NEXT, "piece of work has", "pieces of work have") + " a later date.")
    return lines or [NOTHING_NEXT]


def _what(strand: ActionStrand, narrator: Narrator) -> str:
    lead = narrator.tell(strand.action, "lead_post_title")
    what = brief(narrator.tell(strand.action, "what")).rstrip(".")
    return f"{what} ({the_post(lead)})." if lead else f"{what} (nobody leads it)."


def _late(strands: list[ActionStrand], narrator: Narrator) -> list[str]:
    late = [x for x in strands if rules.overdue(x.action, narrator.today)]
    late.sort(key=lambda x: (-rules.days_overdue(x.action, narrator.today), x.action.number))
    lines = [f"{rules.late_words(x.action, narrator.today)} late: {_what(x, narrator)}" for x in late[:MOST_LATE]]
    if len(late) > MOST_LATE:
        lines.append(_more(len(late) - MOST_LATE, "is", "are") + " late.")
    return lines or [ON_TIME]


def _questions(cut: Extract, strands: list[ActionStrand], narrator: Narrator) -> list[str]:
    """Questions that follow from what is on these two pages; each is asked only where there is a reason."""
    threads: list[Thread] = list(cut.register.threads)
    lines = ["What do children and families themselves say about this, and how was it heard?"]
    if any(rules.overdue(x.action, narrator.today) for x in strands):
        lines.append("What holds up the late work, and what would help?")
    if any(not is_judged(x.latest_impact) for x in threads):
        lines.append("When will somebody look whether the work made a difference, and how?")
    if any(x.area.status is AreaStatus.open and not standing(x) for x in threads):
        lines.append("For some things we have no plan at all. Why, and by when?")
    if not any(record.at_random for record in cut.audits.records):
        lines.append("When will records be picked by chance, so that we know how good the whole service is?")
    else:
        lines.append("Which children, teams or kinds of work have not been looked at this year?")
    return lines
