"""Spreadsheets that come in: read as text, held to their columns, and refused with every fault and its remedy."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from audit_app import limits, sheets
from tests.audit_app.sheets.records import SHEET, workbook

COLUMNS = (
    sheets.Column("reference", "Reference", required=True, max_length=20, aliases=["Ref no"]),
    sheets.Column("found", "What was found", required=True),
    sheets.Column("due_on", "Due date", parse=sheets.as_date),
    sheets.Column("rating", "BRAG", allowed={"Green": "green", "Red": "red"}),
    sheets.Column("owner", "Owner", may_be_personal=True),
)
HEAD = "Reference,What was found,Due date,BRAG,Owner"


def faults(data, filename="findings.csv", **options):
    data = data.encode() if isinstance(data, str) else data
    return [str(fault) for fault in sheets.read_sheet(data, filename, COLUMNS, **options).faults]


def read(text, **options):
    return sheets.read_sheet(text.encode(), "findings.csv", COLUMNS, **options)


def test_rows_come_with_their_numbers_and_values():
    sheet = read(f'{HEAD}\n1,"late\nplans",31/03/2026,green,Amy Pond\n\n2,x,,,\n')
    assert sheet.ok and [row.line for row in sheet.rows] == [2, 4]
    assert sheet.rows[0].values == {
        "reference": "1",
        "found": "late\nplans",
        "due_on": date(2026, 3, 31),
        "rating": "green",
        "owner": "Amy Pond",
    }
    assert sheet.rows[1].values == {"reference": "2", "found": "x", "due_on": None, "rating": None, "owner": ""}


def test_every_fault_is_listed_with_its_place_and_remedy():
    found = faults(f"{HEAD}\n,x,31/02/2026,Grean,\n{'9' * 21},,3/4/26,red,\n1,x,soon,,\n2,x\n3,x,,,,more\n")
    meant = "If 3 April 2026 is meant, write 03/04/2026"
    assert found == [
        "Row 2, column “Reference”: this is blank, and it is needed in every row.",
        "Row 2, column “Due date”: 31/02/2026 is not a real date. Write it like 31/03/2026.",
        "Row 2, column “BRAG”: “Grean” is not one of the choices. Use Green or Red.",
        "Row 3, column “Reference”: this has 21 characters; take out 1 to keep to 20.",
        "Row 3, column “What was found”: this is blank, and it is needed in every row.",
        f"Row 3, column “Due date”: 3/4/26 has only two figures for the year. {meant}.",
        "Row 4, column “Due date”: “soon” is not a date. Write it like 31/03/2026.",
        "Row 5: this row has 2 cells, but there are 5 headings. Mend it in a spreadsheet program.",
        "Row 6: this row has 6 cells, but there are 5 headings. Mend it in a spreadsheet program.",
    ]


AS_TYPED = ["00123", "NA", "N/A", "None", "null", "1e5", "1" * 20, "TRUE", "#N/A", "1.0"]


def test_nothing_is_guessed_in_a_csv():
    """IM-3."""
    rows = "".join(f"{text},{text},,,\n" for text in AS_TYPED)
    assert [row["found"] for row in read(f"{HEAD}\n{rows}").rows] == AS_TYPED


def test_nothing_is_guessed_in_a_workbook():
    """IM-3."""
    made = workbook(HEAD.split(","), *[[text, text, None, None, None] for text in AS_TYPED])
    assert [row["found"] for row in sheets.read_sheet(made, "a.xlsx", COLUMNS).rows] == AS_TYPED


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Reference,Reference,What was found", "Row 1: there are 2 columns for “Reference”, A and B. Keep one."),
        ("Ref no,Reference,What was found", "Row 1: there are 2 columns for “Ref no”, A and B. Keep one."),
        ("Reference,Due date,BRAG", "Row 1: these headings are missing: “What was found”."),
        ("Reference,What was found,Colour", "the heading “Colour” is not one of ours."),
        ("Reference,What was found,", "Row 1: column C has no heading."),
    ],
)
def test_headings_doubled_missing_or_unknown_are_faults(head, expected):
    """IM-4."""
    assert any(expected in fault for fault in faults(f"{head}\n1,2,3\n"))


def test_a_heading_is_known_by_its_other_names_and_in_any_dress():
    assert read("REF NO *, what  was found:\n1,x\n").ok


def test_unknown_columns_can_be_left_out_by_name():
    sheet = read("Reference,What was found,Colour\n1,x,blue\n", keep_unknown=True)
    assert sheet.ok and sheet.dropped == ("Colour",) and "Colour" not in sheet.rows[0].values


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with its mark"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
@pytest.mark.parametrize(("separator", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_encodings_and_separators_are_recognised_and_named(encoding, named, separator, word):
    """IM-5."""
    text = f"{HEAD}\n1,café £5 “x”,,,\n".replace(",", separator)
    sheet = sheets.read_sheet(text.encode(encoding), "a.csv", COLUMNS)
    assert sheet.ok and sheet.rows[0]["found"] == "café £5 “x”"
    assert (sheet.facts.encoding, sheet.facts.separator, sheet.facts.rows) == (named, word, 1)


def test_a_comma_inside_quotes_does_not_make_it_the_separator():
    assert read('"Reference";"What was found"\n1;"a,b,c,d"\n').rows[0]["found"] == "a,b,c,d"
    assert read("sep=;\nReference;What was found\n1;x\n").ok


def test_facts_carry_the_hash_the_preview_is_bound_to():
    facts = sheets.read_sheet(b"Reference,What was found\n1,x\n", "a.csv", COLUMNS).facts
    # The value `sha256sum` gives for the same bytes.
    assert facts.sha256 == "fbc3a293175e2ffe3911186369f52163b184b23d19e7434eab26c304eee9c6bb"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.csv", "The file is empty."),
        (b"\n\n", "a.csv", "The file is empty."),
        (b"a", "a.xls", "The older Excel format (.xls) cannot be read here. Save it as"),
        (b"a", "a.xlsm", "may hold macros (.xlsm) cannot be read"),
        (b"a", "a", "without an ending"),
        (b"%PDF-1.7", "a.csv", "named .csv but holds something else"),
        (b"PK\x03\x04", "a.csv", "named .csv but holds something else"),
        (b"PK\x03\x04", "a.xlsx", "damaged"),
        (b"a,b", "a.xlsx", "is not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xlsx", "is named .xlsx but is of the older kind (.xls)"),
        (b"a\x00b", "a.csv", "bytes that are not text"),
        (b"a\n\x81\x8d", "a.csv", "Line 2 holds bytes that are not text"),
        (b'a,b\n"x,y\n', "a.csv", "Row 2 (line 2) has a quotation mark that is not closed"),
        (b'a,b\n"x"y,z\n', "a.csv", "stands in the wrong place"),
        (b"Reference,What was found\n", "a.csv", "has headings but no rows below them"),
        (b"Reference,What was found\n1,a\x07b\n", "a.csv", "Row 2, column “What was found”: this holds characters"),
        (b"x" * 25_000_001, "a.csv", "at most 25 MB can be read"),
        (b",".join([b"a"] * 61), "a.csv", "Row 1 has 61 columns; at most 60"),
        (b"a\n" * 20_003, "a.csv", "more than 20,000 rows"),
        (b"a," + b"x" * 60_000, "a.csv", "a cell of more than 50,000 characters"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_says_why(data, name, expected):
    found = faults(data, name)
    assert len(found) == 1 and expected in found[0], found


def test_a_file_name_is_kept_as_a_label_only():
    """UP-3."""
    assert sheets.plain_filename("C:\\Users\\amy\\plan\u202excod.csv\n") == "planxcod.csv"
    assert sheets.plain_filename("../../etc/" + "x" * 300) == "x" * 200


def test_a_path_is_not_read():
    """IM-8."""
    with pytest.raises(TypeError, match="never from a path"):
        sheets.read_sheet("/etc/passwd", "a.csv", COLUMNS)


def test_a_cell_at_the_far_end_is_refused_at_once():
    """IM-2: openpyxl reads it in no time only when it is told where to stop."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet()
    page.write(0, 0, "Reference")
    page.write(1_048_575, 16_383, "far")
    book.close()
    assert len(stream.getvalue()) < 6_000
    assert "row 1,048,576; at most 20,000 rows can be read" in faults(stream.getvalue(), "a.xlsx")[0]


def test_a_far_column_is_refused():
    head = workbook(["Reference"], ["1"], replace=[(SHEET, b'<c r="A2"', b'<c r="XFD2"')])
    assert "a cell in column XFD; at most 60 columns" in faults(head, "a.xlsx")[0]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl/embeddings/oleObject1.bin", "embedded objects"),
        ("xl/connections.xml", "connections to other data"),
        ("xl/pivotCache/pivotCacheRecords1.xml", "hidden copies"),
    ],
)
def test_workbooks_that_carry_more_than_cells_are_refused(part, expected):
    """UP-7."""
    assert expected in faults(workbook(["Reference"], ["1"], parts={part: b"x"}), "a.xlsx")[0]


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread():
    found = faults(workbook(["Reference"], ["1"], parts={"xl/big.xml": b"\x00" * 120_000_000}), "a.xlsx")
    assert "unpacks to 120 MB" in found[0]


def test_members_that_lie_over_one_another_are_refused():
    made = bytearray(workbook(["Reference"], ["1"]))
    infos = zipfile.ZipFile(io.BytesIO(bytes(made))).infolist()
    central = made.rindex(b"PK\x01\x02")
    made[central + 42 : central + 46] = infos[0].header_offset.to_bytes(4, "little")
    assert "lie over one another" in faults(bytes(made), "a.xlsx")[0]


def test_xml_with_entities_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet xmlns='
    made = workbook(
        ["Reference"],
        ["1"],
        replace=[(SHEET, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns=', bomb)],
    )
    assert "damaged, or was not written by a spreadsheet program" in faults(made, "a.xlsx")[0]


def test_what_a_reader_would_not_see_is_a_fault_with_its_place():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Reference", "What was found", "Due date"])
    page.append(["1", "=A1", None])
    page.append(["2", "hidden", None])
    page.append(["3", "merged", None])
    page.row_dimensions[3].hidden = True
    page.column_dimensions["C"].hidden = True
    page.merge_cells("A4:A5")
    book.create_sheet("Secret").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    found = faults(stream.getvalue(), "a.xlsx")
    assert "The sheet “Secret” is hidden. Show it or delete it." in found
    assert "Column C is hidden. Show what is hidden, or delete it." in found
    assert "Row 2, column “What was found”: this is a formula. Copy the column and paste it back as values." in found
    assert "Row 3: this row is hidden, perhaps by a filter. Show it, or delete it." in found
    assert "Row 4: cells A4:A5 are merged. Unmerge them and fill each cell." in found


def test_cells_read_as_a_person_sees_them():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Reference", "What was found", "Due date"])
    page.append([123, 0.5, datetime(2026, 3, 31)])  # noqa: DTZ001 (cells have no zone)
    page.append([7.0, True, "2026-03-31"])
    page.append([12345678901234567890, "x", None])
    page["A2"].number_format = "00000"
    page["B2"].number_format = "0%"
    stream = io.BytesIO()
    book.save(stream)
    sheet = sheets.read_sheet(stream.getvalue(), "a.xlsx", COLUMNS)
    assert [row["reference"] for row in sheet.rows[:2]] == ["00123", "7"]
    assert [row["found"] for row in sheet.rows[:2]] == ["50%", "TRUE"]
    assert {row["due_on"] for row in sheet.rows[:2]} == {date(2026, 3, 31)}
    assert "Row 4, column “Reference”: this number has more figures than Excel keeps" in str(sheet.faults[0])


def test_only_the_first_sheet_is_read_and_that_is_said():
    data = sheets.write_xlsx([
        sheets.SheetOut("Findings", ["Reference", "What was found"], [["1", "x"]]),
        sheets.SheetOut("Other", ["y"], []),
    ])  # fmt: skip
    sheet = sheets.read_sheet(data, "a.xlsx", COLUMNS)
    assert sheet.ok and sheet.facts.remarks == ("Only the first sheet, “Findings”, is read.",)


def test_a_parser_that_takes_too_long_or_too_much_is_ended_with_words():
    """IM-1: its death is a readable error."""
    made = workbook(["Reference", "What was found"], *[[str(number), "x" * 50] for number in range(4000)])
    slow = sheets.read_sheet(made, "a.xlsx", COLUMNS, limit=limits.Limits(wall_seconds=0))
    assert "could not be read: it takes too long" in str(slow.faults[0])
    large = b"Reference,What was found\n" + b"1,x\n" * 4_000_000
    tight = sheets.read_sheet(large, "a.csv", COLUMNS, limit=limits.Limits(memory_mb=40))
    assert "could not be read: it unpacks to more than can be read safely" in str(tight.faults[0])


@pytest.mark.parametrize(
    ("heading", "values", "expected"),
    [
        ("Child's name", ["x"], "names"),
        ("Surname", ["x"], "names"),
        ("DoB", ["x"], "dates of birth"),
        ("Home address", ["x"], "addresses"),
        ("a", ["943 476 5919", "9434765919"], "NHS numbers"),
        ("a", ["9434765918"], ""),
        ("a", ["A123456789012"], "unique pupil numbers"),
        ("a", ["SE10 8EW", "W1A 1AA", "later"], "postcodes"),
        ("a", ["x@example.org"], "e-mail addresses"),
        ("a", ["020 8854 8888"], "phone numbers"),
        ("a", ["Amy Pond", "Rory Williams", "River Song"], "names"),
        ("Team name", ["North"], ""),
        ("a", ["Plans are late", "AUD-0042", "31/03/2026"], ""),
    ],
)
def test_columns_that_look_personal_are_told(heading, values, expected):
    """IM-9. 943 476 5919 is the example number of the NHS Data Dictionary."""
    assert sheets.looks_personal(heading, values, known=False) == expected


def test_a_personal_column_is_flagged_and_left_out():
    """IM-9."""
    sheet = read("Reference,What was found,Child name,Owner\n1,x,Amy Pond,Rory Williams\n", keep_unknown=True)
    assert [str(flag) for flag in sheet.flagged] == ["Column “Child name” looks like names. It was left out."]
    assert sheet.ok and "Amy Pond" not in str(sheet.rows) and sheet.rows[0]["owner"] == "Rory Williams"


def test_a_needed_column_that_looks_personal_is_a_fault():
    found = faults("Reference,What was found\n943 476 5919,x\n")
    assert len(found) == 1
    assert found[0].startswith("Column “Reference”: this column looks like NHS numbers, which may not be kept here.")


def test_values_are_checked_for_range_and_form():
    assert sheets.as_date("1 March 2026") == sheets.as_date("01.03.2026") == sheets.as_date("2026-03-01 00:00:00")
    assert sheets.as_whole_number("1,200") == 1200 and sheets.as_yes_no("Y") and not sheets.as_yes_no("no")
    for parse, text in [
        (sheets.as_date, "01/01/1899"),
        (sheets.as_date, "03/31/2026"),
        (sheets.as_date, "١/١/٢٠٢٦"),
        (sheets.as_whole_number, "1" * 30),
        (sheets.as_whole_number, "1_000"),
        (sheets.as_whole_number, "NaN"),
        (sheets.as_yes_no, "0.5"),
    ]:
        with pytest.raises(ValueError, match=r"[Ww]rite |Yes nor No"):
            parse(text)


# --- parts of a workbook that no spreadsheet program writes (UP-8) ---------------------------------------------------


def with_part(name, mode=0o100644):
    """A sound workbook with one more part of this name and kind."""
    data = io.BytesIO(workbook(["Reference", "What was found"], ["1", "x"]))
    with zipfile.ZipFile(data, "a") as packed:
        part = zipfile.ZipInfo(name)
        part.external_attr = mode << 16
        packed.writestr(part, "/etc/passwd")
    return data.getvalue()


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x", "xl/../../x", "/etc/passwd", "C:/windows/x", "..\\x", "xl\\..\\..\\x", "xl/.."],
)
def test_up_8_a_part_that_would_land_outside_the_workbook_is_refused(name):
    assert "named as if it lay outside it" in faults(with_part(name), "findings.xlsx")[0]


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o010644], ids=["symlink", "device", "pipe"])
def test_up_8_a_part_that_is_a_link_is_refused(mode):
    assert "is a link to another file" in faults(with_part("xl/worksheets/sheet9.xml", mode), "findings.xlsx")[0]


@pytest.mark.parametrize("name", ["xl/worksheets/SHEET1.xml", "xl/workbook.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_up_8_two_parts_of_one_name_are_refused(name):
    assert "two parts of one name" in faults(with_part(name), "findings.xlsx")[0]


def test_an_ordinary_further_part_is_no_reason_to_refuse():
    assert "part" not in "".join(faults(with_part("docProps/thumbnail.wmf"), "findings.xlsx"))


def test_a_whole_workbook_of_several_sheets_is_held_to_the_same():
    assert "link to another file" in sheets.read_book(with_part("xl/x.xml", 0o120777), "set.xlsx").faults[0]
