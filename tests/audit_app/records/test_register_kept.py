"""Whether the register of removals has lines that its copy in an object store lacks. Pure: no store is asked."""

import hashlib

import pytest

from audit_app.records.erasure import register, service_register

STORE = {"BACKUP_STORE_URL": "s3://backups/kept"}


@pytest.mark.parametrize(
    ("store", "lines", "kept", "waits"),
    [
        ({}, b"one", None, False),
        ({"BACKUP_STORE_URL": " "}, b"one", None, False),
        (STORE, None, None, False),
        (STORE, b"one", None, True),
        (STORE, b"one", b"one", False),
        (STORE, b"one\ntwo", b"one", True),
    ],
)
def test_the_register_waits_for_its_store_until_the_copy_there_is_of_its_very_bytes(
    tmp_path, store, lines, kept, waits
):
    path = register.path_in(tmp_path)
    path.parent.mkdir(parents=True)
    if lines is not None:
        path.write_bytes(lines)
    if kept is not None:
        (tmp_path / "anchors" / service_register.STAMP).write_text(hashlib.sha256(kept).hexdigest(), "ascii")
    config = {"DATA_FOLDER": str(tmp_path), **store}
    assert service_register.waits(config) is waits
    if not waits:
        assert service_register.keep_copy(config, b"key") is True  # nothing to do, so no store is asked
