"""Every write of data protection on both sides of its line: what is refused, what is kept, and what the log says."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app import history, jobs
from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from audit_app.history import HistoryEntry
from audit_app.notices.tables import Notice
from audit_app.people.tables import Role
from audit_app.records.erasure import queries, service
from audit_app.records.holds import service as holds
from audit_app.records.papers import service as papers
from audit_app.records.papers.blanks import BLANKS
from audit_app.records.retention import service as retention
from audit_app.records.subject_access import service as copies
from audit_app.records.subject_access.tables import SubjectKind, SubjectRequest
from audit_app.records.tables import MOST_MONTHS, HeldKind, LegalHold, RemovalLine, RemovalState, RetentionPeriod
from tests import builders, builders_audits
from tests.audit_app.records import planted
from tests.audit_app.records.conftest import TODAY
from tests.audit_app.records.planted import COUNCIL, NOW

DAY = timedelta(days=1)
LATER = NOW + timedelta(hours=1)


def set_up(session, people, case=planted.CASE):
    """An audit of a record, not begun."""
    return builders_audits.make_audit(session, people.team, people.auditor, case_reference=case)


def noted(session, event):
    """Who did it and with which facts, the first first."""
    rows = session.exec(select(HistoryEntry).where(HistoryEntry.event == event).order_by(HistoryEntry.sequence)).all()
    return [
        (row.actor, {what: fact for what, fact in json.loads(row.facts).items() if what != "seals"}) for row in rows
    ]


# --- how long things are kept ----------------------------------------------------------------------------------------

PERIOD = {"months": 72, "counts_from": "agreed_at", "why": " Our schedule ", "seen": 0, "by": 7, "now": NOW}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"months": 0}, "months"),
        ({"months": MOST_MONTHS + 1}, "months"),
        ({"counts_from": "due_on"}, "counts_from"),
        ({"why": "\n"}, "why"),
    ],
)
def test_a_period_that_will_not_do_is_refused_under_its_field(session, changed, field):
    with pytest.raises(Invalid) as refused:
        retention.set_period(session, COUNCIL, "audits_agreed", **{**PERIOD, **changed})
    assert refused.value.field == field
    assert session.exec(select(RetentionPeriod)).all() == []


def test_a_period_is_set_changed_as_it_was_seen_and_taken_away(session):
    def put(months, seen, **more):
        return retention.set_period(
            session, COUNCIL, "audits_agreed", **{**PERIOD, "months": months, "seen": seen, **more}
        )

    with pytest.raises(NotFound, match="no such kind"):
        retention.set_period(session, COUNCIL, "letters", **PERIOD)
    with pytest.raises(OutOfTurn, match="took this period away"):
        put(1, 1)
    row = put(1, 0)
    assert (row.months, row.counts_from, row.why, row.set_by, row.set_at, row.revision) == (
        1, "agreed_at", "Our schedule", 7, NOW, 1,
    )  # fmt: skip
    for seen in (0, 2):
        with pytest.raises(Stale):
            put(2, seen)
    put(MOST_MONTHS, 1, counts_from="submitted_at", by=8, now=LATER)
    assert (row.months, row.counts_from, row.set_by, row.set_at, row.revision) == (
        MOST_MONTHS, "submitted_at", 8, LATER, 2,
    )  # fmt: skip
    retention.take_period_away(session, COUNCIL, "audits_agreed", by=8, now=NOW)
    session.flush()
    with pytest.raises(NotFound, match="No period is set"):
        retention.take_period_away(session, COUNCIL, "audits_agreed", by=8, now=NOW)
    about = {"kind": "audits_agreed"}
    assert noted(session, "records.period_set") == [
        (7, {**about, "months": 1, "counts_from": "agreed_at", "before": 0}),
        (8, {**about, "months": MOST_MONTHS, "counts_from": "submitted_at", "before": 1}),
    ]
    assert noted(session, "records.period_taken_away") == [(8, about)]


# --- legal holds -----------------------------------------------------------------------------------------------------

HOLD = {"reason": " A claim ", "held_from": TODAY, "review_on": TODAY + DAY, "by": 7, "now": NOW}


@pytest.mark.parametrize(
    ("held", "target", "words"),
    [
        (HeldKind.thing, "AUD-0009", "Enter the reference of something that is here"),
        (HeldKind.thing, "AUD", "Enter the reference of something that is here"),
        (HeldKind.case, "G-000001", "No audit of this case reference"),
        (HeldKind.kind, "letters", "Choose a kind of record"),
        (HeldKind.person, "999999", "Choose somebody"),
        (HeldKind.person, "Moira", "Choose somebody"),
        (HeldKind.person, "", "Choose somebody"),
    ],
)
def test_a_hold_is_on_something_that_is_here(session, people, held, target, words):
    with pytest.raises(Invalid, match=words) as refused:
        holds.place(session, COUNCIL, held=held, target=target, **HOLD)
    assert refused.value.field == "target"


def test_a_hold_is_placed_changed_as_it_was_seen_and_lifted_once(session, people):
    given = {"held": HeldKind.kind, "target": " audits_agreed "}
    for changed, field in (({"reason": " "}, "reason"), ({"review_on": TODAY}, "review_on")):
        with pytest.raises(Invalid) as refused:
            holds.place(session, COUNCIL, **given, **{**HOLD, **changed})
        assert refused.value.field == field
    row = holds.place(session, COUNCIL, **given, **HOLD)
    session.flush()
    assert (row.target, row.reason, row.placed_by, row.placed_at, row.revision) == (
        "audits_agreed", "A claim", 7, NOW, 1,
    )  # fmt: skip
    seen = {"review_on": TODAY + 2 * DAY, "by": 8, "now": LATER}
    for revision in (0, 2):
        with pytest.raises(Stale):
            holds.change(session, COUNCIL, 1, reason="Still", seen=revision, **seen)
    for changed, field in (({"reason": " "}, "reason"), ({"review_on": TODAY}, "review_on")):
        with pytest.raises(Invalid) as refused:
            holds.change(session, COUNCIL, 1, seen=1, **{"reason": "Still", **seen, **changed})
        assert refused.value.field == field
    holds.change(session, COUNCIL, 1, reason=" Still ", seen=1, **{**seen, "review_on": TODAY + DAY})
    assert (row.reason, row.review_on, row.revision, row.placed_by) == ("Still", TODAY + DAY, 2, 7)
    with pytest.raises(Invalid, match="why it is lifted"):
        holds.lift(session, COUNCIL, 1, reason="", by=8, now=LATER)
    holds.lift(session, COUNCIL, 1, reason=" Settled ", by=8, now=LATER)
    assert (row.lifted_by, row.lifted_at, row.lifted_reason, row.revision) == (8, LATER, "Settled", 3)
    for again in (
        lambda: holds.lift(session, COUNCIL, 1, reason="Again", by=7, now=NOW),
        lambda: holds.change(session, COUNCIL, 1, reason="Again", seen=3, **seen),
    ):
        with pytest.raises(OutOfTurn, match="lifted already"):
            again()
    assert noted(session, "records.hold_changed") == [(8, {"review_on": str(TODAY + DAY)})]
    assert noted(session, "records.hold_lifted") == [(8, {})]


def test_the_log_says_what_a_hold_is_on_and_never_which_case_lg_9(session, people):
    audit = set_up(session, people)
    targets = {
        HeldKind.thing: (f" aud-{audit.number:04d}", "AUD-0001"),
        HeldKind.case: (planted.CASE, "a case reference"),
        HeldKind.kind: ("packs", "packs"),
        HeldKind.person: (str(people.auditor), f"person {people.auditor}"),
    }
    for held, (target, _said) in targets.items():
        holds.place(session, COUNCIL, held=held, target=target, **HOLD)
        session.flush()
    review = {"review_on": str(TODAY + DAY)}
    assert noted(session, "records.held") == [(7, {"what": said, **review}) for _target, said in targets.values()]
    kept = [row.target for row in session.exec(select(LegalHold).order_by(LegalHold.number)).all()]
    assert kept == ["AUD-0001", planted.CASE, "packs", str(people.auditor)]


# --- what the council says in its papers -----------------------------------------------------------------------------


def test_an_answer_of_the_council_is_written_as_it_was_seen_and_taken_back(session):
    question = next(iter(BLANKS))
    with pytest.raises(NotFound):
        papers.answer(session, COUNCIL, "letters", "Yes", seen=0, by=7, now=NOW)
    row = papers.answer(session, COUNCIL, question, " Yes ", seen=0, by=7, now=NOW)
    for seen in (0, 2):
        with pytest.raises(Stale):
            papers.answer(session, COUNCIL, question, "No", seen=seen, by=8, now=LATER)
    assert (row.text, row.written_by, row.written_at, row.revision) == ("Yes", 7, NOW, 1)
    papers.answer(session, COUNCIL, question, "", seen=1, by=8, now=LATER)
    assert (row.text, row.written_by, row.written_at, row.revision) == ("", 8, LATER, 2)


# --- removing for good -----------------------------------------------------------------------------------------------

NEVER = ("0" * 64, "f" * 64)  # a fingerprint before, and one after any there is


def test_what_was_asked_is_kept_once_and_the_case_it_named_is_forgotten(session, people, ask):
    set_up(session, people)
    set_up(session, people, "G-554433")
    session.commit()
    for seen in NEVER:
        with pytest.raises(OutOfTurn, match="while you read the list"):
            ask(seen=seen)
    by_case, by_name = ask(reason=" The family asked "), ask("AUD-0002")
    assert (by_case.reason, by_case.revision, by_case.state) == ("The family asked", 1, RemovalState.asked)
    asked = {"kind": "request", "count": 1}
    assert noted(session, "records.removal_asked") == [
        (people.first, {**asked, "fingerprint": row.fingerprint}) for row in (by_case, by_name)
    ]
    for row, left in ((by_case, ""), (by_name, "AUD-0002")):
        service.keep(session, COUNCIL, row.number, by=people.second, now=LATER)
        assert (row.state, row.kept_by, row.kept_at, row.revision, row.target) == (
            RemovalState.kept, people.second, LATER, 2, left,
        )  # fmt: skip
        seen = {"seen": row.fingerprint, "by": people.second, "now": NOW, "today": TODAY}
        for step in (service.agree, service.ask_anew):
            with pytest.raises(OutOfTurn, match="Nobody is asking"):
                step(session, COUNCIL, row.number, **seen)
    assert noted(session, "records.removal_kept") == [(people.second, {})] * 2


def test_a_list_is_asked_for_anew_only_once_it_has_changed_and_as_it_was_seen(session, people, ask):
    first = set_up(session, people)
    session.commit()
    row = ask()
    before = row.fingerprint

    def anew(seen):
        return service.ask_anew(session, COUNCIL, 1, seen=seen, by=people.second, now=LATER, today=TODAY)

    with pytest.raises(OutOfTurn, match="has not changed"):
        anew(before)
    set_up(session, people)
    session.commit()
    for seen in (before, *NEVER):
        with pytest.raises(OutOfTurn, match="while you read the list"):
            anew(seen)
    with pytest.raises(OutOfTurn, match="not the one that was asked for"):
        service.agree(session, COUNCIL, 1, seen=before, by=people.second, now=NOW, today=TODAY)
    shown_now = service.list_now(session, row, TODAY).fingerprint
    with pytest.raises(OutOfTurn, match="not the one that was asked for"):
        service.agree(session, COUNCIL, 1, seen=shown_now, by=people.second, now=NOW, today=TODAY)
    anew(shown_now)
    session.commit()
    row = queries.get_removal(session, COUNCIL, 1)
    assert (row.asked_by, row.asked_at, row.revision, row.fingerprint) == (people.second, LATER, 2, shown_now)
    assert noted(session, "records.removal_asked_anew") == [(people.second, {"count": 2, "fingerprint": shown_now})]
    lines = session.exec(select(RemovalLine).order_by(RemovalLine.position)).all()
    assert [(line.position, line.reference) for line in lines] == [(1, "AUD-0001"), (2, "AUD-0002")]
    for seen in (before, *NEVER):
        with pytest.raises(OutOfTurn, match="not the one that was asked for"):
            service.agree(session, COUNCIL, 1, seen=seen, by=people.first, now=NOW, today=TODAY)
    agreed = service.agree(session, COUNCIL, 1, seen=shown_now, by=people.first, now=LATER, today=TODAY)
    assert (agreed.state, agreed.agreed_by, agreed.agreed_at, agreed.revision) == (
        RemovalState.agreed, people.first, LATER, 3,
    )  # fmt: skip
    assert noted(session, "records.removal_agreed") == [(people.first, {"fingerprint": shown_now})]
    with pytest.raises(OutOfTurn, match="Nobody is asking"):
        service.keep(session, COUNCIL, 1, by=people.second, now=NOW)
    assert first.number == 1


def test_a_list_that_holds_emptied_is_not_asked_for_anew(session, people, ask):
    set_up(session, people)
    session.commit()
    row = ask()
    holds.place(session, COUNCIL, held=HeldKind.thing, target="AUD-0001", **HOLD)
    session.commit()
    seen = service.list_now(session, row, TODAY).fingerprint
    with pytest.raises(OutOfTurn, match="Nothing of it may go"):
        service.ask_anew(session, COUNCIL, 1, seen=seen, by=people.second, now=NOW, today=TODAY)


# --- everything on somebody ------------------------------------------------------------------------------------------


@pytest.fixture
def sought(session, people):
    """Call to ask for everything on a code."""

    def asked(**changed):
        given = {"subject": SubjectKind.staff_code, "sought": " SW-1 ", "person_id": None, "reason": " A request "}
        return copies.ask(session, COUNCIL, **{**given, "by": people.first, "now": NOW, "today": TODAY, **changed})

    return asked


def waits_for(session):
    return {row.person_id for row in session.exec(select(Notice).where(Notice.reference == "SAR-0001")).all()}


def test_whoever_may_agree_is_told_that_a_copy_was_asked_for_and_nobody_else(session, people, sought):
    leader = builders.make_person(session, roles=(Role.leader,)).id
    builders.make_person(session, roles=(Role.admin,))
    row = sought(person_id=people.auditor)
    assert (row.sought, row.person_id, row.reason, row.asked_by) == ("SW-1", None, "A request", people.first)
    assert waits_for(session) == {people.second, leader}
    assert noted(session, "records.copy_asked") == [(people.first, {})]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sought": "s-1"}, "sought"),
        ({"reason": "  "}, "reason"),
        ({"reason": "On sw 1, as asked"}, "reason"),
        ({"subject": SubjectKind.account, "person_id": 999_999}, "person"),
        ({"subject": SubjectKind.account, "person_id": None}, "person"),
    ],
)
def test_a_copy_is_asked_for_of_somebody_with_a_reason_that_does_not_name_them(session, sought, changed, field):
    with pytest.raises(Invalid) as refused:
        sought(**changed)
    assert refused.value.field == field
    assert session.exec(select(SubjectRequest)).all() == []


def test_a_copy_of_an_account_is_named_by_its_number_alone(session, people, sought):
    row = sought(subject=SubjectKind.account, sought="Moira", person_id=people.auditor)
    assert (row.sought, row.person_id) == ("", people.auditor)


def test_a_request_is_agreed_to_or_refused_once_and_by_whom(session, people, sought):
    first, second, third = sought(), sought(), sought()
    given = {"by": people.second, "now": LATER}
    with pytest.raises(NotAllowed):
        copies.agree(session, COUNCIL, 1, by=people.first, now=NOW)
    copies.agree(session, COUNCIL, 1, **given)
    assert (first.agreed_by, first.agreed_at, first.sought) == (people.second, LATER, "SW-1")
    with pytest.raises(Invalid, match="why it is refused"):
        copies.refuse(session, COUNCIL, 2, reason=" ", **given)
    copies.refuse(session, COUNCIL, 2, reason=" Not theirs ", **given)
    assert (second.refused_by, second.refused_at, second.refused_reason, second.sought) == (
        people.second, LATER, "Not theirs", "",
    )  # fmt: skip
    for number in (1, 2):
        with pytest.raises(OutOfTurn, match="waits for nobody"):
            copies.agree(session, COUNCIL, number, **given)
        with pytest.raises(OutOfTurn, match="waits for nobody"):
            copies.refuse(session, COUNCIL, number, reason="Again", **given)
    for number in (1, 2, 3):  # being made, refused, waiting
        with pytest.raises(OutOfTurn, match="was made, or is being made"):
            copies.make_again(session, COUNCIL, number, **given)
        with pytest.raises(OutOfTurn, match="no copy"):
            copies.remove(session, COUNCIL, number, **given)
    begun = first.job_id
    jobs.cancel(session, COUNCIL, begun, NOW)
    session.flush()
    copies.make_again(session, COUNCIL, 1, **given)
    assert first.job_id not in (None, begun)
    third.sha256 = "c" * 64
    copies.note_read(session, third, **given)
    copies.remove(session, COUNCIL, 3, **given)
    assert (third.removed_by, third.removed_at, third.sha256) == (people.second, LATER, "c" * 64)
    with pytest.raises(OutOfTurn, match="no copy"):
        copies.remove(session, COUNCIL, 3, **given)
    events = ("copy_agreed", "copy_refused", "copy_removed")
    assert [noted(session, f"records.{event}") for event in events] == [
        [(people.second, {})], [(people.second, {})], [(people.second, {"sha256": "c" * 64})],
    ]  # fmt: skip
    read = history.entries_about(session, COUNCIL, "SAR-0003", kinds=("reading",))
    assert [(entry.event, entry.actor) for entry in read] == [("records.copy_read", people.second)]
