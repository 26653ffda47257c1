"""The two-page summary and the versions for staff and for children: written by people, signed by others, in bounds."""

import io

import docx
import pypdf
import pytest

from audit_app import database
from audit_app.disclosure import council
from audit_app.people.access import Role, system_scope
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.signing import contents, queries, service
from audit_app.self_assessment.summary import printed
from audit_app.self_assessment.tables import SelfAssessment
from audit_app.self_assessment.tables_outputs import Audience, AudienceVersion, VersionState
from audit_app.self_assessment.versions import contents as version_contents
from audit_app.self_assessment.versions import leaving, reading
from tests import builders
from tests import builders_self_assessment as made

NOW = builders.MOMENT
LIST = "/greenhaven/self-assessments"
PAGE = f"{LIST}/SAS-0001"
MANY = " ".join(f"known{place:04d}" for place in range(1_000))


def read_text(data):
    reader = pypdf.PdfReader(io.BytesIO(data))
    return len(reader.pages), " ".join("\n".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def draft(app, engine, signed_in_as):
    """A draft with a text and a plan by one writer; two leaders who may read, write and sign."""
    writer, leader = signed_in_as(Role.qa_manager, name="Wren Writer"), signed_in_as(Role.leader, name="Lee Leader")
    with database.AuditSession(engine, info={"scope": system_scope("a test", made.COUNCIL)}) as session:
        session.info["log_key"] = app.extensions["log_key"]
        _row, places = made.begin(session, writer.person_id)
        who = {"by": writer.person_id, "now": NOW}
        typed = sections.Typed("known", "Children are seen alone.", made.mark_of(""))
        sections.save_section(session, places["HP"], [typed], None, **who)
        service_plans.add_plan(session, places["HP"], service_plans.Planned("Date every step", "Head"), **who)
        session.commit()
    return writer, leader


def looking(engine):
    return database.AuditSession(engine, info={"scope": system_scope("a test", made.COUNCIL)})


def test_a_summary_is_written_by_people_told_when_too_long_and_signed_only_on_two_pages(draft, engine, signed_in_as):
    writer, leader = draft
    writer.get(f"{PAGE}/summary")
    assert "Nobody has written a summary yet." in writer.text
    assert writer.client.get(f"{PAGE}/summary/pdf").status_code == 404
    writer.post(f"{PAGE}/summary/take", {"part": "known", "key": "1-known"}, status=404)
    writer.get(f"{PAGE}/summary")
    writer.submit({}, form="summary/take")  # the text of the section
    writer.get(f"{PAGE}/summary")
    assert "Children are seen alone. Last written by Wren Writer." in writer.text
    writer.submit({}, form="summary/take", status=409)  # it stands there already
    other = leader.get(f"{PAGE}/summary/write")
    assert other.form_data()["known"] == "Children are seen alone."
    writer.get(f"{PAGE}/summary/write")
    writer.submit({"known": MANY, "not_good_enough": "Plans have no dates.", "will_do": "Date every step."})
    leader.submit({"known": "Other words"}, status=409)
    assert "known0999" in leader.text  # what is saved stands beside what was typed
    too_many = int(writer.text.split("Too long for two pages: about ")[1].split(" ")[0].replace(",", ""))
    pages, text = read_text(writer.client.get(f"{PAGE}/summary/pdf").data)
    assert pages > 2
    assert all(f"known{place:04d}" in text for place in range(1_000))  # never cut
    writer.get(f"{PAGE}/offer")
    writer.submit({"reviewer_id": str(leader.person_id)}, status=422)
    assert f"The summary does not fit on two pages: about {too_many} words too many." in writer.text
    # As many words fewer as the page asks for, and it fits.
    kept = " ".join(MANY.split()[: 1_000 - too_many])
    writer.get(f"{PAGE}/summary/write")
    writer.submit({"known": kept})
    assert "It fits on two pages." in writer.text
    pages, text = read_text(writer.client.get(f"{PAGE}/summary/pdf").data)
    assert pages <= 2
    for words in ("What we know", "Plans have no dates.", "No grade given", "A draft that nobody has signed."):
        assert words in text
    word = made.words_of(writer.client.get(f"{PAGE}/summary/word").data)
    assert kept in word
    assert "Date every step." in word
    signed_in_as(Role.auditor).get(f"{PAGE}/summary", status=404)
    writer.get(f"{PAGE}/offer")
    writer.submit({"reviewer_id": str(leader.person_id)})
    writer.post(f"{PAGE}/summary/take", {"part": "known", "key": "x"}, status=409)
    with looking(engine) as session:
        whole, _seen = service.as_it_would_be_frozen(session, made.COUNCIL, 1, NOW.date(), 12)
        with pytest.raises(service.Invalid, match="does not fit on two pages"):
            longer = contents.replace(whole, summary=(contents.FrozenSummary("known", "What we know", MANY),))
            service._require_fitting(longer, "Signed")
        assert printed.words_too_many(whole) == 0
        assert contents.read(contents.canonical(whole)).summary[0].text == kept
        # What was frozen before there were summaries is still read.
        old = contents.canonical(whole).replace('"summary":', '"not_known":', 1)
        assert contents.read(old).summary == ()
    leader.get(f"{PAGE}/sign")
    leader.submit({"post": "Director"})
    leader.get(f"{PAGE}/summary")
    assert "Signed by the Director on" in leader.text
    assert "Signed by the Director on" in read_text(leader.client.get(f"{PAGE}/summary/pdf").data)[1]
    with looking(engine) as session:
        assert queries.document(session, made.COUNCIL, 1, NOW.date(), 12).summary[0].text == kept


def sign_the_whole(writer, leader):
    writer.get(f"{PAGE}/offer")
    writer.submit({"reviewer_id": str(leader.person_id)})
    leader.get(f"{PAGE}/sign")
    leader.submit({"post": "Director"})


def test_a_version_for_children_is_written_signed_by_another_published_and_withdrawn(draft, engine, signed_in_as):
    writer, leader = draft
    auditor = signed_in_as(Role.auditor)
    writer.get(f"{PAGE}/versions")
    writer.submit({"audience": "children"}, form="versions/begin")  # for children and young people
    version = writer.url.partition("?")[0]
    auditor.get(version, status=404)  # a draft is not theirs to see
    assert [each.text for each in writer.select("h2")][1:4] == ["Who we are", "What you told us", "What we did"]
    writer.get(f"{PAGE}/versions")
    writer.submit({"audience": "children"}, form="versions/begin", status=409)  # one is being written already
    for place in range(7):
        writer.get(version)
        parts = [each.get("href") for each in writer.select("a") if each.text.startswith("Write here")]
        assert len(parts) == 7
        text = (
            "You asked to keep one worker. " * 3 if place else "We are a team. Sam Marlowe, aged 9, said so. SW1A 1AA."
        )
        writer.get(parts[place])
        writer.submit({"text": text}) if place else writer.submit({"text": text}, status=422)
        if not place:
            assert "This may tell of a person" in writer.text
            writer.post(writer.url, {**writer.form_data()})  # saved as it is; it will not leave
    assert "3 sentences, 6 words each on average; the longest has 6." in writer.text
    stale = leader.get(parts[1])
    stale_form = {**stale.form_data(), "text": "Mine"}
    writer.get(parts[1])
    writer.submit({"text": "You want to be asked first."})
    leader.post(parts[1], stale_form, status=409)
    writer.get(f"{version}/offer")
    writer.submit({"reviewer_id": str(writer.person_id)}, status=422)
    writer.submit({"reviewer_id": str(leader.person_id)})
    writer.get(parts[1], status=409)
    leader.get(f"{version}/sign")
    assert "It cannot be signed: these words tell of a person." in leader.text
    assert "SW1A 1AA" in leader.text
    leader.get(f"{version}/give-back")
    leader.submit({"why": "Take the name and postcode out"})
    writer.get(parts[0])
    writer.submit({"text": "We are a team. May Day is when we meet."})
    if writer.status == 422:
        writer.post(writer.url, {**writer.form_data()})
    writer.get(f"{version}/offer")
    writer.submit({"reviewer_id": str(leader.person_id)})
    writer.get(f"{version}/sign")
    leader.get(f"{version}/sign")
    before = leader.form_data()
    leader.post(f"{version}/sign", {**before, "post": "Director"}, status=409)  # the whole is not signed yet
    sign_the_whole(writer, leader)
    with looking(engine) as session:
        row = session.exec(queries.select(AudienceVersion)).one()
        assert (row.state, row.contents) == (VersionState.with_reviewer, "")
    leader.get(f"{version}/sign")
    ticks = [each.get("value") for each in leader.select("input", name="cleared")]
    if ticks:
        leader.submit({"post": "Director"}, status=422)
        assert "Tick those that tell of nobody" in leader.text
    leader.post(f"{version}/sign", {**leader.form_data(), "post": "Director", "cleared": ticks})
    assert "Signed by the Director on" in leader.text
    auditor.get(f"{LIST}/published")
    auditor.get(version)
    assert "You want to be asked first." in auditor.text
    assert "signed on" in auditor.text
    _pages, text = read_text(auditor.client.get(f"{version}/pdf").data)
    for words in (
        "May be published",
        "You want to be asked first.",
        "This is about SAS-0001",
        "Signed by the Director",
    ):
        assert words in text
    reader = pypdf.PdfReader(io.BytesIO(auditor.client.get(f"{version}/pdf").data))
    assert (reader.trailer["/Root"]["/Lang"], "/StructTreeRoot" in reader.trailer["/Root"]) == ("en-GB", True)
    sizes = []
    reader.pages[1].extract_text(visitor_text=lambda part, cm, tm, font, size: sizes.append((part.strip(), size)))
    assert {size for part, size in sizes if part.startswith("You want")} == {14}
    word = auditor.client.get(f"{version}/word").data
    assert "You want to be asked first." in made.words_of(word)
    assert docx.Document(io.BytesIO(word)).styles["Normal"].font.size.pt == 14
    writer.get(parts[1], status=409)  # frozen
    with looking(engine) as session:
        row = session.exec(queries.select(AudienceVersion)).one()
        assert version_contents.fingerprint_of(row.contents) == row.fingerprint
        assert session.exec(queries.select(SelfAssessment)).one().signed_at <= row.signed_at
    leader.get(f"{version}/withdraw")
    leader.submit({"why": "A word in it was wrong"})
    assert "Withdrawn: not to be used any more" in leader.text
    assert "and withdrawn on" in read_text(leader.client.get(f"{version}/pdf").data)[1]
    auditor.get(version, status=404)
    auditor.get(f"{LIST}/published")
    assert "There is none yet." in auditor.text


def test_who_wrote_does_not_sign_and_a_second_version_begins_with_the_words_of_the_first(draft, engine, signed_in_as):
    writer, leader = draft
    sign_the_whole(writer, leader)
    writer.get(f"{PAGE}/versions")
    writer.submit({"audience": "staff"}, form="versions/begin")  # for staff
    version = writer.url.partition("?")[0]
    taken = [each.get("action") for each in writer.select("form") if "take-out" in each.get("action")]
    for address in taken[1:]:
        writer.post(address, {})
    leader.get(version)
    leader.get(next(each.get("href") for each in leader.select("a") if each.text.startswith("Write here")))
    leader.submit({"text": "Plans are dated now.", "heading": "What is better"})
    leader.get(f"{version}/offer")
    assert str(leader.person_id) not in leader.text
    third = signed_in_as(Role.leader)
    leader.submit({"reviewer_id": str(third.person_id)})
    leader.get(f"{version}/sign")
    assert "You wrote in this version, so somebody else signs it." in leader.text
    assert [form for form in leader.forms() if form.inside("main")] == []
    leader.get(version)
    assert "Give it back" in leader.text and "Read and sign it" not in leader.text
    third.get(version)
    assert "Read and sign it" in third.text
    third.get(f"{version}/withdraw", status=409)  # nobody may use it yet
    third.get(f"{version}/sign")
    leader.post(f"{version}/sign", {**third.form_data(), "post": "Director", "csrf_token": leader.token}, status=403)
    third.submit({"post": "Head of Quality"})
    third.get(f"{version}/give-back", status=409)
    writer.get(f"{PAGE}/versions")
    writer.submit({"audience": "staff"}, form="versions/begin")
    assert "Plans are dated now." in writer.text
    second = writer.url.partition("?")[0]
    assert second != version
    writer.get(f"{second}/offer")
    writer.submit({"reviewer_id": str(leader.person_id)}, status=422)  # her words stand in it


def test_what_may_be_cleared_and_what_must_be_reworded():
    whole = version_contents.Version(
        1, "children", "A title", "Greenhaven", True, "SAS-0001", "Whole", None, NOW.date(), NOW.date(),
        (version_contents.Part("What we did", "Sam Marlowe, born 03/04/2015. Write to a@b.org."),),
    )  # fmt: skip
    told = leaving.suspected(whole, council(NOW.date()))
    assert {(each.words, each.may_be_cleared) for each in told} >= {("03/04/2015", False), ("a@b.org", True)}
    assert all(each.where == "What we did" for each in told)
    assert reading.sentence_words("One two. Three four five six!", Audience.staff) == (
        "2 sentences, 3 words each on average; the longest has 4."
    )
    assert reading.sentence_words("a " * 16 + ".", Audience.children).endswith("Try 15 or fewer.")
    assert reading.sentence_words("", Audience.staff) == ""
