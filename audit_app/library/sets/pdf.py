"""A question set as a blank form to fill in by hand: equal sets give equal bytes."""

from dataclasses import dataclass
from typing import Any

from audit_app import words
from audit_app.library import asking
from audit_app.library.own_sets import question_keys
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.paper import blocks, document, writing_space
from frameworks import Domain, Question, QuestionSet
from frameworks.kinds import answered as kinds
from frameworks.kinds import totals

WRITING_LINES = 3
DAY = "Day ____  Month ________  Year ________"
NOT_APPLYING = "; what does not apply leaves the most there can be"
FIGURES = "In figures: ____________"


@dataclass(frozen=True)
class Note:
    """Whose form it is and which version, for the head and foot of each page; and the words it speaks in."""

    council: str
    version: str
    own: OwnWords = NONE


def blank_form(questions: QuestionSet, note: Note) -> bytes:
    """The form as a tagged PDF on A4."""
    printed = document.PrintedDocument(
        title=f"{questions.title}: blank form",
        subtitle=questions.purpose,
        reference=note.version,
        marking="OFFICIAL-SENSITIVE when filled in",
        council=note.council,
        has_cover=False,
        has_contents=False,
    )
    return document.build(printed, _story(questions, note))


def _story(questions: QuestionSet, note: Note) -> list[Any]:
    made = blocks.heading(f"{questions.title}: blank form")
    made += blocks.paragraph(questions.purpose, "lead")
    made += blocks.paragraph(
        f"{note.version}. {words.count(len(questions.questions), 'question').capitalize()}, about "
        f"{words.duration_minutes(questions.expected_minutes)} with reading. No names of children or workers."
    )
    made += blocks.paragraph(
        "“Needed” marks a question that must be answered. “Prompt” marks one that may be left out."
    )
    heads = ("Case reference", "Team", note.own.say("Auditor"), "Date", "Record read from and to")
    made += blocks.key_values([(head, "") for head in heads])
    made += _facts(questions)
    for domain in questions.domains:
        made += _domain(questions, domain)
    return [*made, *_closing(questions, note.own)]


def _facts(questions: QuestionSet) -> list[Any]:
    """Room for each fact about the record, in the way it is given."""
    if not questions.facts:
        return []
    made = [*writing_space.together(60), *blocks.heading("Facts about the record", 2)]
    for fact in questions.facts:
        made += [*writing_space.together(30), *blocks.paragraph(fact.title, "bold")]
        hint = " ".join(filter(None, ("Needed." if fact.needed else "", fact.hint)))
        made += blocks.paragraph(hint, "quiet") if hint else []
        match fact.kind:
            case "choice":
                made += writing_space.boxes(list(fact.choices))
            case "date":
                made += blocks.paragraph(DAY)
            case "number":
                made += blocks.paragraph(f"{FIGURES} {fact.unit or ''}".rstrip())
            case _:
                made += writing_space.lines(1)
    return made


def _domain(questions: QuestionSet, domain: Domain) -> list[Any]:
    made = writing_space.together(70)
    made += blocks.heading(f"{domain.number} {domain.title}", 2)
    if domain.guidance and questions.domain_scale:
        scale = questions.scale(questions.domain_scale)
        rows = [
            (point.name, domain.guidance[point.code]) for point in scale.as_offered if point.code in domain.guidance
        ]
        made += blocks.table(("Grade", "What it looks like here"), rows, widths=(1, 4), row_headers=True)
    if domain.show_if:
        made += blocks.paragraph(f"Only if {asking.waiting_words(questions, (domain.show_if,))}.", "quiet")
    if not domain.always_applies:
        made += writing_space.boxes(["This whole domain does not apply, because"])
        made += writing_space.lines(1)
    for question in domain.questions:
        made += _question(questions, question)
    if at_most := totals.most(questions, domain):
        made += blocks.paragraph(f"Points of {domain.title}: ________ of {at_most} at most{NOT_APPLYING}")
    if domain.graded and questions.domain_scale:
        made += writing_space.together(50)
        made += blocks.paragraph(f"Grade for {domain.title}", "bold")
        made += writing_space.boxes(_names(questions.scale(questions.domain_scale)))
        made += blocks.paragraph("Why this grade?")
        made += writing_space.lines(WRITING_LINES + 1)
    return made


def _question(questions: QuestionSet, question: Question) -> list[Any]:
    scale = questions.scale_for(question)
    made = writing_space.together(42 if scale else 52)
    if question.safety:
        made += blocks.note("If somebody must act today, speak to a manager now, before you write anything else.",
                            title="About safety")  # fmt: skip
    if question.sub_section:
        made += blocks.heading(question.sub_section, 3)
    made += blocks.paragraph(f"{question.number} {question.text}", "bold")
    if question.conditions:
        made += blocks.paragraph(f"Only if {asking.condition_words(questions, question)}.", "quiet")
    hint = " ".join(filter(None, (_hint(question), asking.worth_words(questions, question))))
    if hint:
        made += blocks.paragraph(hint, "quiet")
    return [*made, *_room(questions, question)]


def _room(questions: QuestionSet, question: Question) -> list[Any]:
    """Where the answer goes: boxes, or a line for a day or a number; then what stands beside it."""
    made: list[Any] = []
    choices = asking.choices_of(questions, question)
    match kinds.answered_with(question):
        case "date":
            made += blocks.paragraph(DAY)
        case "number":
            made += blocks.paragraph(f"{FIGURES} {question.unit or ''}".rstrip())
        case "words":
            return [*writing_space.lines(WRITING_LINES + 1), *_action(question)]
    if choices:
        made += writing_space.boxes(choices)
    for label, others in asking.second(questions, question):
        made += blocks.paragraph(label)
        made += writing_space.boxes(others)
    if question.asks_evidence:
        made += blocks.paragraph("Where is the evidence?")
        made += writing_space.lines(1)
    return [*made, *writing_space.lines(2), *_action(question)]


def _action(question: Question) -> list[Any]:
    """Room for what is to be done about it, who does it, by when."""
    if not question.asks_action:
        return []
    made = [*blocks.paragraph("Action: what is to be done?"), *writing_space.lines(2)]
    made += [*blocks.paragraph("Who does it?"), *writing_space.lines(1)]
    return [*made, *blocks.paragraph(f"By when? {DAY}")]


def _hint(question: Question) -> str:
    parts = ["Needed." if question.must_be_answered else "Prompt."]
    parts += question_keys.sentences(question, for_auditors=True)
    if question.limit:
        parts.append(words.time_limit(question.limit, question.basis))
    return " ".join(parts)


def _names(scale: Any) -> list[str]:
    return [point.name for point in scale.as_offered]


def _closing(questions: QuestionSet, own: OwnWords) -> list[Any]:
    made = [*writing_space.together(80), *blocks.heading("The whole", 2)]
    for asked in ("Strengths", "Worries", f"What has changed for the {questions.called('child')}?"):
        made += [*writing_space.together(40), *blocks.paragraph(own.say(asked), "bold")]
        made += writing_space.lines(WRITING_LINES)
    if at_most := sum(totals.most(questions, domain) for domain in questions.domains):
        made += blocks.paragraph(f"Points of the whole, no grade: ________ of {at_most} at most{NOT_APPLYING}")
    if questions.overall_grade:
        made += writing_space.together(50)
        made += blocks.paragraph("Overall grade: your own judgement of the whole, not an average", "bold")
        made += writing_space.boxes(_names(questions.scale(questions.overall_grade.scale)))
        made += blocks.paragraph("Why this grade?")
        made += writing_space.lines(WRITING_LINES + 2)
    return [*made, *blocks.paragraph("Minutes taken, reading included: ________")]
