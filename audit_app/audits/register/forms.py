"""What an address says the register of audits is narrowed to: text into values."""

from collections.abc import Mapping

from audit_app.audits.forms_details import day_or_none
from audit_app.audits.queries_lists import MOST_SEARCH, SORTS, AuditFilter
from audit_app.library.set_name import SetName, parsed

FILTERS = (
    "search",
    "stage",
    "team_id",
    "set",
    "grade",
    "how_chosen",
    "auditor_id",
    "overdue",
    "counted",
    "start",
    "end",
    "sort",
)
TEXTS = ("stage", "grade", "how_chosen", "counted")


def audit_filter(args: Mapping[str, str]) -> AuditFilter:
    """The filter in an address; what makes no sense is left out."""
    ids = {name: number_in(args.get(name, "")) for name in ("team_id", "auditor_id")}
    texts = {name: args.get(name, "")[:60] for name in TEXTS}
    sort = args.get("sort", "")
    return AuditFilter(
        **texts,
        set_name=_set_name(args.get("set", "")[:140]),
        team_id=ids["team_id"],
        auditor_id=ids["auditor_id"],
        start=day_or_none(args.get("start", "")),
        end=day_or_none(args.get("end", "")),
        overdue=args.get("overdue") == "yes",
        search=" ".join(args.get("search", "").replace("\x00", "").split())[:MOST_SEARCH],
        sort=sort if sort in SORTS else "newest",
    )


def _set_name(text: str) -> SetName | None:
    """The set an address names; what names none is a set nobody has, so that nothing is listed."""
    return parsed(text) or SetName(text, "") if text else None


def number_in(text: str) -> int | None:
    """The number a text stands for, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
