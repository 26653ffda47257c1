"""Several people at once, nothing overwritten; signed by another, frozen, and what happened since is told."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from audit_app import database, forms
from audit_app.audits import service as audit_service
from audit_app.people.access import Role, system_scope
from audit_app.people.access.scope import Scope
from audit_app.self_assessment.assessments import service as assessments
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.claims.service_plans import Planned
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.sections.service import Typed, TypedGrade
from audit_app.self_assessment.signing import contents, queries, queries_since, service
from audit_app.self_assessment.tables import Became, Cites, SelfAssessment, Stance
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from findings.references import reference
from tests import builders, builders_packs
from tests import builders_self_assessment as made

COUNCIL, NOW, TODAY = made.COUNCIL, builders.MOMENT, date(2026, 11, 2)
OVERALL = Cited(Cites.grades, set_edition_id="case-audit-1", set_id="child-protection",
                period_from=date(2026, 8, 1), period_to=date(2026, 10, 31))  # fmt: skip
RTL = "הילדים אומרים: ראו אותנו לבד."


@pytest.fixture
def draft(session, built_once):
    """A draft with an audited council behind it, and three people: two writers, and one who will sign."""
    return built_once("a draft written by two", lambda: made_draft(session))


def made_draft(session):
    year = builders_packs.make_year(session)
    writer, other, signer = (builders.make_person(session, roles=(Role.leader,)).id for _ in range(3))
    _row, places = made.begin(session, writer)
    session.commit()
    return year, writer, other, signer, places


def typed(text, before="", question="known"):
    return Typed(question, text, forms.mark_of(before))


def sign(session, number, by, *, seen=None):
    if seen is None:
        _whole, seen = service.as_it_would_be_frozen(session, COUNCIL, number, TODAY, 12)
    return service.sign(
        session, COUNCIL, number, seen=seen, post_title="Director", months=12, today=TODAY, by=by, now=NOW
    )


def offer(session, number, reviewer, by):
    row = session.exec(select(SelfAssessment).where(SelfAssessment.number == number)).one()
    return service.offer(session, COUNCIL, number, reviewer, revision=row.revision, by=by, now=NOW)


def test_two_write_in_one_section_and_neither_is_overwritten(session, draft):
    _year, writer, other, _signer, places = draft
    at = places["HP"]
    sections.save_section(session, at, [typed("First"), typed("", question="how_known")], None, by=writer, now=NOW)
    # The other had the empty page in front of them too, and wrote under another question only.
    sections.save_section(session, at, [typed(""), typed("Audits", question="how_known")], None, by=other, now=NOW)
    texts = sections.texts_of(session, COUNCIL, at.section_id)
    assert (texts["known"].text, texts["how_known"].text) == ("First", "Audits")
    with pytest.raises(Stale):
        sections.save_section(
            session, at, [typed("Second"), typed("More", "Audits", "how_known")], None, by=other, now=NOW
        )
    texts = sections.texts_of(session, COUNCIL, at.section_id)
    assert (texts["known"].text, texts["how_known"].text) == ("First", "Audits")  # all or nothing
    seen = sections.mark_of_grade(at_section(session, at))
    sections.save_section(session, at, [], TypedGrade("good", "As audits show", seen), by=writer, now=NOW)
    with pytest.raises(Stale):
        sections.save_section(session, at, [], TypedGrade("inadequate", "No", seen), by=other, now=NOW)
    with pytest.raises(Invalid, match="Say why"):
        mark = sections.mark_of_grade(at_section(session, at))
        sections.save_section(session, at, [], TypedGrade("good", "", mark), by=other, now=NOW)


def at_section(session, at):
    row = session.exec(select(SelfAssessment).where(SelfAssessment.number == at.number)).one()
    return sections.section_of(session, row, at.section_id)


def test_the_page_shows_both_texts_when_somebody_was_first(app, engine, signed_in_as):
    first, second = signed_in_as(Role.leader), signed_in_as(Role.leader)
    with database.AuditSession(engine, info={"scope": system_scope("a test", COUNCIL)}) as session:
        session.info["log_key"] = app.extensions["log_key"]
        _row, places = made.begin(session, first.person_id)
        session.commit()
    address = f"/greenhaven/self-assessments/SAS-0001/sections/{places['HP'].section_id}/write"
    first.get(address)
    second.get(address)
    late = {**second.form_data(), "text_known": f"Mine {RTL}"}
    first.submit({"text_known": "Theirs"})
    second.post(address, late, status=409)
    assert "Somebody else saved this first" in second.text
    assert "Theirs" in second.text
    assert second.by_id("text_known").text == f"Mine {RTL}"  # what was typed stays in the form
    kept = {name: value for name, value in second.form_data().items() if not name.startswith("seen_")}
    second.post(address, kept, status=409)  # without its marks nothing is taken for fresh
    second.submit({"text_known": f"Theirs and mine {RTL}"})
    assert f"Theirs and mine {RTL}" in second.text


def test_suggested_words_are_taken_in_or_declined_and_both_count_as_writers(session, draft):
    _year, writer, other, signer, places = draft
    at = places["HP"]
    sections.save_section(session, at, [typed("Plans are good. Plans are late.")], None, by=writer, now=NOW)
    with pytest.raises(Invalid, match="stand in the text 2 times"):
        sections.suggest(session, at, question="known", old_words="Plans are", new_words="They", by=other, now=NOW)
    row = sections.suggest(
        session, at, question="known", old_words="Plans are late.", new_words="One in three is late.", by=other, now=NOW
    )
    again = sections.suggest(session, at, question="known", old_words="", new_words="Added.", by=other, now=NOW)
    sections.decide_suggestion(session, at, row.id, accept=True, by=writer, now=NOW)
    sections.decide_suggestion(session, at, again.id, accept=False, by=writer, now=NOW)
    text = sections.texts_of(session, COUNCIL, at.section_id)["known"].text
    assert text == "Plans are good. One in three is late."
    with pytest.raises(OutOfTurn, match="decided about this suggestion already"):
        sections.decide_suggestion(session, at, row.id, accept=True, by=signer, now=NOW)
    third = sections.suggest(
        session, at, question="known", old_words="Plans are good.", new_words="X", by=other, now=NOW
    )
    sections.save_section(session, at, [typed("All new.", text)], None, by=writer, now=NOW)
    with pytest.raises(OutOfTurn, match="no longer stand there"):
        sections.decide_suggestion(session, at, third.id, accept=True, by=writer, now=NOW)
    with pytest.raises(Invalid, match="written nothing of it"):
        offer(session, 1, other, writer)  # their words stand in it


def test_signed_by_another_once_frozen_and_nothing_of_it_changes(session, draft):
    year, writer, other, signer, places = draft
    at = places["HP"]
    long = ("Ten thousand characters. " * 400)[:10_000]
    claim = claims.add_claim(session, at, Said("known", long, Stance.neither), [OVERALL], by=writer, now=NOW)
    claims.add_claim(session, at, Said("known", RTL), by=writer, now=NOW)
    with pytest.raises(Invalid, match="10,000 characters or fewer"):
        claims.add_claim(session, at, Said("known", long + "x"), by=writer, now=NOW)
    with pytest.raises(OutOfTurn, match="not offered for signature"):
        sign(session, 1, signer)
    offer(session, 1, signer, writer)
    with pytest.raises(OutOfTurn, match="with its reviewer"):
        sections.save_section(session, at, [typed("Late")], None, by=writer, now=NOW)
    with pytest.raises(NotAllowed, match="You wrote in this"):
        sign(session, 1, writer)
    _whole, seen = service.as_it_would_be_frozen(session, COUNCIL, 1, TODAY, 12)
    # A figure moves between reading and signing: one more audit of the period is agreed.
    builders_packs.make_audits(session, year.people, random=1, chosen=0)
    with pytest.raises(Stale):
        sign(session, 1, signer, seen=seen)
    sign(session, 1, signer)
    with pytest.raises(OutOfTurn, match="has been signed already, by"):
        sign(session, 1, other)
    for write in (
        lambda: sections.save_section(session, at, [typed("Late")], None, by=writer, now=NOW),
        lambda: claims.take_out_claim(session, at, claim.id, by=writer, now=NOW),
        lambda: service.give_back(session, COUNCIL, 1, "Why", by=writer, now=NOW),
        lambda: assessments.abandon(session, COUNCIL, 1, "Why", by=writer, now=NOW),
    ):
        with pytest.raises(OutOfTurn):
            write()
    row = session.exec(select(SelfAssessment)).one()
    frozen = contents.read(row.contents)
    assert contents.fingerprint_of(row.contents) == row.fingerprint
    texts = [each.text for _, each in frozen.claims]
    assert texts == [long, RTL]  # whole, whatever their length and direction
    cited = frozen.claims[0][1].cited[0]
    graded = {audit.number: audit.overall_grade for audit in year.audits if audit.how_chosen == "random"}
    assert (cited.n, cited.reached) == (13, 9)  # twelve and one more, which is good
    assert {number: code for number, _v, code in cited.audits if number in graded} == graded
    assert year.again.number not in {number for number, _v, _c in cited.audits}  # a re-audit speaks for no service


def test_a_figure_whose_audit_was_corrected_stands_as_signed_and_says_so(session, draft):
    year, writer, _other, signer, places = draft
    claim = claims.add_claim(session, places["HP"], Said("known", "Plans are good"), [OVERALL], by=writer, now=NOW)
    offer(session, 1, signer, writer)
    sign(session, 1, signer)
    frozen = queries.document(session, COUNCIL, 1, TODAY, 12)
    assert queries_since.since_signature(session, COUNCIL, frozen, TODAY) == {}
    corrected = year.audits[0]
    later = NOW + timedelta(days=1)
    audit_service.reopen_audit(
        session, COUNCIL, corrected.number, reason="A wrong grade", by=year.people.manager, now=later
    )
    session.commit()
    told = queries_since.since_signature(session, COUNCIL, frozen, TODAY)[claim.id]
    assert "Of the 12 audits counted, 1 is no longer agreed after the signature." in told[0]
    assert "What was signed stands." in told[0]
    assert "7 of 11 audits drawn at random good or better" in told[0]
    assert (
        queries.document(session, COUNCIL, 1, TODAY, 12).claims[0][1].cited[0].words
        == frozen.claims[0][1].cited[0].words
    )


def test_next_year_stands_beside_this_one_and_says_what_became_of_it(session, draft):
    _year, writer, _other, signer, places = draft
    sections.save_section(session, places["HP"], [typed("Plans are vague.")], None, by=writer, now=NOW)
    plan = service_plans.add_plan(
        session, places["HP"], Planned("Rewrite the template", "Head of Service"), by=writer, now=NOW
    )
    claim = claims.add_claim(session, places["HP"], Said("known", "Plans will be specific"), by=writer, now=NOW)
    offer(session, 1, signer, writer)
    sign(session, 1, signer)
    row, after = made.begin(session, writer, title="Self-evaluation 2027", previous_number=1, carry=True)
    texts = sections.texts_of(session, COUNCIL, after["HP"].section_id)
    assert texts["known"].text == "Plans are vague."
    lines = queries.look_back(session, row)
    assert [(each.is_plan, each.about, each.became_words) for each in lines] == [
        (True, "Rewrite the template", "Nobody has said yet"), (False, "Plans will be specific", "Nobody has said yet"),
    ]  # fmt: skip
    became = {"became": Became.partly, "words": "Two of three teams use it", "by": writer, "now": NOW}
    service.say_what_became(session, COUNCIL, row.number, plan.id, revision=0, **became)
    with pytest.raises(Stale):
        service.say_what_became(session, COUNCIL, row.number, plan.id, revision=0, **became)
    with pytest.raises(Invalid, match="how far it came"):
        service.say_what_became(
            session, COUNCIL, row.number, claim.id, became=Became.not_yet, words="", revision=0, by=writer, now=NOW
        )
    with pytest.raises(NotFound):
        service.say_what_became(session, COUNCIL, row.number, 17, revision=0, **became)
    assert [each.became for each in queries.look_back(session, row)] == ["partly", ""]
    assert reference("SAS", row.number) == "SAS-0002"


def test_nobody_sees_through_a_citation_what_their_scope_hides(engine, session, draft):
    year, writer, _other, signer, places = draft
    holder = builders.make_person(session, roles=(Role.team_manager,)).id
    support = builders.make_person(session, roles=(Role.business_support,)).id
    assessments.give_section(session, places["HP"], holder_id=holder, due_on=None, revision=1, by=writer, now=NOW)
    found = Cited(Cites.finding, reference="FND-0001")
    claims.add_claim(session, places["HP"], Said("known", "Plans"), [OVERALL, found], by=writer, now=NOW)
    offer(session, 1, signer, writer)
    sign(session, 1, signer)
    session.commit()

    def cited_by(person, role):
        scope = Scope(authority_id=COUNCIL, person_id=person, roles=frozenset({role}))
        with database.AuditSession(engine, info={"scope": scope}) as other:
            return [each.words for each in queries.document(other, COUNCIL, 1, TODAY, 12).claims[0][1].cited]

    leaders = cited_by(signer, Role.leader)
    assert "8 of 12" in leaders[0]
    assert leaders[1].startswith("FND-0001")
    hidden = "You may not see what is cited here"
    assert cited_by(holder, Role.team_manager) == [hidden, leaders[1]]
    assert cited_by(support, Role.business_support) == [hidden, hidden]
    with pytest.raises(NotFound):
        cited_by(year.people.auditor, Role.auditor)
