"""Which backups stay, what the journal keeps, and what is said: pure, so worked out by hand here."""

from datetime import UTC, datetime, timedelta

import pytest

from audit_app.backups import journal, keeping, losses, state
from audit_app.backups.container.manifest import LogEnd
from audit_app.backups.journal import Line, Verified, What

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)  # a Monday
SETTINGS = {"BACKUP_LATE_HOURS": 26, "BACKUP_HOUR": 2, "DATA_FOLDER": "/tmp", "BACKUP_FOLDER": ""}


def nightly(days):
    """A backup each night at 2, the newest an hour ago."""
    return [keeping.name_for(NOW - timedelta(days=day, hours=1), enciphered=True) for day in range(days)]


def removed(names, **more):
    return keeping.to_remove(names, NOW, **{"days": 14, "weeks": 12, **more})


def test_all_of_two_weeks_and_then_one_a_week_for_twelve_are_kept():
    names = nightly(200)
    kept = [name for name in names if name not in removed(names)]
    # By the calendar: 17 to 30 November, then the Sundays from 15 November back to 30 August.
    assert [name[6:14] for name in kept[:14]] == [f"202611{day}" for day in range(30, 16, -1)]
    assert [name[6:14] for name in kept[14:]] == [
        "20261115", "20261108", "20261101", "20261025", "20261018", "20261011", "20261004", "20260927", "20260920",
        "20260913", "20260906", "20260830",
    ]  # fmt: skip
    assert [name for name in names if name not in removed(names, weeks=0)] == names[:14]


def test_the_newest_and_the_newest_that_was_opened_stay_however_old():
    old = [keeping.name_for(NOW - timedelta(days=day), enciphered=True) for day in (900, 800, 700)]
    assert removed(old) == old[:2]
    assert removed(old, verified=[old[0]]) == [old[1]]
    assert removed(old, verified=old[:2]) == [old[0]]
    assert removed([]) == []


def test_what_is_not_named_as_a_backup_is_never_removed():
    strange = ["before-step-0016-20200101T000000Z.db", "audit-20200101.tar", "audit-20201301T000000Z.tar", "notes.txt"]
    assert removed([*strange, *nightly(1)]) == []
    assert keeping.made_at("audit-20200101T000000Z.tar") == datetime(2020, 1, 1, tzinfo=UTC)


def test_a_torn_line_of_the_journal_costs_that_line_alone(tmp_path):
    lines = [
        Line(What.made, NOW, "audit-1", 7, verified=Verified.read_back),
        Line(What.failed, NOW, words="Full — disk"),
    ]
    journal.add(tmp_path, lines[0])
    path = journal.path_in(tmp_path)
    path.write_bytes(path.read_bytes() + b'{"what": "made", "at"')
    journal.add(tmp_path, lines[1])
    assert journal.lines(tmp_path) == lines
    assert path.stat().st_mode & 0o777 == 0o600
    assert journal.lines(tmp_path / "none") == []


def made(hours, **more):
    return Line(What.made, NOW - timedelta(hours=hours), "audit-x.tar.age", 5_000_000, files=3, seconds=2.0, **more)


@pytest.mark.parametrize(
    ("written", "trouble", "words"),
    [
        ([], [], "No backup was made yet"),
        ([Line(What.begun, NOW - timedelta(hours=26))], [], "No backup was made yet"),
        ([Line(What.begun, NOW - timedelta(hours=27))], ["No backup was made yet"], "No backup was made yet"),
        ([made(26)], [], "not opened again"),
        ([made(1, verified=Verified.restored)], [], "restored for trial and checked"),
        ([made(27)], ["The last was made"], "more than 26 hours ago"),
        (
            [made(5), Line(What.failed, NOW, words="The disk is full.")],
            ["The backup of just now failed"],
            "disk is full",
        ),
        ([Line(What.failed, NOW, words="Full."), made(0)], [], "The last was made just now: 3 files, 5 MB, enciphered"),
        ([made(1, lacks=2)], ["It lacks 2 files"], "audit-app check"),
        ([made(1, broken=1)], ["In what was restored"], "audit-app check"),
    ],
)
def test_the_state_page_says_how_it_stands_and_when_somebody_must_act(written, trouble, words):
    told = state.sentences(written, SETTINGS, NOW)
    needing = [sentence for sentence, needs in told if needs]
    assert len(needing) == len(trouble)
    assert all(sentence.startswith(start) for sentence, start in zip(needing, trouble, strict=True))
    assert any(words in sentence for sentence, _ in told)


def test_a_trial_is_told_with_its_day_and_none_is_told_as_none():
    tried = Line(What.tried, NOW - timedelta(hours=2), "audit-a.tar.age", verified=Verified.restored)
    assert state.sentences([made(3), tried], SETTINGS, NOW)[-1][0] == (
        "One was last restored for trial 2 hours ago: audit-a.tar.age."
    )
    assert "None was ever restored for trial" in state.sentences([made(3)], SETTINGS, NOW)[-1][0]


def at(sequence, hour):
    return LogEnd(sequence, datetime(2026, 11, 29, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("outside", "words", "entries"),
    [
        ({"database": at(40, 2)}, "Nothing: the database it replaces ends with the same entry", "none known"),
        ({"database": at(41, 5)}, "Entry 41 of the log is not in the backup", "41-41"),
        ({"database": at(1040, 5), "anchor": at(50, 3)}, "Entries 41 to 1,040 of the log are not", "41-1040"),
        ({"anchor": at(45, 5)}, "At least Entries 41 to 45 of the log are lost: what was done from", "41-45"),
        ({"anchor": at(40, 2)}, "Nothing that an anchor outside the backup witnesses", "none known"),
        ({"database": at(3, 1), "anchor": at(41, 5)}, "At least Entry 41 of the log is lost", "41-41"),
        ({}, "Whatever was done after 29 November 2026 at 2am, if anything was: that cannot be told", "none known"),
    ],
)  # fmt: skip
def test_nothing_is_called_lost_or_kept_that_cannot_be_known(outside, words, entries):
    loss = losses.lost(at(40, 2), **outside)
    assert words in loss.sentence
    assert loss.entries == entries
