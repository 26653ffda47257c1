"""Marks planted in other people's drafts, teams and councils are met by nobody who may not see them (OB-3)."""

import pytest

from audit_app import database
from audit_app.people.access import Role, system_scope
from tests import builders
from tests.audit_app.security import canaries, world

EVERY = 9  # every ninth page here; all of them, for every role, in `make proof`


@pytest.fixture
def planted(app, engine, built_once):
    world.begin_small(app, engine, built_once)

    def build():
        made = canaries.Planted(app, engine)
        canaries.copy_council(engine)
        return made

    return built_once("marks of others and another council", build)


def test_nobody_meets_what_is_not_theirs_ob_3(app, engine, planted):
    with database.session_for(engine, system_scope("a test", world.COUNCIL)) as session:
        other = builders.make_team(session, "Other Team", service="Other Service")
        manager = builders.make_person(session, (Role.team_manager,), manages=[other]).id
        leader = builders.make_person(session, (Role.leader,)).id
    pages = canaries.addresses(app, engine, most=4)[::EVERY]
    for person_id, role in ((manager, Role.team_manager), (leader, Role.leader)):
        found, broken = canaries.crawl(app, engine, person_id, pages)
        assert broken == []
        assert found.keys() <= planted.allowed(role), found


def test_the_marks_of_the_other_council_are_there_to_be_met(engine, planted):
    """The control of every crawl: without it a change of the types of columns left nothing marked, unseen."""
    marked = canaries.tables_marked(engine)
    assert {
        "case_audit",
        "finding",
        "action",
        "evidence_pack",
        "own_set",
        "own_set_version",
        "concern",
        "source",
    } <= marked
    assert len(marked) >= 20


def test_the_author_meets_their_own_marks(app, engine, planted):
    """The control: a mark that may be seen is seen, unsaved text and private notes too."""
    draft = f"/greenhaven/audits/AUD-{planted.numbers['draft']:04d}"
    found, broken = canaries.crawl(app, engine, planted.author, [draft + "/last-page", draft + "/domains/plan", draft])
    assert broken == []
    assert {"unsaved", "draft", "private"} <= found.keys() <= planted.allowed(Role.auditor, author=True)


def test_another_councils_pages_are_not_there_ob_2(app, engine, planted, signed_in_as):
    browser = signed_in_as(*Role)
    for address in canaries.addresses(app, engine, "otherford", most=1)[::EVERY]:
        if address.startswith("/otherford"):
            assert browser.client.get(address, base_url="http://localhost").status_code == 404, address


def test_another_councils_question_sets_are_not_there_by_their_names_ob_2(app, engine, planted, signed_in_as):
    browser = signed_in_as(*Role)
    asked = list(canaries.addresses_of_their_sets(app, engine))
    assert any("changed-questions" in address for address in asked)
    for address in asked:
        answer = browser.client.get(address, base_url="http://localhost")
        assert answer.status_code in (404, 409), address
        assert canaries.TEXT.encode() not in answer.data, address
