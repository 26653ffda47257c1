"""Generated records and hand-made hostile workbooks for the tests of spreadsheets; the seed is always given."""

import io
import random
import zipfile
from datetime import date, timedelta

from audit_app import sheets

COLUMNS = (
    sheets.Column("reference", "Reference", required=True),
    sheets.Column("found", "What was found", required=True),
    sheets.Column("note", "Note", keep_blanks=True),
    sheets.Column("due_on", "Due date", parse=sheets.as_date),
    sheets.Column("rating", "BRAG", allowed=("Blue", "Green", "Amber", "Red", "Grey")),
    sheets.Column("count", "How many", parse=sheets.as_whole_number),
    sheets.Column("agreed", "Agreed", parse=sheets.as_yes_no),
)
HEADINGS = [column.heading for column in COLUMNS]
PIECES = (
    "=1+1", "+44", "-none seen", "@SUM(A1)", "\tx", "＝1", "＠x", "'=x", "''+1", "'", "‘quoted’", '"', '""', "a,b",
    "a;b", "00123", "NA", "N/A", "None", "null", "1e5", "12345678901234567890", "TRUE", "31/02", "_x000D_", "_x0041_",
    "<b>&amp;</b>", "]]>", "Ŵylan Łukasz Şahin Việt", "שלום", "😀", "one\ntwo", "a  b", "%", "http://x.example/",
    "file:///etc/passwd", "#N/A", "\u200b=x", "\xa0=x", "\ufeff=x",
)  # fmt: skip


def make_records(number, seed):
    """Records of every kind of cell, as the product could hold them."""
    draw = random.Random(seed)

    def text():
        return draw.choice(("", " ", "-")).join(draw.choice(PIECES) for _ in range(draw.randint(1, 4)))

    return [
        {
            "reference": f"FND-{place:04}",
            "found": text().strip() or "x",
            "note": draw.choice((text, str))() and draw.choice(("", " ", "\n", "  ")) + text(),
            "due_on": draw.choice((None, date(1900, 3, 1) + timedelta(days=draw.randint(0, 73_000)))),
            "rating": draw.choice(("Blue", "Green", "Amber", "Red", "Grey", "")),
            "count": draw.choice((None, draw.randint(-999_999_999, 999_999_999))),
            "agreed": draw.choice((None, True, False)),
        }
        for place in range(1, number + 1)
    ]


def read_back(data, filename):
    sheet = sheets.read_sheet(data, filename, COLUMNS)
    assert [str(fault) for fault in sheet.faults] == []
    return [row.values for row in sheet.rows]


def workbook(*rows, parts=None, replace=None):
    """A workbook of ours, with parts added, or its parts altered by (name, old, new)."""
    made = sheets.write_xlsx([sheets.SheetOut("Findings", rows[0], rows[1:])])
    source = zipfile.ZipFile(io.BytesIO(made))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            for where, old, new in replace or ():
                if where == name:
                    assert old in content, content[:3000]
                    content = content.replace(old, new)
            target.writestr(name, content)
        for name, content in (parts or {}).items():
            target.writestr(name, content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
