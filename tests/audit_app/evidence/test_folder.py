"""The evidence folder: begun from the starter index, made the council's own, kept warm; what is missing is told."""

from datetime import date

import pytest

from audit_app.errors import Invalid, NotAllowed, OutOfTurn, Stale
from audit_app.evidence.attention import queries as attention
from audit_app.evidence.folder import queries, service
from audit_app.evidence.folder.starter import STARTER
from audit_app.evidence.states import EntryStatus, Freshness
from tests import builders_evidence
from tests.builders import AUTHORITY_ID, MOMENT

TODAY = date(2026, 11, 2)
BY = {"by": 1, "now": MOMENT}
DAY = {"today": TODAY, "grace_days": 21}
FOLDER = "/greenhaven/evidence-folder"


@pytest.fixture(scope="module")
def begun(council):
    """The folder, begun on its page by business support, who put it together."""
    page = council.page("business_support")
    page.get(FOLDER)
    assert f"these {len(STARTER)} entries" in page.text
    page.submit(button="Begin with these entries")
    assert f"{len(STARTER)} entries" in page.text and "19 with nothing under them" in page.text
    return page


def entry(session, position):
    return next(row for row in queries.list_entries(session, AUTHORITY_ID) if row.position == position)


def test_the_starter_index_is_that_of_practice():
    """Typed from case audit practice 17.4, by its first words."""
    first = [title.title.split(",")[0].split(" ")[0] for title in STARTER]
    assert first == [
        "Self-evaluation", "Structure", "QA", "Performance", "Improvement", "Last", "Thresholds", "Child",
        "Sufficiency",
        "Care-leaver", "Workforce:", "Complaints", "Participation:", "Corporate", "Safeguarding", "Unregistered",
        "Commissioning", "Practice", "Site",
    ]  # fmt: skip


def test_it_is_begun_once(council, begun):
    with council.session() as session, pytest.raises(OutOfTurn):
        service.begin_folder(session, AUTHORITY_ID, **BY)


def test_an_entry_is_changed_and_moved_on_its_page(council, begun):
    begun.get(f"{FOLDER}/FOL-0017/change")
    begun.submit({"title": "Commissioning plan", "position": "2", "owner_post_id": str(council.post)})
    assert begun.h1 == "FOL-0017: Commissioning plan" and "entry 2" in begun.text
    with council.session() as session:
        titles = [row.title.split(" ")[0] for row in queries.list_entries(session, AUTHORITY_ID)]
        positions = [row.position for row in queries.list_entries(session, AUTHORITY_ID)]
    assert titles[:4] == ["Self-evaluation", "Commissioning", "Structure", "QA"]
    assert positions == list(range(1, len(STARTER) + 1))


def test_what_stands_under_an_entry_is_counted_dated_and_no_longer_missing(council, begun):
    with council.session() as session:
        row = entry(session, 5)
        name = f"FOL-{row.number:04d}"
        evidence = builders_evidence.add(session, by=1, level=2, pages=7, proves=[name, f"FND-{council.finding:04d}"])
        session.commit()
        view = queries.views_of(session, AUTHORITY_ID, [row], **DAY)[0]
        assert (view.pages, view.dated, view.missing) == (7, date(2026, 10, 31), False)
        assert view.used == (f"FND-{council.finding:04d}",) and view.oldest is Freshness.fresh
        missing = {each.row.number for each in attention.attention_of(session, AUTHORITY_ID, **DAY).missing}
        assert row.number not in missing and len(missing) == len(STARTER) - 1
        assert missing == {view.row.number for view in queries.folder_of(session, AUTHORITY_ID, **DAY) if view.missing}
        evidence_number = evidence.number
    begun.get(f"{FOLDER}/{name}")
    assert f"EVD-{evidence_number:04d}" in begun.text and "finding FND-0001" in begun.text


def test_whoever_owns_an_entry_keeps_it_and_nobody_else_does(council, begun):
    with council.session() as session:
        given = {"title": "Court tracker", "owner_post_id": council.post, "today": TODAY, **BY}
        row = service.add_entry(session, AUTHORITY_ID, **given)
        session.commit()
        place = f"{FOLDER}/FOL-{row.number:04d}"
    manager, auditor = council.page("team_manager"), council.page("auditor")
    manager.get(place)
    manager.submit(form="refreshed")
    assert "Ready" in manager.text or "Missing" in manager.text
    auditor.get(f"{place}/change", status=403)
    manager.get(f"{place}/take-out", status=403)
    with council.session() as session:
        kept = queries.get_entry(session, AUTHORITY_ID, row.number)
        assert kept.status is EntryStatus.ready and kept.refresh_on is not None


def test_a_stale_form_and_a_missing_reason_change_nothing(council, begun):
    with council.session() as session:
        row = entry(session, 9)
        before = (row.number, row.revision)
        with pytest.raises(Stale):
            service.remove_entry(session, AUTHORITY_ID, row.number, reason="Not here.", revision=99, **BY)
        with pytest.raises(Invalid):
            service.remove_entry(session, AUTHORITY_ID, row.number, reason="", revision=row.revision, **BY)
        assert (row.number, row.revision) == before and row.removed_at is None


def test_an_entry_taken_out_stays_on_record_and_the_others_close_up(council, begun):
    with council.session() as session:
        row = entry(session, 12)
        service.remove_entry(session, AUTHORITY_ID, row.number, reason="Not here.", revision=row.revision, **BY)
        session.commit()
        positions = [each.position for each in queries.list_entries(session, AUTHORITY_ID)]
        assert positions == list(range(1, len(positions) + 1))
        with pytest.raises((OutOfTurn, NotAllowed)):
            service.refresh_entry(session, AUTHORITY_ID, row.number, revision=row.revision, today=TODAY, **BY)


def test_actions_called_done_with_nothing_attached_are_told(council):
    """Worked out again from the rows: done, and no use of that action stands."""
    page = council.page("qa_manager")
    page.get("/greenhaven/evidence/attention")
    assert "Actions called done with nothing attached (0)" in page.text
    with council.session() as session:
        from_library = council.action
        done = attention.done_unproved(session, AUTHORITY_ID)
        assert from_library not in {int(bare.reference[4:]) for bare in done}
