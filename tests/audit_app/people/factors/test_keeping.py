"""Passkeys as rows: how many, under which names, whose; and that no administrator takes their own factors away."""

import pytest
from sqlmodel import select

from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn
from audit_app.people.directory import service_factors
from audit_app.people.factors import service
from audit_app.people.factors.passkeys import Made
from audit_app.people.factors.tables import LONGEST_LABEL, Passkey


@pytest.fixture
def keep(session, town, now):
    """Call with a number for a passkey of the QA manager's."""

    def add(number, label="Phone", whose=None):
        made = Made(f"credential {number}", "public", 0)
        return service.add_passkey(session, whose or town.qa, made, label, keeping="", now=now)

    return add


def test_a_person_has_twenty_passkeys_each_with_a_name_that_fits(session, town, keep):
    keep(1, f"  {'l' * LONGEST_LABEL} ")
    for wrong in (" ", "l" * (LONGEST_LABEL + 1)):
        with pytest.raises(Invalid, match="at most 60 characters"):
            keep(2, wrong)
    with pytest.raises(Invalid, match="set up already"):
        keep(1, whose=town.auditor)
    for number in range(2, 21):
        keep(number, "p")
    with pytest.raises(Invalid, match="You have 20 passkeys"):
        keep(21)
    keep(21, whose=town.auditor)
    labels = session.exec(select(Passkey.label).where(Passkey.person_id == town.qa)).all()
    assert sorted(labels) == ["l" * LONGEST_LABEL, *["p"] * 19]


def test_one_takes_away_ones_own_alone_and_the_last_only_where_none_is_required(session, town, keep, now):
    keep(1)
    keep(2)
    keep(3, whose=town.auditor)
    first, second, theirs = session.exec(select(Passkey).order_by(Passkey.credential_id)).all()
    taking = {"keeping": "", "now": now}
    with pytest.raises(NotFound):
        service.remove_passkey(session, town.qa, theirs.id, required=False, **taking)
    service.remove_passkey(session, town.qa, first.id, required=True, **taking)
    with pytest.raises(OutOfTurn, match="your only one"):
        service.remove_passkey(session, town.qa, second.id, required=True, **taking)
    service.remove_passkey(session, town.qa, second.id, required=False, **taking)
    assert [row.id for row in session.exec(select(Passkey))] == [theirs.id]


def test_nobody_takes_their_own_factors_or_link_away_as_an_administrator(session, town, now):
    for take_away in (service_factors.take_factors_away, service_factors.take_link_away):
        with pytest.raises(NotAllowed, match="on your account page"):
            take_away(session, town.admin, by=town.admin, now=now)
        for other in (town.qa, town.manager, town.auditor, town.second_admin):
            with pytest.raises(OutOfTurn):
                take_away(session, other, by=town.admin, now=now)
