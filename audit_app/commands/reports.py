"""The command `report`: what the audits of a period add up to, as a workbook or CSV, without any single case."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlmodel import Session

from audit_app import clock, history, sheets, words
from audit_app.audits import queries, question_sets, wording
from audit_app.audits.tables import HowChosen
from audit_app.people import queries as people
from audit_app.people.cli import council_session
from audit_app.people.queries import authority_of

RANDOM, CHOSEN = wording.HOW_CHOSEN[HowChosen.random], "Chosen"
NOTE = (
    "Only audits drawn at random may speak for the service. The others were chosen: they are counted apart, and the "
    "two must not be added."
)
DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.command("report")
@click.option("--key", required=True, help="The council's word in addresses, like greenhaven.")
@click.option("--from", "start", required=True, type=DAY, help="The first day of submission, like 2026-04-01.")
@click.option("--to", "end", required=True, type=DAY, help="The last day.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A file.xlsx or file.csv.")
@with_appcontext
def report(key: str, start: datetime, end: datetime, out: Path) -> None:
    """Agreed audits of a period: how many, how chosen, and their grades by set and domain."""
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise click.ClickException("Name a file that ends in .xlsx or .csv.")
    if end < start:
        raise click.ClickException("The last day is before the first.")
    with council_session(key, "a report on the command line") as session:
        report_sheets = sheets_of(session, start.date(), end.date())
        marking = people.authority_settings(session).marking
        name = f"EXP-report-{clock.now():%Y%m%d%H%M%S}"
        history.note(session, "read", name, by=None, authority_id=authority_of(session), now=clock.now())
    title = f"Case audits, {words.date_range(start.date(), end.date())}"
    if out.suffix.lower() == ".xlsx":
        out.write_bytes(sheets.write_xlsx(report_sheets, title=title, marking=marking))
    else:
        out.write_bytes(sheets.write_csv(report_sheets[1].headings, report_sheets[1].rows))
    click.echo(f"{out}: {words.count(len(report_sheets[1].rows), 'row')} of grades. The log knows it as {name}.")


def sheets_of(session: Session, start: date, end: date) -> list[sheets.SheetOut]:
    """How many audits there were and how they were chosen; and how often each domain got each grade.

    Audits drawn at random and audits that were chosen stand in rows of their own, never in one figure.
    """
    authority_id = authority_of(session)
    ways = Counter(
        (RANDOM if audit.at_random else _way(audit), audit.set_title, audit.overall_grade_name)
        for audit in queries.audits_in_period(session, authority_id, start, end)
    )
    overall = [(*row, count) for row, count in sorted(ways.items())]
    domains = [
        (
            group,
            question_sets.title_of(session, grades.set_name),
            grades.domain_title,
            ", ".join(str(area) for area in grades.areas),
            grades.grade_name,
            grades.count,
        )
        for group, at_random in ((RANDOM, True), (CHOSEN, False))
        for grades in queries.grades_by_domain(session, authority_id, start, end, at_random=at_random)
    ]
    headings = ("How chosen", "Question set", "Domain", "Judgement areas", "Grade", "Audits")
    return [
        sheets.SheetOut("Audits", ("How chosen", "Question set", "Overall grade", "Audits"), overall, (NOTE,)),
        sheets.SheetOut("Grades by domain", headings, domains, (NOTE,)),
    ]


def _way(audit: queries.AuditRow) -> str:
    return wording.way_chosen(audit.how_chosen, audit.audit_type, again=audit.re_audit_of is not None)


GROUPS = (report,)
