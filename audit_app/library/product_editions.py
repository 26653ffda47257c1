"""Which editions of the product's own questions audits are made from, worked out from their files. Pure."""

from datetime import date

import frameworks

CASE_AUDITS = "case-audit"  # the family of editions new audits are made from, beside the council's own sets


def editions_begun(on: date) -> list[str]:
    """The product's editions that audits may have been made from by a day, the newest first.

    On a day before the first of them begins it is the first: nobody is left without questions.
    """
    editions = frameworks.editions_of(CASE_AUDITS)
    begun = [edition.id for edition in editions if edition.valid_from <= on]
    return begun[::-1] or [editions[0].id]


def edition_for_new(on: date) -> str:
    """The product's edition that audits set up on a day are made from: the newest in force, as its files say.

    Where none is in force, the last that began.
    """
    try:
        return frameworks.in_force(CASE_AUDITS, on).id
    except frameworks.NoneInForce:
        return editions_begun(on)[0]
