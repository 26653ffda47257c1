"""A question set as a workbook to answer away from the network; it says plainly that reading it back comes later."""

import io

from audit_app import words
from audit_app.library.own_sets import question_keys
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.sheets import SheetOut
from audit_app.sheets.writing import cell_text, make_formats, new_book, write_sheet
from frameworks import Question, QuestionSet

HEADINGS = ("Domain", "Number", "Question", "Help", "Answer", "What you saw", "Key")
ANSWER = HEADINGS.index("Answer")
AFTERWARDS = "Type the answers into the audit. This version cannot read the workbook back: that comes later."
NOT_APPLICABLE = "Does not apply (say why)"


def blank_workbook(questions: QuestionSet, version: str, own: OwnWords = NONE) -> bytes:
    """One row for each question, with its answers to choose from, then the grades; the key names each for later."""
    stream = io.BytesIO()
    book = new_book(stream, f"{questions.title}: blank form")
    formats = make_formats(book)
    write_sheet(book.add_worksheet("About"), _about(questions, version, own), formats)
    page = book.add_worksheet("Questions")
    rows, choices = _rows(questions, own)
    write_sheet(page, SheetOut("Questions", HEADINGS, rows), formats)
    for place, width in enumerate((22, 9, 55, 40, 26, 60, 28)):
        page.set_column(place, place, width, formats["text"])
    for row, names in enumerate(choices, 1):
        if names and len(",".join(names)) <= 255 and not any("," in name for name in names):
            page.data_validation(row, ANSWER, row, ANSWER, _rule(names))
    book.close()
    return stream.getvalue()


def _rule(names: list[str]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": names,
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
            rows.append((domain.title, question.number, question.text, _help(question), "", "", question.key))
            choices.append(_answers(questions, question))
        if domain.graded and questions.domain_scale:
            scale = questions.scale(questions.domain_scale)
            text = "Grade for this domain, and why"
            rows.append((domain.title, domain.number, text, "", "", "", f"{domain.id}/grade"))
            choices.append([point.name for point in reversed(scale.points)])
    if questions.overall_grade:
        scale = questions.scale(questions.overall_grade.scale)
        rows.append(("The whole", "", "Overall grade, and why", "", "", "", "overall/grade"))
        choices.append([point.name for point in reversed(scale.points)])
    for asked, key in (
        ("Strengths", "strengths"),
        ("Worries", "worries"),
        (f"What has changed for the {questions.called('child')}?", "difference"),
    ):
        rows.append(("The whole", "", own.say(asked), "", "", "", f"overall/{key}"))
        choices.append([])
    return rows, choices


def _help(question: Question) -> str:
    parts = ["Needed." if question.must_be_answered else "Prompt."]
    parts += question_keys.sentences(question, for_auditors=True)
    if question.limit:
        parts.append(words.time_limit(question.limit))
    if question.show_if:
        parts.append(f"Only if {question.show_if.question} is {' or '.join(question.show_if.answers)}.")
    return " ".join(parts)


def _answers(questions: QuestionSet, question: Question) -> list[str]:
    scale = questions.scale_for(question)
    if scale is None:
        return []
    names = [point.name for point in reversed(scale.points)]
    return names if question.safety else [*names, NOT_APPLICABLE]
