"""How much memory a process has used at most, and uses now: its own, never that of the process that started it."""

from pathlib import Path


def peak_mib(process="self"):
    """The most a process has held since it began to run its program (VmHWM); what its parent held does not count."""
    return _kib(Path(f"/proc/{process}/status"), "VmHWM") / 1024


def own_mib(process="self"):
    """What it holds now, each page that several processes share counted in equal parts (PSS)."""
    return _kib(Path(f"/proc/{process}/smaps_rollup"), "Pss") / 1024


def _kib(path, name):
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(f"{path} says nothing of {name}.")
