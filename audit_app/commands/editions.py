"""The commands under `framework`: read the editions that are there, and check one that is being written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

import frameworks
from audit_app import words
from audit_app.library.own_sets import files as own_set_files
from frameworks import BrokenEdition, QuestionSet, UnknownEdition, changes, edition_changes, reader
from frameworks.files import faults, json_schema
from frameworks.kinds import record_facts
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnSet

framework = AppGroup("framework", help="Editions of frameworks and question sets.")


@framework.command("list")
def list_editions() -> None:
    """Every edition that comes with the product, with its question sets."""
    published = reader.published()
    for edition in frameworks.editions():
        state = "published" if edition.id in published else "not yet published"
        version = f", version {edition.version}" if edition.version > 1 else ""
        click.echo(f"{edition.id}: {edition.title} ({state}{version}, from {words.date_words(edition.valid_from)})")
        for question_set in frameworks.question_sets(edition.id):
            questions = words.count(len(question_set.questions), "question")
            minutes = f"about {question_set.expected_minutes} minutes"
            click.echo(f"  {question_set.id}, {question_set.length}: {question_set.title}, {questions}, {minutes}")


@framework.command("show")
@click.argument("edition_id")
def show(edition_id: str) -> None:
    """One edition: its judgement areas, and where it comes from."""
    try:
        edition = frameworks.edition_named(edition_id)
    except UnknownEdition as unknown:
        raise click.ClickException(str(unknown)) from unknown
    click.echo(f"{edition.title}, {edition.publisher}")
    click.echo(f"Version {edition.version}. Source: {edition.source.document} {edition.source.date}")
    for area in edition.areas:
        click.echo(f"  {area.id}: {area.name}")


@framework.command("check")
@click.argument("place", type=click.Path(exists=True, path_type=Path))
def check(place: Path) -> None:
    """Read an edition's folder, or one file of a council's own set, as the product would.

    Lists every fault with its place and what mends it. A file beside an edition.yaml is checked with its edition.
    """
    if _is_own_set(place):
        own = _own_set_in(place)
        questions = words.count(len(own.asked), "question")
        domains = words.count(sum(not part.retired for part in own.domains), "domain")
        click.echo(f"{_named(place)} is sound: {own.title}, {questions} in {domains}.")
        return
    folder = (place if place.is_dir() else place.parent).resolve()
    try:
        held = reader.read_edition(folder)
    except BrokenEdition as broken:
        for fault in broken.faults:
            click.echo(str(fault))
        raise click.ClickException(f"{words.count(len(broken.faults), 'fault')} in {folder.name}.") from broken
    sets = words.count(len(held.question_sets), "question set")
    click.echo(f"{held.edition.id} is sound: {words.count(len(held.edition.areas), 'judgement area')}, {sets}.")


def _is_own_set(place: Path) -> bool:
    return place.is_file() and not (place.resolve().parent / "edition.yaml").exists()


def _named(place: Path) -> str:
    return faults.printable(place.name, 80)


def _own_set_in(place: Path) -> OwnSet:
    """The sound document of a file, or the command ends with every fault of it."""
    read_file = own_set_files.read_set_file(place.read_bytes(), place.name)
    if read_file.own is None:
        for fault in read_file.faults:
            click.echo(fault)
        raise click.ClickException(f"{words.count(len(read_file.faults), 'fault')} in {_named(place)}.")
    return read_file.own


@framework.command("schema")
@click.argument("kind", type=click.Choice(sorted(json_schema.KINDS)))
def schema(kind: str) -> None:
    """The format of one kind of file as JSON Schema, for an editor or another program."""
    click.echo(json_schema.file_text(kind), nl=False)


@framework.command("changes")
@click.argument("older_id")
@click.argument("newer_id")
def changed(older_id: str, newer_id: str) -> None:
    """What a newer edition of a framework kept, reworded, split, retired or added.

    OLDER and NEWER are two editions, two versions of one (ilacs-2018@1 ilacs-2018), or two files of a council's own
    set.
    """
    files = Path(older_id), Path(newer_id)
    if all(file.is_file() for file in files):
        before, after = (_asked_in(file) for file in files)
        _tell("Questions", changes.changes(before, after))
        if before.facts or after.facts:
            _tell("Facts about the record", record_facts.changes(before, after))
        return
    try:
        older, newer = frameworks.edition_named(older_id), frameworks.edition_named(newer_id)
    except UnknownEdition as unknown:
        raise click.ClickException(str(unknown)) from unknown
    between = edition_changes.edition_changes(older, newer, reader.crosswalk_file().lines)
    for heading, changed_parts in (("Judgement areas", between.areas), ("Statements", between.statements)):
        _tell(heading, changed_parts)
    for sentence in between.sentences:
        click.echo(sentence)
    for change in (change for correction in between.corrections for change in correction.changes):
        click.echo(f"  corrected: {change.was} → {change.right} ({change.source})")


def _asked_in(place: Path) -> QuestionSet:
    return own_set.built(_own_set_in(place), "own-set", own_set.NO_DAY).question_sets[-1]


def _tell(heading: str, changed_parts: Sequence[Any]) -> None:
    counts = changes.counted(changed_parts)
    click.echo(f"{heading}: {', '.join(f'{number} {kind}' for kind, number in counts.items()) or 'none'}")
    for change in changed_parts:
        click.echo(
            f"  {change.kind}: {change.before or change.after}"
            + (f" → {change.after}" if change.before and change.after and change.before != change.after else "")
        )


@framework.command("fingerprints")
def fingerprints() -> None:
    """What published.txt would say of the files as they are now; add new lines to it, never change old ones."""
    for name, fingerprint in reader.fingerprints().items():
        click.echo(f"{fingerprint} {name}")


GROUPS = (framework,)
