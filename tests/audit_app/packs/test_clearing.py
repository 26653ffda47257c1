"""No child in a publishable pack: typed, imported or put into an area, it waits until somebody has decided."""

import io
import json

import openpyxl
import pytest
from sqlmodel import select

from audit_app import jobs
from audit_app.errors import Invalid, OutOfTurn
from audit_app.history.tables import HistoryEntry
from audit_app.packs import service
from audit_app.packs.clearing import queries as clearing
from audit_app.packs.clearing import service as clearing_service
from audit_app.packs.disclosure.clearing import Clearing
from audit_app.packs.exhibits import service as exhibits
from audit_app.packs.exhibits.looks import Look
from audit_app.packs.tables import Decision, EvidencePackRow, SuspectDecision
from audit_app.people.tables import Role
from findings import register
from findings.states import FindingKind, Origin
from tests import builders_packs

COUNCIL, NOW = builders_packs.COUNCIL, builders_packs.NOW
CHILD = "Kayleigh, 7, born 3/4/19, lives at 14 Mill Lane SE10 8TH and waited nine weeks for a visit"
PACKS = "/greenhaven/packs"


def raise_in_area(session, year, text):
    """A finding about one child, gathered in an area of its own."""
    by = {"by": year.people.manager, "now": builders_packs.DAY}
    finding = register.raise_finding(
        session, COUNCIL, kind=FindingKind.area_for_improvement, origin=Origin.staff, text=text, **by
    )
    register.make_area_from_finding(session, COUNCIL, finding.number, **by)
    session.commit()
    return finding


def looked_over(session, row):
    return clearing.clearing_of(session, row, now=NOW, evidence_months=6)


def message_of(session, row):
    return jobs.find(session, COUNCIL, row.job_id).message


def decide_all(session, year, row, decision=Decision.cleared):
    for place in looked_over(session, row).standing:
        clearing_service.decide(
            session, row, place.key, decision=decision, reason="A made-up example", by=year.people.manager,
            now=NOW, evidence_months=6,
        )  # fmt: skip
    session.commit()


@pytest.mark.parametrize("level", [2, 3])
def test_a_child_in_a_finding_stops_a_pack_that_leaves_and_the_places_are_named(build, session, year, level):
    finding = raise_in_area(session, year, CHILD)
    row = build(level=level)
    assert (row.state, row.contents) == ("asked", "")
    message = message_of(session, row)
    assert f"FND-{finding.number:04d}" in message and "AFI-" in message
    assert "Kayleigh" not in message and "SE10" not in message  # the job's message is kept in clear
    words = {place.suspect.words for place in looked_over(session, row).standing}
    assert {"Kayleigh, 7", "3/4/19", "14 Mill Lane", "SE10 8TH"} <= words


def test_a_title_made_of_the_first_words_is_decided_about_with_them(build, session, year):
    finding = raise_in_area(session, year, CHILD)
    assert finding.title in CHILD
    places = [place for place in looked_over(session, build()).standing if place.text.reference.startswith("FND")]
    assert {place.text.column for place in places} == {"finding.text"}
    register.correct_finding(
        session, COUNCIL, finding.number, revision=finding.revision, title="Kayleigh and her plan",
        by=year.people.manager, now=NOW,
    )  # fmt: skip
    session.commit()
    own = [place for place in looked_over(session, build()).standing if place.text.column == "finding.title"]
    assert [place.suspect.words for place in own] == ["Kayleigh"]


def test_a_pack_that_stays_in_the_council_is_built_and_its_words_are_listed(build, session, year):
    raise_in_area(session, year, CHILD)
    row = build(level=1)
    assert row.state == "ready"
    assert looked_over(session, row).standing and not looked_over(session, row).stops


def test_cleared_it_builds_and_a_changed_text_opens_it_again(build, session, year):
    finding = raise_in_area(session, year, CHILD)
    row = build()
    decide_all(session, year, row)
    service.ask_again(session, COUNCIL, row.number, by=year.people.manager, now=NOW)
    session.commit()
    session.refresh(row)
    assert row.state == "ready"
    session.commit()
    another = build()
    assert another.state == "ready"  # the same texts: decided once
    register.correct_finding(
        session, COUNCIL, finding.number, revision=finding.revision, text=CHILD + ".", by=year.people.manager, now=NOW
    )
    session.commit()
    third = build()
    assert third.state == "asked"
    assert {place.text.reference for place in looked_over(session, third).standing} >= {f"FND-{finding.number:04d}"}


def test_what_was_accepted_for_inspectors_is_open_again_for_everybody(build, session, year):
    raise_in_area(session, year, "Kayleigh said that she was not asked")
    row = build(level=2)
    decide_all(session, year, row, Decision.accepted)
    assert not looked_over(session, row).stops
    assert looked_over(session, build(level=3)).stops


def test_a_case_reference_is_never_accepted_for_people_outside(build, session, year):
    raise_in_area(session, year, "The plan on LCS 123456 was late")
    row = build(level=2)
    place = next(place for place in looked_over(session, row).standing if place.suspect.kind == "case_reference")
    given = {"by": year.people.manager, "now": NOW, "evidence_months": 6, "reason": "they know it"}
    with pytest.raises(Invalid, match="cannot be accepted"):
        clearing_service.decide(session, row, place.key, decision=Decision.accepted, **given)
    with pytest.raises(Invalid, match="Say why"):
        clearing_service.decide(session, row, place.key, decision=Decision.cleared, **{**given, "reason": " "})
    with pytest.raises(OutOfTurn):
        clearing_service.decide(session, row, "made-up", decision=Decision.cleared, **given)


def test_the_service_itself_freezes_nothing_while_words_stand(build, session, year, contents_of):
    ready = build()
    pack = contents_of(ready)
    raise_in_area(session, year, CHILD)
    row = build()
    standing = looked_over(session, row)
    assert isinstance(standing, Clearing) and standing.stops
    with pytest.raises(OutOfTurn, match="may tell of a person"):
        service.freeze(session, row, pack, {}, clearing=standing, now=NOW)
    assert row.contents == ""


def test_the_command_builds_none_either(app, session, year, tmp_path):
    raise_in_area(session, year, CHILD)
    out = tmp_path / "out"
    out.mkdir()
    period = ["--from", "2026-04-01", "--to", "2026-10-31"]
    given = ["pack", "build", "--key", "greenhaven", "--edition", "ilacs-2026", *period, "--folder", str(out)]
    outcome = app.test_cli_runner().invoke(args=given)
    assert outcome.exit_code == 1
    assert "may tell of a person" in outcome.output and "FND-" in outcome.output
    assert list(out.iterdir()) == []


def test_a_decision_is_logged_by_name_and_without_the_words(build, session, year):
    raise_in_area(session, year, "Kayleigh said that she was not asked")
    row = build()
    decide_all(session, year, row)
    entries = session.exec(select(HistoryEntry).where(HistoryEntry.event == "packs.words_cleared")).all()
    assert entries and {entry.actor for entry in entries} == {year.people.manager}
    assert all("Kayleigh" not in entry.facts for entry in entries)
    kept = session.exec(select(SuspectDecision)).all()
    assert len(kept) == len(entries) and {made.decided_by for made in kept} == {year.people.manager}


def test_from_typing_to_the_pack_through_the_pages(signed_in_as, session, year):
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/findings/raise")
    given = {"kind": "area_for_improvement", "origin": "staff", "text": CHILD, "judgement_areas": ["ilacs-2026/HP"]}
    seen = qa.submit(given, status=422)
    assert "This may tell of a person: “Kayleigh, 7” (an age beside a name)" in seen.text
    assert seen.by_id("text").text == CHILD
    qa.submit({})  # the second time, as it is
    assert "Kayleigh" in qa.h1
    qa.submit(form="/area")
    qa.get(f"{PACKS}/new")
    period = {"period_from-day": "1", "period_from-month": "4", "period_from-year": "2026",
              "period_to-day": "31", "period_to-month": "12", "period_to-year": "2026"}  # fmt: skip
    qa.submit({**period, "author_post": "QA manager", "owner_post": "Director", "circulation": "Everybody"})
    assert "The pack was not built" in qa.text and "may tell of a person" in qa.text
    qa.click("See which words may tell of a person")
    assert "Kayleigh, 7" in qa.text and "14 Mill Lane" in qa.text
    row = session.exec(select(EvidencePackRow)).one()
    session.commit()
    while standing := looked_over(session, row).standing:
        session.commit()
        qa.get(f"{PACKS}/PCK-0001/clearing/{standing[0].key}")
        qa.submit({"decision": "cleared", "reason": "An example for training, no child"})
    session.commit()
    assert "Nothing is left to decide about" in qa.text and "An example for training" in qa.text
    qa.submit(form="/build")
    assert "Read the pack" in qa.text


def test_an_imported_cell_is_named_with_its_row_and_column(signed_in_as, session, year):
    book = openpyxl.Workbook()
    book.active.append(["Kind", "Came from", "What was found"])
    book.active.append(["Area for improvement", "Staff", "Plans are late."])
    book.active.append(["Area for improvement", "Staff", CHILD])
    data = io.BytesIO()
    book.save(data)
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/findings/imports")
    qa.submit({"file": (io.BytesIO(data.getvalue()), "findings.xlsx")})
    assert "1 cell that may tell of a person" in qa.text
    assert "Row 3, What was found: “Kayleigh, 7” (an age beside a name)" in qa.text
    assert "Plans are late" in qa.text


def test_what_was_decided_holds_for_everybody_or_for_this_audience_and_the_log_says_which(session, year):
    """Of words in a text, and of a file that only a person can read."""
    finding = raise_in_area(session, year, "Kayleigh said that she was not asked")
    row = builders_packs.make_row(level=2)
    session.add(row)
    session.flush()
    look = Look("E1", "EVD-0001", 1, "A scan", "a" * 64, "it holds no words", None)
    by = {"by": year.people.manager, "now": NOW}

    def of_words(decision, reason):
        place = next(each for each in looked_over(session, row).places if each.text.reference.startswith("FND"))
        clearing_service.decide(
            session, row, place.key, decision=decision, reason=reason, evidence_months=6, **by
        )  # fmt: skip

    def of_a_file(decision, reason):
        exhibits.look_at(session, row, look, decision=decision, reason=reason, **by)

    for about, decide in ((f"FND-{finding.number:04d}", of_words), ("EVD-0001", of_a_file)):
        for decision, level in ((Decision.accepted, 2), (Decision.cleared, 3)):
            with pytest.raises(Invalid) as refusal:
                decide(decision, " no ")
            assert refusal.value.field == "reason"
            decide(decision, " yes ")
            session.flush()
            kept = session.exec(select(SuspectDecision).order_by(SuspectDecision.id.desc())).first()
            assert (kept.reference, kept.level, kept.reason, kept.decided_by) == (
                about, level, "yes", year.people.manager,
            )  # fmt: skip
            entry = session.exec(select(HistoryEntry).order_by(HistoryEntry.sequence.desc())).first()
            assert (entry.event, entry.reference) == (f"packs.words_{decision.value}", about)
            assert json.loads(entry.facts).get("level") == (level if decision is Decision.accepted else None)
