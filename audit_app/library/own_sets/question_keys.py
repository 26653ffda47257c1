"""Each key of a question in one list: its column in the workbook, its field in the browser, how it is read. Pure.

`frameworks/questions.py` declares a key; one line here brings it into the template, into and out of workbooks, onto the
page that writes a question and onto those that show it. A test names the key that was forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from audit_app.library import wording
from audit_app.library.own_sets.sheet.heads import YES_NO, Head
from frameworks.questions import WrittenQuestion
from frameworks.shapes import Cohort, QuestionType

TYPES = get_args(QuestionType)
COHORTS = get_args(Cohort)
GROUPS_HINT = f"One or more of: {', '.join(f'{code} ({wording.COHORTS[code]})' for code in COHORTS)}. Empty means ALL."
START, ANSWER, SOMETIMES, WHAT_ELSE, END = "start", "answer", "sometimes", "else", "end"
# The page asks section by section; a heading stands over those that have one.
SECTIONS = {START: "", ANSWER: "The answer", SOMETIMES: "Asked only sometimes", WHAT_ELSE: "What else", END: ""}
# The keys that are a condition, each with the columns that fill it: the question, and its answers.
CONDITIONS = {"show_if": ("if_question", "if_answers"), "and_if": ("and_question", "and_answers")}
# A second answer: its label, and its scale.
SECOND = "second"
SECOND_PARTS = ("second_label", "second_scale")
SCALE_FIELDS = ("scale", "second_scale")
# What people call a type, beside its name and what pages call it.
ALSO_TYPES = {
    "multiple": "several", "multiple choice": "several", "multi": "several", "tick all that apply": "several",
    "choose all": "several", "choose all that apply": "several", "tick list": "several", "multi-select": "several",
    "text": "narrative", "free text": "narrative", "words": "narrative", "comment": "narrative", "open": "narrative",
    "yes/no": "check", "yes no": "check", "choice": "check", "single choice": "check", "graded": "judged",
    "grade": "judged", "numeric": "number", "figure": "number", "day": "date",
}  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """How the browser asks for a key: by which widget, under which words, in which section of the page.

    `most` is the longest text in characters, and `called` what is too long; `first` is the empty choice of a drop-down,
    and `names` the words for each value of a closed list.
    """

    widget: Literal["line", "long_text", "radios", "checkboxes", "tick", "drop_down"]
    label: str
    hint: str = ""
    section: str = START
    most: int = 300
    called: str = "This"
    needed: str = ""
    rows: int = 2
    width: str = ""
    first: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KeyPlan:
    """One key: its column; its field, where the browser asks for it; how it reads, where a page shows it by itself.

    `reads` is a sentence with {} for the value; with `for_auditors` it stands on the blank form too. `part_of` names
    the key of the document that several columns fill together.
    """

    head: Head
    ask: Ask | None = None
    reads: str = ""
    for_auditors: bool = False
    part_of: str = ""

    @property
    def key(self) -> str:
        """The key's name, which is that of its column and of its field."""
        return self.head.key


# In the order of the columns; the page has them in the same order, section by section.
QUESTION_KEYS: tuple[KeyPlan, ...] = (
    KeyPlan(
        Head("text", "Question", "One question, ending in a question mark.", needed=True, wide=True),
        Ask("long_text", "The question", "One question, ending in a question mark", most=2000, called="The question",
            needed="Write the question", rows=3),
    ),
    KeyPlan(
        Head("type", "Type", f"One of: {', '.join(TYPES)}. Empty means judged.", "choice", TYPES, usual="judged",
             also=ALSO_TYPES),
        Ask("radios", "How is it answered?", needed="Choose how it is answered", names=wording.TYPES),
    ),
    KeyPlan(
        Head("core", "In the core", "yes if the short form asks it too.", "yes", YES_NO, usual=False),
        Ask("tick", "The core asks it too"),
    ),
    KeyPlan(
        Head("starred", "Starred", "yes if it matters most; starred questions must be answered.", "yes", YES_NO,
             usual=False),
        Ask("tick", "Starred: it matters most, and must be answered"),
    ),
    KeyPlan(
        Head("mandatory", "Must be answered", "Only where it differs from the star: yes or no.", "yes", YES_NO),
        Ask("drop_down", "Must it be answered?", first="As the star says",
            names={"yes": "Yes, always", "no": "No, it is a prompt"}),
    ),
    KeyPlan(
        Head("hint", "Hint", "What helps to answer it.", wide=True),
        Ask("long_text", "Hint", "What helps to answer it", most=2000, called="Hint"),
        reads="{}", for_auditors=True,
    ),
    KeyPlan(
        Head("cohorts", "Groups of children", GROUPS_HINT, "list", COHORTS, usual=("ALL",),
             names=wording.COHORTS),
        Ask("checkboxes", "Which children is it for?", needed="Choose at least one", names=wording.COHORTS),
    ),
    KeyPlan(
        Head("limit", "Time limit", "For a timescale: the usual limit in words."),
        Ask("line", "Time limit, for a timescale question", "For example, within 10 working days"),
    ),
    KeyPlan(
        Head("basis", "Basis of the limit", "Where the limit comes from."),
        Ask("line", "Where the limit comes from", "For example, Working Together, or a local standard"),
    ),
    KeyPlan(
        Head("safety", "Safety question", "yes for the one question “Must anything be done today?”.", "yes", YES_NO,
             usual=False),
    ),
    KeyPlan(
        Head("scale", "Scale", "Only where it differs from the scale of its type. For “several”: the scale whose "
             "points may be ticked, or the choices themselves with semicolons between.", "word"),
        Ask("drop_down", "Scale, if not the usual one; or what may be ticked", section=ANSWER,
            first="The usual one of its type"),
    ),
    KeyPlan(
        Head("unit", "Unit", "For a number: what it counts, such as days."),
        Ask("line", "Unit, for a number", "What it counts, for example days", ANSWER, most=60, width="10"),
        reads="Counted in {}.", for_auditors=True,
    ),
    KeyPlan(
        Head("second_label", "Second answer", "What is asked beside the answer, such as Priority.", "word"),
        Ask("line", "A second answer beside it", "What it is called, for example Priority, or Moderator", ANSWER,
            most=120),
        part_of=SECOND,
    ),
    KeyPlan(
        Head("second_scale", "Scale of the second answer", "Needed where there is a second answer.", "word"),
        Ask("drop_down", "Scale of the second answer", section=ANSWER, first="No second answer"),
        part_of=SECOND,
    ),
    KeyPlan(
        Head("always_applies", "Always applies", "yes if “does not apply” is not offered.", "yes", YES_NO, usual=False),
        Ask("tick", "It always applies: “does not apply” is not offered", section=ANSWER),
    ),
    KeyPlan(
        Head("asks_evidence", "Asks for evidence", "yes if a line is asked for that says where the evidence is.", "yes",
             YES_NO, usual=False),
        Ask("tick", "Ask where the evidence is", section=ANSWER),
    ),
    KeyPlan(
        Head("asks_action", "Asks for an action", "yes if an action may be set on its row: what, who, by when.", "yes",
             YES_NO, usual=False),
        Ask("tick", "Ask for an action on its row: what, who, by when", section=ANSWER),
    ),
    KeyPlan(
        Head("sub_section", "Sub-section", "A heading over this question and those after it, inside its domain."),
        Ask("line", "Heading over it", "Only where a new part of the domain begins", WHAT_ELSE, most=200),
    ),
    KeyPlan(
        Head("informs", "Areas it informs itself", "Such as ilacs-2026/HP; empty means those of its domain.", "list",
             usual=()),
        Ask("line", "Judgement areas it informs itself",
            "Only where it differs from its domain, for example ilacs-2026/HP, national-framework-2023/O3",
            WHAT_ELSE, most=1000),
    ),
    KeyPlan(
        Head("if_question", "Asked only if: question", "An earlier question: its words, or its number.", "word"),
        Ask("drop_down", "Asked only after another question?", section=SOMETIMES, first="Always asked"),
        part_of="show_if",
    ),
    KeyPlan(
        Head("if_answers", "Asked only if: answers", "The answers that call for this one, such as No; Partly.", "word"),
        Ask("line", "If that is answered",
            "One or more of its answers, with a semicolon between, for example No; Partly", SOMETIMES, most=400),
        part_of="show_if",
    ),
    KeyPlan(
        Head("and_question", "And only if: question", "A second earlier question: then both must hold.", "word"),
        Ask("drop_down", "And only after a second one?", section=SOMETIMES, first="No second condition"),
        part_of="and_if",
    ),
    KeyPlan(
        Head("and_answers", "And only if: answers", "The answers to that one which call for this question.", "word"),
        Ask("line", "And if that second one is answered", "One or more of its answers, with a semicolon between",
            SOMETIMES, most=400),
        part_of="and_if",
    ),
    KeyPlan(
        Head("number", "Number", "As printed, such as D1.1. Left empty, it is counted.", "word"),
        Ask("line", "Number", "As printed, for example D1.1. Left empty, it is counted", END, most=20,
            called="Number", width="10"),
    ),
    KeyPlan(
        Head("id", "Question id", "At most 30 small letters, digits, dashes. Left empty, it is made from the words.",
             "word"),
    ),
    KeyPlan(
        Head("was", "Comes from", "Questions of the version before that it comes from, such as plan/clear.", "list",
             usual=()),
    ),
    KeyPlan(Head("retired", "Retired", "yes if it is not asked any more.", "yes", YES_NO, usual=False)),
)  # fmt: skip
HEADS = tuple(plan.head for plan in QUESTION_KEYS)
# The columns that each fill a key of their own.
WHOLE = tuple(plan.head for plan in QUESTION_KEYS if not plan.part_of)
ASKED: Mapping[str, Ask] = {plan.key: plan.ask for plan in QUESTION_KEYS if plan.ask}


def facts(question: WrittenQuestion) -> list[tuple[str, str]]:
    """What a question says beside its words, each under its heading."""
    return [(plan.head.heading, value) for plan, value in _read_out(question)]


def sentences(question: WrittenQuestion, *, for_auditors: bool = False) -> list[str]:
    """The same in sentences, as it is read through; for the blank form only what auditors are told."""
    return [plan.reads.format(value) for plan, value in _read_out(question) if plan.for_auditors or not for_auditors]


def _read_out(question: WrittenQuestion) -> list[tuple[KeyPlan, str]]:
    plans = [plan for plan in QUESTION_KEYS if plan.reads]
    return [(plan, getattr(question, plan.key)) for plan in plans if getattr(question, plan.key)]
