"""The first day: from the link for the first administrator to the first audit, each empty page saying what to do."""

import re

import pytest

from audit_app.people.access import Role
from tests import builders
from tests.journeys.conftest import serve

PASSWORD = "lantern orchard kettle"


@pytest.fixture
def empty_house(tmp_path):
    """The product as installed: no council, nobody with an account."""
    with serve(tmp_path, council=False) as served:
        yield served


def first_link(house):
    """What the command for the first administrator prints."""
    runner = house.app.test_cli_runner()
    given = ["--council", "Millbrook Council", "--key", "millbrook", "--name", "Ada Min", "--email", "ada@millbrook.example"]
    done = runner.invoke(args=["people", "first-administrator", *given])
    assert done.exit_code == 0, done.output
    return re.search(r"https?://\S+", done.output)[0]


def test_from_nothing_to_the_first_audit(empty_house, visit):
    ada = visit(empty_house)
    ada.go(first_link(empty_house)).see("assword")
    ada.write("New password", PASSWORD)
    ada.page.locator("main form button[type=submit]").last.click()
    ada.see()
    print(ada.page.url, ada.page.locator("main").aria_snapshot())
