"""Of small changes to the product's own code, drawn by seed, at least nine in ten are noticed by a test.

`AUDIT_MUTANTS` sets how many of each group are tried (40), `AUDIT_MUTANTS_SEED` which (1).
"""

import os

import pytest

from tests.proof import changed_in_place, copies, mutants
from tests.proof.copies import Fate
from tests.proof.equivalent_mutants import EQUIVALENT
from tests.proof.mutant_groups import GROUPS, suites_of, watched_for

SIZE, SEED = int(os.environ.get("AUDIT_MUTANTS", "40")), int(os.environ.get("AUDIT_MUTANTS_SEED", "1"))
FLOOR = 0.9


@pytest.mark.parametrize("group", GROUPS)
def test_nine_in_ten_small_changes_are_noticed(group, tmp_path):
    sample = mutants.sample_of(GROUPS[group], SIZE, SEED)
    with copies.Copy(tmp_path / "copy") as copy:
        paths = sorted({mutant.path for mutant in sample})
        copy.watch(paths, watched_for(paths))
        fates = [(mutant, copy.fate(mutant, suites_of(mutant.path))) for mutant in sample]
    counted = [(mutant, fate) for mutant, fate in fates if fate is not Fate.unread]
    noticed = sum(fate is Fate.noticed for _mutant, fate in counted)
    told = "\n".join(f"{fate}: {mutant}" for mutant, fate in fates if fate is not Fate.noticed)
    print(f"{group}, seed {SEED}: {noticed} of {len(counted)} noticed\n{told}")
    assert len(counted) >= min(SIZE, 20) * FLOOR
    assert noticed / len(counted) >= FLOOR, told


def test_without_its_tests_no_change_is_noticed(tmp_path):
    """The control: a harness that took anything for a failing test would find every mutant noticed here too."""
    few = mutants.sample_of(["frameworks/estimates.py"], 3, SEED)
    assert len(few) == 3
    with copies.Copy(tmp_path / "copy", without_tests=["test_*.py"]) as copy:
        assert [copy.fate(mutant, [["tests/frameworks"]]) for mutant in few] == [Fate.left] * 3


LEFT_OUT = {
    "an annotation": ("def f(a: int | None) -> int | None: ...", "def f(a: int + None) -> int - None: ..."),
    "a type alias": ("Name = str | int", "Name = str + int"),
    "a log line": ("log.info('at %s', 1)", "log.info('at %s', 2)"),
    "frozen": ("@dataclass(frozen=True)\nclass A: ...", "@dataclass(frozen=False)\nclass A: ..."),
    "a protocol": (
        "class A(Protocol):\n    @property\n    def f(self): ...",
        "class A(Protocol):\n    def f(self): ...",
    ),
    "a type's total": ("class A(TypedDict, total=False): ...", "class A(TypedDict, total=True): ..."),
    "how much is read at a time": ("CHUNK = 256 * 1024", "CHUNK = 256 * 1023"),
    "how an argument is given": ("def f(a, *, b, c=1): ...", "def f(a, /, b, c=1): ..."),
    "a kept answer": ("@cache\ndef f(): ...", "def f(): ..."),
}


@pytest.mark.parametrize(("source", "changed"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_no_test_can_run_is_no_mutant(source, changed):
    assert mutants.run_of(source) == mutants.run_of(changed)


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("MOST = 5", "MOST = 6"),
        ("KINDS = A | B", "KINDS = A & B"),
        ("def f(a=1): ...", "def f(a=2): ..."),
        ("def f(a, *, b=1): ...", "def f(a, *, b=2): ..."),
        ("def f(a, b): ...", "def f(a, b=None): ..."),
        ("@property\ndef f(): ...", "def f(): ..."),
        ("told(1)", "told(2)"),
    ],
)
def test_what_is_run_is_a_mutant(source, changed):
    assert mutants.run_of(source) != mutants.run_of(changed)


def made_of(source, file):
    """What a module holds after it was read, under a file's name of its own."""
    held = {}
    exec(compile(source, file, "exec"), held)
    return held


MODULE = """
MOST = 2

def more(n, by=1):
    return [each + by for each in range(n)]

class Kept:
    most = MOST

    @property
    def few(self):
        return self.most < 5

def maker(by):
    def made(n):
        return n + by
    return made

made = maker(3)
"""


@pytest.mark.parametrize(
    ("was", "now", "asked", "before", "after"),
    [
        ("each + by", "each - by", lambda held: held["more"](2), [1, 2], [-1, 0]),
        ("most < 5", "most > 5", lambda held: held["Kept"]().few, True, False),
        ("n + by", "n * by", lambda held: held["made"](5), 8, 15),
    ],
)
def test_a_changed_function_is_changed_for_whoever_had_it_already(was, now, asked, before, after):
    held = made_of(MODULE, file := f"a module with {was}")
    kept = dict(held)
    assert asked(kept) == before
    changed_in_place.put_in_place(file, MODULE, MODULE.replace(was, now))
    assert asked(kept) == after


@pytest.mark.parametrize(("was", "now"), [("MOST = 2", "MOST = 3"), ("by=1", "by=2"), ("    @property\n", "\n")])
def test_what_is_run_while_a_module_is_read_is_not_changed_in_place(was, now):
    held = made_of(MODULE, file := f"a module with {was}")
    with pytest.raises(changed_in_place.Unfit):
        changed_in_place.put_in_place(file, MODULE, MODULE.replace(was, now))
    assert held["more"](2) == [1, 2]


@pytest.mark.parametrize("council", ["A.authority_id", "col(A.authority_id)"])
def test_a_rows_council_is_asked_twice_and_anything_else_once(council):
    source, changed = (
        f"select(A).where({council} == own, A.id == 1)",
        f"select(A).where({council} <= own, A.id == 1)",
    )
    assert mutants.run_of(source, within_a_scope=True) == mutants.run_of(changed, within_a_scope=True)
    assert mutants.run_of(source) != mutants.run_of(changed)
    other = "select(A).where(A.authority_id == own, A.id <= 1)"
    assert mutants.run_of(source, within_a_scope=True) != mutants.run_of(other, within_a_scope=True)


def test_every_equivalent_still_stands_in_its_module_with_a_reason():
    for (path, before, _after), reason in EQUIVALENT.items():
        lines = {line.strip() for line in (mutants.ROOT / path).read_text(encoding="utf-8").splitlines()}
        assert before in lines, f"{path} holds no longer: {before}"
        assert reason
