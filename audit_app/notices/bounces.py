"""Mails that came back: which of ours it was, read off a delivery report. Pure.

Source: RFC 3464 (delivery status notifications): a part `message/delivery-status` with `Action: failed`, beside the
returned message or its headers.
"""

import email
import json
import re
from email.message import Message

# Our Message-ID holds the table and the key of the row: <mail.notice.1.42@host>.
OURS = re.compile(r"<?mail\.(notice|outgoing_mail)\.(\d{1,19})\.(\d{1,19})@[^<>@\s]+>?")
FAILED = "failed"
RETURNED = {"message/rfc822", "text/rfc822-headers"}

Key = tuple[str, int, int]  # the table, the council, the id


def idstring(table: str, authority_id: int, row_id: int) -> str:
    """What the Message-ID of a mail carries, so that what comes back is known again."""
    return f"{table}.{authority_id}.{row_id}"


def key_of(message_id: str) -> Key | None:
    """Which row a Message-ID is of; None when it is none of ours."""
    match = OURS.fullmatch(message_id.strip())
    return (match[1], int(match[2]), int(match[3])) if match else None


def answer(data: bytes) -> bytes:
    """The same of the bytes of a message, as JSON: what strangers send is read in a confined child (IM-1)."""
    return json.dumps(returned_key(email.message_from_bytes(data))).encode()


def returned_key(report: Message) -> Key | None:
    """Which of our mails a delivery report says could not be delivered.

    None for anything else: a delay, an answer by a person, an out-of-office note, somebody else's report.
    """
    if report.get_content_type() != "multipart/report" or not _says_failed(report):
        return None
    for part in report.walk():
        if part.get_content_type() in RETURNED:
            inner = part.get_payload()
            headers = inner[0] if isinstance(inner, list) and inner else None
            message_id = str(headers["Message-ID"]) if isinstance(headers, Message) else _written_id(part)
            key = key_of(message_id)
            if key is not None:
                return key
    return None


def _says_failed(report: Message) -> bool:
    """Whether any recipient's block says so; the blocks of a delivery-status part are messages of headers alone."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            for block in blocks if isinstance(blocks, list) else []:
                if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == FAILED:
                    return True
    return False


def _written_id(part: Message) -> str:
    """The Message-ID among returned headers that are kept as text."""
    text = part.get_payload(decode=True) or b""
    match = re.search(rb"(?im)^message-id:\s*(<[^<>\s]+>)", text if isinstance(text, bytes) else b"")
    return match[1].decode("ascii", "replace") if match else ""
