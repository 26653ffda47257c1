"""Commands about packs: build one, list them, make one again and compare, check a ZIP offline."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlmodel import Session

from audit_app import clock, evidence_store, jobs
from audit_app.packs import pdf, queries, service, service_building, verify, workbook
from audit_app.packs.disclosure import levels
from audit_app.packs.endings import service as endings
from audit_app.packs.endings.standing import ended_words
from audit_app.packs.release import copies, service_copies
from audit_app.packs.release.queries import standing_of
from audit_app.packs.tables import PACK
from audit_app.people import queries as people
from audit_app.people.cli import council_session
from findings.references import number_of, reference

pack = AppGroup("pack", help="Evidence packs.")
GROUPS = (pack,)
KEY = click.option("--key", required=True, help="The council's word in addresses, like greenhaven.")
DAY = click.DateTime(formats=["%Y-%m-%d"])
RENDERERS = service_building.Renderers(pdf.render, workbook.render)
ENDINGS = {"pdf": "pdf_sha256", "xlsx": "workbook_sha256", "zip": "archive_sha256"}


def register_jobs() -> None:
    """Teach the worker to build packs, one at a time."""
    build_pack = service_building.job_with(RENDERERS)
    jobs.register_job(service.JOB, build_pack, one_at_a_time=True, seconds_setting="PACK_SECONDS")
    make_copy = service_copies.job_with(RENDERERS)
    jobs.register_job(service_copies.JOB, make_copy, one_at_a_time=True, seconds_setting="PACK_SECONDS")
    endings.register_tasks()


@pack.command("list")
@KEY
def list_packs(key: str) -> None:
    """List the packs of a council, newest first."""
    with council_session(key, "the list of packs") as session:
        for line in queries.list_packs(session, people.authority_of(session)):
            period = f"{line.period_from} to {line.period_to}"
            audience, state = levels.NAMES[line.level].lower(), line.ended.lower() or line.state
            click.echo(f"{line.reference}  {period}  {audience}  {state}  {line.title}")


@pack.command("build")
@KEY
@click.option("--title", default="Evidence pack", show_default=True)
@click.option("--edition", required=True, help="The framework, like ilacs-2026.")
@click.option("--from", "first", required=True, type=DAY, help="First day, like 2026-04-01.")
@click.option("--to", "last", required=True, type=DAY, help="Last day.")
@click.option("--level", default=levels.PUBLISHABLE, show_default=True, type=click.IntRange(0, 3))
@click.option("--purpose", default="", help="Why it tells more than a publishable pack; needed below level 3.")
@click.option("--marking", default="", help="Protective marking; the council's own when left out.")
@click.option("--each-audit", is_flag=True, help="Print each audit in full (levels 0 and 1).")
@click.option("--folder", default=".", type=click.Path(file_okay=False, exists=True, path_type=Path))
def build(key: str, folder: Path, first: datetime, last: datetime, **wished: Any) -> None:
    """Build a pack now and put its files into a folder."""
    with council_session(key, "building a pack") as session:
        wished["edition_id"] = wished.pop("edition")
        own = people.authority_settings(session).marking
        wished["marking"] = wished["marking"] or levels.marking_of(wished["level"], own)
        wish = service.Wish(period_from=first.date(), period_to=last.date(), **wished)
        row = service.ask_for_pack(session, people.authority_of(session), wish, by=None, now=clock.now())
        authority_id, number, job_id = row.authority_id, row.number, row.job_id
    if job_id is not None:
        jobs.run_job(current_app.extensions["jobs"], authority_id, job_id)
    with council_session(key, "the files of a pack") as session:
        save_files(session, authority_id, number, folder)


def save_files(session: Session, authority_id: int, number: int, folder: Path) -> None:
    """Write the files of a ready pack into a folder, or say why there are none."""
    row = queries.get_pack(session, authority_id, number)
    name = reference(PACK, number)
    if not row.may_be_read:
        if ended := ended_words(row):
            raise click.ClickException(ended)
        job = jobs.find(session, authority_id, row.job_id or 0)
        why = job.message if job and job.message else "another pack is being built; this one comes next."
        raise click.ClickException(f"{name} was not built: {why}")
    for ending, column in ENDINGS.items():
        place = folder / f"{name}.{ending}"
        place.write_bytes(evidence_store.read_file(current_app.config, getattr(row, column)))
        click.echo(str(place))


@pack.command("rebuild")
@KEY
@click.argument("name")
def rebuild(key: str, name: str) -> None:
    """Make the files of a pack again from its frozen contents and say whether they are the same."""
    number = number_of(name, PACK)
    with council_session(key, "making a pack again") as session:
        row = queries.get_pack(session, people.authority_of(session), number or 0)
        if not row.may_be_read:
            raise click.ClickException(ended_words(row) or f"{name} is not ready.")
        releases = [each for each in standing_of(session, row).releases if each.pdf_sha256]
        given = [(copies.copy_of(each), each.pdf_sha256) for each in releases]
        same = service_building.render_again(current_app.config, row, RENDERERS, given)
    for file, is_same in same.items():
        click.echo(f"{file}: {'the same to the byte' if is_same else 'DIFFERENT'}")
    if not all(same.values()):
        raise SystemExit(1)


@pack.command("verify")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--manifest", default="", help="The manifest's SHA-256 as the history log tells it.")
def verify_file(file: Path, manifest: str) -> None:
    """Check a pack's ZIP offline: which file, if any, is not what was built."""
    report = verify.verify(file, manifest)
    for line in report.lines():
        click.echo(line)
    if not report.sound:
        raise SystemExit(1)
