"""Fetches the files of exhibits, each against its hash, and has them taken apart in a confined child, a few at a time.

What comes back is kept in a file that nobody else can open and that is gone with this process, so that neither many
exhibits nor large ones fill the memory.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from audit_app import evidence_store, limits
from audit_app.packs.exhibits import framing
from audit_app.packs.exhibits.framing import Answer, Question
from audit_app.paper.joined import Behind

CHILD = "audit_app.packs.exhibits.taking"
BOUNDS = limits.Limits(memory_mb=1_024, cpu_seconds=60, wall_seconds=120)
ALONE = limits.Limits(memory_mb=1_024, cpu_seconds=30, wall_seconds=60)
BATCH_FILES, BATCH_BYTES = 40, 12 * 1024 * 1024
MOST_BYTES = 500 * 1024 * 1024
IN_PAGES = {"pdf", "png", "jpeg"}
REWRITTEN = {"docx", "xlsx"}
MEND = "Leave it out of the pack, or add the file again as a new version and choose that; then build the pack."
SENTENCES = {
    "too_much": "unpacks to more than can be read safely.",
    "encrypted": "is locked with a password, so nobody could read it in the pack.",
    "sealed": "is made so that the names of who made it cannot be taken out. Print it to a new PDF.",
    "broken": "is damaged, or is not the kind of file that its name says.",
}


class Stopped(Exception):
    """An exhibit stops the pack; the message names it by number and reference alone, and says what to do."""


@dataclass(frozen=True)
class Wanted:
    """One file to fetch: whose it is, its kind and its hash."""

    number: str  # E7
    called: str  # E7 (EVD-0003)
    kind: str
    sha256: str


@dataclass(frozen=True)
class _Place:
    """Where an exhibit lies in the file of all, and what it is."""

    answer: Answer
    start: int
    size: int
    sha256: str


class Taken:
    """Every exhibit of a pack whose file is kept here: pages to stand behind the pack, or a file to lie beside it."""

    def __init__(self, spool: BinaryIO | None = None) -> None:
        self.spool: Any = spool
        self.places: dict[str, _Place] = {}
        self.size = 0

    def keep(self, wanted: Wanted, answer: Answer) -> None:
        """Put what came back behind what is there."""
        self.spool.seek(self.size)
        self.spool.write(answer.body)
        header = Answer(answer.problem, answer.sheets, answer.parts)
        self.places[wanted.number] = _Place(header, self.size, len(answer.body), wanted.sha256)
        self.size += len(answer.body)
        if self.size > MOST_BYTES:
            raise Stopped("The exhibits come to more than 500 MB. Leave some of them out, then build the pack.")

    def pages(self, number: str) -> int:
        """How many pages of an exhibit stand behind the pack; 0 where it lies beside it."""
        return len(self.places[number].answer.sheets)

    def could_not_join(self, number: str) -> bool:
        """Whether it is a file with pages that cannot stand behind the pack's own as their author left them."""
        return self.places[number].answer.problem == "cannot_join"

    def content(self, number: str) -> bytes:
        """What is kept of an exhibit."""
        place = self.places[number]
        self.spool.seek(place.start)
        return bytes(self.spool.read(place.size))

    def behind(self) -> Mapping[str, Behind]:
        """The pages of each exhibit that has any, by its number."""
        return {
            number: Behind(
                place.answer.sheets, place.answer.parts, self._reader(number), place.sha256
            )
            for number, place in self.places.items()
            if place.answer.sheets
        }  # fmt: skip

    def _reader(self, number: str) -> Callable[[], Iterator[list[framing.Piece]]]:
        return lambda: framing.unpacked(self.content(number))

    def close(self) -> None:
        """Let go of the file of all."""
        if self.spool is not None:
            self.spool.close()


def take(
    config: Mapping[str, Any], wanted: Sequence[Wanted], *, each: Callable[[int], None] = lambda done: None
) -> Taken:
    """Fetch and take apart every file; `each` is told how many are done and may raise to stop.

    Raises:
        Stopped: a file is missing, damaged, locked, not what it says, or cannot be read within its bounds.
    """
    if not wanted:
        return Taken()
    taken = Taken(tempfile.TemporaryFile())  # noqa: SIM115 - it outlives this function and is closed by the builder
    try:
        done = 0
        for batch in _batches(config, wanted):
            for one_wanted, answer in _answers(batch):
                _refuse(one_wanted, answer)
                taken.keep(one_wanted, answer)
                done += 1
            each(done)
    except BaseException:
        taken.close()
        raise
    return taken


def _batches(config: Mapping[str, Any], wanted: Iterable[Wanted]) -> Iterator[list[tuple[Wanted, bytes]]]:
    batch: list[tuple[Wanted, bytes]] = []
    size = 0
    for each in wanted:
        data = _read(config, each)
        if batch and (len(batch) >= BATCH_FILES or size + len(data) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((each, data))
        size += len(data)
    yield batch


def _read(config: Mapping[str, Any], wanted: Wanted) -> bytes:
    """The bytes of an exhibit, their hash worked out again (UP-9)."""
    try:
        return evidence_store.read_file(config, wanted.sha256)
    except evidence_store.Missing:
        raise Stopped(f"{wanted.called} is missing from the evidence store. Restore it from a backup. {MEND}") from None
    except evidence_store.Damaged:
        raise Stopped(
            f"{wanted.called} is no longer the file that was added: it was damaged or changed in the evidence store. "
            f"Restore it from a backup. {MEND}"
        ) from None


def _answers(batch: Sequence[tuple[Wanted, bytes]]) -> Iterator[tuple[Wanted, Answer]]:
    """What became of each file of a batch; where the child dies of one, each is tried by itself to find which."""
    inside = [pair for pair in batch if pair[0].kind in IN_PAGES | REWRITTEN]
    answers = iter(_ask(inside))
    for wanted, data in batch:
        yield wanted, next(answers) if wanted.kind in IN_PAGES | REWRITTEN else Answer(body=data)


def _ask(batch: Sequence[tuple[Wanted, bytes]]) -> list[Answer]:
    if not batch:
        return []
    questions = [Question(wanted.kind, data) for wanted, data in batch]
    outcome = limits.run_limited(CHILD, framing.ask(questions), ALONE if len(batch) == 1 else BOUNDS)
    answers = [] if outcome.problem else list(framing.told_by(outcome.output))
    if len(answers) == len(batch):
        return answers
    if len(batch) == 1:
        raise Stopped(f"{batch[0][0].called} cannot be read: {outcome.problem or 'it is damaged'}. {MEND}")
    return [answer for pair in batch for answer in _ask([pair])]


def _refuse(wanted: Wanted, answer: Answer) -> None:
    if answer.problem in SENTENCES:
        raise Stopped(f"{wanted.called} {SENTENCES[answer.problem]} {MEND}")
