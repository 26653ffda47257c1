"""Reads an e-mail in a confined child and writes it anew as plain text, telling what was attached and left out."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser

from audit_app.evidence_store.answers import Contents, packed, packed_refusal
from audit_app.evidence_store.refusal import Refused

SAYS = ("From", "To", "Cc", "Date", "Subject")
MOST_PARTS = 200
UNSEEN = {"script", "style", "head", "title", "template", "noscript"}
BREAKS = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"}


def answer(data: bytes) -> bytes:
    """The e-mail as text and as a new file, or why it is refused."""
    try:
        return packed(_read(email.message_from_bytes(data, policy=email.policy.default)))  # type: ignore[arg-type]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return packed_refusal(
            Refused("broken", "This e-mail is damaged and could not be read. Save it again, or print it to PDF.")
        )


def _read(message: EmailMessage) -> Contents:
    parts = list(message.walk())
    if len(parts) > MOST_PARTS:
        raise ValueError("too many parts")
    attached = [name for part in parts if (name := _attached(part))]
    body = _body(message)
    heads = {name: _one_line(str(message[name])) for name in SAYS if message[name]}
    if not body.strip() and not attached and not heads.get("Subject"):
        raise ValueError("nothing in it")
    note = f"Attached to the e-mail and not kept here: {', '.join(attached)}." if attached else ""
    below = "\n\n".join(part for part in (body.strip(), note) if part)
    text = "\n".join([*(f"{name}: {value}" for name, value in heads.items()), "", below])
    return Contents(text=text, anew=_anew(heads, below), left_out=_left_out(attached))


def _attached(part: EmailMessage) -> str:
    """The name of what is attached; nothing for the text of the e-mail and for what holds other parts."""
    if part.is_multipart():
        return _one_line(part.get_filename() or "an e-mail") if part.get_content_type() == "message/rfc822" else ""
    named = part.get_filename()
    if named or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
        return _one_line(named or f"a part without a name ({part.get_content_type()})")
    return ""


def _left_out(attached: list[str]) -> str:
    if not attached:
        return ""
    what = "1 file was" if len(attached) == 1 else f"{len(attached)} files were"
    return (
        f"{what} attached to this e-mail and not kept: {', '.join(attached[:10])}. Add them one by one if they matter."
    )


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = str(part.get_content())
    return _plain(content) if part.get_content_type() == "text/html" else content


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", text).strip()[:500]


def _anew(heads: dict[str, str], text: str) -> bytes:
    """The same e-mail as plain text alone: no script, no picture fetched from elsewhere, nothing attached."""
    fresh = EmailMessage(policy=email.policy.SMTPUTF8.clone(max_line_length=900))
    lines = [f"{name}: {value}" for name, value in heads.items()]
    fresh.set_content(text, charset="utf-8", cte="quoted-printable")
    body = bytes(fresh)
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace") + body


class _Words(HTMLParser):
    """The words of a page of HTML, without what is not seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "\n".join(_lines("".join(reader.parts)))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.strip():
            yield line.strip()
