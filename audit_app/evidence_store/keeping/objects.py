"""Files kept in an object store, Azure Blob or S3. Imported only where one is set: it needs the extra `objectstore`.

An object appears whole or not at all, so nothing unfinished can lie there. Each is put only where there is none, read
back and compared before the row that names it commits. What the client says of an error is never passed on: it may
hold an address with a key in it.
"""

import io
import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, BinaryIO, NoReturn, TypeVar

from obstore import exceptions
from obstore.store import AzureStore, S3Store

from audit_app.evidence_store.keeping.place import (
    CHUNK,
    Damaged,
    Kept,
    Lying,
    Missing,
    Trouble,
    Unavailable,
    copy,
    is_sound,
    relative_path,
    size_if_sound,
)
from audit_app.evidence_store.keeping.settings import StoreSettings

log = logging.getLogger("audit_app.evidence_store")
Answer = TypeVar("Answer")
CONNECT_SECONDS = 5
PROBE_SECONDS = 5
NO_CONTAINER = ("NoSuchBucket", "ContainerNotFound", "ContainerBeingDeleted")
WORD = re.compile(r"<Code>([A-Za-z]{1,60})</Code>")
STATUS = re.compile(r"status code: ([0-9]{3})")
SECRETS_IN_ADDRESS = "sig="


class Objects:
    """A container of an object store as a place for files."""

    def __init__(self, settings: StoreSettings) -> None:
        self.settings = settings
        self.store = client(settings, settings.seconds, settings.retries)
        # Whether it answers is asked while somebody waits for a page.
        self.probe = client(settings, min(PROBE_SECONDS, settings.seconds), 0)

    def take(self, source: BinaryIO, limit: int) -> Kept:
        """Keep a file: put only where there is none, read back and compared; a damaged copy is replaced.

        Raises:
            TooLarge: more bytes came than the limit.
            Unavailable: the store would not, or gives back something else than was put in; nothing names the object.
        """
        whole = io.BytesIO()
        kept = copy(source, whole, limit)
        path, data = relative_path(kept.sha256), whole.getvalue()
        if not self._put_new(path, data):
            if is_sound(self, kept.sha256):
                return kept
            self._do("replace", lambda: self.store.put(path, data, mode="overwrite", use_multipart=False))
        self._compare(kept)
        log.info("kept %s in %s", kept.sha256, self.settings.address)
        return kept

    def _put_new(self, path: str, data: bytes) -> bool:
        """Put an object where there is none; False where there is one already."""
        try:
            self._do("put", lambda: self.store.put(path, data, mode="create", use_multipart=False))
        except exceptions.AlreadyExistsError:
            return False
        return True

    def _compare(self, kept: Kept) -> None:
        try:
            size_if_sound(self, kept.sha256)
        except (Missing, Damaged):
            message = f"{self._called()} does not give back what was put into it."
            log.error("object %s of %s is not what was put", kept.sha256, self.settings.address)
            raise Unavailable(Trouble.failed, message) from None

    def has(self, sha256: str) -> bool:
        """Whether the object is there; a container that is not there is no answer."""
        path = relative_path(sha256)
        try:
            self._do("look for", lambda: self.store.head(path))
        except Missing:
            # To this question a missing container gives the same answer as a missing object.
            self._list_some(self.store)
            return False
        return True

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of the object, a part at a time; it was found before this returns.

        Raises:
            Missing: the container does not have it.
            Unavailable: the store cannot be asked.
        """
        path = relative_path(sha256)
        got = self._do("get", lambda: self.store.get(path))
        return self._parts(got)

    def _parts(self, got: Any) -> Iterator[bytes]:
        stream = iter(got.stream(min_chunk_size=CHUNK))
        while (part := self._do("read", lambda: next(stream, None))) is not None:
            yield bytes(part)

    def remove(self, sha256: str) -> bool:
        """Remove the object; whether it was there."""
        if not self.has(sha256):
            return False
        try:
            self._do("remove", lambda: self.store.delete(relative_path(sha256)))
        except Missing:
            return False
        log.info("removed %s from %s", sha256, self.settings.address)
        return True

    def everything(self) -> Iterator[Lying]:
        """All that lies under the prefix, in the store's order, which is that of the names."""
        pages = iter(self.store.list(chunk_size=1000))
        while (page := self._do("list", lambda: next(pages, None))) is not None:
            for each in page:
                path = str(each["path"])
                name = path.rpartition("/")[2]
                where = f"{self.settings.address}/{path}"
                yield Lying(name, where, each["last_modified"].timestamp(), _in_place(path, name))

    def clear_unfinished(self, older_than: float) -> int:
        """Nothing unfinished can lie in an object store."""
        return 0

    def ask(self) -> str:
        """Where the files are kept, once the store has answered; asked shortly and once, somebody is waiting.

        Raises:
            Unavailable: it does not answer, refuses the key, or has no such container.
        """
        self._list_some(self.probe)
        return f"Files are kept in {self.settings.address}, which answers."

    def _list_some(self, store: Any) -> None:
        self._do("list", lambda: next(iter(store.list(chunk_size=1)), None))

    def _do(self, what: str, asked: Callable[[], Answer]) -> Answer:
        """Ask the store something, and say in our own words what went wrong."""
        try:
            return asked()
        except exceptions.AlreadyExistsError:
            raise
        except (exceptions.BaseError, OSError, ValueError) as error:
            self._tell(what, error)

    def _tell(self, what: str, error: Exception) -> NoReturn:
        """Raise what an error of the client means.

        Raises:
            Missing: the object is not there.
            Unavailable: anything else.
        """
        text = str(error)
        word, status = WORD.search(text), STATUS.search(text)
        code = word[1] if word else ""
        if isinstance(error, FileNotFoundError) and code not in NO_CONTAINER:
            raise Missing("This file is missing from the store.") from None
        number = status[1] if status else ""
        trouble = trouble_in(error, text, code, number)
        log.warning(
            "could not %s in %s: %s (%s, status %s, %s)", what, self.settings.address, trouble.value,
            type(error).__name__, number or "none", code or "no code",
        )  # fmt: skip
        raise Unavailable(trouble, self._sentence(trouble, number)) from None

    def _called(self) -> str:
        return f"The object store {self.settings.address}"

    def _sentence(self, trouble: Trouble, status: str) -> str:
        return {
            Trouble.refused: f"{self._called()} refuses the key of this service, or the key may not do this.",
            Trouble.no_container: f"{self._called()} has no container or bucket called {self.settings.container}.",
            Trouble.unreachable: f"{self._called()} cannot be reached.",
            Trouble.slow: f"{self._called()} did not answer in time.",
            Trouble.failed: f"{self._called()} could not do it{f' (status {status})' if status else ''}.",
        }[trouble]


def trouble_in(error: Exception, text: str, code: str, status: str) -> Trouble:
    """What kind of trouble an error of the client is."""
    if code in NO_CONTAINER:
        return Trouble.no_container
    refusals = (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError)
    # A listing that is refused comes as an error of no kind, with its status alone.
    if isinstance(error, refusals) or status in ("401", "403") or "Invalid Access Key" in text:
        return Trouble.refused
    if "kind: Timeout" in text or "timed out" in text.casefold():
        return Trouble.slow
    if "kind: Connect" in text or "error sending request" in text or "kind: Interrupted" in text:
        return Trouble.unreachable
    return Trouble.failed


def _in_place(path: str, name: str) -> bool:
    try:
        return relative_path(name) == path
    except Missing:
        return False


def client(settings: StoreSettings, seconds: float, retries: int) -> Any:
    """A client of one container; http only where the settings allow it, whatever the environment says."""
    config: dict[str, Any] = {"endpoint": settings.endpoint} if settings.endpoint else {}
    options: Any = {
        "allow_http": settings.by_http,
        "allow_invalid_certificates": False,
        "connect_timeout": timedelta(seconds=min(CONNECT_SECONDS, seconds)),
        "timeout": timedelta(seconds=seconds),
    }
    retrying: Any = {"max_retries": retries, "retry_timeout": timedelta(seconds=seconds)}
    given = {"prefix": settings.prefix or None, "client_options": options, "retry_config": retrying}
    if settings.kind == "az":
        config["account_name"] = settings.account
        if settings.secret:
            by_signature = SECRETS_IN_ADDRESS in settings.secret
            config["sas_key" if by_signature else "account_key"] = settings.secret.removeprefix("?")
        return AzureStore(settings.container, **config, **given)
    if settings.region:
        config["region"] = settings.region
    if settings.secret:
        config |= {"access_key_id": settings.account, "secret_access_key": settings.secret}
    return S3Store(settings.container, **config, **given)
