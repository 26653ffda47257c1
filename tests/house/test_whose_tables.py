"""Every table is a council's, or stands in audit_app/README.md with its owner."""

import re
from pathlib import Path

from sqlmodel import SQLModel

from audit_app import tables

README = Path(__file__).resolve().parents[2] / "audit_app" / "README.md"
# Typed by hand, with why no council owns it; never made from the tables.
OWNERS = {
    "authority": "the council itself",
    "person": "the person",
    "invitation": "the person",
    "web_session": "the person",
    "authenticator_app": "the person",
    "passkey": "the person",
    "recovery_code": "the person",
    "provider_identity": "the person",
    "provider_sign_in": "the person",
    "used_key": "the person",
    "wrong_try": "the installation",
    "history_entry": "the installation",
    "history_head": "the installation",
    "periodic_run": "the installation",
    "server_note": "the installation",
}


def test_a_table_without_a_council_stands_here_with_its_owner():
    tables.load()
    ours = {name for name in SQLModel.metadata.tables if not name.startswith("huey_")}
    first = {name: next(iter(SQLModel.metadata.tables[name].primary_key.columns)).name for name in ours}
    assert {name for name in ours if first[name] != "authority_id"} == set(OWNERS)


def test_the_readme_tells_the_same_owners():
    told = {}
    for names, owner in re.findall(r"^\| (`.+`) \| (.+) \|$", README.read_text("utf-8"), re.MULTILINE):
        told |= {name: owner for name in re.findall(r"`([a-z_]+)`", names)}
    for name, owner in OWNERS.items():
        assert told.get(name, "").startswith(owner), name
