"""The entries a council may begin its evidence folder with; each can be changed, moved or taken out afterwards. Pure.

Source: case audit practice, section 17.4, "Evidence folder index (starter)".
"""

from dataclasses import dataclass

from audit_app.disclosure.audiences import INSPECTOR, LEADERSHIP, PUBLISHABLE
from audit_app.evidence.states import Renewal


@dataclass(frozen=True)
class StarterEntry:
    """One entry to begin with: its title, how often it is refreshed, who may have it."""

    title: str
    renewal: Renewal
    level: int = INSPECTOR


STARTER = (
    StarterEntry("Self-evaluation and last engagement-meeting letter", Renewal.yearly),
    StarterEntry("Structure charts, senior contacts, acronyms", Renewal.quarterly),
    StarterEntry(
        "QA framework, audit programme, last 6 months’ audits list with grades, moderation and themes", Renewal.monthly
    ),
    StarterEntry("Performance scorecard, latest and 12-month trend", Renewal.monthly),
    StarterEntry("Improvement plan with BRAG, board minutes", Renewal.monthly),
    StarterEntry("Last inspection, focused visit, peer challenge and progress on each point", Renewal.quarterly),
    StarterEntry("Thresholds, front-door and early or family help arrangements", Renewal.yearly, PUBLISHABLE),
    StarterEntry(
        "Child protection and exploitation arrangements, multi-agency protection teams", Renewal.yearly, PUBLISHABLE
    ),
    StarterEntry(
        "Sufficiency, permanence tracking, fostering and adoption reports, IRO annual report, virtual school, "
        "health report",
        Renewal.yearly,
    ),
    StarterEntry("Care-leaver offer and data", Renewal.quarterly, PUBLISHABLE),
    StarterEntry(
        "Workforce: caseloads, vacancies, agency, supervision compliance, training, health check", Renewal.monthly
    ),
    StarterEntry("Complaints, compliments, reviews and learning", Renewal.quarterly),
    StarterEntry("Participation: children in care council, surveys, what changed", Renewal.quarterly, PUBLISHABLE),
    StarterEntry("Corporate parenting and scrutiny papers", Renewal.quarterly, PUBLISHABLE),
    StarterEntry("Safeguarding partnership report, section 11", Renewal.yearly, PUBLISHABLE),
    StarterEntry("Unregistered placements, missing, PLO and court trackers", Renewal.monthly, LEADERSHIP),
    StarterEntry("Commissioning", Renewal.yearly),
    StarterEntry("Practice examples, pseudonymised", Renewal.quarterly),
    StarterEntry("Site information, timetable, system logins guide", Renewal.yearly),
)
