"""Backups are enciphered in the age format (X25519 and ChaCha20-Poly1305) to a public key.

The requirement this answers names AES-GCM. age is our choice: it is reviewed, kept by others, opened by other tools
(`age -d`), and it lets a server make backups it cannot open: only the recipient, the public half, has to lie there. The
secret half, the identity, is kept by the council. Each 64 kB is authenticated before a byte of it is used, and a file
that was cut off is told from one that ended.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage import x25519

from audit_app.backups.container.archive import NOT_OURS, Unpacking
from audit_app.backups.refusals import NoKey, NotRestored

RECIPIENT_FILE = "backup_recipient"
OPENING = b"age-encryption.org/"
PART = 64 * 1024
SECRET = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]+", re.IGNORECASE)


def make_pair() -> tuple[str, str]:
    """A new key: the identity that opens backups, and the recipient that makes them."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipients(config: Mapping[str, Any]) -> list[x25519.Recipient]:
    """To whom backups are enciphered: the setting, or what `audit-app backup-key` left; none when there is no key.

    Raises:
        NoKey: what stands there is no recipient.
    """
    given = str(config.get("BACKUP_RECIPIENT", "")).strip()
    path = recipient_path(config)
    if not given and path.exists():
        given = path.read_text("ascii", "replace").strip()
    try:
        return [x25519.Recipient.from_str(each) for each in re.split(r"[,\s]+", given) if each]
    except pyrage.RecipientError:
        raise NoKey(
            "AUDIT_BACKUP_RECIPIENT (or the file keys/backup_recipient) is no recipient: one begins with age1. Make a "
            "key with: audit-app backup-key"
        ) from None


def recipient_path(config: Mapping[str, Any]) -> Path:
    """Where `audit-app backup-key` puts the public half."""
    return Path(config["DATA_FOLDER"]) / "keys" / RECIPIENT_FILE


def identity_from(text: str) -> x25519.Identity:
    """The secret half, found in what a file or a person gave; lines beside it do not matter.

    Raises:
        NoKey: there is none in it.
    """
    held = SECRET.search(text)
    try:
        if held:
            return x25519.Identity.from_str(held[0].upper())
    except pyrage.IdentityError:
        pass
    raise NoKey("This holds no key of backups: one begins with AGE-SECRET-KEY-1, and a typing error is noticed.")


def own_identity(config: Mapping[str, Any]) -> x25519.Identity | None:
    """The secret half where the council lets the server hold it, so that it can open what it made; else None.

    Raises:
        NoKey: the file that is named cannot be read, or holds none.
    """
    path = str(config.get("BACKUP_IDENTITY_FILE", "")).strip()
    if not path:
        return None
    try:
        return identity_from(Path(path).read_text("utf-8", "replace"))
    except OSError as error:
        raise NoKey(f"AUDIT_BACKUP_IDENTITY_FILE cannot be read ({error.strerror}): {path}") from None


class Pulled:
    """A stream of parts as something to read from; keeps what went wrong in it, which the library would reword."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._held = memoryview(b"")
        self.problem: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes; none at the end."""
        try:
            while not self._held:
                self._held = memoryview(next(self._parts))
        except StopIteration:
            return b""
        except Exception as problem:
            self.problem = problem
            raise
        size = len(self._held) if size < 0 else size
        taken, self._held = self._held[:size], self._held[size:]
        return bytes(taken)


class Watched:
    """A writer that keeps what went wrong in it, which the library would reword."""

    def __init__(self, target: Any) -> None:
        self._target = target
        self.problem: Exception | None = None

    def write(self, data: bytes) -> int:
        """Pass it on."""
        try:
            self._target.write(data)
        except Exception as problem:
            self.problem = problem
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def write(parts: Iterator[bytes], target: BinaryIO, to: list[x25519.Recipient]) -> None:
    """The parts into a file, enciphered where there is anybody to encipher to. Memory does not grow with them."""
    if not to:
        for part in parts:
            target.write(part)
        return
    pulled, watched = Pulled(parts), Watched(target)
    try:
        pyrage.encrypt_io(pulled, watched, to)
    except Exception as problem:
        raise pulled.problem or watched.problem or problem from None


def is_enciphered(opening: bytes) -> bool:
    """Whether a file that begins so is in the age format."""
    return opening.startswith(OPENING)


def read(source: BinaryIO, unpacking: Unpacking, identity: x25519.Identity | None) -> None:
    """A file through the reader of archives, deciphered where it is enciphered; `source` can be read again from 0.

    Raises:
        NoKey: it is enciphered and no key was given.
        NotRestored: another key, a foreign file, one that was cut off or changed.
    """
    opening = source.read(len(OPENING))
    source.seek(0)
    if not is_enciphered(opening):
        while part := source.read(PART):
            unpacking.write(part)
        unpacking.finish()
        return
    if identity is None:
        raise NoKey(
            "This backup is enciphered. Give the key that opens it, which begins with AGE-SECRET-KEY-1, in a file: "
            "--identity-file FILE"
        )
    watched = Watched(unpacking)
    try:
        pyrage.decrypt_io(source, watched, [identity])
    except Exception as problem:
        if watched.problem is not None:
            raise watched.problem from None
        if not isinstance(problem, pyrage.DecryptError | OSError):
            raise
        raise NotRestored(_why(problem)) from None
    unpacking.finish()


def _why(problem: Exception) -> str:
    if "No matching keys" in str(problem):
        return (
            "This is not the key the backup was made for. Look for the sheet that was printed when the key then in use "
            "was made. Nothing was restored."
        )
    if isinstance(problem, pyrage.DecryptError):
        return f"{NOT_OURS}, or its first lines were changed or cut off. Nothing was restored."
    return (
        "The backup is cut off, or was changed after it was made: what is left does not open. Nothing was restored. "
        "Copy the file again, or take an older backup."
    )
