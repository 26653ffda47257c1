"""A paper as a Word file that can be edited: real headings, tables whose header repeats, marked blanks."""

from collections.abc import Callable

from audit_app.records.papers.paper import Bullets, Line, Listing, Paper, Statement, Words
from audit_app.word_files import Starting

Say = Callable[[str], str]
BLANK = "TO BE ANSWERED BY THE COUNCIL"


def document(paper: Paper, say: Say, day: str) -> bytes:
    """The file; equal papers of one day, equal bytes.

    Args:
        say: Puts the council’s own words into texts of ours.
        day: The day the paper speaks of, 2026-11-02.
    """
    made = Starting()
    title = say(paper.title)
    made.heading(title, 0)
    made.words(f"{paper.council}, as at {paper.as_at}", "Subtitle")
    made.edges(f"{paper.council} · {title} · draft", f"{title} · as at {paper.as_at}")
    for part in paper.parts:
        made.heading(say(part.heading), part.level - 1)
        for line in part.lines:
            _write(made, line, say)
    about = {"title": title, "subject": "", "council": paper.council, "reference": "", "template": "", "day": day}
    return made.file(about)


def _write(made: Starting, line: Line, say: Say) -> None:
    if isinstance(line, Words):
        made.words(say(line.text))
    elif isinstance(line, Bullets):
        for item in line.items:
            made.words(say(item), "List Bullet")
    elif isinstance(line, Listing):
        made.words(say(line.caption), "Caption")
        cells = [tuple(say(cell) for cell in row) for row in line.rows]
        made.rows(tuple(say(name) for name in line.columns), cells, line.widths_mm)
    else:
        _answer(made, line, say)


def _answer(made: Starting, line: Statement, say: Say) -> None:
    made.words("", bold=say(line.blank.question))
    if line.text:
        made.words(line.text, "Quote")
        made.words(f"Answered by {line.who} on {line.on}.")
    else:
        made.words(f"[{BLANK}] {say(line.blank.hint)}", "Quote")
