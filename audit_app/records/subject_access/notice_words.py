"""What people are told of requests for everything on somebody: never on whom."""

from audit_app import notices

WAITS, READY = "records.copy_waits", "records.copy_ready"
_PATH = "/{authority}/records/subject-access/{reference}"

notices.register_notice(
    WAITS,
    "{reference} waits for a second person: a request for everything on somebody",
    ("At {council} somebody has asked for a copy of everything on one case or member of staff: {reference}.",
     "Nothing is gathered before another person has agreed. Sign in to agree or refuse: {link}"),
    path=_PATH,
)  # fmt: skip
notices.register_notice(
    READY,
    "The copy of {reference} is ready",
    ("The working copy you asked for at {council}, {reference}, is ready and ends after some days.",
     "Sign in to take it out: {link}"),
    path=_PATH,
)  # fmt: skip
