"""The sentences people are told, registered by the features; only a reference, the council and a link go into them."""

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from string import Formatter
from typing import Any

from audit_app import words
from audit_app.notices.tables import CODE_LENGTH

MAY_SAY = {"reference", "council", "link"}
MAY_SAY_BY_POST = {"council", "link", "until"}
MAY_LEAD_TO = {"authority", "reference"}
CLOSING = "This e-mail holds no details of any case. Do not reply to it: nobody reads the replies."

_PATH = re.compile(r"/(?:[A-Za-z0-9._~%+=&?#-][A-Za-z0-9._~%+=&?#/-]*)?")


@dataclass(frozen=True)
class Wording:
    """A subject, paragraphs, where the link leads, and whether it is worth an e-mail."""

    subject: str
    body_lines: tuple[str, ...]
    path: str
    by_mail: bool


_notices: dict[str, Wording] = {}
_posts: dict[str, Wording] = {}
UNKNOWN = Wording("{reference} has something new for you", ("Sign in to read it:", "{link}"), "/", True)


def register_notice(
    code: str, subject: str, body_lines: Iterable[str], *, path: str = "/", by_mail: bool = True
) -> None:
    """A notice's words. `path` leads to the page, such as "/{authority}/audits/{reference}".

    Raises:
        ValueError: the words want to say more than {reference}, {council} and {link}.
    """
    _notices[code] = _checked(code, Wording(subject, tuple(body_lines), path, by_mail), MAY_SAY)


def register_post(kind: str, subject: str, body_lines: Iterable[str]) -> None:
    """The words of a mail to an address: {council}, {link} and {until} (when the link stops working).

    Raises:
        ValueError: the words want to say more than that.
    """
    _posts[kind] = _checked(kind, Wording(subject, tuple(body_lines), "/", True), MAY_SAY_BY_POST)


def _checked(code: str, wording: Wording, allowed: set[str]) -> Wording:
    blanks = _places(wording.subject) | {place for line in wording.body_lines for place in _places(line)}
    if blanks - allowed or _places(wording.path) - MAY_LEAD_TO or "link" in _places(wording.subject):
        raise ValueError(f"{code!r} may say only {', '.join(sorted(allowed))}; and the link not in the subject.")
    if not code or len(code) > CODE_LENGTH or "\n" in wording.subject:
        raise ValueError(f"{code!r} needs a code of 1 to {CODE_LENGTH} characters and a subject of one line.")
    return wording


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def wording_of(code: str) -> Wording:
    """The words of a code; plain words that fit anything when a newer version wrote the code."""
    return _notices.get(code, UNKNOWN)


def is_notice(code: str) -> bool:
    """Whether somebody registered the code."""
    return code in _notices


def is_post(kind: str) -> bool:
    """Whether somebody registered the kind of mail."""
    return kind in _posts


def public_link(config: Mapping[str, Any], path: str) -> str:
    """An address to type, built from the setting PUBLIC_ADDRESS and nothing else (AU-15).

    Raises:
        ValueError: the path is not a path on this service.
    """
    if not _PATH.fullmatch(path) or "//" in path:
        raise ValueError("A link leads to a path on this service, such as /greenwich/audits/AUD-0042.")
    return str(config["PUBLIC_ADDRESS"]).rstrip("/") + path


def notice_path(code: str, reference: str, key: str) -> str:
    """Where the notice leads, within this service."""
    return wording_of(code).path.format(authority=key, reference=reference)


def notice_sentence(code: str, reference: str, council: str) -> str:
    """What the page says in the list of notices: ours, but for a council's name, which few subjects hold."""
    subject = wording_of(code).subject
    sentence = subject.format(reference=reference, council=council)
    return sentence if "council" in _places(subject) else words.Ours(sentence)


def notice_mail(
    config: Mapping[str, Any], code: str, reference: str, council: str, key: str, *, say: Callable[[str], str] = str
) -> tuple[str, str]:
    """Subject and text of the e-mail that goes with a notice; `say` puts our own words into the council's."""
    values = {
        "reference": reference,
        "council": council,
        "link": public_link(config, notice_path(code, reference, key)),
    }
    wording = wording_of(code)
    spoken = replace(wording, subject=say(wording.subject), body_lines=tuple(map(say, wording.body_lines)))
    return _filled(spoken, values)


def post_mail(config: Mapping[str, Any], kind: str, council: str, path: str, valid_until: datetime) -> tuple[str, str]:
    """Subject and text of an invitation, reset or the like.

    Raises:
        KeyError: nobody registered this kind.
    """
    values = {"council": council, "link": public_link(config, path), "until": words.datetime_words(valid_until)}
    return _filled(_posts[kind], values)


def _filled(wording: Wording, values: dict[str, str]) -> tuple[str, str]:
    paragraphs = [line.format(**values) for line in (*wording.body_lines, CLOSING)]
    # A link cut in two is a link that fails, so long words stay whole.
    wrapped = [textwrap.fill(text, 72, break_long_words=False, break_on_hyphens=False) for text in paragraphs]
    return wording.subject.format(**values), "\n\n".join(wrapped) + "\n"
