"""How many audits set an action on a row, of those that answered it: worked by hand."""

from audit_app.audits.answers_counted.counting import By, Gathered, sections
from audit_app.audits.answers_counted.sheet import Row, sheet_of, tally_of
from tests.audit_app.audits.offline.test_offline import questions_asked


def test_actions_stand_against_the_audits_that_answered():
    sheets = [
        sheet_of([Row("d1/q4", "yes", "", "high")]),
        sheet_of([Row("d1/q4", "no", "", "low", "Ring the school.")]),
        sheet_of([Row("d1/q4", "no", "", "", "See her.")]),
        sheet_of([Row("d1/q4", "not_applicable")]),
    ]
    gathered = {(True, ""): Gathered(4, tally_of(sheets))}
    [section] = sections(questions_asked(), gathered, {"": ""}, By.question, not_applicable="not_applicable")
    [table] = [table for _, tables in section.domains for table in tables if table.names == ("An action was set",)]
    assert table.caption == "Actions set on the row, of the audits that answered (drawn at random)"
    [row] = table.rows
    assert ([cell.count for cell in row.cells], row.n, row.bars) == ([2], 3, ())
    assert row.label.endswith("Was the child seen? – action")
