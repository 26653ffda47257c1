"""Rules 5 and 6 of the house: where Flask may appear, and no import inside a function."""

import ast

import pytest

from tests.house import source

WEB = ("flask", "wtforms", "werkzeug", "markupsafe", "jinja2")
WEB_WORDS = ("routes", "forms", "access", "cli", "proof", "blueprint")
ONE_MODULE_ONLY = {"fcntl", "resource"}
LIMITS = "audit_app.limits"


def may_know_the_web(name):
    """Routes, forms, access, cli and plumbing; a file such as routes_plans counts as routes."""
    parts = name.split(".")
    named = any(part.split("_")[0] in WEB_WORDS for part in parts)
    commands = name.startswith("audit_app.commands.")
    return name in source.PLUMBING_WITH_FLASK or commands or (parts[0] == "audit_app" and named)


def web_imports(path):
    return {name for name in source.imports_of(path) if name.split(".")[0] in WEB}


@pytest.mark.parametrize("path", source.modules(), ids=source.name_of)
def test_only_doors_know_the_web(path):
    name = source.name_of(path)
    assert not web_imports(path) or may_know_the_web(name), f"{name} imports {web_imports(path)}"


def inner_imports(tree):
    """Names imported inside functions."""
    found = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                found += [(function.name, name) for name in source.imported(node)]
    return found


@pytest.mark.parametrize("path", source.modules(), ids=source.name_of)
def test_no_import_hides_inside_a_function(path):
    """create_app() wires everything; pandas costs over a second to load, so it is loaded where it is used."""
    hidden = [(function, name) for function, name in inner_imports(source.tree_of(path)) if name != "pandas"]
    if source.name_of(path) == "audit_app":
        hidden = [(function, name) for function, name in hidden if function != "create_app"]
    assert hidden == []


@pytest.mark.parametrize("path", source.modules(), ids=source.name_of)
def test_what_windows_lacks_stays_in_one_module(path):
    name = source.name_of(path)
    used = source.imports_of(path) & ONE_MODULE_ONLY
    text = path.read_text("utf-8")
    used |= {word for word in ("os.fork", "SIGALRM") if word in text}
    assert not used or name == LIMITS, f"{name} uses {used}"


def test_type_only_imports_hide_no_circle():
    assert [source.name_of(path) for path in source.modules() if "TYPE_CHECKING" in path.read_text("utf-8")] == []


def test_the_rules_bite():
    """Each fence broken once: what it should refuse, it refuses."""
    assert not may_know_the_web("audit_app.audits.service")
    assert may_know_the_web("audit_app.audits.routes_actions")
    assert inner_imports(ast.parse("def f():\n    import json\n")) == [("f", "json")]
