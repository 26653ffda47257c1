"""Asks the virus scanner that was set about one file; one that cannot be reached has not said that it is clean."""

import shlex
import subprocess
from enum import StrEnum, auto

CLEAN, HARMFUL = 0, 1
WALL_SECONDS = 120


class Verdict(StrEnum):
    """What the scanner said."""

    clean = auto()
    harmful = auto()
    unknown = auto()


def scan(command: str, data: bytes, wall_seconds: float = WALL_SECONDS) -> Verdict:
    """Give a file to the scanner's standard input: it ends with 0 for a clean file, with 1 for a harmful one (UP-10).

    Whatever else happens, an end of another kind, silence or no such program, leaves the file unscanned.
    """
    try:
        ended = subprocess.run(
            shlex.split(command), input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=wall_seconds, check=False,
        )  # fmt: skip
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired):
        return Verdict.unknown
    return {CLEAN: Verdict.clean, HARMFUL: Verdict.harmful}.get(ended.returncode, Verdict.unknown)
