"""Parsers of untrusted files are confined: little time, little memory, no network, no settings (IM-1)."""

import sys

import pytest

from audit_app import limits

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="rlimits and unshare are Linux's")
PARSER = """
import os, socket, sys

def answer(data):
    exec(data.decode())
    return str(found).encode()
"""


@pytest.fixture(scope="module")
def attempt(tmp_path_factory):
    """Runs a line of Python in the place of a parser, under the same limits."""
    folder = tmp_path_factory.mktemp("audit_app")
    (folder / "limits.py").write_text((limits.PACKAGE / "limits.py").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "attempt.py").write_text(PARSER, encoding="utf-8")
    patch = pytest.MonkeyPatch()
    patch.setattr(limits, "PACKAGE", folder)
    yield lambda line, **options: limits.run_limited("audit_app.attempt", line.encode(), limits.Limits(**options))
    patch.undo()


def test_what_the_parser_finds_comes_back(attempt):
    assert attempt("global found; found = 6 * 7") == limits.Outcome(b"42")


@linux_only
def test_memory_is_bounded(attempt):
    said = attempt("global found; found = len(bytes(600_000_000))")
    assert said.problem == "it unpacks to more than can be read safely"
    assert attempt("global found; found = len(bytes(100_000_000))").output == b"100000000"


@linux_only
def test_processor_time_is_bounded(attempt):
    assert attempt("while True: pass", cpu_seconds=1).problem == "it takes too long to read"


def test_waiting_is_bounded(attempt):
    assert attempt("import time; time.sleep(60)", wall_seconds=1).problem == "it takes too long to read"


@linux_only
def test_no_file_can_be_filled(attempt, tmp_path):
    place = tmp_path / "left-behind"
    line = f"global found\ntry:\n open({str(place)!r}, 'wb').write(b'x')\nexcept OSError: found = 'refused'"
    attempt(line)
    assert not place.exists() or place.read_bytes() == b""


def test_no_setting_reaches_the_parser(attempt, monkeypatch):
    monkeypatch.setenv("AUDIT_SECRET_KEY", "for this test only")
    assert attempt("global found; found = 'AUDIT_SECRET_KEY' in os.environ").output == b"False"


@linux_only
def test_there_is_no_network(attempt):
    """The control: the same line outside the child finds an interface that is up."""
    if limits.not_enforced():
        pytest.skip("this system does not let a process leave its network: " + " ".join(limits.not_enforced()))
    line = (
        "global found\ns = socket.socket()\ns.settimeout(2)\n"
        "try:\n s.connect(('127.0.0.1', 9)); found = 'reached'\nexcept OSError as error: found = error.errno"
    )
    unreachable = b"101"
    assert attempt(line).output == unreachable


def test_a_parser_that_dies_is_told_in_words(attempt):
    assert attempt("os._exit(9)").problem == "it is damaged, or is not what its name says"
    assert attempt("raise ValueError").problem == "it is damaged, or is not what its name says"


def test_a_system_without_rlimits_says_what_is_not_held(monkeypatch):
    monkeypatch.setattr(limits, "resource", None)
    assert any("without a limit on its memory" in line for line in limits.not_enforced())
