"""Kinds as data: ours are read and checked; what is refused is refused whoever asks; a council's own kind is kept."""

from datetime import date

import pytest
from sqlmodel import select

from audit_app import history
from audit_app.errors import Invalid, OutOfTurn, Stale
from audit_app.packs import contents, service
from audit_app.packs.composing.told import sections as told
from audit_app.packs.kinds import choices, kind, queries, shipped
from audit_app.packs.kinds import service as kinds
from audit_app.packs.kinds.sections import SECTIONS
from audit_app.packs.kinds.typed_references import audits_in
from audit_app.packs.story import sections as story
from audit_app.packs.tables import EvidencePackRow, PackKind
from tests import builders_packs

COUNCIL = builders_packs.COUNCIL
EIGHT = {
    "inspection-pack", "judgement-area-folder", "self-assessment-with-evidence", "single-audit", "thematic-report",
    "board-report", "annual-qa-report", "lead-members-two-pages",
}  # fmt: skip


def test_the_eight_kinds_are_there_and_each_of_their_sections_is_printed_by_somebody():
    assert {each.key for each in shipped.shipped()} == EIGHT
    for each in shipped.shipped():
        for key in (*each.standard, *each.further):
            assert key in story.BLOCKS or key in told.TELLERS, (each.key, key)
        if not each.two_pages:
            assert {"control", "left-out"} <= set(each.standard), each.key


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("standard: [answers, nonsense]", "there is no section “nonsense”"),
        ("standard: [answers, answers]", "a section stands in it twice"),
        ("standard: [since-last-board]", "needs since"),
        ("standard: [working-notes]", "not for the audience"),
    ],
)
def test_a_kind_that_could_not_be_printed_is_refused_by_name(tmp_path, line, fault):
    file = tmp_path / "kinds.yaml"
    file.write_text(
        "- key: odd\n  name: Odd pack\n  what_for: For nobody at all\n  level: 3\n  asks: []\n"
        f"  {line}\n  further: []\n",
        encoding="utf-8",
    )
    with pytest.raises(shipped.BrokenKind, match=fault):
        shipped.read(file)


@pytest.mark.parametrize(
    ("text", "numbers", "strange"),
    [
        ("AUD-0012, AUD-0031", (12, 31), ()),
        ("aud 12; AUD0031\nAUD-0012 and 7", (12, 31, 7), ()),
        ("AUD–0012, G-200123, AUD-x", (12,), ("G-200123", "AUD-x")),
        ("", (), ()),
        ("AUD-0000", (), ("AUD-0000",)),
    ],
)
def test_references_a_person_types_are_read_and_strange_ones_named(text, numbers, strange):
    assert audits_in(text) == (numbers, strange)


@pytest.fixture
def people(session):
    return builders_packs.make_people(session)


def asked(session, people, kind_key, **more):
    chosen = builders_packs.make_chosen(kind_key, **more.pop("chosen", {}))
    wish = builders_packs.make_wish(chosen=chosen, **more)
    return service.ask_for_pack(session, COUNCIL, wish, by=people.manager, now=builders_packs.NOW)


@pytest.mark.parametrize(
    ("kind_key", "level", "chosen", "field"),
    [
        ("inspection-pack", 2, {"sections": ("answers", "working-notes", "control", "left-out")}, "level"),
        ("inspection-pack", 3, {"sections": ("answers", "working-notes", "control", "left-out")}, "level"),
        ("thematic-report", 2, {"theme": "case-audit-1/child-protection"}, "level"),
        ("self-assessment-with-evidence", 3, {"self_assessment": 1}, "level"),
        ("single-audit", 2, {"audits": (1,)}, "level"),  # the concerns of a child stay in the council
        ("inspection-pack", 3, {"audits": (1,)}, "level"),
        ("judgement-area-folder", 1, {}, "areas"),
        ("judgement-area-folder", 1, {"areas": ("NOWHERE",)}, "areas"),
        ("single-audit", 1, {}, "audits"),
        ("single-audit", 1, {"audits": (1, 2)}, "audits"),
        ("single-audit", 1, {"audits": (999,)}, "audits"),
        ("thematic-report", 1, {"theme": "case-audit-1/none"}, "theme"),
        ("self-assessment-with-evidence", 1, {"self_assessment": 99}, "self_assessment"),
        ("board-report", 1, {}, "since"),
    ],
)
def test_what_a_pack_cannot_have_is_refused_by_the_service(session, people, kind_key, level, chosen, field):
    with pytest.raises(Invalid) as refusal:
        asked(session, people, kind_key, level=level, chosen=chosen)
    assert refusal.value.field == field
    assert session.exec(select(EvidencePackRow)).all() == []


def test_working_notes_are_for_the_council_alone_and_there_where_it_asks(session, people):
    sections = ("answers", "working-notes", "control", "left-out")
    for level in (0, 1):
        row = asked(session, people, "inspection-pack", level=level, chosen={"sections": sections})
        assert choices.read(row.choices).sections == sections
    assert SECTIONS["working-notes"].most_open == 1


def test_a_pack_keeps_its_kind_as_it_stood(session, people):
    own = builders_packs.make_kind(session, people.manager)
    made = queries.kind_of(own)
    chosen = choices.of_kind(made, since=date(2026, 9, 1))
    wish = builders_packs.make_wish(level=1, chosen=chosen)
    row = service.ask_for_pack(session, COUNCIL, wish, by=people.manager, now=builders_packs.NOW)
    changed = kinds.OwnKind("Panel report", "For the panel, four times a year.", 1, ("gaps",))
    kinds.change(session, COUNCIL, own.number, changed, revision=1, by=people.manager, now=builders_packs.NOW)
    assert (row.kind, choices.read(row.choices).sections) == ("KND-0001", made.standard)
    assert queries.get_kind(session, COUNCIL, "KND-0001").standard == ("gaps", "control", "left-out")


def test_a_councils_own_kind_is_made_changed_retired_and_put_back(session, people):
    by = {"by": people.manager, "now": builders_packs.NOW}
    row = builders_packs.make_kind(session, people.manager, sections=("gaps", "since-last-board", "how-to-read"))
    assert queries.kind_of(row).standard == ("gaps", "since-last-board", "how-to-read", "control", "left-out")
    assert kind.in_order(queries.kind_of(row), ("since-last-board", "gaps", "control")) == (
        "gaps", "since-last-board", "control",
    )  # fmt: skip
    again = kinds.OwnKind("panel REPORT", "Another", 1, ("gaps",))
    with pytest.raises(Invalid, match="already"):
        kinds.make(session, COUNCIL, "board-report", again, **by)
    with pytest.raises(Stale):
        kinds.change(session, COUNCIL, row.number, kinds.OwnKind("Other", "x", 1, ("gaps",)), revision=9, **by)
    kinds.retire(session, COUNCIL, row.number, **by)
    with pytest.raises(OutOfTurn):
        kinds.retire(session, COUNCIL, row.number, **by)
    assert queries.list_own(session, COUNCIL) == []
    kinds.restore(session, COUNCIL, row.number, **by)
    assert [each.number for each in queries.list_own(session, COUNCIL)] == [row.number]
    events = [entry.event for entry in history.entries_about(session, COUNCIL, "KND-0001")]
    assert sorted(events) == ["packs.kind_made", "packs.kind_restored", "packs.kind_retired"]


@pytest.mark.parametrize(
    ("made_from", "level", "sections", "field"),
    [
        ("board-report", 1, ("theme-answers",), "sections"),  # it asks for no theme
        ("board-report", 2, ("gaps", "working-notes"), "level"),
        ("board-report", 1, ("how-to-read",), "sections"),  # it would tell nothing
        ("lead-members-two-pages", 3, ("gaps",), "name"),
        ("nowhere", 1, ("gaps",), "name"),
    ],
)
def test_a_kind_nobody_could_use_is_refused(session, people, made_from, level, sections, field):
    own = kinds.OwnKind("Odd", "For nobody", level, sections)
    with pytest.raises(Invalid) as refusal:
        kinds.make(session, COUNCIL, made_from, own, by=people.manager, now=builders_packs.NOW)
    assert refusal.value.field == field
    assert session.exec(select(PackKind)).all() == []


def test_packs_from_before_there_were_kinds_are_whole_and_read_as_they_were(session, composed):
    old = choices.read("")
    assert (old.kind, old.is_whole) == ("inspection-pack", True)
    pack = composed("inspection-pack")
    written = contents.canonical(pack)
    for name in ("kind", "further", "not_chosen"):
        assert f'"{name}":' in written
    assert contents.read_pack(written) == pack
