"""Writes of Word templates: a version added once a document was made with it, and set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from sqlmodel import Session

from audit_app import disclosure, evidence_store, history, word_files, words
from audit_app.disclosure import Council, Kind, Suspect
from audit_app.errors import Invalid, OutOfTurn
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import events
from audit_app.self_assessment.service_draft import require
from audit_app.self_assessment.tables_outputs import WordFor, WordTemplate
from audit_app.self_assessment.who import MANAGERS
from audit_app.self_assessment.word import example, queries
from findings.metadata import TITLE_LENGTH

WHOSE = "The council’s Word templates are looked after by a QA manager or a leader."


# What no letterhead holds; a name, an office's address or its telephone number may stand in one.
NEVER_IN_A_TEMPLATE = frozenset(
    {Kind.birth, Kind.age, Kind.case_reference, Kind.nhs_number, Kind.pupil_number, Kind.insurance_number}
)
PUBLISHED = frozenset({WordFor.staff, WordFor.children})


@dataclass(frozen=True)
class Added:
    """A template that was kept, and words of its own that somebody must look at: every document will print them."""

    row: WordTemplate
    to_look_at: tuple[str, ...]


def add_template(
    session: Session,
    config: Mapping[str, Any],
    authority_id: int,
    word_for: WordFor,
    *,
    stream: IO[bytes],
    filename: str,
    note: str = "",
    council: Council,
    by: int,
    now: datetime,
) -> Added:
    """Try a template out and keep it as the next version, which is used from now on; nothing is kept where it fails.

    The template's own words are read for what tells of a person where its documents are published.

    Raises:
        Invalid: why it cannot be kept, naming what it holds and where.
        NotAllowed: the person neither leads nor looks after quality.
    """
    scope: Scope = session.info["scope"]
    require(scope.everything or scope.has(*MANAGERS), WHOSE)
    name = evidence_store.clean_name(filename)
    data = stream.read(word_files.TEMPLATE_LIMIT + 1)
    try:
        _document, own_words = word_files.try_out(data, filename, example.of(word_for))
        suspects = disclosure.suspects(own_words, council) if word_for in PUBLISHED else ()
        _refuse_persons(suspects)
        kept = evidence_store.put(config, data, word_files.TEMPLATE_LIMIT)
    except evidence_store.Refused as refusal:
        raise Invalid("file", f"{name}: {refusal.message}") from None
    before = queries.list_templates(session, authority_id, word_for)
    row = WordTemplate(
        authority_id=authority_id,
        word_for=word_for,
        version=1 + max((line.version for line in before), default=0),
        given_name=name[:TITLE_LENGTH],
        sha256=kept.sha256,
        size=kept.size,
        note=note,
        added_by=by,
        added_at=now,
    )
    session.add(row)
    _tell(session, row, events.TEMPLATE_ADDED, by=by, now=now)
    return Added(row, tuple(dict.fromkeys(each.words for each in suspects)))


def _refuse_persons(suspects: Sequence[Suspect]) -> None:
    telling = [f"“{each.words}” ({each.looks_like})" for each in suspects if each.kind in NEVER_IN_A_TEMPLATE]
    if telling:
        raise Invalid(
            "file", f"The template itself says {words.listing(telling)}, and every document made with it would print "
            "that. Take it out of the template and upload it again."
        )  # fmt: skip


def set_aside(
    session: Session, authority_id: int, word_for: WordFor, version: int, *, by: int, now: datetime
) -> WordTemplate:
    """Make no more documents with a version: the one before it is used again, or ours. It is kept.

    Raises:
        OutOfTurn: it was set aside already.
    """
    scope: Scope = session.info["scope"]
    require(scope.everything or scope.has(*MANAGERS), WHOSE)
    row = queries.get_template(session, authority_id, word_for, version)
    if row.set_aside_at is not None:
        raise OutOfTurn("This version has been set aside already. Load the page again.")
    row.set_aside_by, row.set_aside_at = by, now
    session.add(row)
    _tell(session, row, events.TEMPLATE_SET_ASIDE, by=by, now=now)
    return row


def _tell(session: Session, row: WordTemplate, event: str, *, by: int, now: datetime) -> None:
    facts: dict[str, str | int] = {"version": row.version, "document": row.word_for.value}
    history.note(session, event, by=by, authority_id=row.authority_id, facts=facts, now=now)
