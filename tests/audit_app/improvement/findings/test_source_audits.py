"""A source told as a person would write it, and linked only for those who may open its audit."""

from datetime import date

from audit_app.improvement import wording
from audit_app.improvement.service_log import note_taker
from audit_app.people.tables import Role
from findings.register import NewSource
from findings.states import SourceKind
from findings.tables import Source
from tests import builders
from tests.builders import AUTHORITY_ID, MOMENT
from tests.builders_audits import make_audit
from tests.builders_improvement import raise_finding

DAY = date(2025, 8, 8)


def source(kind=SourceKind.audit_answer, **values):
    return Source(kind=kind, **{"grade_code": "", "grade_words": "", "words": "", "dated_on": DAY, **values})


def test_a_source_reads_as_a_sentence_without_codes_or_doubled_stops():
    answer = source(
        audit_reference="AUD-0048",
        question_reference="case-audit-1/oversight/stopped-drift",
        grade_code="inadequate",
        grade_words="Inadequate",
        words="How well have managers noticed and stopped drift or delay?",
    )
    # The question is what was asked, never what was seen: it stands with its answer and is called what it is.
    assert wording.source_words(answer) == (
        "AUD-0048, 8 August 2025. Asked: “How well have managers noticed and stopped drift or delay?” "
        "Answered: inadequate."
    )
    sample = source(SourceKind.dip_sample, words="Real reflection in 12 of twenty files.")
    assert wording.source_words(sample) == "A dip sample, 8 August 2025: Real reflection in 12 of twenty files."
    letter = source(SourceKind.document, document="Inspection letter", paragraph="27")
    assert wording.source_words(letter) == "Inspection letter, paragraph 27, 8 August 2025."
    assert wording.source_words(source(SourceKind.other, dated_on=None)) == "Something else."


def test_an_audit_is_a_link_only_for_those_who_may_open_it(session, signed_in_as):
    team = builders.make_team(session)
    auditor = builders.make_person(session, roles=(Role.auditor,)).id
    make_audit(session, team, auditor)
    told = {"by": auditor, "now": MOMENT, "note": note_taker(session, AUTHORITY_ID, by=auditor, now=MOMENT)}
    named = [NewSource(SourceKind.audit, audit_reference=one, dated_on=DAY) for one in ("AUD-0001", "AUD-9999")]
    raise_finding(session, sources=named, **told)
    session.commit()
    qa = signed_in_as(Role.qa_manager).get("/greenhaven/findings/FND-0001")
    assert "/greenhaven/audits/AUD-0001" in qa.html
    assert "AUD-9999, 8 August 2025. Record removed under retention." in qa.text
    leader = signed_in_as(Role.leader).get("/greenhaven/findings/FND-0001")
    assert "/greenhaven/audits/AUD-0001" not in leader.html
    assert "AUD-0001, 8 August 2025." in leader.text
    assert "Record removed" not in leader.text
