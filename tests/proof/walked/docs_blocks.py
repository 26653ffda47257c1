"""The commands that stand in docs/, by their place: what the walk types is read from the page, never copied here.

Whoever changes a command on a page changes what the walk types. Standard library only; reads pages, starts nothing.
"""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parents[3] / "docs"
HEADING = re.compile(r"#+ (.+)")
IN_WORDS = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Block:
    """Lines that stand apart on a page: its file's name, the heading above them, and which they are below it."""

    page: str
    heading: str
    number: int
    text: str

    @property
    def place(self):
        """How lists name it: page, heading and number in one."""
        return f"{self.page} / {self.heading} / {self.number}"


def blocks_of(page, text):
    """The blocks of one page, in order: indented by four or more after an empty line, or between fences."""
    heading, counted, made = "", {}, []
    for kind, words in pieces(text):
        if kind == "heading":
            heading = words
        else:
            counted[heading] = counted.get(heading, 0) + 1
            made.append(Block(page, heading, counted[heading], words))
    return made


def pieces(text):
    """Headings and blocks as they follow one another; everything else is passed over."""
    lines, at, was_empty = text.splitlines(), 0, True
    while at < len(lines):
        line = lines[at]
        if line.startswith("```"):
            end = next(later for later in range(at + 1, len(lines)) if lines[later].startswith("```"))
            yield "block", "\n".join(lines[at + 1 : end])
            at = end
        elif was_empty and line.startswith("    "):
            end = next((later for later in range(at, len(lines)) if not lines[later].startswith("    ")), len(lines))
            depth = len(line) - len(line.lstrip())
            yield "block", "\n".join(one[depth:] for one in lines[at:end])
            at = end - 1
        elif match := HEADING.match(line):
            yield "heading", match[1]
        was_empty = not lines[at].strip()
        at += 1


def every_block():
    """All blocks of all pages."""
    return [block for page in sorted(DOCS.glob("*.md")) for block in blocks_of(page.stem, page.read_text("utf-8"))]


def block_at(place):
    """The block at `page / heading / number`.

    Raises:
        LookupError: The page has none there any more.
    """
    for block in every_block():
        if block.place == place:
            return block
    raise LookupError(f"No block stands at {place}: was the heading renamed? The walk follows the pages.")


def in_words(page, heading, beginning):
    """The command that stands in a sentence of a section, by how it begins.

    Raises:
        LookupError: No command there begins so.
    """
    text, _, rest = (DOCS / f"{page}.md").read_text("utf-8").partition(f" {heading}\n")
    section = re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    for command in IN_WORDS.findall(" ".join(section.split())):
        if text and command.startswith(beginning):
            return command
    raise LookupError(f"Under {heading} of {page} no command begins with {beginning}.")
