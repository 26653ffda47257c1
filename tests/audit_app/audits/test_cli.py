"""The command that lists audits."""

from tests.builders_audits import make_audit, make_submitted


def test_audits_are_listed_without_case_content(app, session, council):
    make_audit(session, council.team, council.auditor)
    make_submitted(session, council.team, council.auditor)
    session.commit()
    run = app.test_cli_runner().invoke
    told = run(args=["audits", "list", "--key", "greenhaven", "--stage", "submitted"]).output
    assert told.splitlines() == [
        "AUD-0002  Child protection  Assessment Team 1  Submitted on 2 Nov 2026",
        "1 audit, page 1 of 1",
    ]
    assert "G-123456" not in told
    assert "no council with the key nowhere" in run(args=["audits", "list", "--key", "nowhere"]).output
