"""Real published documents for the tests that read them, the libraries' among them."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def documents():
    """The folder of real documents, or a loud skip."""
    folder = Path(os.environ.get("AUDIT_TEST_DOCUMENTS", "../shared"))
    if not folder.is_dir():
        pytest.skip(f"SKIPPED LOUDLY: no real documents at {folder}; set AUDIT_TEST_DOCUMENTS to their folder")
    return folder
