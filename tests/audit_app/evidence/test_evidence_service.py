"""Evidence is added, renewed, withdrawn and attached; what was signed on a version stays on that version."""

from datetime import date

import pytest

from audit_app import evidence
from audit_app.errors import Invalid, NotFound, OutOfTurn, Stale
from audit_app.evidence import queries, service
from audit_app.evidence.proving import service as proving
from audit_app.evidence.states import Freshness, Held, Renewal
from tests import builders, builders_evidence
from tests.builders import AUTHORITY_ID, MOMENT

TODAY = date(2026, 11, 2)
BY = {"by": 1, "now": MOMENT}


def renew(session, row, *, revision=None, **changed):
    """A new version, given by somebody who saw this revision."""
    version = builders_evidence.a_version(**{"why": "Figures to the end of November.", **changed})
    given = {"revision": revision or row.revision, "config": builders_evidence.SETTINGS, "today": TODAY, **BY}
    return service.renew_evidence(session, AUTHORITY_ID, row.number, version, **given)


def test_a_new_version_leaves_what_was_signed_on_the_old_one(session):
    row = builders_evidence.add(session, by=1, proves=["ACT-0001/completion"], address="https://x.example/october")
    renew(session, row, address="https://x.example/november")
    line = evidence.evidence_of(session, AUTHORITY_ID, ["ACT-0001/completion"])["ACT-0001/completion"][0]
    assert (line.version, line.newest, line.address, line.renewed_since) == (1, 2, "https://x.example/october", True)
    proving.attach(session, AUTHORITY_ID, row.number, "FND-0001", **BY)
    assert evidence.evidence_of(session, AUTHORITY_ID, ["FND-0001"])["FND-0001"][0].version == 2


def test_a_thing_is_given_what_proves_its_parts_only_when_asked(session):
    builders_evidence.add(session, by=1, proves=["ACT-0001/completion", "ACT-00011"])
    assert evidence.evidence_of(session, AUTHORITY_ID, ["ACT-0001"])["ACT-0001"] == ()
    whole = evidence.evidence_of(session, AUTHORITY_ID, ["ACT-0001"], whole_things=True)["ACT-0001"]
    assert [line.proves_reference for line in whole] == ["ACT-0001/completion"]


def test_two_people_at_once_with_a_new_version_the_second_is_told(session):
    row = builders_evidence.add(session, by=1)
    seen = row.revision
    renew(session, row, address="https://x.example/one")
    with pytest.raises(Stale):
        renew(session, row, revision=seen, address="https://x.example/two")
    assert queries.get_evidence(session, AUTHORITY_ID, row.number).current_version == 2


def test_withdrawn_evidence_stays_where_it_was_used_and_proves_nothing_new(session):
    row = builders_evidence.add(session, by=1, proves=["FND-0001"])
    service.withdraw_evidence(
        session, AUTHORITY_ID, row.number, reason="The figures were wrong.", revision=row.revision, **BY
    )
    line = evidence.evidence_of(session, AUTHORITY_ID, ["FND-0001"])["FND-0001"][0]
    assert line.withdrawn_reason == "The figures were wrong." and "withdrawn" in line.kept_out
    assert line.stands(TODAY, 21) is Freshness.withdrawn
    with pytest.raises(OutOfTurn):
        proving.attach(session, AUTHORITY_ID, row.number, "FND-0002", **BY)


def test_detached_evidence_is_no_longer_there_and_stays_on_record(session):
    row = builders_evidence.add(session, by=1, proves=["FND-0001"])
    use = proving.uses_of_thing(session, AUTHORITY_ID, "FND-0001")[0]
    with pytest.raises(Invalid):
        proving.detach(session, AUTHORITY_ID, use.id, reason=" ", **BY)
    proving.detach(session, AUTHORITY_ID, use.id, reason="It is about another team.", **BY)
    assert evidence.evidence_of(session, AUTHORITY_ID, ["FND-0001"])["FND-0001"] == ()
    kept = proving.get_use(session, AUTHORITY_ID, use.id)
    assert (kept.evidence_number, kept.detached_reason) == (row.number, "It is about another team.")


@pytest.mark.parametrize("reference", ["", "FND", "FND-1", "fnd-0001", "EVD-0001", "FND-0001/", "FND-0001/a b"])
def test_what_is_no_reference_of_a_thing_is_refused(session, reference):
    row = builders_evidence.add(session, by=1)
    with pytest.raises(Invalid):
        proving.attach(session, AUTHORITY_ID, row.number, reference, **BY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"shows": ""}, "shows"),
        ({"level": 4}, "level"),
        ({"owner_post_id": 999}, "owner_post_id"),
        ({"speaks_to": date(2026, 9, 1)}, "speaks_to"),
        ({"made_on": date(2026, 11, 3)}, "made_on"),
        ({"made_on": date(2026, 9, 1)}, "speaks_from"),
        ({"held": Held.here}, "file"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "https://user:word@x.example/"}, "address"),
        ({"held": Held.elsewhere}, "held_where"),
        ({"held": Held.elsewhere, "held_where": "LCS"}, "held_by"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told_under_its_field(session, changed, field):
    with pytest.raises(Invalid) as refusal:
        builders_evidence.add(session, by=1, **changed)
    assert refusal.value.field == field


def test_the_day_of_renewal_follows_the_version_and_the_renewal(session):
    row = builders_evidence.add(session, by=1, renewal=Renewal.quarterly)
    assert row.renew_by == date(2027, 1, 31)
    renew(session, row, speaks_from=date(2026, 11, 1), speaks_to=date(2026, 11, 1), address="https://x.example/2")
    assert row.renew_by == date(2027, 2, 1)


def test_another_council_does_not_have_it(session):
    row = builders_evidence.add(session, by=1)
    with pytest.raises(NotFound):
        queries.get_evidence(session, AUTHORITY_ID + 1, row.number)
    assert builders.AUTHORITY_ID == AUTHORITY_ID
