"""The commands under `evidence`: copy every file to another store, and ask whether the store answers."""

import click
from flask import current_app
from flask.cli import AppGroup

from audit_app import evidence_store, words
from audit_app.evidence_store import moving

evidence = AppGroup("evidence", help="Evidence files: where they are kept, and copying them to another place.")
TOLD_EACH = 100


@evidence.command("store")
def store() -> None:
    """Say where files are kept, once the store has answered."""
    click.echo(evidence_store.ask(current_app.config))


@evidence.command("copy")
@click.option("--to", "target", required=True, help="az://container/prefix, s3://bucket/prefix, or: folder")
def copy(target: str) -> None:
    """Copy every file to another store, each compared by its hash; begun again, it goes on. Removes nothing.

    How the object store is reached is read from the settings AUDIT_EVIDENCE_STORE_ENDPOINT, _REGION, _ACCOUNT, _SECRET
    or _SECRET_FILE; AUDIT_EVIDENCE_STORE_URL stays as it is until the copy is whole.
    """
    config = current_app.config
    here, there = evidence_store.read_settings(config), _settings(target)
    if here == there:
        raise click.ClickException("Files are kept there already.")
    moved = moving.copy_all(config, target, tell)
    click.echo(
        f"{words.count(moved.copied, 'file')} copied ({words.file_size(moved.size)}), {moved.there:,} there already."
    )
    for line in moved.broken:
        click.echo(f"NOT COPIED: {line}", err=True)
    if moved.broken:
        raise click.ClickException(
            f"{words.count(len(moved.broken), 'file')} could not be copied. Restore them from a backup "
            "(audit-app check names them), then run this again."
        )
    url = there.address if there else ""
    click.echo(
        f"Every file was compared. Stop the service, run this once more for what was added meanwhile, set "
        f"AUDIT_EVIDENCE_STORE_URL={url or '(nothing)'}, on PostgreSQL run: audit-app alike --accept; start, and run: "
        "audit-app check. The old files stay where they are: remove them yourself when a backup holds them."
    )


def _settings(target: str) -> evidence_store.StoreSettings | None:
    return None if target == moving.FOLDER else evidence_store.read_settings(current_app.config, target)


def tell(done: int) -> None:
    """Every hundredth file is told: a copy of thousands takes a while."""
    if done % TOLD_EACH == 0:
        click.echo(f"{done:,} files …")


GROUPS = (evidence,)
