"""A council with something of everything in it, for attacks: addresses of every page with values that exist."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app import database
from audit_app.audits.actions import service as action_service
from audit_app.audits.concerns import service as concern_service
from audit_app.audits.tables import ActionLevel
from audit_app.evidence.batches.tables import EvidenceBatch, EvidenceBatchFile
from audit_app.evidence.folder import service as folder_service
from audit_app.evidence.states import BatchState, Held
from audit_app.people.access import Role, system_scope, web_session
from audit_app.people.tables import AccountState, Person
from audit_app.records.erasure import queries_listing
from audit_app.records.erasure import service as removals
from audit_app.records.erasure.queries_listing import Wish
from audit_app.records.holds import service as holds
from audit_app.records.subject_access import service as copies
from audit_app.records.subject_access.tables import SubjectKind
from audit_app.records.tables import HeldKind, PackChoice, RemovalKind
from findings import register
from findings.numbering import next_number
from tests import (
    builders,
    builders_audits,
    builders_evidence,
    builders_library,
    builders_packs,
    builders_plans,
    builders_self_assessment,
)
from tests.pages import Page

COUNCIL = builders.AUTHORITY_ID
SET = builders_audits.SET


def make_world(app, engine, *, random=6, chosen=2):
    """Audits in several stages, a thread, plans, a pack, teams and posts, and somebody who holds every role."""
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": system_scope("an attack", COUNCIL)}) as s:
        s.info["log_key"] = app.extensions["log_key"]
        year = builders_packs.make_year(s, random=random, chosen=chosen)
        everything = builders.make_person(s, roles=tuple(Role), name="Every Role", manages=[year.people.team_id])
        post = builders_plans.make_post(s, "Head of Everything", everything.id)
        mine = [
            builders_audits.make_audit(s, year.people.team_id, everything.id, case_reference=f"G-30000{n}")
            for n in range(3)
        ]
        builders_audits.answer_all(s, mine[1])
        for audit in (*mine, year.audits[1]):
            new = action_service.NewAction(
                ActionLevel.practitioner, "Read the plan again", owner_id=everything.id, due_on=date(2027, 1, 1)
            )
            action_service.add_action(s, COUNCIL, audit.number, new, by=year.people.manager, now=builders_packs.NOW)
        s.flush()
        concern = concern_service.raise_concern(
            s,
            COUNCIL,
            mine[0].number,
            "A bruise nobody explains",
            "The manager",
            by=everything.id,
            now=builders_packs.NOW,
        )
        plan = register.open_plan(s, COUNCIL, title="Improvement plan", by=everything.id, now=builders_packs.NOW)
        _fill_plan(s, plan.number, everything.id)
        builders_self_assessment.make_one_of_everything(s, everything.id)
        folder_service.begin_folder(s, COUNCIL, by=everything.id, now=builders_packs.NOW)
        builders_evidence.add(
            s, by=everything.id, proves=["FND-0001", "FOL-0001"], held=Held.here, address="", config=app.config,
            file=builders_evidence.a_file(),
        )  # fmt: skip
        _zip_that_waits(s, everything.id)
        builders_self_assessment.make_one_of_everything(s, everything.id)
        builders_library.make_own_sets(s, by=everything.id, second=year.people.manager)
        s.commit()
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": system_scope("an attack", COUNCIL)}) as s:
        s.info["log_key"] = app.extensions["log_key"]
        builders_packs.ask(s, year.people)
        builders_packs.make_kind(s, everything.id)
        given = {
            "subject": SubjectKind.case_reference,
            "sought": "G-300001",
            "person_id": None,
            "today": builders_packs.NOW.date(),
        }
        copies.ask(s, COUNCIL, **given, reason="A request", by=year.people.manager, now=builders_packs.NOW)
        _hold_and_removal(s, everything.id, mine[2].number, year.people.manager)
        s.commit()
    return SimpleNamespace(
        year=year,
        person=everything.id,
        post=post,
        mine=[one.number for one in mine],
        concern=concern.id,
        plan=plan.number,
    )


def begin_small(app, engine, built_once):
    """The world with one audit drawn at random and one chosen, built once for all tests that start from it."""
    return built_once("the small world of attacks", lambda: make_world(app, engine, random=1, chosen=1))


def _zip_that_waits(s, person_id):
    """A ZIP with one file in it, read and not confirmed yet."""
    given = {"authority_id": COUNCIL, "sha256": builders_evidence.a_file().sha256}
    given["given_name"] = "minutes.txt"
    number, moment = next_number(s, COUNCIL, "BAT"), builders_packs.NOW
    state = BatchState.waiting
    s.add(EvidenceBatch(number=number, state=state, added_by=person_id, added_at=moment, touched_at=moment, **given))
    s.flush()
    s.add(EvidenceBatchFile(batch_number=number, place=1, path="minutes.txt", kind="txt", size=17, **given))


def _hold_and_removal(s, person_id, held, asked_by):
    """One audit that is held, and one that somebody else asks to be removed."""
    day, given = builders_packs.NOW.date(), {"by": person_id, "now": builders_packs.NOW}
    holds.place(
        s, COUNCIL, held=HeldKind.thing, target=f"AUD-{held:04d}", reason="A claim", held_from=day,
        review_on=day.replace(year=day.year + 1), **given,
    )  # fmt: skip
    wish = Wish(RemovalKind.request, "AUD-0001", PackChoice.none)
    seen = queries_listing.work_out(s, COUNCIL, wish, day).fingerprint
    asked = {"reason": "The family asked", "seen": seen, "today": day, **given, "by": asked_by}
    removals.ask(s, COUNCIL, wish, **asked)


def _fill_plan(s, number, person_id):
    """One of each thing that hangs on a plan as a whole."""
    given = {"plan_number": number, "by": person_id, "now": builders_packs.NOW}
    register.add_theme(s, COUNCIL, title="Help", **given)
    register.add_review(s, COUNCIL, due_text="end of Q2 2026/27", **given)
    register.add_risk(s, COUNCIL, risk="Staff change", **given)
    register.add_measure(s, COUNCIL, name="All answered", band_met="March 2027", **given)


def sign_in(app, engine, person_id):
    """A page for this person, whatever an attack has done to the account meanwhile."""
    with database.session_for(engine, system_scope("signing in for an attack")) as s:
        s.exec(sa.update(Person).where(Person.id == person_id).values(state=AccountState.active))
        token = web_session.start(s, person_id, now=datetime.now(UTC), address="127.0.0.1", browser="an attack")
    made = Page(app.test_client())
    made.client.set_cookie(app.config["SESSION_COOKIE"], token, domain="localhost", secure=True)
    return made


IDS = {
    "person_id": ("person", "id"),
    "team_id": ("team", "id"),
    "service_id": ("service", "id"),
    "post_id": ("post", "id"),
    "contact_id": ("escalation_contact", "id"),
    "concern_id": ("concern", "id"),
    "milestone_id": ("milestone", "id"),
    "measure_id": ("measure", "id"),
    "use_id": ("evidence_use", "id"),
    "theme_id": ("theme", "id"),
    "review_id": ("plan_review", "id"),
    "risk_id": ("plan_risk", "id"),
    "shape_id": ("self_assessment_shape", "id"),
    "passkey_id": ("passkey", "id"),
    "version_id": ("self_assessment_version", "id"),
    "part_id": ("self_assessment_version_part", "id"),
    "section_id": ("self_assessment_section", "id"),
    "other_id": ("self_assessment_section", "id"),
    "claim_id": ("self_assessment_claim", "id"),
    "plan_id": ("self_assessment_plan_line", "id"),
    "citation_id": ("self_assessment_citation", "id"),
    "comment_id": ("self_assessment_comment", "id"),
    "suggestion_id": ("self_assessment_suggestion", "id"),
    "about_id": ("self_assessment_claim", "id"),
}
NUMBERED = {
    "AUD": "case_audit",
    "AAC": "audit_action",
    "FND": "finding",
    "AFI": "area_for_improvement",
    "ACT": "action",
    "PLN": "plan",
    "INS": "inspection",
    "PCK": "evidence_pack",
    "KND": "pack_kind",
    "SET": "own_set",
    "EVD": "evidence",
    "FOL": "folder_entry",
    "BAT": "evidence_batch",
    "SAS": "self_assessment",
    "HLD": "legal_hold",
    "RMV": "removal",
    "SAR": "subject_request",
    "EXP": "long_export",
}
TEXTS = {
    "number": [1],
    "set_id": ["neglect", SET],
    "length": ["core"],
    "domain_id": ["plan", "voice"],
    "edition": ["own-greenhaven-neglect-2", "case-audit-1"],
    "older": ["own-greenhaven-neglect-1"],
    "newer": ["own-greenhaven-neglect-2"],
    "domain": ["d1", "plan"],
    "question": ["q3", "specific"],
    "scale": ["four-point"],
    "fact": ["placement-type"],
    "asked": ["specific"],
    "area": ["HP"],
    "kind": ["pdf", "xlsx", "zip"],
    "record_kind": ["audits_agreed"],
    "how": ["file", "link", "elsewhere"],
    "word_for": ["whole", "summary", "staff", "children"],
    "version": [2, 1],
    "place": [0, 1],
    "token": ["none"],
    "filename": ["app.css"],
    "file_hash": ["0" * 64],
    "key": ["0" * 24],
    "exhibit": ["E1"],
    "copy_number": [1],
    "paper_kind": ["dpia", "record", "notice", "accessibility"],
    "blank_key": ["controller", "rights"],
    "file_kind": ["pdf", "zip"],
    "authority": [builders.AUTHORITY_KEY],
}


def keys_of(engine, table, column, authority_id=COUNCIL):
    """The ids or numbers that exist in a table of a council."""
    t = SQLModel.metadata.tables[table]
    query = sa.select(t.c[column]).order_by(t.c[column])
    if "authority_id" in t.c:
        query = query.where(t.c.authority_id == authority_id)
    with engine.connect() as connection:
        return list(connection.execute(query).scalars())


def values_for(engine, rule):
    """For each part of an address, values that lead to something."""
    found = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        prefix = getattr(converter, "prefix", None)
        if prefix:
            found[name] = keys_of(engine, NUMBERED[prefix], "number")
        elif name in IDS:
            found[name] = keys_of(engine, *IDS[name])
        else:
            found[name] = TEXTS[name]
    return found
