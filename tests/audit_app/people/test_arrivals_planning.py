"""What a workbook of people would change, worked out without a database."""

import pytest

from audit_app.people.arrivals import planning
from audit_app.people.arrivals.placing import TeamHere
from audit_app.people.arrivals.planning import Known
from audit_app.people.tables import Person, Role
from audit_app.sheets import Row
from tests.builders import MOMENT

TOM = "tom@greenhaven.example"
NIA = "nia@greenhaven.example"
DUTY = TeamHere(11, "Duty Team", "Safeguarding")


def a_row(line=2, **values):
    blank = {"service": "", "team": "", "manages": None, "manager": "", "post": ""}
    return Row(line, {"user_name": TOM, "name": "Tom Ellis", "roles": ("auditor",), **blank, **values})


def what_is_here(**more):
    tom = Person(id=1, user_name=TOM, name="Tom Ellis", made_at=MOMENT)
    return Known(
        people={TOM: tom}, here={1}, roles={1: {Role.auditor}}, teams={"duty team": DUTY}, places={(1, 11, False)},
        posts={"head of quality": 31}, holding={(31, 1)}, **more,
    )  # fmt: skip


def changes_of(row, known):
    (arrival,) = planning.plan([row], known, by=99).arrivals
    return arrival.changes


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        ({}, ()),
        ({"team": "DUTY team", "post": "Head of quality"}, ()),
        ({"roles": ("auditor", "leader")}, ("roles",)),
        ({"team": "Duty Team", "manages": True}, ("team",)),
        ({"team": "Night Team", "service": "Safeguarding", "post": "Night lead"}, ("a new team", "a new post")),
    ],
)
def test_a_row_says_what_it_changes_beside_what_is_here(values, changes):
    assert changes_of(a_row(**values), what_is_here()) == changes


def test_a_mark_before_a_name_or_another_spelling_makes_no_second_service_or_team():
    known = Known(services={"safeguarding": "Safeguarding"}, teams={"duty team": DUTY})
    rows = [
        a_row(team="• duty  team", service="– SAFEGUARDING"),
        a_row(line=3, user_name=NIA, team="Hub – North", service="1. Early Help"),
        a_row(line=4, user_name="a@b.example", team="hub-north", service="early  help"),
    ]
    plan = planning.plan(rows, known, by=99)
    assert [(one.values["service"], one.values["team"]) for one in plan.arrivals] == [
        ("Safeguarding", "Duty Team"), ("Early Help", "Hub – North"), ("Early Help", "Hub – North"),
    ]  # fmt: skip
    assert "Row 2: “• duty  team” is taken as the team “Duty Team”." in plan.remarks and len(plan.remarks) == 5


def test_the_preview_tells_which_roles_are_given_and_which_are_kept():
    rows = [a_row(roles=("auditor", "leader")), a_row(line=3, user_name=NIA, roles=("leader", "admin"))]
    plan = planning.plan(rows, what_is_here(), by=99)
    assert [(one.gives, one.keeps) for one in plan.arrivals] == [
        ((Role.leader,), (Role.auditor,)), ((Role.admin, Role.leader), ()),
    ]  # fmt: skip
    assert plan.given == {Role.admin: 1, Role.leader: 2}


def test_somebody_not_known_is_new():
    assert changes_of(a_row(), Known()) == ("new",)


def test_nobody_changes_their_own_roles_by_a_workbook():
    (fault,) = planning.plan([a_row(roles=("admin",))], what_is_here(), by=1).faults
    assert fault.column == "Roles"
    assert planning.plan([a_row(roles=("auditor",))], what_is_here(), by=1).faults == ()


def test_managers_may_not_go_round_in_a_circle():
    rows = [a_row(manager=NIA), a_row(line=3, user_name=NIA, manager=TOM)]
    faults = planning.plan(rows, what_is_here(), by=99).faults
    assert [fault.row for fault in faults] == [2, 3]
    assert planning.plan([rows[0], a_row(line=3, user_name=NIA)], what_is_here(), by=99).faults == ()


def test_a_row_of_somebody_elsewhere_is_new_here_although_they_have_an_account():
    known = Known(people=what_is_here().people)
    assert changes_of(a_row(), known) == ("new",)
