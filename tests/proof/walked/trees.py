"""Bare machines as folders: a tree of Debian 12 made by debootstrap, another with PostgreSQL, and layers over them."""

import subprocess
from pathlib import Path

DEBIAN, ADDRESS = "bookworm", "http://deb.debian.org/debian"
# What install.md says a server has, the programs its commands call, and what boots it; a clock that can be set back.
BARE = (
    "systemd", "systemd-sysv", "dbus", "iproute2", "procps", "adduser", "ca-certificates", "curl", "openssl",
    "python3", "python3-venv", "nginx-light", "libfaketime",
)  # fmt: skip
MORE = ("postgresql",)


def bare_trees(folder):
    """The two trees, made where they are missing: several minutes the first time. Needs root and the network."""
    plain, with_database = folder / "bare", folder / "bare-with-postgresql"
    if not (folder / "bare.made").exists():
        words = ["debootstrap", "--variant=minbase", f"--include={','.join(BARE)}", DEBIAN, str(plain), ADDRESS]
        run(*words)
        (folder / "bare.made").touch()
    if not (folder / "bare-with-postgresql.made").exists():
        run("cp", "-a", f"{plain}/.", str(with_database))
        run("chroot", str(with_database), "apt-get", "install", "-y", "-qq", "--no-install-recommends", *MORE)
        (folder / "bare-with-postgresql.made").touch()
    return plain, with_database


def layer_over(tree, folder):
    """A machine's own folder: what it writes lies in a layer over the tree, which stays bare."""
    for name in ("upper", "work", "tree"):
        (folder / name).mkdir(parents=True)
    layers = f"lowerdir={tree},upperdir={folder / 'upper'},workdir={folder / 'work'}"
    run("mount", "-t", "overlay", "overlay", "-o", layers, str(folder / "tree"))
    return folder / "tree"


def small_disk(folder, megabytes, place):
    """A disk of its own, of so many megabytes, at a place."""
    image = folder / "disk.img"
    with image.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    run("mkfs.ext4", "-q", "-m", "0", str(image))
    Path(place).mkdir(parents=True, exist_ok=True)
    run("mount", "-o", "loop", str(image), str(place))


def run(*words):
    """A program of this machine; stops with what it said."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout
