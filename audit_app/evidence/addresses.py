"""Whether a typed address leads to a place on the web, and to nothing that would run in a browser. Pure."""

from urllib.parse import urlsplit


def leads_somewhere(address: str) -> bool:
    """Whether this is a whole http or https address with a host, without a name or password in it."""
    text = address.strip()
    if not text or any(mark.isspace() or mark < " " for mark in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
