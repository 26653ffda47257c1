"""What a command writes into the data folder is its owner's alone, whatever the machine's habits (SE-2)."""

import os
import stat
import subprocess
import sys

import pytest


@pytest.mark.skipif(os.name != "posix", reason="modes are read where there are modes")
def test_every_file_and_folder_is_its_owners_alone_se_2(tmp_path):
    folder = tmp_path / "data"
    settings = {**os.environ, "AUDIT_DATA_FOLDER": str(folder), "AUDIT_DATABASE_URL": ""}
    before = os.umask(0o022)
    try:
        command = [sys.executable, "-m", "audit_app.commands", "migrate"]
        subprocess.run(command, env=settings, check=True, capture_output=True)
    finally:
        os.umask(before)
    modes = {place: stat.S_IMODE(place.stat().st_mode) for place in [folder, *folder.rglob("*")]}
    files = {place: mode for place, mode in modes.items() if place.is_file()}
    assert {"audit.db", "secret_key", "log_key"} <= {place.name for place in files}
    assert {place: oct(mode) for place, mode in files.items() if mode != 0o600} == {}
    assert {place: oct(mode) for place, mode in modes.items() if place.is_dir() and mode != 0o700} == {}
    keys = [(folder / "keys" / name).read_text() for name in ("secret_key", "log_key")]
    assert len(set(keys)) == 2
