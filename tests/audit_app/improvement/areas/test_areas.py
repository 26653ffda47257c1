"""Areas for improvement through the pages: owned by a post, judged for impact, closed only on a difference."""

import pytest

from audit_app import clock
from audit_app.improvement.findings import queries_audits
from audit_app.people.tables import Post, PostHolding, Role
from findings.states import AreaStatus
from findings.tables import AreaForImprovement, ImpactJudgement, Source
from tests.audit_app.improvement.rows import rows_of
from tests.builders import AUTHORITY_ID, LONG_AGO
from tests.builders_improvement import open_area, raise_finding

AREA = "/greenhaven/areas-for-improvement/AFI-0001"


@pytest.fixture
def qa(signed_in_as):
    return signed_in_as(Role.qa_manager)


@pytest.fixture
def area(session):
    finding = raise_finding(session)
    made = open_area(session, findings=[finding.number])
    session.commit()
    return made.number


@pytest.fixture
def post(session, signed_in_as):
    leader = signed_in_as(Role.leader, name="Asha Khan")
    made = Post(authority_id=AUTHORITY_ID, title="Head of Safeguarding")
    session.add(made)
    session.flush()
    session.add(PostHolding(authority_id=AUTHORITY_ID, post_id=made.id, person_id=leader.person_id, from_on=LONG_AGO))
    session.commit()
    return made.id


def test_an_area_is_opened_by_hand_and_owned_by_a_post(qa, session, post):
    qa.get("/greenhaven/areas-for-improvement/open")
    qa.submit({"heading": "", "owner_post_id": "12345"}, status=422)
    qa.submit({"heading": "Plans are specific.", "owner_post_id": str(post), "judgement_area": "ilacs-2026/HP"})
    assert "Head of Safeguarding (Asha Khan)" in qa.text
    (row,) = rows_of(session, AreaForImprovement)
    assert (row.owner_post_id, row.owner_post_title, row.judgement_area_id) == (post, "Head of Safeguarding", "HP")


def test_only_fields_of_the_form_change_in_7(qa, session, area):
    qa.get(f"{AREA}/edit")
    qa.submit({"heading": "Plans say who does what.", "status": "closed", "opened_by": "999", "authority_id": "2"})
    (row,) = rows_of(session, AreaForImprovement)
    assert (row.heading, row.status, row.opened_by, row.authority_id) == (
        "Plans say who does what.",
        AreaStatus.open,
        1,
        1,
    )


def test_two_people_change_one_area_fo_1(qa, signed_in_as, session, area):
    other = signed_in_as(Role.qa_manager)
    for one in (qa, other):
        one.get(f"{AREA}/edit")
    qa.submit({"heading": "The first heading."})
    seen = other.submit({"heading": "The second heading."}, status=409)
    assert "The first heading." in seen.text and "The second heading." in seen.text
    assert rows_of(session, AreaForImprovement)[0].heading == "The first heading."


def test_an_area_closes_only_when_its_latest_judgement_shows_a_difference(qa, session, area):
    qa.get(f"{AREA}/close")
    assert "has not been judged" in qa.text
    assert "Judge it first" in qa.submit(status=409).text
    qa.get(f"{AREA}/impact")
    qa.submit({"rating": "clear_difference"}, status=422)
    qa.submit(
        {
            "rating": "clear_difference",
            "method": "dip_sample",
            "sample_size": "14",
            "tested_by": "Two QA officers",
            "different_for_children": "Children know what will happen next.",
            "not_yet_good_enough": "Two teams have further to go.",
            "next_steps": "Look again in March.",
            "evidence": "dip_sample",
            "evidence_words": "11 of 14 plans name who does what.",
        }
    )
    for said in ("A clear difference", "n = 14", "Two QA officers", "11 of 14 plans", "Two teams have further to go"):
        assert said in qa.text
    qa.get(f"{AREA}/close")
    qa.submit({"closed_note": "Checked twice."})
    assert rows_of(session, AreaForImprovement)[0].status is AreaStatus.closed
    qa.submit(form="/reopen")
    assert rows_of(session, AreaForImprovement)[0].status is AreaStatus.open
    qa.post(f"{AREA}/reopen", status=409)


def test_a_judgement_cannot_lie_in_the_future_nor_name_an_audit_that_is_not_here(qa, session, area):
    qa.get(f"{AREA}/impact")
    given = {"rating": "no_difference", "not_yet_good_enough": "Nothing has changed."}
    assert "in the future" in qa.submit({**given, "judged_on-year": "2099"}, status=422).text
    assert (
        "There is no audit AUD-0777"
        in qa.submit({"judged_on-year": str(clock.today().year), "audits": "AUD-0777"}, status=422).text
    )
    assert rows_of(session, ImpactJudgement) == [] and len(rows_of(session, Source)) == 1


def test_a_linked_re_audit_starts_from_the_area_and_comes_back_as_evidence(qa, session, area):
    qa.get(AREA)
    assert "tests_area=AFI-0001" in qa.link("Start a linked re-audit")
    assert queries_audits.testing_area(session, AUTHORITY_ID, area) == []
