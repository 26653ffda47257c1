"""Who may take which step with a pack on its way out: each guard on a pack that was not built, so each is tried."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app import history, jobs
from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn
from audit_app.packs import contents, queries
from audit_app.packs.parts.exhibits import ExhibitPart, Given
from audit_app.packs.release import queries as releases
from audit_app.packs.release import service, service_copies, steps
from audit_app.packs.tables import EvidencePackRow, PackProof, PackRelease, PackState
from tests import builders_packs
from tests.audit_app.packs.composing.test_figures import composed

COUNCIL, NOW = builders_packs.COUNCIL, builders_packs.NOW
ASKER, READER, DIRECTOR = 601, 602, 603
PRINT, OTHER = "a" * 64, "b" * 64
GIVEN = {"recipient": "Ofsted", "purpose": "Inspection", "released_on": NOW.date()}


def make_row(number=1, **changed):
    """A pack that is ready, as a row."""
    given = {"state": PackState.ready, "frozen_at": NOW, "fingerprint": PRINT, "asked_by": ASKER, "level": 2, **changed}
    return EvidencePackRow(
        **{**builders_packs.make_wish(level=2).__dict__, **given},
        authority_id=COUNCIL, number=number, asked_at=NOW, pseudonym_key="ab" * 32,
    )  # fmt: skip


def make_proof(number=1, **changed):
    """That somebody proof-read it."""
    given = {"fingerprint": PRINT, "read_by": READER, "read_at": NOW, **changed}
    return PackProof(authority_id=COUNCIL, pack_number=number, level=2, faults=0, **given)


@pytest.fixture
def ready(app, session):
    """Packs in the database, proof-read, with nothing built."""

    def make(row=None, *proofs):
        row = row if row is not None else make_row()
        session.add(row)
        session.flush()
        for proof in proofs or [make_proof(row.number)]:
            session.add(proof)
            session.flush()
        return SimpleNamespace(row=row, number=row.number)

    return make


def let_go(session, pack, by=DIRECTOR, **changed):
    return service.release(session, COUNCIL, pack.number, by=by, now=NOW, **{**GIVEN, **changed})


WHY_NOT = [
    ({}, [make_proof()], ASKER, "You asked for this pack. Somebody else must release it."),
    ({}, [make_proof()], READER, "You proof-read this pack. Somebody else must release it."),
    ({}, [], DIRECTOR, "Nobody has proof-read this pack. That comes first."),
    ({}, [make_proof(fingerprint=OTHER)], DIRECTOR, "Nobody has proof-read this pack. That comes first."),
    ({"fingerprint": ""}, [make_proof(fingerprint="")], DIRECTOR, "Nobody has proof-read this pack. That comes first."),
    ({"state": PackState.frozen}, [make_proof()], DIRECTOR, "Only a pack that is ready and stands can be released."),
    ({"withdrawn_at": NOW}, [make_proof()], DIRECTOR, "Only a pack that is ready and stands can be released."),
    ({"destroyed_at": NOW}, [make_proof()], DIRECTOR, "Only a pack that is ready and stands can be released."),
    ({}, [make_proof()], DIRECTOR, ""),
    # Whoever read these contents last stands behind them: an earlier reader may release.
    ({}, [make_proof(id=1), make_proof(id=2, read_by=604, read_at=NOW + timedelta(hours=1))], READER, ""),
]


@pytest.mark.parametrize(("row", "proofs", "person", "why"), WHY_NOT)
def test_why_somebody_may_not_release_a_pack(row, proofs, person, why):
    assert steps.why_not_released_by(make_row(**row), proofs, person) == why


@pytest.mark.parametrize(
    ("row", "proofs", "released", "step"),
    [
        ({"state": PackState.asked}, [], False, steps.Step.building),
        ({}, [], False, steps.Step.draft),
        ({}, [make_proof(fingerprint=OTHER)], False, steps.Step.draft),
        ({}, [make_proof()], False, steps.Step.proof_read),
        ({}, [make_proof()], True, steps.Step.released),
        ({"withdrawn_at": NOW}, [make_proof()], True, steps.Step.withdrawn),
        ({"withdrawn_at": NOW, "destroyed_at": NOW}, [make_proof()], True, steps.Step.destroyed),
    ],
)
def test_how_far_a_pack_is(row, proofs, released, step):
    release = PackRelease(authority_id=COUNCIL, pack_number=1, level=2, fingerprint=PRINT, recipient="A", purpose="B",
                          released_on=NOW.date(), released_by=DIRECTOR, released_at=NOW, copy_number=1)  # fmt: skip
    assert steps.step_of(make_row(**row), proofs, [release] if released else []) is step


def test_two_people_stand_behind_a_release_and_both_are_in_the_log_pe_4(session, ready):
    pack = ready()
    for person in (ASKER, READER):
        with pytest.raises(NotAllowed, match="Somebody else must release it"):
            let_go(session, pack, by=person)
    first, second = let_go(session, pack), let_go(session, pack, recipient="  CQC ")
    assert (first.copy_number, second.copy_number, second.recipient) == (1, 2, "CQC")
    entries = [x for x in history.entries_about(session, COUNCIL, "PCK-0001") if x.event == "packs.released"]
    assert [entry.actor for entry in entries] == [DIRECTOR, DIRECTOR]
    assert PRINT in str(entries[0].facts) and "Ofsted" not in str(entries[0].facts)
    (line, earlier) = releases.list_released(session, COUNCIL)
    assert (line.recipient, line.copy_number, earlier.copy_number) == ("CQC", 2, 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"recipient": " "}, "recipient"),
        ({"purpose": "\n"}, "purpose"),
        ({"released_on": None}, "released_on"),
        ({"released_on": NOW.date() + timedelta(days=1)}, "released_on"),
        ({"released_on": NOW.date() - timedelta(days=1)}, "released_on"),
    ],
)
def test_what_the_register_must_know(session, ready, changed, field):
    pack = ready()
    with pytest.raises(Invalid) as refusal:
        let_go(session, pack, **changed)
    assert refusal.value.field == field
    assert session.exec(select(PackRelease)).all() == []


def test_a_pack_that_has_ended_goes_to_nobody_and_is_read_by_nobody(session, ready):
    pack = ready(make_row(withdrawn_at=NOW, withdrawn_reason="Wrong"))
    with pytest.raises(OutOfTurn):
        let_go(session, pack)
    with pytest.raises(OutOfTurn, match="proof-read"):
        service.proof_read(session, COUNCIL, pack.number, note="Read", by=READER, now=NOW)


def test_files_of_a_copy_are_asked_for_once_and_never_of_a_pack_that_ended(session, ready):
    pack = ready()
    release = let_go(session, pack)
    with pytest.raises(OutOfTurn):  # they are being made
        service_copies.ask_for_files(session, pack.row, release, by=DIRECTOR, now=NOW)
    release.job_id = None
    pack.row.withdrawn_at = NOW
    with pytest.raises(OutOfTurn):
        service_copies.ask_for_files(session, pack.row, release, by=DIRECTOR, now=NOW)
    pack.row.withdrawn_at, release.pdf_sha256 = None, PRINT
    with pytest.raises(OutOfTurn):  # they are there
        service_copies.ask_for_files(session, pack.row, release, by=DIRECTOR, now=NOW)
    with pytest.raises(NotFound):
        releases.get_release(session, pack.row, 2)


def test_no_copy_is_made_of_a_pack_whose_exhibit_is_not_what_it_was(app):
    gone = ExhibitPart("E1", "EVD-0001", 1, "Minutes", "A board met.", "", NOW.date(), "", "", Given.joined, pages=2,
                       kind="pdf", sha256="c" * 64)  # fmt: skip
    written = contents.canonical(replace(composed(()), exhibits=(gone,)))
    context = SimpleNamespace(config=app.config, check=lambda: None, progress=lambda *_, **__: None)
    with pytest.raises(jobs.JobFailed, match=r"E1 \(EVD-0001\)"):
        service_copies._made(context, written, None, None)


def test_whose_names_a_pack_continues(session, ready):
    """The first pack of that inspection at that level which still has its key; nobody else's."""
    for number, changed in enumerate(
        (
            {"for_inspection": "INS-0004", "pseudonym_key": ""},
            {"for_inspection": "INS-0004", "level": 3},
            {"for_inspection": ""},
            {"for_inspection": "Another"},
            {"for_inspection": "ins-0004"},
            {"for_inspection": "Inside", "level": 1},
        ),
        start=1,
    ):
        key = changed.pop("pseudonym_key", None)
        row = make_row(number, **changed)
        row.pseudonym_key = row.pseudonym_key if key is None else key
        ready(row)
    wanted = {"INS-0004": 5, "Another": 4, "Nowhere": None, "": None}
    for inspection, number in wanted.items():
        same = queries.find_of_same_inspection(session, make_row(9, for_inspection=inspection))
        assert (same.number if same else None) == number, inspection
    for inspection in ("Another", "Inside"):  # below the inspector's level audits go by their references
        assert queries.find_of_same_inspection(session, make_row(9, for_inspection=inspection, level=1)) is None


def test_a_pack_is_given_on_the_day_it_was_made_until_today(session, ready):
    made_on = NOW.date() - timedelta(days=2)
    pack = ready(make_row(frozen_at=NOW - timedelta(days=2)))
    for days, may in ((-1, False), (0, True), (1, True), (2, True), (3, False)):
        given = {"released_on": made_on + timedelta(days=days)}
        if may:
            assert let_go(session, pack, **given).released_on == given["released_on"]
        else:
            with pytest.raises(Invalid, match="not before the pack was made, nor to come"):
                let_go(session, pack, **given)
