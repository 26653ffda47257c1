"""The first page of each role, notices, the dashboard and the log, as pages."""

import pytest

from audit_app.people.access import Role

ADDRESS = "/greenhaven/"


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_first_page_a_log_and_notices(signed_in_as, role):
    mine = signed_in_as(role)
    for address in ("", "log", "notices"):
        assert mine.get(ADDRESS + address).status == 200


def test_the_dashboard_is_for_those_who_answer_for_the_whole(signed_in_as):
    assert signed_in_as(Role.qa_manager).get(ADDRESS + "dashboard").status == 200
    assert signed_in_as(Role.leader).get(ADDRESS + "dashboard?months=3").status == 200
    assert signed_in_as(Role.auditor).get(ADDRESS + "dashboard", 403).status == 403
