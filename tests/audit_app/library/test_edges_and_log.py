"""Own sets, words and doubts: who may, from both sides; the longest that is kept; what the log says; done once."""

import json
from datetime import timedelta

import pytest
from sqlmodel import func, select

from audit_app.history import HistoryEntry
from audit_app.library.crosswalk import service as doubts
from audit_app.library.own_sets import service as own_sets
from audit_app.library.tables import MapDoubt, OwnSet, OwnSetVersion, OwnTerm, VersionState
from audit_app.library.terms import queries as words_queries
from audit_app.library.terms import service as words
from audit_app.library.terms.own_words import BY_CODE
from audit_app.people.access import Role, system_scope
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Authority
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from frameworks import reader
from tests import builders
from tests.builders_library import changed_document, make_document
from tests.held_rows import held_rows

A, NOW = builders.AUTHORITY_ID, builders.MOMENT
OF_ALL = system_scope("a test", A)
DAY = timedelta(days=1)


def as_person(session, person_id, *roles):
    session.info["scope"] = Scope(A, person_id, frozenset(roles))


def noted(session, prefix):
    rows = session.exec(select(HistoryEntry).order_by(HistoryEntry.sequence)).all()
    return [
        (row.event.partition(".")[2], row.actor,
         {what: fact for what, fact in json.loads(row.facts).items() if what != "seals"})
        for row in rows if row.event.startswith(prefix)
    ]  # fmt: skip


@pytest.fixture
def draft(session, council):
    """The first draft of the council's own set on neglect, by the QA manager."""
    made = own_sets.start_set(session, A, make_document(), came_from="a file", by=council.qa, now=NOW)
    session.commit()
    return made


def test_a_set_goes_from_draft_to_published_by_two_and_the_log_says_each_step(session, council, draft):
    qa, second = {"by": council.qa, "now": NOW}, {"by": council.second, "now": NOW}
    with pytest.raises(Invalid, match="short name “neglect” already"):
        own_sets.start_set(session, A, make_document(), came_from="", **qa)
    with pytest.raises(OutOfTurn, match="a draft of this set already"):
        own_sets.start_version(session, A, 1, **qa)
    with pytest.raises(OutOfTurn, match="not offered for publishing"):
        own_sets.publish(session, A, 1, seen=1, **second)
    assert own_sets.save_draft(session, A, 1, make_document(), seen=7, what="nothing", **qa).revision == 1
    changed = make_document(title="Neglect and its repair")
    with pytest.raises(Stale):
        own_sets.save_draft(session, A, 1, changed, seen=2, what="title", **qa)
    own_sets.save_draft(session, A, 1, changed, seen=1, what="w" * 81, **qa)
    for note in (" ", "n" * 10_001):
        with pytest.raises(Invalid) as refused:
            own_sets.offer(session, A, 1, note, **qa)
        assert refused.value.field == "note"
    own_sets.offer(session, A, 1, "n" * 10_000, **qa)
    assert (draft.state, draft.offered_by, draft.offered_at, draft.revision) == (
        VersionState.offered, council.qa, NOW, 3,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="A second person publishes it"):
        own_sets.publish(session, A, 1, seen=3, **qa)
    with pytest.raises(Stale):
        own_sets.publish(session, A, 1, seen=2, **second)
    own_sets.publish(session, A, 1, seen=3, **second)
    row = session.get(OwnSet, (A, 1))
    assert (row.title, draft.edition_id, draft.published_by) == (
        "Neglect and its repair", "own-greenhaven-neglect-1", council.second,
    )  # fmt: skip
    for late in (
        lambda: own_sets.save_draft(session, A, 1, make_document(), seen=4, what="", **qa),
        lambda: own_sets.offer(session, A, 1, "Again", **qa),
        lambda: own_sets.withdraw_draft(session, A, 1, **qa),
    ):
        with pytest.raises(OutOfTurn, match="There is no draft"):
            late()
    newer = own_sets.start_version(session, A, 1, **qa)
    assert (newer.version, newer.came_from, newer.fingerprint) == (2, "version 1", draft.fingerprint)
    own_sets.withdraw_draft(session, A, 1, **qa)
    assert (newer.state, newer.revision) == (VersionState.withdrawn, 2)
    again = own_sets.start_version(session, A, 1, **qa)
    assert (again.version, again.came_from) == (3, "version 1")
    fingerprint = draft.fingerprint
    assert noted(session, "own_set.") == [
        ("started", council.qa, {"source": "a file"}),
        ("saved", council.qa, {"version": 1, "what": "w" * 80}),
        ("offered", council.qa, {"version": 1}),
        ("published", council.second, {
            "version": 1, "edition": "own-greenhaven-neglect-1", "fingerprint": fingerprint,
        }),
        ("version_started", council.qa, {"version": 2}),
        ("withdrawn", council.qa, {"version": 2}),
        ("version_started", council.qa, {"version": 3}),
    ]  # fmt: skip


def test_an_offered_draft_that_is_saved_is_a_plain_draft_again(session, council, draft):
    qa = {"by": council.qa, "now": NOW}
    own_sets.offer(session, A, 1, "First", **qa)
    changed = changed_document(make_document(), reword={"q1"})
    own_sets.save_draft(session, A, 1, changed, seen=2, what="a word", by=council.second, now=NOW + DAY)
    assert (draft.state, draft.offered_by, draft.offered_at) == (VersionState.draft, None, None)
    assert (draft.saved_by, draft.saved_at, draft.revision) == (council.second, NOW + DAY, 3)
    own_sets.offer(session, A, 1, "Second", **qa)
    for own in (council.qa, council.second):  # who wrote it last, and who offered it
        with pytest.raises(NotAllowed):
            own_sets.publish(session, A, 1, seen=4, by=own, now=NOW)
    own_sets.publish(session, A, 1, seen=4, by=council.leader, now=NOW)


def test_pe_3_who_wrote_a_draft_does_not_publish_it_though_somebody_else_saved_the_last_word(session, council, draft):
    second = {"by": council.second, "now": NOW}
    changed = changed_document(make_document(), reword={"q1"})
    own_sets.save_draft(session, A, 1, changed, seen=1, what="a word", **second)
    own_sets.offer(session, A, 1, "First", **second)
    for writer in (council.qa, council.second):
        with pytest.raises(NotAllowed, match="A second person publishes it"):
            own_sets.publish(session, A, 1, seen=3, by=writer, now=NOW)
    own_sets.publish(session, A, 1, seen=3, by=council.leader, now=NOW)
    own_sets.start_version(session, A, 1, **second)
    own_sets.save_draft(session, A, 1, make_document(), seen=1, what="back", **second)
    own_sets.offer(session, A, 1, "Second", **second)
    own_sets.publish(session, A, 1, seen=3, by=council.qa, now=NOW)  # of this version they wrote nothing


def test_a_set_is_retired_and_brought_back_once_and_the_first_reason_stays(session, council, draft):
    qa, second = {"by": council.qa, "now": NOW}, {"by": council.second, "now": NOW + DAY}
    for reason in (" ", "r" * 1_001):
        with pytest.raises(Invalid) as refused:
            own_sets.retire(session, A, 1, reason, **qa)
        assert refused.value.field == "reason"
    with pytest.raises(OutOfTurn, match="in use already"):
        own_sets.bring_back(session, A, 1, **qa)
    row = own_sets.retire(session, A, 1, "r" * 1_000, **qa)
    with pytest.raises(OutOfTurn, match="retired already"):
        own_sets.retire(session, A, 1, "Another", **second)
    assert (row.retired_by, row.retired_at, row.retired_reason, row.revision) == (council.qa, NOW, "r" * 1_000, 2)
    own_sets.bring_back(session, A, 1, **second)
    assert (row.retired_by, row.retired_at, row.retired_reason, row.revision) == (None, None, "", 3)
    steps = [(step, who) for step, who, _facts in noted(session, "own_set.")]
    assert steps[1:] == [("retired", council.qa), ("brought_back", council.second)]


def test_only_a_qa_manager_writes_sets_and_a_leader_may_publish_them(session, council, draft):
    own_sets.offer(session, A, 1, "New", by=council.qa, now=NOW)
    session.commit()
    for role in Role:
        as_person(session, council.leader, role)
        step = {"by": council.leader, "now": NOW}
        writes = (
            lambda step=step: own_sets.start_set(session, A, make_document("other"), came_from="", **step),
            lambda step=step: own_sets.start_version(session, A, 1, **step),
            lambda step=step: own_sets.save_draft(session, A, 1, make_document(), seen=2, what="", **step),
            lambda step=step: own_sets.offer(session, A, 1, "x", **step),
            lambda step=step: own_sets.withdraw_draft(session, A, 1, **step),
            lambda step=step: own_sets.retire(session, A, 1, "x", **step),
            lambda step=step: own_sets.bring_back(session, A, 1, **step),
        )
        if role is not Role.qa_manager:
            for write in writes:
                with pytest.raises(NotAllowed, match="Only a QA manager writes"):
                    write()
        if role not in (Role.qa_manager, Role.leader):
            with pytest.raises(NotAllowed, match="Only a QA manager or a leader publishes"):
                own_sets.publish(session, A, 1, seen=2, **step)
    as_person(session, council.leader, Role.leader)
    own_sets.publish(session, A, 1, seen=2, by=council.leader, now=NOW)
    session.info["scope"] = OF_ALL


def test_whoever_writes_holds_the_set_and_sees_it_as_it_stands(session, council, draft):
    """Two who publish, change or retire at once: the second waits, and then sees what the first did."""
    qa = {"by": council.qa, "now": NOW}
    steps = {
        "save": lambda: own_sets.save_draft(session, A, 1, make_document(), seen=1, what="", **qa),
        "offer": lambda: own_sets.offer(session, A, 1, "New", **qa),
        "publish": lambda: own_sets.publish(session, A, 1, seen=2, by=council.second, now=NOW),
        "start": lambda: own_sets.start_version(session, A, 1, **qa),
        "withdraw": lambda: own_sets.withdraw_draft(session, A, 1, **qa),
        "retire": lambda: own_sets.retire(session, A, 1, "Old", **qa),
        "bring back": lambda: own_sets.bring_back(session, A, 1, **qa),
    }
    for name, step in steps.items():
        with held_rows(session) as held:
            step()
        assert "own_set" in held, name
    doubt = doubts.raise_doubt(session, A, reader.crosswalk_file().lines[0].line, "Why?", **qa)
    session.flush()
    with held_rows(session) as held:
        doubts.answer_doubt(session, A, doubt.id, "So", **qa)
    assert "map_doubt" in held


def test_a_council_whose_name_begins_like_another_gets_an_edition_of_its_own(session, council, draft):
    session.add(Authority(id=2, key="greenhaven-north", name="North"))
    session.add(OwnSet(authority_id=2, number=1, key="neglect", title="Neglect", made_by=1, made_at=NOW))
    session.flush()
    taken = OwnSetVersion(
        authority_id=2, set_number=1, version=1, edition_id="own-greenhaven-neglect-1", contents=draft.contents,
        fingerprint=draft.fingerprint, came_from="", saved_by=1, saved_at=NOW, state=VersionState.published,
        published_by=1, published_at=NOW,
    )  # fmt: skip
    session.add(taken)
    own_sets.offer(session, A, 1, "New", by=council.qa, now=NOW)
    own_sets.publish(session, A, 1, seen=2, by=council.second, now=NOW)
    assert draft.edition_id == "own-1-neglect-1"


def test_a_version_goes_on_from_the_newest_published_one_of_its_own_set(session, council, draft):
    qa, second = {"by": council.qa, "now": NOW}, {"by": council.second, "now": NOW}
    for change in (set(), {"q1"}):
        if change:
            own_sets.start_version(session, A, 1, **qa)
            own_sets.save_draft(session, A, 1, changed_document(make_document(), reword=change), seen=1, what="", **qa)
        revision = own_sets.offer(session, A, 1, "New", **qa).revision
        newest = own_sets.publish(session, A, 1, seen=revision, **second)
    own_sets.start_set(session, A, make_document("other"), came_from="f" * 201, **qa)  # a draft of another set
    third = own_sets.start_version(session, A, 1, **qa)
    assert (third.version, third.came_from, third.fingerprint) == (3, "version 2", newest.fingerprint)
    other = own_sets.withdraw_draft(session, A, 2, **qa)
    assert (other.came_from, noted(session, "own_set.")[-3][2]) == ("f" * 200, {"source": "f" * 80})
    assert own_sets.start_version(session, A, 2, **qa).version == 2
    own_sets.offer(session, A, 2, "New", **qa)
    own_sets.offer(session, A, 1, "New", **qa)
    editions = [own_sets.publish(session, A, number, seen=2, **second).edition_id for number in (2, 1)]
    assert editions == ["own-greenhaven-other-2", "own-greenhaven-neglect-3"]  # neither name was taken


def test_a_draft_is_saved_as_often_as_it_changes_and_back_again_and_says_only_what_was_said(session, council, draft):
    qa = {"by": council.qa, "now": NOW}
    for revision, own in enumerate((make_document(title="t" * 301), make_document()), start=1):
        assert own_sets.save_draft(session, A, 1, own, seen=revision, what="", **qa).revision == revision + 1
        assert own_sets.save_draft(session, A, 1, own, seen=0, what="", **qa).revision == revision + 1
    assert "null" not in draft.contents  # what was left open takes what a later version of the product says of it
    own_sets.save_draft(session, A, 1, make_document(title="t" * 301), seen=3, what="", **qa)
    own_sets.offer(session, A, 1, "New", **qa)
    own_sets.publish(session, A, 1, seen=5, by=council.second, now=NOW)
    assert session.get(OwnSet, (A, 1)).title == "t" * 300
    assert own_sets.start_set(session, A, make_document("long", title="t" * 301), came_from="", **qa)
    assert session.get(OwnSet, (A, 2)).title == "t" * 300


def test_a_council_of_a_long_name_is_shortened_in_the_name_of_its_edition(session, council, draft):
    session.get(Authority, A).key = "north-and-west-of-the-river"
    own_sets.offer(session, A, 1, "New", by=council.qa, now=NOW)
    own_sets.publish(session, A, 1, seen=2, by=council.second, now=NOW)
    assert (draft.edition_id, draft.revision) == ("own-north-and-west-of-neglect-1", 3)


# --- words -----------------------------------------------------------------------------------------------------------


def test_words_are_changed_by_qa_managers_and_administrators_as_they_were_seen_and_back_again(session, council):
    code = next(iter(BY_CODE))
    ours = BY_CODE[code]
    qa = {"by": council.qa, "now": NOW}
    before = words_queries.own_words(session, A)

    def change(pair, seen, **who):
        return words.change_words(session, A, {code: pair}, seen=seen, **{**qa, **who})

    for role in Role:
        as_person(session, council.leader, role)
        if role not in (Role.qa_manager, Role.admin):
            with pytest.raises(NotAllowed, match="Only a QA manager or an administrator"):
                change(("", ""), before)
        else:
            assert change(("", ""), before) == []
    session.info["scope"] = OF_ALL
    assert change((ours.one, ours.many), before) == []
    assert change(("zebra", "zebras"), before) == [code]
    first = words_queries.own_words(session, A)
    with pytest.raises(Stale):
        change(("yak", "yaks"), before)
    assert change(("zebra", "zebras"), first) == []
    later = {"by": council.second, "now": NOW + DAY}
    assert change(("zebra", "zebraz"), first, **later) == [code]
    [row] = session.exec(select(OwnTerm)).all()
    assert (row.one, row.many, row.changed_by, row.changed_at, row.revision) == (
        "zebra", "zebraz", council.second, NOW + DAY, 2,
    )  # fmt: skip
    assert change((ours.one, ours.many), words_queries.own_words(session, A)) == [code]
    assert session.exec(select(func.count()).select_from(OwnTerm)).one() == 0
    assert noted(session, "own_term.") == [
        ("changed", council.qa, {"term": ours.one}),
        ("changed", council.second, {"term": ours.one}),
        ("reset", council.qa, {"term": ours.one}),
    ]


def test_the_words_of_a_council_among_others_are_its_own(session, council):
    session.add_all(Authority(id=number, key=f"elsewhere-{number}", name="Elsewhere") for number in (2, 3))
    session.flush()
    code = next(iter(BY_CODE))
    session.info["scope"] = system_scope("a test", 2)
    given, seen = {code: ("zebra", "zebras")}, words_queries.own_words(session, 2)
    assert words.change_words(session, 2, given, seen=seen, by=council.qa, now=NOW) == [code]
    assert [(row.authority_id, row.one) for row in session.exec(select(OwnTerm))] == [(2, "zebra")]
    session.info["scope"] = OF_ALL
    assert words_queries.own_words(session, A) == seen


# --- doubts ----------------------------------------------------------------------------------------------------------


def test_a_doubt_is_raised_by_any_reader_and_answered_once_by_a_qa_manager(session, council):
    line = reader.crosswalk_file().lines[0].line
    as_person(session, council.auditor, Role.auditor)
    asked = {"by": council.auditor, "now": NOW}
    for where, doubt, field in (
        ("no such line", "Why?", "line"),
        (line, " ", "doubt"),
        (line, "d" * 10_001, "doubt"),
    ):
        with pytest.raises(Invalid) as refused:
            doubts.raise_doubt(session, A, where, doubt, **asked)
        assert refused.value.field == field
    doubts.raise_doubt(session, A, line, "d" * 10_000, **asked)
    session.flush()
    row = session.exec(select(MapDoubt)).one()
    with pytest.raises(NotAllowed, match="Only a QA manager answers"):
        doubts.answer_doubt(session, A, row.id, "Stands", **asked)
    as_person(session, council.qa, Role.qa_manager)
    answering = {"by": council.qa, "now": NOW + DAY}
    for answer in (" ", "a" * 10_001):
        with pytest.raises(Invalid) as refused:
            doubts.answer_doubt(session, A, row.id, answer, **answering)
        assert refused.value.field == "answer"
    with pytest.raises(NotFound):
        doubts.answer_doubt(session, A, 12345, "Stands", **answering)
    doubts.answer_doubt(session, A, row.id, "a" * 10_000, **answering)
    assert (row.answered_by, row.answered_at, row.revision) == (council.qa, NOW + DAY, 2)
    with pytest.raises(OutOfTurn, match="answered already"):
        doubts.answer_doubt(session, A, row.id, "Again", **answering)
    assert noted(session, "map.") == [
        ("doubted", council.auditor, {"line": line}),
        ("answered", council.qa, {"line": line}),
    ]
    session.info["scope"] = OF_ALL
