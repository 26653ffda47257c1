"""A council's year for packs: audits, an inspection, threads that are whole and threads that break off."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from audit_app.audits.actions import service as action_service
from audit_app.audits.tables import ActionLevel, AuditType, HowChosen
from audit_app.packs import service
from audit_app.packs.kinds import choices, shipped
from audit_app.packs.kinds import service as kinds_service
from audit_app.packs.tables import EvidencePackRow
from audit_app.people.tables import Role
from findings import register
from findings.register import NewSource, SpeaksTo
from findings.states import Delivery, FindingKind, Impact, ImpactTest, InspectionKind, Origin, SourceKind, Timescale
from tests import builders, builders_audits

COUNCIL = builders.AUTHORITY_ID
FIRST, LAST = date(2026, 4, 1), date(2026, 10, 31)
DAY = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
LETTER = "Report on the protection of children in Greenhaven"
ITEM = "Make sure that every child protection plan says what must change, by when, and who will see to it"


def make_wish(**changed):
    """A publishable pack of the year."""
    given = {
        "title": "Evidence pack, October 2026",
        "edition_id": "ilacs-2026",
        "period_from": FIRST,
        "period_to": LAST,
        "level": 3,
        "purpose": "",
        "marking": "OFFICIAL",
    }
    given = {**given, **changed}
    if given["level"] < 3 and not given["purpose"]:
        given["purpose"] = "The improvement board asked for it"
    return service.Wish(**given)


def make_row(**changed):
    """What is asked for, as a row that no session holds: for composing without building."""
    wish = make_wish(**changed)
    given = {name: value for name, value in wish.__dict__.items() if name != "chosen"}
    return EvidencePackRow(
        **given,
        kind=wish.chosen.kind,
        choices=choices.written(wish.chosen),
        authority_id=COUNCIL,
        number=7,
        asked_by=1,
        asked_at=NOW,
        pseudonym_key="ab" * 32,
    )


def make_people(session):
    """A team, its auditor, and a QA manager."""
    team_id = builders.make_team(session)
    auditor = builders.make_person(session, roles=(Role.auditor,)).id
    manager = builders.make_person(session, roles=(Role.qa_manager,)).id
    return SimpleNamespace(team_id=team_id, auditor=auditor, manager=manager)


def make_audits(session, people, *, random=12, chosen=5, since=DAY, **changed):
    """Agreed audits: two in three good, one inadequate in six."""
    made = []
    for place in range(random + chosen):
        grade = ("good", "good", "requires_improvement", "good", "outstanding", "inadequate")[place % 6]
        given = {
            "case_reference": f"G-{200001 + place}",
            "how_chosen": HowChosen.random if place < random else HowChosen.purposive,
            "practitioner_code": f"SW-{place + 1:03d}",
            "answers": {"grade": grade, "overall": grade},
            **changed,
        }
        now = since + timedelta(days=place % 40)
        made.append(
            builders_audits.make_agreed(
                session, people.team_id, people.auditor, agreed_by=people.manager, now=now, **given
            )
        )
    return made


def make_whole_thread(session, people, audits):
    """An inspectorate's item, carried from what was found to what is different for children."""
    by = {"by": people.manager, "now": DAY}
    inspection = register.record_inspection(
        session,
        COUNCIL,
        kind=InspectionKind.inspection,
        title="Inspection of child protection",
        body="Ofsted",
        edition_id="ofsted-2012",
        document_title=LETTER,
        published_on=date(2026, 5, 12),
        **by,
    )
    for area, grade in (("EFF", "good"), ("PRAC", "adequate"), ("OE", "good")):
        register.record_judgement(
            session, COUNCIL, inspection_number=inspection.number, judgement_area_id=area, grade_code=grade, **by
        )
    finding = register.raise_finding(
        session,
        COUNCIL,
        kind=FindingKind.area_for_improvement,
        origin=Origin.inspection,
        text=ITEM,
        verbatim=True,
        inspection_number=inspection.number,
        printed_number=4,
        printed_total=13,
        paragraphs="45",
        timescale=Timescale.three_months,
        timescale_text="Within three months",
        judgement_areas=(SpeaksTo("ofsted-2012", "PRAC"),),
        **by,
    )
    area = register.make_area_from_finding(session, COUNCIL, finding.number, **by)
    joined = register.raise_finding(
        session,
        COUNCIL,
        kind=FindingKind.area_for_improvement,
        origin=Origin.case_audit,
        title="Plans are not specific",
        text="In 6 of 14 records the plan did not say who would do what by when.",
        sources=[
            NewSource(
                SourceKind.audit_answer,
                audit_reference=f"AUD-{audit.number:04d}",
                grade_words="Requires improvement to be good",
                dated_on=date(2026, 9, 2),
                words="The plan names no dates.",
            )
            for audit in audits[:6]
        ],
        judgement_areas=(SpeaksTo("ilacs-2026", "HP"),),
        **by,
    )
    register.join_area(session, COUNCIL, finding_number=joined.number, area_number=area.number, **by)
    register.correct_area(
        session, COUNCIL, area.number, revision=area.revision, owner_post_title="Head of Safeguarding", **by
    )
    make_verified_action(session, people, area.number)
    register.judge_impact(
        session,
        COUNCIL,
        area.number,
        rating=Impact.some_difference,
        judged_on=date(2026, 10, 20),
        method=ImpactTest.re_audit,
        sample_size=12,
        tested_by="Two auditors from outside the service",
        different_for_children="Eleven of twelve children now have a plan that says what must change and by when.",
        not_yet_good_enough="Plans for disabled children still leave dates out.",
        next_steps="Read twelve more records in April 2027, half of them of disabled children.",
        judged_by_post_title="Quality Assurance Manager",
        sources=[NewSource(SourceKind.re_audit, audit_reference=f"AUD-{audits[-1].number:04d}", grade_words="Good")],
        by=people.manager,
        now=NOW,
    )
    return area


def make_verified_action(session, people, area_number):
    """An action that was done and verified outside its line, and one that is late."""
    by = {"by": people.manager, "now": DAY}
    action = register.add_action(
        session,
        COUNCIL,
        what="Coach every team manager in writing plans with families, and read one plan a month together",
        areas=[area_number],
        lead_post_title="Head of Safeguarding",
        due_on=date(2026, 9, 30),
        success_measure="Nine of ten plans read say who does what by when",
        impact_test=ImpactTest.re_audit,
        **by,
    )
    late = {"by": people.manager, "now": NOW}
    register.complete_action(
        session,
        COUNCIL,
        action.number,
        completed_on=date(2026, 9, 25),
        completed_note="All eleven team managers took part.",
        **late,
    )
    register.verify_action(
        session,
        COUNCIL,
        action.number,
        verified_on=date(2026, 10, 5),
        verified_note="Attendance and five plans were seen.",
        line=(),
        by_post_title="Principal Social Worker",
        **late,
    )
    second = register.add_action(
        session,
        COUNCIL,
        what="Change the form so that a plan cannot be saved without dates",
        areas=[area_number],
        lead_post_title="Head of Systems",
        due_on=date(2026, 10, 12),
        **by,
    )
    register.report_progress(
        session,
        COUNCIL,
        second.number,
        delivery=Delivery.at_risk,
        text="The supplier is behind.",
        dated_on=date(2026, 10, 1),
        **late,
    )


def make_bare_thread(session, people):
    """An area nobody has done anything about, a strength, and an action that answers nothing."""
    by = {"by": people.manager, "now": DAY}
    area = register.open_area(
        session,
        COUNCIL,
        heading="Supervision is not reflective enough",
        edition_id="ilacs-2026",
        judgement_area_id="LEAD",
        **by,
    )
    register.raise_finding(
        session,
        COUNCIL,
        kind=FindingKind.strength,
        origin=Origin.children_and_young_people,
        text="Children say that their social worker keeps promises.",
        judgement_areas=(SpeaksTo("ilacs-2026", "HP"),),
        **by,
    )
    register.add_action(
        session, COUNCIL, what="Publish the practice guide", lead_post_title="Principal Social Worker", **by
    )
    return area


def make_year(session, **changed):
    """The whole year; returns what was made."""
    people = make_people(session)
    audits = make_audits(session, people, **changed)
    again = builders_audits.make_agreed(
        session,
        people.team_id,
        people.auditor,
        agreed_by=people.manager,
        now=DAY + timedelta(days=45),
        case_reference="G-200001",
        audit_type=AuditType.re_audit,
        re_audit_of=audits[0].number,
    )
    action_service.add_action(
        session,
        COUNCIL,
        audits[0].number,
        action_service.NewAction(ActionLevel.child, "Tell the child what was decided", due_on=date(2026, 11, 20)),
        by=people.manager,
        now=NOW,
    )
    area = make_whole_thread(session, people, [*audits, again])
    bare = make_bare_thread(session, people)
    session.commit()
    return SimpleNamespace(people=people, audits=audits, again=again, area=area, bare=bare)


def ask(session, people, **changed):
    """Ask for a pack and let the worker build it at once."""
    row = service.ask_for_pack(session, COUNCIL, make_wish(**changed), by=people.manager, now=NOW)
    session.commit()
    session.refresh(row)
    session.commit()  # the reading is over: others may write
    return row


def make_kind(session, by, *, made_from="board-report", name="Panel report", sections=("since-last-board", "gaps")):
    """A kind of the council's own."""
    own = kinds_service.OwnKind(name, "What the panel reads four times a year.", 1, sections)
    return kinds_service.make(session, COUNCIL, made_from, own, by=by, now=NOW)


def make_chosen(kind="inspection-pack", **chosen):
    """What goes into a pack of one of our kinds."""
    return choices.of_kind(shipped.find(kind), **chosen)
