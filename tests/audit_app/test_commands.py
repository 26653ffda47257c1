"""The command `audit-app`: what it says, when it refuses, and how it exits."""

import json
import os
import socket
import sys
from pathlib import Path

import click
import pytest
from flask.cli import ScriptInfo

from audit_app import commands, config, create_app, migrations
from audit_app.commands import first_day, serving
from audit_app.library.own_sets import workbook as own_set_workbook
from audit_app.people.councils.keys import key_from
from frameworks.own_sets import yaml_file as own_yaml
from tests import builders_library
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(app):
    """Call with the words of a command; gives its outcome."""

    def command(*words):
        info = ScriptInfo(create_app=lambda: app, set_debug_flag=False)
        return app.test_cli_runner().invoke(commands.make_group(), list(words), obj=info)

    return command


@pytest.fixture
def fresh(tmp_path):
    """The application on an empty database of its own, as on the first start."""
    return create_app({**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path / "data"), "JOBS_IMMEDIATE": False})


def test_editions_are_listed_shown_and_checked(run, tmp_path):
    assert "child-protection, core" in run("framework", "list").output
    assert "HP:" in run("framework", "show", "ilacs-2026").output
    assert run("framework", "show", "ilacs-1066").exit_code == 1
    sound = run("framework", "check", str(ROOT / "frameworks" / "sets" / "ilacs-2026"))
    assert (sound.exit_code, "is sound" in sound.output) == (0, True)
    (tmp_path / "edition.yaml").write_text("id: none\ntitle: 7\n")
    broken = run("framework", "check", str(tmp_path))
    assert broken.exit_code == 1
    assert "edition.yaml" in broken.output


def test_the_command_tells_what_a_newer_edition_changed(run):
    # ILACS of 2018 judged care leavers together with children in care: one area, split in 2023.
    told = run("framework", "changes", "ilacs-2018", "ilacs-2023").output
    assert "1 split" in told.splitlines()[0]
    refused = run("framework", "changes", "ilacs-1066", "ilacs-2023")
    assert refused.exit_code == 1
    assert "ilacs-1066" in refused.output


def test_a_councils_own_set_is_checked_as_a_file_and_compared_with_its_next_version(run, tmp_path):
    first = builders_library.make_document()
    later = builders_library.changed_document(first, drop=("q2",), reword=("q3",))
    files = [tmp_path / name for name in ("first.yaml", "later.yaml", "first.xlsx", "broken.yaml")]
    files[0].write_text(own_yaml.to_yaml(first))
    files[1].write_text(own_yaml.to_yaml(later))
    files[2].write_bytes(own_set_workbook.exported(first))
    files[3].write_text(own_yaml.to_yaml(first).replace("type: judged", "type: essay", 1))
    for sound in (files[0], files[2]):
        told = run("framework", "check", str(sound))
        assert (told.exit_code, f"{sound.name} is sound: Neglect, 10 questions in 2 domains." in told.output) == (
            0,
            True,
        )
    broken = run("framework", "check", str(files[3]))
    assert broken.exit_code == 1
    assert "broken.yaml, line" in broken.output
    assert "“essay” stands there" in broken.output
    told = run("framework", "changes", str(files[0]), str(files[1])).output
    assert told.startswith("Questions: 8 kept, 1 reworded, 0 split, 1 retired, 0 new")
    assert "reworded: How good is part 3 of the work? → How strong is part 3 of the work?" in told


def test_the_command_prints_a_schema_other_programs_can_read(run):
    told = json.loads(run("framework", "schema", "own-set").output)
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_commands_refuse_a_database_that_was_never_migrated(run):
    for words in (("check",), ("log", "verify"), ("serve",), ("worker",)):
        outcome = run(*words)
        assert isinstance(outcome.exception, migrations.SchemaNotKnown), words


def test_a_report_holds_no_single_case(run, session, tmp_path):
    place = tmp_path / "report.csv"
    dates = ("--from", "2026-01-01", "--to", "31/12/2026")
    assert run("report", "--key", "greenhaven", *dates, "--out", str(place)).exit_code == 0
    assert place.read_text("utf-8-sig").splitlines()[0] == "How chosen,Question set,Domain,Judgement areas,Grade,Audits"
    assert (
        "before the first"
        in run(
            "report", "--key", "greenhaven", "--from", "2026-02-01", "--to", "2026-01-01", "--out", str(place)
        ).output
    )
    assert "ends in .xlsx or .csv" in run("report", "--key", "greenhaven", *dates, "--out", "x.doc").output


def test_other_machines_are_not_served_without_server_mode(app):
    with pytest.raises(config.UnsafeSettings, match="AUDIT_SERVER_MODE"):
        serving.make_server(app, "0.0.0.0", 8123, 1)


@pytest.mark.parametrize(
    ("database", "words"), [("sqlite", "one more may serve beside it"), ("postgresql", "Others may serve")]
)
def test_the_start_says_how_many_web_processes_may_serve(database, words):
    told = serving.how_many_answer(database, 8)
    assert "up to 8 requests" in told and words in told


def test_a_port_in_use_is_told_with_the_remedy(app):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(config.UnsafeSettings, match=f"make run PORT={port + 1}"):
            serving.make_server(app, "127.0.0.1", port, 1)


@pytest.mark.parametrize(
    ("council", "key"),
    [
        ("Greenhaven Council", "greenhaven"),
        ("My council", "my-council"),
        ("York (City of)", "york"),
        ("☂", "council"),
    ],
)
def test_the_first_part_of_the_addresses_comes_from_the_councils_name(council, key):
    assert key_from(council) == key


@pytest.mark.skipif(ON_POSTGRESQL, reason="starts from an SQLite file of its own")
def test_an_empty_start_prints_one_link_and_a_second_start_another(fresh):
    info = ScriptInfo(create_app=lambda: fresh, set_debug_flag=False)
    group, runner = commands.make_group(), fresh.test_cli_runner()
    assert "from nothing to step" in runner.invoke(group, ["migrate"], obj=info).output
    assert "up to date" in runner.invoke(group, ["migrate"], obj=info).output
    links = []
    for _start in range(2):
        with fresh.app_context():
            outcome = runner.invoke(_greeting(fresh), obj=info)
        links += [line for line in outcome.output.splitlines() if "/one-time-links/" in line]
    assert len(set(links)) == 2
    everything = runner.invoke(group, ["check"], obj=info)
    assert everything.exit_code == 0, everything.output
    assert "Everything that was compared holds." in everything.output
    assert "in part" not in everything.output
    assert "is sound" in runner.invoke(group, ["log", "verify"], obj=info).output


def _greeting(app):
    return click.Command("greet", callback=lambda: first_day.greet(app, empty=True))


@pytest.mark.skipif(ON_POSTGRESQL, reason="starts from an SQLite file of its own")
def test_a_refusal_is_a_sentence_and_an_exit_code(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("AUDIT_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("AUDIT_TRUSTED_HOSTS", '["audits.example"]')
    monkeypatch.setattr(sys, "argv", ["audit-app", "serve"])
    habits = os.umask(0o077)
    with pytest.raises(SystemExit) as ended:
        commands.main()
    os.umask(habits)
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "AUDIT_SERVER_MODE" in told
    assert "Traceback" not in told
