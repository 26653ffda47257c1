"""What is written under one framework is offered to the others: how firmly joined, copied with its origin."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from audit_app.errors import Invalid, NotFound, OutOfTurn
from audit_app.history.tables import HistoryEntry
from audit_app.library.crosswalk import service as crosswalk_service
from audit_app.people.tables import Role
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.elsewhere import queries, service
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.sections.service import Typed
from audit_app.self_assessment.tables import (
    AssessmentComment,
    AssessmentWriter,
    Citation,
    Cites,
    Claim,
    Passage,
    Stance,
)
from tests import builders, builders_self_assessment
from tests.builders import AUTHORITY_ID, AUTHORITY_KEY

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
TEXT = "Children are seen alone and often."
POLICY = Cited(Cites.policy, title="The practice standards", dated_on=date(2026, 9, 1))


def write(session, place, text=TEXT, *, question="known", by):
    there = sections.texts_of(session, AUTHORITY_ID, place.section_id)
    seen = sections.forms.mark_of(there[question].text if question in there else "")
    sections.save_section(session, place, [Typed(question, text, seen)], None, by=by, now=NOW)


@pytest.fixture
def council(session):
    """Self-assessments under four editions, written by somebody, and a new one that asks."""
    writer = builders.make_person(session, roles=(Role.qa_manager,)).id
    made = {}
    for edition, areas in (
        ("ilacs-2023", ("HP", "CIC", "CL")),
        ("ilacs-2018", ("CIC",)),
        ("sif-2013", ("CL", "CLA")),
        ("ilacs-2026", ("HP", "CIC", "CL")),
    ):
        row, places = builders_self_assessment.begin(
            session, writer, edition_id=edition, title=f"Under {edition}", areas=areas
        )
        made[edition] = (row, places)
    for edition, area in (("ilacs-2023", "CL"), ("ilacs-2018", "CIC"), ("sif-2013", "CL"), ("ilacs-2023", "HP")):
        write(session, made[edition][1][area], f"{TEXT} ({edition}/{area})", by=writer)
    source = made["ilacs-2023"][1]["CL"]
    claim = claims.add_claim(
        session, source, Said("known", "Pathway plans are theirs.", Stance.works_well), [POLICY], by=writer, now=NOW
    )
    claims.decide_rung(
        session, source, claim.id, rung=1, reason="A policy.", revision=claim.revision, by=writer, now=NOW
    )
    session.commit()
    return made, writer, claim


def elsewhere(session, place):
    return queries.written_elsewhere(session, AUTHORITY_ID, place.number, place.section_id, TODAY)


def test_what_is_joined_is_offered_the_firmest_first_with_its_strength_and_its_doubts(session, council):
    made, _writer, _claim = council
    crosswalk_service.raise_doubt(session, AUTHORITY_ID, "ilacs-2026/CL sif-2013/CL", "Not so.", by=1, now=NOW)
    offered = elsewhere(session, made["ilacs-2026"][1]["CL"]).offered
    assert [(x.origin.join.area.edition_id, x.origin.join.tie, x.origin.doubts) for x in offered] == [
        ("ilacs-2023", "same", 0),
        ("ilacs-2018", "part_of", 0),
        ("sif-2013", "overlaps", 1),
    ]
    first = offered[0]
    assert [text.text for text in first.texts] == [f"{TEXT} (ilacs-2023/CL)"]
    (claim,) = first.claims
    assert (claim.text, claim.rung, claim.stance) == ("Pathway plans are theirs.", 1, Stance.works_well)
    assert [cited.kind for cited in claim.cited] == [Cites.policy]
    # Leadership is joined to nothing that says anything, and help and protection to its own line alone.
    assert [x.origin.heading for x in elsewhere(session, made["ilacs-2026"][1]["HP"]).offered] == [
        elsewhere(session, made["ilacs-2023"][1]["HP"]).section.heading
    ]


def test_a_text_that_is_used_is_copied_with_its_origin_and_stays_where_it_was(session, council):
    made, writer, _claim = council
    here, there = made["ilacs-2026"][1]["CL"], made["ilacs-2023"][1]["CL"]
    write(session, here, "We know this already.", by=writer)
    other = builders.make_person(session, roles=(Role.qa_manager,)).id
    service.take_text(session, here, there.section_id, "known", today=TODAY, by=other, now=NOW + timedelta(hours=1))
    session.commit()
    heading = elsewhere(session, there).section.heading
    passages = {row.section_id: row.text for row in session.exec(select(Passage)).all()}
    assert passages[here.section_id] == (
        f"We know this already.\n\n{TEXT} (ilacs-2023/CL)\n(Taken from SAS-0001, {heading}.)"
    )
    assert passages[there.section_id] == f"{TEXT} (ilacs-2023/CL)"
    (comment,) = session.exec(select(AssessmentComment)).all()
    assert comment.section_id == here.section_id
    assert "SAS-0001" in comment.text
    assert "the same area under another edition" in comment.text
    entry = session.exec(select(HistoryEntry).where(HistoryEntry.event == "self_assessment.taken_over")).one()
    assert entry.reference == "SAS-0004"
    assert "SAS-0001" in entry.facts
    writers = session.exec(select(AssessmentWriter).where(AssessmentWriter.assessment_number == here.number)).all()
    assert other in {row.person_id for row in writers}  # whoever takes words over may not sign them
    assert elsewhere(session, here).offered[0].texts[0].is_here
    with pytest.raises(Invalid, match="stand in this section already"):
        service.take_text(session, here, there.section_id, "known", today=TODAY, by=writer, now=NOW)


def test_a_claim_that_is_used_brings_what_it_cites_and_its_firmness_is_decided_anew(session, council):
    made, writer, claim = council
    here, there = made["ilacs-2026"][1]["CL"], made["ilacs-2023"][1]["CL"]
    taken = service.take_claim(session, here, there.section_id, claim.id, today=TODAY, by=writer, now=NOW)
    session.commit()
    (copied,) = session.exec(select(Claim).where(Claim.section_id == here.section_id)).all()
    assert (copied.text, copied.stance, copied.rung) == (claim.text, Stance.works_well, None)
    cites = session.exec(select(Citation).order_by(Citation.id)).all()
    assert [(row.claim_id, row.title) for row in cites] == [
        (claim.id, "The practice standards"),
        (copied.id, "The practice standards"),
    ]
    assert (taken.cited, taken.left_out) == (1, 0)
    with pytest.raises(Invalid, match="claims that already"):
        service.take_claim(session, here, there.section_id, claim.id, today=TODAY, by=writer, now=NOW)


def test_what_a_claim_cites_and_is_there_no_longer_is_left_out_and_counted(session, council):
    made, writer, claim = council
    gone = {"authority_id": AUTHORITY_ID, "claim_id": claim.id, "cited_by": writer, "cited_at": NOW}
    session.add(Citation(**gone, kind=Cites.finding, reference="FND-0999"))
    session.commit()
    here, there = made["ilacs-2026"][1]["CL"], made["ilacs-2023"][1]["CL"]
    taken = service.take_claim(session, here, there.section_id, claim.id, today=TODAY, by=writer, now=NOW)
    assert (taken.cited, taken.left_out) == (1, 1)


def test_nothing_is_taken_that_is_not_offered_nor_into_what_is_signed(session, council):
    made, writer, claim = council
    here = made["ilacs-2026"][1]["CL"]
    with pytest.raises(NotFound):  # help and protection is not joined to care leavers
        service.take_text(
            session, here, made["ilacs-2023"][1]["HP"].section_id, "known", today=TODAY, by=writer, now=NOW
        )
    with pytest.raises(NotFound):
        service.take_claim(
            session, here, made["ilacs-2018"][1]["CIC"].section_id, claim.id, today=TODAY, by=writer, now=NOW
        )
    row = made["ilacs-2026"][0]
    row.state, row.fingerprint = "signed", "f" * 64
    session.add(row)
    session.flush()
    with pytest.raises(OutOfTurn):
        service.take_text(
            session, here, made["ilacs-2023"][1]["CL"].section_id, "known", today=TODAY, by=writer, now=NOW
        )


def test_the_page_offers_it_to_the_writer_and_shows_a_holder_only_what_they_may_see(signed_in_as, session, council):
    made, writer, claim = council
    here, there = made["ilacs-2026"][1]["CL"], made["ilacs-2023"][1]["CL"]
    session.rollback()
    page = signed_in_as(person_id=writer)
    address = f"/{AUTHORITY_KEY}/self-assessments/SAS-0004/sections/{here.section_id}/elsewhere"
    text = page.get(address).text
    assert "The same area under another edition." in text
    assert "This area is a part of that one" in text
    assert "ilacs-2026/CL – sif-2013/CL" in text
    assert "Use this" in text
    took = page.post(f"{address}/{there.section_id}/claims/{claim.id}", {}, status=303)
    assert took
    assert "This section claims that already." in page.get(address).text
    assert "Nothing was taken over" in page.post(f"{address}/{there.section_id}/claims/{claim.id}", {}, status=422).text
    signed_in_as(Role.auditor).get(address, status=404)
