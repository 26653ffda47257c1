"""A pack goes out through two people: proof-read, released with who and what for, swapped, withdrawn for all to see."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app import history
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.packs import contents, queries
from audit_app.packs.disclosure import pseudonyms
from audit_app.packs.endings import service as endings
from audit_app.packs.release import queries as releases
from audit_app.packs.release import service, steps, swaps
from audit_app.packs.tables import PackRelease
from audit_app.people.tables import Role
from findings.references import reference
from tests import builders, builders_packs

COUNCIL = builders_packs.COUNCIL
NOW = builders_packs.NOW
GIVEN = {"recipient": "Ofsted, lead inspector", "purpose": "Inspection of November", "released_on": NOW.date()}
CONTROL = {
    "author_post": "QA Manager", "owner_post": "Director", "approvals": "Improvement Board", "circulation": "Ofsted",
}  # fmt: skip


@pytest.fixture
def out(session, year, build):
    """A built pack, who asked for it, a reader and a director."""
    row = build(level=2, **CONTROL)
    row.frozen_at = NOW  # built at the real moment of the test; here its day is the year's own
    reader = builders.make_person(session, roles=(Role.qa_manager,)).id
    director = builders.make_person(session, roles=(Role.leader,)).id
    session.commit()
    return SimpleNamespace(row=row, number=row.number, asker=row.asked_by, reader=reader, director=director)


def read_it(session, out, **more):
    return service.proof_read(session, COUNCIL, out.number, **{"note": "Each was looked at", "by": out.reader,
                                                               "now": NOW, **more})  # fmt: skip


def test_a_pack_goes_out_only_when_read_and_by_a_second_person_pe_4(session, out):
    with pytest.raises(OutOfTurn, match="Nobody has proof-read"):
        service.release(session, COUNCIL, out.number, by=out.director, now=NOW, **GIVEN)
    read_it(session, out)
    assert releases.standing_of(session, out.row).step is steps.Step.proof_read
    for person in (out.reader, out.asker):
        with pytest.raises(NotAllowed, match="Somebody else must release it"):
            service.release(session, COUNCIL, out.number, by=person, now=NOW, **GIVEN)
    service.release(session, COUNCIL, out.number, by=out.director, now=NOW, **GIVEN)
    standing = releases.standing_of(session, out.row)
    assert standing.step is steps.Step.released
    assert [(each.recipient, each.released_by) for each in standing.releases] == [(GIVEN["recipient"], out.director)]
    entries = [entry.event for entry in history.entries_about(session, COUNCIL, reference("PCK", out.number))]
    assert {"packs.proof_read", "packs.released"} <= set(entries)


def test_the_second_person_and_nobody_else_finds_it_on_the_first_page(session, out, signed_in_as):
    def first_page_of(person):
        return signed_in_as(person_id=person).get("/greenhaven/").text

    read_it(session, out)
    session.commit()
    name = reference("PCK", out.number)
    assert f"Release {name}" in first_page_of(out.director)
    assert not any(name in first_page_of(person) for person in (out.reader, out.asker))
    endings.ask_to_destroy(session, COUNCIL, out.number, reason="Made twice", by=out.asker, now=NOW)
    session.commit()
    assert f"Agree that {name} is destroyed" in first_page_of(out.reader) and name not in first_page_of(out.asker)
    endings.destroy(session, COUNCIL, out.number, by=out.reader, now=NOW)
    session.commit()
    assert name not in first_page_of(out.director)


def test_who_asked_may_read_it_and_still_may_not_release_it(session, out):
    read_it(session, out, by=out.asker)
    with pytest.raises(NotAllowed):
        service.release(session, COUNCIL, out.number, by=out.asker, now=NOW, **GIVEN)
    service.release(session, COUNCIL, out.number, by=out.reader, now=NOW, **GIVEN)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"recipient": "  "}, "recipient"),
        ({"purpose": ""}, "purpose"),
        ({"released_on": None}, "released_on"),
        ({"released_on": NOW.date() + timedelta(days=1)}, "released_on"),
        ({"released_on": date(2020, 1, 1)}, "released_on"),
    ],
)
def test_the_register_says_who_what_for_and_a_day_that_can_be(session, out, changed, field):
    read_it(session, out)
    with pytest.raises(Invalid) as refusal:
        service.release(session, COUNCIL, out.number, by=out.director, now=NOW, **{**GIVEN, **changed})
    assert refusal.value.field == field
    assert session.exec(select(PackRelease)).all() == []


def test_what_was_read_is_these_contents_and_no_others(session, out):
    read_it(session, out)
    out.row.fingerprint = "0" * 64
    session.flush()
    assert releases.standing_of(session, out.row).step is steps.Step.draft
    with pytest.raises(OutOfTurn):
        service.release(session, COUNCIL, out.number, by=out.director, now=NOW, **GIVEN)


def test_faults_that_are_left_need_their_reason(session, out):
    assert service.faults_of(out.row, NOW.date())
    with pytest.raises(Invalid) as refusal:
        read_it(session, out, note=" ")
    assert refusal.value.field == "note"


def test_a_withdrawn_pack_says_so_in_the_register_and_goes_to_nobody_else(session, out):
    read_it(session, out)
    service.release(session, COUNCIL, out.number, by=out.director, now=NOW, **GIVEN)
    endings.withdraw(session, COUNCIL, out.number, reason="Two figures were wrong", by=out.reader, now=NOW)
    assert releases.standing_of(session, out.row).step is steps.Step.withdrawn
    (line,) = releases.list_released(session, COUNCIL)
    assert (line.recipient, line.ended) == (GIVEN["recipient"], "Withdrawn")
    with pytest.raises(OutOfTurn):
        service.release(session, COUNCIL, out.number, by=out.director, now=NOW, **GIVEN)
    with pytest.raises(OutOfTurn):
        read_it(session, out)


def test_a_new_version_keeps_names_and_says_which_pages_to_swap(session, out, build):
    second = build(level=2, replaces=out.number, **{**CONTROL, "approvals": "Scrutiny Panel"})
    first_names, second_names = ({line.name for line in contents.read_pack(row.contents).audits}
                                 for row in (out.row, second))  # fmt: skip
    assert first_names == second_names
    other = build(level=2, **CONTROL)
    assert first_names.isdisjoint(pseudonyms.read_key_list(other.key_list))
    listed = releases.swap_list(session, second)
    assert (listed.last, listed.compared) == ("PCK-0001", True)
    # The cover names the pack; document control holds the new approval. What was found and done did not change.
    headings = [swap.heading for swap in listed.swaps]
    assert headings[0] == "Cover"
    assert 0 < listed.kept < second.pages
    pages = swaps.read(second.page_marks)
    assert len(pages) == second.pages
    changed = {number for swap in listed.swaps if swap.put_in
               for number in range(swap.put_in[0], swap.put_in[1] + 1)}  # fmt: skip
    (control,) = [number for number, page in enumerate(pages, start=1) if "Document control" in page.heading][:1] or [0]
    assert not control or control in changed or control - 1 in changed


def test_another_audience_never_shares_the_names(session, out, build):
    with pytest.raises(Invalid) as refusal:
        build(level=1, replaces=out.number)
    assert refusal.value.field == "level"


def test_pages_of_release_in_the_browser(session, out, signed_in_as):
    reader, number = signed_in_as(Role.qa_manager), reference("PCK", out.number)
    at = f"/greenhaven/packs/{number}"
    reader.get(f"{at}/proof-reading")
    reader.submit({"note": "", "has_read": "y"}, status=422)
    reader.submit({"note": "Both dates are of reports, and DfE is known", "has_read": "y"})
    reader.get(at)
    assert "Proof-read, not released" in reader.text
    reader.get("/greenhaven/packs/released")
    assert "No pack has been released yet" in reader.text
    reader.get(f"{at}/pages-to-swap")
    assert "is no new version" in reader.text
    assert queries.get_pack(session, COUNCIL, out.number).replaces is None
