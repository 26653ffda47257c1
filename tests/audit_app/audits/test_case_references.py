"""Case references: a code, never initials with a birth date; small letters are understood."""

import pytest

from audit_app.audits.case_references import BIRTH, initials_and_birth, understood, why_refused
from audit_app.audits.tables import Subject

GH = r"GH-\d{6}"


@pytest.mark.parametrize(
    "text",
    [
        "JB120419", "jb 12.04.19", "J.B. 12/04/2019", "J B-2019-04-12", "ABC20190412", "120419JB", "12/4/2019 jb",
        "K311299", "JB190412",
    ],
)  # fmt: skip
def test_initials_with_a_birth_date_are_refused_for_every_subject(text):
    assert {why_refused(text, subject, pattern="", example="") for subject in Subject} == {BIRTH}
    assert {why_refused(text, subject, pattern=r"[A-Z]{2}\d{6}|.*", example="") for subject in Subject} == {BIRTH}


@pytest.mark.parametrize(
    "text", ["GH-116295", "JB991399", "P-2231", "SUP-0042", "CASE120419", "JB1204199", "12345678", "F-12", "AB-12-2019"]
)
def test_other_codes_are_not_taken_for_a_birth_date(text):
    assert not initials_and_birth(text)


def test_letters_that_the_council_itself_prints_are_nobodys_initials():
    assert why_refused("GH-110203", Subject.child, pattern=GH, example="GH-123456") == ""
    assert why_refused("GH-110203", Subject.carer, pattern=GH, example="GH-123456") == BIRTH


def test_small_letters_and_stray_spaces_are_understood_where_the_pattern_says_how():
    assert understood("gh-116295", Subject.child, pattern=GH) == "GH-116295"
    assert understood(" gh- 116295 ", Subject.child, pattern=GH) == "GH-116295"
    assert understood("jane smith", Subject.child, pattern=GH) == "jane smith"
    assert understood("sup-42", Subject.supervision_file, pattern=GH) == "sup-42"
