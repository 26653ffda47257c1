"""A page that says that nothing was saved is made after its turn to write was given back: others may save meanwhile."""

from contextlib import contextmanager

import pytest
from flask import template_rendered

from audit_app import database
from audit_app.people.access import Role, system_scope
from tests import builders

RAISE = "/greenhaven/findings/raise"


@contextmanager
def somebody_saves_while_it_is_rendered(engine):
    """Yields the list of saves that came through while pages were made; a turn that does not come is an error."""
    saved = []

    def save(_app, template, **_given):
        with database.session_for(engine, system_scope("another person"), patience=0.1) as session:
            builders.make_person(session)
        saved.append(template.name)

    with template_rendered.connected_to(save):
        yield saved


@pytest.mark.parametrize(("address", "typed", "status"), [
    (RAISE, {}, 422),  # a form shown again
    ("/greenhaven/findings/FND-0999/withdraw", {}, 404),  # an error page
])  # fmt: skip
def test_who_saves_need_not_wait_for_a_page_that_keeps_nothing(engine, signed_in_as, address, typed, status):
    qa = signed_in_as(Role.qa_manager)
    qa.get(RAISE)
    with somebody_saves_while_it_is_rendered(engine) as saved:
        qa.post(address, typed, status=status, follow=False)
    assert len(saved) == 1
