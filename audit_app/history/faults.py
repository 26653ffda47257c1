"""What checking the log can find, in plain words: altered, removed, added, tail missing, older copy, anchor."""

from dataclasses import dataclass, field

from audit_app import words

ALTERED = "altered"
REMOVED = "removed"
ADDED = "added"
TAIL_MISSING = "tail missing"
OLDER_COPY = "older copy"
ANCHOR = "anchor"
MOST_KEPT = 500
NOT_SOUND = (
    "The history log is not sound. Keep this database, the anchor file and this report as they are, and tell the "
    "person responsible for information security. If everything fails, check first that LOG_KEY is the right one."
)

# Each finding with the kind it belongs to; {where} is "Entry 7" or "Entries 7 to 12".
FINDINGS = {
    "changed": (ALTERED, "{where}: the contents do not fit the seal. They were changed, or sealed without the key."),
    "unreadable": (ALTERED, "{where}: the contents cannot be read at all."),
    "forked": (ALTERED, "{where}: sealed with the key, but it follows another entry than the one before it. A fork."),
    "moved": (ALTERED, "{where}: sealed under another number. Entries have changed places."),
    "gap": (REMOVED, "{where}: missing. Removed from the middle of the log."),
    "closed_up": (REMOVED, "{where}: numbered one too low. An entry before was removed and the gap closed."),
    "pushed_up": (ADDED, "{where}: numbered one too high. An entry was put in before."),
    "doubled": (ADDED, "{where}: there is more than one entry with this number."),
    "beyond": (ADDED, "{where}: stands after the end of the log and was not written by this product."),
    "behind": (ALTERED, "{where}: genuine, but the head of the log stands before. The head was set back."),
    "tail": (TAIL_MISSING, "{where}: missing. The end of the log was cut off."),
    "emptied": (TAIL_MISSING, "{where}: missing. The log was emptied."),
    "older": (OLDER_COPY, "{where}: witnessed by the anchor file, not in this database. An older copy was put back."),
    "older_on": (OLDER_COPY, "{where}: not what the anchor file witnessed. An older copy was put back and written on."),
    "no_head": (ALTERED, "The row that holds the head of the log is missing."),
    "head_changed": (ALTERED, "The head of the log does not fit its seal. It was changed without the key."),
    "head_apart": (ALTERED, "The head of the log does not name the last entry."),
    "count": (ALTERED, "The number of entries is not what the head of the log says."),
    "no_anchor": (ANCHOR, "The anchor file is missing or empty, so an older copy of the log could not be told."),
    "bad_anchor": (ANCHOR, "Anchor file, line {first}: changed, or lines before it were taken out."),
}


@dataclass
class Fault:
    """One finding and the run of entries it holds for."""

    what: str
    first: int = 0
    last: int = 0

    @property
    def kind(self) -> str:
        """Altered, removed, added, tail missing, older copy or anchor."""
        return FINDINGS[self.what][0]

    @property
    def text(self) -> str:
        """The finding in a sentence or two."""
        where = f"Entry {self.first}" if self.first == self.last else f"Entries {self.first} to {self.last}"
        return FINDINGS[self.what][1].format(where=where, first=self.first)


@dataclass
class Report:
    """What a check of the log found."""

    entries: int = 0
    anchors: int = 0
    head_sequence: int = 0
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left_out: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing was found; warnings do not count."""
        return not self.faults

    def kinds(self) -> set[str]:
        """The kinds of fault found."""
        return {fault.kind for fault in self.faults}

    def add(self, what: str, first: int = 0, last: int | None = None) -> None:
        """Note a finding; the same one on the next entry lengthens the run, so a million faults stay one line."""
        end = first if last is None else last
        recent = self.faults[-1] if self.faults else None
        if recent and recent.what == what and recent.last + 1 == first:
            recent.last = end
        elif len(self.faults) < MOST_KEPT:
            self.faults.append(Fault(what, first, end))
        else:
            self.left_out += 1

    def lines(self) -> list[str]:
        """The report as a person reads it, one line each; the last says what to do."""
        sentences = [f"{words.count(self.entries, 'entry')} and {words.count(self.anchors, 'anchor')} checked."]
        sentences += [f"{fault.kind.capitalize()}. {fault.text}" for fault in self.faults]
        if self.left_out:
            sentences.append(f"{self.left_out:,} more findings are not listed.")
        sentences += [f"Note. {warning}" for warning in self.warnings]
        if self.sound:
            sentences.append("The history log is sound: nothing was altered, added or removed.")
        else:
            sentences.append(NOT_SOUND)
        return sentences
