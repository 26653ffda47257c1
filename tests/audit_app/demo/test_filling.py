"""The fictional council: what it holds, that it hangs together, and where it is refused.

In `make proof` it has its 400 audits; here a quarter of them, by the same rules.
"""

from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import func, select

from audit_app import checking, create_app, database, demo, history
from audit_app.audits import completeness, contents, question_sets
from audit_app.audits import queries as audit_queries
from audit_app.audits.queries_rows import all_rows
from audit_app.audits.tables import AuditAction, AuditVersion, CaseAudit, Concern, Stage
from audit_app.demo import draws
from audit_app.evidence.tables import Evidence
from audit_app.notices.tables import MailState, Notice
from audit_app.packs.tables import EvidencePackRow, PackExhibit, PackKind
from audit_app.people.access import system_scope
from audit_app.people.tables import Authority, Membership, Person, Role, Service, Team, TeamMember
from audit_app.self_assessment.signing import contents as signed_contents
from audit_app.self_assessment.tables import AssessmentState, OwnShape, SelfAssessment
from audit_app.self_assessment.tables_outputs import Audience, AudienceVersion, VersionPart, VersionState
from findings import queries
from findings.gaps import GapCode
from findings.states import Impact
from findings.tables import Action, AreaForImprovement, Finding, ImpactJudgement
from tests import servers
from tests.chosen import WHOLE
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS
from tests.pages import Page

TODAY = date(2026, 11, 20)
FEWER = 100
WHOLE_SIZE = pytest.mark.proof("counts what only all four hundred audits have")
FINISHED = (Stage.submitted, Stage.agreed)


@pytest.fixture(scope="module")
def filled(database_template, tmp_path_factory):
    """An application whose council is the fictional one; made once, and only read from."""
    folder = tmp_path_factory.mktemp("demo")
    first, template = database_template
    if ON_POSTGRESQL:
        with servers.fresh_database(first, template) as url:
            yield from _filled(url, folder)
        return
    copy = folder / "demo.db"
    copy.write_bytes(first.read_bytes())
    yield from _filled(f"sqlite:///{copy}", folder)


def _filled(url, folder):
    engine = database.make_engine(url)
    if not ON_POSTGRESQL:
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data")}, engine=engine)
    assert demo.is_empty(engine)
    with pytest.MonkeyPatch.context() as patch:
        if not WHOLE:
            patch.setattr(draws, "AUDITS", FEWER)
        demo.fill(app, today=TODAY)
    yield app
    engine.dispose()


@pytest.fixture
def looking(filled):
    """A session that sees all of the fictional council."""
    with database.session_for(filled.extensions["engine"], system_scope("a test"), reading=True) as session:
        session.info["scope"] = system_scope("a test", session.exec(select(Authority.id)).one())
        session.info["log_key"] = filled.extensions["log_key"]
        yield session


def counted(session, table):
    return session.exec(select(func.count()).select_from(table)).one()


def test_it_has_the_promised_size(looking):
    sizes = [counted(looking, table) for table in (Service, Team, Person, CaseAudit)]
    assert sizes == [3, 12, 60, draws.AUDITS if WHOLE else FEWER]
    assert draws.AUDITS == 400
    assert counted(looking, Finding) >= 30
    assert counted(looking, Action) >= 25
    assert set(looking.exec(select(Membership.role)).all()) == set(Role)
    assert looking.exec(select(Authority.fictional)).one() is True


@WHOLE_SIZE
def test_its_audits_stand_at_every_stage_this_version_knows(looking):
    stages = Counter(looking.exec(select(CaseAudit.stage)).all())
    early, ended = (Stage.allocated, Stage.in_progress), (Stage.exempted, Stage.replaced, Stage.withdrawn)
    assert set(stages) == {*early, *FINISHED, *ended}
    assert stages[Stage.agreed] > 320
    assert min(stages.values()) >= 3


@WHOLE_SIZE
def test_its_grades_are_spread_as_real_ones_are(looking):
    grades = Counter(looking.exec(select(CaseAudit.overall_grade).where(CaseAudit.overall_grade != "")).all())
    share = {grade: 100 * count / grades.total() for grade, count in grades.items()}
    assert share["good"] == pytest.approx(45, abs=5)
    assert share["requires_improvement"] == pytest.approx(40, abs=5)
    assert share["inadequate"] == pytest.approx(8, abs=3)
    assert share["outstanding"] == pytest.approx(7, abs=3)


def test_each_submitted_audit_is_complete_and_frozen_as_it_stands(looking):
    asked_again = 0
    audits = looking.exec(select(CaseAudit).where(CaseAudit.stage.in_(FINISHED)).order_by(CaseAudit.number)).all()
    for audit in audits[::4]:
        questions = question_sets.find_set(looking, audit.set_name)
        domains, answers = all_rows(looking, audit.authority_id, audit.number)
        assert completeness.missing(audit, questions, domains, answers) == ()
        assert completeness.prompts(audit, domains, 15) == (), audit.number
        rails = audit_queries.rails_of(looking, audit, questions)
        assert not any(line.is_open for line in rails), audit.number
        asked_again += bool(rails)
        version = looking.get(AuditVersion, (audit.authority_id, audit.number, audit.version))
        assert contents.canonical(audit_queries.composed(looking, audit, questions)) == version.contents
        assert contents.sha256_of(version.contents) == version.contents_sha256
    # The invented answers lie at random about their grades, so more are asked about than in a council that looks again.
    assert len(audits[::4]) * 0.2 <= asked_again <= len(audits[::4]) * 0.7


def test_nobody_audits_their_own_team_and_nothing_happens_in_the_future(looking):
    managed = {(row.person_id, row.team_id) for row in looking.exec(select(TeamMember).where(TeamMember.manages)).all()}
    audits = looking.exec(select(CaseAudit)).all()
    assert not managed & {(audit.auditor_id, audit.team_id) for audit in audits}
    assert max(audit.agreed_at for audit in audits if audit.agreed_at).date() < TODAY
    assert counted(looking, Concern) == 3
    assert counted(looking, AuditAction) > (150 if WHOLE else 30)


def test_its_log_can_be_verified(looking, filled):
    report = history.verify(looking, filled.extensions["log_key"], None)
    assert report.sound
    assert report.entries > (5000 if WHOLE else 1000)
    assert not [warning for warning in report.warnings if "clock" in warning]


def test_its_threads_run_to_impact_and_break_off_where_they_should(looking):
    council = looking.exec(select(Authority.id)).one()
    found = {gap.code for gap in queries.list_gaps(looking, council, TODAY, evidence_months=6)}
    assert {
        GapCode.finding_in_no_area,
        GapCode.area_without_action,
        GapCode.action_without_date,
        GapCode.action_overdue,
        GapCode.action_not_verified,
        GapCode.impact_not_sustained,
    } <= found
    assert set(looking.exec(select(ImpactJudgement.rating)).all()) == set(Impact)
    assert counted(looking, AreaForImprovement) >= 12


def test_what_it_tells_others_is_written_signed_and_waiting(looking):
    versions = looking.exec(select(AudienceVersion).order_by(AudienceVersion.audience)).all()
    assert {row.audience: row.state for row in versions} == {
        Audience.children: VersionState.signed, Audience.staff: VersionState.with_reviewer,
    }  # fmt: skip
    assert all(part.text for part in looking.exec(select(VersionPart)).all())
    signed = looking.exec(select(SelfAssessment).where(SelfAssessment.state == AssessmentState.signed)).one()
    summary = signed_contents.read(signed.contents).summary
    assert [part.part for part in summary if part.text] == ["known", "not_good_enough", "will_do"]
    assert looking.exec(select(OwnShape)).one().published_at is not None
    assert looking.exec(select(PackKind)).one().level == 2
    pack = looking.exec(select(EvidencePackRow)).one()
    assert (pack.state, pack.level, pack.contents) == ("asked", 2, "")
    exhibits = looking.exec(select(Evidence).join(PackExhibit, PackExhibit.evidence_number == Evidence.number)).all()
    assert len(exhibits) == 4 and all(piece.level >= pack.level for piece in exhibits)


def test_nobody_is_mailed_about_it(looking):
    states = set(looking.exec(select(Notice.mail_state)).all())
    assert states == {MailState.not_needed}
    assert counted(looking, Notice) > (50 if WHOLE else 10)


def test_each_printed_account_can_sign_in(filled):
    told = demo.details(filled)
    for account in told.accounts:
        if account.in_use:
            page = Page(filled.test_client())
            page.get("/sign-in")
            page.submit({"user_name": account.user_name, "password": told.password})
            assert account.name in page.text
    assert all(account.user_name in "\n".join(told.lines()) for account in told.accounts)


def test_it_is_made_once_and_never_on_a_server(filled):
    with pytest.raises(demo.DemoRefused, match="already"):
        demo.fill(filled)
    filled.config["SERVER_MODE"] = True
    try:
        with pytest.raises(demo.DemoRefused, match="server mode"):
            demo.fill(filled)
    finally:
        filled.config["SERVER_MODE"] = False
    assert demo.holds_fiction(filled.extensions["engine"])


def test_check_finds_no_fault_in_it_and_compares_every_sealed_row(filled):
    engine, names = filled.extensions["engine"], {invariant.words: invariant for invariant in checking.INVARIANTS}
    names.pop("The tables are those this version knows")  # tests make tables without steps
    outcomes = {words: checking.look_at(engine, filled.config, invariant) for words, invariant in names.items()}
    assert {words: outcome.broken for words, outcome in outcomes.items() if not outcome.holds} == {}
    assert [words for words, outcome in outcomes.items() if outcome.in_part] == []
    assert " 35 × finding" in outcomes["What is signed or frozen is as the log sealed it"].compared[0].words
