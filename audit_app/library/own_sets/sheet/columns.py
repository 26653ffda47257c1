"""The sheets of a question set's workbook and their columns: what stands over each, and what may stand in it."""

from typing import get_args

from audit_app.library import wording
from audit_app.library.own_sets import question_keys
from audit_app.library.own_sets.question_keys import COHORTS, GROUPS_HINT
from audit_app.library.own_sets.sheet.heads import YES_NO, Head, SheetPlan
from frameworks.shapes import Subject

SUBJECTS = get_args(Subject)

SET = SheetPlan(
    "Set",
    "What the set is. One line for each thing; leave the value empty where you have nothing to say.",
    (
        Head("what", "What", "The words in this column stay as they are.", needed=True),
        Head("value", "Value", "What you say.", wide=True),
    ),
    needed=True,
)
# Rows of the sheet “Set”: key in the document, the words in the first column, what to write; {informs} is the newest
# framework in force.
SET_ROWS: tuple[Head, ...] = (
    Head("title", "Title", "As auditors will see it, such as Neglect.", needed=True),
    Head("purpose", "Purpose", "Which records it is for, in a sentence.", needed=True),
    Head("id", "Short name", "Small letters, digits and dashes, at most 16. Left empty, it is made from the title."),
    Head(
        "subjects",
        "What is audited",
        f"One or more of: {', '.join(SUBJECTS).replace('_', ' ')}. Empty means child.",
        "list",
        SUBJECTS,
        names=wording.SUBJECTS,
    ),
    Head("cohorts", "Groups of children", GROUPS_HINT, "list", COHORTS, names=wording.COHORTS),
    Head("informs_edition", "Framework its domains inform", "An edition of the library. Empty means {informs}."),
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
        Head(
            "id",
            "Domain id",
            "Small letters, digits and dashes, at most 20. Left empty, it is made from the title.",
            "word",
        ),
        Head("number", "Number", "As printed, such as D1. Left empty, it is counted.", "word"),
        Head("title", "Title", "As auditors will see it.", needed=True),
        Head("safety_critical", "Safety-critical", "yes if a child’s safety hangs on it.", "yes", YES_NO, usual=False),
        Head("graded", "Graded", "no if its questions are asked but it gets no grade.", "yes", YES_NO, usual=True),
        Head(
            "impact",
            "About impact",
            "yes for the one domain about what changed for the child.",
            "yes",
            YES_NO,
            usual=False,
        ),
        Head(
            "informs",
            "Judgement areas it informs",
            "Such as HP, CIC: areas of the framework on “Set”.",
            "list",
            usual=(),
        ),
        Head("also_informs", "Areas of other frameworks", "Such as national-framework-2023/O3.", "list", usual=()),
        Head(
            "always_applies",
            "Always applies",
            "yes if “does not apply” is not offered for it.",
            "yes",
            YES_NO,
            usual=False,
        ),
        Head("if_question", "Asked only if: question", "An earlier question: its words, or its number.", "word"),
        Head("if_answers", "Asked only if: answers", "The answers that call for this domain.", "word"),
        Head("retired", "Retired", "yes if it is not asked any more.", "yes", YES_NO, usual=False),
    ),
)
# The columns that each fill a key of their own.
WHOLE_OF_DOMAIN = tuple(head for head in DOMAINS.heads if head.key not in question_keys.CONDITIONS["show_if"])
QUESTIONS = SheetPlan(
    "Questions",
    "One row for each question, in the order they are asked.",
    (
        Head("domain", "Domain", "The id or the title of its domain.", needed=True),
        *question_keys.HEADS,
    ),
    needed=True,
)
SCALES = SheetPlan(
    "Scales",
    "The scales, each from its worst point to its best; or say which end is best. Empty, the product’s own are used.",
    (
        Head("scale", "Scale", "Its name, such as four-point, in each of its rows.", needed=True),
        Head(
            "code",
            "Code",
            "Small letters and underscores; made from the name if left empty. Never changed once published.",
        ),
        Head("name", "Name", "As auditors will see it.", needed=True),
        Head("meaning", "Meaning", "What it means.", wide=True),
        Head(
            "points",
            "Points",
            "Where the tool adds points up: what choosing it is worth, such as 3. Else empty.",
            "word",
        ),
        Head(
            "best",
            "Which end is best",
            "On the first row of a scale: last (worst to best), first (best to worst), or "
            "neither. Empty: by its words, and you are asked.",
            "choice",
            ("last", "first", "neither"),
        ),
    ),
)
GUIDANCE = SheetPlan(
    "Guidance",
    "What each grade looks like in a domain.",
    (
        Head("domain", "Domain", "The id or the title of the domain.", needed=True),
        Head("code", "Grade", "A grade of the scale for domain grades, such as Good.", needed=True),
        Head("words", "What it looks like", "In a sentence or two.", needed=True, wide=True),
    ),
)
LEFT_OUT = SheetPlan(
    "Left out",
    "Safety-critical domains the core leaves out on purpose, and why.",
    (
        Head("domain", "Domain", "The id or the title of the domain.", needed=True),
        Head("why", "Why", "The reason.", needed=True, wide=True),
    ),
)
FACTS = SheetPlan(
    "Facts",
    "Facts about the record that stand above the questions, in order: never graded. May stay empty.",
    (
        Head("title", "Title", "As auditors will see it, such as Placement type.", needed=True),
        Head(
            "kind",
            "Kind",
            "text, date, number or choice. Empty: choice where there are choices, else text.",
            "choice",
            tuple(wording.FACT_KINDS),
            names=wording.FACT_KINDS,
            also={"words": "text", "day": "date", "figures": "number", "list": "choice"},
        ),
        Head("choices", "Choices", "For a choice: one on each line, or with semicolons between.", wide=True),
        Head("unit", "Unit", "For a number: what it counts, such as days."),
        Head("needed", "Needed", "yes if no audit can be submitted without it.", "yes", YES_NO, usual=False),
        Head("hint", "Help", "What helps to fill it in.", wide=True),
        Head("id", "Fact id", "Small letters, digits and dashes. Left empty, it is made from the title.", "word"),
    ),
)
PLANS = (SET, DOMAINS, QUESTIONS, SCALES, GUIDANCE, LEFT_OUT, FACTS)
READ_ME = "Read me first"
