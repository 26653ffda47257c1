"""A backup fetched from where backups are kept: whole or not at all, and nothing is written over."""

import io

import pytest

from audit_app import backups
from audit_app.backups import places

NAMES = ("audit-20261128T020000Z.tar.age", "audit-20261129T020000Z.tar.age")


class CutOff(places.Folder):
    """A place whose line breaks in the middle, or ends too soon."""

    def __init__(self, path, problem=None):
        super().__init__(path)
        self.problem = problem

    def open(self, name):
        part = (self.path / name).read_bytes()[:3]
        return Breaking(part, self.problem) if self.problem else io.BytesIO(part)


class Breaking(io.BytesIO):
    def __init__(self, part, problem):
        super().__init__(part)
        self.problem = problem

    def read(self, size=-1):
        part = super().read(size)
        if not part:
            raise self.problem
        return part


@pytest.fixture
def kept(tmp_path):
    (tmp_path / "kept").mkdir()
    for number, name in enumerate(NAMES):
        (tmp_path / "kept" / name).write_bytes(b"backup %d" % number)
    (tmp_path / "here").mkdir()
    return places.Folder(tmp_path / "kept")


def test_the_newest_or_the_named_one_is_fetched_for_its_owner_alone(kept, tmp_path):
    newest = backups.fetch(kept, "", tmp_path / "here")
    assert (newest.name, newest.read_bytes()) == (NAMES[1], b"backup 1")
    assert newest.stat().st_mode & 0o077 == 0
    assert backups.fetch(kept, NAMES[0], tmp_path / "here").read_bytes() == b"backup 0"


def test_nothing_is_written_over_and_a_name_that_is_not_there_is_told(kept, tmp_path):
    (tmp_path / "here" / NAMES[0]).write_bytes(b"mine")
    with pytest.raises(backups.NotFetched, match="is there already"):
        backups.fetch(kept, NAMES[0], tmp_path / "here")
    assert (tmp_path / "here" / NAMES[0]).read_bytes() == b"mine"
    with pytest.raises(backups.NotFetched, match="no backup called"):
        backups.fetch(kept, "audit-20200101T000000Z.tar.age", tmp_path / "here")
    with pytest.raises(backups.NotFetched, match="There is no backup in"):
        backups.fetch(places.Folder(tmp_path / "nowhere"), "", tmp_path / "here")


@pytest.mark.parametrize(("problem", "error"), [(OSError("cut"), OSError), (None, backups.NotFetched)])
def test_a_line_that_breaks_leaves_nothing(kept, tmp_path, problem, error):
    with pytest.raises(error):
        backups.fetch(CutOff(kept.path, problem), "", tmp_path / "here")
    assert list((tmp_path / "here").iterdir()) == []
