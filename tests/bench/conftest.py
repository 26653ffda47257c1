"""The figures: measured three times between two readings of a yardstick, told at the end with which fall short."""

import pytest

from tests.bench.figures import Figures


@pytest.fixture(scope="session")
def figures(request):
    """Where each benchmark leaves its figure."""
    kept = Figures()
    yield kept
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    reporter.ensure_newline()
    for line in kept.lines():
        reporter.write_line(line)
