"""Addresses: kebab-case, typed, each view declared; who may enter what, against a table typed by hand (PE-1, PE-2)."""

import csv
import re

import pytest
from werkzeug.routing import AnyConverter

from audit_app.people.access import opening
from audit_app.people.tables import Role
from tests.house import source

WHO_MAY = source.ROOT / "tests" / "house" / "who_may.csv"
PART = re.compile(
    r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*|[a-z0-9-]+\.(?:csv|xlsx|pdf|zip|svg|json|yaml)|<[a-z_]+(?:\([^)]*\))?:[a-z_]+>)$"
)
UNTYPED_ON_PURPOSE = {"<token>", "<path:filename>"}


def rules(app):
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def test_addresses_are_kebab_case_and_typed(app):
    odd = []
    for rule in rules(app):
        for part in rule.rule.strip("/").split("/"):
            if part and not PART.match(part) and part not in UNTYPED_ON_PURPOSE:
                odd.append(rule.rule)
    assert odd == []


def test_every_view_says_who_may_enter_pe_1(app):
    shut = [name for name, view in app.view_functions.items() if name != "static" and opening.opened_to(view) is None]
    assert shut == []


def test_a_view_that_says_nothing_is_shut_to_everybody_pe_1(app, signed_in_as):
    app._got_first_request = False
    app.add_url_rule("/left-open", "left_open", lambda: "open")
    signed_in_as(*Role).get("/left-open", status=403)


def decisions(app):
    """Who may enter, endpoint by endpoint, as the running application decides."""
    found = {}
    for name, view in app.view_functions.items():
        if name == "static":
            continue
        rule = opening.opened_to(view)
        found[name] = {rule} if isinstance(rule, str) else {role.value for role in rule}
    return found


def typed():
    """The table typed by hand: endpoint, then "all", "signed in" or a role in each further column."""
    with WHO_MAY.open(encoding="utf-8", newline="") as file:
        return {
            row[0]: {cell for cell in row[1:] if cell} for row in csv.reader(file) if row and not row[0].startswith("#")
        }


def test_the_running_decisions_are_those_typed_by_hand_pe_2(app):
    running, by_hand = decisions(app), typed()
    assert {name: rule for name, rule in running.items() if by_hand.get(name) != rule} == {}
    assert by_hand.keys() - running.keys() == set()


SECRET_PAGES = ("/greenhaven/", "/greenhaven/audits", "/your-account")


@pytest.mark.parametrize("address", SECRET_PAGES)
def test_an_anonymous_visitor_is_sent_to_sign_in_au_1(page, address):
    seen = page.get(address, status=(303, 302, 404))
    assert seen.status == 404 or "/sign-in" in seen.location


def test_every_route_asks_an_anonymous_visitor_to_sign_in_au_1(app, page):
    """AU-1: 302 or 303 to sign-in, 401, 403 or 404 everywhere but on the pages open to all."""
    open_to_all = {name for name, view in app.view_functions.items() if opening.opened_to(view) == "all"} | {"static"}
    with app.test_request_context():
        for rule in rules(app):
            if rule.endpoint in open_to_all or "GET" not in rule.methods:
                continue
            values = {name: sample(rule, name) for name in rule.arguments}
            built = app.url_map.bind("localhost").build(rule.endpoint, values, method="GET")
            answer = app.test_client().get(built)
            sent_away = answer.status_code in (302, 303) and "/sign-in" in answer.headers["Location"]
            assert sent_away or answer.status_code in (401, 404), (built, answer.status_code)


def sample(rule, name):
    """A value that fits one part of an address."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return {"WholeNumber": 1, "Reference": 1, "AuthorityKey": "greenhaven"}.get(type(converter).__name__, "x")
