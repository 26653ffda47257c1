"""One backup or trial at a time, whoever asks for it: the worker at night, a command by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audit_app.backups.refusals import NotBackedUp
from audit_app.turns.alone import hold_alone


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """For as long as the block lasts, no other process makes a backup of this data folder.

    Raises:
        NotBackedUp: another process is making one now.
    """
    with hold_alone(folder / "backups" / "backup.lock") as ours:
        if not ours:
            raise NotBackedUp("Another backup or trial of this data folder is under way. Wait until it is done.")
        yield
