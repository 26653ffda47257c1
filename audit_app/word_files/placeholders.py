"""Holds what a template says in its syntax against what a document may say, before anything of it runs.

A template may print a placeholder, repeat over a list and choose; no call, no arithmetic, no name but the known ones.
"""

from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

FILTERS = frozenset({"upper", "lower", "capitalize", "trim", "default", "length", "join"})
TESTS = frozenset({"defined", "eq", "equalto", "ne", "true", "false"})
LOOP: dict[str, Any] = {
    "index": "1", "index0": "0", "revindex": "1", "length": "1", "first": True, "last": True,
}  # fmt: skip
PLAIN = (nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Concat, nodes.CondExpr)
UNKNOWN = object()


@dataclass(frozen=True)
class Fault:
    """One thing a template may not say: the words it stands in, and what is wrong with it."""

    words: str
    says: str


@dataclass
class Reading:
    """One walk over a template."""

    faults: list[Fault] = field(default_factory=list)

    def statements(self, among: list[nodes.Node], names: dict[str, Any]) -> None:
        """Each statement of a body, with the names that are known there."""
        for node in among:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    self._printed(part, names)
            elif isinstance(node, nodes.For):
                self._repeated(node, names)
            elif isinstance(node, nodes.If):
                self.value(node.test, names)
                self.statements([*node.body, *node.elif_, *node.else_], names)
            else:
                self._refuse(node)

    def _printed(self, part: nodes.Node, names: dict[str, Any]) -> None:
        if isinstance(part, nodes.TemplateData):
            return
        value = self.value(part, names)
        if isinstance(value, list | dict):
            named = spelled(part)
            self.faults.append(Fault(named, f"“{named}” holds several things: name one of them, or repeat over it."))

    def _repeated(self, node: nodes.For, names: dict[str, Any]) -> None:
        if node.recursive or not isinstance(node.target, nodes.Name):
            self._refuse(node)
            return
        several = self.value(node.iter, names)
        if not isinstance(several, list):
            if several is not UNKNOWN:
                named = spelled(node.iter)
                self.faults.append(Fault(named, f"“{named}” is one text, so nothing can be repeated over it."))
            several = [UNKNOWN]
        inside = {**names, node.target.name: several[0], "loop": LOOP}
        if node.test is not None:
            self.value(node.test, inside)
        self.statements(node.body, inside)
        self.statements(node.else_, names)

    def value(self, node: nodes.Node, names: dict[str, Any]) -> Any:
        """What an expression would be: a text, a list, a group of names, or unknown with its fault noted."""
        if isinstance(node, nodes.Const):
            return node.value
        if isinstance(node, nodes.Name):
            return self._named(node, names, node.name)
        if isinstance(node, nodes.Getattr):
            group = self.value(node.node, names)
            return UNKNOWN if group is UNKNOWN else self._named(node, group, node.attr)
        if isinstance(node, nodes.Filter | nodes.Test):
            return self._worked(node, names)
        if isinstance(node, PLAIN):
            for child in node.iter_child_nodes():
                self.value(child, names)
            return ""
        self._refuse(node)
        return UNKNOWN

    def _named(self, node: nodes.Node, group: Any, name: str) -> Any:
        if isinstance(group, dict) and name in group:
            return group[name]
        named = spelled(node)
        self.faults.append(Fault(named, f"There is no placeholder “{named}”."))
        return UNKNOWN

    def _worked(self, node: nodes.Filter | nodes.Test, names: dict[str, Any]) -> Any:
        known = FILTERS if isinstance(node, nodes.Filter) else TESTS
        if node.name not in known or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
            self.faults.append(Fault(node.name, f"A template cannot use “{node.name}”."))
            return UNKNOWN
        self.value(node.node, names)
        for given in node.args:
            self.value(given, names)
        return ""

    def _refuse(self, node: nodes.Node) -> None:
        what = type(node).__name__.lower()
        named = spelled(node)
        self.faults.append(Fault(named, f"A template prints, repeats and chooses; it cannot hold “{named or what}”."))


def faults(tree: nodes.Template, example: dict[str, Any]) -> list[Fault]:
    """Everything a template says that it may not, in its order, each once."""
    reading = Reading()
    reading.statements(tree.body, example)
    return list(dict.fromkeys(reading.faults))


def spelled(node: nodes.Node) -> str:
    """A name as the template spells it: section.heading; the innermost name of anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{spelled(node.node)}.{node.attr}"
    inner = next((child for child in node.iter_child_nodes()), None)
    return spelled(inner) if inner is not None else ""
