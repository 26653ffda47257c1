"""Which tests run which line, measured in one run, so that a mutant meets the tests that could notice it and no others.

A test that runs none of a statement's lines cannot notice a change in it. What is run while a module is read belongs to
no test; what a fixture of a whole file runs belongs to the first test of that file.
"""

import ast
from collections import defaultdict
from pathlib import Path

import coverage
import pytest

AT_ONCE = 40


class Watcher:
    """A plugin of pytest that notes, test by test, which lines of some files are run, and how long each test took."""

    def __init__(self, files, kept_in):
        self._coverage = coverage.Coverage(data_file=kept_in, include=files, config_file=False)
        self._seconds = Path(f"{kept_in}.seconds")
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        """One context a test, from the first fixture to the last."""
        self._coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._coverage.switch_context("")

    def pytest_runtest_logreport(self, report):
        """How long each part of a test took."""
        with self._seconds.open("a", encoding="utf-8") as lines:
            lines.write(f"{report.duration}\t{report.nodeid}\n")

    def pytest_sessionfinish(self):
        """Keep what was noted."""
        self._coverage.stop()
        self._coverage.save()


class Reach:
    """What a watched run noted: the tests of each line, the quickest first."""

    def __init__(self, kept_in):
        self._data = coverage.CoverageData(kept_in)
        self._data.read()
        self._files = {str(Path(file).resolve()): file for file in self._data.measured_files()}
        self._seconds = defaultdict(float)
        for line in Path(f"{kept_in}.seconds").read_text(encoding="utf-8").splitlines():
            seconds, test = line.split("\t", 1)
            self._seconds[test] += float(seconds)

    def tests_of(self, file, line):
        """The tests that run the statement at a line, the quickest first; None where it is run while it is read."""
        tests = set()
        by_line = self._data.contexts_by_lineno(self._files.get(str(Path(file).resolve()), ""))
        for each in lines_of_statement(Path(file).read_text(encoding="utf-8"), line):
            tests |= set(by_line.get(each, ()))
        if "" in tests:
            return None
        return sorted(tests, key=self._order)

    def seconds_of(self, suite):
        """How long these tests, files and folders of tests took while they were watched."""
        return sum(seconds for test, seconds in self._seconds.items() if test.startswith(tuple(suite)))

    def suites_of(self, file, line):
        """What to ask about a mutant there: the quickest few, then each file where a test runs it; None as above."""
        tests = self.tests_of(file, line)
        return None if tests is None else self._in_two_steps(tests)

    def suites_of_module(self, file):
        """The same for what is run while a module is read: whatever runs any line of it."""
        by_line = self._data.contexts_by_lineno(self._files.get(str(Path(file).resolve()), ""))
        tests = {test for several in by_line.values() for test in several} - {""}
        return self._in_two_steps(sorted(tests, key=self._order))

    def _order(self, test):
        return self._seconds[test], test

    def _in_two_steps(self, tests):
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        return [tests[:AT_ONCE], files] if tests else []


def lines_of_statement(source, line):
    """The lines of the innermost statement that a line stands in; of one with a body, only its head."""
    narrowest = range(line, line + 1)
    widest = None
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) or not hasattr(node, "lineno"):
            continue
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else node.end_lineno
        lines = range(node.lineno, max(last, node.lineno) + 1)
        if line in lines and (widest is None or len(lines) <= len(widest)):
            widest = lines
    return widest or narrowest
