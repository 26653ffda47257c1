"""Real editions broken in 150 ways with a fixed seed: each is read or refused with faults, and nothing else happens."""

import random
import warnings

import pytest

from frameworks import reader
from frameworks.faults import BrokenEdition

SEED, TIMES = 20260401, 150
AREAS = frozenset({"LEAD", "HP", "CIC", "CL"})
LITTER = [
    *(b"\xff", b"\x00", b"\t", b"\r", b"{", b"}", b"[", b"]", b":", b"- ", b"'", b'"', b"&a ", b"*a ", b"!!set "),
    *(b"? ", b"%YAML 1.1\n---\n", b"<<: ", b"yes", b"2026-02-31", b"1e999999", b".nan", b"0x", b"9" * 5000),
    *(b"\xed\xa0\x80", b'"\\ud800"', b"null", b"true", b"|\n", b">\n"),
    *(b"---\n", b"...\n", b"#", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"~"),
]  # fmt: skip


def broken(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    kind = chance.randrange(6)
    place = chance.randrange(len(lines))
    if kind == 0:
        del lines[place]
    elif kind == 1:
        lines.insert(place, lines[chance.randrange(len(lines))])
    elif kind == 2:
        lines[place] = b" " * chance.randrange(1, 9) + lines[place]
    elif kind == 3:
        return content[: chance.randrange(len(content))]
    else:
        at = chance.randrange(len(content))
        return content[:at] + chance.choice(LITTER) + content[at + chance.choice((0, 0, 1, 7)) :]
    return b"".join(lines)


@pytest.fixture
def whole_editions(small):
    """A small edition with bank and set, two real editions, and the real bank on its own, which is slow to read."""
    case = reader.SETS / "case-audit-1"
    files = ("edition.yaml", "bank.yaml", "protection.yaml")
    return [
        ("small-1", {file: (small / file).read_bytes() for file in files}),
        ("ofsted-2012", {"edition.yaml": (reader.SETS / "ofsted-2012" / "edition.yaml").read_bytes()}),
        ("case-audit-1", {"edition.yaml": (case / "edition.yaml").read_bytes()}),
        ("case-audit-1", {file: (case / file).read_bytes() for file in ("edition.yaml", "bank.yaml")}),
    ]


@pytest.mark.parametrize("part", range(10))
def test_a_broken_file_gives_faults_in_words_and_never_anything_else(part, whole_editions):
    chance = random.Random(SEED + part)
    refused = 0
    for _ in range(TIMES // 10):
        name, contents = chance.choices(whole_editions, weights=[8, 4, 2, 1])[0]
        file = chance.choice(sorted(contents))
        contents = contents | {file: broken(contents[file], chance)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                reader.read_files(name, contents, lambda other: None)
            except BrokenEdition as error:
                refused += 1
                assert error.faults
                for fault in error.faults:
                    assert fault.message.endswith((".", "?"))
                    assert str(fault).isprintable()
                    assert fault.line is None or fault.line >= 1
    assert refused


def test_the_control_an_unbroken_edition_is_read():
    folder = reader.SETS / "ofsted-2012"
    contents = {"edition.yaml": (folder / "edition.yaml").read_bytes()}
    assert reader.read_files(folder.name, contents, lambda other: None).edition.id == "ofsted-2012"
