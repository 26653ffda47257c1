"""A reference is found however it was typed, and never within a longer one; documents are read around it."""

import json

import pytest

from audit_app.records.subject_access import documents
from audit_app.records.subject_access.needles import needle


@pytest.mark.parametrize("text", ["G-123456", "g 123456", "G123456.", "(G–123456)", "case G_123456, again"])
def test_a_reference_is_found_however_it_was_typed(text):
    assert needle("G-123456").is_in(text)


@pytest.mark.parametrize("text", ["G-1234567", "AG-123456", "G-12345", "G 123 456 x", "123456", ""])
def test_what_only_looks_like_it_is_not(text):
    assert not needle("G-123456").is_in(text)


def test_a_document_tells_all_of_what_is_named_and_no_more_than_one_text_of_what_mentions():
    pack = json.dumps({
        "title": "Pack", "audits": [
            {"case": "G-123456", "rationale": "Seen alone", "grade": "good"},
            {"case": "G-654321", "rationale": "Another child", "note": "see also G-123456"},
        ],
    })  # fmt: skip
    read = documents.around(pack, (needle("G-123456"),))
    assert "Seen alone" in read and "good" in read
    assert "see also G-123456" in read
    assert "Another child" not in read and "Pack" not in read


def test_a_long_text_is_parted_and_nothing_is_lost():
    text = "ab" * 40_000
    parts = documents.parts(text)
    assert len(parts) == 3 and "".join(parts) == text and max(map(len, parts)) <= 32_767
