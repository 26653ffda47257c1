"""What the processes log holds places of the code, never what somebody typed: canaries through real requests (LG-7)."""

import io
import json
import logging

import pytest

from audit_app.people.access import Role
from audit_app.watching import set_up_logs
from audit_app.watching.logs import JsonLines, Lines
from tests import builders

CANARY = "Rosalind Quenneville-Marsh of Tamarind Row"
HOME = f"/{builders.AUTHORITY_KEY}"


@pytest.fixture(params=[Lines, JsonLines])
def logged(request):
    """What is logged in this test, as the processes would write it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(request.param())
    logger = logging.getLogger("audit_app")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield written
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_a_failed_page_is_logged_with_its_places_and_without_what_was_typed(app, signed_in_as, logged):
    def fails():
        try:
            raise KeyError(CANARY)
        except KeyError as first:
            raise ValueError(f"could not read {CANARY}") from first

    opened = app.view_functions["improvement.raise_finding"].opened_to
    fails.opened_to = opened
    app.view_functions["improvement.raise_finding"] = fails
    page = signed_in_as(Role.qa_manager)
    token = page.get("/your-account").token
    page.post(f"{HOME}/findings/raise", {"csrf_token": token, "title": CANARY, "detail": CANARY}, status=500)
    (line,) = logged.getvalue().splitlines()
    for word in ("ValueError at test_logs.py", "KeyError at test_logs.py", " fails"):
        assert word in line
    for word in ("Rosalind", "Quenneville", "Tamarind"):
        assert word not in line, "somebody's words are in the log"


def test_control_characters_begin_no_new_line(logged):
    logging.getLogger("audit_app").warning("request %s", "x\r\n2026-11-30 ERROR forged\u2028\x1b[31m")
    (line,) = logged.getvalue().splitlines()
    assert "\x1b" not in line
    assert "forged" in line


def test_a_line_of_json_says_when_who_and_what(caplog):
    record = logging.LogRecord("audit_app.jobs", logging.ERROR, "x.py", 1, "Job %s failed", (7,), None)
    record.created = 1_796_000_000.5
    fields = json.loads(JsonLines().format(record))
    assert fields["at"] == "2026-11-30T00:53:20.500+00:00"
    assert (fields["level"], fields["from"], fields["words"]) == ("error", "audit_app.jobs", "Job 7 failed")


def test_libraries_are_heard_only_when_it_matters():
    root = logging.getLogger()
    kept, level = list(root.handlers), root.level
    try:
        set_up_logs({"LOG_FORMAT": "json"})
        assert not logging.getLogger("huey").isEnabledFor(logging.INFO)
        assert logging.getLogger("waitress").isEnabledFor(logging.WARNING)
        assert logging.getLogger("audit_app.jobs").isEnabledFor(logging.INFO)
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
        logging.getLogger("audit_app").setLevel(logging.NOTSET)
