"""The workbook that a list of audits may come in."""

from audit_app import sheets

COLUMNS = (
    sheets.Column(
        "reference", "Case reference", max_length=60, aliases=("Reference", "Case ID", "Case number", "Record")
    ),
    sheets.Column("team", "Team", max_length=120),
    sheets.Column("auditor", "Auditor", max_length=200, may_be_personal=True, aliases=("Allocated to", "Audited by")),
    sheets.Column("due", "Due date", max_length=40, parse=sheets.as_date, aliases=("Due", "By", "Due by")),
)
GUIDANCE = (
    "One line for each audit. Team as it is called in the council; auditor by name or sign-in address.",
    "Leave the due date empty to take the usual one. Write no names of children.",
)
