"""Codes of authenticator apps and recovery codes: made, drawn and compared. Pure."""

import base64
import hashlib
import hmac
import io
from datetime import UTC, datetime, timedelta

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken

STEP_SECONDS = 30
# A code is right one step early or late: clocks of telephones and servers differ by seconds (RFC 6238, section 5.2).
STEPS_AROUND = 1
DIGITS = 6
RECOVERY_CODES = 10
# Without letters and figures that are taken for one another when they are read from paper.
ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789"
GROUP, GROUPS = 4, 4
# How long a fresh set of recovery codes is shown to the person it was made for.
SHOWN_FOR = timedelta(minutes=15)


class KeyIsLost(Exception):
    """A secret was enciphered with another key than the one this installation has now."""


def new_secret() -> str:
    """A secret of 160 random bits, as authenticator apps take it."""
    return pyotp.random_base32(32)


def encipher(secret: str, key: str) -> str:
    """What the database keeps of a secret."""
    return _cipher(key).encrypt(secret.encode()).decode()


def decipher(kept: str, key: str) -> str:
    """The secret again.

    Raises:
        KeyIsLost: it was enciphered with another key.
    """
    try:
        return _cipher(key).decrypt(kept.encode()).decode()
    except InvalidToken as wrong:
        raise KeyIsLost from wrong


def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"authenticator:" + key.encode()).digest()))


def matching_step(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The 30 seconds whose code this is, around `now`; None when it is wrong or no later than `after` (AU-6).

    Args:
        secret: as `new_secret` made it.
        code: as typed; spaces are left out, because apps show them.
        after: the newest step of which a code was accepted before.
    """
    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    app = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    steps = range(present - STEPS_AROUND, present + STEPS_AROUND + 1)
    right = [step for step in steps if hmac.compare_digest(app.generate_otp(step), digits)]
    return next((step for step in right if step > after), None)


def time_of(step: int) -> datetime:
    """When the 30 seconds with this number began."""
    return datetime.fromtimestamp(step * STEP_SECONDS, UTC)


def address(secret: str, user_name: str, service: str) -> str:
    """The address an authenticator app reads from the square: secret, account and service."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS).provisioning_uri(
        name=user_name, issuer_name=service
    )


def square(secret: str, user_name: str, service: str) -> str:
    """What an authenticator app reads, as a QR code."""
    return square_of(address(secret, user_name, service))


def square_of(words: str) -> str:
    """Words as a QR code: SVG without styles, so that the page's policy lets it stand in the page itself."""
    image = io.BytesIO()
    made = segno.make(words, error="m")
    # Without a size of its own it fills its place whole, however narrow the window is.
    look = {"border": 4, "dark": "#000", "light": "#fff", "omitsize": True, "svgclass": "", "lineclass": ""}
    made.save(image, kind="svg", xmldecl=False, **look)
    return image.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def grouped(secret: str) -> str:
    """The secret in groups of four, to be typed where no camera reads the square."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def recovery_codes(key: str, person_id: int, made_at: datetime) -> list[str]:
    """Ten codes of 80 bits each: the same again for the same set, so that a page shown twice shows the same.

    They come out of our key and are kept nowhere; the database has their hashes.
    """
    seed = f"recovery:{person_id}:{made_at.astimezone(UTC).isoformat()}"
    numbered = (f"{seed}:{number}".encode() for number in range(RECOVERY_CODES))
    return [_worded(hmac.new(key.encode(), each, hashlib.sha256).digest()) for each in numbered]


def _worded(digest: bytes) -> str:
    letters = [ALPHABET[byte % len(ALPHABET)] for byte in digest[: GROUP * GROUPS]]
    return "-".join("".join(letters[start : start + GROUP]) for start in range(0, len(letters), GROUP))


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code, however it was typed: capitals, spaces and dashes do not count.

    Codes hold neither i, l nor o and u; what was read from paper as one of them was a figure.
    """
    plain = "".join(letter for letter in code.casefold() if letter.isalnum()).translate(str.maketrans("ilo", "110"))
    return hashlib.sha256(b"recovery:" + plain.encode("utf-8", "replace")).hexdigest()
