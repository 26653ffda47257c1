"""A copy of the tree where one module at a time is changed, its tests are run and its fate is said."""

import json
import os
import shutil
import subprocess
import sys
from enum import StrEnum, auto

from tests.proof import reached, warm_runs
from tests.proof.mutants import ROOT

COPIED = ("audit_app", "findings", "frameworks", "requirements", "tests", "pyproject.toml", "Makefile", "README.md")
RULER = "tests/frameworks"
GOOD = {"0", "5"}  # no failure, and no test at all
FAILED = "1"  # a test that fails or cannot be set up
NOT_COLLECTED = {"2", "4"}  # a file of tests that cannot be read; tests asked for by name that stood in one
SECONDS_AT_MOST, SECONDS_TO_BEGIN = 1_800, 60


class Fate(StrEnum):
    """What became of a change."""

    noticed = auto()  # a test failed
    left = auto()  # none did
    late = auto()  # the tests did not end: nobody was told what is wrong
    unread = auto()  # the module or its tests cannot be read any more: no test was needed to say so


class Runs:
    """A process that runs tests on request, in a fork each."""

    def __init__(self, folder, *collected):
        self._log = folder / "log"
        environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        environment.setdefault("AUDIT_TEST_DOCUMENTS", str(ROOT.parent / "shared"))
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [sys.executable, warm_runs.__file__, *collected]
        self._process = subprocess.Popen(command, cwd=folder, env=environment, **pipes)
        assert self._process.stdout.readline() == "ready\n"

    def answer(self, **wish):
        """The exit code of a run, or a word in its place."""
        print(json.dumps({"log": str(self._log), **wish}), file=self._process.stdin, flush=True)
        return self._process.stdout.readline().strip()

    def said(self):
        """The end of what the last run said."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def failed(self):
        """The test that failed in the last run."""
        return warm_runs.failed_beside(self._log).read_text(encoding="utf-8")

    def close(self):
        """End the process."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Copy:
    """A copy of the tree, one run at a time.

    Two processes run its tests: one reads the product anew each time, the other has read product and tests when it is
    asked and is given a changed function in place, which is many times as quick.
    """

    def __init__(self, folder, *, without_tests=()):
        self._folder = folder
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", *without_tests))
            else:
                shutil.copy(source, folder / name)
        # A provider and an object store of our own: where they are missing, their tests are passed over.
        (folder / "build").mkdir()
        (folder / "build" / "servers").symlink_to(ROOT / "build" / "servers")
        self._passing = set()
        self._reach, self._read_already = None, None
        self._runs = Runs(folder)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._runs.close()
        if self._read_already:
            self._read_already.close()

    def watch(self, paths, tests):
        """Run these tests once and note which of them run which lines of these modules.

        Raises AssertionError when one of them fails without any change.
        """
        kept_in = str(self._folder / "reached")
        watched = {"files": [str(self._folder / path) for path in paths], "kept_in": kept_in}
        arguments = _arguments(tests)
        good = self._runs.answer(seconds=SECONDS_AT_MOST, arguments=arguments, watched=watched) in GOOD
        assert good, f"fails without any change:\n{self._runs.said()}"
        self._reach = reached.Reach(kept_in)
        self._read_already = Runs(self._folder, *arguments)

    def fate(self, mutant, suites):
        """What became of a change: of the tests that run its line, where that was watched, those are asked alone.

        Raises AssertionError when the test that failed fails without the change too: it would notice anything.
        """
        place = self._folder / mutant.path
        running = self._reach and self._reach.suites_of(place, mutant.line)
        if running is None and not self._can_be_read(mutant):
            return Fate.unread
        in_place = running is not None
        asked = running if in_place else self._of_module(place, suites)
        fates = (self._fate(mutant, suite, in_place=in_place) for suite in map(tuple, asked) if suite)
        return next((fate for fate in fates if fate is not Fate.left), Fate.left)

    def _of_module(self, place, suites):
        running = self._reach.suites_of_module(place) if self._reach else []
        if not running:
            return suites
        quickest, files = running
        return [quickest, list(dict.fromkeys([*files, *suites[0]]))]

    def _fate(self, mutant, suite, *, in_place):
        runs, code = self._changed_run(mutant, suite, in_place=in_place)
        if code == warm_runs.LATE:
            return Fate.late
        if code in GOOD:
            return Fate.left
        if code != FAILED:
            assert code in NOT_COLLECTED, f"pytest ended with {code}:\n{runs.said()}"
            return Fate.unread
        self._see_it_pass_unchanged(runs.failed())
        return Fate.noticed

    def _changed_run(self, mutant, suite, *, in_place):
        seconds = SECONDS_TO_BEGIN + 10 * (self._reach.seconds_of(suite) if self._reach else SECONDS_TO_BEGIN)
        wish = {"seconds": seconds, "arguments": _arguments(suite)}
        place = self._folder / mutant.path
        with _Changed(place, mutant.code) as was:
            if in_place:
                code = self._read_already.answer(**wish, changed=[str(place), was, mutant.code])
                if code != warm_runs.UNFIT:
                    return self._read_already, code
            return self._runs, self._runs.answer(**wish)

    def _can_be_read(self, mutant):
        name = ".".join((self._folder / mutant.path).relative_to(self._folder).with_suffix("").parts)
        with _Changed(self._folder / mutant.path, mutant.code):
            return self._runs.answer(seconds=SECONDS_AT_MOST, reads=name.removesuffix(".__init__")) == "0"

    def _see_it_pass_unchanged(self, test):
        if test in self._passing:
            return
        runs = self._read_already or self._runs
        good = runs.answer(seconds=SECONDS_AT_MOST, arguments=_arguments((test,))) in GOOD
        assert good, f"{test} fails without any change:\n{runs.said()}"
        self._passing.add(test)


class _Changed:
    """A module with other words in it, for a while."""

    def __init__(self, place, code):
        self._place, self._code = place, code

    def __enter__(self):
        self._was, self._times = self._place.read_text(encoding="utf-8"), self._place.stat()
        self._place.write_text(self._code, encoding="utf-8")
        return self._was

    def __exit__(self, *_error):
        self._place.write_text(self._was, encoding="utf-8")
        os.utime(self._place, ns=(self._times.st_atime_ns, self._times.st_mtime_ns))


def _arguments(suite):
    # The ruler's tests need nothing of the application, which takes long to read: its conftest is not looked for.
    apart = [f"--confcutdir={RULER}"] if suite[0].startswith(RULER) else []
    return ["-x", "-q", "-p", "no:cacheprovider", *apart, *suite]
