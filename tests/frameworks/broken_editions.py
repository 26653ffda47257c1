"""Folders of real editions broken from a seed: spoilt lines, bytes and values; each is read or refused with faults."""

import io
import random
import warnings

from ruamel.yaml import YAML

from frameworks import reader
from frameworks.files.faults import BrokenEdition

LITTER = [
    *(b"\xff", b"\x00", b"\t", b"\r", b"{", b"}", b"[", b"]", b":", b"- ", b"'", b'"', b"&a ", b"*a ", b"!!set "),
    *(b"? ", b"%YAML 1.1\n---\n", b"<<: ", b"yes", b"2026-02-31", b"1e999999", b".nan", b"0x", b"9" * 5000),
    *(b"\xed\xa0\x80", b'"\\ud800"', b"null", b"true", b"|\n", b">\n"),
    *(b"---\n", b"...\n", b"#", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"~"),
]  # fmt: skip
ODD = (
    None, "", " ", True, 0, -1, 36, 101, 2**70, 0.5, [], {}, [[]], {"": ""}, "ratings", "no-such-scale", "inadequate",
    "HP", "LEAD", "outcome_1", "ours", "unverified", "2026-02-30", "é" * 300, "x" * 9_000, "\u202e", "a\x00b",
    ["HP", "HP"], ["XX"], {"areas": ["HP"], "graded": []}, "2020-01-01", "national-framework-2023",
)  # fmt: skip
# The long editions take a fifth of a second each to refuse, so they come seldom.
SHORT = ("hmip-youth-2021", "area-send-2023", "hmip-youth-2025", "lga-peer-2012", "ofsted-2012", "sif-2013")
LONG = ("jtai-2022", "ilacs-2025", "national-framework-2023", "case-audit-1")


def files_of(name):
    """The edition file of a folder, and for the case audit its bank too, which is slow to read."""
    names = ("edition.yaml", "bank.yaml") if name == "case-audit-1" else ("edition.yaml",)
    return {file: (reader.SETS / name / file).read_bytes() for file in names}


def with_spoilt_text(content, chance):
    """The bytes of a file with a line or a few bytes spoilt."""
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


def with_spoilt_values(content, chance):
    """A file whose YAML is right and whose values are not: one gone, twice there, renamed, or another."""
    value = YAML(typ="safe", pure=True).load(content)
    for _ in range(chance.randint(1, 3)):
        spoil(value, chance)
    stream = io.StringIO()
    YAML(typ="safe", pure=True).dump(value, stream)
    return stream.getvalue().encode("utf-8", "replace")


def a_place(value, chance):
    """Somewhere in a tree of dicts and lists: what holds the place, and its key; None for a tree without one."""
    holders, open_ones = [], [value]
    while open_ones:
        one = open_ones.pop()
        inner = list(one.values()) if isinstance(one, dict) else one
        holders += [one] if inner else []
        open_ones += [each for each in inner if isinstance(each, dict | list) and each]
    if not holders:
        return None
    holder = chance.choice(holders)
    return holder, chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))


def spoil(value, chance):
    """One place somewhere in the tree."""
    found = a_place(value, chance)
    if found is None:
        return
    holder, key = found
    match chance.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.append(holder[key])
        case 1 if isinstance(holder, dict) and "id" in holder:
            holder["weight"] = chance.choice((10, 60, -5, "half"))
        case 1:
            holder[f"{key}s"] = holder[key]
        case _:
            holder[key] = chance.choice(ODD)


def run(seed, count, read=reader.read_files):
    """Read so many broken folders.

    Returns:
        What was neither read nor refused with faults that can be read, and how many were refused.
    """
    chance, unhandled, refused = random.Random(seed), [], 0
    for done in range(count):
        name = chance.choice(LONG if done % 25 == 24 else SHORT)
        contents = files_of(name)
        file = chance.choice(sorted(contents))
        break_it = with_spoilt_values if done % 2 and file == "edition.yaml" else with_spoilt_text
        contents |= {file: break_it(contents[file], chance)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                read(name, contents, areas_of)
            except BrokenEdition as error:
                refused += 1
                unhandled += [(name, str(fault)) for fault in error.faults if not told(fault)]
                unhandled += [] if error.faults else [(name, "refused without a fault")]
            except Exception as error:  # the very thing that is counted
                unhandled.append((name, f"{type(error).__name__}: {error}"[:300]))
    return unhandled, refused


def areas_of(edition_id):
    """No other edition is there, but for the one whose tags are used."""
    return frozenset({"O1", "O2", "E1"}) if edition_id == "national-framework-2023" else None


def told(fault):
    """Whether a fault is a sentence that can be shown, with a line that there can be."""
    said = str(fault)
    return fault.message.endswith((".", "?")) and said.isprintable() and (fault.line is None or fault.line >= 1)
