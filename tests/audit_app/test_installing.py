"""`audit-app install` and `audit-app settings`: what is written, with which rights; and nothing there is changed."""

import json
import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit_app import config
from audit_app.commands.install import install
from audit_app.commands.settings import page
from audit_app.server_mode import refuse_unsafe, second_factor

ROOT = Path(__file__).resolve().parents[2]
NAME = "readiness.example.gov.uk"


def run(root, *more):
    return CliRunner().invoke(install, ["--name", NAME, "--root", str(root), *more])


def environment(path):
    """The settings as systemd reads such a file: one a line, quotes taken off."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}


def test_the_settings_it_writes_are_enough_for_server_mode_and_readable_by_root_alone(tmp_path):
    before = os.umask(0o077)  # as every command of the product has it
    try:
        done = run(tmp_path)
    finally:
        os.umask(before)
    assert done.exit_code == 0, done.output
    path = tmp_path / "etc" / "audit-app" / "settings.env"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    # Secrets in files of their own stand beside it, which the service reads as its own user.
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o755
    given = environment(path)
    read = {}
    for name, value in given.items():
        try:
            read[name.removeprefix("AUDIT_")] = json.loads(value)
        except ValueError:
            read[name.removeprefix("AUDIT_")] = value
    assert len(read["SECRET_KEY"]) == 64
    settings = {**config.DEFAULTS, **read, "DEBUG": False, "KEYS_GIVEN": {"SECRET_KEY"}}
    refuse_unsafe({**settings, "SECOND_FACTOR": second_factor(settings)})


def test_a_second_run_changes_nothing_and_two_servers_have_two_keys(tmp_path):
    run(tmp_path / "one")
    path = tmp_path / "one" / "etc" / "audit-app" / "settings.env"
    before = path.read_text("utf-8")
    assert "was left as it is" in run(tmp_path / "one").output
    assert path.read_text("utf-8") == before
    run(tmp_path / "two")
    assert (tmp_path / "two" / "etc" / "audit-app" / "settings.env").read_text("utf-8") != before


@pytest.mark.parametrize("unit", ["audit-app-web.service", "audit-app-worker.service"])
def test_a_unit_gains_no_rights_and_writes_its_data_alone(tmp_path, unit):
    run(tmp_path, "--data", "/srv/audit")
    lines = (tmp_path / "etc" / "systemd" / "system" / unit).read_text("utf-8").splitlines()
    for line in ("User=audit-app", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
        assert line in lines
    assert [line for line in lines if line.startswith("ReadWritePaths=")] == ["ReadWritePaths=/srv/audit"]
    assert ("web" in unit) == any(line.startswith("ExecStartPre=") for line in lines), "one of the two migrates"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--name", "https://readiness.example.gov.uk"], "without https://"),
        (["--name", "localhost"], "without https://"),
        (["--name", 'x.example";evil'], "without https://"),
        (["--user", "root"], "never root"),
        (["--user", "a b"], "small letter"),
        (["--data", "here"], "from / on"),
        (["--data", "/srv/a b"], "from / on"),
    ],
)
def test_what_cannot_stand_in_a_unit_is_refused_and_nothing_is_written(tmp_path, options, says):
    done = run(tmp_path, *options)
    assert done.exit_code == 1
    assert says in done.output
    assert not list(tmp_path.rglob("*.service"))


def test_the_administrators_command_takes_settings_as_they_stand_and_runs_none_of_them(tmp_path):
    """systemd gives the units what stands behind =, spaces, dollars and brackets included; so must this."""
    run(tmp_path)
    settings, proof = tmp_path / "etc" / "audit-app" / "settings.env", tmp_path / "was-run"
    with settings.open("a", encoding="utf-8") as file:
        file.write("# AUDIT_OUT=no\nAUDIT_MAIL_FROM=Audit service <a@b.example>\nAUDIT_SMTP_PASSWORD=a$HOME`x`\n")
        file.write(f'AUDIT_OIDC_NAME="Greenhaven Council"\nAUDIT_BOUNCES_PASSWORD=$(touch {proof}); touch {proof}')
    runuser = tmp_path / "bin" / "runuser"
    runuser.parent.mkdir()
    runuser.write_text('#!/bin/sh\necho "ASKED $*"\nenv\n')
    runuser.chmod(0o755)
    command = (tmp_path / "usr" / "local" / "sbin" / "audit-app-admin").read_text("utf-8")
    here = {"PATH": f"{runuser.parent}:/usr/bin:/bin", "HOME": "/root"}
    done = subprocess.run(
        ["sh", "-c", command.replace("/etc/audit-app/settings.env", str(settings)), "sh", "log", "verify"],
        env=here, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines[0].startswith("ASKED -u audit-app -- ") and lines[0].endswith("audit-app log verify")
    given = dict(line.split("=", 1) for line in lines[1:])
    assert given["AUDIT_MAIL_FROM"] == "Audit service <a@b.example>"
    assert given["AUDIT_OIDC_NAME"] == "Greenhaven Council"
    assert given["AUDIT_SMTP_PASSWORD"] == "a$HOME`x`"
    assert json.loads(given["AUDIT_TRUSTED_HOSTS"]) == [NAME]
    assert given["AUDIT_BOUNCES_PASSWORD"] == f"$(touch {proof}); touch {proof}"
    assert "AUDIT_OUT" not in given and not proof.exists() and done.stderr == ""


def test_the_page_of_settings_is_what_the_command_prints_and_names_every_setting():
    written = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert written == page(), "docs/settings.md is out of date: audit-app settings > docs/settings.md"
    assert set(re.findall(r"^\| `([A-Z0-9_]+)` \|", written, re.MULTILINE)) == set(config.DEFAULTS)


def test_every_setting_is_explained():
    told = re.split(r"\n\n\| setting \| default \|\n", page())
    for before in told[:-1]:
        assert len(before.rsplit("\n\n", 1)[-1]) > 15, before[-200:]
