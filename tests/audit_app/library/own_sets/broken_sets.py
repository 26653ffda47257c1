"""Question sets broken in every way a person, a spreadsheet or an enemy breaks them, from a seed."""

import io
import random
import unicodedata
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date

import openpyxl
from ruamel.yaml import YAML

from audit_app import limits, sheets
from audit_app.library.own_sets import files as own_set_files
from audit_app.library.own_sets import workbook as own_set_workbook
from audit_app.library.own_sets.given_yaml import parsing
from audit_app.sheets import Page
from frameworks.own_sets import own_set
from frameworks.own_sets import yaml_file as own_yaml
from tests.builders_library import make_document
from tests.frameworks.broken_editions import a_place

ODD = (
    None, "", " ", "yes", "no", True, False, 0, -1, 7, 2**70, 1.5, float("nan"), float("inf"), [], {}, [[]], [None],
    {"": ""}, {"id": "d1"}, "q1", "d1/q1", "d2/q7", "d1", "four-point", "no-such-scale", "HP", "ilacs-2026", "own-x-1",
    "judged", "narrative", "timescale", "=1+1", "@SUM(A1)", "\u202eevil", "é" * 300, "x" * 30_000, "a\x00b", "\ud800",
    "line\nbreak", "\u2028", "<script>", "{{ 7*7 }}", "../../etc/passwd", "%s%n", "9" * 400, "-", "2026-02-30",
    date(2026, 2, 3), b"bytes", "👩‍👧", "*alias", "&anchor", "!!python/object", "~", "ALL", "Good", "core", "full",
)  # fmt: skip
LINES = (
    "- - - -", "  : :", "\t- tab", "*none", "&a [*a]", "!!python/object/apply:os.system ['true']", "%YAML 9", "---",
    "...", "? complex", "key: {a: [}", "'open", '"open', "<<: *x", "id: neglect", "domains: 7", "\ufeff", "\x85", "| ",
)  # fmt: skip


def plain(value):
    """Lists and dicts, which may be changed."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, (tuple, list)) else value


def read_here(data, filename):
    """As the product reads a file, but YAML in this process: ten thousand children would take hours."""
    return own_set_files.read_set_file(data, filename, lambda question: limits.Outcome(parsing.answer(question)))


class Broken:
    """One seed's files; each is read, and whatever is not an answer with a place and a reason is kept as unhandled."""

    def __init__(self, seed, read=read_here, from_book=own_set_files.from_book):
        self.chance = random.Random(seed)
        self.read, self.from_book = read, from_book
        self.sound = make_document(parts=self.chance.choice((1, 2, 3)), each=4)
        self.text = own_yaml.to_yaml(self.sound)
        self.workbook = own_set_workbook.exported(self.sound)
        self.book = sheets.read_book(self.workbook, "sound.xlsx")
        self.unhandled, self.told = [], Counter()

    def run(self, count):
        """Read so many broken files, one in forty of them a real workbook through the confined reader."""
        for done in range(count):
            if done % 40 == 39:
                self.judge(self.broken_workbook(), lambda data: self.read(data, "broken.xlsx"))
            elif done % 3 == 0:
                self.judge(self.broken_lines(), lambda data: self.read(data, "broken.yaml"))
            elif done % 3 == 1:
                self.judge(self.broken_values(), lambda data: self.read(data, "broken.yaml"))
            else:
                self.judge(self.broken_cells(), self.from_book)
        return self

    def judge(self, given, read):
        """Refused with reasons that can be read, or taken because it is sound all the same."""
        try:
            found = read(given)
            if found.own is None:
                self.told["refused"] += 1
                assert found.faults, "refused without a reason"
                for said in found.faults:
                    bad = [c for c in said if unicodedata.category(c) in ("Cc", "Cs") or c in "\u202e\u2028"]
                    assert not bad, f"cannot be shown: {said!r}"
                    assert 10 < len(said) < 2_000, f"not to be read: {said[:100]!r}"
            else:
                self.told["sound"] += 1
                assert not found.faults
                assert own_set.built(found.own, "own-x-1", date(2026, 11, 1)).question_sets
                assert own_set_files.unpacked(own_set_files.packed(found)).own.fingerprint == found.own.fingerprint
        except Exception as fault:  # the very thing that is counted
            self.unhandled.append((f"{type(fault).__name__}: {fault}"[:300], given))

    def broken_lines(self):
        """The file as text, with lines and bytes spoilt."""
        lines, chance = self.text.split("\n"), self.chance
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(lines))
            match chance.randrange(7):
                case 0:
                    del lines[at]
                case 1:
                    lines.insert(at, lines[chance.randrange(len(lines))])
                case 2:
                    lines.insert(at, chance.choice(LINES))
                case 3:
                    lines[at] = " " * chance.randint(1, 5) + lines[at]
                case 4:
                    lines[at] = lines[at].partition(":")[0] + ": " + chance.choice(LINES)
                case 5:
                    lines = lines[: at + 1]
                case _:
                    lines[at] = lines[at].replace(":", chance.choice(("", "::", ": &a", "：")), 1)
            lines = lines or [""]
        data = bytearray("\n".join(lines).encode("utf-8", "surrogatepass"))
        if chance.random() < 0.2 and data:
            for _ in range(chance.randint(1, 5)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)

    def broken_values(self):
        """A file whose YAML is right and whose values are not."""
        value, chance = plain(self.sound.model_dump()), self.chance
        for _ in range(chance.randint(1, 3)):
            self.spoil(value)
        writer, stream = YAML(typ="safe", pure=True), io.StringIO()
        try:
            writer.dump(value, stream)
        except Exception:  # what cannot be written down is not a file
            return b"domains: [" + repr(chance.choice(ODD)).encode("utf-8", "replace")
        return stream.getvalue().encode("utf-8", "replace")

    def spoil(self, value):
        """One place somewhere in the tree gets another value, goes, comes twice or changes its name."""
        found = a_place(value, self.chance)
        if found is None:
            return
        holder, key = found
        match self.chance.randrange(5):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.append(plain(holder[key]))
            case 1:
                holder[f"{key}s"] = holder[key]
            case 2 if isinstance(holder, dict) and "type" in holder:
                # Waits for another question, perhaps for itself, perhaps for one that waits for this.
                other = self.chance.choice(("d1/q1", "d1/q2", "d1/q3", "safe-today", str(holder.get("id"))))
                holder["show_if"] = {"question": other, "answers": self.chance.choice((["inadequate"], [], ["x"], 7))}
            case _:
                holder[key] = self.chance.choice(ODD)

    def broken_cells(self):
        """A workbook whose sheets can be read and whose cells are wrong."""
        chance, pages = self.chance, list(self.book.pages)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(pages))
            rows = [(number, list(cells)) for number, cells in pages[at].rows]
            title = pages[at].title
            match chance.randrange(8):
                case 0:
                    del pages[at]
                    pages = pages or [Page("Set", ())]
                    continue
                case 1:
                    title = chance.choice((title.upper(), title + "2", "Sheet1", "", "Questions", "\u202e"))
                case 2 if rows:
                    rows.append((rows[-1][0] + 1, list(chance.choice(rows)[1])))
                case 3 if rows:
                    del rows[chance.randrange(len(rows))]
                case _ if rows:
                    cells = chance.choice(rows)[1]
                    if cells:
                        odd = chance.choice(ODD)
                        cells[chance.randrange(len(cells))] = "" if odd is None else str(odd).replace("\x00", "")
            pages[at] = Page(title, tuple((number, tuple(cells)) for number, cells in rows))
        return replace(self.book, pages=tuple(pages))

    def broken_workbook(self):
        """A real file: spoilt bytes, spoilt parts of its archive, or what Excel lets people do to it."""
        chance = self.chance
        match chance.randrange(3):
            case 0:
                data = bytearray(self.workbook)
                for _ in range(chance.randint(1, 40)):
                    data[chance.randrange(len(data))] = chance.randrange(256)
                return bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
            case 1:
                return self.spoilt_archive()
            case _:
                return self.what_excel_allows()

    def spoilt_archive(self):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.workbook)) as old, zipfile.ZipFile(out, "w") as new:
            gone = self.chance.choice(old.namelist())
            for name in old.namelist():
                inside = old.read(name)
                if name == gone:
                    if self.chance.random() < 0.4:
                        continue
                    cut = self.chance.randrange(len(inside) or 1)
                    inside = (
                        inside[:cut] + self.chance.choice((b"", b"<", b"\x00", b"&bad;", b"</c></c>")) + inside[cut:]
                    )
                new.writestr(name, inside)
        return out.getvalue()

    def what_excel_allows(self):
        book = openpyxl.load_workbook(io.BytesIO(self.workbook))
        page = book[self.chance.choice(book.sheetnames)]
        match self.chance.randrange(5):
            case 0:
                page.merge_cells("A2:B3")
            case 1:
                page.sheet_state = (
                    self.chance.choice(("hidden", "veryHidden")) if len(book.sheetnames) > 1 else "visible"
                )
            case 2:
                page["B2"] = "=HYPERLINK(1)"
            case 3:
                page.row_dimensions[2].hidden = True
            case _:
                page.cell(5_000, 3, "far away")
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
