"""Checks a pack's ZIP offline: is every file what the manifest says? Needs nothing but Python itself (PD-6).

Run it as `audit-app pack verify FILE.zip`, or this file alone with any Python: `python verify.py FILE.zip`.
"""

import hashlib
import json
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
MOST_MEMBERS = 500
MOST_BYTES = 2 * 1024**3
CHUNK = 1024 * 1024
USAGE = "Usage: verify FILE.zip [SHA-256 of the manifest, as the history log tells it]"


@dataclass
class Report:
    """What was found: every fault by file, and what to compare with the log."""

    pack: str = ""
    manifest_sha256: str = ""
    checked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is at fault."""
        return not self.faults

    def lines(self) -> list[str]:
        """The report in plain sentences."""
        if not self.sound:
            return [f"This is NOT the pack as it was built{f' ({self.pack})' if self.pack else ''}.", *self.faults]
        return [
            f"{self.pack}: all {len(self.checked)} files are as the manifest says.",
            f"The manifest’s SHA-256 is {self.manifest_sha256}.",
            "Whoever changed both a file and the manifest would pass this check: compare that number with the log.",
        ]


def verify(path: Path, manifest_sha256: str = "") -> Report:
    """Check one ZIP; with the manifest's hash from the log, check that as well."""
    report = Report()
    try:
        with zipfile.ZipFile(path) as whole:
            _check(whole, report, manifest_sha256.strip().lower())
    except FileNotFoundError:
        report.faults.append(f"There is no file {path.name}.")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as problem:
        report.faults.append(f"{path.name} cannot be read as a ZIP: {problem}.")
    return report


def _check(whole: zipfile.ZipFile, report: Report, expected: str) -> None:
    members = whole.infolist()
    names = Counter(member.filename for member in members)
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        report.faults.append("It holds more than any pack does.")
        return
    report.faults += [f"{name} is in it {times} times." for name, times in names.items() if times > 1]
    manifest = _manifest(whole, names, report, expected)
    if manifest is None:
        return
    listed = {entry["name"]: entry for entry in manifest["files"]}
    report.faults += [f"{name} is not in the manifest." for name in names if name not in listed and name != MANIFEST]
    for name, entry in listed.items():
        fault = _fault(whole, name, entry) if name in names else f"{name} is missing."
        if fault:
            report.faults.append(fault)
        report.checked.append(name)
    contents = listed.get("contents.json", {}).get("sha256")
    if contents != manifest.get("contents_sha256"):
        report.faults.append("manifest.json gives the contents two different hashes.")


def _manifest(whole: zipfile.ZipFile, names: Counter[str], report: Report, expected: str) -> dict[str, Any] | None:
    """The manifest, read and found to be one; or None with the fault noted."""
    if MANIFEST not in names:
        report.faults.append(f"{MANIFEST} is missing, so nothing can be checked.")
        return None
    try:
        raw = whole.read(MANIFEST)
    except (zipfile.BadZipFile, zlib.error) as problem:
        report.faults.append(f"{MANIFEST} is damaged: {problem}.")
        return None
    report.manifest_sha256 = hashlib.sha256(raw).hexdigest()
    if expected and expected != report.manifest_sha256:
        report.faults.append(f"{MANIFEST} is not the one in the log: its SHA-256 is {report.manifest_sha256}.")
    try:
        manifest = json.loads(raw)
        entries = [(entry["name"], entry["sha256"], entry["bytes"]) for entry in manifest["files"]]
        report.pack = str(manifest["pack"])
    except (ValueError, KeyError, TypeError):
        report.faults.append(f"{MANIFEST} is not a manifest of a pack.")
        return None
    if manifest.get("format") != 1 or not entries:
        report.faults.append(f"{MANIFEST} is of a kind this version cannot check.")
        return None
    return dict(manifest)


def _fault(whole: zipfile.ZipFile, name: str, entry: dict[str, Any]) -> str:
    """What is wrong with one file, or nothing."""
    digest, size = hashlib.sha256(), 0
    try:
        with whole.open(name) as member:
            while chunk := member.read(CHUNK):
                size += len(chunk)
                digest.update(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
        return f"{name} is damaged: {problem}."
    if size != entry["bytes"]:
        return f"{name} differs: it has {size:,} bytes, the manifest says {entry['bytes']:,}."
    if digest.hexdigest() != entry["sha256"]:
        return f"{name} differs: its content was changed."
    return ""


def main(arguments: Sequence[str]) -> int:
    """The command: 0 when sound, 1 when not, 2 when asked wrongly."""
    if len(arguments) not in (1, 2):
        sys.stderr.write(USAGE + "\n")
        return 2
    report = verify(Path(arguments[0]), arguments[1] if len(arguments) == 2 else "")
    sys.stdout.write("\n".join(report.lines()) + "\n")
    return 0 if report.sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
