"""The commands: AU-12 and what an administrator of the machine may need."""

import pytest

NEW = ["people", "first-administrator", "--council", "Riverside Council", "--key", "riverside"]
ADMIN = ["--name", "Ruth Adams", "--email", "Ruth.Adams@riverside.example"]


@pytest.fixture
def run(app):
    return app.test_cli_runner().invoke


def link_in(result):
    return next(line for line in result.output.splitlines() if "/one-time-links/" in line)


def test_au_12_the_first_administrator_gets_a_link_that_works_once(run, page):
    result = run(args=[*NEW, *ADMIN])
    assert result.exit_code == 0, result.output
    assert "for 24 hours" in result.output
    path = link_in(result).removeprefix("http://127.0.0.1:8000")
    page.get(path)
    page.submit({"new_password": "blue kettle ferry"}, follow=False)
    assert page.get("/", follow=True).h1 == "Council set-up"
    page.get(path, status=410)


def test_au_12_there_is_no_second_first_administrator(run):
    run(args=[*NEW, *ADMIN])
    result = run(args=[*NEW, "--name", "Eve", "--email", "eve@riverside.example"])
    assert result.exit_code == 1 and "has an administrator already" in result.output


@pytest.mark.parametrize("key", ["sign-in", "UPPER", "x"])
def test_a_bad_key_is_refused_in_words(run, key):
    result = run(args=["people", "first-administrator", "--council", "X", "--key", key, *ADMIN])
    assert result.exit_code == 1 and result.output.startswith("Error: ")


def test_people_are_invited_listed_and_disabled(run, town):
    def do(*words):
        return run(args=["people", words[0], "--key", "greenhaven", *words[1:]])

    result = do("invite", "--name", "Nia Price", "--email", "nia@x.example", "--role", "auditor")
    assert "/one-time-links/" in result.output
    assert "Nia Price <nia@x.example>: Auditor" in do("list").output
    assert "/one-time-links/" in do("reset-link", "--email", "asha.khan@greenhaven.example").output
    assert do("disable", "--email", "nia@x.example").exit_code == 0
    assert "Nia Price" not in do("list").output
    assert do("disable", "--email", "nobody@x.example").exit_code == 1
    assert run(args=["people", "list", "--key", "nowhere"]).exit_code == 1
