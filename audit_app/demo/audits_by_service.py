"""The fictional audits that go the whole way through the services, corrections included."""

from collections.abc import Callable
from datetime import datetime, timedelta

from audit_app.audits import queries, service
from audit_app.audits.queries_rows import audit_row
from audit_app.audits.rails import service as rails
from audit_app.demo.audits import QA, Made, reasons_for, saved_domains
from audit_app.demo.draws import FINISHED, Fate
from audit_app.demo.texts import texts
from audit_app.demo.timeline import World

CORRECTED_AFTER = timedelta(days=3)


def put_on_timeline(world: World, made: Made) -> None:
    """Set up, answer, submit and agree one audit as its people would have."""
    if made.draw.fate in (Fate.exempted, Fate.replaced, Fate.withdrawn):
        raise ValueError("An audit that leaves the programme is written as rows.")
    session, council = world.session, world.authority_id
    chosen = world.chance.choice(QA)

    def create(by: int, now: datetime) -> None:
        made.number = service.create_audit(session, council, made.details, by=by, now=now).number

    def close(by: int, now: datetime) -> None:
        service.save_closing(session, council, made.number, made.entries.closing, seen=1, by=by, now=now)

    def submit(by: int, now: datetime) -> None:
        audit = audit_row(session, council, made.number)
        lines = queries.rails_of(session, audit, made.questions)
        reasons = dict(zip((line.key for line in lines), reasons_for(made.number), strict=False))
        rails.answer_rails(session, council, made.number, reasons, by=by, now=now)
        service.submit_audit(session, council, made.number, by=by, now=now)

    def agree(by: int, now: datetime) -> None:
        service.agree_audit(session, council, made.number, by=by, now=now)

    world.at(made.moments["created"], chosen, create)
    for domain_id, _ in made.entries.domains[: saved_domains(made)]:
        world.at(made.moments[f"domain {domain_id}"], made.auditor, _saving(world, made, domain_id))
    if made.draw.fate not in FINISHED:
        return
    world.at(made.moments["closing"], made.auditor, close)
    world.at(made.moments["submitted"], made.auditor, submit)
    if made.draw.fate is not Fate.submitted:
        world.at(made.moments["agreed"], chosen, agree)
    if made.draw.fate in (Fate.corrected, Fate.reopened):
        _correct(world, made, chosen, submit, agree)


def _saving(world: World, made: Made, domain_id: str) -> Callable[[int, datetime], None]:
    entry = dict(made.entries.domains)[domain_id]

    def save(by: int, now: datetime) -> None:
        service.save_domain(world.session, world.authority_id, made.number, domain_id, entry, seen=0, by=by, now=now)

    return save


def _correct(
    world: World,
    made: Made,
    chosen: str,
    submit: Callable[[int, datetime], None],
    agree: Callable[[int, datetime], None],
) -> None:
    """Reopened by the QA manager once agreed; all but the last are put right, submitted and agreed again."""
    session, council = world.session, world.authority_id
    reason = texts("closing")["correction"]
    when = made.moments["agreed"] + timedelta(minutes=10)

    def reopen(by: int, now: datetime) -> None:
        service.reopen_audit(session, council, made.number, reason=reason, by=by, now=now)

    def improve(by: int, now: datetime) -> None:
        closing = vars(made.entries.closing)
        better = service.ClosingEntry(**{**closing, "overall_rationale": f"{closing['overall_rationale']} {reason}"})
        service.save_closing(session, council, made.number, better, seen=2, by=by, now=now)

    world.at(when, chosen, reopen)
    if made.draw.fate is Fate.reopened:
        return
    world.at(when + CORRECTED_AFTER, made.auditor, improve)
    world.at(when + CORRECTED_AFTER + timedelta(minutes=5), made.auditor, submit)
    world.at(when + CORRECTED_AFTER + timedelta(minutes=30), chosen, agree)
