"""Whatever makes a number a person might quote says what it returns, at its edges too, and where that comes from."""

import ast

from tests.house import source

LIBRARY = [path for path in source.modules() if source.name_of(path).split(".")[0] in ("frameworks", "findings")]
NUMBERS = {"int", "float", "Fraction", "Decimal"}
# Numbers nobody quotes, each with the reason.
NOT_QUOTED = {
    "findings.bands.Banded.latest": "what the rule asks of a row",
    "findings.queries.lists.Page": "rows, with where they stand in a longer list",
    "findings.queries.lists.list_actions": "rows of a page",
    "findings.queries.lists.list_areas": "rows of a page",
    "findings.queries.lists.list_findings": "rows of a page",
    "findings.register.delivery.line_within": "who people are, by the ids of their rows",
    "findings.rules.Judged.id": "the id of a row",
    "frameworks.files.yaml_lines": "where a fault stands in a file",
}


def names_in(annotation):
    """Every plain name of an annotation: `dict[str, int] | None` names dict, str and int."""
    return {node.id for node in source.walk(annotation) if isinstance(node, ast.Name)} if annotation else set()


def figures_among(trees):
    """The dataclasses at least half of whose fields are numbers: a figure with its parts, by name."""
    figures = set()
    for tree in trees:
        for kind in tree.body:
            if isinstance(kind, ast.ClassDef) and any("dataclass" in names_in(mark) for mark in kind.decorator_list):
                fields = [names_in(field.annotation) for field in kind.body if isinstance(field, ast.AnnAssign)]
                if fields and sum(bool(field & NUMBERS) for field in fields) * 2 >= len(fields):
                    figures.add(kind.name)
    return figures


FIGURES = figures_among(source.tree_of(path) for path in LIBRARY)


def public(body):
    return [node for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def returning_numbers(tree, figures=frozenset(FIGURES)):
    """The public functions of a module, and those of its public classes, that return a number or a figure."""
    functions = {function.name: function for function in public(tree.body)}
    for kind in tree.body:
        if isinstance(kind, ast.ClassDef) and not kind.name.startswith("_"):
            functions |= {f"{kind.name}.{function.name}": function for function in public(kind.body)}
    return {name: each for name, each in functions.items() if names_in(each.returns) & (NUMBERS | figures)}


def number_makers(tree, module="", figures=frozenset(FIGURES)):
    """What must say both, by name: whatever returns a number somebody may quote, and what stands beside it.

    In a module with a function that returns one, the other public functions are rules about numbers or words for them,
    and count as well.
    """
    makers = {
        name: function for name, function in returning_numbers(tree, figures).items() if not excused(f"{module}.{name}")
    }
    beside = {function.name: function for function in public(tree.body) if not excused(f"{module}.{function.name}")}
    return makers | (beside if makers.keys() & beside.keys() else {})


def excused(name):
    return any(f"{name}.".startswith(f"{other}.") for other in NOT_QUOTED)


def says_both(function):
    words = ast.get_docstring(function) or ""
    return "Returns:" in words and "Source:" in words


def all_makers():
    named = {source.name_of(path): source.tree_of(path) for path in LIBRARY}
    makers = {module: number_makers(tree, module) for module, tree in named.items()}
    return {f"{module}.{name}": function for module, found in makers.items() for name, function in found.items()}


def test_whatever_makes_a_number_says_what_it_returns_and_where_that_comes_from():
    bare = {name for name, function in all_makers().items() if not says_both(function)}
    assert bare == set()


def test_nothing_is_excused_that_makes_no_number():
    every = {f"{source.name_of(path)}.{name}." for path in LIBRARY for name in returning_numbers(source.tree_of(path))}
    assert [name for name in NOT_QUOTED if not any(each.startswith(f"{name}.") for each in every)] == []


def test_the_modules_that_make_numbers_are_found_by_reading_them():
    found = {name.rpartition(".")[0] for name in all_makers()}
    known = {f"frameworks.{word}" for word in ("agreement", "changes", "estimates", "points", "scoring")}
    assert known | {"findings.rules"} <= found


def test_the_rule_bites():
    """Each way of making a number, once: a plain one, one of several, a figure with its parts, a rule beside one."""
    tree = ast.parse(
        "@dataclass(frozen=True)\n"
        "class Share:\n"
        "    part: int\n"
        "    name: str\n"
        "    @property\n"
        "    def percent(self) -> float | None: ...\n"
        "@dataclass\n"
        "class Row:\n"
        "    number: int\n"
        "    title: str\n"
        "    words: str\n"
        "def shares() -> dict[str, Share]: ...\n"
        "def may_be_shown(n) -> bool: ...\n"
        "def _hidden() -> int: ...\n"
    )
    figures = figures_among([tree])
    assert figures == {"Share"}
    assert set(number_makers(tree, figures=figures)) == {"Share.percent", "shares", "may_be_shown"}
    assert number_makers(ast.parse("def title() -> str: ...\ndef row() -> Row: ...\n"), figures=figures) == {}
    assert set(number_makers(ast.parse("def days() -> int: ...\n"))) == {"days"}
    assert not says_both(ast.parse('def days():\n    """Days.\n\n    Returns:\n        Days.\n    """').body[0])
