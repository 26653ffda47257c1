"""What waits for a person today, gathered from every feature below and put into one list."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from audit_app import clock, words
from audit_app.audits import queries as audits
from audit_app.audits.actions import queries as audit_actions
from audit_app.audits.actions.queries import ActionWaiting, Why
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.concerns.queries import WaitsTo
from audit_app.audits.tables import Stage
from audit_app.evidence.attention import queries as evidence_attention
from audit_app.evidence.tables import EVIDENCE, FOLDER
from audit_app.home.waiting import Line, Urgency, urgency_of
from audit_app.improvement.actions import queries as plan_actions
from audit_app.improvement.actions import queries_reporting_line
from audit_app.improvement.plans import queries_reviews as plan_reviews
from audit_app.improvement.threads import queries as threads
from audit_app.library.own_sets import queries as own_sets
from audit_app.library.tables import OWN_SET
from audit_app.library.terms.own_words import Verbatim
from audit_app.packs import queries_waiting
from audit_app.people import queries as people
from audit_app.people.access import Role, Scope
from audit_app.people.access.scope import held_on
from audit_app.people.exports import kinds as export_kinds
from audit_app.people.exports import queries as exports
from audit_app.people.exports.tables import EXPORT
from audit_app.people.first_day import queries as first_day
from audit_app.people.tables import AccountState, Membership, Person
from audit_app.records.erasure import queries as removals
from audit_app.records.holds import queries as holds
from audit_app.records.tables import HOLD, REMOVAL
from audit_app.self_assessment import queries_waiting as self_assessment
from audit_app.self_assessment.queries_waiting import Wants
from findings import queries as thread
from findings import rules
from findings.queries import ActionFilter
from findings.references import ACTION, reference
from findings.states import ActionStatus

VERIFY_SHOWN = 20
MONTH = 31


def waiting(session: Session, scope: Scope, today: date) -> list[Line]:
    """Everything that waits for a person, in no order."""
    return [line for parts in PARTS.values() for part in parts for line in part(session, scope, today)]


def concern_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Concerns about a child's safety: to acknowledge, or to close."""
    verbs = {WaitsTo.acknowledge: "Acknowledge", WaitsTo.close: "Make sure of and close"}
    return [
        Line(
            "concern",
            Urgency.today,
            f"{verbs[waits_to]} the concern about {concern.case_reference} ({concern.audit_reference})",
            f"{concern.raised_by_name} raised it on {words.datetime_words(concern.raised_at)}.",
            "audits.concerns_of",
            {"number": concern.audit_number},
        )
        for concern, waits_to in (
            (waiting.concern, waiting.to) for waiting in concerns.concerns_waiting(session, scope)
        )
    ]


def audit_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Audits to do, those sent back, and for the QA manager those to agree."""
    waiting = audits.waiting_for(session, scope, today)
    lines = [_own_audit(row, today) for row in (*waiting.overdue, *waiting.to_do)]
    lines += [_own_audit(row, today, why="It was reopened so that it can be corrected.") for row in waiting.returned]
    lines += [
        Line(
            "agree",
            Urgency.later,
            f"Read {row.reference} and mark it as agreed",
            f"{row.auditor_name} submitted it on {words.date_words(row.submitted_at)}.",
            "audits.show",
            {"number": row.number},
        )
        for row in waiting.to_agree
    ]
    if waiting.overdue_of_others:
        count = words.count(waiting.overdue_of_others, "audit")
        why = "Their auditors have not submitted them and the due date has passed."
        lines.append(Line("late", Urgency.overdue, f"Ask after {count}", why, "audits.index", {"overdue": "yes"}))
    return lines


def _own_audit(row: audits.AuditRow, today: date, why: str = "") -> Line:
    verb = "Go on with" if row.stage == Stage.in_progress else "Start"
    given = Verbatim(f"It is yours to answer: {row.set_title}, {row.team_name}.")
    return Line(
        "audit",
        urgency_of(row.due_on, today),
        Verbatim(f"{verb} {row.reference}, record {row.case_reference}"),
        why or given,
        "audits.show",
        {"number": row.number},
        row.due_on,
    )


AUDIT_ACTION_WORDS = {
    Why.yours: ("Say how {} goes", "You own it: {}"),
    Why.without_owner: ("Give {} an owner", "It is for your team and nobody owns it: {}"),
    Why.to_confirm: ("Confirm that {} is done", "Its owner says that it is done: {}"),
}
# The same where whoever does it has no account, and this person speaks for them.
SPOKEN_FOR_WORDS = {
    Why.yours: ("Say how {} goes", "You speak for {named}: {}"),
    Why.without_owner: ("Say how {} goes", "{named} has no account, and your team’s manager speaks for them: {}"),
    Why.to_confirm: ("Confirm that {} is done", "{named} does it, and it is said to be done: {}"),
}


def audit_action_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Actions from audits: one's own, one's team's without an owner, those to confirm."""
    return [_audit_action(waiting, today) for waiting in audit_actions.actions_waiting(session, scope, today)]


def _audit_action(waiting: ActionWaiting, today: date) -> Line:
    what, why = (SPOKEN_FOR_WORDS if waiting.action.owner_named else AUDIT_ACTION_WORDS)[waiting.why]
    # Once its owner says it is done, the due date is no longer what presses.
    done = waiting.why is Why.to_confirm
    due_on = None if done else waiting.action.due_on
    return Line(
        "confirm" if done else "audit_action",
        Urgency.this_week if done else urgency_of(due_on, today),
        what.format(waiting.action.reference),
        Verbatim(why.format(shortened(waiting.action.what), named=waiting.action.owner_named)),
        "audits.show_action",
        {"number": waiting.action.number},
        due_on,
    )


def plan_action_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Plan actions a person leads or delivers: the late ones and those of the coming month; the rest as a number."""
    yours = plan_actions.your_actions(session, scope, today)
    last = today + timedelta(days=MONTH)
    soon = [row for row in yours.rows if row.overdue or rules.date_within(row.due_day, today, last)]
    lines = [
        Line(
            "plan_action",
            urgency_of(row.due_day, today),
            f"Report on {row.reference}",
            Verbatim(f"You lead or deliver it: {shortened(row.action.what)} ({row.colour.in_words})"),
            "improvement.show_action",
            {"number": row.action.number},
            row.due_day,
        )
        for row in soon
    ]
    later = yours.total - len(soon)
    if later:
        what = f"{words.count(later, 'plan action')} of yours {words.agree(later, 'is', 'are')} not due this month"
        lines.append(Line("later", Urgency.later, what, "", "improvement.your_actions"))
    return lines


def plan_review_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Reviews of plans that are due soon or whose day has passed: for who owns the plan."""
    return [
        Line(
            "plan_review",
            urgency_of(line.day, today),
            f"Review {line.reference}",
            Verbatim(f"{line.plan.title}: {line.review.what or 'it is to be looked at again'}"),
            "improvement.show_plan",
            {"number": line.plan.number},
            line.day,
        )
        for line in plan_reviews.reviews_waiting(session, scope, today)
    ]


def verify_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Completed plan actions a QA manager outside their line may verify."""
    if not scope.has(Role.qa_manager) or scope.person_id is None:
        return []
    authority_id = people.authority_of(session)
    wanted = ActionFilter(status=ActionStatus.completed)
    completed = thread.list_actions(session, authority_id, wanted, size=VERIFY_SHOWN)
    in_line = queries_reporting_line.lines_of_actions(session, completed.rows, today)
    return [
        Line(
            "verify",
            Urgency.later,
            f"Verify {reference(ACTION, row.number)}",
            Verbatim(f"Its lead completed it on {words.date_words(row.completed_on)}: {shortened(row.what)}"),
            "improvement.show_action",
            {"number": row.number},
        )
        for row in completed.rows
        if not in_line[row.number].holds(scope.person_id)
    ]


def thread_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """What findings and areas for improvement ask."""
    return [
        Line("thread", Urgency.later, f"{waiting.count:,} {waiting.words}", "", waiting.endpoint, dict(waiting.values))
        for waiting in threads.findings_waiting(session, scope, today)
    ]


def offered_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """For the QA manager: actions of agreed audits that reach further than one child or worker."""
    if not scope.has(Role.qa_manager):
        return []
    count = audit_actions.count_offered(session, people.authority_of(session))
    if not count:
        return []
    what = f"{words.count(count, 'action')} from audits offered as {words.agree(count, 'a finding', 'findings')}"
    why = "Set for a team, the service or the partnership. Raise each as a finding, so that it joins the plan."
    return [Line("offered", Urgency.later, what, why, "audits.update_actions", {"whose": "offered"})]


def self_assessment_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Sections to write, a self-assessment or a leader's words to sign, suggestions, figures that were corrected."""
    lines = []
    for row in self_assessment.waiting(session, scope):
        corrected = words.count(row.count, "audit")
        suggested = words.count(row.count, "suggestion")
        sentences = {
            Wants.write: (f"Write a section of {row.reference}", row.words),
            Wants.sign: (f"Read {row.reference} and sign it", row.words),
            Wants.answer: (f"Answer {suggested} of other words in {row.reference}", row.words),
            Wants.sign_words: (f"Sign the leader’s words of {row.reference}", row.words),
            Wants.sign_version: (f"Read a version of {row.reference} and sign it", row.words),
            Wants.mend_version: (f"Change a version of {row.reference} that was given back", row.words),
            Wants.see_corrected: (
                f"See what changed behind {row.reference} since its signature",
                f"{corrected} corrected",
            ),
        }[row.wants]
        presses = urgency_of(row.due_on, today) if row.due_on else Urgency.later
        page, values = "self_assessment.show_assessment", {"number": row.number}
        if row.section_id is not None:
            page, values = "self_assessment.show_section", {"number": row.number, "section_id": row.section_id}
        if row.version_id is not None:
            page, values = "self_assessment.show_version", {"number": row.number, "version_id": row.version_id}
        if row.wants is Wants.see_corrected:
            page = "self_assessment.read"
        lines.append(Line("self_assessment", presses, sentences[0], Verbatim(sentences[1]), page, values, row.due_on))
    return lines


def set_up_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """For the administrator: steps of the first day, and invitations nobody has used."""
    if not scope.has(Role.admin):
        return []
    lines = [
        Line("set_up", Urgency.this_week, step.title, step.state, step.endpoint)
        for step in first_day.list_steps(session, today)
        if step.needed and not step.done
    ]
    invited = session.exec(
        select(func.count(func.distinct(Person.id)))
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.authority_id == people.authority_of(session), held_on(Membership, today))
        .where(Person.state == AccountState.invited)
    ).one()
    if invited:
        why = "They cannot sign in until they have set a password with their link."
        what = f"{words.count(invited, 'person')} {words.agree(invited, 'has', 'have')} not used their invitation"
        lines.append(Line("links", Urgency.later, what, why, "people.links"))
    return lines


def export_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Long registers made for this person and not taken out yet: they end by themselves."""
    return [
        Line(
            "export",
            Urgency.this_week,
            f"Take out {reference(EXPORT, row.number)}",
            f"{export_kinds.register_of(row.kind).title}, as a workbook: you asked for it, it is ready, and it ends on "
            f"{words.date_words(row.expires_at)}.",
            "people.show_export",
            {"number": row.number},
        )
        for row in exports.ready_for(session, people.authority_of(session), scope.person_id, clock.now())
    ]


def shortened(text: str, most: int = 120) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def evidence_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Evidence that one's post owns and that is to be renewed, and entries of the folder to be refreshed."""
    lines = [
        Line(
            "evidence",
            urgency_of(row.renew_by, today),
            f"Renew {reference(EVIDENCE, row.number)}",
            Verbatim(f"Newer evidence is wanted: {shortened(row.title)}"),
            "evidence.show_evidence",
            {"number": row.number},
            row.renew_by,
        )
        for row in evidence_attention.to_renew(session, scope, today)
    ]
    lines += [
        Line(
            "folder",
            urgency_of(entry.refresh_on, today),
            f"Refresh {reference(FOLDER, entry.number)} of the evidence folder",
            Verbatim(f"Its day of refresh has come: {shortened(entry.title)}"),
            "evidence.show_entry",
            {"number": entry.number},
            entry.refresh_on,
        )
        for entry in evidence_attention.to_refresh(session, scope, today)
    ]
    return lines


def pack_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Packs that somebody else has read or asked to be destroyed: the second person is this one."""
    lines = []
    for pack in queries_waiting.waiting(session, scope):
        what = (
            f"Agree that {pack.reference} is destroyed, or keep it" if pack.to_destroy else f"Release {pack.reference}"
        )
        page = "packs.show_pack" if pack.to_destroy else "packs.release"
        lines.append(Line("pack", Urgency.later, what, Verbatim(shortened(pack.title)), page, {"number": pack.number}))
    return lines


def question_set_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Question sets of the council's own that somebody else wrote and offered."""
    return [
        Line(
            "question_set", Urgency.later, f"Publish {reference(OWN_SET, row.number)}, or leave it a draft",
            Verbatim(shortened(row.title)), "library.publish_own_set", {"number": row.number},
        )
        for row in own_sets.waiting_for(session, scope)
    ]  # fmt: skip


def record_lines(session: Session, scope: Scope, today: date) -> list[Line]:
    """Removals somebody else has asked for, and legal holds whose day of review has come."""
    if not scope.has(Role.qa_manager, Role.leader):
        return []
    authority_id = people.authority_of(session)
    lines = [
        Line(
            "removal", Urgency.this_week, f"Agree to {reference(REMOVAL, row.number)}, or keep it",
            "Somebody asked for something to be removed for good. Another person decides.", "records.show_removal",
            {"number": row.number},
        )
        for row in removals.waiting_for(session, authority_id, scope.person_id)
    ]  # fmt: skip
    lines += [
        Line(
            "hold", urgency_of(hold.review_on, today), f"Review the legal hold {reference(HOLD, hold.number)}",
            "Look whether it is still needed.", "records.show_hold", {"number": hold.number}, hold.review_on,
        )
        for hold in holds.to_review(session, authority_id, today)
    ]  # fmt: skip
    return lines


# What waits for people, by the feature in which it waits.
PARTS: dict[str, tuple[Callable[[Session, Scope, date], list[Line]], ...]] = {
    "audits": (concern_lines, audit_lines, audit_action_lines, offered_lines),
    "evidence": (evidence_lines,),
    "improvement": (plan_action_lines, plan_review_lines, verify_lines, thread_lines),
    "packs": (pack_lines,),
    "self_assessment": (self_assessment_lines,),
    "library": (question_set_lines,),
    "people": (set_up_lines, export_lines),
    "records": (record_lines,),
}
