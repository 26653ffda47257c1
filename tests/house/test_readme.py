"""README: every setting is in it, and its tree is the real one."""

import re

from audit_app.config import DEFAULTS
from tests.house import source

README = (source.ROOT / "README.md").read_text("utf-8")
PATH = re.compile(r"[A-Za-z_][\w.]*/|[A-Za-z_][\w]*\.(?:py|toml|txt|md|sh|yaml)")
NOT_LISTED = {"__init__.py", "__pycache__", "README.md"}
# Made beside the sources by tools, and kept out of the repository.
MADE = {"build", "dist", "data", "node_modules"}


def listed():
    """What README's tree names, by the top-level folder it stands under."""
    tree = README.split("```\n.\n", 1)[1].split("```", 1)[0]
    found, top = {}, ""
    for line in tree.splitlines():
        entry = re.match(r"[├└]── (\w+)/", line)
        top = entry[1] if entry else top
        if re.match(r"[│ ] {3}[├└]── ", line):
            left = re.split(r"\s{3,}", line[8:])[0]
            found.setdefault(top, set()).update(name.rstrip("/") for name in PATH.findall(left))
    return found


def real(folder):
    """What stands directly in a folder."""
    places = {path.name for path in (source.ROOT / folder).iterdir() if not path.name.startswith(".")}
    return {name for name in places if not name.endswith(".pyc")} - NOT_LISTED - MADE


def test_every_setting_is_in_readme():
    assert [name for name in DEFAULTS if f"`{name}`" not in README] == []


def test_the_tree_in_readme_is_the_real_one():
    tree = listed()
    for folder in ("frameworks", "findings", "audit_app", "tests"):
        assert tree[folder] == real(folder), folder


def test_each_package_has_a_readme_of_its_own():
    assert [one for one in source.PACKAGES if not (source.ROOT / one / "README.md").is_file()] == []


def test_nothing_names_a_path_of_one_machine_or_a_registry():
    hosts = re.compile(
        r"https?://[^ \"]*(/simple/|\.whl|\.tgz)|files\.pythonhosted|registry\.npmjs|(?<![\w.])/(?:wo" + r"rk|farm)/"
    )
    texts = [path for path in source.ROOT.glob("*.*") if path.is_file()] + source.modules()
    found = [
        str(path) for path in texts if path.suffix in {".py", ".md", ".toml"} and hosts.search(path.read_text("utf-8"))
    ]
    assert found == []
