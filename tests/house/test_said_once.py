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
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute | ast.Name)
    }


def due_dates_compared(tree):
    """The lines that hold a due date against another day by hand."""
    return [
        node.lineno
        for node in ast.walk(tree)
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
