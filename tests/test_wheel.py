"""The wheel carries everything the product needs, and nothing that belongs to GOV.UK alone."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("audit_app", "frameworks", "findings")
NOT_OURS = ("gds transport", "@font-face", "crown", "crest")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        yield archive


def test_every_file_of_the_three_packages_is_in_the_wheel(wheel):
    here = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT).as_posix() for path in here if "__pycache__" not in path.parts}
    assert wanted
    assert wanted - set(wheel.namelist()) == set()


def test_the_built_assets_are_in_the_wheel_with_their_licences(wheel):
    names = set(wheel.namelist())
    pages = {f"audit_app/static/govuk/{name}" for name in ("govuk.css", "govuk-frontend.min.js", "LICENSE")}
    faces = [f"DejaVuSansCondensed{kind}" for kind in ("", "-Bold", "-Oblique", "-BoldOblique")]
    fonts = {f"audit_app/paper/fonts/{face}.ttf" for face in faces} | {"audit_app/paper/fonts/LICENSE"}
    assert pages | fonts <= names
    assert any(name.endswith("licenses/NOTICES") for name in names)


def test_no_typeface_crown_or_crest_of_gov_uk_is_shipped(wheel):
    styles = wheel.read("audit_app/static/govuk/govuk.css").decode().lower()
    assert ".govuk-button" in styles
    assert [mark for mark in NOT_OURS if mark in styles] == []
    named = [name.lower() for name in wheel.namelist()]
    assert [name for name in named if any(mark in name for mark in ("crown", "crest", "transport", ".woff"))] == []


def test_the_wheel_gives_the_command(wheel):
    entry_points = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "audit-app = audit_app.commands:main" in wheel.read(entry_points).decode()
