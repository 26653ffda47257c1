"""The fictional audits on the timeline: each set up, answered, submitted and agreed at its own moments.

Most are written as rows with the same log entries their services would make, because there are hundreds; the rest go
through the services themselves (`audits_by_service`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

from audit_app import clock, history
from audit_app.audits import contents, events, question_sets
from audit_app.audits.kinds.given import Given
from audit_app.audits.queries_rows import reference_of
from audit_app.audits.rails import asking
from audit_app.audits.service_details import NewAudit
from audit_app.audits.tables import (
    AUDIT,
    Answer,
    AuditType,
    AuditVersion,
    CaseAudit,
    DomainAnswer,
    HowChosen,
    RailReason,
    Stage,
    Subject,
)
from audit_app.demo import answers
from audit_app.demo.answers import AuditEntries
from audit_app.demo.council import name_of_team
from audit_app.demo.draws import FINISHED, Draw, Fate
from audit_app.demo.texts import texts
from audit_app.demo.timeline import World, moment
from audit_app.library.set_name import SetName
from findings import numbering
from findings.references import reference
from frameworks import QuestionSet

assert events
DUE_WORKING_DAYS = 15
QA = ("fiona.castle", "tomasz.zielinski")
AGE_BANDS = ("1-4", "5-9", "5-9", "5-9", "10-15", "10-15", "10-15", "16-17")
ETHNICITIES = ("white", "white", "white", "white", "asian", "black", "mixed", "other", "not-recorded")
STAGES = {
    Fate.not_started: Stage.allocated,
    Fate.begun: Stage.in_progress,
    Fate.submitted: Stage.submitted,
    Fate.exempted: Stage.exempted,
    Fate.replaced: Stage.replaced,
    Fate.withdrawn: Stage.withdrawn,
}
EXIT_AFTER_DAYS = 6


@dataclass
class Made:
    """One audit as it was made, for those who come after it: actions, concerns, findings, re-audits."""

    draw: Draw
    details: NewAudit
    auditor: str
    questions: QuestionSet
    entries: AuditEntries
    number: int = 0
    moments: dict[str, datetime] = field(default_factory=dict)

    def code_of(self, question_key: str) -> str | None:
        """What it answered to a question; None when it did not."""
        for _, entry in self.entries.domains:
            if question_key in entry.answers:
                return entry.answers[question_key][0]
        return None


SHARE_OF_SHOWN = 0.25


def plan_details(world: World, draw: Draw, auditors: list[str], case_reference: str) -> tuple[NewAudit, str]:
    """What is entered when the audit is set up, and who is to do it: never somebody of the team itself."""
    chance = world.chance
    allocated = moment(world.day(draw.ago), 0).date()
    name = SetName(question_sets.edition_for_new(allocated), draw.set_id, draw.length)
    questions = question_sets.find_set(world.session, name)
    assert questions is not None
    auditor = _auditor_for(world, draw, auditors)
    subject = _subject(chance, questions)
    child = subject in (Subject.child, Subject.observed_visit)
    themed = chance.random() < 0.15
    details = NewAudit(
        set_name=name,
        subject=subject,
        audit_type=_type_of(draw, themed),
        how_chosen=_how_chosen(chance, draw, themed),
        case_reference=case_reference,
        team_id=world.teams[draw.team],
        window_from=allocated - timedelta(days=365),
        window_to=allocated,
        auditor_id=world.people[auditor],
        due_on=clock.add_working_days(allocated, DUE_WORKING_DAYS),
        cohort=questions.cohorts[0],
        practitioner_code=f"P-{chance.randint(1, 3) + 10 * list(world.teams).index(draw.team):03}",
        manager_code=f"M-{list(world.teams).index(draw.team) + 1:02}",
        age_band=_age(chance, draw) if child else "",
        ethnicity=chance.choice(ETHNICITIES) if child else "",
        disability=chance.choices(("no", "yes", "not-recorded"), (8, 3 if draw.team == "disabled" else 1, 1))[0]
        if child
        else "",
        theme=chance.choice(texts("closing")["themes"]) if themed else "",
    )
    return details, auditor


def _auditor_for(world: World, draw: Draw, auditors: list[str]) -> str:
    """Nobody audits a team they manage; whoever signs in as the auditor finds some work waiting."""
    free = [auditor for auditor in auditors if auditor != world.team_managers[draw.team]]
    shown_auditor = texts("people")["shown"]["auditor"]
    waits = draw.fate in (Fate.not_started, Fate.begun) and shown_auditor in free
    return shown_auditor if waits and world.chance.random() < SHARE_OF_SHOWN else world.chance.choice(free)


def _subject(chance: Random, questions: QuestionSet) -> Subject:
    if "child" not in questions.subjects:
        return Subject(questions.subjects[0])
    return chance.choices((Subject.child, Subject.sibling_group, Subject.decision), (88, 8, 4))[0]


def _age(chance: Random, draw: Draw) -> str:
    return "18-and-over" if draw.set_id == "care-leavers" else chance.choice(AGE_BANDS)


def _type_of(draw: Draw, themed: bool) -> AuditType:
    if draw.re_audit_for:
        return AuditType.re_audit
    if themed:
        return AuditType.thematic_audit
    return AuditType.deep_dive if draw.length == "full" else AuditType.case_audit


def _how_chosen(chance: Random, draw: Draw, themed: bool) -> HowChosen:
    if draw.re_audit_for or themed:
        return HowChosen.purposive
    return chance.choices((HowChosen.random, HowChosen.purposive, HowChosen.directors), (88, 9, 3))[0]


def case_reference(draw: Draw, taken: Iterator[int]) -> str:
    """A code nobody else has: a child's, a supervision file's or a foster carer's."""
    serial = next(taken)
    if draw.set_id == "supervision":
        return f"SUP-{serial % 10_000:04}"
    return f"FC-{serial % 10_000:04}" if draw.set_id == "foster-carer" else f"GH-{serial:06}"


def sittings(chance: Random, made: Made, world: World) -> None:
    """When it was set up, each domain saved, and so on: two or three sittings before it was submitted."""
    draw = made.draw
    made.moments["created"] = moment(world.day(draw.ago), chance.randint(0, 200))
    last = max(draw.submitted_ago, 1) if draw.fate in FINISHED else max(1, draw.ago - 12)
    first = min(draw.ago, max(last, last + min(6, draw.ago - last)))
    for place, (domain_id, _) in enumerate(made.entries.domains):
        early = place * 2 < len(made.entries.domains)
        made.moments[f"domain {domain_id}"] = moment(world.day(first if early else last), 210 + place * 6)
    made.moments["closing"] = moment(world.day(last), 400)
    made.moments["submitted"] = moment(world.day(last), 415)
    made.moments["agreed"] = moment(world.day(max(1, draw.agreed_ago)), 425 + chance.randint(0, 50))
    made.moments["left"] = moment(world.day(max(1, draw.ago - EXIT_AFTER_DAYS)), 300)


def put_on_timeline(world: World, made: Made) -> None:
    """Everything that happens to an audit that is written as rows."""
    chosen = world.chance.choice(QA)

    def create(by: int, now: datetime) -> None:
        made.number = numbering.next_number(world.session, world.authority_id, AUDIT)
        audit = _audit(world, made, by, chosen)
        world.session.add(audit)
        _keep_rows(world, made, audit)
        facts: dict[str, str | int] = {
            "set": made.details.set_name.set_id,
            "length": made.details.set_name.length,
            "auditor": made.details.auditor_id,
            "due": made.details.due_on.isoformat(),
        }
        _note(world, made, "audit.created", by, now, **facts)

    world.at(made.moments["created"], world.chance.choice(QA), create)
    for when, who, event, facts in _events(world, made, chosen):
        world.at(when, who, _noting(world, made, event, facts))


def saved_domains(made: Made) -> int:
    """How many domain pages were saved: all once finished, none before it was begun."""
    if made.draw.fate in FINISHED:
        return len(made.entries.domains)
    return 3 + made.draw.ago % 7 if made.draw.fate is Fate.begun else 0


def _events(world: World, made: Made, chosen: str) -> Iterator[tuple[datetime, str, str, dict[str, Any]]]:
    for domain_id, entry in made.entries.domains[: saved_domains(made)]:
        changes = len(entry.answers) + 2
        facts: dict[str, Any] = {"domain": domain_id, "changes": f"{changes} changes"}
        yield made.moments[f"domain {domain_id}"], made.auditor, "audit.domain_saved", facts
    fate = made.draw.fate
    if fate in FINISHED:
        yield made.moments["closing"], made.auditor, "audit.closing_saved", {}
        if rails := answers.asked_about(made.questions, made.entries):
            yield made.moments["closing"], made.auditor, "audit.rails_answered", {"changes": len(rails)}
        yield made.moments["submitted"], made.auditor, "audit.submitted", {"version": 1, "sha256": ""}
    if fate is Fate.agreed:
        yield made.moments["agreed"], chosen, "audit.agreed", {"version": 1}
    if fate in (Fate.exempted, Fate.replaced, Fate.withdrawn):
        facts = {"approved": world.people["ruth.adeyemi"]}
        yield made.moments["left"], chosen, f"audit.{fate.value}", facts


def _noting(world: World, made: Made, event: str, facts: dict[str, Any]):
    def noted(by: int, now: datetime) -> None:
        if event == "audit.submitted":
            facts["sha256"] = world.hashes.pop(made.number)
        _note(world, made, event, by, now, **facts)

    return noted


def _note(world: World, made: Made, event: str, by: int, now: datetime, **facts: Any) -> None:
    about = reference_of(made.number)
    history.note(world.session, event, about, by=by, authority_id=world.authority_id, facts=facts, now=now)


def _audit(world: World, made: Made, by: int, chosen: str) -> CaseAudit:
    fate, allocated = made.draw.fate, clock.london_day(made.moments["created"])
    team_name, service_name = name_of_team(world, made.draw.team, allocated)
    finished, left = fate in FINISHED, fate in (Fate.exempted, Fate.replaced, Fate.withdrawn)
    closing = vars(made.entries.closing) if finished else {}
    first = made.moments[f"domain {made.entries.domains[0][0]}"]
    agreed = fate is Fate.agreed
    return CaseAudit(
        authority_id=world.authority_id,
        number=made.number,
        fingerprint=made.questions.fingerprint,
        team_name=team_name,
        service_name=service_name,
        allocated_by=by,
        allocated_on=allocated,
        stage=Stage.agreed if agreed else STAGES[fate],
        started_at=first if saved_domains(made) else None,
        submitted_at=made.moments["submitted"] if finished else None,
        agreed_at=made.moments["agreed"] if agreed else None,
        agreed_by=world.people[chosen] if agreed else None,
        exit_reason=texts("closing")["leaving"][fate.value] if left else "",
        exit_approved_by=world.people["ruth.adeyemi"] if left else None,
        version=1 if finished else 0,
        closing_revision=2 if finished else 1,
        **{**made.details.columns(), **closing},
    )


def _keep_rows(world: World, made: Made, audit: CaseAudit) -> None:
    """Its answers, and once it is submitted the version frozen from them."""
    domain_entries = dict(made.entries.domains[: saved_domains(made)])
    given: dict[str, Given] = {}
    for domain_id, entry in domain_entries.items():
        values = {name: value for name, value in vars(entry).items() if name != "answers"}
        saved = {"revision": 1, "saved_by": audit.auditor_id, "saved_at": made.moments[f"domain {domain_id}"]}
        world.keep(DomainAnswer, audit_number=audit.number, domain_id=domain_id, **values, **saved)
        for key, answer in entry.answers.items():
            given[key] = Given(*answer)
            world.keep(Answer, audit_number=audit.number, question_key=key, **given[key]._asdict())
    if made.draw.fate in FINISHED:
        asked_again = asking.written_down(made.questions, _keep_reasons(world, made, audit))
        frozen = contents.canonical(contents.compose(audit, made.questions, domain_entries, given, asked_again))  # type: ignore[arg-type]
        world.hashes[audit.number] = contents.sha256_of(frozen)
        _keep_version(world, made, audit, frozen)


def _keep_reasons(world: World, made: Made, audit: CaseAudit) -> list[asking.RailLine]:
    """What its grades were asked about, each with the auditor's reason."""
    lines, reasons = [], reasons_for(audit.number)
    for rail in answers.asked_about(made.questions, made.entries):
        values = {"rail_key": rail.key, "asked": rail.question, "reason": next(reasons)}
        at = {"saved_by": audit.auditor_id, "saved_at": made.moments["closing"]}
        world.keep(RailReason, audit_number=audit.number, **values, **at)
        line = asking.line_of(made.questions, rail, None)
        lines.append(replace(line, reason=values["reason"]))
    return lines


def reasons_for(number: int) -> Iterator[str]:
    """Reasons for the grades of one audit, never the same twice in it."""
    sentences = texts("closing")["rail_reasons"]
    start = number % len(sentences)
    return cycle([*sentences[start:], *sentences[:start]])


def _keep_version(world: World, made: Made, audit: CaseAudit, frozen: str) -> None:
    world.keep(
        AuditVersion,
        audit_number=audit.number,
        version=1,
        fingerprint=audit.fingerprint,
        contents=frozen,
        contents_sha256=world.hashes[audit.number],
        reason="",
        submitted_by=audit.auditor_id,
        submitted_at=made.moments["submitted"],
    )


def make(world: World, draw: Draw, details: NewAudit, auditor: str) -> Made:
    """Decide all an audit says, and when."""
    questions = question_sets.find_set(world.session, details.set_name)
    assert questions is not None
    words = {"domains": texts("practice")["domains"], **texts("closing")}
    entries = answers.write_entries(world.chance, questions, draw.place, draw.concern, words)
    made = Made(draw, details, auditor, questions, entries)
    sittings(world.chance, made, world)
    return made


def area_reference(world: World, key: str) -> str:
    """AFI-0003 of the area under this key; empty while it has not been opened."""
    number = world.numbers.get(f"area {key}")
    return reference("AFI", number) if number else ""
