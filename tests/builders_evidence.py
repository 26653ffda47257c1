"""Evidence for tests: sensible defaults, override what matters."""

from datetime import date

from audit_app import evidence_store
from audit_app.evidence import service, service_uses
from audit_app.evidence.given import NewEvidence, NewVersion, TakenFile
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


def a_file(config, data=b"a page of minutes", **changed):
    """A file put into the store."""
    kept = evidence_store.put(config, data)
    values = {
        "sha256": kept.sha256,
        "kind": "txt",
        "given_name": "minutes.txt",
        "size": kept.size,
        "text": data.decode(),
    }
    return TakenFile(**{**values, **changed})


def add(session, *, by, now=builders.MOMENT, proves=(), **changed):
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
    )
    for thing in proves:
        service_uses.attach(session, builders.AUTHORITY_ID, row.number, thing, by=by, now=now)
    return row
