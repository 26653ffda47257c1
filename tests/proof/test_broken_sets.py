"""10,000 generated broken question sets, as YAML, as workbooks read and as real files: not one goes unanswered.

The control stands beside the hundred of every test run.
"""

import pytest

from tests.audit_app.library.own_sets.broken_sets import Broken

FILES, PART = 10_000, 200


@pytest.mark.parametrize("seed", range(FILES // PART))
def test_ten_thousand_broken_files_are_each_answered(seed):
    run = Broken(1_000 + seed).run(PART)
    assert run.unhandled == []
    assert run.told["refused"] > run.told["sound"]
