"""What every server of one database must have alike, each as a short mark: the place of files, the key of apps. Pure.

A file that one server keeps in a folder of its own is missing on the other; what one enciphers with a key of its own
the other cannot read. Neither shows before somebody needs it, so it is compared at the start.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from audit_app import evidence_store

FILES, FACTOR_KEY = "place-of-files", "factor-key"
SAID = {
    FILES: "Files are kept elsewhere by the other servers of this database ({known}), and here {here}. Set the same "
    "AUDIT_EVIDENCE_STORE_URL on all of them, or mount one shared folder as AUDIT_DATA_FOLDER on all (if it is one: is "
    "it mounted?)",
    FACTOR_KEY: "The key of authenticator apps is another one than on the other servers of this database. Set the same "
    "AUDIT_FACTOR_KEY on all of them: it is in the file keys/factor_key of the server that was set up first",
}
REMEDY = (
    "Nothing was changed and nothing is served. If this server is right, because the files were moved or the key was "
    "lost for good, say so with: audit-app alike --accept"
)


class Unlike(Exception):
    """This server lacks what the others of its database have; the message says what and what to do."""


def marks_of(config: Mapping[str, Any]) -> dict[str, str]:
    """What this server has. The key itself cannot be told from its mark."""
    key = str(config["FACTOR_KEY"]).encode()
    return {
        FILES: evidence_store.mark_of(config),
        FACTOR_KEY: hmac.new(key, b"which key this is", hashlib.sha256).hexdigest()[:32],
    }


def unlike(here: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """What differs from what the servers before noted, in sentences; what nobody has noted does not differ."""
    return [
        SAID[name].format(known=known[name], here=here[name])
        for name in here
        if known.get(name, here[name]) != here[name]
    ]
