"""Backups in an object store, Azure Blob and S3: whole there or not at all, and fetched from it on the bad day."""

import io
from datetime import timedelta

import pytest
from click.testing import CliRunner

from audit_app import backups
from audit_app.backups import places
from audit_app.backups.journal import Verified
from audit_app.commands import backing_up
from tests import builders
from tests.conftest import ON_POSTGRESQL
from tests.object_stores import CONTAINER, breaking_line

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite; test_on_postgresql.py is about the other")
LATER = builders.MOMENT + timedelta(hours=2)


@pytest.mark.parametrize(
    "kind", ["s3_store", pytest.param("azure_store", marks=pytest.mark.proof("the same through the other client"))]
)
def test_a_backup_goes_straight_into_a_store_and_comes_back(council, kind, request, tmp_path, monkeypatch):
    there = request.getfixturevalue(kind)
    url = f"{there.kind}://{CONTAINER}/backups"
    store = {**there.settings("backups"), "BACKUP_STORE_URL": url, "EVIDENCE_STORE_URL": ""}
    config = {**council.config, **store, "BACKUP_IDENTITY_FILE": str(council.identity_file)}
    made = backups.make_backup(council.engine, config, LATER)
    assert made.line.verified is Verified.restored
    place = places.place_of(config)
    assert place.names() == {made.line.name: made.line.size}
    assert not (council.folder / "backups" / made.line.name).exists()
    for name, value in store.items():
        monkeypatch.setenv(f"AUDIT_{name}", str(value))
    monkeypatch.setenv("AUDIT_DATA_FOLDER", str(tmp_path / "lost"))  # nothing but the settings is left
    told = CliRunner().invoke(backing_up.backup_fetch, ["--to", str(tmp_path)])
    assert told.exit_code == 0 and made.line.name in told.output
    assert not (tmp_path / "lost").exists()
    with (tmp_path / made.line.name).open("rb") as source:
        restored = backups.restore(
            source, tmp_path / "new", identity=council.identity, config=config, old_folder=None, now=LATER
        )
    assert restored.broken == ()
    place.remove(made.line.name)
    assert place.names() == {}


def test_a_line_that_breaks_leaves_no_backup_and_says_why(council, s3_store):
    with breaking_line(s3_store.port, 700_000) as port:
        store = {
            **s3_store.settings("cut", port=port),
            "EVIDENCE_STORE_URL": "",
            "EVIDENCE_STORE_RETRIES": 0,
            "EVIDENCE_STORE_SECONDS": 2,
        }
        config = {**council.config, **store, "BACKUP_STORE_URL": f"s3://{CONTAINER}/cut"}
        with pytest.raises(backups.NotBackedUp):
            backups.make_backup(council.engine, config, LATER)
    sound = {**config, **s3_store.settings("cut"), "EVIDENCE_STORE_URL": ""}
    assert places.place_of(sound).names() == {}


def test_what_goes_wrong_while_it_is_written_completes_no_object(council, s3_store):
    config = {**council.config, **s3_store.settings("half"), "BACKUP_STORE_URL": f"s3://{CONTAINER}/half"}
    place = places.place_of(config)

    def write(target: io.BufferedIOBase):
        target.write(b"x" * 9_000_000)
        raise backups.NotBackedUp("The database went away.")

    with pytest.raises(backups.NotBackedUp, match="went away"):
        place.put("audit-20261130T020000Z.tar", write)
    assert place.names() == {}
