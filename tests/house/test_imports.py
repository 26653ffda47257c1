"""Rules 5 and 6 of the house: where Flask may appear, and no import inside a function."""

import ast

from tests.house import source

WEB = ("flask", "wtforms", "werkzeug", "markupsafe", "jinja2")
WEB_WORDS = ("routes", "forms", "access", "cli", "proof", "blueprint")
ONE_MODULE_ONLY = {"fcntl", "resource"}
LIMITS = "audit_app.limits"
# pandas costs over a second and 60 MB; Alembic, with the templates and lexers it brings, 10 MB of every web process.
SELDOM = {"pandas", "alembic"}


def may_know_the_web(name):
    """Routes, forms, access, cli and plumbing; a file such as routes_plans counts as routes."""
    parts = name.split(".")
    named = any(part.split("_")[0] in WEB_WORDS for part in parts)
    commands = name.startswith("audit_app.commands.")
    return name in source.PLUMBING_WITH_FLASK or commands or (parts[0] == "audit_app" and named)


def web_imports(path):
    return {name for name in source.imports_of(path) if name.split(".")[0] in WEB}


def test_only_doors_know_the_web():
    found = {source.name_of(path): web_imports(path) for path in source.modules()}
    assert {name: used for name, used in found.items() if used and not may_know_the_web(name)} == {}


def inner_imports(tree):
    """Names imported inside functions."""
    found = []
    for function in source.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in source.walk(function):
                found += [(function.name, name) for name in source.imported(node)]
    return found


def test_no_import_hides_inside_a_function():
    """create_app() wires everything; what is heavy and seldom needed is loaded where it is used."""
    found = {}
    for path in source.modules():
        name = source.name_of(path)
        hidden = [
            (function, one) for function, one in inner_imports(source.tree_of(path)) if one.split(".")[0] not in SELDOM
        ]
        found[name] = [pair for pair in hidden if (name, pair[0]) != ("audit_app", "create_app")]
    assert {name: hidden for name, hidden in found.items() if hidden} == {}


def test_what_windows_lacks_stays_in_one_module():
    found = {}
    for path in source.modules():
        text = path.read_text("utf-8")
        used = source.imports_of(path) & ONE_MODULE_ONLY | {word for word in ("os.fork", "SIGALRM") if word in text}
        found[source.name_of(path)] = used
    assert {name: used for name, used in found.items() if used and name != LIMITS} == {}


def test_type_only_imports_hide_no_circle():
    assert [source.name_of(path) for path in source.modules() if "TYPE_CHECKING" in path.read_text("utf-8")] == []


def test_the_rules_bite():
    """Each fence broken once: what it should refuse, it refuses."""
    assert not may_know_the_web("audit_app.audits.service")
    assert may_know_the_web("audit_app.audits.routes_actions")
    assert inner_imports(ast.parse("def f():\n    import json\n")) == [("f", "json")]


TIMES_ASKED = {"today", "now", "utcnow"}


def asked_while_read(tree):
    """Lines at which a module asks what time it is while it is imported: in no function, or in a default of one."""
    inside = set()
    for node in source.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            body = node.body if isinstance(node.body, list) else [node.body]
            inside |= {id(each) for statement in body for each in source.walk(statement)}
    calls = (node for node in source.walk(tree) if isinstance(node, ast.Call) and id(node) not in inside)
    return [call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in TIMES_ASKED]


def test_no_module_keeps_the_day_it_was_imported_on():
    """A server runs past midnight, and so does a run of the tests."""
    files = [*source.modules(), *sorted((source.ROOT / "tests").rglob("*.py"))]
    asking = [path for path in files if any(f".{word}(" in path.read_text("utf-8") for word in TIMES_ASKED)]
    found = {str(path.relative_to(source.ROOT)): asked_while_read(source.tree_of(path)) for path in asking}
    assert {path: lines for path, lines in found.items() if lines} == {}
