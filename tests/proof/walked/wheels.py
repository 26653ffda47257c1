"""What was handed over: the wheel of this tree, the wheel of an earlier release, and the folder of wheels they need.

The earlier release is this repository as it stood before the fifth last change of the database, under another version.
Nothing is built inside the tree or with packages added to its environment.
"""

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BIN = ROOT / ".venv" / "bin"
STEPS = ROOT / "audit_app" / "migrations" / "versions"
BUILT = ("audit_app/static/govuk", "audit_app/paper/fonts")
EARLIER, STEPS_BACK = "0.0.9", 5


class NoWheel(Exception):
    """A wheel could not be built, or what it needs not be fetched; the message says why."""


def hand_over(folder):
    """Both wheels and the folder `wheels`; the paths of all three.

    What install.md says of a server without an index: everything the wheel needs is fetched beforehand, by the lock.
    """
    needed = folder / "wheels"
    if not (folder / "wheels.made").exists():
        fetch(needed)
        (folder / "wheels.made").touch()
    return this_release(folder), earlier_release(folder), needed


def fetch(needed):
    """The packages of the run lock and the object store's client."""
    with_pip = needed.parent / "fetching"
    run("python3", "-m", "venv", str(with_pip))
    pip = str(with_pip / "bin" / "pip")
    ours = ("--only-binary", ":all:", "--dest", str(needed))
    run(pip, "download", "-q", "--require-hashes", *ours, "-r", str(ROOT / "requirements" / "run.lock"))
    run(pip, "download", "-q", "--no-deps", *ours, locked("obstore"))


def locked(name):
    """A package as the development lock pins it, its hashes left out."""
    return re.search(rf"^{name}==\S+", (ROOT / "requirements" / "dev.lock").read_text("utf-8"), re.MULTILINE)[0]


def this_release(folder):
    """Today's tree as it lies here, committed or not."""
    source = fresh(folder / "source-now")
    for name in run("git", "ls-files", "-co", "--exclude-standard").splitlines():
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    return built(source, folder / "now")


def earlier_release(folder):
    """The tree before the oldest of the last few database steps came in, called by an earlier version."""
    source = fresh(folder / "source-earlier")
    archive = folder / "earlier.tar"
    run("git", "archive", "--output", str(archive), _last_without(STEPS_BACK))
    run("tar", "-xf", str(archive), "-C", str(source))
    names = source / "pyproject.toml"
    names.write_text(
        re.sub(r'^version = ".+"$', f'version = "{EARLIER}"', names.read_text("utf-8"), flags=re.MULTILINE)
    )
    return built(source, folder / "earlier")


def _last_without(steps):
    """The newest commit whose database has the steps of today but the last few, or even fewer.

    Steps of changes made side by side were numbered anew when they were joined: a tree of before that has others.
    """
    today = [path.name for path in sorted(STEPS.glob("0*.py"))]
    place = f"{STEPS.relative_to(ROOT)}/"
    for commit in run("git", "rev-list", "--date-order", "HEAD").split():
        names = {Path(name).name for name in run("git", "ls-tree", "--name-only", commit, place).split()}
        then = sorted(name for name in names if name.startswith("0"))
        if then and then == today[: len(then)] and len(then) <= len(today) - steps:
            return commit
    raise NoWheel(f"No commit has the steps of the database but the last {steps}.")


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def built(source, place):
    """The wheel of a source tree, with the page styles that stand here; its path."""
    for part in BUILT:
        shutil.copytree(ROOT / part, source / part, dirs_exist_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    words = ("--wheel", "--quiet", "--no-build-isolation", "--python", str(BIN / "python"), "--out-dir", str(place))
    run(str(BIN / "uv"), "build", *words, str(source))
    (wheel,) = place.glob("*.whl")
    return wheel


def run(*words):
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoWheel(f"{' '.join(words)} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    return done.stdout
