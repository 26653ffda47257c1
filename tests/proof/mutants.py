"""Small changes to the product's own code, one at a time, and whether any test notices: mutation testing by Cosmic Ray.

A place of a module is drawn first and one of the operators that fit it second, so that a sum (eleven operators) counts
no more than a comparison. What follows is left out by rule, because no test can run it or tell the two apart:

- annotations, type aliases, protocols, `total` of a TypedDict, docstrings, `__all__`, and what stands under
  TYPE_CHECKING: nothing of it is run;
- lines for the operator's log, which are read by people and held by no promise;
- constants of words: no operator changes a text, and a changed join of texts is a changed text;
- `frozen=True`, which mypy holds, and `strict=True` of a zip, which states what is so already;
- `CHUNK`, how much of a file is read at a time: the same bytes come of it;
- `*` in a signature made `/`: what may be given by its place and what by its name, which mypy asks of every call;
- `@cache`, which changes how long an answer takes and not the answer (bench and statement counts hold it);
- how the council of a row is compared in a query of a feature: the session's scope asks it of every table once more
  (`tests/audit_app/people/test_queries.py`, and the list of doors tried by a second council);
- `==` against `is` and `!=` against `is not`, which agree on None, members of an enumeration and kept texts: lint's.

What is equivalent for a reason of its own stands in EQUIVALENT with that reason.
"""

import ast
import random
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from tests.proof.equivalent_mutants import EQUIVALENT

ROOT = Path(__file__).resolve().parents[2]
SAME_TO_ANYBODY = ("Eq_Is", "Is_Eq", "NotEq_IsNot", "IsNot_NotEq")
# Operators of these kinds that replace the same thing fit the same places: looked for once.
SAME_PLACES = ("core/ReplaceBinaryOperator", "core/ReplaceComparisonOperator")
LOGS = {"log", "logger", "logging"}


@dataclass(frozen=True)
class Mutant:
    """One change: where, by which operator, and the line before and after."""

    path: str
    operator: str
    line: int
    before: str
    after: str
    code: str

    @property
    def key(self):
        """What EQUIVALENT knows it by: no line number, which moves with every edit above it."""
        return self.path, self.before, self.after

    def __str__(self):
        return f"{self.path}:{self.line} {self.operator}\n    - {self.before}\n    + {self.after}"


@cache
def operators():
    """Every operator that needs no arguments, by name, without those that change nothing."""
    classes = ((name, plugins.get_operator(name)) for name in sorted(plugins.operator_names()))
    idle = ("NoOp", *SAME_TO_ANYBODY)
    return [(name, made()) for name, made in classes if not made.arguments() and not name.endswith(idle)]


def places_of(path):
    """Every place of a module where something can be changed: for each, the (path, operator, occurrence) that fit."""
    nodes = list(ast_nodes(get_ast((ROOT / path).read_text(encoding="utf-8"))))
    changes, positions = defaultdict(list), {}
    for name, operator in operators():
        kind = name.rpartition("_")[0] if name.startswith(SAME_PLACES) else name
        if kind not in positions:
            positions[kind] = [start for node in nodes for start, _end in operator.mutation_positions(node)]
        for occurrence, start in enumerate(positions[kind]):
            changes[start].append((path, name, occurrence))
    return list(changes.values())


def mutant_at(path, name, occurrence):
    """The mutant at a place; None where it changes nothing that a test could run, or the operator cannot change it."""
    source = (ROOT / path).read_text(encoding="utf-8")
    try:
        code = mutate_code(source, plugins.get_operator(name)(), occurrence)
    except AttributeError:
        # cosmic-ray replaces a plain name after `except`, not one with a dot in it.
        return None
    scoped = {"within_a_scope": _within_a_scope(path)}
    if code is None or run_of(code, **scoped) in ("", run_of(source, **scoped)):
        return None
    old, new = source.splitlines(), code.splitlines()
    at = next((at for at, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), len(old) - 1)
    # With a decorator goes the blank line above it, which no test runs: the decorator's own is meant.
    at = next((line for line in range(at, len(old)) if old[line].strip()), at)
    before, after = old[at].strip(), new[min(at, len(new) - 1)].strip()
    if before.replace("strict=True", "strict=False") == after:
        return None
    return Mutant(path, name, at + 1, before, after, code)


def _within_a_scope(path):
    """Whether a module is a feature's: there a session has a scope, that adds the council to every read of its own."""
    return path.startswith("audit_app/") and "/access/" not in path


def run_of(source, *, within_a_scope=False):
    """What of a module is run and can be told apart, as one text; empty when it is no Python any more.

    Args:
        within_a_scope: Whether each of its reads is kept within one council by its session, whatever it asks.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    return ast.dump(Run(within_a_scope=within_a_scope).visit(tree))


class Run(ast.NodeTransformer):
    """Takes out of a module what the rules at the head of this file leave out."""

    def __init__(self, *, within_a_scope=False):
        self.within_a_scope = within_a_scope

    def visit_arg(self, node):
        """An argument without its annotation."""
        node.annotation = None
        return node

    def visit_arguments(self, node):
        """Every argument with its default, without whether it is given by its place or its name."""
        by_place = [*node.posonlyargs, *node.args]
        defaults = [*[None] * (len(by_place) - len(node.defaults)), *node.defaults, *node.kw_defaults]
        either = [*by_place, *node.kwonlyargs]
        alike = ast.arguments([], either, node.vararg, [], [], node.kwarg, defaults)
        return self.generic_visit(alike)

    def visit_FunctionDef(self, node):
        """A function without what it says to return, and without the note that its answers are kept."""
        node.returns = None
        node.decorator_list = [ours for ours in node.decorator_list if not _keeps_answers(ours)]
        return self.generic_visit(node)

    def visit_AnnAssign(self, node):
        """A value without its type."""
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_Assign(self, node):
        """Nothing for `__all__`, for how much is read at a time, and for a type alias (Capitals, joined by |)."""
        name = node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
        alias = isinstance(node.value, ast.BinOp) and name[:1].isupper() and not name.isupper()
        return ast.Pass() if name in {"__all__", "CHUNK"} or alias else self.generic_visit(node)

    def visit_Expr(self, node):
        """Nothing for a docstring and a line of the log."""
        return ast.Pass() if isinstance(node.value, ast.Constant) or _logs(node.value) else self.generic_visit(node)

    def visit_ClassDef(self, node):
        """Nothing for a protocol, which only a reader of types reads."""
        only_types = any(isinstance(kind, ast.Name) and kind.id == "Protocol" for kind in node.bases)
        return ast.Pass() if only_types else self.generic_visit(node)

    def visit_If(self, node):
        """Nothing for what only a reader of types reads."""
        only_types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return ast.Pass() if only_types else self.generic_visit(node)

    def visit_Call(self, node):
        """A condition of a query without how a row's council is compared, where the session's scope asks it too."""
        conditions = isinstance(node.func, ast.Attribute) and node.func.attr in {"where", "and_", "join"}
        if conditions and self.within_a_scope:
            for condition in node.args:
                if isinstance(condition, ast.Compare) and _is_a_rows_council(condition.left):
                    condition.ops = [ast.Eq()]
        return self.generic_visit(node)

    def visit_keyword(self, node):
        """Nothing for `frozen`, nor for `total` of a dictionary's type."""
        held = node.arg in {"frozen", "total"}
        return ast.keyword(node.arg, ast.Constant(None)) if held else self.generic_visit(node)


def _is_a_rows_council(value):
    """A table's `authority_id`, as it is or named to the reader of types as a column: `col(…)`."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "col":
        value = value.args[0]
    return isinstance(value, ast.Attribute) and value.attr == "authority_id"


def _keeps_answers(decorator):
    name = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(name, ast.Name) and name.id in {"cache", "lru_cache"}


def _logs(value):
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id in LOGS


def sample_of(paths, size, seed):
    """So many mutants of these modules that are not known as equivalent, no two at one place, drawn by seed."""
    draw = random.Random(seed)
    places = [place for path in sorted(paths) for place in places_of(path)]
    draw.shuffle(places)
    drawn = []
    for place in places:
        if len(drawn) == size:
            break
        mutant = mutant_at(*draw.choice(place))
        if mutant and mutant.key not in EQUIVALENT:
            drawn.append(mutant)
    return drawn
