"""What a template must not hold beside what no Word file may: fields that fetch, changes still tracked, comments."""

from collections.abc import Iterator
from typing import Any

from audit_app.evidence_store.refusal import Refused

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Fields that work on the document itself. All others are refused: some of them fetch files or start programs.
FIELDS = frozenset(
    {
        "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "TC", "PAGEREF", "REF", "NOTEREF", "STYLEREF",
        "HYPERLINK", "SEQ", "TITLE", "SUBJECT", "DOCPROPERTY",
    }
)  # fmt: skip
TRACKED = frozenset(f"{WORD}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
COMMENTS = ("comments+xml", "commentsExtended+xml", "people+xml")


def check(package: Any, roots: list[Any]) -> None:
    """Refuse what must not stand in a template.

    Args:
        package: The opened document's parts.
        roots: The XML of its body, headers, footers and notes.

    Raises:
        Refused: what it holds and what to do.
    """
    if any(part.content_type.endswith(COMMENTS) for part in package.iter_parts()):
        raise Refused("comments", "The template holds comments. Delete them and try again.")
    for root in roots:
        for element in root.iter():
            if element.tag in TRACKED:
                raise Refused("tracked", "The template holds tracked changes. Accept or reject them and try again.")
            if element.tag == f"{WORD}altChunk":
                raise Refused("objects", "The template has another file inside it. Take it out and try again.")
        for instruction in instructions(root):
            word = (instruction.split() or [""])[0].upper()
            if word not in FIELDS:
                name = word[:40] or "without a name"
                raise Refused("links", f"The template has the field {name}, which may fetch things. Take it out.")


def instructions(root: Any) -> Iterator[str]:
    """What each field is told to do; one that is cut over several runs is put together."""
    for simple in root.iter(f"{WORD}fldSimple"):
        yield simple.get(f"{WORD}instr", "")
    written: list[str] | None = None
    for element in root.iter(f"{WORD}fldChar", f"{WORD}instrText"):
        if element.tag == f"{WORD}instrText":
            # Text outside a field would not run, yet it has no business here: it is read as a field of its own.
            if written is None:
                yield element.text or ""
            else:
                written.append(element.text or "")
            continue
        kind = element.get(f"{WORD}fldCharType")
        if kind == "begin":
            if written:
                yield "".join(written)
            written = []
        elif written is not None:
            yield "".join(written)
            written = None
    if written:
        yield "".join(written)
