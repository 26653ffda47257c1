"""1,000 hostile texts through every block of a document: nothing acts, nothing is embedded (PD-2).

The control stands beside the sixty of every test run.
"""

import pytest
from PIL import Image

from audit_app.paper import blocks, document
from tests.audit_app.paper.test_text import dangers, hostile_texts

TEXTS = 1_000
PART = 100


@pytest.mark.parametrize("first", range(0, TEXTS, PART))
def test_a_thousand_hostile_texts_build_and_nothing_acts_pd_2(tmp_path, first):
    picture = tmp_path / "secret.png"
    Image.new("RGB", (9, 7), "red").save(picture)
    texts = list(hostile_texts(picture, TEXTS))[first : first + PART]
    story = []
    for words in texts:
        story += [*blocks.heading(words, 2), *blocks.paragraph(words), *blocks.note(words, title=words)]
        story += blocks.bullets([words])
    story += blocks.table(["One", "Two"], [[words, words] for words in texts], caption=texts[0])
    described = document.PrintedDocument(title=texts[1], marking="OFFICIAL-SENSITIVE", reference="PCK-0005")
    assert dangers(document.build(described, story)) == []
