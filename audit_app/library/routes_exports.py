"""What the library hands out as files: their kinds, and the id an export is logged under."""

from flask import g

from audit_app.people.access import log_read

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF, YAML = "application/pdf", "application/yaml"


def export_id() -> str:
    """An id that stands in the read log and, where there is room, in the file itself (EX-4)."""
    made = f"EXP-{g.now:%Y%m%d%H%M%S}-{g.request_id[:6]}"
    log_read(made)
    return made
