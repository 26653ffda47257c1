"""The thread followed both ways, the gaps, what changed, and what other features ask."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from audit_app import clock
from audit_app.improvement.areas import queries
from audit_app.improvement.service_log import note_taker
from audit_app.improvement.threads import queries as threads
from audit_app.improvement.threads.routes import last_friday
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from findings import register
from findings.queries import AreaFilter
from findings.states import Delivery, FindingKind, Impact, ImpactTest, Origin, SourceKind, Timescale
from tests.builders import AUTHORITY_ID, MOMENT
from tests.builders_improvement import DAY, open_area, raise_finding, record_inspection

TODAY = MOMENT.date()


@pytest.fixture
def reader(signed_in_as):
    return signed_in_as(Role.leader)


@pytest.fixture
def thread(session):
    """A finding in an area, an action with progress that was verified, and a judgement of impact by a re-audit."""
    now = datetime.now(UTC)
    told = {"by": 1, "now": now, "note": note_taker(session, AUTHORITY_ID, by=1, now=now)}
    finding = raise_finding(session, **told)
    area = register.make_area_from_finding(session, AUTHORITY_ID, finding.number, **told)
    action = register.add_action(
        session, AUTHORITY_ID, what="Coach each team in writing plans.", areas=[area.number],
        lead_post_title="Practice lead", due_on=now.date() + timedelta(days=30), impact_test=ImpactTest.re_audit,
        success_measure="Nine in ten plans name who does what.", **told,
    )  # fmt: skip
    register.report_progress(
        session,
        AUTHORITY_ID,
        action.number,
        delivery=Delivery.on_track,
        text="Six teams coached.",
        dated_on=now.date(),
        **told,
    )
    source = register.NewSource(SourceKind.re_audit, audit_reference="AUD-0099", dated_on=now.date())
    register.judge_impact(
        session, AUTHORITY_ID, area.number, rating=Impact.some_difference, judged_on=now.date(), sources=[source],
        different_for_children="Children know who will visit.", method=ImpactTest.re_audit, sample_size=9, **told,
    )  # fmt: skip
    session.commit()
    return finding.number, area.number, action.number


def test_a_thread_is_followed_from_criterion_to_impact_and_back(reader, thread):
    reader.get("/greenhaven/findings/FND-0001")
    reader.click("The experiences and progress of children who need help and protection (ILACS 2026)")
    reader.get("/greenhaven" + reader.link("AFI-0001").removeprefix("/greenhaven"))
    reader.click("Follow the thread")
    for said in (
        "help and protection (ILACS 2026)", "FND-0001", "AUD-0042", "ACT-0001", "Six teams coached.", "AUD-0099",
        "n = 9",
        "Children know who will visit.", "AFI-0001 has no owner.",
    ):  # fmt: skip
        assert said in reader.text
    for words in ("FND-0001", "AFI-0001", "ACT-0001"):
        assert reader.link(words)


def test_what_changed_is_told_by_area_since_last_friday(reader, thread):
    reader.get("/greenhaven/changes")
    assert "reported progress on ACT-0001: on track" in reader.text
    assert "“Six teams coached.”" in reader.text
    assert "judged the impact of AFI-0001: some difference" in reader.text
    tomorrow = clock.today() + timedelta(days=1)
    assert "Nothing has changed" in reader.get(f"/greenhaven/changes?since={tomorrow.isoformat()}").text
    reader.get("/greenhaven/changes?since=31/02/2026")


def test_last_friday_is_before_today_even_on_a_friday():
    assert last_friday(date(2026, 11, 20)) == date(2026, 11, 13)
    assert last_friday(date(2026, 11, 23)) == date(2026, 11, 20)


def test_gaps_are_listed_counted_and_narrowed(reader, session, thread):
    raise_finding(session, text="Nobody has joined this.", judgement_areas=[])
    raise_finding(session, text="A strength needs no area.", kind=FindingKind.strength)
    session.commit()
    reader.get("/greenhaven/gaps")
    assert "FND-0002 is in no area for improvement." in reader.text
    (gaps,) = [rows for caption, rows in reader.tables().items() if "in the order the thread runs" in caption]
    named = {row[0].split()[0]: row[0] for row in gaps[1:]}
    assert "Nobody has joined this." in named["FND-0002"]
    assert "Plans do not say who does what by when." in named["AFI-0001"]
    assert "FND-0003" not in reader.text
    area = " ".join(reader.get("/greenhaven/areas-for-improvement/AFI-0001").text.split())
    assert "Next: Name the post that owns this area. AFI-0001 has no owner." in area
    reader.get("/greenhaven/gaps")
    assert "Make" in reader.text or "Join it" in reader.text
    reader.get("/greenhaven/gaps?kind=area_without_owner")
    assert "AFI-0001 has no owner." in reader.text and "FND-0002 is in no area" not in reader.text
    assert "FND-0002" not in reader.get("/greenhaven/gaps?area=ilacs-2026/HP").main.text
    assert "No gap of that sort" in reader.get("/greenhaven/gaps?owner=Somebody").text


def test_a_council_without_anything_is_told_what_to_do_first(signed_in_as):
    qa = signed_in_as(Role.qa_manager)
    assert "Begin with your last inspection" in qa.get("/greenhaven/findings").text
    for path in (
        "areas-for-improvement",
        "inspections",
        "gaps",
        "changes",
        "judgement-areas/ilacs-2026/HP",
        "findings/choose-question",
    ):
        qa.get(f"/greenhaven/{path}")
    qa.get("/greenhaven/judgement-areas/ilacs-2026/NOT", status=404)


def test_what_waits_is_told_to_those_it_waits_for(session):
    raise_finding(session)
    open_area(session, owner_post_id=7, owner_post_title="Head of Safeguarding")
    qa = Scope(authority_id=AUTHORITY_ID, person_id=1, roles=frozenset({Role.qa_manager}))
    owner = Scope(authority_id=AUTHORITY_ID, person_id=2, roles=frozenset({Role.leader}), own_posts=frozenset({7}))
    said = {one.words: one.count for one in threads.findings_waiting(session, qa, TODAY)}
    assert said == {"finding in no area for improvement": 1, "open area without an action": 1}
    assert [one.words for one in threads.findings_waiting(session, owner, TODAY)] == ["open area you own"]


def test_areas_in_a_list_carry_their_counts_and_latest_impact(session, thread):
    open_area(session, **DAY)
    rows = queries.list_areas(session, AUTHORITY_ID, AreaFilter()).rows
    assert [(row.findings, row.actions, row.impact) for row in rows] == [(1, 1, Impact.some_difference), (0, 0, None)]


@pytest.fixture
def two_reports(session):
    """An area in which an item of 2012 with a time meets one of 2026 without."""
    numbers = []
    for title, day, timescale in (
        ("Report of 2012", date(2012, 7, 25), Timescale.three_months),
        ("Report of 2026", date(2026, 5, 12), None),
    ):
        report = record_inspection(session, document_title=title, published_on=day)
        item = raise_finding(
            session, text=f"Plans, in the {title}", origin=Origin.inspection, verbatim=True, sources=[],
            inspection_number=report.number, printed_number=1, timescale=timescale,
        )  # fmt: skip
        numbers.append(item.number)
    area = register.make_area_from_finding(session, AUTHORITY_ID, numbers[1], **DAY)
    register.join_area(session, AUTHORITY_ID, finding_number=numbers[0], area_number=area.number, **DAY)
    session.commit()
    return area.number


@pytest.mark.parametrize("page", ["", "/thread"])
def test_each_time_stands_beside_the_report_that_gave_it(reader, two_reports, page):
    reader.get(f"/greenhaven/areas-for-improvement/AFI-{two_reports:04d}{page}")
    older = reader.text.index("Report of 2012, published 25 July 2012")
    newer = reader.text.index("Report of 2026, published 12 May 2026")
    time = reader.text.lower().index("within three months, by 25 october 2012")
    # Whichever of the two comes first, the time follows its own report and not the other.
    assert older < time
    assert not older < newer < time
    assert reader.text.lower().count("within three months") == 1


def test_the_workbook_of_findings_names_the_report_in_the_row_of_its_time(reader, two_reports):
    response = reader.client.get("/greenhaven/findings/register.xlsx", base_url="http://localhost")
    rows = list(openpyxl.load_workbook(io.BytesIO(response.data))["Findings"].iter_rows(values_only=True))
    report, time, due = (rows[1].index(name) for name in ("Report", "Timescale", "Due"))
    told = {row[report]: (row[time], row[due].date() if row[due] else None) for row in rows[2:]}
    assert told == {
        "Report of 2012, published 25 July 2012": ("Within three months", date(2012, 10, 25)),
        "Report of 2026, published 12 May 2026": (None, None),
    }


def test_a_hope_is_called_one_and_a_judgement_without_words_says_so(reader, session):
    area = open_area(session, different_for_children="Children keep ties with their fathers")
    register.judge_impact(
        session, AUTHORITY_ID, area.number, rating=Impact.not_sustained, judged_on=MOMENT.date(),
        not_yet_good_enough="Met in 9 of 20", **DAY,
    )  # fmt: skip
    session.commit()
    reader.get(f"/greenhaven/areas-for-improvement/AFI-{area.number:04d}/thread")
    assert "It is meant to change: Children keep ties with their fathers" in reader.text
    assert "No words about what is different were recorded with this judgement." in reader.text
    assert "What is different for children: " not in reader.text
    assert "No evidence is named." in reader.text
