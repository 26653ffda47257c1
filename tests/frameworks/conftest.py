"""What the tests of the ruler share: a small edition of our own to read, change and break."""

from pathlib import Path

import pytest

from tests.documents import documents  # noqa: F401 (a fixture)

SMALL_EDITION = """\
id: small-1
title: A small edition
publisher: Us
type: case_audit
valid_from: 2026-04-01
source: {document: Our own questions, date: 2026-04-01, place: Page 1}
licence: MIT
verified: verified
wording: ours
rules: guard-rails-1
scales:
  - id: four-point
    points:
      - {code: inadequate, name: Inadequate}
      - {code: requires_improvement, name: Requires improvement}
      - {code: good, name: Good}
      - {code: outstanding, name: Outstanding}
  - id: yes-partly-no
    points: [{code: 'no', name: 'No'}, {code: partly, name: Partly}, {code: 'yes', name: 'Yes'}]
  - id: in-time
    points: [{code: late, name: Late}, {code: late_with_reason, name: With reason}, {code: in_time, name: In time}]
  - id: safe-today
    points:
      - {code: act_now, name: Act now}
      - {code: cannot_tell, name: Cannot tell}
      - {code: being_acted_on, name: Being acted on}
      - {code: nothing_seen, name: Nothing seen}
areas:
  - {id: HP, name: Help and protection}
  - {id: CIC, name: Children in care}
"""

SMALL_BANK = """\
domains:
  - id: plan
    number: D1
    title: The plan
    safety_critical: true
    informs: [HP, CIC]
    guidance: {good: The plan works.}
    questions:
      - {id: specific, number: D1.1, text: Is it specific?, type: judged, cohorts: [ALL], starred: true}
      - {id: in-time, number: D1.2, text: Was it made in time?, type: timescale, cohorts: [CP]}
      - {id: court, number: D1.3, text: Is it ready for court?, type: judged, cohorts: [PLO]}
  - id: visits
    number: D2
    title: Visits
    safety_critical: true
    informs: [HP]
    questions:
      - {id: seen, number: D2.1, text: Was the child seen?, type: check, cohorts: [CP, CIN], starred: true}
      - {id: story, number: D2.2, text: What was the visit like?, type: narrative, cohorts: [ALL]}
  - id: record
    number: D3
    title: The record
    informs: [CIC]
    questions:
      - {id: clear, number: D3.1, text: Is it clear?, type: judged, cohorts: [ALL]}
  - id: impact
    number: D4
    title: Impact
    impact: true
    questions:
      - {id: safer, number: D4.1, text: Is the child safer?, type: judged, cohorts: [ALL]}
      - {id: safe-today, number: D4.2, text: Must anything be done today?, type: check, cohorts: [ALL], safety: true}
"""

SMALL_SET = """\
id: protection
title: Protection
subjects: [child]
cohorts: [CP]
purpose: To try things out
overall_grade: {scale: four-point, required: true}
domain_scale: four-point
answer_scales: {check: yes-partly-no, judged: four-point, timescale: in-time}
lengths:
  core: {expected_minutes: 20, questions: [plan/specific, visits/seen, impact/safe-today]}
  full: {expected_minutes: 60, questions: [plan/*, visits/*, record/*, impact/*]}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a small edition that has no fault."""
    folder = tmp_path / "small-1"
    folder.mkdir()
    (folder / "edition.yaml").write_text(SMALL_EDITION, encoding="utf-8")
    (folder / "bank.yaml").write_text(SMALL_BANK, encoding="utf-8")
    (folder / "protection.yaml").write_text(SMALL_SET, encoding="utf-8")
    return folder
