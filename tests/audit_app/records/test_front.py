"""The first page of data protection, and who may open it."""

import pytest

from audit_app.people.tables import Role


@pytest.mark.parametrize("role", [Role.qa_manager, Role.leader])
def test_those_who_answer_for_records_have_their_first_page(signed_in_as, role):
    page = signed_in_as(role).get("/greenhaven/records")
    assert page.h1 == "Data protection"


def test_nobody_else_has(signed_in_as):
    signed_in_as(Role.auditor, Role.team_manager, Role.admin).get("/greenhaven/records", status=403)
