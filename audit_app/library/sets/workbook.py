"""A question set as a workbook to answer away from the network; it says plainly that reading it back comes later."""

from typing import Any

from audit_app import words
from audit_app.library import asking
from audit_app.library.own_sets import question_keys
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.sheets import SheetOut, Workbook, cell_text
from audit_app.sheets.heights import LINE
from audit_app.sheets.reading_whole import letter
from frameworks import Question, QuestionSet
from frameworks.kinds import answered as kinds

HEADINGS = ("Domain", "Number", "Question", "Help", "Answer", "What you saw", "Key")
WIDTHS = (22, 9, 55, 40, 26, 60, 28)
MARKING = "OFFICIAL-SENSITIVE when filled in"
LINES_TO_WRITE = 3  # a row with a height of its own does not grow while somebody types
ANSWER = HEADINGS.index("Answer")
CHOICES = "Choices"
HOW = {"date": "Write a day, such as 27 March 2026.", "number": "Write figures."}
AFTERWARDS = "Type the answers into the audit. This version cannot read the workbook back: that comes later."


def blank_workbook(questions: QuestionSet, version: str, own: OwnWords = NONE) -> bytes:
    """One row for each question, with its answers to choose from, then the grades; the key names each for later."""
    book = Workbook(f"{questions.title}: blank form", marking=MARKING)
    book.add(_about(questions, version, own))
    rows, choices = _rows(questions, own)
    looks = ["text"] * len(HEADINGS)
    page = book.add(SheetOut("Questions", HEADINGS, rows), widths=WIDTHS, looks=looks, least=LINES_TO_WRITE * LINE)
    _offer(book, page, choices)
    return book.finished()


def _offer(book: Workbook, page: Any, choices: list[list[str]]) -> None:
    """Each row's answers to choose from: they stand on a sheet of their own, so length and commas do not matter."""
    lists = list(dict.fromkeys(tuple(names) for names in choices if names))
    rows = [[names[at] if at < len(names) else "" for names in lists] for at in range(max(map(len, lists), default=0))]
    if not lists:
        return
    headings = [f"List {place}" for place, _ in enumerate(lists, 1)]
    book.add(SheetOut(CHOICES, headings, rows))
    for row, names in enumerate(choices, 1):
        if names:
            at = lists.index(tuple(names))
            column = f"${letter(at + 1)}"
            page.data_validation(row, ANSWER, row, ANSWER, _rule(f"={CHOICES}!{column}$2:{column}${len(names) + 1}"))


def _rule(source: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "error_title": "Not one of the answers",
        "error_message": cell_text("Choose from the list, or leave it empty.", "", 1),
    }


def _about(questions: QuestionSet, version: str, own: OwnWords) -> SheetOut:
    rows = [
        ("Question set", questions.title),
        ("What it is for", questions.purpose),
        ("Version", version),
        ("Edition", f"{questions.edition_id}/{questions.id}/{questions.length}"),
        ("Fingerprint", questions.fingerprint),
        ("Case reference", ""),
        ("Team", ""),
        (own.say("Auditor"), ""),
        ("Date", ""),
        ("How to use it", "Choose an answer in each row and write what you saw. No names of children or workers."),
        ("Afterwards", own.say(AFTERWARDS)),
    ]
    return SheetOut("About", ("What", "Value"), rows)


def _rows(questions: QuestionSet, own: OwnWords) -> tuple[list[tuple[str, ...]], list[list[str]]]:
    rows: list[tuple[str, ...]] = []
    choices: list[list[str]] = []
    for domain in questions.domains:
        for question in domain.questions:
            rows.append(
                (domain.title, question.number, question.text, _help(questions, question), "", "", question.key)
            )
            choices.append(_choices(questions, question))
            for label, others in asking.second(questions, question):
                # A row of its own, so that both answers can be chosen from their lists.
                text = f"{label}: {question.text}"
                rows.append((domain.title, question.number, text, "", "", "", f"{question.key}#second"))
                choices.append(others)
        if domain.graded and questions.domain_scale:
            scale = questions.scale(questions.domain_scale)
            text = "Grade for this domain, and why"
            rows.append((domain.title, domain.number, text, "", "", "", f"{domain.id}/grade"))
            choices.append([point.name for point in scale.as_offered])
    if questions.overall_grade:
        scale = questions.scale(questions.overall_grade.scale)
        rows.append(("The whole", "", "Overall grade, and why", "", "", "", "overall/grade"))
        choices.append([point.name for point in scale.as_offered])
    for asked, key in (
        ("Strengths", "strengths"),
        ("Worries", "worries"),
        (f"What has changed for the {questions.called('child')}?", "difference"),
    ):
        rows.append(("The whole", "", own.say(asked), "", "", "", f"overall/{key}"))
        choices.append([])
    return rows, choices


def _choices(questions: QuestionSet, question: Question) -> list[str]:
    """The answers to choose one from; of several that may be ticked no cell can hold more than is typed."""
    return asking.choices_of(questions, question) if kinds.answered_with(question) == "point" else []


def _help(questions: QuestionSet, question: Question) -> str:
    parts = ["Needed." if question.must_be_answered else "Prompt."]
    parts += question_keys.sentences(question, for_auditors=True)
    if question.limit:
        parts.append(words.time_limit(question.limit))
    with_what = kinds.answered_with(question)
    if with_what in HOW:
        parts.append(HOW[with_what])
    if with_what == "points":
        parts.append(
            f"Write all that apply, with semicolons between: {'; '.join(asking.choices_of(questions, question))}."
        )
    if question.asks_evidence:
        parts.append("Say where the evidence is.")
    if question.conditions:
        parts.append(f"Only if {asking.condition_words(questions, question)}.")
    return " ".join(parts)
