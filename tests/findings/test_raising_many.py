"""Many findings at once take no more statements than a few, on whichever database the run is made."""

from contextlib import contextmanager

from sqlalchemy import event
from sqlmodel import Session, select

from findings import register
from findings.register import NewFinding, NewSource, SpeaksTo
from findings.states import FindingKind, InspectionKind, Origin, SourceKind
from findings.tables import Finding, FindingJudgementArea, Source
from tests.findings.conftest import COUNCIL


@contextmanager
def statements_of(engine):
    counted = []

    def count(*_):
        counted.append(1)

    event.listen(engine, "before_cursor_execute", count)
    yield counted
    event.remove(engine, "before_cursor_execute", count)


def many(count, inspection):
    return [
        NewFinding(
            FindingKind.area_for_improvement,
            Origin.inspection if place % 2 else Origin.staff,
            f"Plan {place} does not say who does what.",
            sources=[NewSource(SourceKind.document, document="Letter", paragraph=str(place))],
            judgement_areas=[SpeaksTo("ilacs-2026", "HP"), SpeaksTo("ilacs-2026", "CL")],
            more={"inspection_number": inspection.number if place % 2 else None, "printed_number": place},
        )
        for place in range(1, count + 1)
    ]


def test_fifty_findings_take_no_more_statements_than_five(engine, day):
    with Session(engine) as session:
        inspection = register.record_inspection(
            session, COUNCIL, kind=InspectionKind.inspection, title="Inspection", **day
        )
        session.flush()
        taken = []
        for count in (5, 50):
            with statements_of(engine) as counted:
                raised = register.raise_many(session, COUNCIL, many(count, inspection), **day)
            taken.append(len(counted))
        assert taken[0] == taken[1] <= 6, taken
        assert [row.number for row in raised] == list(range(6, 56))
        assert len(session.exec(select(Finding)).all()) == 55
        assert len(session.exec(select(Source)).all()) == 55
        assert len(session.exec(select(FindingJudgementArea)).all()) == 110
