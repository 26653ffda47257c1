"""What stops a pack with exhibits: each named by its number, nothing half-built; what is kept out and says so."""

import pytest
from sqlmodel import select

from audit_app import evidence_store
from audit_app.errors import Invalid, OutOfTurn
from audit_app.evidence import service as evidence
from audit_app.evidence.states import Scan
from audit_app.evidence.tables import Evidence, EvidenceVersion
from audit_app.evidence_store import store
from audit_app.packs.clearing import queries as clearing
from audit_app.packs.clearing import service as clearing_service
from audit_app.packs.endings import service as endings
from audit_app.packs.exhibits import queries
from audit_app.packs.exhibits import service as exhibits
from audit_app.packs.tables import Decision, PackExhibit
from audit_app.people.tables import Role
from tests import builders_packs
from tests.audit_app.packs.exhibits import made
from tests.chosen import one_in

COUNCIL, NOW = builders_packs.COUNCIL, builders_packs.NOW
CHILD = "Kayleigh, 7, born 3/4/19, lives at 14 Mill Lane SE10 8TH"


@pytest.fixture(scope="module")
def add(session, app, council):
    """A piece of evidence that proves the finding, with a file of its own."""

    def make(data, name="file.pdf", **changed):
        row = made.add(session, app, council.manager, data, name, **{"proves": ["FND-0001"], **changed})
        session.commit()
        return row

    return make


def behind_the_services_back(session, app, piece, data):
    """Other bytes for a piece than those that were looked into."""
    version = session.exec(select(EvidenceVersion).where(EvidenceVersion.evidence_number == piece.number)).one()
    version.sha256 = evidence_store.put(app.config, data).sha256
    session.add(version)
    session.commit()


def test_a_damaged_exhibit_stops_the_pack_and_is_named_up_9(building, session, app, add):
    first, piece = add(made.pdf("First")), add(made.pdf("Second"), title="Kayleigh and her plan")
    row = building.asked()
    building.choose(row, [first, piece])
    place = store.path_of(app.config, made.sha256(made.pdf("Second")))
    sound = place.read_bytes()
    place.write_bytes(sound.replace(b"%PDF", b"%pdf", 1))
    message = building.build(row)
    assert (row.state, row.contents) == ("asked", "")
    assert f"E2 (EVD-{piece.number:04d}) is no longer the file that was added" in message
    assert "Kayleigh" not in message and "Leave it out" in message
    place.unlink()
    assert f"E2 (EVD-{piece.number:04d}) is missing" in building.build(row)
    place.write_bytes(sound)
    building.build(row)
    assert row.state == "ready"


@pytest.mark.parametrize(
    ("data", "words"),
    one_in(
        2,
        [
            (made.locked(made.pdf("Locked")), "is locked with a password"),
            (b"<html>not a PDF at all</html>", "is damaged, or is not the kind of file that its name says"),
            (made.pdf("Cut off")[:400], "is damaged"),
            (b"", "is damaged"),
        ],
        "each is stopped at the same place",
    ),
)
def test_what_is_no_sound_file_stops_the_pack(building, session, app, add, data, words):
    piece = add(made.pdf("A sound file"))
    row = building.asked()
    building.choose(row, [piece])
    behind_the_services_back(session, app, piece, data)
    message = building.build(row)
    assert row.contents == "" and message.startswith(f"E1 (EVD-{piece.number:04d}) {words}"), message


@pytest.mark.proof("unpacks three gigabytes; test_limits and test_evidence_store stop what unpacks without end")
def test_a_file_that_unpacks_without_end_stops_the_pack_and_not_the_worker(building, session, app, add):
    others = [add(made.pdf("Before")), add(made.pdf("After"))]
    piece = add(made.pdf("A sound file"))
    row = building.asked()
    building.choose(row, [others[0], piece, others[1]])
    behind_the_services_back(session, app, piece, made.bomb(8, times=400))
    message = building.build(row)
    assert row.contents == "" and message.startswith(f"E2 (EVD-{piece.number:04d}) cannot be read"), message


def test_what_is_above_the_level_cannot_be_chosen_and_the_page_says_why(building, session, add, signed_in_as):
    piece = add(made.pdf("For few"), title="For few", level=1)
    row = building.asked(level=3)
    with pytest.raises(Invalid, match="It is for fewer people than this pack"):
        building.choose(row, [piece])
    session.rollback()
    page = signed_in_as(Role.qa_manager)
    page.get(f"/greenhaven/packs/PCK-{row.number:04d}/exhibits")
    assert "Cannot be chosen" in page.text and "This pack is for: Publishable" in page.text
    number = f"EVD-{piece.number:04d}"
    assert f"{number}/1" not in page.seen.form_data().get("chosen", "")


@pytest.mark.parametrize("happens", ["withdrawn", "raised", "kept out"])
def test_what_may_not_go_out_any_more_stops_the_pack(building, session, council, add, happens):
    piece = add(made.pdf("It stood"))
    row = building.asked(level=1)
    building.choose(row, [piece])
    by = {"by": council.manager, "now": NOW}
    given = {"reason": "The figures were wrong", "revision": piece.revision}
    if happens == "withdrawn":
        evidence.withdraw_evidence(session, COUNCIL, piece.number, **given, **by)
    elif happens == "kept out":
        evidence.mark_not_for_packs(session, COUNCIL, piece.number, **given, **by)
    else:
        piece.level = 0
        session.add(piece)
    session.commit()
    message = building.build(row)
    words = {"withdrawn": "was withdrawn", "raised": "is for fewer people", "kept out": "was marked as not for packs"}
    assert row.contents == "" and f"E1 (EVD-{piece.number:04d}) {words[happens]}" in message


def test_what_was_not_scanned_stays_out_and_says_so_up_10(building, session, app, add):
    piece, other = add(made.pdf("Not scanned")), add(made.pdf("Scanned"))
    version = session.exec(select(EvidenceVersion).where(EvidenceVersion.evidence_number == piece.number)).one()
    version.scan = Scan.waiting
    session.add(version)
    session.commit()
    row = building.pack_of([piece, other])
    waits, joined = building.contents_of(row).exhibits
    assert (waits.given, waits.pages, waits.sha256) == ("left_out", 0, "")
    assert "not scanned for viruses" in waits.why and joined.given == "joined"
    assert b"Not scanned" not in building.file_of(row, "pdf")


def test_a_pack_that_is_built_tells_what_became_of_its_exhibits(building, session, council, add, signed_in_as):
    piece = add(made.pdf("It stood then"))
    row = building.pack_of([piece])
    assert queries.since_made(session, row) == ()
    given = {"reason": "The figures were wrong", "revision": piece.revision, "by": council.manager, "now": NOW}
    evidence.withdraw_evidence(session, COUNCIL, piece.number, **given)
    session.commit()
    page = signed_in_as(Role.qa_manager)
    page.get(f"/greenhaven/packs/PCK-{row.number:04d}")
    assert "Exhibits of this pack have changed since it was made" in page.text
    assert "It was withdrawn on 2 November 2026: The figures were wrong" in page.text
    with pytest.raises(OutOfTurn):
        exhibits.leave_out(session, row, "E1", by=council.manager, now=NOW)
    session.rollback()


# --- words that may tell of a person --------------------------------------------------------------------------------


def looked_over(session, row):
    return clearing.clearing_of(session, row, now=NOW, evidence_months=6)


def test_a_child_in_an_exhibit_stops_a_publishable_pack_and_its_page_is_named(building, session, council, add):
    piece = add(made.pdf("Totals only", f"On page two: {CHILD}"))
    row = building.asked(level=3)
    building.choose(row, [piece])
    message = building.build(row)
    assert row.contents == "" and f"EVD-{piece.number:04d}" in message and "Kayleigh" not in message
    standing = looked_over(session, row).standing
    assert {place.text.where for place in standing} == {"E1, page 2"}
    assert "Kayleigh, 7" in {place.suspect.words for place in standing}
    for place in standing:
        clearing_service.decide(
            session, row, place.key, decision=Decision.cleared, reason="A made-up example", by=council.manager,
            now=NOW, evidence_months=6,
        )  # fmt: skip
    session.commit()
    building.build(row)
    assert row.state == "ready"


def test_a_child_named_by_the_file_itself_is_asked_about(building, session, add):
    piece = add(made.pdf("Totals only", "More totals", author="Kayleigh Smith, 14 Mill Lane SE10 8TH"))
    row = building.asked(level=2)
    building.choose(row, [piece])
    standing = looked_over(session, row).standing
    assert {place.text.where for place in standing} == {"E1, what the file says of itself"}


@pytest.mark.parametrize(
    "kind", one_in(2, ["picture", "drawn over"], "the recogniser tells both, and waits for both alike")
)
def test_a_file_no_machine_can_read_waits_for_a_person(building, session, council, add, signed_in_as, kind):
    data = made.png() if kind == "picture" else made.stamped(made.pdf("Totals"), CHILD)
    piece = add(data, "x.png" if kind == "picture" else "x.pdf")
    inside = building.pack_of([piece], level=1)
    assert building.contents_of(inside).exhibits[0].given == "joined"
    row = building.asked(level=2)
    building.choose(row, [piece])
    assert "Nobody has looked at exhibits" in building.build(row) and row.contents == ""
    look = looked_over(session, row).not_looked_at[0]
    session.commit()
    page = signed_in_as(Role.qa_manager)
    page.get(f"/greenhaven/packs/PCK-{row.number:04d}/clearing")
    assert "Files that somebody must look at" in page.text
    page.get(f"/greenhaven/packs/PCK-{row.number:04d}/looks/{look.key}")
    page.submit({"decision": "accepted", "reason": ""}, status=422)
    page.submit({"reason": "A picture of a building, nobody in it"})
    building.build(row)
    assert row.state == "ready"
    assert looked_over(session, building_asked(building, piece, 3)).not_looked_at  # accepted holds for this audience


def building_asked(building, piece, level):
    row = building.asked(level=level)
    building.choose(row, [piece])
    return row


def test_an_exhibit_is_left_out_and_those_behind_it_move_up(building, session, council, add):
    pieces = [add(made.png(colour="#aa0000"), "a.png"), add(made.pdf("Second of two"))]
    row = building.asked(level=2)
    building.choose(row, pieces)
    exhibits.leave_out(session, row, "E1", by=council.manager, now=NOW)
    session.commit()
    assert not looked_over(session, row).looks
    building.build(row)
    assert [part.reference for part in building.contents_of(row).exhibits] == [f"EVD-{pieces[1].number:04d}"]


# --- choosing, versions, the end ---------------------------------------------------------------------------------


def test_chosen_on_the_page_in_the_order_of_their_places(building, session, add, signed_in_as):
    pieces = [add(made.pdf(f"Number {at}"), title=f"Piece {at}") for at in range(3)]
    row = building.asked()
    page = signed_in_as(Role.qa_manager)
    page.get(f"/greenhaven/packs/PCK-{row.number:04d}/exhibits")
    keys = [f"EVD-{piece.number:04d}/1" for piece in pieces]
    places = {
        f"place_{key.replace('-', '_').replace('/', '_')}": str(at) for key, at in zip(keys, (3, 1, 2), strict=True)
    }
    page.submit({**places, "chosen": keys})
    session.expire_all()
    assert [line.reference for line in queries.lines_of(session, row)] == [
        key[:8] for key in (keys[1], keys[2], keys[0])
    ]
    session.commit()


def test_a_new_version_begins_with_the_exhibits_of_the_last(building, session, council, add):
    piece = add(made.pdf("Taken over"))
    last = building.pack_of([piece])
    row = building.asked(replaces=last.number)
    assert [line.reference for line in queries.lines_of(session, row)] == [f"EVD-{piece.number:04d}"]
    session.commit()


def test_the_choice_goes_with_a_pack_that_is_destroyed(building, session, council, add):
    row = building.pack_of([add(made.pdf("Gone with it"))])
    endings.ask_to_destroy(session, COUNCIL, row.number, reason="Its day has come", by=council.manager, now=NOW)
    endings.destroy(session, COUNCIL, row.number, by=council.auditor, now=NOW)
    session.commit()
    kept = session.exec(select(PackExhibit).where(PackExhibit.pack_number == row.number)).all()
    assert (kept, row.contents) == ([], "")
    assert session.exec(select(Evidence)).first() is not None  # the evidence itself stays
    session.commit()
