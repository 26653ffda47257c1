"""Looks up known holes of what is locked, and writes down when and how many were looked at.

Called by `make locks`. Where no advisory service can be reached it says so aloud and changes nothing: a green line that
looked at nothing is no check. The tool is fetched by uv and is no part of the product.
"""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RECORD = HERE / "advisories.txt"
LOCKS = ("run.lock", "dev.lock", "build.lock")
TOOL = ("tool", "run", "--quiet", "pip-audit>=2.9,<3")
PATIENCE_SECONDS = 300


def locked(lock: str) -> set[str]:
    """The distributions of a lock, by name and version."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*])?==([^ ;\\]+)", lock, re.MULTILINE)
    return {f"{re.sub(r'[-_.]+', '-', name).lower()} {version}" for name, version in pins}


def judge(wanted: set[str], report: dict[str, Any]) -> tuple[set[str], list[str]]:
    """What was really looked at, of what is wanted, and each known hole as a line."""
    seen, holes = set(), []
    for found in report.get("dependencies", []):
        if "skip_reason" in found:
            continue
        name = re.sub(r"[-_.]+", "-", found["name"]).lower()
        seen.add(f"{name} {found['version']}")
        for hole in found.get("vulns", []):
            fixed = ", ".join(hole.get("fix_versions", [])) or "no version yet"
            holes.append(f"{name} {found['version']}: {hole['id']}, mended in {fixed}")
    return seen & wanted, sorted(set(holes))


def look_up(uv: str, lock: str) -> tuple[dict[str, Any] | None, str]:
    """The service's report on one lock, or why there is none."""
    options = ("--disable-pip", "--require-hashes", "--vulnerability-service", "osv", "--format", "json")
    command = [uv, *TOOL, *options, "--progress-spinner", "off", "--requirement", str(HERE / lock)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
        return json.loads(done.stdout), ""
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, type(error).__name__
    except ValueError:
        said = done.stderr.strip().splitlines()
        return None, said[-1][:200] if said else f"it ended with code {done.returncode} and said nothing"


def last_check() -> str:
    """The line that says when the last check was."""
    return RECORD.read_text("utf-8").splitlines()[0] if RECORD.exists() else "No check has been recorded yet."


def main(uv: str) -> int:
    """Look at every lock. 0: looked at all and wrote it down, or could not look and said so; 1: there are holes."""
    lines, every_hole = [], []
    for lock in LOCKS:
        wanted = locked((HERE / lock).read_text("utf-8"))
        report, why = look_up(uv, lock)
        seen, holes = judge(wanted, report or {})
        if report is None or seen != wanted:
            reason = why or f"{len(seen)} of {len(wanted)} in {lock} were looked at"
            print(f"NOT CHECKED for known holes: {reason}.\n{last_check()}", file=sys.stderr)  # noqa: T201
            return 0
        lines.append(f"{lock}: {len(seen)} of {len(wanted)} looked at, {len(holes)} known holes")
        every_hole += holes
    today = datetime.now(UTC).date().isoformat()
    record = [f"Last looked up on {today}, by pip-audit against OSV.", *lines, *sorted(set(every_hole))]
    RECORD.write_text("\n".join(record) + "\n", "utf-8")
    print("\n".join(record))  # noqa: T201
    return 1 if every_hole else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
