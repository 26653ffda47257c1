"""What must be mended before a council's own set may be offered, published or brought in. Pure."""

from audit_app.library.own_sets import edition_areas, short_names
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnSet

# A set keeps its short name for ever, so another name is another set.
RENAMED = "Take this set out as a workbook, write the other name on its sheet “Set” and bring it in as a new set."


def complaints(own: OwnSet) -> tuple[own_set.Complaint, ...]:
    """What is wrong in what a document says."""
    return own_set.complaints(own, edition_areas.areas_of)


def complaints_about_a_new_set(own: OwnSet) -> tuple[own_set.Complaint, ...]:
    """The same, and a short name that it may not begin with."""
    return (*_of_its_name(own), *complaints(own))


def hindrances(own: OwnSet) -> tuple[own_set.Complaint, ...]:
    """What stands between a draft and being published: the same.

    A set that was published under such a name before reads, prints and is audited with as ever.
    """
    return (*((path, f"{reason} {RENAMED}") for path, reason in _of_its_name(own)), *complaints(own))


def _of_its_name(own: OwnSet) -> tuple[own_set.Complaint, ...]:
    reason = short_names.why_not(own.id)
    return ((("id",), reason),) if reason else ()
