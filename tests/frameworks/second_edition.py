"""A shelf whose second edition of the case audit, `case-audit-2`, asks what the first asks, from a day of a test."""

import shutil

from frameworks import reader

FIRST, SECOND = "case-audit-1", "case-audit-2"
FAMILY_LINE = f"editions: [{FIRST}, {SECOND}]"


def swapped(text, old, new):
    """The text with the first place of some words changed; they must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


def shelve(folder, monkeypatch, *, valid_from="2027-04-01", first_valid_to=None, family=(FIRST, SECOND)):
    """Make the shelf in an empty folder, and have the reader read there until the test ends.

    The second edition asks what the first asks. Nothing that was read elsewhere is forgotten.

    Args:
        folder: Where to make it.
        monkeypatch: Puts the reader back.
        valid_from: The first day of the second edition.
        first_valid_to: The last day of the first edition; None while it has none.
        family: The editions of the case audit as crosswalk.yaml lists them.
    """
    sets = folder / "sets"
    shutil.copytree(reader.SETS, sets)
    shutil.rmtree(sets / SECOND)
    shutil.copytree(sets / FIRST, sets / SECOND)
    first, second = sets / FIRST / "edition.yaml", sets / SECOND / "edition.yaml"
    text = swapped(second.read_text("utf-8"), f"id: {FIRST}", f"id: {SECOND}")
    second.write_text(swapped(text, "valid_from: 2026-04-01", f"valid_from: {valid_from}"), "utf-8")
    if first_valid_to:
        dates = f"valid_from: 2026-04-01\nvalid_to: {first_valid_to}"
        first.write_text(swapped(first.read_text("utf-8"), "valid_from: 2026-04-01", dates), "utf-8")
    crosswalk = folder / "crosswalk.yaml"
    text = swapped(reader.CROSSWALK.read_text("utf-8"), FAMILY_LINE, f"editions: [{', '.join(family)}]")
    of_both = (line for line in text.splitlines() if f"from: {SECOND}/" not in line)
    crosswalk.write_text("\n".join(of_both), "utf-8")
    for other in set(reader.edition_ids()) - {FIRST, SECOND}:  # the same files as before: they need not be read again
        monkeypatch.setitem(reader._kept, sets / other, reader.held(other))
    monkeypatch.setattr(reader, "SETS", sets)
    monkeypatch.setattr(reader, "CROSSWALK", crosswalk)
