"""What no page may show a reader: keys and words of code, and two ways of writing a day in one column. Pure."""

import re
from html.parser import HTMLParser

MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# May is written alike in both; a range (“1 April to 6 June 2026”) is one day of its style.
STYLES = {
    "long": re.compile(rf"\b\d{{1,2}} (?:{MONTHS}) \d{{4}}\b"),
    "short": re.compile(rf"\b\d{{1,2}} (?:{SHORT_MONTHS}) \d{{4}}\b"),
    "figures": re.compile(r"\b(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})\b"),
}
LEAKS = {
    "a key": re.compile(r"(?<![\w./@-])[a-z]+(?:_[a-z]+)+(?![\w.@-])"),
    "a word of code": re.compile(r"(?<!\w)(?:True|False|NaN|nan|null|undefined|Traceback|None(?=[,.)]?$|,))(?!\w)"),
    "a view": re.compile(
        r"(?<![\w/.@])(?:audits|people|library|packs|improvement|home|evidence|records|self_assessment)"
        r"\.[a-z]+(?:_[a-z]+)*(?![\w/])"
    ),
    "the id of an edition": re.compile(
        r"(?<![\w/.-])(?:case-audit|ilacs|jtai|sif|ofsted|area-send|national-framework|self-assessment|youth-justice"
        r"|working-together|peer-review)-\d[\w/-]*"
    ),
}
# A column of sources quotes documents as they are printed, each with days in its own way.
QUOTED = (
    "Source",
    "Where it was read",
    "What was printed",
    "What is right",
    "What",
    "Why, and where it was read",
    "How soon",
)
# A published edition keeps its words.
PRINTED = ("The first edition (case-audit-1), read again",)
UNREAD = ("script", "style", "textarea", "pre", "code")


class Reader(HTMLParser):
    """The texts of a page, and its tables as rows of cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.open: list[list[list[str]]] = []
        self.unread = 0

    def handle_starttag(self, tag, attrs):
        self.unread += tag in UNREAD
        if tag == "table":
            self.open.append([])
        elif tag == "tr" and self.open:
            self.open[-1].append([])
        elif tag in ("td", "th") and self.open and self.open[-1]:
            self.open[-1][-1].append("")

    def handle_endtag(self, tag):
        self.unread -= tag in UNREAD
        if tag == "table" and self.open:
            self.tables.append(self.open.pop())

    def handle_data(self, data):
        if self.unread:
            return
        self.texts.append(" ".join(data.split()))
        if self.open and self.open[-1] and self.open[-1][-1]:
            self.open[-1][-1][-1] += data


def read(html: str) -> Reader:
    """A page as it is read."""
    reader = Reader()
    reader.feed(html)
    return reader


def leaks(html: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """What a page shows that only programmers know, each in its text; `but` names what may be shown there."""
    return [
        f"{what}: {text}"
        for text in dict.fromkeys(read(html).texts)
        if not text.startswith(PRINTED)
        for what, pattern in LEAKS.items()
        if what not in but and pattern.search(text)
    ]


def mixed_columns(html: str) -> list[str]:
    """Columns of a page's tables in which days are written in more than one way."""
    faults = []
    for table in read(html).tables:
        headings = [" ".join(cell.split()) for cell in table[0]] if table else []
        for place, heading in enumerate(headings):
            cells = [row[place] for row in table[1:] if place < len(row)]
            styles = sorted(name for name, style in STYLES.items() if any(style.search(cell) for cell in cells))
            if len(styles) > 1 and heading not in QUOTED:
                faults.append(f"“{heading}” has days written {' and '.join(styles)}")
    return faults
