"""Reads, checks and keeps the editions; the only module of frameworks/ that opens files."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from frameworks.checks import edition as checks
from frameworks.checks import of_crosswalk as checks_of_crosswalk
from frameworks.corrections import BadPlace, WrittenCorrection, corrected, told
from frameworks.crosswalk_file import CrosswalkFile, Family
from frameworks.files import faults, nouns, parsing, yaml_lines
from frameworks.files.faults import BrokenEdition, Fault
from frameworks.files.shapes import Bank, WrittenSet
from frameworks.questions import WrittenDomain
from frameworks.schema import Domain, Edition, Question, QuestionSet, UnknownEdition
from frameworks.shapes import S, UnknownFamily, carried_into

SETS = Path(__file__).parent / "sets"
PUBLISHED = Path(__file__).parent / "published.txt"
CROSSWALK = Path(__file__).parent / "crosswalk.yaml"
EDITION_FILE, BANK_FILE = "edition.yaml", "bank.yaml"
CORRECTION_FILE = re.compile(r"correction-([1-9][0-9]?)\.yaml")

AreasOf = Callable[[str], frozenset[str] | None]


@dataclass(frozen=True)
class HeldEdition:
    """An edition read whole: itself as last corrected, each of its question sets at each length, and every version."""

    edition: Edition
    question_sets: tuple[QuestionSet, ...]
    versions: tuple[Edition, ...]


# By folder, so that an edition read from one place is never taken for one of the same name in another.
_kept: dict[Path, HeldEdition] = {}
_lock = threading.RLock()


def edition_ids() -> tuple[str, ...]:
    """The names of the editions that come with the product, in alphabetical order."""
    return tuple(sorted(folder.name for folder in SETS.iterdir() if (folder / EDITION_FILE).is_file()))


def held(edition_id: str) -> HeldEdition:
    """An edition that comes with the product, read at the first call and kept; raises UnknownEdition, BrokenEdition."""
    folder = SETS / edition_id
    with _lock:
        if folder not in _kept:
            if edition_id not in edition_ids():
                raise UnknownEdition(f"There is no edition “{edition_id}”. Known: {', '.join(edition_ids())}.")
            _kept[folder] = read_edition(folder, ours=True)
        return _kept[folder]


def read_edition(folder: Path, *, ours: bool = False) -> HeldEdition:
    """Read and check one edition's folder; raises BrokenEdition with every fault that could be found."""
    contents, unopened = _contents(folder)
    try:
        edition = read_files(folder.name, contents, lambda other: _area_keys(folder, other), ours=ours)
    except BrokenEdition as broken:
        raise BrokenEdition((*unopened, *broken.faults)) from None
    if unopened:
        raise BrokenEdition(tuple(unopened))
    return edition


def read_files(name: str, contents: Mapping[str, bytes], areas_of: AreasOf, *, ours: bool = False) -> HeldEdition:
    """Read and check one edition from the bytes of its files.

    Args:
        name: The folder's name, which must be the edition's id.
        contents: File name to bytes: edition.yaml, perhaps corrections of it, perhaps bank.yaml, and one file per
            question set.
        areas_of: Gives the judgement areas of another edition, or None if there is no such edition.
        ours: Whether the files come with the product.

    Raises:
        BrokenEdition: With every fault that could be found.
    """
    reading = _Reading(name, contents, ours=ours)
    edition = reading.shaped(EDITION_FILE, Edition)
    bank = reading.shaped(BANK_FILE, Bank) if BANK_FILE in contents else None
    sets = {
        file: reading.shaped(file, WrittenSet)
        for file in sorted(contents)
        if file not in {EDITION_FILE, BANK_FILE} and not CORRECTION_FILE.fullmatch(file)
    }
    if sets and BANK_FILE not in contents:
        reading.note(BANK_FILE, (), "This file is missing. Question sets list questions of a bank.yaml: add it.")
    versions: tuple[Edition, ...] = ()
    if edition is not None:
        reading.note_all(EDITION_FILE, checks.edition_complaints(edition, name))
        reading.note_all(EDITION_FILE, checks.version_complaints(edition))
        versions = (edition, *_corrected_versions(reading, name))
        if bank is not None:
            areas = _areas_informed(reading, edition, bank, areas_of)
            reading.note_all(BANK_FILE, checks.bank_complaints(bank, edition, areas, areas_of))
            for file, written in sets.items():
                if written is not None:
                    reading.note_all(file, checks.set_complaints(written, Path(file).stem, bank, edition))
    if reading.faults or edition is None:
        raise BrokenEdition(tuple(reading.faults))
    built = (built_sets(edition, bank, written) for written in sets.values() if bank and written)
    sets_built = tuple(question_set for lengths in built for question_set in lengths)
    return HeldEdition(versions[-1], sets_built, versions)


def _corrected_versions(reading: "_Reading", name: str) -> list[Edition]:
    """The versions that corrections make, in order; a fault of one is kept and ends the row."""
    versions: list[Edition] = []
    values = reading.values(EDITION_FILE)
    numbers = sorted(int(match[1]) for file in reading.contents if (match := CORRECTION_FILE.fullmatch(file)))
    for expected, number in enumerate(numbers, start=2):
        file = f"correction-{number}.yaml"
        written = reading.shaped(file, WrittenCorrection)
        if written is None:
            return versions
        if not number == written.version == expected:
            reading.note(file, ("version",), f"This must be version {expected}: name the file and write it so.")
            return versions
        version = _corrected_version(reading, file, written, values)
        if version is None:
            return versions
        reading.note_all(file, _of_whole_file(checks.edition_complaints(version, name)))
        versions.append(version)
        values = version.model_dump()
    return versions


def _corrected_version(
    reading: "_Reading", file: str, written: WrittenCorrection, values: dict[str, Any]
) -> Edition | None:
    for at, change in enumerate(written.changes):
        for place, changed in enumerate(change.places):
            try:
                values = corrected(values, changed)
            except BadPlace as bad:
                reading.note(file, ("changes", at, "places", place, "place"), str(bad))
                return None
    earlier = tuple(values.get("corrections", ()))
    beside = {"version": written.version, "corrections": (*earlier, told(written).model_dump())}
    try:
        return Edition.model_validate(values | beside)
    except ValidationError as error:
        reading.note_all(file, _of_whole_file(iter(faults.complaints_of(error))))
        return None


def _of_whole_file(complaints: Iterator[checks.Complaint]) -> Iterator[checks.Complaint]:
    """Complaints about an edition as corrected: their place is in no one line of the correction, so it is said."""
    return (((), f"{faults.place_as_written(path)}: {message}") for path, message in complaints)


def fingerprints() -> dict[str, str]:
    """The current fingerprint of each edition and of each length of each set: new lines for published.txt."""
    current = {}
    for edition_id in edition_ids():
        edition = held(edition_id)
        for version in edition.versions:
            current[published_name(version)] = version.fingerprint
        for question_set in edition.question_sets:
            current[f"{edition_id}/{question_set.id}/{question_set.length}"] = question_set.fingerprint
    return current


def published_name(version: Edition) -> str:
    """The name a version of an edition has in published.txt: ilacs-2018 as first published, then ilacs-2018@2."""
    return version.id if version.version == 1 else f"{version.id}@{version.version}"


def published() -> dict[str, str]:
    """What published.txt promises: path to fingerprint. Lines beginning with # are remarks."""
    rows = (line.split() for line in PUBLISHED.read_text(encoding="utf-8").splitlines())
    return {row[1]: row[0] for row in rows if row and not row[0].startswith("#")}


class _Reading:
    """One go at reading an edition's files, gathering faults on the way."""

    def __init__(self, name: str, contents: Mapping[str, bytes], *, ours: bool = False) -> None:
        self.name, self.contents, self.faults, self.ours = name, contents, list[Fault](), ours

    def note(self, file: str, path: faults.Path, message: str) -> None:
        """Keep one fault, with its line looked up."""
        line = yaml_lines.line_of(self.contents.get(file, b"").decode("utf-8", "replace"), path)
        place = faults.place_as_written(path)
        self.faults.append(Fault(f"{self.name}/{file}", place, line, faults.printable(message, 500)))

    def note_all(self, file: str, complaints: Iterator[checks.Complaint]) -> None:
        """Keep each of several faults of one file."""
        for path, message in complaints:
            self.note(file, path, message)

    def values(self, file: str) -> dict[str, Any]:
        """A file's plain values, once its shape is known to be sound."""
        values = parsing.values_in(self.contents[file], ours=self.ours)
        return values if isinstance(values, dict) else {}

    def shaped(self, file: str, shape: type[S]) -> S | None:
        """A file's contents in their shape; None, with faults kept, when they do not fit it."""
        if file not in self.contents:
            self.faults.append(Fault(f"{self.name}/{file}", "", None, "This file is missing. Every edition has one."))
            return None
        try:
            return shape.model_validate(parsing.values_in(self.contents[file], ours=self.ours))
        except ValidationError as error:
            self.note_all(file, iter(faults.complaints_of(error)))
        except parsing.Unreadable as error:
            self.faults.extend(Fault(f"{self.name}/{file}", "", line, message) for line, message in error.complaints)
        return None


def _contents(folder: Path) -> tuple[dict[str, bytes], list[Fault]]:
    contents, unopened = {}, []
    try:
        names = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return {}, [Fault(folder.name, "", None, "This folder cannot be opened. Check its name and your rights.")]
    for path in names:
        message = None
        if path.suffix != ".yaml":
            message = "Only files ending in .yaml may lie here. Rename it or move it away."
        try:
            # One byte more than allowed is enough to know that a file is too large.
            with path.open("rb") as file:
                contents[path.name] = file.read(parsing.MAX_BYTES + 1)
        except OSError:
            message = message or "This file cannot be opened. Check that it is a file and that you may read it."
        if message:
            contents.pop(path.name, None)
            unopened.append(Fault(f"{folder.name}/{faults.printable(path.name)}", "", None, message))
    return contents, unopened


def _area_keys(folder: Path, edition_id: str) -> frozenset[str] | None:
    if folder.parent == SETS and edition_id in edition_ids() and edition_id != folder.name:
        return frozenset(area.id for area in held(edition_id).edition.areas)
    for place in (folder.parent, SETS):
        contents, _ = _contents(place / edition_id)
        if EDITION_FILE in contents:
            edition = _Reading(edition_id, contents).shaped(EDITION_FILE, Edition)
            return frozenset(area.id for area in edition.areas) if edition else None
    return None


def _areas_informed(reading: _Reading, edition: Edition, bank: Bank, areas_of: AreasOf) -> frozenset[str]:
    other = bank.informs_edition or edition.informs_edition
    if other is None:
        return frozenset(area.id for area in edition.areas)
    areas = areas_of(other)
    if areas is None:
        file = BANK_FILE if bank.informs_edition else EDITION_FILE
        reading.note(
            file, ("informs_edition",), f"The edition “{other}” is not there or cannot be read. Check its name."
        )
    # Without the other edition its areas are unknown; one fault says so, and each key is not blamed again.
    return areas if areas is not None else frozenset(key for domain in bank.domains for key in domain.informs)


def built_sets(edition: Edition, bank: Bank, written: WrittenSet) -> Iterator[QuestionSet]:
    """The question set of one file at each of its lengths; the parts must have been checked."""
    domains = {domain.id: domain for domain in bank.domains}
    for length_id, length in written.lengths.items():
        keys = tuple(checks.listed_questions(length, written, domains))
        order = dict.fromkeys(key.partition("/")[0] for key in keys)
        yield carried_into(
            QuestionSet,
            written,
            edition_id=edition.id,
            length=length_id,
            lengths=tuple(written.lengths),
            expected_minutes=length.expected_minutes,
            rules=edition.rules,
            informs_edition=bank.informs_edition or edition.informs_edition or edition.id,
            scales=tuple(nouns.of_scale(scale, written.nouns) for scale in edition.scales),
            domains=tuple(_built_domain(domains[domain_id], keys, written) for domain_id in order),
        )


def _built_domain(domain: WrittenDomain, keys: tuple[str, ...], written: WrittenSet) -> Domain:
    asked = {f"{domain.id}/{question.id}": question for question in domain.questions}
    built = carried_into(
        Domain,
        domain,
        informs=tuple(dict.fromkeys(written.reads_as.get(area, area) for area in domain.informs)),
        guidance=domain.guidance or {},
        questions=tuple(carried_into(Question, asked[key], key=key) for key in keys if key in asked),
    )
    return nouns.of_domain(built, written.nouns)


_crosswalks: dict[Path, CrosswalkFile] = {}


def crosswalk_file() -> CrosswalkFile:
    """The families of editions and the lines between them, read at the first call and kept; raises BrokenEdition."""
    with _lock:
        if CROSSWALK not in _crosswalks:
            _crosswalks[CROSSWALK] = read_crosswalk(CROSSWALK.read_bytes())
        return _crosswalks[CROSSWALK]


def family(family_id: str) -> Family:
    """The family of that id, with the ids of its editions, oldest first; raises UnknownFamily."""
    families = crosswalk_file().families
    for known in families:
        if known.id == family_id:
            return known
    raise UnknownFamily(f"There is no family “{family_id}”. Known: {', '.join(known.id for known in families)}.")


def read_crosswalk(content: bytes) -> CrosswalkFile:
    """Read and check the crosswalk from the bytes of its file; raises BrokenEdition with every fault found."""
    reading = _Reading("frameworks", {CROSSWALK.name: content}, ours=True)
    crosswalk = reading.shaped(CROSSWALK.name, CrosswalkFile)
    if crosswalk is not None:
        editions = {edition_id: held(edition_id).edition for edition_id in edition_ids()}
        places = {edition_id: _places_in(held(edition_id)) for edition_id in editions}
        reading.note_all(CROSSWALK.name, checks_of_crosswalk.family_complaints(crosswalk, editions))
        reading.note_all(CROSSWALK.name, checks_of_crosswalk.line_complaints(crosswalk, places))
    if reading.faults or crosswalk is None:
        raise BrokenEdition(tuple(reading.faults))
    return crosswalk


def _places_in(held_edition: HeldEdition) -> frozenset[str]:
    """What may be named of an edition: its areas, its overall judgement and the domains of its sets."""
    edition = held_edition.edition
    areas = {area.id for area in edition.areas} | ({edition.overall.id} if edition.overall else set())
    return frozenset(areas | {domain.id for asked in held_edition.question_sets for domain in asked.domains})


def edition_bytes(edition_id: str, version: int = 1) -> bytes:
    """The file that made a version of an edition, as it lies there: edition.yaml, then its corrections.

    Raises:
        UnknownEdition: There is no such edition, or no such version of it.
    """
    if version not in [known.version for known in held(edition_id).versions]:
        raise UnknownEdition(f"There is no version {version} of “{edition_id}”.")
    return (SETS / edition_id / (EDITION_FILE if version == 1 else f"correction-{version}.yaml")).read_bytes()
