"""Writes the bill of materials that goes out beside a wheel: CycloneDX, from the locks alone.

Called by `make wheel`. It names what the product needs to run, each with the hashes of the lock, and what others made
that lies inside the wheel. The same locks always give the same bytes. Standard library only.
"""

import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
# What the built assets contain (NOTICES); the rest of that lock only builds them.
INSIDE_THE_WHEEL = ("dejavu-fonts-ttf", "govuk-frontend")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*])?==(?P<version>[^ ;\\]+)( *; *(?P<marker>[^\\]+))?")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(lock: str) -> Iterator[dict[str, Any]]:
    """Each distribution of a hashed lock; one that some systems alone need says which."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock):
        pin = PIN.match(block)
        if pin is None:
            continue
        name, version = re.sub(r"[-_.]+", "-", pin["name"]).lower(), pin["version"]
        hashes = sorted(set(HASH.findall(block)))
        if not hashes:
            raise SystemExit(f"{name} stands in the lock without a hash. Run: make locks")
        component: dict[str, Any] = {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "scope": "optional" if pin["marker"] else "required",
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in hashes],
        }
        if pin["marker"]:
            component["properties"] = [{"name": "python:marker", "value": pin["marker"].strip()}]
        yield component


def inside(lock: str) -> Iterator[dict[str, Any]]:
    """What others made that is built into the wheel, from the lock of the assets."""
    packages = json.loads(lock)["packages"]
    for name in INSIDE_THE_WHEEL:
        package = packages[f"node_modules/{name}"]
        kind, _, digest = package["integrity"].partition("-")
        content = base64.b64decode(digest).hex()
        yield {
            "type": "library",
            "bom-ref": f"pkg:npm/{name}@{package['version']}",
            "name": name,
            "version": package["version"],
            "purl": f"pkg:npm/{name}@{package['version']}",
            "scope": "required",
            "hashes": [{"alg": {"sha512": "SHA-512", "sha256": "SHA-256"}[kind], "content": content}],
            "properties": [{"name": "audit-app:place", "value": "built into the wheel"}],
        }


def bill(top: Path = TOP) -> dict[str, Any]:
    """The whole bill of materials of this version."""
    project = tomllib.loads((top / "pyproject.toml").read_text("utf-8"))["project"]
    needed = list(locked((top / "requirements/run.lock").read_text("utf-8")))
    built_in = list(inside((top / "requirements/assets/package-lock.json").read_text("utf-8")))
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    parts = sorted([*needed, *built_in], key=lambda part: str(part["purl"]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([own, parts]))}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "purl": own,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def main(folder: str) -> None:
    """Write it into a folder, named like the wheel."""
    made = bill()
    own = made["metadata"]["component"]
    path = Path(folder) / f"{own['name'].replace('-', '_')}-{own['version']}.cdx.json"
    path.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
