"""3,000 broken folders of the editions that come with the product: not one goes unanswered.

The control stands beside the 120 of every test run.
"""

import pytest

from tests.frameworks import broken_editions

FOLDERS, PART = 3_000, 100


@pytest.mark.parametrize("seed", range(FOLDERS // PART))
def test_every_broken_folder_is_answered(seed):
    unhandled, refused = broken_editions.run(5_000 + seed, PART)
    assert unhandled == []
    assert refused > PART // 2
