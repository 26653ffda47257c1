"""Evidence at its edges: who sees and changes it, from both sides; what the log keeps; how much there may be."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.dialects import postgresql
from sqlmodel import func, select

from audit_app import clock, evidence_store, jobs
from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from audit_app.evidence import service, service_files
from audit_app.evidence.attention import service as attention
from audit_app.evidence.batches import service as batches
from audit_app.evidence.batches import service_clearing
from audit_app.evidence.batches.tables import EvidenceBatch, EvidenceBatchFile
from audit_app.evidence.folder import queries as folders
from audit_app.evidence.folder import service as folder
from audit_app.evidence.given import NewEvidence
from audit_app.evidence.proving import service as proving
from audit_app.evidence.states import BatchState, EntryStatus, Held, Renewal
from audit_app.evidence.tables import Evidence, EvidenceText, EvidenceUse, EvidenceVersion, FolderEntry
from audit_app.history import HistoryEntry
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from audit_app.people.access.scope import Scope
from audit_app.people.organisation import service_posts as posts
from tests import builders, builders_evidence
from tests.held_rows import held_rows

A, MOMENT = builders.AUTHORITY_ID, builders.MOMENT
TODAY, DAY = MOMENT.date(), timedelta(days=1)
OF_ALL = system_scope("a test", A)
BY = {"by": 1, "now": MOMENT}
SAID = NewEvidence(title="Performance scorecard", shows="Nine in ten plans were reviewed on time.")


def as_person(session, person_id, *roles, posts=(), authority_id=A):
    session.info["scope"] = Scope(authority_id, person_id, frozenset(roles), own_posts=frozenset(posts))


def noted(session, since=0):
    rows = session.exec(select(HistoryEntry).where(HistoryEntry.sequence > since).order_by(HistoryEntry.sequence))
    return [
        (row.event, row.reference, {what: fact for what, fact in json.loads(row.facts).items() if what != "seals"})
        for row in rows.all()
    ]


@pytest.fixture
def post(session):
    """A post and who holds it."""
    holder = builders.make_person(session, [Role.team_manager]).id
    made = posts.make_post(session, "Head of Quality", by=1, now=MOMENT)
    posts.give_post(session, made.id, holder, on=builders.LONG_AGO, by=1, now=MOMENT)
    session.commit()
    return SimpleNamespace(id=made.id, holder=holder)


# --- who -------------------------------------------------------------------------------------------------------------

WHOLE = (Evidence, EvidenceVersion, EvidenceText, EvidenceUse)


def test_each_role_sees_evidence_of_its_levels_and_its_own_and_that_of_its_posts(session, post):
    """Levels: 0 leaders and QA managers see part of, 1 for leaders, 2 for an inspector, 3 for everybody."""
    stranger = builders.make_person(session).id
    for level in range(4):
        builders_evidence.add(session, by=1, level=level, proves=["FND-0001"])
    mine = builders_evidence.add(session, by=stranger, level=0, proves=["FND-0001"]).number
    owned = builders_evidence.add(session, by=1, level=0, owner_post_id=post.id, proves=["FND-0001"]).number
    for number in range(1, 7):
        session.add(EvidenceText(authority_id=A, evidence_number=number, version=1, text="w", folded="w", whole=True))
    session.commit()
    by_level = {0: {1, 2, 3, 4}, 1: {2, 3, 4}, 2: {3, 4}}
    for role, sees in (
        (Role.qa_manager, by_level[0] | {mine, owned}),
        (Role.leader, by_level[1] | {mine}),
        (Role.auditor, by_level[2] | {mine}),
        (Role.moderator, by_level[2] | {mine}),
        (Role.team_manager, by_level[2] | {mine}),
        (Role.business_support, by_level[2] | {mine}),
        (Role.practitioner, {mine}),
        (Role.admin, set()),
    ):
        for own_posts, more in (((), set()), ((post.id,), {owned} if role is not Role.admin else set())):
            as_person(session, stranger, role, posts=own_posts)
            expected = sorted(sees | more)
            assert sorted(row.number for row in session.exec(select(Evidence)).all()) == expected, role
            for part in WHOLE[1:]:
                assert sorted(row.evidence_number for row in session.exec(select(part)).all()) == expected, (role, part)
            as_person(session, stranger, role, posts=own_posts, authority_id=2)
            assert not any(session.exec(select(kind)).all() for kind in WHOLE)
    session.info["scope"] = OF_ALL


def test_what_is_not_confirmed_is_its_uploaders_alone_and_the_folder_everybodys_who_reads(session, post):
    folder.begin_folder(session, A, **BY)
    for number, person_id in ((1, post.holder), (2, 77)):
        batch = {"given_name": "a.zip", "sha256": "s", "size": 1, "added_by": person_id, "added_at": MOMENT}
        session.add(EvidenceBatch(authority_id=A, number=number, touched_at=MOMENT, **batch))
        session.flush()
        file = {"path": "a.txt", "given_name": "a.txt", "sha256": "s"}
        session.add(EvidenceBatchFile(authority_id=A, batch_number=number, place=1, **file))
    session.commit()
    entries = len(folders.list_entries(session, A))
    readers = {
        Role.qa_manager, Role.leader, Role.auditor, Role.moderator, Role.team_manager, Role.business_support,
    }  # fmt: skip
    for role in Role:
        as_person(session, post.holder, role)
        seen = [row.number for row in session.exec(select(EvidenceBatch)).all()]
        files = [row.batch_number for row in session.exec(select(EvidenceBatchFile)).all()]
        assert seen == files == ([1] if role in {*readers, Role.practitioner} else []), role
        listed = len(session.exec(select(FolderEntry)).all())
        assert listed == (entries if role in readers else 0), role
        as_person(session, post.holder, role, authority_id=2)
        assert not any(session.exec(select(kind)).all() for kind in (EvidenceBatch, EvidenceBatchFile, FolderEntry))
    session.info["scope"] = OF_ALL


def test_evidence_is_changed_by_who_added_or_owns_it_or_a_qa_manager(session, post):
    row = builders_evidence.add(session, by=7, level=3, owner_post_id=post.id)
    session.commit()
    for person_id, role, own_posts, allowed in (
        (7, Role.auditor, (), True),
        (7, Role.admin, (), False),
        (8, Role.auditor, (), False),
        (8, Role.leader, (), False),
        (8, Role.qa_manager, (), True),
        (8, Role.practitioner, (post.id,), True),
        (8, Role.practitioner, (post.id + 1,), False),
    ):
        as_person(session, person_id, role, posts=own_posts)
        assert service.may_change(session, row) is allowed, (person_id, role)
    as_person(session, 8, Role.leader)
    with pytest.raises(NotAllowed, match="somebody else’s"):
        service.withdraw_evidence(session, A, row.number, reason="Wrong", revision=1, **BY)
    session.info["scope"] = OF_ALL


# --- what is said ----------------------------------------------------------------------------------------------------


def test_what_is_corrected_is_told_by_its_names_and_what_is_the_same_is_not(session, post):
    row = builders_evidence.add(session, by=1, renewal=Renewal.quarterly)
    session.commit()
    since = session.exec(select(func.max(HistoryEntry.sequence))).one()
    said = replace(SAID, renewal=Renewal.quarterly, level=row.level, effect=row.effect)

    def correct(new, revision):
        return service.correct_evidence(session, A, row.number, new, revision=revision, today=TODAY, **BY)

    assert correct(said, 1).revision == 1
    with pytest.raises(Stale):
        correct(said, 2)
    correct(replace(said, title=" New ", level=3, owner_post_id=post.id), 1)
    assert (row.title, row.level, row.owner_post_title, row.revision) == ("New", 3, "Head of Quality", 2)
    posts.close_post(session, post.id, last_day=TODAY - DAY, by=1, now=MOMENT)  # what it owns stays its own
    session.info.pop("posts_that_own")
    correct(replace(said, title="New", level=3, owner_post_id=post.id, renewal=Renewal.never), 2)
    assert row.renew_by is None
    correct(replace(said, title="New", level=0, renewal=Renewal.never), 3)
    assert (row.owner_post_id, row.owner_post_title) == (None, "")
    for changed, field in (
        ({"title": " "}, "title"),
        ({"shows": " "}, "shows"),
        ({"level": 4}, "level"),
        ({"level": -1}, "level"),
        ({"owner_post_id": post.id}, "owner_post_id"),
    ):
        with pytest.raises(Invalid) as refused:
            correct(replace(said, **changed), 4)
        assert refused.value.field == field
    about = "EVD-0001"
    log = [line for line in noted(session, since) if line[1] == about]
    assert [facts for _event, _name, facts in log] == [
        {"before": said.level, "after": 3},
        {"fields": "title, owner post"},
        {"fields": "renewal"},
        {"before": 3, "after": 0},
        {"fields": "owner post"},
    ]


def test_a_version_says_when_it_was_made_and_why_and_is_not_the_same_file(session):
    row = builders_evidence.add(session, by=1)
    last = {"speaks_from": TODAY, "speaks_to": TODAY, "made_on": TODAY}
    renewing = {"today": TODAY, "config": builders_evidence.SETTINGS, **BY}

    def renew(revision, **changed):
        version = builders_evidence.a_version(**{**last, "why": "New", **changed})
        return service.renew_evidence(session, A, 1, version, revision=revision, **renewing)

    for changed, field in (
        ({"speaks_to": TODAY - DAY}, "speaks_to"),
        ({"made_on": TODAY + DAY}, "made_on"),
        ({"speaks_from": TODAY, "made_on": TODAY - DAY}, "speaks_from"),
        ({"why": "No"}, "why"),
        ({"held": Held.here}, "file"),
        ({"address": "intranet"}, "address"),
        ({"held": Held.elsewhere, "held_by": "Ann"}, "held_where"),
        ({"held": Held.elsewhere, "held_where": "Safe"}, "held_by"),
    ):
        with pytest.raises(Invalid) as refused:
            renew(1, **changed)
        assert refused.value.field == field
    renew(1)
    elsewhere = {"held": Held.elsewhere, "held_where": " Safe ", "held_by": " Ann ", "address": "https://x.example"}
    renew(2, **elsewhere)
    kept = session.exec(select(EvidenceVersion).order_by(EvidenceVersion.version)).all()
    assert [(each.version, each.address[:5], each.held_where, each.held_by, each.why) for each in kept] == [
        (1, "https", "", "", ""),
        (2, "https", "", "", "New"),
        (3, "", "Safe", "Ann", "New"),
    ]
    assert (row.current_version, row.revision) == (3, 3)
    service.mark_not_for_packs(session, A, 1, reason=" Names a school ", revision=3, **BY)
    assert row.kept_out_reason == "Names a school"
    service.mark_not_for_packs(session, A, 1, reason=" ", revision=4, **BY)
    assert row.kept_out_reason == ""
    with pytest.raises(Invalid, match="Say why"):
        service.withdraw_evidence(session, A, 1, reason=" no ", revision=5, **BY)
    service.withdraw_evidence(session, A, 1, reason="Old", revision=5, **BY)
    for late in (
        lambda: renew(6),
        lambda: service.withdraw_evidence(session, A, 1, reason="Again", revision=6, **BY),
        lambda: service.mark_not_for_packs(session, A, 1, reason="x", revision=6, **BY),
    ):
        with pytest.raises(OutOfTurn, match="EVD-0001 was withdrawn"):
            late()
    log = [(event.partition(".")[2], facts) for event, _name, facts in noted(session)]
    assert log == [
        ("added", {"held": "link", "level": row.level}),
        ("renewed", {"version": 2, "held": "link"}),
        ("renewed", {"version": 3, "held": "elsewhere"}),
        ("kept_out", {}),
        ("let_in", {}),
        ("withdrawn", {}),
    ]


# --- files and room --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "whole_text", "kept", "whole"),
    [(10, True, 10, True), (10, False, 10, False), (11, True, 10, False), (0, True, 0, None)],
)
def test_the_words_of_a_file_are_kept_as_far_as_they_may_be_and_say_whether_that_is_all(
    app, session, monkeypatch, length, whole_text, kept, whole
):
    monkeypatch.setattr(service_files, "MOST_TEXT", 10)
    file = builders_evidence.a_file(b"w" * length, whole_text=whole_text)
    builders_evidence.add(session, by=1, held=Held.here, address="", file=file, config=app.config)
    words = session.exec(select(EvidenceText.text, EvidenceText.whole)).all()
    assert [(len(text), all_of_it) for text, all_of_it in words] == ([(kept, whole)] if kept else [])


def test_one_person_adds_files_up_to_the_most_and_the_same_bytes_count_once(app, session):
    config = {**app.config, "EVIDENCE_PERSON_MB": 1}

    def add(data, by=1, level=2):
        file = builders_evidence.a_file(data, text="words")
        given = {"held": Held.here, "address": "", "file": file, "level": level}
        return builders_evidence.add(session, by=by, config=config, **given)

    half = b"h" * (512 * 1024)
    add(half)
    add(half)
    assert service_files.bytes_of_person(session, A, 1) == len(half)
    with pytest.raises(Invalid, match="files of 1 MB, the most one person may"):
        add(b"x" * (512 * 1024 + 1))
    add(b"x" * (512 * 1024))
    with pytest.raises(Invalid):
        add(b"y")
    add(b"y", by=2)
    assert service_files.bytes_of_person(session, A, 2) == 1
    assert service_files.bytes_of_person(session, 2, 1) == 0


def test_a_file_of_25_mb_is_looked_into_and_one_byte_more_is_too_large():
    for size, too_large in ((evidence_store.FILE_LIMIT, False), (evidence_store.FILE_LIMIT + 1, True)):
        with pytest.raises(Invalid) as refused:  # a film is no evidence anyway
            service_files.take_file(io.BytesIO(bytes(size)), "film.avi")
        assert ("film.avi is larger than 25 MB." in refused.value.message) is too_large


def test_a_thing_has_200_pieces_and_500_mb_at_most(session):
    row = builders_evidence.add(session, by=1)
    version = session.exec(select(EvidenceVersion)).one()
    for number in range(199):
        session.add(EvidenceUse(authority_id=A, evidence_number=1, version=1, reference="FND-0002", proves=str(number),
                                attached_by=1, attached_at=MOMENT))  # fmt: skip
    session.flush()
    two, three = (builders_evidence.add(session, by=1) for _ in range(2))
    use = proving.attach(session, A, two.number, "FND-0002", **BY)
    with pytest.raises(Invalid, match="FND-0002 has 200 pieces"):
        proving.attach(session, A, three.number, "FND-0002", **BY)
    proving.detach(session, A, use.id, reason="Old", **BY)
    proving.attach(session, A, three.number, "FND-0002", **BY)
    version.size = 500 * 1024 * 1024 - 1
    for other, size in ((two, 1), (three, 2)):
        session.get(EvidenceVersion, (A, other.number, 1)).size = size
    session.flush()
    proving.attach(session, A, row.number, "FND-0003", **BY)
    with pytest.raises(Invalid, match="more than 500 MB"):
        proving.attach(session, A, three.number, "FND-0003", **BY)
    proving.attach(session, A, two.number, "FND-0003", **BY)


def test_a_use_is_pinned_replaced_and_taken_away_once(session):
    row = builders_evidence.add(session, by=1, proves=["FND-0001"])
    use = proving.uses_of_thing(session, A, "FND-0001")[0]
    with pytest.raises(OutOfTurn, match="newest version is attached already"):
        proving.use_newest(session, A, use.id, **BY)
    with pytest.raises(Invalid, match="attached to FND-0001 already"):
        proving.attach(session, A, row.number, "FND-0001", **BY)
    version = builders_evidence.a_version(why="New", address="https://x.example/two")
    renewing = {"revision": row.revision, "today": TODAY, "config": builders_evidence.SETTINGS, **BY}
    service.renew_evidence(session, A, row.number, version, **renewing)
    newest = proving.use_newest(session, A, use.id, by=2, now=MOMENT)
    assert (newest.version, newest.reference, newest.attached_by) == (2, "FND-0001", 2)
    assert (use.detached_by, use.detached_reason) == (2, "Replaced by version 2.")
    for late in (
        lambda: proving.use_newest(session, A, use.id, **BY),
        lambda: proving.detach(session, A, use.id, reason="Again", **BY),
    ):
        with pytest.raises(OutOfTurn, match="taken away from it already"):
            late()
    with pytest.raises(NotFound):
        proving.get_use(session, A, use.id, number=9)
    assert proving.get_use(session, A, use.id, number=row.number) is use
    with pytest.raises(Invalid, match="no longer belongs"):
        proving.detach(session, A, newest.id, reason="no", **BY)
    facts = [facts for event, _name, facts in noted(session) if "tached" in event]
    assert facts == [
        {"thing": "FND-0001", "version": 1},
        {"thing": "FND-0001"},
        {"thing": "FND-0001", "version": 2},
    ]


# --- the folder ------------------------------------------------------------------------------------------------------


def places(session):
    return [row.title for row in folders.list_entries(session, A)]


def test_entries_stand_where_they_are_put_and_close_up(session, post):
    given = {"today": TODAY, **BY}
    for title, position in (("A", None), ("B", 7), ("C", 1), ("D", 2), ("E", 0)):
        folder.add_entry(session, A, title=title, position=position, owner_post_id=None, **given)
    assert places(session) == ["E", "C", "D", "A", "B"]
    rows = {row.title: row for row in folders.list_entries(session, A)}
    assert [rows[title].position for title in places(session)] == [1, 2, 3, 4, 5]

    def correct(title, revision, **more):
        values = {"title": title, "owner_post_id": None, **more}
        return folder.correct_entry(session, A, rows[title].number, revision=revision, **values, **given)

    since = session.exec(select(func.max(HistoryEntry.sequence))).one()
    assert correct("A", 1, position=4).revision == 1
    correct("A", 1, position=99)
    correct("E", 1, position=2, note="Ask Ann")
    assert places(session) == ["C", "E", "D", "B", "A"]
    for changed, field in (({"level": 4}, "level"), ({"owner_post_id": 12345}, "owner_post_id")):
        with pytest.raises(Invalid) as refused:
            correct("D", 1, **changed)
        assert refused.value.field == field
    correct("D", 1, owner_post_id=post.id)
    assert rows["D"].owner_post_title == "Head of Quality"
    with pytest.raises(Stale):
        correct("D", 1)
    step = {"revision": 2, **BY}
    with pytest.raises(Invalid, match="no longer belongs in the folder"):
        folder.remove_entry(session, A, rows["E"].number, reason="no", **step)
    folder.remove_entry(session, A, rows["E"].number, reason="Gone", **step)
    assert places(session) == ["C", "D", "B", "A"]
    assert [rows[title].position for title in places(session)] == [1, 2, 3, 4]
    with pytest.raises(OutOfTurn, match="was taken out of the folder"):
        folder.remove_entry(session, A, rows["E"].number, reason="Again", revision=3, **BY)
    rows["D"].renewal = Renewal.quarterly
    folder.refresh_entry(session, A, rows["D"].number, revision=2, today=TODAY, **BY)
    assert (rows["D"].status, rows["D"].refresh_on > TODAY, rows["D"].revision) == (EntryStatus.ready, True, 3)
    for person_id, role, own_posts, allowed in (
        (8, Role.auditor, (), False),
        (8, Role.auditor, (post.id,), True),
        (8, Role.business_support, (), True),
        (8, Role.leader, (), True),
        (8, Role.qa_manager, (), True),
    ):
        as_person(session, person_id, role, posts=own_posts)
        assert folder.may_change(session, rows["D"]) is allowed, role
    session.info["scope"] = OF_ALL
    with pytest.raises(OutOfTurn, match="begun already"):
        folder.begin_folder(session, A, **BY)
    assert [facts for _event, _name, facts in noted(session, since)] == [
        {"position": 5},
        {"fields": "note"},
        {"position": 2},
        {"fields": "owner post, owner post title"},
        {},
        {},
    ]


# --- reminders -------------------------------------------------------------------------------------------------------


def test_owners_are_told_on_the_day_after_and_again_when_it_is_stale_and_the_holder_before_who_added_it(session, post):
    row = builders_evidence.add(session, by=7, renewal=Renewal.quarterly)
    owned = builders_evidence.add(session, by=7, renewal=Renewal.quarterly, owner_post_id=post.id)
    entry = folder.add_entry(session, A, title="A", owner_post_id=post.id, today=TODAY, **BY)
    due = date(2027, 2, 1)
    row.renew_by = owned.renew_by = entry.refresh_on = due
    session.flush()

    def tell(day):
        return attention.tell_owners(session, A, now=MOMENT + (day - TODAY), today=day, grace_days=21)

    assert tell(due - DAY) == 0
    assert (tell(due), tell(due)) == (1, 0)  # an entry is due on its day, evidence the day after
    assert (tell(due + DAY), tell(due + DAY)) == (2, 0)
    assert tell(due + 21 * DAY) == 0
    assert tell(due + 22 * DAY) == 2
    assert tell(due + 300 * DAY) == 0
    told = {(line.person_id, line.code.partition(".")[2]) for line in session.exec(select(Notice)).all()}
    assert {person for person, _code in told} == {7, post.holder}
    assert len(told) == 5
    service.withdraw_evidence(session, A, owned.number, reason="Old", revision=owned.revision, **BY)
    row.renew_by = None
    session.flush()
    assert tell(due + 400 * DAY) == 0


def test_a_batch_that_is_over_refuses_what_comes_late(session):
    row = EvidenceBatch(authority_id=A, number=1, given_name="a.zip", sha256="s", size=1, added_by=1, added_at=MOMENT,
                        touched_at=MOMENT, state=BatchState.reading)  # fmt: skip
    session.add(row)
    session.flush()
    sheet = batches.Sheet(batches.Said(), {}, ())
    for state, message, words in (
        (BatchState.reading, "", "not ready to be added"),
        (BatchState.ended, "You threw it away.", "You threw it away"),
        (BatchState.brought_in, "", "Its files were added already"),
    ):
        row.state, row.message = state, message
        with pytest.raises(OutOfTurn, match=words):
            batches.save_sheet(session, A, 1, sheet, revision=row.revision, now=MOMENT)
    with pytest.raises(OutOfTurn, match="Withdraw those that should not be here"):
        batches.throw_away(session, A, 1, now=MOMENT)
    row.state = BatchState.waiting
    with pytest.raises(Stale):
        batches.save_sheet(session, A, 1, sheet, revision=row.revision + 1, now=MOMENT)
    with held_rows(session) as held:
        batches.save_sheet(session, A, 1, sheet, revision=row.revision, now=MOMENT + DAY)
    assert held == {"evidence_batch"}
    assert (row.revision, row.touched_at) == (2, MOMENT + DAY)
    with pytest.raises(OutOfTurn, match="cannot be added"):
        batches.save_file(session, A, 1, 1, batches.Said(), revision=2, now=MOMENT)
    with held_rows(session) as held, pytest.raises(Invalid, match="Tick at least one file"):
        batches.bring_in(session, A, 1, today=TODAY, config={}, **BY)
    assert held == {"evidence_batch"}
    with held_rows(session) as held:
        batches.throw_away(session, A, 1, now=MOMENT)
    assert (row.state, held) == (BatchState.ended, {"evidence_batch"})


def test_whoever_writes_of_a_piece_or_an_entry_holds_it(session):
    number = builders_evidence.add(session, by=1).number
    folder.begin_folder(session, A, **BY)
    session.flush()
    for table, write in (
        ("evidence", lambda: proving.attach(session, A, number, "FND-0001", **BY)),
        ("evidence", lambda: service.withdraw_evidence(session, A, number, reason="old", revision=1, **BY)),
        ("folder_entry", lambda: folder.remove_entry(session, A, 1, reason="old", revision=1, **BY)),
    ):
        with held_rows(session) as held:
            write()
        assert held == {table}


# --- ZIPs, and the store ---------------------------------------------------------------------------------------------


def test_an_entry_is_changed_though_the_post_that_owns_it_has_closed(session, post):
    given = {"today": TODAY, **BY}
    row = folder.add_entry(session, A, title="Court tracker", owner_post_id=post.id, **given)
    posts.close_post(session, post.id, last_day=TODAY - DAY, by=1, now=MOMENT)
    session.flush()
    values = {"title": "Tracker", "owner_post_id": post.id, "level": 1, "position": 0}
    folder.correct_entry(session, A, row.number, revision=1, **values, **given)
    assert (row.title, row.owner_post_title, row.level, row.position) == ("Tracker", "Head of Quality", 1, 1)
    with pytest.raises(Invalid) as refused:  # nobody is given a closed post anew
        folder.add_entry(session, A, title="Another", owner_post_id=post.id, **given)
    assert refused.value.field == "owner_post_id"


def test_a_zip_nobody_comes_back_to_is_ended_after_its_days_and_one_that_is_read_is_not(app, session):
    now = clock.now()

    def batch(number, state, touched_days, job_state=None):
        job = jobs.ask(session, A, batches.JOB, f"BAT-{number:04d}", 1, now) if job_state else None
        if job:
            job.state, job.message = job_state, "It was stopped."
        row = EvidenceBatch(
            authority_id=A, number=number, given_name="a.zip", sha256="s", size=1, added_by=1, added_at=MOMENT,
            touched_at=now - touched_days * DAY, state=state, job_id=job.id if job else None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row

    rows = [
        batch(1, BatchState.waiting, 8),
        batch(2, BatchState.waiting, 6),
        batch(3, BatchState.waiting, 8, jobs.JobState.done),
        batch(4, BatchState.reading, 0),
        batch(5, BatchState.reading, 8, jobs.JobState.failed),
        batch(6, BatchState.reading, 8, jobs.JobState.running),
        batch(7, BatchState.reading, 8, jobs.JobState.waiting),
        batch(8, BatchState.brought_in, 8),
    ]
    service_clearing.end_forgotten(session, 7)
    gone = "Nobody added its files within 7 days, so they were removed."
    assert [(row.state.value, row.message, row.revision, row.ended_at is not None) for row in rows] == [
        ("ended", gone, 2, True),
        ("waiting", "", 1, False),
        ("ended", gone, 2, True),
        ("failed", "", 2, True),
        ("failed", "It was stopped.", 2, True),
        ("reading", "", 1, False),
        ("reading", "", 1, False),
        ("brought_in", "", 1, False),
    ]


def test_a_file_without_a_picture_leaves_one_file_in_the_store(app, session):
    builders_evidence.add(
        session, by=1, held=Held.here, address="", file=builders_evidence.a_file(b"alone"), config=app.config
    )
    assert [lying.name for lying in evidence_store.list_everything(app.config)] == [
        builders_evidence.a_file(b"alone").sha256
    ]


class OnPostgresql:
    """What a session on PostgreSQL would be asked, for a statement that no other database knows."""

    def __init__(self, asked):
        self.asked = asked

    def get_bind(self):
        return SimpleNamespace(dialect=postgresql.dialect())

    def execute(self, statement):
        self.asked.append(str(statement.compile(dialect=postgresql.dialect())))


def test_files_are_held_together_and_removed_alone_on_postgresql(session):
    asked = []
    service_files.hold(OnPostgresql(asked))
    service_files.hold(OnPostgresql(asked), alone=True)
    assert ["_shared(" in statement for statement in asked] == [True, False]
    assert all("pg_advisory_xact_lock" in statement for statement in asked)
    service_files.hold(session, alone=True)  # on the database of the tests it may ask nothing
