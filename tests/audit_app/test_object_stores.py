"""Wherever files are kept, the same promises hold: the folder, Azure Blob and S3 are asked the same questions."""

import hashlib
import importlib.util
import logging
import re
import signal
import subprocess
import sys
import threading
import uuid
from types import SimpleNamespace

import pytest

from audit_app import evidence_store
from audit_app.evidence_store import Damaged, Missing, TooLarge, Trouble, Unavailable, UnusableStore, moving, store
from audit_app.evidence_store.keeping import objects, settings
from tests import object_stores

PLACES = ("folder", "azure_store", "s3_store")
FAR = PLACES[1:]
MINUTES = b"minutes of the panel"
NAME = hashlib.sha256(MINUTES).hexdigest()


def place_in(request, tmp_path, name):
    """A place of its own: its settings, and a way past the product to what lies there."""
    folder = {"DATA_FOLDER": tmp_path}
    if name == "folder":

        def lay(path, data):
            (tmp_path / "evidence" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "evidence" / path).write_bytes(data)

        def written(path):
            return (tmp_path / "evidence" / path).stat().st_ino

        return SimpleNamespace(config=folder, lay=lay, server=None, mark=written)
    server = request.getfixturevalue(name)
    config = {**folder, **server.settings(f"a/{uuid.uuid4().hex}")}
    client = objects.client(settings.read_settings(config), 20, 0)
    return SimpleNamespace(config=config, server=server, lay=client.put, mark=client.head)


@pytest.fixture(params=PLACES)
def place(request, tmp_path):
    return place_in(request, tmp_path, request.param)


@pytest.fixture(params=FAR)
def far(request, tmp_path):
    return place_in(request, tmp_path, request.param)


def lying(config):
    return [each.where for each in evidence_store.list_everything(config)]


def test_what_is_put_in_comes_out_once_and_lies_where_its_hash_says(place):
    config = place.config
    kept = evidence_store.put(config, MINUTES)
    assert (kept.sha256, kept.size) == (NAME, 20)
    mark = place.mark(f"{NAME[:2]}/{NAME}")
    assert evidence_store.put(config, MINUTES) == kept
    assert place.mark(f"{NAME[:2]}/{NAME}") == mark  # put only where there is none: nothing was written again
    assert evidence_store.read_file(config, NAME) == b"".join(evidence_store.stream(config, NAME)) == MINUTES
    assert evidence_store.exists(config, NAME) and evidence_store.verify(config, NAME) == 20
    (where,) = lying(config)
    assert re.search(rf"/{NAME[:2]}/{NAME}$", where)
    assert list(evidence_store.list_hashes(config)) == [NAME]


def test_what_is_larger_than_a_part_comes_in_parts_and_whole(place):
    data = bytes(range(256)) * 4096 * 5
    kept = evidence_store.put(place.config, data)
    parts = list(evidence_store.stream(place.config, kept.sha256))
    assert len(parts) > 1 and b"".join(parts) == data


def test_a_changed_file_is_never_handed_out_as_whole_and_putting_it_in_again_mends_it(place):
    data = b"as it was" * 300_000
    kept = evidence_store.put(place.config, data)
    place.lay(f"{kept.sha256[:2]}/{kept.sha256}", b"as it is not" + data[12:])
    for read in (evidence_store.verify, evidence_store.read_file):
        with pytest.raises(Damaged):
            read(place.config, kept.sha256)
    came = []
    with pytest.raises(Damaged):
        came.extend(evidence_store.stream(place.config, kept.sha256))
    assert sum(map(len, came)) < len(data)
    evidence_store.put(place.config, MINUTES)
    place.lay(f"{NAME[:2]}/{NAME}", b"minutes of another")
    with pytest.raises(Damaged):  # before a page has said that it comes
        evidence_store.stream(place.config, NAME)
    evidence_store.put(place.config, data)
    assert evidence_store.verify(place.config, kept.sha256) == len(data)


def test_what_is_no_hash_or_not_there_is_missing(place):
    for name in ("", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64):
        assert not evidence_store.exists(place.config, name)
        for read in (evidence_store.read_file, evidence_store.stream, evidence_store.verify):
            with pytest.raises(Missing):
                read(place.config, name)


def test_a_file_is_removed_and_whether_it_was_there_is_told(place):
    evidence_store.put(place.config, MINUTES)
    assert evidence_store.remove(place.config, NAME)
    assert not evidence_store.remove(place.config, NAME)
    assert lying(place.config) == []
    with pytest.raises(Missing):
        evidence_store.read_file(place.config, NAME)


def test_what_lies_there_and_does_not_belong_is_listed_as_out_of_place(place):
    evidence_store.put(place.config, MINUTES)
    place.lay(f"zz/{NAME}", MINUTES)
    place.lay("notes.txt", b"somebody's notes")
    told = {each.where.rpartition("/")[2]: each for each in evidence_store.list_everything(place.config)}
    strays = [each for each in evidence_store.list_everything(place.config) if not each.in_place]
    assert sorted(each.where.rsplit("/", 2)[-1] for each in strays) == sorted([NAME, "notes.txt"])
    assert list(evidence_store.list_hashes(place.config)) == [NAME] and told["notes.txt"].touched > 1.7e9


def test_more_than_the_limit_leaves_nothing(place):
    with pytest.raises(TooLarge, match="larger than 2 kB"):
        evidence_store.put(place.config, b"x" * 2049, limit=2048)
    assert lying(place.config) == []


def test_two_who_put_the_same_file_at_once_both_have_it(place):
    data, kept = b"the same figures" * 60_000, []
    together = [threading.Thread(target=lambda: kept.append(evidence_store.put(place.config, data))) for _ in range(4)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert len(kept) == 4 and len(set(kept)) == 1 and len(lying(place.config)) == 1


KILLED = """
import os, signal, sys
from audit_app import evidence_store
class Cut:
    parts = [b"x" * 2_000_000]
    def read(self, _size):
        if not self.parts:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.parts.pop()
evidence_store.put({config!r}, Cut())
"""


def test_an_upload_killed_half_way_leaves_nothing_that_looks_like_a_file(place):
    config = {**place.config, "DATA_FOLDER": str(place.config["DATA_FOLDER"])}
    ended = subprocess.run([sys.executable, "-c", KILLED.format(config=config)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list(evidence_store.list_hashes(place.config)) == []
    left = lying(place.config)
    assert len(left) == (place.server is None)
    assert evidence_store.clear_unfinished(place.config, older_than=2e9 * 5) == len(left)
    assert lying(place.config) == []


def test_a_line_that_drops_half_way_is_told_and_nothing_is_kept(far):
    with object_stores.breaking_line(far.server.port, after_bytes=400_000) as port:
        dropped = {**far.config, **far.server.settings("unused", port=port, EVIDENCE_STORE_RETRIES=0)}
        dropped["EVIDENCE_STORE_URL"] = far.config["EVIDENCE_STORE_URL"]
        with pytest.raises(Unavailable, match="cannot be reached"):
            evidence_store.put(dropped, b"y" * 3_000_000)
    assert lying(far.config) == []


def troubles(server, secret):
    """Each way a store fails, with the settings that bring it about and a word of its sentence."""
    other = secret[:-4] + ("abc=" if server.kind == "az" else "abcd")
    return {
        Trouble.refused: ({"EVIDENCE_STORE_SECRET": other}, "refuses the key"),
        Trouble.no_container: ({"container": "nowhere"}, "no container or bucket called nowhere"),
        Trouble.unreachable: ({"port": object_stores.free_port()}, "cannot be reached"),
    }


CALLS = {
    "put": lambda config: evidence_store.put(config, MINUTES),
    "read": lambda config: evidence_store.read_file(config, NAME),
    "exists": lambda config: evidence_store.exists(config, NAME),
    "remove": lambda config: evidence_store.remove(config, NAME),
    "list": lambda config: list(evidence_store.list_everything(config)),
    "ask": evidence_store.ask,
}


@pytest.mark.parametrize("trouble", [Trouble.refused, Trouble.no_container, Trouble.unreachable])
def test_a_store_that_fails_is_told_in_a_sentence_without_a_secret(far, trouble, caplog):
    caplog.set_level(logging.DEBUG)
    changed, sentence = troubles(far.server, far.server.key)[trouble]
    config = {**far.config, **far.server.settings("p", EVIDENCE_STORE_RETRIES=0, **changed)}
    for call in CALLS.values():
        with pytest.raises(Unavailable, match=sentence) as told:
            call(config)
        assert told.value.trouble is trouble and told.value.__suppress_context__
        assert told.value.may_pass is (trouble is Trouble.unreachable)
    said = caplog.text + str(told.value) + repr(settings.read_settings(config))
    assert trouble.value in said
    assert far.server.key not in said and config["EVIDENCE_STORE_SECRET"] not in said


def test_a_store_that_never_answers_is_given_up_in_time(far):
    with object_stores.silent_line() as port:
        slow = far.server.settings("p", port=port, EVIDENCE_STORE_RETRIES=0, EVIDENCE_STORE_SECONDS=0.5)
        for call in (CALLS["put"], CALLS["read"], CALLS["ask"]):
            with pytest.raises(Unavailable, match="did not answer in time"):
                call({**far.config, **slow})


def test_a_store_that_gives_back_something_else_is_not_believed(far, monkeypatch):
    """As one would behind a proxy that changes what it carries: what came back is compared before a row is written."""
    keeping = store.place_of(far.config)
    monkeypatch.setattr(keeping, "_put_new", lambda path, data: bool(keeping.store.put(path, data[:-1])))
    with pytest.raises(Unavailable, match="does not give back what was put"):
        evidence_store.put(far.config, MINUTES)


# --- settings --------------------------------------------------------------------------------------------------------

GOOD = {
    "DATA_FOLDER": "x", "EVIDENCE_STORE_URL": "az://evidence/readiness", "EVIDENCE_STORE_ACCOUNT": "greenhaven",
    "EVIDENCE_STORE_SECRET": "c2VjcmV0",
}  # fmt: skip
S3 = {"EVIDENCE_STORE_URL": "s3://evidence"}
WRONG = {
    "a key in the address": ({"EVIDENCE_STORE_URL": "s3://id:c2VjcmV0@evidence"}, "URL is no address"),
    "a signature in the address": ({"EVIDENCE_STORE_URL": "az://evidence?sig=c2VjcmV0"}, "URL is no address"),
    "a path upwards": ({"EVIDENCE_STORE_URL": "s3://evidence/../other"}, "URL is no address"),
    "another kind": ({"EVIDENCE_STORE_URL": "gs://evidence"}, "URL is no address"),
    "no container": ({"EVIDENCE_STORE_URL": "az:///readiness"}, "URL is no address"),
    "no encryption": ({"EVIDENCE_STORE_ENDPOINT": "http://files.greenhaven.example"}, "without encryption"),
    "a name at the endpoint": ({"EVIDENCE_STORE_ENDPOINT": "https://u:p@files.example"}, "ENDPOINT must be"),
    "no account": ({"EVIDENCE_STORE_ACCOUNT": ""}, "ACCOUNT is empty"),
    "half a key": ({**S3, "EVIDENCE_STORE_ACCOUNT": ""}, "belong together"),
    "two secrets": ({"EVIDENCE_STORE_SECRET_FILE": "/nowhere"}, "not both"),
    "a secret that is not there": (
        {"EVIDENCE_STORE_SECRET": "", "EVIDENCE_STORE_SECRET_FILE": "/nowhere/key"}, "cannot be read",
    ),
    "no number": ({"EVIDENCE_STORE_SECONDS": "soon"}, "are numbers"),
    "no time": ({"EVIDENCE_STORE_SECONDS": 0}, "more than 0"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_settings_that_cannot_be_used_are_refused_and_never_repeat_a_key(case):
    changed, sentence = WRONG[case]
    with pytest.raises(UnusableStore, match=sentence) as refused:
        evidence_store.read_settings({**GOOD, **changed})
    assert "c2VjcmV0" not in str(refused.value)


def test_a_key_comes_from_a_file_and_shows_nowhere(tmp_path):
    (tmp_path / "key").write_text("c2VjcmV0\n", "utf-8")
    given = {**GOOD, "EVIDENCE_STORE_SECRET": "", "EVIDENCE_STORE_SECRET_FILE": str(tmp_path / "key")}
    read = evidence_store.read_settings(given)
    assert read.secret == "c2VjcmV0" and "c2VjcmV0" not in repr(read)
    assert read.address == "az://evidence/readiness"


def test_without_the_extra_the_start_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UnusableStore, match=re.escape("pip install 'inspection-readiness[objectstore]'")):
        evidence_store.read_settings(GOOD)
    assert evidence_store.read_settings({}) is None


# --- moving ----------------------------------------------------------------------------------------------------------


def test_files_move_to_a_store_and_back_each_compared_and_the_source_stays(far, tmp_path):
    near = {**far.config, "EVIDENCE_STORE_URL": ""}
    target = far.config["EVIDENCE_STORE_URL"]
    names = [evidence_store.put(near, f"file {count}".encode()).sha256 for count in range(4)]
    broken = store.path_of(near, names[0])
    broken.write_bytes(b"changed")
    evidence_store.put(far.config, b"file 1")
    first = moving.copy_all(near, target)
    assert (first.copied, first.there, first.size) == (2, 1, 12)
    assert len(first.broken) == 1 and names[0] in first.broken[0]
    assert sorted(evidence_store.list_hashes(far.config)) == sorted(names[1:])
    broken.write_bytes(b"file 0")
    again = moving.copy_all(near, target)
    assert (again.copied, again.there, again.broken) == (1, 3, ())
    assert sorted(evidence_store.list_hashes(near)) == sorted(names)
    other = tmp_path / "other"
    back = moving.copy_all({**far.config, "DATA_FOLDER": other}, "folder")
    assert back.copied == 4 and sorted(evidence_store.list_hashes({"DATA_FOLDER": other})) == sorted(names)
