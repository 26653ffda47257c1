"""Where something is written: one section of one self-assessment of a council. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A section, by its council, the number of its self-assessment and its own id."""

    authority_id: int
    number: int
    section_id: int
