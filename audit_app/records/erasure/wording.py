"""How a removal reads: what goes, what stays and why, and what no removal reaches. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from audit_app import clock, words
from audit_app.records.erasure.hanging import MANY
from audit_app.records.erasure.listing import Stay, Why
from audit_app.records.kinds import BY_CODE
from audit_app.records.tables import LineState, PackChoice, RemovalState

STATE_WORDS: dict[RemovalState, str] = words.ours(
    {
        RemovalState.asked: "Waits for somebody else to agree",
        RemovalState.agreed: "Agreed; being removed",
        RemovalState.done: "Done",
        RemovalState.kept: "Kept: nothing was removed",
    }
)
LINE_WORDS: dict[LineState, str] = words.ours(
    {
        LineState.waiting: "Still there",
        LineState.rows_gone: "Gone; its files are being removed",
        LineState.gone: "Gone",
        LineState.held: "Stopped by a legal hold",
    }
)
PACK_WORDS: dict[str, str] = words.ours(
    {
        PackChoice.unreleased.value: "Remove those never released; keep what was given to somebody",
        PackChoice.every.value: "Remove every one, with what is kept here of released copies",
        PackChoice.none.value: "Keep every one",
    }
)
WHY_WORDS: dict[Why, str] = {
    Why.held: "{reference} stays: the legal hold {by} keeps it.",
    Why.open_work: "{reference} stays: it has an open concern or action, which somebody must finish first.",
    Why.in_use: "{reference} stays: work that is not finished stands on it.",
    Why.pack_stays: "{reference} stays: it is a frozen document that was made with {by}.",
    Why.being_built: "{reference} stays: it is being built.",
    Why.names_it: "{reference} stays, and its words name the case reference: somebody must reword them.",
    Why.cites_it: "{reference} stays: it says what came from the record in words of its own, and that it was removed.",
    Why.more_than_one_run: "{by} more are past their time. Ask again when these are gone.",
}


def stay_words(stay: Stay) -> str:
    """One thing that stays, and why."""
    name = stay.reference
    if stay.why is Why.names_it and "-" not in name:
        name = f"Something else ({name})"
    return WHY_WORDS[stay.why].format(reference=name, by=stay.by)


def counts_words(counts: Mapping[str, int]) -> str:
    """1 audit, 34 answers and 2 concerns."""
    parts = (words.count(number, single, MANY.get(single)) for single, number in counts.items() if number)
    return words.listing([words.Ours(part) for part in parts])


def kinds_words(kinds: Mapping[str, int]) -> list[tuple[str, int]]:
    """Each kind of record that goes by its name, with how many."""
    return [(BY_CODE[code].name if code in BY_CODE else code, number) for code, number in kinds.items()]


def backups_go_by(removed: datetime | date, days: int, weeks: int) -> date:
    """The day by which the backups that still hold what was removed are past their time."""
    return clock.london_day(removed) + timedelta(days=days, weeks=weeks)


def not_reached(day: date, copies: Iterable[str]) -> list[str]:
    """What no removal reaches, said plainly."""
    until = words.date_words(day)
    sentences = [
        "The history log keeps its lines: references, codes and keyed hashes, and nothing anybody typed.",
        f"Backups made before still hold it, enciphered, and go by age: by {until}, but for the last one that was",
        "Copies that have left this service are not reached: printed pages, downloaded files, and e-mails sent on.",
        "Text that a browser keeps until it reaches the server goes when its author opens that page again.",
    ]
    sentences[1] += (
        " opened for trial. If one of them is restored, the register of removals beside the backups tells what came "
        "back, and it is erased again."
    )
    plain = list(copies)
    if plain:
        sentences.append(
            f"Copies of the database made before an update go too, as they are plain: {words.listing(plain)}."
        )
    return sentences


def many(one: str, number: int) -> str:
    """The words for so many of a sort."""
    return one if number == 1 else MANY.get(one) or words.plural(one)
