"""AU-2 and AU-3: which passwords are refused and how the others are kept."""

import pytest

from audit_app.config import DEFAULTS
from audit_app.people.accounts import passwords

USER = "asha.khan@greenhaven.example"
CHEAP = {"ARGON2_MEMORY_KIB": 64, "ARGON2_TIME": 1, "ARGON2_LANES": 1}


@pytest.mark.parametrize(
    "password",
    [
        "three random words",
        "correct horse battery staple",
        "x" * 3 + "Wq7!pölß" * 2,
        "пароль никто не знает",
        "密码没有人知道真的没有人",
        "  spaces at both ends  ",
        "🦉" * 3 + "🌧🧭🪁🧊🥁🧵🪴🎺🫖",
        "blue kettle mustang ferry",
        "a" + "Zk3#vT9wQe" * 12 + "1234567",
    ],
)
def test_au_2_any_unicode_of_12_to_128_characters_is_accepted(password):
    assert 12 <= len(password) <= 128
    assert passwords.why_refused(password, USER) == ""


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevenchars", "12 characters or more"),
        ("q7#Kd" * 26, "128 characters or fewer"),
        ("123456789012", "many people use"),
        ("111111111111", "many people use"),
        ("abcabcabcabc", "many people use"),
        ("password1234", "many people use"),
        ("P@ssw0rd2026!", "many people use"),
        ("passwordpassword", "many people use"),
        ("qwertyuiop12", "many people use"),
        ("1q2w3e4r5t6y", "many people use"),
        ("1qaz2wsx3edc", "many people use"),
        ("iloveyou1234", "many people use"),
        ("liverpool2026", "many people use"),
        ("unbelievable", "many people use"),
        ("Summer2026!!", "many people use"),
        ("safeguarding", "guess of this service"),
        ("Council2026!", "guess of this service"),
        ("OfstedInspection1", "guess of this service"),
        ("InspectionReadiness", "guess of this service"),
        ("my asha.khan secret", "e-mail address or the name"),
        ("ASHA.KHAN@greenhaven.example", "e-mail address or the name"),
        ("three random\x00words", "cannot be kept"),
        ("three random \ud800words", "cannot be kept"),
    ],
)
def test_au_2_a_guessable_password_is_refused_with_the_reason(password, reason):
    assert reason in passwords.why_refused(password, USER)


def test_au_3_passwords_are_kept_as_argon2id_and_outdated_hashes_are_known():
    kept = passwords.make_hash(CHEAP, "three random words")
    assert kept.startswith("$argon2id$")
    assert passwords.holds(CHEAP, kept, "three random words")
    assert not passwords.holds(CHEAP, kept, "three random words ")
    assert not passwords.is_outdated(CHEAP, kept)
    assert passwords.is_outdated({**CHEAP, "ARGON2_TIME": 2}, kept)


def test_au_3_the_defaults_cost_at_least_19_mebibytes_two_passes_and_one_lane():
    assert DEFAULTS["ARGON2_MEMORY_KIB"] >= 19 * 1024
    assert DEFAULTS["ARGON2_TIME"] >= 2 and DEFAULTS["ARGON2_LANES"] >= 1


def test_au_5_nothing_kept_never_holds_whatever_is_typed():
    assert not passwords.holds(CHEAP, "", "nobody has this password")
    assert not passwords.holds(CHEAP, "not a hash", "anything at all")
