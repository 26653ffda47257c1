"""A question set is known by its whole name: a council's own set may bear the short name of a product's."""

import pytest

from audit_app import clock
from audit_app.audits import queries, question_sets
from audit_app.audits.moving import queries as moves
from audit_app.audits.queries import AuditFilter, Median
from audit_app.library import product_editions, set_name
from audit_app.library.set_name import SetName
from tests import builders
from tests.builders_audits import SET, make_audit, make_submitted
from tests.builders_library import make_document, publish

HERE = builders.AUTHORITY_ID
TODAY = builders.MOMENT.date()
PRODUCT = SetName("case-audit-1", SET, "full")


@pytest.fixture
def own(session, council, built_once):
    """The council's own set of the same short name and title as the product's."""
    return built_once("an own set of a name there is", lambda: publish_own(session))


def publish_own(session):
    name = SetName(publish(session, make_document(SET, title="Child protection", cohorts=("CP",))), SET, "full")
    session.commit()
    return name


@pytest.fixture
def audits(session, council, own, built_once):
    """AUD-0001 on the product's set took 75 minutes, AUD-0002 on the council's own took 10."""
    built_once("audits on two sets of one name", lambda: make_audits(session, council, own))


def make_audits(session, council, own):
    make_submitted(session, council.team, council.auditor, length="full")
    quick = make_submitted(session, council.team, council.auditor, edition_id=own.edition_id, length="full")
    quick.minutes_taken = 10
    session.commit()


def test_a_set_name_is_written_and_read_whole():
    assert str(PRODUCT) == "case-audit-1/child-protection/full"
    assert set_name.parsed(str(PRODUCT)) == PRODUCT
    assert set_name.parsed("case-audit-1/child-protection") == PRODUCT.at_any_length
    for text in ("", "child-protection", "case-audit-1/", "/child-protection", "a/b/c/d"):
        assert set_name.parsed(text) is None


def test_the_median_minutes_of_an_own_set_are_its_own(session, audits, own):
    assert queries.median_minutes(session, PRODUCT) == Median(75.0, 1)
    assert queries.median_minutes(session, own) == Median(10.0, 1)
    assert queries.medians(session) == {PRODUCT: Median(75.0, 1), own: Median(10.0, 1)}


def test_the_page_of_new_audits_says_of_each_set_what_its_own_audits_took(council, audits, signed_in_as):
    page = signed_in_as(person_id=council.qa)
    page.get("/greenhaven/audits/new")
    rows = [" ".join(row) for row in page.tables()["Question sets"] if row[0].startswith("Child protection")]
    assert len(rows) == 2
    assert "10 minutes (median of 1 audit)" in rows[0] and "75" not in rows[0]
    # The council's own asks the same at core as at full, so it is offered once.
    assert rows[0].count("Not offered") == 2
    # What audits of the edition before took says nothing of today's, which has three lengths.
    assert rows[1].count("Not used yet") == 3 and "Not offered" not in rows[1]
    brief = f"/new/child-protection/brief/{question_sets.edition_for_new(clock.today())}"
    page.get(f"/greenhaven/audits{brief}")
    assert "15 questions, about 30 minutes with reading." in page.text


@pytest.mark.parametrize(("length", "numbers"), [("", [2]), ("full", [2]), ("core", [])])
def test_the_register_filters_to_one_set_alone(session, audits, own, length, numbers):
    listed = queries.list_audits(session, HERE, AuditFilter(set_name=own.at(length)), today=TODAY)
    assert [row.number for row in listed.rows] == numbers


def test_both_sets_of_one_title_can_be_chosen_in_the_register_and_are_told_apart(council, audits, own, signed_in_as):
    page = signed_in_as(person_id=council.qa)
    page.get("/greenhaven/audits")
    for name in (own, PRODUCT):
        titled = f"Child protection ({product_editions.edition_named(name.edition_id)})"
        assert f'value="{name.at_any_length}">{titled}' in page.html
    for text, listed in ((own.at_any_length, ["AUD-0002"]), (PRODUCT.at_any_length, ["AUD-0001"])):
        page.get(f"/greenhaven/audits?set={text}")
        assert [row[0] for row in page.tables()["Audits"][1:]] == listed
        assert f'value="{text}" selected' in page.html
    page.get("/greenhaven/audits?set=child-protection")
    assert "Audits" not in page.tables()


def test_an_audit_on_the_products_set_is_never_moved_to_an_own_set_of_the_same_name(session, council, own):
    audit = make_audit(session, council.team, council.auditor, length="full")
    assert moves.targets(session, audit, TODAY) == ()
