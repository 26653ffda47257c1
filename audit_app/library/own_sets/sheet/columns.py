"""The sheets of a question set's workbook and their columns: what stands over each, and what may stand in it."""

from dataclasses import dataclass
from typing import get_args

from frameworks.shapes import Cohort, QuestionType, Subject

YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Head:
    """One column: the key it fills, the heading over it, what to write, and a closed list where there is one.

    `kind` is "text", "yes" (yes or no), "list" (several, separated by commas) or "choice" (one of `choices`).
    """

    key: str
    heading: str
    hint: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its title, what it is for, and its columns in order."""

    title: str
    purpose: str
    heads: tuple[Head, ...]
    needed: bool = False


TYPES = get_args(QuestionType)
COHORTS = get_args(Cohort)
SUBJECTS = get_args(Subject)
GROUPS_HINT = f"One or more of: {', '.join(COHORTS)}. Empty means ALL."

SET = SheetPlan(
    "Set",
    "What the set is. One line for each thing; leave the value empty where you have nothing to say.",
    (
        Head("what", "What", "The words in this column stay as they are.", needed=True),
        Head("value", "Value", "What you say."),
    ),
    needed=True,
)
# Rows of the sheet “Set”: key in the document, the words in the first column, what to write.
SET_ROWS: tuple[Head, ...] = (
    Head("title", "Title", "As auditors will see it, such as Neglect.", needed=True),
    Head("purpose", "Purpose", "Which records it is for, in a sentence.", needed=True),
    Head("id", "Short name", "Small letters, digits and dashes, at most 16. Left empty, it is made from the title."),
    Head("subjects", "What is audited", f"One or more of: {', '.join(SUBJECTS)}. Empty means child.", "list", SUBJECTS),
    Head("cohorts", "Groups of children", GROUPS_HINT, "list", COHORTS),
    Head("informs_edition", "Framework its domains inform", "An edition of the library. Empty means ilacs-2026."),
    Head("domain_scale", "Scale for domain grades", "Empty means four-point; “none” means domains are not graded."),
    Head("overall_scale", "Scale for the overall grade", "Empty means four-point; “none” means no overall grade."),
    Head("overall_required", "Overall grade must be given", "yes or no. Empty means yes.", "yes", YES_NO),
    Head("rules", "Guard rails", "guard-rails-1, or “none”. Empty means guard-rails-1."),
    Head("scale_check", "Scale for check questions", "Empty means yes-partly-no."),
    Head("scale_judged", "Scale for judged questions", "Empty means four-point."),
    Head("scale_timescale", "Scale for timescale questions", "Empty means in-time."),
    Head("scale_safety", "Scale for the safety question", "Empty means safe-today."),
    Head("minutes_core", "Minutes for the core", "A whole number; an estimate, reading included. Empty means 60."),
    Head("minutes_full", "Minutes for the full set", "A whole number. Empty means 120."),
    Head("publisher", "Publisher", "Whose set it is. Empty means the council."),
    Head("source", "Source", "What it was drawn from."),
    Head("licence", "Licence", "What others may do with it."),
)
DOMAINS = SheetPlan(
    "Domains",
    "The chapters of the set, in order. May be left empty: a domain is then made for each name in “Questions”.",
    (
        Head("id", "Domain id", "Small letters, digits and dashes, at most 20. Left empty, it is made from the title."),
        Head("number", "Number", "As printed, such as D1. Left empty, it is counted."),
        Head("title", "Title", "As auditors will see it.", needed=True),
        Head("safety_critical", "Safety-critical", "yes if a child’s safety hangs on it.", "yes", YES_NO),
        Head("graded", "Graded", "no if its questions are asked but it gets no grade.", "yes", YES_NO),
        Head("impact", "About impact", "yes for the one domain about what changed for the child.", "yes", YES_NO),
        Head("informs", "Judgement areas it informs", "Such as HP, CIC: areas of the framework on “Set”.", "list"),
        Head("also_informs", "Areas of other frameworks", "Such as national-framework-2023/O3.", "list"),
        Head("retired", "Retired", "yes if it is not asked any more.", "yes", YES_NO),
    ),
)
QUESTIONS = SheetPlan(
    "Questions",
    "One row for each question, in the order they are asked.",
    (
        Head("domain", "Domain", "The id or the title of its domain.", needed=True),
        Head("text", "Question", "One question, ending in a question mark.", needed=True),
        Head("type", "Type", f"One of: {', '.join(TYPES)}. Empty means judged.", "choice", TYPES),
        Head("core", "In the core", "yes if the short form asks it too.", "yes", YES_NO),
        Head("starred", "Starred", "yes if it matters most; starred questions must be answered.", "yes", YES_NO),
        Head("mandatory", "Must be answered", "Only where it differs from the star: yes or no.", "yes", YES_NO),
        Head("hint", "Hint", "What helps to answer it."),
        Head(
            "cohorts", "Groups of children", f"One or more of: {', '.join(COHORTS)}. Empty means ALL.", "list", COHORTS
        ),
        Head("limit", "Time limit", "For a timescale: the usual limit in words."),
        Head("basis", "Basis of the limit", "Where the limit comes from."),
        Head("safety", "Safety question", "yes for the one question “Must anything be done today?”.", "yes", YES_NO),
        Head("scale", "Scale", "Only where it differs from the scale of its type."),
        Head("informs", "Areas it informs itself", "Such as ilacs-2026/HP; empty means those of its domain.", "list"),
        Head("if_question", "Asked only if: question", "An earlier question: its words, or its number."),
        Head("if_answers", "Asked only if: answers", "The answers that call for this one, such as No, Partly.", "list"),
        Head("number", "Number", "As printed, such as D1.1. Left empty, it is counted."),
        Head("id", "Question id", "At most 30 small letters, digits, dashes. Left empty, it is made from the words."),
        Head("was", "Comes from", "Questions of the version before that it comes from, such as plan/clear.", "list"),
        Head("retired", "Retired", "yes if it is not asked any more.", "yes", YES_NO),
    ),
    needed=True,
)
SCALES = SheetPlan(
    "Scales",
    "The scales, each from its worst point to its best. Left empty, the product’s own are used.",
    (
        Head("scale", "Scale", "Its id, such as four-point.", needed=True),
        Head("code", "Code", "Small letters and underscores. Never changed once published.", needed=True),
        Head("name", "Name", "As auditors will see it.", needed=True),
        Head("meaning", "Meaning", "What it means."),
    ),
)
GUIDANCE = SheetPlan(
    "Guidance",
    "What each grade looks like in a domain.",
    (
        Head("domain", "Domain", "The id or the title of the domain.", needed=True),
        Head("code", "Grade", "A code of the scale, such as good.", needed=True),
        Head("words", "What it looks like", "In a sentence or two.", needed=True),
    ),
)
LEFT_OUT = SheetPlan(
    "Left out",
    "Safety-critical domains the core leaves out on purpose, and why.",
    (
        Head("domain", "Domain", "The id or the title of the domain.", needed=True),
        Head("why", "Why", "The reason.", needed=True),
    ),
)
PLANS = (SET, DOMAINS, QUESTIONS, SCALES, GUIDANCE, LEFT_OUT)
READ_ME = "Read me first"
