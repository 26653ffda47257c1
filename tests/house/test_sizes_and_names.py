"""Sizes, names and docstrings (sections 8 and 10 of the house rules)."""

import ast
import re

from tests.house import source

MODULE_LINES, FUNCTION_LINES, ROUTE_LINES = 400, 45, 25
TEMPLATE_LINES, TEMPLATE_CHARACTERS, TEMPLATE_LINE_LENGTH = 150, 7_500, 120
COMPONENT_LINES, COMPONENT_CHARACTERS = 200, 9_000
BANNED = {"utils", "helpers", "common", "core", "base", "misc", "manager", "models", "util", "helper"}
TEMPLATES = sorted((source.ROOT / "audit_app" / "templates").rglob("*.html"))
COMPONENTS = [path for path in TEMPLATES if path.parent.name == "components"]
# What the macros of components/ write, and nothing else does: tables, lists of what is known, ways to other pages.
WRITTEN_BY_COMPONENTS = re.compile(
    r"<(?:table|caption|thead|tbody|tr|th|td)\b|govuk-summary-list|govuk-pagination|govuk-back-link|rel=.prev"
)
# A migration is written by a command and then only read: as long as the tables are many.
WRITTEN = [path for path in source.modules() if path.parent.name != "versions"]


def lines_of(path):
    return len(path.read_text("utf-8").splitlines())


def test_no_module_is_over_its_limit():
    assert [source.name_of(path) for path in WRITTEN if lines_of(path) > MODULE_LINES] == []


def test_no_function_is_over_its_limit():
    long = {}
    for path in WRITTEN:
        limit = ROUTE_LINES if path.stem.startswith("routes") else FUNCTION_LINES
        for function in source.functions_of(path):
            if source.length_of(function) > limit:
                long[f"{source.name_of(path)}.{function.name}"] = source.length_of(function)
    assert long == {}


def test_no_template_is_over_its_limit():
    over = {}
    for path in TEMPLATES:
        component = path in COMPONENTS
        lines, characters = lines_of(path), len(path.read_text("utf-8"))
        if lines > (COMPONENT_LINES if component else TEMPLATE_LINES):
            over[str(path.relative_to(source.ROOT))] = f"{lines} lines"
        if characters > (COMPONENT_CHARACTERS if component else TEMPLATE_CHARACTERS):
            over[str(path.relative_to(source.ROOT))] = f"{characters} characters"
    assert over == {}


def test_no_line_of_a_template_is_over_its_limit():
    long = [
        f"{path.relative_to(source.ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > TEMPLATE_LINE_LENGTH
    ]
    assert long == []


def test_only_components_write_tables_lists_and_pagers_by_hand():
    by_hand = {
        str(path.relative_to(source.ROOT)): WRITTEN_BY_COMPONENTS.findall(path.read_text("utf-8"))
        for path in TEMPLATES
        if path not in COMPONENTS
    }
    assert {path: written for path, written in by_hand.items() if written} == {}


def test_no_drawer_is_called_after_nothing():
    names = {path.stem for path in source.modules()} | {path.parent.name for path in source.modules()}
    assert names & BANNED == set()


def test_each_module_says_what_it_is_for():
    assert [source.name_of(path) for path in source.modules() if not ast.get_docstring(source.tree_of(path))] == []


def public_functions(path):
    return [
        node
        for node in source.tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


LIBRARY = [path for path in source.modules() if source.name_of(path).split(".")[0] in ("frameworks", "findings")]


def undocumented(paths):
    return [
        f"{source.name_of(path)}.{function.name}"
        for path in paths
        for function in public_functions(path)
        if not ast.get_docstring(function)
    ]


def test_every_public_function_of_the_libraries_is_documented():
    assert undocumented(LIBRARY) == []


def test_every_write_says_what_it_does():
    assert undocumented([path for path in source.modules() if path.stem.startswith("service")]) == []


IMPORT = re.compile(r"\{%-? from \"(?P<path>[^\"]+)\" import (?P<names>[^%]+?)(?: with context)? -?%\}")


def imports_of(path):
    """Each name a template takes from another: the other's path, the name there, the name here."""
    for found in IMPORT.finditer(path.read_text("utf-8")):
        for name in re.split(r",\s*", found["names"]):
            there, _, here = name.strip().partition(" as ")
            yield found["path"], there, here or there


def test_no_template_import_is_unused():
    unused = []
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        for _, _, name in imports_of(path):
            if len(re.findall(rf"\b{re.escape(name)}\b", text)) < 2:
                unused.append((path.name, name))
    assert unused == []


def test_whatever_a_template_imports_is_there():
    """A name that is missing stops a page only when it is written, which may be one page of a hundred."""
    folder = source.ROOT / "audit_app" / "templates"
    missing = []
    for path in TEMPLATES:
        for other, name, _ in imports_of(path):
            if (folder / other).exists() and f"{{% macro {name}(" not in (folder / other).read_text("utf-8"):
                missing.append((str(path.relative_to(folder)), other, name))
    assert missing == []


def test_no_unfinished_mark_is_left():
    # Written apart, so that this file does not find itself.
    marks = re.compile(
        r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "raise NotImplemented" + "Error")) + r")\b"
    )
    found = [source.name_of(path) for path in source.modules() if marks.search(path.read_text("utf-8"))]
    assert found == []


# Words that say nothing of what a variable holds; DESIGN section 8 asks for call sites that read as sentences.
SAY_NOTHING = {"one", "found", "said", "told", "shown"}
# The singular of a word is called so where its plural stands beside it.
THE_SINGULAR = {"audit_app.library.tables", "audit_app.library.terms.own_words", "audit_app.words"}


def variables_that_say_nothing(tree):
    return [
        (node.id, node.lineno)
        for node in source.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in SAY_NOTHING
    ]


def test_a_variable_is_named_for_what_it_holds():
    named = {
        source.name_of(path): variables_that_say_nothing(source.tree_of(path))
        for path in WRITTEN
        if source.name_of(path) not in THE_SINGULAR
    }
    assert {name: variables for name, variables in named.items() if variables} == {}
    assert variables_that_say_nothing(ast.parse("found = [one for one in rows]")) == [("found", 1), ("one", 1)]
