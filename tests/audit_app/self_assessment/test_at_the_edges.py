"""Two who write one thing, texts that go there and back, where a refusal stands, and how revisions are counted."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app.errors import Invalid, NotFound
from audit_app.people.access import Role
from audit_app.self_assessment.assessments import service
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Said
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.shapes import service as shapes
from audit_app.self_assessment.signing import service as signing
from audit_app.self_assessment.summary import service as summary
from audit_app.self_assessment.tables import AssessmentSection, Became, Claim, LookBack, PlanLine
from audit_app.self_assessment.tables_outputs import Audience, SummaryPart, SummaryText
from audit_app.self_assessment.versions import queries
from audit_app.self_assessment.versions import service as versions
from findings.errors import Stale
from tests import builders
from tests import builders_self_assessment as made
from tests.held_rows import held_rows

COUNCIL, NOW = made.COUNCIL, builders.MOMENT
LATER = NOW + timedelta(days=1)


def test_whoever_writes_holds_the_whole_and_its_versions_each_by_itself(session, draft):
    row, places, who = draft
    held = {}

    def seen(what, write, *given, **named):
        with held_rows(session) as tables:
            answer = write(*given, **named)
        held[what] = sorted(tables & {"self_assessment", "self_assessment_version"})
        return answer

    claim = seen("claim", claims.add_claim, session, places["HP"], Said("known", "Seen alone"), **who)
    seen("heading", service.add_heading, session, COUNCIL, 1, "Enquiry", **who)
    version = versions.begin(session, COUNCIL, 1, Audience.staff, **who)
    session.flush()
    seen("version", versions.open_version, session, COUNCIL, 1, version.id)
    reader = builders.make_person(session, roles=(Role.leader,)).id
    for part in queries.parts_of(session, version):
        versions.take_out_part(session, version, row, part.id, **who)
    versions.write_part(session, version, row, None, heading="One", text="Plans are dated.", **who)
    versions.offer(session, version, row, reader, **who)
    session.flush()
    seen("given back", versions.give_back, session, COUNCIL, 1, version.id, "Shorter", by=reader, now=NOW)
    assert claim.revision == 1
    assert held == {
        "claim": ["self_assessment"],
        "heading": ["self_assessment"],
        "version": ["self_assessment_version"],
        "given back": ["self_assessment_version"],
    }


def test_what_another_changed_meanwhile_is_seen_though_the_row_was_read_before(session, draft):
    _row, places, who = draft
    at = places["HP"]
    claim = claims.add_claim(session, at, Said("known", "Seen alone"), **who)
    plan = service_plans.add_plan(session, at, service_plans.Planned("Date every step"), **who)
    session.flush()
    section = session.get(AssessmentSection, (COUNCIL, at.section_id))
    assert (claim.revision, plan.revision, section.revision) == (1, 1, 1)
    for table in (Claim, PlanLine, AssessmentSection):
        session.connection().execute(sa.update(table.__table__).values(revision=7))
    planned = service_plans.Planned("Date each step")
    for write in (
        lambda: claims.change_claim(session, at, claim.id, Said("known", "Seen"), revision=1, **who),
        lambda: service_plans.change_plan(session, at, plan.id, planned, revision=1, **who),
        lambda: service.give_section(session, at, holder_id=None, due_on=None, revision=1, **who),
    ):
        with pytest.raises(Stale):
            write()
    session.connection().execute(sa.update(PlanLine.__table__).values(taken_out_at=NOW))
    with pytest.raises(NotFound, match="Somebody may have taken it out"):
        service_plans.take_out_plan(session, at, plan.id, **who)


def test_a_text_is_written_whichever_way_it_changes_and_not_where_it_stays(session, draft):
    """There and back: what tells a changed text from another has no order."""
    _row, places, who = draft
    at = places["HP"]

    def section(text, before):
        return sections.save_section(session, at, [sections.Typed("known", text, made.mark_of(before))], None, **who)

    def short(text, before):
        typed = {SummaryPart.known: summary.Typed(text, made.mark_of(before))}
        return summary.write_summary(session, COUNCIL, 1, typed, **who)

    for write in (section, short):
        assert [write("One", ""), write("Two", "One"), write("One", "Two"), write("One", "One")] == [1, 1, 1, 0]
    session.flush()
    assert sections.texts_of(session, COUNCIL, at.section_id)["known"].revision == 3
    assert session.exec(select(SummaryText.revision)).one() == 3


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"areas": ()}, "areas"), ({"edition_id": "", "areas": (), "headings": ()}, "headings")],
)
def test_a_layout_of_nothing_is_refused_where_its_headings_are_chosen(session, draft, changed, field):
    _row, _places, who = draft
    with pytest.raises(Invalid) as refused:
        service.begin(session, COUNCIL, made.make_layout(**changed), **who)
    assert refused.value.field == field


def test_each_step_of_a_shape_counts_one_so_that_an_older_page_is_told(session, draft):
    _row, _places, who = draft
    shape = shapes.keep_shape(session, COUNCIL, "Regional", "One", "", draft=True, **who)
    session.flush()
    assert (shape.revision, shape.published_at, shape.published_by) == (1, None, None)
    counted = []
    shapes.change_shape(session, shape, "Regional", "Two", "", revision=1, **who)
    counted.append(shape.revision)
    shapes.publish_shape(session, shape, by=who["by"], now=LATER)
    counted.append(shape.revision)
    shapes.retire_shape(session, shape, by=who["by"], now=LATER)
    assert [*counted, shape.revision] == [2, 3, 4]
    assert (shape.published_at, shape.published_by) == (LATER, who["by"])
    assert (shape.retired_at, shape.retired_by) == (LATER, who["by"])
    used = shapes.keep_shape(session, COUNCIL, "Ours", "One", "", **who)
    assert (used.published_at, used.published_by) == (NOW, who["by"])


def test_a_part_of_a_version_is_written_over_what_was_seen_and_the_first_empty_one_is_named(session, draft):
    row, _places, who = draft
    version = versions.begin(session, COUNCIL, 1, Audience.staff, **who)
    first, second = queries.parts_of(session, version)[:2]
    with pytest.raises(Stale):  # whoever says nothing of what they saw has seen nothing of it
        versions.write_part(session, version, row, first.id, heading="One", text="x", **who)
    with pytest.raises(Invalid, match=f"“{first.heading}” has nothing under it"):
        versions.offer(session, version, row, builders.make_person(session).id, **who)
    versions.write_part(session, version, row, first.id, heading=first.heading, text="Seen", revision=1, **who)
    with pytest.raises(Invalid, match=f"“{second.heading}” has nothing under it"):
        versions.offer(session, version, row, builders.make_person(session).id, **who)


def test_what_became_of_last_years_words_is_told_over_what_was_seen(session, draft):
    _row, places, who = draft
    claim = claims.add_claim(session, places["HP"], Said("known", "Seen alone"), **who)
    reader = builders.make_person(session, roles=(Role.leader,)).id
    signing.offer(session, COUNCIL, 1, reader, revision=1, **who)
    _whole, seen = signing.as_it_would_be_frozen(session, COUNCIL, 1, NOW.date(), 12)
    given = {"seen": seen, "post_title": "Director", "months": 12, "today": NOW.date()}
    signing.sign(session, COUNCIL, 1, **given, by=reader, now=NOW)
    for _twice in range(2):  # two look back on one year, each for itself
        made.begin(session, who["by"], previous_number=1)

    def tell(revision, number=2, **more):
        given = {"became": Became.came_true, "words": "", "revision": revision, **who, **more}
        return signing.say_what_became(session, COUNCIL, number, claim.id, **given)

    assert tell(0, 3).revision == 1
    session.flush()
    for revision in (1, -1):
        with pytest.raises(Stale):
            tell(revision)
    assert tell(0).revision == 1
    session.flush()
    with pytest.raises(Stale):
        tell(0)
    with pytest.raises(Invalid, match="how far it came"):
        tell(1, became=next(each for each in Became if each is not Became.came_true))
    assert tell(1, words="All of them").revision == 2
    assert tell(1, 3, words="None of them").revision == 2
    words = session.exec(select(LookBack.assessment_number, LookBack.words).order_by(LookBack.assessment_number)).all()
    assert words == [(2, "All of them"), (3, "None of them")]


@pytest.mark.parametrize(
    ("theme", "words"), [("front-door", "Front door: identification of initial need and risk"), ("", "")]
)
def test_a_theme_is_kept_with_the_name_it_had_when_it_was_begun(session, theme, words):
    by = builders.make_person(session, roles=(Role.leader,)).id
    row, _places = made.begin(session, by, edition_id="jtai-2022", theme_id=theme, areas=(), headings=("One",))
    assert (row.theme_id, row.theme_words) == (theme, words)
