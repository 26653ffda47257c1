"""Grades as the reports print them: a small table kept here, and the same read again from the reports themselves."""

import csv
import re
from pathlib import Path

import pypdfium2

FOLDER = Path(__file__).parent
# Longest first, so that a grade is never cut short.
GRADES = {
    "requires improvement to be good": "requires_improvement",
    "requires improvement": "requires_improvement",
    "require improvement": "requires_improvement",
    "inadequate": "inadequate",
    "good": "good",
    "outstanding": "outstanding",
}
_GRADE = f"({'|'.join(GRADES)})"
# The words before a grade in the table on the first pages. Some tables break “children in care and care leavers” oddly.
LABELS = {
    "ilacs": {
        "LEAD": r"the impact of leaders",
        "HP": r"help and protection",
        "CIC": r"experiences and progress of children in care(?: and care leavers)?",
        "CL": r"(?:progress of|of children) care leavers",
        "OE": r"overall effectiveness",
    },
    "sif": {
        "HP": r"1\. children who need help and protection",
        "CLA": r"2\. children looked after and achieving permanence",
        "ADO": r"2\.1 adoption performance",
        "CL": r"2\.2 experiences and progress of care leavers",
        "LMG": r"3\. leadership, management and governance",
        # A sentence above the table: “Children’s services in Reading are inadequate”.
        "OE": r"children.s services (?:in [^.]{0,60}? )?(?=require|are)(?:are)?",
    },
}


def table(name):
    """The rows of a table kept here, without the remarks above it; an empty cell is a judgement not printed."""
    lines = (FOLDER / f"{name}.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def graded(row, areas):
    """The grades of a row, by area."""
    return {area: row[area] or None for area in areas if area in row}


def printed_in(path, family):
    """The grades of the table on the first pages of a report, by area; what is not there is left out."""
    with pypdfium2.PdfDocument(path) as report:
        pages = [report[number].get_textpage().get_text_range() for number in range(min(4, len(report)))]
    text = re.sub(r"\s+", " ", " ".join(pages)).lower()
    grades = {}
    for area, label in LABELS[family].items():
        # Nothing but a word or two of the label may stand between; the overall grade follows at once.
        between = r" ?" if area == "OE" else r"(?:(?!experiences and progress|overall eff).){0,60}?"
        match = re.search(f"{label}{between}{_GRADE}", text)
        if match:
            grades[area] = GRADES[match.group(1)]
    return grades
