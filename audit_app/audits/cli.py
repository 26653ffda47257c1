"""Commands about audits: the register as lines of text."""

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from audit_app import clock, words
from audit_app.audits import queries
from audit_app.audits.answer_counts import service as answer_counts
from audit_app.audits.answers_counted import service as answer_sheets
from audit_app.audits.counts import service as counts
from audit_app.audits.tables import Stage
from audit_app.people import queries as people
from audit_app.people.cli import council_session

audits = AppGroup("audits", help="Case audits.")
GROUPS = (audits,)


@audits.command("list")
@click.option("--key", required=True, help="The council's word in addresses, like greenhaven.")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), default=None, help="Only this stage.")
@click.option("--overdue", is_flag=True, help="Only those not submitted by their due date.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="200 audits a page.")
def list_audits(key: str, stage: str | None, overdue: bool, page: int) -> None:
    """List the audits of a council: reference, question set, team, stage and its days; no case content."""
    wanted = queries.AuditFilter(stage=stage or "", overdue=overdue)
    with council_session(key, "the list of audits") as session:
        authority_id = people.authority_of(session)
        size = queries.MOST_PER_PAGE
        today = clock.today()
        listed = queries.list_audits(session, authority_id, wanted, page, today=today, size=size)
    for row in listed.rows:
        line = (row.reference, row.set_title, row.team_name, row.stage_and_days(today))
        click.echo("  ".join(line))
    click.echo(f"{words.count(listed.total, 'audit')}, page {listed.page} of {listed.pages}")


@audits.command("count-again")
@with_appcontext
def count_again() -> None:
    """Make the counts that dashboards add up anew from the audits, when `check` says that they are out of step."""
    with current_app.extensions["engine"].begin() as connection:
        counts.count_all(connection)
        answer_sheets.sheets_anew(connection)
        answer_counts.count_all(connection)
    click.echo("The agreed audits of every council were counted again. “audit-app check” compares the counts.")
