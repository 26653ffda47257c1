"""Rules that stand once: nobody but the rule's own module works out the same thing another way."""

import ast
import re

from tests.house import source

# What is late is decided by findings/rules.py, for rows in hand, and by its twin for rows in the database.
LATENESS = {"findings.rules", "findings.rules_in_sql"}
ORDERING = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def names_in(node):
    """Every name and attribute a piece of code holds."""
    return {
        part.attr if isinstance(part, ast.Attribute) else part.id
        for part in source.walk(node)
        if isinstance(part, ast.Attribute | ast.Name)
    }


def due_dates_compared(tree):
    """The lines that hold a due date against another day by hand."""
    return [
        node.lineno
        for node in source.walk(tree)
        if isinstance(node, ast.Compare)
        and any(isinstance(operator, ORDERING) for operator in node.ops)
        and any(name.endswith("due_on") for name in names_in(node))
    ]


def test_only_the_rule_holds_a_due_date_against_a_day():
    by_hand = {
        source.name_of(path): due_dates_compared(source.tree_of(path))
        for path in source.modules()
        if source.name_of(path) not in LATENESS
    }
    assert {name: lines for name, lines in by_hand.items() if lines} == {}


def test_no_template_holds_a_due_date_against_a_day():
    compared = re.compile(r"due_on\s*[<>]|[<>]=?\s*[\w.]*due_on")
    templates = (source.ROOT / "audit_app" / "templates").rglob("*.html")
    code = re.compile(r"\{[%{](.*?)[%}]\}", re.S)
    found = [path.name for path in templates for part in code.findall(path.read_text("utf-8")) if compared.search(part)]
    assert found == []


def test_the_rule_bites():
    assert due_dates_compared(ast.parse("late = action.due_on < today"))
    assert due_dates_compared(ast.parse("where(col(Action.due_on) <= today)"))
    assert not due_dates_compared(ast.parse("late = rules.overdue(action, today)"))


# --- colours ---------------------------------------------------------------------------------------------------------

# Who may name a single colour or standing: the rule, its twin in SQL, and the one module of words.
COLOURS = {"findings.states", "findings.colours", "findings.colours_in_sql", "audit_app.improvement.colour_words"}
# A frozen pack is read back as it was written: only its colour's name is put before the word that was frozen beside it.
READ_BACK = {"audit_app.packs.wording", "audit_app.packs.story.threads", "audit_app.packs.workbook"} | {
    "audit_app.packs.parts.sheets",
    "audit_app.packs.story.plan_sheets",
}
# What colours and their words are kept as, and the form in which a council sets them.
SETTINGS = {"audit_app.people.defaults", "audit_app.improvement.plans.forms"}
WORDED = re.compile(r"\b(Blue|Green|Amber|Red|Grey)\b(?!-)|\bturns? (blue|green|amber|red|grey)\b", re.I)


def colours_decided(tree):
    """The lines that name one colour or standing: Brag.green, Standing.done."""
    return [
        node.lineno
        for node in source.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("Brag", "Standing")
        and not node.attr.startswith("_")
    ]


def colours_worded(tree):
    """The lines whose text, docstrings apart, words a colour of delivery."""
    documented = {
        id(node.body[0].value)
        for node in source.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.lineno
        for node in source.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
        and (" " in node.value.strip() or node.value.rstrip().endswith(":"))
        and WORDED.search(node.value)
    ]


def names_of_colours(tree):
    """The lines that put a colour's name before a word by hand: anything that reads COLOUR_NAMES or `brag.title`."""
    return [node.lineno for node in source.walk(tree) if isinstance(node, ast.Name) and node.id == "COLOUR_NAMES"]


def where(lines_of, allowed):
    by_hand = {
        source.name_of(path): lines_of(source.tree_of(path))
        for path in source.modules()
        if source.name_of(path) not in allowed
    }
    return {name: lines for name, lines in by_hand.items() if lines}


def test_only_the_rule_and_its_words_name_a_colour_or_a_standing():
    assert where(colours_decided, COLOURS) == {}


# Words about evidence say what would turn an action blue; the test of everywhere holds them against the rule.
ABOUT_BLUE = {"audit_app.improvement.areas.evidence_words"}


def test_only_one_module_words_a_colour_of_delivery():
    assert where(colours_worded, COLOURS | SETTINGS | ABOUT_BLUE) == {}
    assert where(names_of_colours, READ_BACK) == {}


def test_no_template_words_a_colour_of_delivery():
    templates = (source.ROOT / "audit_app" / "templates").rglob("*.html")
    by_code = re.compile(r"\.colour\(|\bbrag\b.*title|\.name ~ \"?: ")
    worded = {
        path.name
        for path in templates
        for text in [re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)]
        if by_code.search(text) or re.search(r"\b(Blue|Green|Amber|Red|Grey)(:| needs| means)", text)
    }
    assert worded == set()


def test_the_rule_on_colours_bites():
    assert colours_decided(ast.parse("colour = Brag.green"))
    assert colours_decided(ast.parse("if row.standing is Standing.done: pass"))
    assert colours_worded(ast.parse('word = f"Green: {name}"'))
    assert colours_worded(ast.parse('say("It turns blue later.")'))
    assert not colours_worded(ast.parse('"""Blue: Complete."""'))
    assert not colours_worded(ast.parse('tag = "govuk-tag--red"'))


# --- what is late, in words ------------------------------------------------------------------------------------------


def test_only_the_rule_reads_dates_in_words_or_their_keeping():
    """Whoever needs the day asks `rules.due_day` or its twin, so that words are never left out on one page."""
    kept = {"findings.plan_tables", "findings.rules_in_sql"}
    reading = {
        source.name_of(path)
        for path in source.modules()
        if "due_read_on" in names_in(source.tree_of(path)) or "start_read_on" in names_in(source.tree_of(path))
    }
    assert reading == kept
