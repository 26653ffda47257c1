"""Rows noted one after another are asked for in an order: PostgreSQL gives rows in none, and the log never changes."""

import ast

from tests.house import source

TELLING = {"note", "tell", "tell_once"}
MANY = {"exec", "scalars", "execute"}


def loops_that_tell(tree):
    """The line of each loop over rows of the database that notes or tells, and the whole of what it asks for."""
    found = []
    for function in source.walk(tree):
        if isinstance(function, ast.FunctionDef):
            given = {
                node.targets[0].id: node.value
                for node in source.walk(function)
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            found += [
                (loop.lineno, asked_for(loop.iter, given))
                for loop in source.walk(function)
                if isinstance(loop, ast.For) and TELLING & called_in(loop.body)
            ]
    return [(line, asked) for line, asked in found if MANY & asked]


def called_in(nodes):
    """The last word of everything called."""
    calls = [call.func for node in nodes for call in ast.walk(node) if isinstance(call, ast.Call)]
    return {getattr(func, "attr", getattr(func, "id", "")) for func in calls}


def asked_for(node, given, depth=4):
    """Everything called to make a value, through the names of the same function it was built from."""
    parts = called_in([node])
    for name in ast.walk(node):
        if depth and isinstance(name, ast.Name) and name.id in given:
            parts |= asked_for(given[name.id], given, depth - 1)
    return parts


def test_what_is_noted_row_by_row_is_asked_for_in_an_order():
    without = {
        source.name_of(path): [line for line, asked in loops_that_tell(source.tree_of(path)) if "order_by" not in asked]
        for path in source.modules()
        if not source.name_of(path).startswith("audit_app.migrations")
    }
    assert {name: lines for name, lines in without.items() if lines} == {}


def test_a_loop_in_no_order_is_found_through_the_names_it_was_built_from():
    bad = ast.parse(
        "def hand_over(session):\n"
        "    held = select(Action)\n"
        "    rows = session.exec(held).all()\n"
        "    for row in rows:\n"
        "        history.note(session, row)\n"
    )
    (found,) = loops_that_tell(bad)
    assert found[0] == 4 and "order_by" not in found[1]
