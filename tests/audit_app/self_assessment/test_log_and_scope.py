"""Who sees a self-assessment and its parts, from both sides; what the log keeps; versions at their edges."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import func, select

from audit_app import disclosure
from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn
from audit_app.history import HistoryEntry
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import tables, tables_outputs
from audit_app.self_assessment.assessments import service
from audit_app.self_assessment.assessments.service import Details
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.service_draft import section_of
from audit_app.self_assessment.signing import service as signing
from audit_app.self_assessment.summary import queries as summaries
from audit_app.self_assessment.summary import service as summary
from audit_app.self_assessment.tables_outputs import Audience, AudienceVersion, SummaryPart, VersionPart, VersionState
from audit_app.self_assessment.versions import contents, headings, leaving, queries
from audit_app.self_assessment.versions import service as versions
from audit_app.self_assessment.versions import service_signing as version_signing
from findings.errors import Stale
from findings.metadata import TEXT_LENGTH
from tests import builders
from tests import builders_self_assessment as made

COUNCIL, NOW = made.COUNCIL, builders.MOMENT
OF_ALL = system_scope("a test", COUNCIL)
EVERYTHING = (
    tables.SelfAssessment, tables.AssessmentWriter, tables.AssessmentSection, tables_outputs.SummaryText,
    tables.Passage, tables.Claim, tables.AssessmentComment, tables.Suggestion, tables.PlanLine, tables.Citation,
)  # fmt: skip
OF_VERSION = (AudienceVersion, VersionPart, tables_outputs.VersionWriter)


def person(session, *roles):
    return builders.make_person(session, roles=roles).id


def seen_by(session, scope, kinds):
    """How many rows of each kind this person sees."""
    session.info["scope"] = scope
    counts = [len(session.exec(select(kind)).all()) for kind in kinds]
    session.info["scope"] = OF_ALL
    return counts


def noted(session, since=0):
    entries = session.exec(select(HistoryEntry).where(HistoryEntry.sequence > since).order_by(HistoryEntry.sequence))
    rows = [(each.event.partition(".")[2], each.reference, json.loads(each.facts)) for each in entries.all()]
    return [
        (event, name, {what: fact for what, fact in facts.items() if what != "seals"}) for event, name, facts in rows
    ]


@pytest.fixture
def year(session):
    """One of everything by a leader, with a summary; ids of its lead, of a section's holder and of its reviewer."""
    leader = person(session, Role.leader)
    row = made.make_one_of_everything(session, leader)
    who = {"by": leader, "now": NOW}
    typed = {SummaryPart.known: summary.Typed("Children are seen", made.mark_of(""))}
    summary.write_summary(session, COUNCIL, row.number, typed, **who)
    row.lead_id, row.reviewer_id = person(session, Role.team_manager), person(session, Role.practitioner)
    holder = person(session, Role.practitioner)
    section_of(session, row, made.sections_of(session, 1)["CL"].section_id).holder_id = holder
    session.commit()
    return row, who, holder


def test_a_draft_is_seen_by_those_who_lead_quality_and_by_whoever_has_a_part_in_it_and_nobody_else(session, year):
    row, _who, holder = year
    everything = seen_by(session, OF_ALL, EVERYTHING)
    assert all(everything)
    outsider = person(session, Role.practitioner)
    for role in (Role.qa_manager, Role.leader, Role.business_support):
        assert seen_by(session, Scope(COUNCIL, outsider, frozenset({role})), EVERYTHING) == everything
        assert seen_by(session, Scope(2, outsider, frozenset({role})), EVERYTHING) == [0] * len(EVERYTHING)
    for part in (row.lead_id, row.reviewer_id, holder):
        assert seen_by(session, Scope(COUNCIL, part), EVERYTHING) == everything
        assert seen_by(session, Scope(2, part), EVERYTHING) == [0] * len(EVERYTHING)
    for role in (Role.practitioner, Role.auditor, Role.team_manager, Role.admin):
        assert seen_by(session, Scope(COUNCIL, outsider, frozenset({role})), EVERYTHING) == [0] * len(EVERYTHING)


def test_a_part_in_one_opens_no_other(session, year):
    _row, who, holder = year
    made.begin(session, who["by"])
    assert seen_by(session, Scope(COUNCIL, holder), (tables.SelfAssessment, tables.AssessmentSection)) == [
        1,
        len(made.AREAS),
    ]


def test_a_version_is_everybodys_in_the_council_once_it_is_signed_and_no_longer_when_withdrawn(session, year):
    row, who, holder = year
    version = versions.begin(session, COUNCIL, 1, Audience.staff, **who)
    versions.write_part(session, version, row, None, heading="One", text="More", **who)
    session.flush()
    here, there = Scope(COUNCIL, person(session, Role.auditor)), Scope(2, person(session, Role.auditor))
    parts = len(headings.HEADINGS[Audience.staff]) + 1
    for state, seen in (
        (VersionState.drafting, False),
        (VersionState.with_reviewer, False),
        (VersionState.signed, True),
        (VersionState.withdrawn, False),
    ):
        version.state, version.fingerprint = state, "f"
        session.flush()
        assert seen_by(session, here, OF_VERSION) == ([1, parts, 1] if seen else [0, 0, 0])
        assert seen_by(session, there, OF_VERSION) == [0, 0, 0]
        assert seen_by(session, Scope(COUNCIL, holder), OF_VERSION) == [1, parts, 1]


def test_the_log_keeps_codes_and_numbers_of_every_step_and_no_text(session):
    leader, holder = person(session, Role.leader), person(session, Role.practitioner)
    who = {"by": leader, "now": NOW}
    row, places = made.begin(session, leader)
    at = places["HP"]
    details = Details("Our year", row.period_from, row.period_to, None, None)
    service.change_details(session, COUNCIL, 1, details, revision=1, **who)
    service.give_section(session, at, holder_id=holder, due_on=date(2026, 12, 1), revision=1, **who)
    service.give_section(session, at, holder_id=None, due_on=None, revision=2, **who)
    service.add_heading(session, COUNCIL, 1, "Enquiry", **who)
    two = [sections.Typed("known", "Seen", made.mark_of("")), sections.Typed("how_known", "Read", made.mark_of(""))]
    assert sections.save_section(session, at, two, None, **who) == 2
    unchanged = [sections.Typed("known", "Seen", made.mark_of("Seen"))]
    assert sections.save_section(session, at, unchanged, None, **who) == 0
    grade = sections.TypedGrade("good", "Children are seen", made.mark_of("", ""))
    sections.save_section(session, at, [], grade, **who)
    none = sections.TypedGrade("", "", made.mark_of("good", "Children are seen"))
    sections.save_section(session, at, [], none, **who)
    sections.call_ready(session, at, ready=True, **who)
    sections.call_ready(session, at, ready=False, **who)
    claim = claims.add_claim(session, at, Said("known", "Safe"), [], **who)
    claims.decide_rung(session, at, claim.id, rung=1, reason="One audit", revision=1, **who)
    cited = claims.cite(session, at, claim.id, Cited(tables.Cites.voice, title="Survey", dated_on=NOW.date()), **who)
    session.flush()
    claims.uncite(session, at, claim.id, cited.id, **who)
    line = service_plans.add_plan(session, at, service_plans.Planned("Ask again"), **who)
    session.flush()
    service_plans.change_plan(session, at, line.id, service_plans.Planned("Ask twice"), revision=1, **who)
    service_plans.take_out_plan(session, at, line.id, **who)
    claims.take_out_claim(session, at, claim.id, **who)
    for accept in (True, False):
        told = sections.suggest(session, at, question="known", old_words="", new_words=f"And {accept}", **who)
        session.flush()
        sections.decide_suggestion(session, at, told.id, accept=accept, **who)
    service.write_leaders_words(session, COUNCIL, 1, "We mend plans", revision=2, **who)
    service.sign_leaders_words(session, COUNCIL, 1, "Director", revision=3, **who)
    signing.offer(session, COUNCIL, 1, holder, revision=4, **who)
    signing.give_back(session, COUNCIL, 1, "Mend it", by=holder, now=NOW)
    service.abandon(session, COUNCIL, 1, "No more", **who)
    assert noted(session) == [
        (event, "SAS-0001", facts)
        for event, facts in (
            ("begun", {"edition": "ilacs-2026", "sections": 4}),
            ("changed", {}),
            ("given", {"person": holder, "due_on": "2026-12-01"}),
            ("given", {"person": "nobody"}),
            ("heading_added", {}),
            ("written", {"passages": 2}),
            ("graded", {"area": "HP", "grade": "good"}),
            ("graded", {"area": "HP", "grade": "none"}),
            ("section_ready", {"state": "ready"}),
            ("section_ready", {"state": "being written again"}),
            ("claimed", {"count": 1}),
            ("rung_decided", {"rung": 1}),
            ("cited", {"kind": "voice"}),
            ("uncited", {"kind": "voice"}),
            ("planned", {}),
            ("plan_changed", {}),
            ("plan_taken_out", {}),
            ("claim_taken_out", {}),
            ("suggested", {}),
            ("suggestion_decided", {"decision": "accepted"}),
            ("suggested", {}),
            ("suggestion_decided", {"decision": "declined"}),
            ("words_written", {}),
            ("words_signed", {}),
            ("offered", {"reviewer": holder}),
            ("returned", {}),
            ("abandoned", {}),
        )
    ]
    assert set(session.exec(select(Notice.person_id, Notice.code)).all()) == {
        (holder, "self_assessment.section_given"),
        (holder, "self_assessment.offered"),
        (leader, "self_assessment.returned"),
    }


def test_texts_of_the_signed_one_before_come_along_where_both_are_about_the_same(session):
    leader, other = person(session, Role.leader), person(session, Role.leader)
    who = {"by": leader, "now": NOW}
    _row, places = made.begin(session, leader, headings=("Enquiry",))
    for area in ("HP", "LEAD", "Enquiry"):
        typed = [sections.Typed("known", f"About {area}", made.mark_of(""))]
        sections.save_section(session, places[area], typed, None, **who)
    signing.offer(session, COUNCIL, 1, other, revision=1, **who)
    _whole, seen = signing.as_it_would_be_frozen(session, COUNCIL, 1, NOW.date(), 12)
    step = {"seen": seen, "post_title": "Director", "months": 12, "today": NOW.date(), "by": other, "now": NOW}
    signing.sign(session, COUNCIL, 1, **step)
    begun = NOW + timedelta(days=300)
    made.begin(
        session, other, now=begun, areas=("HP", "CIC"), headings=("New", "Enquiry"), previous_number=1, carry=True
    )
    made.begin(session, other, now=begun, areas=("HP",), previous_number=1)
    there = {
        name: [(text.question, text.text, text.written_by, text.written_at) for text in
               sections.texts_of(session, COUNCIL, at.section_id).values()]
        for number in (2, 3) for name, at in ((f"{number} {key}", at) for key, at in
                                              made.sections_of(session, number).items())
    }  # fmt: skip
    assert there == {
        "2 HP": [("known", "About HP", other, begun)],
        "2 CIC": [],
        "2 New": [],
        "2 Enquiry": [("known", "About Enquiry", other, begun)],
        "3 HP": [],
    }
    assert [facts.get("previous") for event, _name, facts in noted(session) if event == "begun"] == [
        None,
        "SAS-0001",
        "SAS-0001",
    ]
    with pytest.raises(OutOfTurn, match="signed or given up"):
        service.sign_leaders_words(session, COUNCIL, 1, "Director", revision=1, **who)
    with pytest.raises(OutOfTurn, match="signed, so nothing in it can change"):
        sections.comment(session, places["HP"], "Late", **who)


# --- the summary -----------------------------------------------------------------------------------------------------


def test_a_summary_takes_a_text_in_once_and_only_what_fits(session, year):
    _row, who, _holder = year
    whole, _seen = signing.as_it_would_be_frozen(session, COUNCIL, 1, NOW.date(), 12)
    [offered] = [each for each in summaries.offered(whole, SummaryPart.known) if each.text == "What we know"]
    take = {"key": offered.key, "document": whole, **who}
    with pytest.raises(NotFound, match="Load the summary again"):
        summary.take_in(session, COUNCIL, 1, SummaryPart.known, **{**take, "key": "none"})
    full = "s" * (TEXT_LENGTH - len("What we know") - 1)
    for before, words in ((full, "would be longer than"), ("x What we know y", "stands in the summary already")):
        typed = summary.Typed(before, made.mark_of(summaries.rows_of(session, COUNCIL, 1)[SummaryPart.known].text))
        summary.write_summary(session, COUNCIL, 1, {SummaryPart.known: typed}, **who)
        with pytest.raises(Invalid, match=words):
            summary.take_in(session, COUNCIL, 1, SummaryPart.known, **take)
    typed = summary.Typed(full[1:], made.mark_of("x What we know y"))
    summary.write_summary(session, COUNCIL, 1, {SummaryPart.known: typed}, **who)
    summary.take_in(session, COUNCIL, 1, SummaryPart.known, **take)
    kept = summaries.rows_of(session, COUNCIL, 1)[SummaryPart.known]
    assert (kept.text, len(kept.text)) == (f"{full[1:]}\n\nWhat we know", TEXT_LENGTH)
    assert (kept.revision, kept.written_by) == (5, who["by"])


def test_two_who_write_the_summary_do_not_overwrite_each_other(session, year):
    _row, who, _holder = year
    other = {"by": person(session, Role.qa_manager), "now": NOW}
    seen = made.mark_of("Children are seen")

    def write(text, by, mark=seen):
        return summary.write_summary(session, COUNCIL, 1, {SummaryPart.known: summary.Typed(text, mark)}, **by)

    since = session.exec(select(func.max(HistoryEntry.sequence))).one()
    assert write("Children are seen", other) == 0
    assert write("Alone", other) == 1
    assert write("Alone", who) == 1  # the same words at the same time are no quarrel
    with pytest.raises(Stale):
        write("Otherwise", who)
    assert write("Otherwise", who, made.mark_of("Alone")) == 1
    assert noted(session, since) == [("summary_written", "SAS-0001", {"parts": 1})] * 3
    writers = session.exec(select(tables.AssessmentWriter.person_id)).all()
    assert set(writers) == {who["by"], other["by"]}
    session.info["scope"] = Scope(COUNCIL, person(session, Role.business_support), frozenset({Role.business_support}))
    with pytest.raises(NotAllowed, match="The summary is written by"):
        write("Neither", who, made.mark_of("Otherwise"))


# --- versions --------------------------------------------------------------------------------------------------------


def filled(session, row, who, audience=Audience.staff):
    """A version with one heading and words under it."""
    version = versions.begin(session, COUNCIL, row.number, audience, **who)
    for part in queries.parts_of(session, version):
        versions.take_out_part(session, version, row, part.id, **who)
    versions.write_part(session, version, row, None, heading="One", text="Plans are dated.", **who)
    session.flush()
    return version


def test_a_version_without_words_is_offered_to_nobody(session, year):
    row, who, _holder = year
    reader = person(session, Role.leader)
    version = versions.begin(session, COUNCIL, 1, Audience.children, **who)
    with pytest.raises(Invalid, match="has nothing under it"):
        versions.offer(session, version, row, reader, **who)
    for part in queries.parts_of(session, version):
        versions.take_out_part(session, version, row, part.id, **who)
    with pytest.raises(Invalid, match="There is nothing in it yet"):
        versions.offer(session, version, row, reader, **who)
    versions.write_part(session, version, row, None, heading="One", text="Plans are dated.", **who)
    for nobody, words in ((who["by"], "written nothing of it"), (12345, "Choose somebody from the list")):
        with pytest.raises(Invalid, match=words):
            versions.offer(session, version, row, nobody, **who)
    versions.offer(session, version, row, reader, **who)
    assert (version.state, version.reviewer_id, version.revision) == (VersionState.with_reviewer, reader, 2)
    assert session.exec(select(Notice.person_id, Notice.code)).all() == [(reader, "self_assessment.version_offered")]
    with pytest.raises(OutOfTurn, match="with its reviewer"):
        versions.open_version(session, COUNCIL, 1, version.id)
    with pytest.raises(Invalid, match="what must change"):
        versions.give_back(session, COUNCIL, 1, version.id, " ", by=reader, now=NOW)
    session.info["scope"] = Scope(COUNCIL, reader, frozenset({Role.leader}))
    versions.give_back(session, COUNCIL, 1, version.id, "Shorter", by=reader, now=NOW)
    assert (version.state, version.returned_note, version.revision) == (VersionState.drafting, "Shorter", 3)
    with pytest.raises(OutOfTurn, match="nothing to give back"):
        versions.give_back(session, COUNCIL, 1, version.id, "Again", by=reader, now=NOW)


def test_a_version_has_30_headings_and_is_renamed_and_written_only_over_what_was_seen(session, year):
    row, who, holder = year
    version = filled(session, row, who)
    for number in range(29):
        versions.write_part(session, version, row, None, heading=f"Heading {number}", text="", **who)
        session.flush()
    with pytest.raises(Invalid, match="30 headings or fewer"):
        versions.write_part(session, version, row, None, heading="One more", text="", **who)
    parts = queries.parts_of(session, version)
    positions = [part.position for part in parts]
    assert positions == list(range(1, 31))
    first = parts[0]
    with pytest.raises(Stale):
        versions.write_part(session, version, row, first.id, heading="One", text="Late", revision=0, **who)
    with pytest.raises(Invalid, match="Enter a heading"):
        versions.write_part(session, version, row, first.id, heading=" ", text="Late", revision=1, **who)
    with pytest.raises(NotFound, match="no such heading"):
        versions.write_part(session, version, row, 12345, heading="One", text="Late", revision=1, **who)
    versions.write_part(session, version, row, first.id, heading="One", text="New", revision=1, by=holder, now=NOW)
    assert (first.text, first.written_by, first.revision) == ("New", holder, 2)
    assert set(queries.writers_of(session, version)) == {who["by"], holder}
    with pytest.raises(Stale):
        versions.rename(session, version, row, "Other", revision=2, **who)
    with pytest.raises(Invalid, match="Enter what the version is called"):
        versions.rename(session, version, row, " ", revision=1, **who)
    versions.rename(session, version, row, "Other", revision=1, **who)
    assert (version.title, version.revision) == ("Other", 2)
    with pytest.raises(OutOfTurn, match="being written already"):
        versions.begin(session, COUNCIL, 1, Audience.staff, **who)
    versions.begin(session, COUNCIL, 1, Audience.children, **who)
    row.state = tables.AssessmentState.abandoned
    with pytest.raises(OutOfTurn, match="given up"):
        versions.begin(session, COUNCIL, 1, Audience.children, **who)


def test_a_version_is_signed_as_read_by_one_who_wrote_nothing_and_what_was_withdrawn_is_not_begun_from(session, year):
    row, who, _holder = year
    signer = {"by": person(session, Role.leader), "now": NOW}
    known = disclosure.council(NOW.date())

    def sign(version, **changed):
        seen = contents.fingerprint_of(contents.canonical(queries.whole(session, version)))
        given = {"seen": seen, "post_title": "Director", "cleared": (), "council": known, **signer, **changed}
        return version_signing.sign(session, COUNCIL, 1, version.id, **given)

    first = filled(session, row, who)
    with pytest.raises(OutOfTurn, match="not offered for signature"):
        sign(first)
    versions.offer(session, first, row, signer["by"], **who)
    with pytest.raises(OutOfTurn, match="is not signed yet"):
        sign(first)
    row.state, row.fingerprint, row.contents = tables.AssessmentState.signed, "f" * 64, "{}"
    row.signed_by, row.signed_at = signer["by"], NOW
    session.flush()
    for changed, refusal, words in (
        ({"seen": "0" * 64}, Stale, None),
        ({"post_title": " "}, Invalid, "the post in which you sign"),
        ({"by": who["by"]}, NotAllowed, "You wrote in this version"),
    ):
        with pytest.raises(refusal, match=words):
            sign(first, **changed)
    with pytest.raises(OutOfTurn, match="Only a signed version"):
        version_signing.withdraw(session, COUNCIL, 1, first.id, "Wrong", **signer)
    sign(first)
    assert (first.state, first.signed_by, first.signed_post_title) == (VersionState.signed, signer["by"], "Director")
    assert first.cleared == 0
    second = versions.begin(session, COUNCIL, 1, Audience.staff, **signer)
    assert [part.text for part in queries.parts_of(session, second)] == ["Plans are dated."]
    assert set(queries.writers_of(session, second)) == {who["by"]}
    reader = {"by": person(session, Role.qa_manager), "now": NOW}
    [part] = queries.parts_of(session, second)
    telling = "Ring 020 7946 0123."
    versions.write_part(session, second, row, part.id, heading="One", text=telling, revision=part.revision, **signer)
    versions.offer(session, second, row, reader["by"], **signer)
    [suspect] = leaving.suspected(queries.whole(session, second), known)
    with pytest.raises(Invalid, match="Look at each of these words"):
        sign(second, **reader)
    sign(second, cleared=(suspect.mark,), **reader)
    assert second.cleared == 1
    with pytest.raises(Invalid, match="Say why it must not be used"):
        version_signing.withdraw(session, COUNCIL, 1, second.id, " ", **reader)
    version_signing.withdraw(session, COUNCIL, 1, second.id, "A number in it", **reader)
    assert (second.state, second.withdrawn_by, second.withdrawn_why) == (
        VersionState.withdrawn,
        reader["by"],
        "A number in it",
    )
    assert (first.revision, second.revision) == (3, 4)
    third = versions.begin(session, COUNCIL, 1, Audience.staff, **who)
    assert [part.text for part in queries.parts_of(session, third)] == ["Plans are dated."]
    assert third.title == first.title
    version_signing.withdraw(session, COUNCIL, 1, first.id, "That too", **reader)
    third.state = VersionState.withdrawn
    third.fingerprint = "f"
    session.flush()
    fourth = versions.begin(session, COUNCIL, 1, Audience.staff, **who)
    assert {part.text for part in queries.parts_of(session, fourth)} == {""}
    assert not queries.writers_of(session, fourth)
    assert [facts for event, _name, facts in noted(session) if event == "version_signed"] == [
        {"fingerprint": first.fingerprint, "cleared": 0},
        {"fingerprint": second.fingerprint, "cleared": 1},
    ]


def test_a_place_that_is_not_there_is_not_found(session, year):
    _row, who, _holder = year
    at = made.sections_of(session, 1)["HP"]
    with pytest.raises(NotFound, match="no SAS-0009 here"):
        sections.comment(session, Place(COUNCIL, 9, at.section_id), "Where?", **who)
    made.begin(session, who["by"])
    with pytest.raises(NotFound, match="no such section"):
        sections.comment(session, Place(COUNCIL, 2, at.section_id), "Where?", **who)
