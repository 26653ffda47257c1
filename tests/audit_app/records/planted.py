"""An audit with everything that can hang on one, a word of its own in every column that somebody can type into."""

import json
from datetime import date, timedelta
from types import SimpleNamespace

import sqlalchemy as sa

from audit_app import drafts
from audit_app.audits import tables as audits
from audit_app.audits.actions import service as actions
from audit_app.audits.concerns import service as concerns
from audit_app.audits.record_facts.tables import AuditFact
from audit_app.evidence import tables as evidence
from audit_app.notices import service as notices
from audit_app.packs.tables import Decision, SuspectDecision
from audit_app.people.tables import Role
from audit_app.records.holds import service as holds  # noqa: F401 (tests place holds by it)
from tests import builders, builders_audits

COUNCIL, NOW = builders.AUTHORITY_ID, builders.MOMENT
CASE, OTHER_CASE = "G-771177", "G-223344"
MARK = "zqxcanary"
# Columns somebody can type into, by hand and not from the tables: what a test of the tables would forget as well.
TYPED = {
    audits.CaseAudit: (
        "practitioner_code", "manager_code", "ethnicity", "sibling_link", "theme", "overall_rationale", "strengths",
        "worries", "difference", "private_notes", "exit_reason", "reopen_reason",
    ),
    audits.DomainAnswer: ("rationale", "not_applicable_reason"),
    audits.Answer: ("text",),
    audits.RailReason: ("asked", "reason"),
    AuditFact: ("given",),
    audits.AuditVersion: ("contents", "reason"),
    audits.Concern: ("concern_words", "spoken_to", "outcome_words"),
    audits.AuditAction: ("what", "what_was_done", "what_changed"),
    audits.AuditActionUpdate: ("note",),
    audits.AuditMove: ("before",),
}  # fmt: skip
ON_EVIDENCE = {
    evidence.Evidence: ("title", "shows", "kept_out_reason"),
    evidence.EvidenceVersion: ("given_name", "address", "held_where", "held_by", "why"),
    evidence.EvidenceText: ("text", "folded"),
    evidence.EvidenceUse: ("proves",),
}


def make_people(session):
    """A team with its auditor, two QA managers and a leader."""
    team = builders.make_team(session)
    made = SimpleNamespace(
        team=team,
        auditor=builders.make_person(session, roles=(Role.auditor,), teams=[team]).id,
        first=builders.make_person(session, roles=(Role.qa_manager,), user_name="first@greenhaven.example").id,
        second=builders.make_person(session, roles=(Role.qa_manager,), user_name="second@greenhaven.example").id,
    )
    session.commit()
    return made


def plant_audit(session, people, *, case=CASE, now=NOW, word=MARK, **changed):
    """An agreed audit with concern, action, word on it, move, decision, notice and kept text; each with a mark."""
    audit = builders_audits.make_agreed(
        session, people.team, people.auditor, agreed_by=people.first, case_reference=case, now=now, **changed
    )
    name, later = f"AUD-{audit.number:04d}", now + timedelta(days=2)
    new = actions.NewAction(audits.ActionLevel.child, "Visit the child", owner_id=people.first, due_on=date(2027, 1, 1))
    action = actions.add_action(session, COUNCIL, audit.number, new, by=people.first, now=later)
    concern = concerns.raise_concern(
        session, COUNCIL, audit.number, "A bruise", "A manager", by=people.auditor, now=later
    )
    concern.closed_at, concern.closed_by, concern.outcome_words = later, people.second, "Seen"
    action.state = audits.AuditActionState.confirmed
    session.add_all([
        concern,
        action,
        audits.AuditMove(
            authority_id=COUNCIL, audit_number=audit.number, from_edition="case-audit-1", from_set="x",
            from_length="core", from_fingerprint="0" * 64, to_edition="case-audit-1", to_set="x", to_length="core",
            before="{}", moved_by=people.auditor, moved_at=now,
        ),
        audits.RailReason(
            authority_id=COUNCIL, audit_number=audit.number, rail_key="overall-grade/planted", asked="Why?",
            reason="So", saved_by=people.auditor, saved_at=now,
        ),
        AuditFact(
            authority_id=COUNCIL, audit_number=audit.number, fact_id="placement", given="Foster care",
            saved_by=people.auditor, saved_at=now,
        ),
        audits.AuditActionUpdate(
            authority_id=COUNCIL, action_number=action.number, news=audits.ActionNews.on_track, note="Slow",
            said_by=people.first, said_at=now,
        ),
        SuspectDecision(
            authority_id=COUNCIL, reference=name, text_column="strengths", text_sha256="0" * 64, words_sha256="0" * 64,
            kind="name", decision=Decision.cleared, level=3, reason=f"{word} decision", decided_by=people.first,
            decided_at=now,
        ),
    ])  # fmt: skip
    notices.tell(session, COUNCIL, people.first, "concern.raised", name, now)
    for path in (f"/greenhaven/audits/{name}/last-page", f"/greenhaven/typed-elsewhere/{word}"):
        typed = [("strengths", f"{word} typed"), ("case_reference", case)]
        drafts.keep(session, authority_id=COUNCIL, person_id=people.auditor, path=path, fields=typed, reason="typing",
                    now=now)  # fmt: skip
    session.flush()
    return audit


def mark(session, tables, column, number):
    """Put the mark into every typed column of the rows that hang on a thing, past the product."""
    marked = 0
    for table, names in tables.items():
        own = table.__table__
        named = own.c.get(column, own.c.get("number"))
        if "action_number" in own.c:
            theirs = audits.AuditAction.__table__.c
            named, wanted = own.c.action_number, sa.select(theirs.number).where(theirs.audit_number == number)
        else:
            wanted = [number]
        statement = sa.update(own).values({name: _marked(own, name) for name in names}).where(named.in_(wanted))
        marked += session.connection().execute(statement).rowcount > 0
    session.commit()
    session.expire_all()
    return marked


def _marked(table, name):
    words = f"{MARK} {table.name} {name}"
    return json.dumps({"x": words}) if name in ("contents", "before") else words[: table.c[name].type.length or 200]


def traces(folder, *words):
    """Every file under a folder that holds one of these words as bytes."""
    wanted = [word.encode() for word in words]
    hits = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            hits += [(path.name, word.decode()) for word in wanted if word in data]
    return hits
