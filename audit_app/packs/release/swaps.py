"""Which pages of a new version take the place of which of the last, for packs that stand in a binder. Pure."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class PageMark:
    """One page as it was printed: the heading it stands under, and a mark of its words."""

    heading: str
    mark: str


@dataclass(frozen=True)
class Swap:
    """Pages that come out and pages that go in; one of the two may be none. Counted from 1, both ends included."""

    out: tuple[int, int] | None
    put_in: tuple[int, int] | None
    heading: str


def mark_of(words: Sequence[str]) -> str:
    """A mark of the words of a page, without header, footer and page number: equal words, equal mark."""
    return hashlib.sha256(json.dumps(list(words), ensure_ascii=False).encode("utf-8")).hexdigest()[:24]


def swaps(old: Sequence[PageMark], new: Sequence[PageMark]) -> tuple[Swap, ...]:
    """What to take out of the old version and what to put in, in the order of the pages.

    Pages whose words did not change stay, whatever their number is now. An empty result: nothing changed.
    """
    matcher = SequenceMatcher(None, [page.mark for page in old], [page.mark for page in new], autojunk=False)
    made = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        heading = new[new_from].heading if new_to > new_from else old[old_from].heading
        out = (old_from + 1, old_to) if old_to > old_from else None
        put_in = (new_from + 1, new_to) if new_to > new_from else None
        made.append(Swap(out, put_in, heading))
    return tuple(made)


def write(pages: Sequence[PageMark]) -> str:
    """The marks as they are kept beside a pack."""
    return json.dumps([[page.heading, page.mark] for page in pages], ensure_ascii=False, separators=(",", ":"))


def read(written: str) -> tuple[PageMark, ...]:
    """The marks as they were kept; none for a pack that was made before pages were marked."""
    return tuple(PageMark(heading, mark) for heading, mark in json.loads(written)) if written else ()


def in_words(swap: Swap) -> tuple[str, str]:
    """What comes out and what goes in: pages 12 to 14; page 15; nothing."""
    return _pages(swap.out), _pages(swap.put_in)


def _pages(pages: tuple[int, int] | None) -> str:
    if pages is None:
        return "Nothing"
    first, last = pages
    return f"Page {first}" if first == last else f"Pages {first} to {last}"
