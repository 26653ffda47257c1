"""What nobody would sign: sentences twice, doubled marks, codes, placeholders, numbers that disagree with their noun.

It reads plain text, of a page or of paper. Words that people typed are theirs; the demonstration's are written well.
"""

import dataclasses
import re
from collections import Counter
from itertools import pairwise

MOST_OF_ONE_FORMULA = 3
LONG_ENOUGH = 40
# A pack names its own audits so, and an abbreviation may stand before a comma.
PATTERNS = {
    "two full stops": re.compile(r"(?<!\.)\.\s?\.(?![.\w])"),
    "a mark after a full stop": re.compile(r"\w\.[,;:](?!\w)|[,;:]\.(?!\w)|,,|;;|(?<!:)::(?!:)"),
    "a space before a mark": re.compile(r"\w [,;](?=\s)|\w \.(?=\s|$)| \)|\( (?!\w=)"),
    "no space after a full stop": re.compile(r"\b[a-z]{3,}\.[A-Z][a-z]+\b"),
    "quotation marks twice": re.compile("““|””|‘‘|\"\"|“\"|\"”"),
    "an empty bracket or quotation": re.compile(r"\(\)|\[\]|“”"),
    "a placeholder": re.compile(
        r"\bNone\b(?! (?:of|given|is|was|are|yet|hangs|speaks|drawn)\b|\.|,)|\bnull\b|\bundefined\b|\bTODO\b|"
        r"(?i:\blorem\b)|\[object|[{}]|\bNaN\b|\bnan\b"
    ),
    "a code": re.compile(r"(?<![\w@/.=&?-])[a-z]+_[a-z_]+\b(?![\w@/.(=-])"),
    "one thing as many": re.compile(r"(?<![\d.,:/–-])\b1 (?:audits|actions|areas|days|records|findings|items|things|"
                                    r"gaps|concerns|people|teams|posts|domains|questions|months|weeks|pages|packs)\b"),
    "many things as one": re.compile(r"(?<![\d.,:/A-Z-])\b(?:0|[2-9]|[1-9]\d+) (?:audit|action|area|day|record|"
                                     r"finding|gap|concern|person|domain|question|pack)\b(?! (?:for|of|list|set|act))"),
    "a day with a capital or without": re.compile(r"\b\d{1,2} (?:january|february|march|april|june|july|august|"
                                                  r"september|october|november|december)\b"),
    "a name after a capital letter word": re.compile(r"\b(?:Sif|Ofsted's Ofsted|Ilacs|Afi-|Fnd-|Aud-)\b"),
    "the same word twice": re.compile(r"(?<![-\w])(?!that\b|had\b)([a-z]{2,}) \1\b(?!-)"),
    "a difference told as a share": re.compile(r"\d ?(?:%|per cent) (?:to go|(?:below|above) (?:its )?target)"),
    "two noes": re.compile(r"(?i)\b(?:none|nobody|never|no \w+)(?: of \w+)? \w+ (?:\w+ )?(?:nothing|nobody|nowhere)\b"),
    "a title cut and then told": re.compile(r"([A-Z][^.…“”]{25,})…[”\s.:]*\1"),
}  # fmt: skip
SENTENCE = re.compile(r"[^.!?]{%d,}[.!?]" % LONG_ENOUGH)  # noqa: UP031
STANDS_FOR = re.compile(r"[A-Z]{1,4}-[A-Z0-9]+|\d[\d,.:]*|“[^”]*”")


def faults(text):
    """Each pattern that a text shows, with the words around it."""
    smooth = " ".join(text.split())
    return [
        f"{name}: …{smooth[max(0, match.start() - 40) : match.end() + 40]}…"
        for name, pattern in PATTERNS.items()
        for match in pattern.finditer(smooth)
    ]


def printed(block):
    """Every text of what a page or paper prints, down to its cells; of a table what it says when it is empty, too."""
    if isinstance(block, str):
        yield block
    elif dataclasses.is_dataclass(block):
        full = bool(getattr(block, "rows", ()) or getattr(block, "entries", ()))
        silent = {"kind", "key", "look", "tone", *(("nothing",) if full else ())}
        for field in dataclasses.fields(block):
            if field.name not in silent:
                yield from printed(getattr(block, field.name))
    elif isinstance(block, tuple | list):
        for inner in block:
            yield from printed(inner)


def doubled(text):
    """Sentences that follow one another word for word."""
    sentences = [" ".join(match.group().split()) for match in SENTENCE.finditer(text)]
    return [first for first, second in pairwise(sentences) if first == second]


def formulas(sentences, most=MOST_OF_ONE_FORMULA):
    """Long sentences that stand on one page more than so often, whatever numbers and references are in them."""
    shapes = Counter(STANDS_FOR.sub("#", sentence) for sentence in sentences if len(sentence) >= LONG_ENOUGH)
    return [f"{number} times: {shape}" for shape, number in shapes.items() if number > most]
