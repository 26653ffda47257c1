"""Evidence files kept by the hash of their content: written whole or not at all, never changed, never removed early.

The one interface to wherever they are kept: a folder of the data folder, or an object store by setting.
"""

import hashlib
import importlib
import io
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from audit_app.evidence_store.keeping.folder import Folder
from audit_app.evidence_store.keeping.place import (
    HASH,
    MEGABYTE,
    Kept,
    Lying,
    Missing,
    Place,
    Unavailable,
    damaged,
    size_if_sound,
)
from audit_app.evidence_store.keeping.settings import StoreSettings, UnusableStore, read_settings

FILE_LIMIT = 25 * MEGABYTE
ASKED_SECONDS = 60  # how long an answer of the store counts on a page
OBJECTS = "audit_app.evidence_store.keeping.objects"


def place_of(config: Mapping[str, Any], url: str | None = None) -> Place:
    """Where files are kept by the settings, or would be at another address with the same settings.

    Raises:
        UnusableStore: the settings name an object store and cannot be used.
    """
    settings = read_settings(config, url)
    return Folder(folder_of(config)) if settings is None else _objects(settings)


@lru_cache(maxsize=8)
def _objects(settings: StoreSettings) -> Place:
    """The client is made once: it keeps its connections."""
    try:
        place: Place = importlib.import_module(OBJECTS).Objects(settings)
    except (ImportError, ValueError) as error:
        raise UnusableStore(
            f"The object store {settings.address} cannot be used ({type(error).__name__}). Check the settings that "
            "begin with AUDIT_EVIDENCE_STORE."
        ) from None
    return place


def folder_of(config: Mapping[str, Any]) -> Path:
    """The folder for files of this installation, used or not."""
    return Path(config["DATA_FOLDER"]) / "evidence"


def mark_of(config: Mapping[str, Any]) -> str:
    """Which place this is, so that servers can tell whether they keep files in one and the same."""
    settings = read_settings(config)
    return settings.address if settings is not None else Folder(folder_of(config)).mark()


def path_of(config: Mapping[str, Any], sha256: str) -> Path:
    """Where a file lies when files are kept in the folder (UP-3).

    Raises:
        Missing: this is no hash, so there can be no such file.
    """
    return Folder(folder_of(config)).path_of(sha256)


def put(config: Mapping[str, Any], data: bytes | BinaryIO, limit: int = FILE_LIMIT) -> Kept:
    """Keep a file. When this returns it will survive a power cut; when it raises nothing was kept (UP-2 to UP-4).

    Raises:
        TooLarge: more bytes came than the limit; reading stopped there.
        Unavailable: the store cannot be asked, or would not keep it.
    """
    return place_of(config).take(io.BytesIO(data) if isinstance(data, bytes) else data, limit)


def exists(config: Mapping[str, Any], sha256: str) -> bool:
    """Whether the store has the file.

    Raises:
        Unavailable: the store cannot be asked.
    """
    try:
        return place_of(config).has(sha256)
    except Missing:
        return False


def read_file(config: Mapping[str, Any], sha256: str) -> bytes:
    """The whole file, its hash checked on the way.

    Raises:
        Missing: the store does not have it.
        Damaged: its content has changed.
        Unavailable: the store cannot be asked.
    """
    data = b"".join(place_of(config).chunks(sha256))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise damaged(sha256)
    return data


def stream(config: Mapping[str, Any], sha256: str) -> Iterator[bytes]:
    """A file for whoever downloads it, a part at a time; it was found before this returns.

    The last part is held back until the hash of all is right: a changed file ends as a download that broke off, never
    as one that looks whole.

    Raises:
        Missing: the store does not have it.
        Damaged: it is so short that it was read to its end before this returned, and has changed.
        Unavailable: the store cannot be asked.
    """
    parts = _checked(place_of(config).chunks(sha256), sha256)
    return chain([next(parts)], parts)


def _checked(chunks: Iterator[bytes], sha256: str) -> Iterator[bytes]:
    digest, held = hashlib.sha256(), b""
    for chunk in chunks:
        digest.update(chunk)
        if held:
            yield held
        held = chunk
    if digest.hexdigest() != sha256:
        raise damaged(sha256)
    yield held


def verify(config: Mapping[str, Any], sha256: str) -> int:
    """Work the hash out again (UP-9); returns the size in bytes.

    Raises:
        Missing: the store does not have it.
        Damaged: its content has changed.
        Unavailable: the store cannot be asked.
    """
    return size_if_sound(place_of(config), sha256)


def remove(config: Mapping[str, Any], sha256: str) -> bool:
    """Remove a file that nothing names any more; whether it was there.

    The caller has made sure that no row names it: files are kept once, however many rows do.

    Raises:
        Missing: this is no hash.
        Unavailable: the store cannot be asked.
    """
    return place_of(config).remove(sha256)


def list_everything(config: Mapping[str, Any]) -> Iterator[Lying]:
    """Everything that lies in the store, whatever its name: for `check`."""
    return place_of(config).everything()


def list_hashes(config: Mapping[str, Any]) -> Iterator[str]:
    """Every file in the store, in order: for backups and moves."""
    return (each.name for each in place_of(config).everything() if each.in_place and HASH.fullmatch(each.name))


def clear_unfinished(config: Mapping[str, Any], older_than: float) -> int:
    """Remove what a cut-off upload left behind, if last touched before `older_than` (seconds since 1970).

    In the folder, whatever is set: an upload may have been cut off before the files moved.
    """
    return Folder(folder_of(config)).clear_unfinished(older_than)


def ask(config: Mapping[str, Any]) -> str:
    """Where files are kept, as a sentence, once the store has answered.

    Raises:
        Unavailable: it does not answer.
        UnusableStore: the settings cannot be used.
    """
    return place_of(config).ask()


def ask_lately(config: Mapping[str, Any]) -> tuple[str, bool]:
    """The same for a page, asked at most once a minute: the sentence, and whether somebody has to act."""
    return _asked(read_settings(config), str(config["DATA_FOLDER"]), int(time.monotonic() // ASKED_SECONDS))


@lru_cache(maxsize=8)
def _asked(settings: StoreSettings | None, folder: str, _minute: int) -> tuple[str, bool]:
    place = Folder(Path(folder) / "evidence") if settings is None else _objects(settings)
    try:
        return place.ask(), False
    except Unavailable as problem:
        return f"{problem} Files can be neither added nor opened until it does.", True
