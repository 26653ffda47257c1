"""What writers of a self-assessment are refused, by its words: texts, grades, suggestions, shapes, signature."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app import disclosure
from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn
from audit_app.evidence.tables import EvidenceUse
from audit_app.people.access import Role
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import tables
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.claims.service_plans import MOST_PLANS, Planned
from audit_app.self_assessment.elsewhere import queries as elsewhere_queries
from audit_app.self_assessment.elsewhere import service as elsewhere
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.shapes import service as shapes
from audit_app.self_assessment.signing import service as signing
from audit_app.self_assessment.tables import AssessmentComment, Passage, Suggestion, SuggestionState
from audit_app.self_assessment.tables_outputs import Audience, VersionState
from audit_app.self_assessment.versions import contents, queries
from audit_app.self_assessment.versions import service as versions
from audit_app.self_assessment.versions import service_signing as version_signing
from findings.errors import Stale
from findings.metadata import TEXT_LENGTH, TITLE_LENGTH
from tests import builders, builders_evidence
from tests import builders_self_assessment as made

COUNCIL, NOW = made.COUNCIL, builders.MOMENT


def text_of(session, at, question="known"):
    return sections.texts_of(session, COUNCIL, at.section_id)[question].text


def write(session, at, text, who, before=""):
    return sections.save_section(session, at, [sections.Typed("known", text, made.mark_of(before))], None, **who)


def test_texts_are_read_as_the_database_has_them_now(session, draft):
    _row, places, who = draft
    at = places["HP"]
    write(session, at, "Se", who)
    write(session, at, "Seen", who, "Se")
    session.flush()
    held = sections.texts_of(session, COUNCIL, at.section_id)["known"]  # as long as it is held it is read over
    assert (held.revision, held.text) == (2, "Seen")
    table = Passage.__table__
    session.connection().execute(sa.update(table).values(text="Written by another"))
    assert text_of(session, at) == "Written by another"
    with pytest.raises(Stale):
        write(session, at, "Mine", who, "Seen")


def test_a_grade_is_one_of_the_framework_with_its_reason_and_not_over_anothers(session, draft):
    _row, places, who = draft
    at = places["HP"]

    def grade(code, reason, seen):
        return sections.save_section(session, at, [], sections.TypedGrade(code, reason, made.mark_of(*seen)), **who)

    for code, reason, field in (("splendid", "Why", "grade_code"), ("good", " ", "grade_reason")):
        with pytest.raises(Invalid) as refused:
            grade(code, reason, ("", ""))
        assert refused.value.field == field
    grade("good", "Seen", ("", ""))
    section = session.get(tables.AssessmentSection, (COUNCIL, at.section_id))
    assert (section.grade_code, section.grade_reason, section.grade_by, section.revision) == (
        "good", "Seen", who["by"], 2,
    )  # fmt: skip
    other = builders.make_person(session, roles=(Role.qa_manager,)).id
    as_it_was = sections.TypedGrade("good", "Seen", made.mark_of("good", "Seen"))
    sections.save_section(session, at, [], as_it_was, by=other, now=NOW)
    writers = session.exec(select(tables.AssessmentWriter.person_id)).all()
    assert writers == [who["by"]]  # whoever changed nothing may still sign
    assert section.revision == 2
    with pytest.raises(Stale):
        grade("inadequate", "Not seen", ("", ""))
    grade("", "", ("good", "Seen"))
    assert (section.grade_code, section.grade_reason, section.revision) == ("", "", 3)


def test_suggested_words_stand_in_the_text_once_and_fit(session, draft):
    _row, places, who = draft
    at = places["HP"]
    write(session, at, "Seen and seen and heard", who)

    def suggest(old, new):
        told = sections.suggest(session, at, question="known", old_words=old, new_words=new, **who)
        session.flush()
        return told

    def decide(told, accept=True, place=at):
        return sections.decide_suggestion(session, place, told.id, accept=accept, **who)

    for old, new, words in (
        ("same", "same", "Enter other words"),
        ("nobody", "somebody", "do not stand in the text"),
        ("een and", "x", "2 times"),
    ):
        with pytest.raises(Invalid, match=words):
            suggest(old, new)
    heard, again = suggest("heard", "listened to"), suggest("heard", "believed")
    with pytest.raises(NotFound, match="no such suggestion"):
        decide(heard, place=places["CL"])
    with pytest.raises(NotFound, match="no such suggestion"):
        sections.decide_suggestion(session, at, 12345, accept=True, **who)
    decide(heard)
    assert text_of(session, at) == "Seen and seen and listened to"
    with pytest.raises(OutOfTurn, match="The text has changed"):
        decide(again)
    decide(again, accept=False)
    with pytest.raises(OutOfTurn, match="decided about this suggestion already"):
        decide(again, accept=False)
    assert {row.new_words: (row.state, row.decided_by) for row in session.exec(select(Suggestion)).all()} == {
        "listened to": (SuggestionState.accepted, who["by"]),
        "believed": (SuggestionState.declined, who["by"]),
    }
    room = TEXT_LENGTH - len(text_of(session, at)) - 2
    longest, too_long = suggest("", "x" * room), suggest("", "y" * (room + 1))
    with pytest.raises(OutOfTurn, match="longer than 10,000 characters"):
        decide(too_long)
    decide(longest)
    assert len(text_of(session, at)) == TEXT_LENGTH


def test_a_section_lists_60_plans_and_counts_what_was_taken_out_no_more(session, draft):
    _row, places, who = draft
    lines = []
    for number in range(MOST_PLANS):
        lines.append(service_plans.add_plan(session, places["HP"], Planned(f"Plan {number}"), **who))
        session.flush()
    with pytest.raises(Invalid, match="60 plans or fewer"):
        service_plans.add_plan(session, places["HP"], Planned("One more"), **who)
    service_plans.take_out_plan(session, places["HP"], lines[0].id, **who)
    service_plans.change_plan(session, places["HP"], lines[1].id, Planned("Sooner"), revision=1, **who)
    assert [line.revision for line in lines[:3]] == [2, 2, 1]
    more = service_plans.add_plan(session, places["HP"], Planned("One more"), **who)
    assert (more.position, [line.position for line in lines[:3]]) == (MOST_PLANS + 1, [1, 2, 3])
    with pytest.raises(NotFound, match="taken it out"):
        service_plans.take_out_plan(session, places["HP"], lines[0].id, **who)


def test_a_text_is_taken_over_whole_where_it_fits_and_the_comment_says_where_from(session, draft):
    _row, _places, who = draft
    first = made.sections_of(session, 1)["HP"]
    write(session, first, "Children are seen alone.", who)
    made.begin(session, who["by"])
    at = made.sections_of(session, 2)["HP"]
    today = NOW.date()

    def take(question="known"):
        return elsewhere.take_text(session, at, first.section_id, question, today=today, **who)

    offered = elsewhere_queries.written_elsewhere(session, COUNCIL, 2, at.section_id, today).offered
    assert [each.origin.section_id for each in offered] == [first.section_id]
    for other in ("early", "nothing"):  # before and after the one there is
        with pytest.raises(NotFound, match="not there any more"):
            take(other)
    write(session, at, "x" * TEXT_LENGTH, who)
    with pytest.raises(Invalid, match="Shorten yours first"):
        take()
    write(session, at, "Before.", who, "x" * TEXT_LENGTH)
    take()
    [comment] = session.exec(select(AssessmentComment)).all()
    assert comment.text == (
        "A text was taken over from SAS-0001, The experiences and progress of children who need help and protection "
        "(Self-evaluation 2026): this very area, in another self-assessment."
    )
    with pytest.raises(Invalid, match="stand in this section already"):
        take()


def test_a_claim_that_is_taken_over_makes_a_use_of_its_own_of_what_proves_it(session, draft):
    _row, _places, who = draft
    first = made.sections_of(session, 1)["HP"]
    number = builders_evidence.add(session, by=who["by"]).number
    cited = Cited(tables.Cites.evidence, reference=f"EVD-{number:04d}")
    claim = claims.add_claim(session, first, Said("known", "Plans are dated"), [cited], **who)
    session.flush()
    made.begin(session, who["by"])
    at = made.sections_of(session, 2)["HP"]
    taken = elsewhere.take_claim(session, at, first.section_id, claim.id, today=NOW.date(), **who)
    assert (taken.cited, taken.left_out, taken.claim.rung) == (1, 0, None)
    uses = session.exec(select(EvidenceUse.reference).order_by(EvidenceUse.id)).all()
    assert len(set(uses)) == 2 and all(
        str(each) in uses[place] for place, each in enumerate((claim.id, taken.claim.id))
    )
    parts = session.exec(select(tables.Citation.part)).all()
    assert len(set(parts)) == 2
    with pytest.raises(Invalid, match="claims that already"):
        elsewhere.take_claim(session, at, first.section_id, claim.id, today=NOW.date(), **who)


def test_a_shape_has_a_name_and_headings_that_fit(session, draft):
    _row, _places, who = draft

    def keep(title="Ours", headings="One", questions="", **more):
        return shapes.keep_shape(session, COUNCIL, title, headings, questions, **more, **who)

    for changed, words in (
        ({"title": " "}, "a name and at least one heading"),
        ({"headings": " "}, "a name and at least one heading"),
        ({"headings": "\n".join(f"H{n}" for n in range(81))}, "These are 81 headings. Have 80 or fewer"),
        ({"headings": "h" * (TITLE_LENGTH + 1)}, f"{TITLE_LENGTH} characters or fewer"),
        ({"questions": "\n".join(f"q{n}: What {n}?" for n in range(31))}, "30 questions or fewer"),
    ):
        with pytest.raises(Invalid, match=words):
            keep(**changed)
    longest = "\n".join(["h" * TITLE_LENGTH, *(f"H{n}" for n in range(79))])
    shape = keep(headings=longest, questions="\n".join(f"q{n}: What {n}?" for n in range(30)), draft=True)
    session.flush()
    shapes.retire_shape(session, shape, **who)
    with pytest.raises(OutOfTurn, match="This shape is retired"):
        shapes.publish_shape(session, shape, **who)
    assert shape.published_at is None


def test_a_draft_is_offered_as_it_was_seen_to_somebody_there_is_and_given_back_with_a_reason(session, draft):
    row, places, who = draft
    reader, other = (builders.make_person(session, roles=(Role.qa_manager,)).id for _ in range(2))
    write(session, places["HP"], "Seen", who)

    def offer(to=reader, revision=1):
        return signing.offer(session, COUNCIL, 1, to, revision=revision, **who)

    with pytest.raises(Stale):
        offer(revision=2)
    for nobody, words in ((who["by"], "written nothing of it"), (12345, "somebody from the list")):
        with pytest.raises(Invalid, match=words):
            offer(nobody)
    with pytest.raises(OutOfTurn, match="nothing to give back"):
        signing.give_back(session, COUNCIL, 1, "Mend", **who)
    offer()
    assert (row.state, row.reviewer_id, row.offered_by, row.offered_at, row.revision) == (
        tables.AssessmentState.with_reviewer, reader, who["by"], NOW, 2,
    )  # fmt: skip
    with pytest.raises(Invalid, match="what must change"):
        signing.give_back(session, COUNCIL, 1, " ", **who)
    with pytest.raises(OutOfTurn, match="is with its reviewer"):
        write(session, places["HP"], "Late", who, "Seen")
    _whole, seen = signing.as_it_would_be_frozen(session, COUNCIL, 1, NOW.date(), 12)
    signed = {"seen": seen, "post_title": "Director", "months": 12, "today": NOW.date(), "by": reader, "now": NOW}
    for changed, refusal, words in (
        ({"post_title": " "}, Invalid, "the post in which you sign"),
        ({"seen": "0"}, Stale, None),
        ({"by": who["by"]}, NotAllowed, "You wrote in this"),
    ):
        with pytest.raises(refusal, match=words):
            signing.sign(session, COUNCIL, 1, **{**signed, **changed})
    everything = session.info["scope"]
    session.info["scope"] = Scope(COUNCIL, reader)  # no longer a QA manager
    with pytest.raises(NotAllowed, match="by a leader or a QA manager"):
        signing.sign(session, COUNCIL, 1, **signed)
    session.info["scope"] = everything
    signing.sign(session, COUNCIL, 1, **signed, remark="Well done")
    assert (row.signed_by, row.signed_post_title, row.signed_note) == (reader, "Director", "Well done")
    with pytest.raises(OutOfTurn, match="signed already, by"):
        signing.sign(session, COUNCIL, 1, **{**signed, "by": other})


def test_a_version_that_tells_of_a_child_is_signed_by_nobody_whatever_is_ticked(session, draft):
    row, _places, who = draft
    reader = builders.make_person(session, roles=(Role.leader,)).id
    version = versions.begin(session, COUNCIL, 1, Audience.children, **who)
    for part in queries.parts_of(session, version):
        versions.take_out_part(session, version, row, part.id, **who)
    telling = "Sam, born 03/04/2015, is safe."
    versions.write_part(session, version, row, None, heading="One", text=telling, **who)
    versions.offer(session, version, row, reader, **who)
    row.state, row.fingerprint, row.contents = tables.AssessmentState.signed, "f" * 64, "{}"
    row.signed_by, row.signed_at = reader, NOW
    session.flush()
    whole = queries.whole(session, version)
    known = disclosure.council(NOW.date())
    marks = {each.mark for each in version_signing.leaving.suspected(whole, known)}
    with pytest.raises(Invalid, match="cannot be published: “03/04/2015”"):
        version_signing.sign(
            session, COUNCIL, 1, version.id, seen=contents.fingerprint_of(contents.canonical(whole)),
            post_title="Director", cleared=marks, council=known, by=reader, now=NOW,
        )  # fmt: skip
    assert version.state is VersionState.with_reviewer
    assert contents.fingerprint_of(contents.canonical(replace(whole, title="Other"))) != contents.fingerprint_of(
        contents.canonical(whole)
    )
