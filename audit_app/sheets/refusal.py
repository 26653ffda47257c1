"""Why a spreadsheet as a whole cannot be taken, and what to do about it. Pure; used on both sides of the child."""

REMEDY = "Save it as “Excel Workbook (.xlsx)” or as CSV and choose it again."
COPY = "No spreadsheet program writes that. Copy the rows into a new workbook and choose that."

CUT_SHORT = "this number was cut short by a spreadsheet program. Format the column as text and type the number again."


class Refused(Exception):
    """The file as a whole cannot be taken; says why and what to do."""


def became_a_date(text: str) -> str:
    """What is said of a cell that holds a date where none is asked for: spreadsheet programs make one of "4-6"."""
    return (
        f"this cell holds a date and shows {text}. A spreadsheet program makes dates of what looks like one, such as "
        "4-6. Format the cell as text and type it again."
    )
