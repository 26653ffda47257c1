"""A second edition of the case audit: new audits take it from its first day; every older audit keeps what it has."""

from datetime import date, timedelta

import pytest

from audit_app.audits import queries, question_sets, service
from audit_app.audits.moving import queries as moves
from audit_app.home import queries_dashboard
from audit_app.library import product_editions
from findings.errors import Invalid
from tests import builders
from tests.builders_audits import make_agreed, make_audit, new_audit
from tests.frameworks import second_edition

HERE = builders.AUTHORITY_ID
TODAY = builders.MOMENT.date()
FIRST, SECOND = second_edition.FIRST, second_edition.SECOND


@pytest.fixture
def older(session, council, built_once):
    """AUD-0001 agreed and AUD-0002 not begun, both made while there was one edition."""
    return built_once("two audits of the older edition", lambda: make_older(session, council))


def make_older(session, council):
    agreed = make_agreed(session, council.team, council.auditor, agreed_by=council.qa)
    draft = make_audit(session, council.team, council.auditor)
    session.commit()
    return agreed, draft


@pytest.fixture
def two_editions(older, tmp_path, monkeypatch):
    """The second edition begins today."""
    second_edition.shelve(tmp_path, monkeypatch, valid_from=TODAY.isoformat())


def figures(session):
    """What the dashboard and the first page of an audit say of what is agreed."""
    told = queries_dashboard.audit_figures(session, HERE, TODAY, 3)
    view = queries.get_audit(session, HERE, 1)
    return (
        told.random, told.grades, told.chosen, queries.grades_by_domain(session, HERE, TODAY, TODAY, at_random=True),
        queries.medians(session), view.row, view.questions.fingerprint, view.set_changed, view.document,
    )  # fmt: skip


def test_the_edition_for_new_audits_is_the_newest_in_force_on_the_day(two_editions):
    assert product_editions.edition_for_new(TODAY - timedelta(days=1)) == FIRST
    assert product_editions.edition_for_new(TODAY) == SECOND
    assert product_editions.edition_for_new(date(2020, 1, 1)) == FIRST  # before any began, the first
    assert (product_editions.editions_begun(TODAY), product_editions.editions_begun(TODAY - timedelta(days=1))) == (
        [SECOND, FIRST],
        [FIRST],
    )


def test_once_the_last_edition_has_ended_new_audits_still_find_it(tmp_path, monkeypatch):
    second_edition.shelve(tmp_path, monkeypatch, valid_from="2030-04-01", first_valid_to="2028-03-31")
    assert product_editions.edition_for_new(date(2029, 1, 1)) == FIRST


def test_every_older_audit_keeps_its_set_its_figures_and_its_names(session, older, tmp_path, monkeypatch):
    before = figures(session)
    second_edition.shelve(tmp_path, monkeypatch, valid_from=TODAY.isoformat())
    session.expire_all()
    assert figures(session) == before
    assert question_sets.questions_of(session, older[1]).edition_id == FIRST


def test_new_audits_get_the_new_edition_and_no_longer_the_old_one(session, council, two_editions):
    made = service.create_audit(
        session, HERE, new_audit(council.team, council.auditor, edition_id=SECOND), by=council.qa, now=builders.MOMENT
    )
    assert made.set_name.edition_id == SECOND
    assert made.fingerprint == question_sets.fingerprint_of(session, made.set_name)
    with pytest.raises(Invalid, match="not offered for new audits"):
        make_audit(session, council.team, council.auditor, edition_id=FIRST)


def test_an_audit_not_yet_submitted_may_move_to_the_new_edition(session, older, two_editions):
    assert [one.edition_id for one in moves.targets(session, older[1], TODAY)] == [SECOND, SECOND]
    assert moves.targets(session, older[1], TODAY - timedelta(days=1)) == ()


def test_pages_offer_the_new_edition_and_filter_by_either(council, two_editions, signed_in_as):
    qa = signed_in_as(person_id=council.qa)
    qa.get("/greenhaven/audits/new")
    assert f"/new/child-protection/core/{SECOND}" in qa.html
    assert f"/new/child-protection/core/{FIRST}" not in qa.html
    qa.get("/greenhaven/audits/new/child-protection/core")
    qa.get(f"/greenhaven/audits/new/child-protection/core/{FIRST}", status=404)
    qa.get("/greenhaven/audits")
    for edition in (SECOND, FIRST):
        titled = f"Child protection ({product_editions.edition_named(edition)})"
        assert f'value="{edition}/child-protection">{titled}' in qa.html
    qa.get(f"/greenhaven/audits?set={FIRST}/child-protection")
    assert [row[0] for row in qa.tables()["Audits"][1:]] == ["AUD-0002", "AUD-0001"]
    qa.get(f"/greenhaven/audits?set={SECOND}/child-protection")
    assert "Audits" not in qa.tables()
