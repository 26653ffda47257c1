"""What a step of the walk works with: machines by name, the pages' commands typed on them, and a ledger of it all."""

import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.proof.walked import docs_blocks, machines, outside
from tests.proof.walked.machines import Machine, Stopped

NAME = "readiness.example.gov.uk"
LONGEST = 110


@dataclass
class Line:
    """One line of the ledger: a step, what was typed and checked in it, and the minutes it took."""

    step: str
    typed: list = field(default_factory=list)
    minutes: float = 0.0
    stopped: str = ""


class Walk:
    """The walk itself."""

    def __init__(self, folder, bare, with_database, handed_over, authority):
        self.folder, self.bare, self.with_database = folder, bare, with_database
        self.this_release, self.earlier_release, self.wheels = handed_over
        self.authority, self.machines, self.ledger = authority, {}, []
        self.typed_places, self.kept = set(), {}

    @contextmanager
    def step(self, name):
        """From here on what is typed belongs to this step; how long it takes is measured."""
        line, began = Line(name), time.monotonic()
        self.ledger.append(line)
        print(f"== {name}", flush=True)
        try:
            yield line
        except BaseException as problem:
            line.stopped = type(problem).__name__
            raise
        finally:
            line.minutes = (time.monotonic() - began) / 60

    def machine(self, name, address, *, names=None, tree=None, binds=()):
        """A new bare machine, booted."""
        made = Machine(self.folder, tree or self.bare, name, address, names or {})
        made.binds = list(binds)
        self.machines[name] = made
        made.start()
        return made

    def people_reach(self, address):
        """From now on the name that people type leads to this machine: what the walk's own /etc/hosts says."""
        names = {"localhost": "127.0.0.1", outside.PROVIDER: machines.HERE, outside.MAIL: machines.HERE, NAME: address}
        (self.folder / "hosts").write_text("".join(f"{where} {name}\n" for name, where in names.items()))

    def block(self, place, changes=None):
        """The text of a block with its examples replaced by the walk's own; each must stand there.

        Raises:
            Stopped: The page does not say what is to be replaced.
        """
        text = docs_blocks.block_at(place).text
        self.typed_places.add(place)
        for printed, ours in (changes or {}).items():
            if printed not in text:
                raise Stopped(f"{place} no longer says {printed!r}, which the walk replaces.")
            text = text.replace(printed, ours)
        return text

    def type(self, machine, place, changes=None, **how):
        """Type a block of a page on a machine."""
        return self.type_lines(machine, self.block(place, changes), **how)

    def type_words(self, machine, page, heading, beginning, **how):
        """Type a command that stands within a sentence of a page."""
        return self.type_lines(machine, docs_blocks.in_words(page, heading, beginning), **how)

    def type_lines(self, machine, text, **how):
        """Type what a page says in words; it stands in the ledger like the rest."""
        self.note(f"{machine.name}# {'; '.join(text.splitlines())}")
        return machine.type(text, **how)

    def note(self, words):
        """What was done by hand or seen, for the ledger."""
        print(f"   {words[:LONGEST]}", flush=True)
        self.ledger[-1].typed.append(words)

    def expect(self, words, *wanted):
        """What a command said holds these words.

        Raises:
            Stopped: It does not.
        """
        for one in wanted:
            if one not in words:
                raise Stopped(f"This was to say {one!r}:\n{words[-3000:]}")

    def settings(self, machine, lines):
        """Write lines into the settings of a server, in the place of those that set the same, as with an editor."""
        place = machine.tree / "etc/audit-app/settings.env"
        new = [line for line in lines.splitlines() if line.strip()]
        names = {line.partition("=")[0] for line in new}
        old = [line for line in place.read_text("utf-8").splitlines() if line.partition("=")[0] not in names]
        place.write_text("\n".join([*old, *new]) + "\n", "utf-8")
        self.note(f"{machine.name}: settings.env: {', '.join(sorted(names))}")

    def print_ledger(self):
        """The table: each step, its minutes and what was typed."""
        lines = ["| step | minutes | typed, and seen |", "|---|---|---|"]
        for line in self.ledger:
            cells = "<br>".join(words.replace("|", "\\|")[:300] for words in line.typed)
            stopped = f" **stopped: {line.stopped}**" if line.stopped else ""
            lines.append(f"| {line.step}{stopped} | {line.minutes:.1f} | {cells} |")
        text = "\n".join(lines)
        (self.folder / "ledger.md").write_text(text + "\n", "utf-8")
        short = [f"{line.minutes:6.1f}  {line.step}{'  STOPPED' if line.stopped else ''}" for line in self.ledger]
        print("\n".join([text, "", "minutes step", *short]), flush=True)

    def ends(self):
        """Every machine loses its power."""
        for machine in self.machines.values():
            machine.lose_power()
            for group in getattr(machine, "groups", []):
                machines.remove_group(group)
