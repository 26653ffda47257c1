"""A typed plan read into what it holds, with every fault and its line; nothing is written. Pure."""

import difflib
import re
from dataclasses import dataclass

from audit_app.improvement.plans.outline import labels, values
from audit_app.improvement.plans.outline.labels import Label, Thing
from audit_app.improvement.plans.outline.nodes import Entry, Node

_LABELLED = re.compile(r"\s*([A-Za-z][A-Za-z \-]{0,40}?)\s*:(?:\s(.*)|)$", re.DOTALL)
_NUMBERED = re.compile(
    r"\s*(theme|subtheme|action) ([A-Za-z]{0,3}[0-9][0-9A-Za-z.]{0,10}|[A-Z])\s*:\s?(.*)$", re.I | re.S
)
CARRIES_ON = ">"
ALMOST = 0.82  # how like a label a mistyped one must be before it is asked about


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line, and what to do about it."""

    line: int
    message: str


@dataclass(frozen=True)
class Outline:
    """What was read: the plan, if one begins, and every fault in the order of its lines."""

    plan: Node | None
    faults: tuple[Fault, ...]

    def count(self, *things: Thing) -> int:
        """How many new things of some sorts it holds."""
        return sum(node.thing in things and node.row is None for node in self.plan.every()) if self.plan else 0


def read(text: str, *, within: str = "") -> Outline:
    """The plan in a typed text, every line of it either read or told as a fault.

    Args:
        text: What was typed.
        within: What the plan is called that the text adds to. It need not begin that plan then, but may.
    """
    reader = _Reader(within)
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        reader.take(number, line)
    faults = reader.faults
    if reader.plan is None and not faults:
        faults.append(Fault(1, "Begin with a line “Plan: ” and what the plan is called"))
    for node in reader.plan.every() if reader.plan else ():
        if node is reader.added_to and not node.line:
            continue
        faults.extend(Fault(line, message) for line, message in values.fill(node))
    return Outline(reader.plan, tuple(sorted(faults, key=lambda fault: fault.line)))


class _Reader:
    """Goes down the lines once, keeping the thing that was begun last and those it stands in."""

    def __init__(self, within: str = "") -> None:
        self.added_to = Node(labels.PLAN, 0, [within]) if within else None
        self.plan: Node | None = self.added_to
        self.theme: Node | None = None
        self.subtheme: Node | None = None
        self.action: Node | None = None
        self.last: Node | None = None
        self.entry: Entry | None = None
        self.skipping = False  # the words under a label that was not understood are not asked about again
        self.faults: list[Fault] = []

    def take(self, number: int, line: str) -> None:
        if line.lstrip().startswith(CARRIES_ON):
            self._carry_on(number, line.lstrip()[1:].removeprefix(" "))
        elif not line.strip():
            return
        elif match := _NUMBERED.match(line):
            self._begin_numbered(number, match)
        elif (match := _LABELLED.match(line)) and match[1].casefold() in labels.EVERY_NAME:
            self._take_labelled(number, match[1], (match[2] or "").strip())
        elif match and (close := _close_to(match[1])):
            self._fault(
                number,
                f"“{match[1]}:” is no label. Write “{close}:”, or begin the line with > if it carries on the text",
            )
        else:
            self._carry_on(number, line.strip())

    def _fault(self, number: int, message: str) -> None:
        self.faults.append(Fault(number, message))
        self.skipping = True

    def _begin_numbered(self, number: int, match: re.Match[str]) -> None:
        """Theme 1: Early help, Action G1: Develop, as plans print them."""
        thing = labels.NAMES[match[1].casefold()]
        self._take_labelled(number, thing.name, match[3].strip())
        if self.last is not None and self.last.line == number:
            label = labels.label_of(thing, "Label")
            printed = match[2] if thing is labels.ACTION else f"{match[1]} {match[2]}"
            if label is not None:
                self.last.entries[label.column] = Entry(label, number, [printed])

    def _take_labelled(self, number: int, name: str, words: str) -> None:
        self.skipping = False
        label = labels.label_of(self.last.thing, name) if self.last else None
        if label is not None and self.last is not None:
            self._say(number, self.last, label, words)
        elif name.casefold() in labels.NAMES:
            self._begin(number, labels.NAMES[name.casefold()], words)
        else:
            self._fault(number, self._misplaced(name))

    def _misplaced(self, name: str) -> str:
        there = " or ".join(labels.things_with(name))
        if self.last is None:
            first = f"whatever it is said of: {there}" if self.added_to else "“Plan:”"
            return f"“{name}:” stands before anything it could belong to. Begin with {first}"
        return (
            f"“{name}:” says nothing about the {self.last.thing.name.casefold()}. It belongs under: {there}. "
            "Move the line up, right under that one"
        )

    def _say(self, number: int, node: Node, label: Label, words: str) -> None:
        before = node.entries.get(label.column)
        if before is None:
            self.entry = node.entries[label.column] = Entry(label, number, [words] if words else [])
        elif label.kind in labels.REPEATED:
            before.lines.append(words)
            self.entry = before
        else:
            self._fault(
                number, f"“{label.name}:” stands here twice, first on line {before.line}. Take one of the two away"
            )

    def _begin(self, number: int, thing: Thing, words: str) -> None:
        if thing is labels.PLAN and self.added_to is not None and not self.added_to.line:
            self._name_plan(number, self.added_to, words)
            return
        home = self._home_of(thing)
        if isinstance(home, str):
            self._fault(number, home)
            return
        node = Node(thing, number, [words] if words else [])
        if home is not None:
            home.inside.append(node)
        self._now_in(node)
        self.last, self.entry = node, None

    def _name_plan(self, number: int, plan: Node, words: str) -> None:
        """The line “Plan:” of a text that adds to a plan: it names that one, and is said before everything else."""
        if " ".join(words.split()).casefold() != " ".join(plan.words[0].split()).casefold():
            self._fault(
                number, f"This adds to the plan “{plan.words[0]}”. Take the line away, or type another plan anew"
            )
        elif plan.inside:
            self._fault(number, "“Plan:” stands before whatever the plan holds. Move it up, or take it away")
        else:
            plan.line = number
            self.last, self.entry = plan, None

    def _home_of(self, thing: Thing) -> Node | str | None:
        """What a thing that begins here stands in, or why it cannot."""
        if thing is labels.PLAN:
            return None if self.plan is None else "There is one plan in a text. Type the second one on its own"
        if self.plan is None:
            return f"Begin with a line “Plan: ” and what the plan is called; then this {thing.name.casefold()}"
        theme = self.subtheme or self.theme
        homes: dict[Thing, tuple[Node | None, str]] = {
            labels.REVIEW: (self.plan, ""),
            labels.PLAN_RISK: (self.plan, ""),
            labels.THEME: (self.plan, ""),
            labels.SUBTHEME: (self.theme, "A subtheme stands under a theme. Begin the theme first"),
            labels.AIM: (theme, "An aim stands under a theme. Begin the theme first"),
            labels.THEME_RISK: (theme, "This risk stands under a theme. For the plan as a whole write “Plan risk:”"),
            labels.ACTION: (theme or self.plan, ""),
            labels.MILESTONE: (self.action, "A milestone stands under an action. Begin the action first"),
            labels.MEASURE: (
                self.action or (None if theme else self.plan),
                "A measure stands under an action, or before the first theme for the plan as a whole. Move it there",
            ),
        }
        home, why = homes[thing]
        return home if home is not None else why

    def _now_in(self, node: Node) -> None:
        if node.thing is labels.PLAN:
            self.plan = node
        elif node.thing is labels.THEME:
            self.theme, self.subtheme, self.action = node, None, None
        elif node.thing is labels.SUBTHEME:
            self.subtheme, self.action = node, None
        elif node.thing is labels.ACTION:
            self.action = node

    def _carry_on(self, number: int, words: str) -> None:
        if self.skipping:
            return
        if self.entry is not None:
            self.entry.lines.append(words)
        elif self.last is not None:
            self.last.words.append(words)
        else:
            begin = (
                "“Theme:”, “Action:” or what else is added" if self.added_to else "“Plan: ” and what the plan is called"
            )
            self._fault(number, f"This line belongs to nothing. Begin with {begin}")


def stands_alone(line: str) -> bool:
    """Whether a line without a mark would carry on the text above, unchanged: it is no label, and none nearly."""
    if not line.strip() or line != line.strip() or line.startswith(CARRIES_ON) or _NUMBERED.match(line):
        return False
    match = _LABELLED.match(line)
    return match is None or not (match[1].casefold() in labels.EVERY_NAME or _close_to(match[1]))


def _close_to(name: str) -> str:
    """The label somebody meant who typed one that is nearly it; nothing when it is like none."""
    plain, every = name.casefold(), sorted(labels.EVERY_NAME)
    swapped = [label for label in every if sorted(label) == sorted(plain)]
    close = swapped or difflib.get_close_matches(plain, every, n=1, cutoff=ALMOST)
    return close[0].capitalize() if close else ""
