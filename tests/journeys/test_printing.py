"""Pages printed by the browser: what they say, without addresses, navigation and buttons, and no column squeezed."""

import pypdfium2

from audit_app.people.tables import Role
from tests import builders
from tests.builders_audits import make_audit


def printed(visitor, path):
    """The lines of a page as the browser puts it on A4."""
    visitor.go(path)
    data = visitor.page.pdf(format="A4")
    document = pypdfium2.PdfDocument(data)
    return [line.strip() for page in document for line in page.get_textpage().get_text_range().splitlines()]


def test_printed_pages_hold_what_is_said_and_nothing_to_press(house, visit):
    with house.session() as session:
        qa = builders.make_person(session, [Role.qa_manager, Role.auditor], name="Quinn Quality").id
        team = builders.make_team(session, "Assessment and Intervention Team")
        for number in range(3):
            make_audit(session, team, qa, case_reference=f"G-10000{number}")
        session.commit()
    visitor = visit(house, qa)
    for path in ("audits", "audits/AUD-0001", "library/sets/case-audit-1/child-protection/core", "audits/new"):
        lines = printed(visitor, f"/greenhaven/{path}")
        whole = " ".join(lines)
        assert "/greenhaven/" not in whole and "http" not in whole, path
        for pressed in (
            "Sign out",
            "Dashboard",
            "Set up an audit:" if path == "audits" else "Show all",
            "Privacy notice",
        ):
            assert pressed not in whole, (path, pressed)
    lines = printed(visitor, "/greenhaven/audits")
    assert {"AUD-0001", "AUD-0002", "AUD-0003"} <= {word for line in lines for word in line.split()}
    assert any("Assessment and" in line for line in lines), "the column of teams is squeezed"
