"""Back, then save: what was saved a moment ago is not made a second time, and what differs by a word is."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app.audits.tables import AuditAction, CaseAudit, Stage
from audit_app.drafts import UsedKey
from audit_app.people.tables import Role
from tests import builders
from tests.builders_audits import make_audit

NEW = "/greenhaven/audits/AUD-0001/actions/new"
ACTION = {
    "level": "child",
    "what": "Visit the child at school",
    "due_on-day": "30",
    "due_on-month": "11",
    "due_on-year": "2027",
}


@pytest.fixture
def auditor(session, signed_in_as):
    team = builders.make_team(session)
    person = builders.make_person(session, [Role.auditor, Role.qa_manager]).id
    audit = make_audit(session, team, person)
    audit.stage, audit.submitted_at = Stage.submitted, builders.MOMENT
    session.add(audit)
    session.commit()
    return signed_in_as(person_id=person)


def actions(session):
    session.rollback()
    words = session.exec(select(AuditAction.what).order_by(AuditAction.number)).all()
    session.rollback()
    return list(words)


def saved(page, **changed):
    """The page opened again, as after "back", and sent."""
    page.get(NEW)
    page.submit({**ACTION, **changed})


def test_the_same_words_sent_again_make_one_action_and_lead_to_it(session, auditor):
    saved(auditor)
    there = auditor.url
    saved(auditor)
    assert actions(session) == [ACTION["what"]]
    assert auditor.url == there
    assert "You saved exactly this a moment ago, so it was not added again." in auditor.text


def test_other_words_make_another_action(session, auditor):
    saved(auditor)
    saved(auditor, what="Visit the child at home")
    assert actions(session) == [ACTION["what"], "Visit the child at home"]
    for chosen in (["1", "2"], ["1", "3"], ["1", "3"]):  # one field of several values: each of them counts
        auditor.get(NEW)
        auditor.post(NEW, {**auditor.form_data(), **ACTION, "several": chosen})
    assert len(actions(session)) == 4


def test_the_same_words_make_another_action_later(session, auditor, app):
    saved(auditor)
    for row in session.exec(select(UsedKey)):
        row.used_at -= timedelta(minutes=app.config["TWIN_FORM_MINUTES"], seconds=1)
    session.commit()
    saved(auditor)
    assert actions(session) == [ACTION["what"]] * 2


def test_words_that_were_refused_can_be_sent_again(session, auditor):
    auditor.get(NEW)
    auditor.submit({**ACTION, "due_on-day": "31"}, status=422)
    auditor.submit({**ACTION, "due_on-day": "31"}, status=422)
    auditor.submit(ACTION)
    assert actions(session) == [ACTION["what"]]


def test_somebody_else_may_make_the_same(session, auditor, signed_in_as):
    saved(auditor)
    saved(signed_in_as(Role.qa_manager))
    assert session.exec(select(CaseAudit.number)).all() == [1]
    assert actions(session) == [ACTION["what"]] * 2
