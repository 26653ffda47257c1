"""How many planted sentences are missed and how many clean ones alarm, counted by kind."""

from collections import Counter
from datetime import date

from audit_app import disclosure
from tests.audit_app.disclosure import sentences

COUNCIL = disclosure.council(date(2026, 11, 29), sentences.STAFF, r"^[A-Z]-\d{6}$")
# What is read as the planted thing: a name in a sentence of an age or a birth is found as either.
COUNTS_AS = {
    "birth": {"birth"}, "age": {"age", "person"}, "name": {"person", "age"}, "staff": {"staff_name"},
    "postcode": {"postcode"}, "address": {"address"}, "case": {"case_reference"}, "telephone": {"telephone"},
    "email": {"email"}, "nhs": {"nhs_number"}, "upn": {"pupil_number"}, "ni": {"insurance_number"},
    "few": {"small_number"},
}  # fmt: skip


def missed(planted):
    """The planted sentences in which nothing of their kind was found."""
    return [
        (kind, text)
        for kind, text in planted
        if not COUNTS_AS[kind] & {suspect.kind.value for suspect in disclosure.suspects(text, COUNCIL)}
    ]


def alarms(clean):
    """The clean sentences in which something was found, with what."""
    found = [(text, disclosure.suspects(text, COUNCIL)) for text in clean]
    return [(text, [(suspect.kind.value, suspect.words) for suspect in alarm]) for text, alarm in found if alarm]


def by_kind(planted, lost):
    """Missed and planted, for each kind."""
    all_of, gone = Counter(kind for kind, _ in planted), Counter(kind for kind, _ in lost)
    return {kind: (gone[kind], all_of[kind]) for kind in all_of}
