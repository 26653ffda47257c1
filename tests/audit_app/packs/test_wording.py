"""Paper says what pages say: kinds, states and ratings have one name, and a pack keeps those it was made with."""

import ast
from datetime import date

import pytest

from audit_app.audits.actions.rules import STATE_WORDS
from audit_app.audits.tables import AuditActionState
from audit_app.improvement import colour_words
from audit_app.packs import contents, queries_gathering
from audit_app.packs.composing import pack as composing
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.thread_parts import action_part
from audit_app.packs.story import layout as story
from findings.colours import JudgedArea
from findings.states import ActionStatus, Brag, Impact, ImpactTest
from findings.tables import Action
from findings.thread_shapes import ActionStrand
from tests import builders_packs
from tests.house import source
from tests.house.source import ROOT

PACKS = ROOT / "audit_app" / "packs"
LISTS = {"findings.states", "audit_app.audits.tables"}


def own_word_tables(tree):
    """The lines of tables that give members of a closed list one word each."""
    lists = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in LISTS
        for alias in node.names
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        and any(isinstance(value, ast.Constant) and isinstance(value.value, str) for value in node.values)
        and any(isinstance(key, ast.Attribute) and ast.unparse(key.value) in lists for key in node.keys)
    ]


def test_packs_have_no_words_of_their_own_for_kinds_states_and_ratings():
    tables = {source.name_of(path): own_word_tables(source.tree_of(path)) for path in PACKS.rglob("*.py")}
    assert {name: lines for name, lines in tables.items() if lines} == {}


def test_a_table_of_own_words_is_noticed():
    written = "from findings.states import Impact\nIMPACTS = {Impact.no_difference: 'no difference yet'}"
    assert own_word_tables(ast.parse(written)) == [2]


@pytest.mark.parametrize("status", list(ActionStatus))
def test_the_action_table_says_the_status_as_pages_do(status):
    action = Action(authority_id=1, number=5, what="Coach managers", added_by=1, status=status)
    strand = ActionStrand(action, (), (), (), (), (), (3,), (JudgedArea(3),))
    narrator = Narrator(level=0, today=date(2026, 11, 2), names={})
    words_of = colour_words.standings({colour.value: (colour.title, "") for colour in Brag})
    assert action_part(strand, words_of, narrator).status == status.title


@pytest.fixture
def composed(session, year):
    """The contents of an internal pack with each audit in full."""
    row = builders_packs.make_row(level=0, each_audit=True)
    return composing.compose(
        queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6),
    )


def words_of(pack):
    return str(story.lay_out(pack).blocks)


def test_impact_tests_and_actions_of_audits_are_called_as_on_pages(composed):
    words = words_of(composed)
    assert f"{Impact.some_difference.in_sentence} for children" in words
    assert f"Tested by {ImpactTest.re_audit.in_sentence} " in words
    states = {action.state for part in composed.details for action in part.actions}
    assert states == {STATE_WORDS[AuditActionState.open].capitalize()}


def test_a_pack_frozen_with_other_words_keeps_them(composed):
    """Contents hold words, not codes: what was said when they were frozen is what is read."""
    written = contents.canonical(composed)
    older = written.replace("some difference for children", "no difference yet for children")
    older = older.replace('"status":"Open"', '"status":"Under way"')
    assert older.count("no difference yet") == 1
    words = words_of(contents.read_pack(older))
    assert "no difference yet for children" in words
    assert "Under way" in words
    assert contents.canonical(contents.read_pack(older)) == older
