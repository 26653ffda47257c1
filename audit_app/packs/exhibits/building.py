"""Exhibits while a pack is built: judged as they stand, fetched, taken apart; and again from frozen contents."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from audit_app.packs.composing.extract import Extract
from audit_app.packs.contents import EvidencePack
from audit_app.packs.exhibits import chosen, composing, joining
from audit_app.packs.exhibits.chosen import Exhibit
from audit_app.packs.exhibits.joining import MEND, Stopped, Taken, Wanted
from audit_app.packs.parts.exhibits import Given


def taken(config: Mapping[str, Any], extract: Extract, *, each: Callable[[int], None]) -> tuple[Extract, Taken]:
    """The extract with how each exhibit is given, and the files.

    Raises:
        Stopped: an exhibit may not go out any more, or its file is not what it was.
    """
    for exhibit in extract.exhibits:
        refuse(exhibit, extract.about.level)
    decided = [composing.decided(exhibit, config["EVIDENCE_SCANNER"]) for exhibit in extract.exhibits]
    wanted = [
        Wanted(exhibit.number, exhibit.called, exhibit.line.kind, exhibit.line.sha256)
        for exhibit in decided
        if exhibit.given is Given.beside
    ]
    files = joining.take(config, wanted, each=each)
    made = [
        composing.taken(
            exhibit, files.pages(exhibit.number), could_not_join=files.could_not_join(exhibit.number)
        ) if exhibit.given is Given.beside else exhibit
        for exhibit in decided
    ]  # fmt: skip
    return replace(extract, exhibits=tuple(made)), files


def refuse(exhibit: Exhibit, level: int) -> None:
    """Stop the pack where an exhibit may not go out any more, since it was chosen; by its number alone.

    Raises:
        Stopped: it was withdrawn, marked as not for packs, found harmful, or is for fewer people than the pack.
    """
    line = exhibit.line
    if not chosen.why_not(line, level):
        return
    if line.withdrawn_at is not None:
        why = "was withdrawn"
    elif line.kept_out_reason:
        why = "was marked as not for packs"
    elif line.level < level:
        why = "is for fewer people than this pack"
    else:
        why = "was found harmful by the virus scanner"
    raise Stopped(f"{exhibit.called} {why}. {MEND}")


def taken_again(config: Mapping[str, Any], pack: EvidencePack, *, each: Callable[[int], None]) -> Taken:
    """The files of a pack whose contents were frozen before; each must come out as the contents say.

    Raises:
        Stopped: a file is not what it was, or no longer has as many pages as the contents say.
    """
    wanted = [
        Wanted(part.number, f"{part.number} ({part.reference})", part.kind, part.sha256)
        for part in pack.exhibits
        if part.given in (Given.joined, Given.beside)
    ]
    files = joining.take(config, wanted, each=each)
    for part in pack.exhibits:
        if part.given in (Given.joined, Given.beside) and files.pages(part.number) != part.pages:
            files.close()
            raise Stopped(
                f"{part.number} ({part.reference}) does not come out with {part.pages} pages, as the frozen contents "
                "say. Build a new version of the pack."
            )
    return files


def beside(pack: EvidencePack, files: Taken) -> dict[str, Callable[[], bytes]]:
    """What lies beside the pack in its ZIP: each file by its name, fetched when it is written."""
    return {
        part.file_name: (lambda number=part.number: files.content(number))  # type: ignore[misc]
        for part in pack.exhibits
        if part.given is Given.beside
    }
