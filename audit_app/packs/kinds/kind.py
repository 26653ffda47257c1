"""What a kind of pack is, whoever wrote it: its sections in order, its audience, and what is chosen first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from audit_app.packs.kinds.sections import SECTIONS, TWO_PAGES, Asks, Section

WHOLE = "inspection-pack"
OWN = "KND-"


@dataclass(frozen=True)
class Kind:
    """A kind of pack."""

    key: str
    name: str
    what_for: str
    level: int
    standard: tuple[str, ...]
    further: tuple[str, ...] = ()
    asks: tuple[Asks, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether a council wrote it."""
        return self.key.startswith(OWN)

    @property
    def two_pages(self) -> bool:
        """Whether it is a paper of two pages, without cover and contents."""
        return TWO_PAGES[0] in self.standard

    @property
    def offered(self) -> tuple[Section, ...]:
        """The sections somebody may tick, in print order."""
        return tuple(SECTIONS[key] for key in in_order(self, (*self.standard, *self.further)) if may_tick(key))

    @property
    def printed(self) -> tuple[Section, ...]:
        """The sections it has at first, in print order."""
        return tuple(SECTIONS[key] for key in self.standard)


def may_tick(key: str) -> bool:
    """Whether a section is chosen by a tick: not what each pack has, nor audits in full, which are named one by one."""
    return not SECTIONS[key].fixed and key not in ("each-audit", *TWO_PAGES)


def in_order(kind: Kind, chosen: Iterable[str]) -> tuple[str, ...]:
    """Some sections as this kind prints them; further ones stand before the annex that begins with how to read it."""
    wanted = set(chosen)
    annex = ("in-figures", "how-to-read", "control", "sources", "left-out")
    body = [key for key in kind.standard if key not in annex] + [key for key in kind.further if key not in annex]
    tail = [key for key in annex if key in (*kind.standard, *kind.further)]
    own_order = list(kind.standard) if kind.is_own else []
    order = [*own_order, *(key for key in (*body, *tail) if key not in own_order)]
    return tuple(key for key in order if key in wanted)


def with_fixed(kind: Kind, ticked: Iterable[str]) -> tuple[str, ...]:
    """What was ticked with what is not chosen by a tick, in print order."""
    kept = [key for key in kind.standard if not may_tick(key)]
    return in_order(kind, (*ticked, *kept))


def could_have(asks: Iterable[Asks]) -> tuple[Section, ...]:
    """The sections a kind that asks for this could have, whatever it has."""
    asked = set(asks)
    return tuple(
        section for section in SECTIONS.values()
        if (section.needs is None or section.needs in asked) and section.key not in TWO_PAGES
    )  # fmt: skip
