"""The way an audit came to be read, as one word of the counts. Pure."""

SEPARATOR = "/"


def way_of(how_chosen: str, audit_type: str, *, again: bool) -> str:
    """How an audit came to be read, as one word of the counts; `read_way` takes it apart again."""
    return SEPARATOR.join((str(how_chosen), str(audit_type), "again" if again else ""))


def read_way(way: str) -> tuple[str, str, bool]:
    """How chosen, the type of audit, and whether its record was read before."""
    how_chosen, audit_type, again = way.split(SEPARATOR)
    return how_chosen, audit_type, bool(again)
