"""How much of a file of evidence was read, before any of it leaves. Pure."""

from enum import StrEnum, auto


class Read(StrEnum):
    """How much of a file was read. Only what was read whole and holds nothing may leave without a person's look."""

    whole = auto()
    part = auto()  # it is longer than what is kept of its words
    no_words = auto()  # a picture or a scan: somebody must look at it
    no_file = auto()
