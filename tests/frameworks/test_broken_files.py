"""Real editions broken with a fixed seed: each is read or refused with faults; 3,000 of them in `make proof`."""

import random

from frameworks import reader
from frameworks.files.faults import BrokenEdition
from tests.frameworks import broken_editions

SEED = 20260401


def test_a_broken_folder_gives_faults_in_words_and_never_anything_else():
    unhandled, refused = broken_editions.run(SEED, 25)
    assert unhandled == []
    assert refused > 10


def test_a_broken_set_beside_its_bank_gives_faults_in_words(small):
    contents = {file: (small / file).read_bytes() for file in ("edition.yaml", "bank.yaml", "protection.yaml")}
    chance = random.Random(SEED)
    for _ in range(20):
        file = chance.choice(sorted(contents))
        broken = contents | {file: broken_editions.with_spoilt_text(contents[file], chance)}
        try:
            reader.read_files("small-1", broken, lambda other: None)
        except BrokenEdition as error:
            assert error.faults
            assert all(broken_editions.told(fault) for fault in error.faults)


def test_the_control_an_unbroken_edition_is_read():
    folder = reader.SETS / "ofsted-2012"
    contents = {"edition.yaml": (folder / "edition.yaml").read_bytes()}
    assert reader.read_files(folder.name, contents, lambda other: None).edition.id == "ofsted-2012"


def test_the_control_a_reader_that_breaks_is_seen():
    def raises(*_):
        raise RecursionError("broken on purpose")

    assert len(broken_editions.run(SEED, 10, read=raises)[0]) == 10
