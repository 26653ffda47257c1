"""What people are told of long exports: never what is in them."""

from audit_app import notices

READY, FAILED = "people.export_ready", "people.export_failed"
_PATH = "/{authority}/exports/{reference}"

notices.register_notice(
    READY,
    "The workbook {reference} is ready",
    ("The workbook you asked for at {council}, {reference}, is ready and ends after some days.",
     "Sign in to take it out: {link}"),
    path=_PATH,
)  # fmt: skip
notices.register_notice(
    FAILED,
    "The workbook {reference} could not be made",
    ("The workbook you asked for at {council}, {reference}, could not be made.",
     "Sign in to see why and to have it made again: {link}"),
    path=_PATH,
)  # fmt: skip
