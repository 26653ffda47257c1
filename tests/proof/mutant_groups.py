"""Which modules a sample of mutants is drawn from, and which tests are asked about each, nearest first."""

import ast
from functools import cache
from pathlib import Path

from tests.proof import mutants

FEATURES = (
    "audits", "evidence", "home", "improvement", "library", "packs", "people", "records", "self_assessment",
)  # fmt: skip
# The door is everybody's: what it keeps, takes and refuses is tested outside its own folder too.
THE_DOORS = (
    *(f"tests/audit_app/test_{name}.py" for name in ("door", "drafts_quota", "forwarded", "full_disk", "twins")),
    "tests/audit_app/security",
)
# Beside a feature's own place: what is asked of every feature in one table.
OF_ALL = "tests/audit_app/test_regular_tasks.py"
NAMED = ("service*", "access", "guards", "rules")


def modules(*patterns):
    """The modules of these patterns that hold anything to change."""
    paths = {path for pattern in patterns for path in mutants.ROOT.glob(pattern)}
    return sorted(str(path.relative_to(mutants.ROOT)) for path in paths)


def writes_and_guards(feature):
    """What of a feature writes, and what decides who may and what follows: its services, access, guards and rules."""
    files = [f"audit_app/{feature}/**/{name}.py" for name in NAMED]
    return modules(*files, f"audit_app/{feature}/access/*.py")


GROUPS = {
    "frameworks": modules("frameworks/**/*.py"),
    "findings": modules("findings/**/*.py"),
    **{feature: writes_and_guards(feature) for feature in FEATURES},
    # Printed for others to read: whole.
    "packs printed": modules("audit_app/packs/composing/*.py", "audit_app/packs/disclosure/*.py"),
}
GROUPS = {group: paths for group, paths in GROUPS.items() if paths}


def suites_of(path):
    """The tests of a module in two steps: those named after it or importing it (or its package), then its place."""
    place = _place_of(path)
    files = sorted(place.rglob("test_*.py"), key=lambda file: (not _named_after(path, file), str(file)))
    names = dotted(path), dotted(str(Path(path).parent))
    near = [file for file in files if _named_after(path, file) or names[0] in imports_of(file)]
    near = near or [file for file in files if names[1] in imports_of(file)]
    return [[_told(file) for file in near], [_told(place)]]


def watched_for(paths):
    """Where the tests that run a line are looked for: the modules' own places, one table of all, the door's."""
    places = {_told(_place_of(path)) for path in paths}
    of_all = {OF_ALL} if any(path.startswith("audit_app/") for path in paths) else set()
    doors = {place for place in THE_DOORS if any("/people/access/" in path for path in paths)}
    return sorted(places | of_all | doors)


def dotted(path):
    """The name a module is imported by."""
    return ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports_of(file):
    """Every dotted name that a test imports, and every name it takes from one."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _named_after(path, file):
    """A service is tested under the name of its room: people/directory/service.py by test_directory.py."""
    module = Path(path)
    return file.stem in {f"test_{module.stem}", f"test_{module.parent.name}"}


def _place_of(path):
    place = mutants.ROOT / "tests" / Path(path).parent
    while not place.is_dir():
        place = place.parent
    inside = len(place.relative_to(mutants.ROOT / "tests").parts)
    # A room's own tests are few; the feature's tell of its rooms too.
    return place.parent if inside > 2 else place


def _told(file):
    return str(file.relative_to(mutants.ROOT))
