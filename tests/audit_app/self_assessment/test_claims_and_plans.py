"""Claims, what they cite, and plans: who may, what is refused with which words, and what is told to the log."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app.errors import Invalid, NotAllowed, NotFound
from audit_app.history.tables import ENTRY
from audit_app.people.access import Role
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import events
from audit_app.self_assessment.claims import queries_cited, service, service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.claims.service_plans import Planned
from audit_app.self_assessment.tables import AssessmentWriter, Citation, Cites, Claim, PlanLine, Stance
from findings import register
from findings.errors import Stale
from findings.metadata import TEXT_LENGTH
from tests import builders, builders_evidence, builders_improvement
from tests import builders_self_assessment as made

COUNCIL, NOW = made.COUNCIL, builders.MOMENT
VOICE = Cited(Cites.voice, title="Survey of care leavers", dated_on=date(2026, 9, 1), shows="12 of 15 feel safe")
COUNTED = Cited(Cites.grades, set_edition_id="case-audit-1", set_id="child-protection",
                period_from=date(2026, 8, 1), period_to=date(2026, 10, 31))  # fmt: skip


@pytest.fixture
def draft(session):
    """A draft's section, and one who writes in it."""
    writer = builders.make_person(session, roles=(Role.leader,)).id
    _row, places = made.begin(session, writer)
    session.commit()
    return places, {"by": writer, "now": NOW}


def events_told(session):
    return list(session.execute(sa.select(ENTRY.c.event).order_by(ENTRY.c.sequence)).scalars())


def writers(session):
    return set(session.exec(select(AssessmentWriter.person_id)).all())


def another(session, *roles):
    return {"by": builders.make_person(session, roles=roles).id, "now": NOW}


def as_person(session, who, *roles):
    session.info["scope"] = Scope(COUNCIL, who["by"], roles=frozenset(roles))


def test_a_claim_is_written_changed_and_taken_out_once(session, draft):
    places, who = draft
    at, editor = places["HP"], another(session, Role.qa_manager)
    claims = [service.add_claim(session, at, Said("known", text), **who) for text in ("Seen alone", "Plans are dated")]
    assert [(each.position, each.revision, each.stance) for each in claims] == [
        (1, 1, Stance.neither),
        (2, 1, Stance.neither),
    ]
    second = claims[1]
    wanted = Said("not_good_enough", "Plans are not dated", Stance.not_good_enough)
    with pytest.raises(Stale):
        service.change_claim(session, at, second.id, wanted, revision=2, **editor)
    with pytest.raises(Invalid, match="Say what you claim"):
        service.change_claim(session, at, second.id, replace(wanted, text=" \n"), revision=1, **editor)
    service.change_claim(session, at, second.id, wanted, revision=1, **editor)
    session.flush()
    row = session.exec(select(Claim).where(Claim.id == second.id)).one()
    assert (row.question, row.text, row.stance) == ("not_good_enough", "Plans are not dated", Stance.not_good_enough)
    assert (row.written_by, row.revision, writers(session)) == (editor["by"], 2, {who["by"], editor["by"]})
    service.take_out_claim(session, at, second.id, **who)
    elsewhere = service.add_claim(session, places["CL"], Said("known", "Said of care leavers"), **who)
    for write in (
        lambda: service.change_claim(session, at, second.id, wanted, revision=3, **who),
        lambda: service.take_out_claim(session, at, second.id, **who),
        lambda: service.cite(session, at, second.id, VOICE, **who),
        lambda: service.take_out_claim(session, places["CL"], claims[0].id, **who),  # of another section
        lambda: service.take_out_claim(session, at, elsewhere.id, **who),
    ):
        with pytest.raises(NotFound, match="no such claim in this section"):
            write()
    assert service.add_claim(session, at, Said("known", "Third"), **who).position == 2
    assert [each for each in events_told(session) if "claim" in each] == [
        events.CLAIMED, events.CLAIMED, events.CLAIM_CHANGED, events.CLAIM_TAKEN_OUT, events.CLAIMED, events.CLAIMED,
    ]  # fmt: skip


def test_what_is_too_long_or_too_many_is_refused_at_the_limit(session, draft):
    places, who = draft
    at = places["HP"]
    service.check("a" * TEXT_LENGTH)
    with pytest.raises(Invalid, match="characters or fewer"):
        service.check("a" * (TEXT_LENGTH + 1))
    made_claims = [
        service.add_claim(session, at, Said("known", f"Claim {n}"), **who) for n in range(service.MOST_CLAIMS)
    ]
    assert len(made_claims) == 60
    with pytest.raises(Invalid, match="makes 60 claims or fewer"):
        service.add_claim(session, at, Said("known", "One more"), **who)
    service.take_out_claim(session, at, made_claims[0].id, **who)
    service.add_claim(session, at, Said("known", "In its place"), **who)
    claim = made_claims[1]
    for n in range(service.MOST_CITED):
        service.cite(session, at, claim.id, replace(VOICE, title=f"Survey {n}"), **who)
    with pytest.raises(Invalid, match="cites 30 things or fewer"):
        service.cite(session, at, claim.id, VOICE, **who)


def test_how_firm_it_is_is_a_persons_decision_with_a_reason(session, draft):
    places, who = draft
    at = places["HP"]
    claim = service.add_claim(session, at, Said("known", "Seen alone"), **who)
    decided = {"rung": 3, "reason": "Two audits agree", "revision": 1}
    for wrong, named in (({"rung": -1}, "Choose a rung"), ({"rung": 9}, "Choose a rung"), ({"reason": " "}, "Say why")):
        with pytest.raises(Invalid, match=named):
            service.decide_rung(session, at, claim.id, **{**decided, **wrong}, **who)
    with pytest.raises(Stale):
        service.decide_rung(session, at, claim.id, **{**decided, "revision": 0}, **who)
    service.decide_rung(session, at, claim.id, **decided, **who)
    assert (claim.rung, claim.rung_reason, claim.rung_by, claim.rung_on, claim.revision) == (
        3, "Two audits agree", who["by"], date(2026, 11, 2), 2,
    )  # fmt: skip


def test_business_support_attaches_what_is_on_file_and_takes_away_only_that(session, draft):
    places, who = draft
    at, whole = places["HP"], session.info["scope"]
    claim = service.add_claim(session, at, Said("known", "Seen alone"), [VOICE], **who)
    file = builders_evidence.add(session, by=who["by"], level=2)
    helper = another(session, Role.business_support)
    as_person(session, helper, Role.business_support)
    named = Cited(Cites.evidence, reference=f" evd-{file.number:04} ")
    with pytest.raises(NotAllowed, match="for the writers"):
        service.cite(session, at, claim.id, COUNTED, **helper)
    attached = service.cite(session, at, claim.id, named, **helper)
    assert (attached.reference, attached.part.isdigit()) == (f"EVD-{file.number:04}", True)
    with pytest.raises(Invalid, match="cites that already"):
        service.cite(session, at, claim.id, named, **helper)
    survey = session.exec(select(Citation).where(Citation.kind == Cites.voice)).one()
    with pytest.raises(NotAllowed, match="taken away by a writer"):
        service.uncite(session, at, claim.id, survey.id, **helper)
    session.flush()
    service.uncite(session, at, claim.id, attached.id, **helper)
    session.info["scope"] = whole
    with pytest.raises(NotFound, match="does not cite that any more"):
        service.uncite(session, at, claim.id, attached.id, **who)
    service.cite(session, at, claim.id, named, **who)  # it was let go, so it can be attached again
    service.uncite(session, at, claim.id, survey.id, **who)
    assert [each.kind for each in queries_cited.citations_of(session, COUNCIL, [claim.id])] == [Cites.evidence]
    as_person(session, helper, Role.business_support)
    with pytest.raises(NotAllowed, match="written by whoever it was given to"):
        service.take_out_claim(session, at, claim.id, **helper)
    as_person(session, another(session, Role.auditor), Role.auditor)
    with pytest.raises(NotFound, match="no SAS-0001 here"):  # a draft is not told of to others
        service.cite(session, at, claim.id, VOICE, **helper)


WRONG = {
    "nothing there": (Cited(Cites.finding, reference="FND-0009"), "There is no FND-0009 that you may see"),
    "nothing said": (Cited(Cites.finding), "There is no such thing that you may see"),
    "another kind": (Cited(Cites.area, reference="FND-0001"), "FND-0001 is something else"),
    "no measure": (Cited(Cites.measure, part="7"), "Choose a measure from the list"),
    "no number": (Cited(Cites.measure, part="x"), "Choose a measure from the list"),
    "another judgement": (Cited(Cites.inspection, reference="INS-0001", part="99"), "Choose a judgement"),
    "no title": (replace(VOICE, title=" "), "Enter what it is called"),
    "no day": (replace(VOICE, dated_on=None), "Enter the day it speaks of"),
    "no period": (replace(COUNTED, period_to=None), "Say which period is counted"),
    "backwards": (replace(COUNTED, period_to=date(2026, 7, 31)), "must not be before the first"),
    "not counted": (replace(COUNTED, set_id="nothing"), "Choose what is counted"),
}


@pytest.mark.parametrize(("cited", "words"), WRONG.values(), ids=WRONG)
def test_what_names_nothing_is_refused_in_words(session, draft, cited, words):
    builders_improvement.raise_finding(session)
    builders_improvement.record_inspection(session)
    with pytest.raises(Invalid, match=words):
        service.check_cited(session, COUNCIL, cited)


def test_what_is_there_can_be_cited_and_figures_only_by_who_sees_all_audits(session, draft):
    builders_improvement.raise_finding(session)
    builders_improvement.record_inspection(session)
    for cited in (
        Cited(Cites.finding, reference="FND-0001"), Cited(Cites.inspection, reference="INS-0001"), VOICE, COUNTED,
        replace(COUNTED, period_to=COUNTED.period_from), replace(COUNTED, period_from=None, period_to=None, months=12),
    ):  # fmt: skip
        service.check_cited(session, COUNCIL, cited)
    as_person(session, another(session, Role.team_manager), Role.team_manager)
    with pytest.raises(Invalid, match="Only somebody who sees all audits"):
        service.check_cited(session, COUNCIL, COUNTED)


def test_a_plan_is_written_changed_and_taken_out_and_names_only_an_action_there_is(session, draft):
    places, who = draft
    at, editor = places["HP"], another(session, Role.qa_manager)
    builders_improvement.open_area(session)
    action = register.add_action(session, COUNCIL, what="Rewrite the template", due_on=None, lead_post_id=None,
                                 lead_person_id=None, lead_post_title="Head", areas=[1], **who)  # fmt: skip
    lines = [service_plans.add_plan(session, at, Planned(what), **who) for what in ("Date every step", "Ask again")]
    assert [each.position for each in lines] == [1, 2]
    wanted = Planned("Date each step", "Head of Service", date(2027, 3, 1), "re-audit", f"ACT-{action.number:04}")
    for wrong, words in (
        ("ACT-0002", "reference of a plan action"),
        ("ACT-0000", "reference"),
        ("FND-0001", "such as"),
    ):
        with pytest.raises(Invalid, match=words):
            service_plans.add_plan(session, at, replace(wanted, action_reference=wrong), **who)
    with pytest.raises(Stale):
        service_plans.change_plan(session, at, lines[0].id, wanted, revision=7, **editor)
    with pytest.raises(Invalid, match="Say what is planned"):
        service_plans.change_plan(session, at, lines[0].id, replace(wanted, what=" "), revision=1, **editor)
    service_plans.change_plan(session, at, lines[0].id, wanted, revision=1, **editor)
    row = session.exec(select(PlanLine).where(PlanLine.id == lines[0].id)).one()
    assert Planned(row.what, row.who, row.due_on, row.impact_shown_by, row.action_reference) == wanted
    assert (row.revision, row.written_by, writers(session)) == (2, editor["by"], {who["by"], editor["by"]})
    with pytest.raises(NotFound, match="no such plan"):
        service_plans.plan_of(session, places["CL"], lines[0].id)
    service_plans.take_out_plan(session, at, lines[0].id, **who)
    with pytest.raises(NotFound, match="no such plan"):
        service_plans.take_out_plan(session, at, lines[0].id, **who)
    assert service_plans.add_plan(session, at, Planned("Third"), **who).position == 3
    assert [each for each in events_told(session) if "plan" in each and each.startswith("self")] == [
        events.PLANNED, events.PLANNED, events.PLAN_CHANGED, events.PLAN_TAKEN_OUT, events.PLANNED,
    ]  # fmt: skip
