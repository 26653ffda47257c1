"""What a read-me of a ZIP promises, and what is really in it: read by other code than writes it."""

import hashlib
import io
import re
import zipfile

READ_ME = "00-read-me.txt"
MEMBER = re.compile(
    r"^(?P<name>\S.*)\n(?:    (?!SHA|[\d,]+ bytes).*\n)?    (?P<size>[\d,]+) bytes.*\n    SHA-256 (?P<hash>\w+)$", re.M
)


def promised(read_me):
    """What a read-me says of each file."""
    return {hit["name"]: (int(hit["size"].replace(",", "")), hit["hash"]) for hit in MEMBER.finditer(read_me)}


def really_in(data, *but):
    """What is in a ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        assert whole.testzip() is None
        return {
            info.filename: (info.file_size, hashlib.sha256(whole.read(info)).hexdigest())
            for info in whole.infolist()
            if info.filename not in (READ_ME, *but)
        }


def read_me_of(data):
    """The list itself, which must stand first."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        assert whole.namelist()[0] == READ_ME
        return whole.read(READ_ME).decode("utf-8")
