"""What an e-mail address must look like to sign in with it. Pure."""

import re

PART = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
SHAPE = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{PART}(\.{PART})+")


def why_no_address(text: str) -> str:
    """Why this is not an e-mail address, as a sentence; empty when it is one."""
    if not text:
        return "Enter an e-mail address"
    if len(text) > 254 or not SHAPE.fullmatch(text.casefold()) or ".." in text:
        return "Enter an e-mail address in the right form, like name@example.gov.uk"
    return ""
