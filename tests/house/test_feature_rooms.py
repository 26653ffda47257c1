"""Rooms of the house: how full a folder may be, which way arrows run in a feature, what is pure, who names whose pages.

Which features there are, and in which order, is read from the tree and from `pyproject.toml`, never from a list here.
"""

import ast
import re
import tomllib

import pytest

from tests.house import source

RANKS = {"routes": 6, "cli": 6, "forms": 4, "pdf": 4, "workbook": 4, "service": 3, "queries": 2, "tables": 0}
A_WORD = 1
# Who may hold a session: modules named for it, and the commands and guards that open or widen one.
HOLDS_A_SESSION = ("routes", "service", "queries", "tables", "guards", "cli", "access", "proof")
MOST_MODULES = 20
# Answering and the register of audits stand together: taken apart, service and queries would point both ways (README).
MORE_MODULES = {"audit_app.audits": 31}
# These bind the features together, or fill them all, and stand above every one of them.
ABOVE_FEATURES = {"demo", "wiring", "commands", "checking", "layout", "guards", "tables", "terms_in_templates"}


def features():
    """The folders of audit_app that have routes, lowest first, as the import fences order them."""
    folders = {path.parent.name for path in (source.ROOT / "audit_app").glob("*/routes.py")}
    fences = tomllib.loads((source.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(fence["layers"] for fence in fences if fence.get("containers") == ["audit_app"])
    names = [re.findall(r"\w+", layer) for layer in reversed(layers)]
    ordered = [name for layer in names for name in layer if name in folders]
    assert set(ordered) == folders, f"not in the order of pyproject.toml: {folders - set(ordered)}"
    return ordered


FEATURES = features()


def feature_of(name):
    """The feature a module belongs to, whichever of its rooms it stands in; None for plumbing."""
    parts = name.split(".")
    return parts[1] if len(parts) > 2 and parts[0] == "audit_app" and parts[1] in FEATURES else None


def words_of(name):
    """What the rules go by in a module's name: the first word of its file, and `access` for what it holds."""
    last = name.split(".")[-1].split("_")[0]
    return {last, *({"access"} if ".access." in name else set())}


def rank_of(name):
    """How high a module stands in its feature: by the first word of its file's name."""
    return RANKS.get(name.split(".")[-1].split("_")[0], A_WORD)


IN_FEATURES = [path for path in source.modules() if feature_of(source.name_of(path)) and path.name != "__init__.py"]
BY_NAME = {source.name_of(path): path for path in source.modules()}


def imports_within(path):
    """The modules of its own feature that a file imports, from whichever room."""
    own = feature_of(source.name_of(path))
    named = set()
    for node in source.walk(source.tree_of(path)):
        for name in source.imported(node):
            inner = (
                {f"{name}.{alias.name}" for alias in getattr(node, "names", [])}
                if isinstance(node, ast.ImportFrom)
                else set()
            )
            named |= {module for module in inner | {name} if module in BY_NAME and feature_of(module) == own}
    return {module for module in named if BY_NAME[module].name != "__init__.py"}


def test_features_are_read_from_the_tree():
    assert FEATURES[0] == "people"
    assert FEATURES.index("library") < FEATURES.index("audits") < FEATURES.index("improvement")


def test_no_arrow_inside_a_feature_runs_back_up():
    above = {}
    for path in IN_FEATURES:
        name = source.name_of(path)
        above[name] = {
            other for other in imports_within(path) if rank_of(other) > rank_of(name) and ".access." not in other
        }
    assert {name: others for name, others in above.items() if others} == {}


def test_the_ranks_are_told_apart():
    order = ["actions.routes_steps", "forms_details", "actions.service", "queries", "stages", "tables"]
    ranks = [rank_of(f"audit_app.audits.{name}") for name in order]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)


def modules_in(folder):
    return [path for path in folder.glob("*.py") if path.name != "__init__.py"]


def test_no_folder_holds_more_than_a_person_takes_in():
    folders = {path.parent for path in source.modules() if path.parent.name != "versions"}
    full = {}
    for folder in folders:
        name = ".".join(folder.relative_to(source.ROOT).parts)
        if len(modules_in(folder)) > MORE_MODULES.get(name, MOST_MODULES):
            full[name] = len(modules_in(folder))
    assert full == {}


def test_a_room_that_may_be_fuller_is_named_in_readme_with_its_reason():
    readme = (source.ROOT / "README.md").read_text("utf-8")
    assert [name for name, most in MORE_MODULES.items() if f"`{name.split('.')[-1]}/`" not in readme] == []


def is_protocol(node):
    return isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Protocol" for base in node.bases)


def takes_session(argument):
    """Whether an argument is a session, or says in its annotation that it may be one, or a connection."""
    names = {
        getattr(node, "id", getattr(node, "attr", ""))
        for node in (source.walk(argument.annotation) if argument.annotation else ())
    }
    return argument.arg == "session" or bool(names & {"Session", "AuditSession", "Connection"})


def sessions_taken(tree):
    """The functions that ask for a session; the shapes of functions that others give are not among them."""
    shapes = {id(inner) for node in source.walk(tree) if is_protocol(node) for inner in source.walk(node)}
    return [
        node.name
        for node in source.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and id(node) not in shapes
        and any(takes_session(argument) for argument in [*node.args.args, *node.args.kwonlyargs])
    ]


def test_a_word_is_pure():
    """A module not named for its reads, writes or pages decides without a database."""
    asking = {}
    for path in IN_FEATURES:
        name = source.name_of(path)
        if not words_of(name) & set(HOLDS_A_SESSION):
            asking[name] = sessions_taken(source.tree_of(path))
    assert {name: functions for name, functions in asking.items() if functions} == {}


HAS_VIEWS = re.compile(r"^@blueprint\.(get|post|route)\(", re.M)
ENDPOINT = re.compile(r"""['"](\w+)\.(\w+)['"]""")


def lines_with_places():
    """Every line of Python and of templates, with the feature it belongs to; None for plumbing."""
    app = source.ROOT / "audit_app"
    for path in sorted([*app.rglob("*.py"), *app.rglob("*.html")]):
        parts = path.relative_to(app).parts
        first = parts[1] if parts[0] == "templates" else parts[0]
        owner = first.removesuffix(".py")
        if owner in ABOVE_FEATURES:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            yield owner if owner in FEATURES else None, f"{path.relative_to(source.ROOT)}:{number}", line


def endpoints_above(owner, line, views):
    """The pages of higher features that a line names."""
    rank = FEATURES.index(owner) if owner else 0
    named = [(feature, f"{feature}.{view}") for feature, view in ENDPOINT.findall(line) if feature in FEATURES]
    return [endpoint for feature, endpoint in named if endpoint in views and FEATURES.index(feature) > rank]


def test_a_lower_feature_names_no_page_of_a_higher_one(app):
    """What leads upward is handed in from above: `wiring.py` says where each way leads (`ways.py`)."""
    named = {place: endpoints_above(owner, line, app.view_functions) for owner, place, line in lines_with_places()}
    assert {place: endpoints for place, endpoints in named.items() if endpoints} == {}


def test_every_way_that_is_asked_for_is_offered_and_every_one_offered_is_asked_for(app):
    asked = set()
    for _, _, line in lines_with_places():
        asked |= set(re.findall(r"""(?:way_to|is_open)\(\s*['"]([^'"]+)['"]""", line))
    assert asked == set(app.extensions["ways"])
    assert set(app.extensions["ways"].values()) <= set(app.view_functions)


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_gathers_its_pages_in_one_way(feature):
    """`routes.py` names in PAGES each module of the feature, in whichever room, that has views of its own."""
    gathering = source.tree_of(source.ROOT / "audit_app" / feature / "routes.py")
    with_views = {
        source.name_of(path)
        for path in (source.ROOT / "audit_app" / feature).rglob("routes*.py")
        if path != source.ROOT / "audit_app" / feature / "routes.py" and HAS_VIEWS.search(path.read_text("utf-8"))
    }
    imported = {
        f"{node.module}.{alias.name}": alias.asname or alias.name
        for node in gathering.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    pages = next(
        (node.value for node in gathering.body if isinstance(node, ast.Assign) and node.targets[0].id == "PAGES"), None
    )
    named = {element.id for element in pages.elts} if pages else set()
    assert {module for module in with_views if imported.get(module) not in named} == set()
    assert named <= {imported[module] for module in with_views}


def test_every_feature_is_wired():
    wiring = (source.ROOT / "audit_app" / "wiring.py").read_text("utf-8")
    gathered = re.search(r"^FEATURES = \((.*?)\)", wiring, re.M | re.S)[1]
    assert [feature for feature in FEATURES if f"{feature}_routes" not in gathered] == []


def test_the_rules_bite():
    """Each broken once: what it should refuse, it refuses."""
    assert sessions_taken(ast.parse("def decide(session, day): ..."))
    assert sessions_taken(ast.parse("def decide(where: Session | sa.Connection): ..."))
    assert endpoints_above("library", "url_for('audits.show')", {"audits.show"}) == ["audits.show"]
    assert endpoints_above(None, 'url_for("home.index")', {"home.index"}) == ["home.index"]
    assert endpoints_above("home", "url_for('audits.show')", {"audits.show"}) == []
