"""Evidence for tests: sensible defaults, override what matters."""

from datetime import date

from audit_app.evidence import service
from audit_app.evidence.given import NewEvidence, NewVersion, TakenFile
from audit_app.evidence.proving import service as proving
from audit_app.evidence.states import Held
from tests import builders

OF_EVIDENCE = ("title", "shows", "effect", "level", "renewal", "owner_post_id")


def a_version(**changed):
    """A link about October 2026, unless something else is said."""
    values = {
        "speaks_from": date(2026, 10, 1), "speaks_to": date(2026, 10, 31), "made_on": date(2026, 11, 1),
        "held": Held.link, "address": "https://intranet.greenhaven.example/scorecard",
    }  # fmt: skip
    return NewVersion(**{**values, **changed})


def a_file(data=b"a page of minutes", **changed):
    """A file of plain text."""
    return TakenFile(**{"data": data, "kind": "txt", "given_name": "minutes.txt", "text": data.decode(), **changed})


SETTINGS = {"EVIDENCE_PERSON_MB": 5_000, "EVIDENCE_SCANNER": ""}


def add(session, *, by, now=builders.MOMENT, proves=(), config=SETTINGS, **changed):
    """A piece of evidence, attached to each reference in `proves`."""
    said = {"title": "Performance scorecard", "shows": "Nine in ten plans were reviewed on time."}
    said |= {name: changed.pop(name) for name in OF_EVIDENCE if name in changed}
    row = service.add_evidence(
        session,
        builders.AUTHORITY_ID,
        NewEvidence(**said),
        a_version(**changed),
        by=by,
        now=now,
        today=date(2026, 11, 2),
        config=config,
    )
    for thing in proves:
        proving.attach(session, builders.AUTHORITY_ID, row.number, thing, by=by, now=now)
    return row
