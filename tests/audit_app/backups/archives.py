"""Backups taken apart and put together again by other code than the product's: pyrage, tarfile and json alone."""

import hashlib
import hmac
import io
import json
import tarfile

import pyrage


def opened(path, identity=None):
    """What stands in a backup, by name."""
    data = path.read_bytes()
    if identity is not None:
        data = pyrage.decrypt(data, [identity])
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def plain(values):
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def resealed(members, key, **head):
    """The members with a manifest that fits them again, as whoever holds the log's key could make it."""
    first = {**json.loads(members["head.json"]), **head}
    members = {**members, "head.json": plain(first).encode()}
    values = json.loads(members.pop("manifest.json"))
    values.pop("seal")
    files = [[name, len(data), hashlib.sha256(data).hexdigest()] for name, data in members.items()]
    values |= {"head": first, "files": files}
    text = json.dumps(["backup", plain(values)], ensure_ascii=True, separators=(",", ":"))
    seal = hmac.new(key.encode(), text.encode(), "sha256").hexdigest()
    return {**members, "manifest.json": plain({**values, "seal": seal}).encode()}


def written(path, members, more=(), **changed):
    """A plain tar of the members; `more` are entries before the manifest, `changed` changes the tar's options."""
    with tarfile.open(path, "w", format=changed.get("format", tarfile.GNU_FORMAT)) as tar:
        for name, data in members.items():
            if name == "manifest.json":
                for entry, extra in more:
                    tar.addfile(entry, io.BytesIO(extra))
            put(tar, name, data)
        for name, data in changed.get("after", {}).items():
            put(tar, name, data)
    return path


def put(tar, name, data):
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def entry(name, kind=tarfile.REGTYPE, link="", size=0):
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = kind, link, size
    return made
