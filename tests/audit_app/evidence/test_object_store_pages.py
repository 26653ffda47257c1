"""Evidence whose files are kept in an object store: added, read, checked; and what people read when it fails."""

import io
import uuid

import pytest
import sqlalchemy as sa

from audit_app import checking, evidence_store, jobs
from audit_app.commands import evidence_files
from audit_app.evidence import queries
from audit_app.evidence.attention import service
from audit_app.evidence.states import Scan
from audit_app.evidence.tables import Evidence, EvidenceVersion
from audit_app.people.access import system_scope
from tests import builders, object_stores
from tests.audit_app.evidence.test_evidence_pages import HOME, SAID, add, number_of, pdf


@pytest.fixture
def far(council, azure_store, monkeypatch):
    """The council's files in Azure from now on; call it with settings to break the way to it."""
    prefix = uuid.uuid4().hex

    def use(**changed):
        url = f"az://{changed.get('container', object_stores.CONTAINER)}/{prefix}"
        given = azure_store.settings(prefix, EVIDENCE_STORE_RETRIES=0, **changed)
        for name, value in {**given, "EVIDENCE_STORE_URL": url}.items():
            monkeypatch.setitem(council.app.config, name, value)

    use()
    return use


def rows(council):
    with council.engine.connect() as connection:
        return [connection.execute(sa.select(sa.func.count()).select_from(table.__table__)).scalar_one()
                for table in (Evidence, EvidenceVersion)]  # fmt: skip


def in_folder(council):
    return sorted((council.app.config["DATA_FOLDER"] / "evidence").rglob("*"))


def broken(council, words):
    invariant = next(each for each in checking.INVARIANTS if each.words == words)
    return checking.look_at(council.engine, council.app.config, invariant).broken


def test_a_file_goes_into_the_store_comes_out_and_is_missed_when_it_is_gone(council, far):
    qa, before = council.page("qa_manager"), in_folder(council)
    seen = add(qa, pdf("Kept far away"), "far.pdf", title="Kept far away")
    name = f"EVD-{number_of(seen):04d}"
    answer = qa.client.get(f"{HOME}/{name}/versions/1/file", base_url="http://localhost")
    assert answer.data == pdf("Kept far away") and answer.content_length == len(answer.data)
    assert qa.client.get(f"{HOME}/{name}/versions/1/picture", base_url="http://localhost").data.startswith(b"\x89PNG")
    assert in_folder(council) == before and len(list(evidence_store.list_hashes(council.app.config))) == 2
    files = "Evidence files are there and unchanged"
    assert not [line for line in broken(council, files) if name in line]
    evidence_store.remove(council.app.config, evidence_store.put(council.app.config, answer.data).sha256)
    assert [line for line in broken(council, files) if f"{name}, version 1, is missing" in line]
    qa.get(f"{HOME}/{name}/versions/1/file", status=500)
    assert "This file is missing from the store" in qa.text and "restored from a backup" in qa.text


BROKEN = {
    "a wrong key": ({"EVIDENCE_STORE_SECRET": "d3Jvbmc="}, "refuses the key of this service"),
    "a missing container": ({"container": "nowhere"}, "no container or bucket called nowhere"),
    "a closed port": ({"port": 9}, "cannot be reached"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_the_page_says_what_is_wrong_keeps_what_was_typed_and_saves_nothing(council, far, case):
    changed, sentence = BROKEN[case]
    qa, before, folder = council.page("qa_manager"), rows(council), in_folder(council)
    far(**changed)
    add(qa, b"Minutes of the board", "minutes.txt", status=422)
    assert "minutes.txt could not be kept, and nothing was saved." in qa.text and sentence in qa.text
    assert "d3Jvbmc=" not in qa.text
    assert qa.form_data()["title"] == SAID["title"] and qa.form_data()["shows"] == SAID["shows"]
    assert rows(council) == before and in_folder(council) == folder
    assert broken(council, "Nothing else lies in the evidence store")[0].startswith("The object store az://")


def test_what_cannot_be_scanned_for_the_store_is_away_waits_for_the_next_turn(council, far, monkeypatch):
    monkeypatch.setitem(council.app.config, "EVIDENCE_SCANNER", "true")
    number = number_of(add(council.page("qa_manager"), b"Waits to be scanned", "waits.txt"))

    def scan_of_it(port=None):
        far(**({"port": port} if port else {}))
        service.scan_waiting(jobs.PeriodicContext(council.engine, council.app.config, system_scope("a test")))
        with council.session() as session:
            return queries.get_version(session, builders.AUTHORITY_ID, number, 1).scan

    assert scan_of_it(port=9) is Scan.waiting
    assert scan_of_it() is Scan.clean


def test_a_zip_that_the_store_does_not_take_is_told_and_kept_nowhere(council, far):
    qa, folder = council.page("qa_manager"), in_folder(council)
    far(port=9)
    qa.get(f"{HOME}/add/zip")
    file = {"file": (io.BytesIO(b"PK"), "folder.zip")}
    qa.post(f"{HOME}/add/zip", {**qa.form_data(), **file}, content_type="multipart/form-data", status=422)
    assert "folder.zip could not be kept, and nothing was saved." in qa.text and "cannot be reached" in qa.text
    assert in_folder(council) == folder


def test_a_download_and_the_state_page_say_that_the_store_does_not_answer(council, far):
    qa, admin = council.page("qa_manager"), council.page("admin")
    name = f"EVD-{number_of(add(qa, b'Minutes of another board', 'minutes.txt')):04d}"
    admin.get("/greenhaven/state")
    assert "Files are kept in az://evidence/" in admin.text and "which answers" in admin.text
    far(port=9)
    qa.get(f"{HOME}/{name}/versions/1/file", status=503)
    assert "cannot be reached. Nothing was changed. Try again in a few minutes" in qa.text
    admin.get("/greenhaven/state")
    assert "cannot be reached. Files can be neither added nor opened until it does." in admin.text


def test_the_same_form_sent_twice_adds_one_though_the_store_is_asked_outside_the_transaction(council, far):
    qa, before = council.page("qa_manager"), rows(council)
    qa.get(f"{HOME}/add/file")
    fields = {**qa.form_data(), **SAID, "once": uuid.uuid4().hex}
    for _ in range(2):
        file = {"file": (io.BytesIO(b"sent twice"), "twice.txt")}
        qa.post(f"{HOME}/add/file", {**fields, **file}, content_type="multipart/form-data", status=303)
    assert rows(council) == [count + 1 for count in before]


def test_commands_say_where_files_are_and_what_to_set_after_a_copy(council, far):
    runner, config = council.app.test_cli_runner(), council.app.config

    def said(*args):
        return runner.invoke(evidence_files.evidence, args)

    assert "which answers" in said("store").output
    evidence_store.put(config, b"only here")
    back = said("copy", "--to", "folder")
    assert back.exit_code == 0 and "1 file copied (9 bytes), 0 there already" in back.output
    assert "AUDIT_EVIDENCE_STORE_URL=(nothing)" in back.output
    same = said("copy", "--to", config["EVIDENCE_STORE_URL"])
    assert same.exit_code == 1 and "Files are kept there already." in same.output
