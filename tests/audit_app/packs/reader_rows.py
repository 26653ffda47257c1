"""What a pack may say, worked out again from the rows: plain Python over the tables and the files of questions.

Nothing here calls a function of the product. Rows come as dictionaries; days and moments as either database gives them.
"""

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import ceil, floor, sqrt
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from ruamel.yaml import YAML

from tests.house import source


def how_late(due, until):
    """1 day, 45 days; beyond 400 days in years and months, one month after the other for as long as one is over."""
    days = (until - due).days
    if days <= 400:
        return f"{days} day{'' if days == 1 else 's'}"
    months = 0
    while (due.year * 12 + due.month + months, due.day) <= (until.year * 12 + until.month, until.day):
        months += 1
    parts = [(number, noun) for number, noun in (((months - 1) // 12, "year"), ((months - 1) % 12, "month")) if number]
    return " and ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in parts)


DAY = re.compile(r"\d{4}-\d\d-\d\d")
FOLDER = source.ROOT / "frameworks" / "sets" / "case-audit-1"
ORDER = ("LEAD", "HP", "CIC", "CL")  # as ILACS of 2026 prints its areas
TABLES = [
    "action",
    "action_in_area",
    "action_lead",
    "answer",
    "area_for_improvement",
    "audit_action",
    "authority",
    "case_audit",
    "domain_answer",
    "evidence",
    "evidence_use",
    "due_date_change",
    "finding",
    "finding_in_area",
    "history_head",
    "impact_judgement",
    "inspection",
    "judgement",
    "measure",
    "milestone",
    "plan",
    "plan_review",
    "progress",
    "source",
    "theme",
    "evidence_pack",
]
RATINGS = {
    "clear_difference": "a clear difference",
    "some_difference": "some difference",
    "no_difference": "no difference",
    "not_sustained": "a difference that was not sustained",
    "not_yet_known": "not yet known",
}
HELD = ("clear_difference", "some_difference")


def day(value):
    """A day as a date, a moment as the day it was in London."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, str):
        if len(value) == len("2026-11-29"):
            return date.fromisoformat(value)
        value = datetime.fromisoformat(value)
    value = value if value.tzinfo else value.replace(tzinfo=UTC)
    return value.astimezone(ZoneInfo("Europe/London")).date()


def framework_days(edition_id):
    """Every day that the files of an edition tell, as a pack prints it: what its sources say of the framework."""
    written = " ".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / edition_id).glob("*.yaml"))
    return {in_words(found) for found in re.findall(r"\b\d{4}-\d{2}-\d{2}\b", written)}


def in_words(value):
    """29 November 2026."""
    when = day(value)
    return f"{when.day} {when:%B} {when.year}"


def wilson(part, whole, z=1.959963984540054):
    """The interval of Wilson (1927) for a share, as two shares."""
    middle, half = part + z * z / 2, z * sqrt(part * (whole - part) / whole + z * z / 4)
    return (middle - half) / (whole + z * z), (middle + half) / (whole + z * z)


def tenths(part, whole):
    """The range in whole tenths that holds the interval: the floor below, the ceiling above."""
    low, high = wilson(part, whole)
    return floor(10 * low + 1e-9), ceil(10 * high - 1e-9)


@cache
def question_files():
    """Domains by id, sets by id, and the points of each scale from best to worst, out of the files."""
    read = YAML(typ="safe").load
    bank = {domain["id"]: domain for domain in read(FOLDER / "bank.yaml")["domains"]}
    sets = {path.stem: read(path) for path in FOLDER.glob("*.yaml") if path.stem not in ("bank", "edition")}
    scales = {
        scale["id"]: [(point["code"], point["name"]) for point in scale["points"]][::-1]
        for scale in read(FOLDER / "edition.yaml")["scales"]
    }
    return bank, sets, scales


def end_of_quarter(text):
    """The last day of “end of Q2 2026/27”, whose year begins in April; None for other words."""
    read = re.fullmatch(r"end of Q([1-4]) (\d{4})/\d{2}", text or "")
    quarter, year = (int(part) for part in read.groups()) if read else (0, 0)
    return (
        (date(year, 6, 30), date(year, 9, 30), date(year, 12, 31), date(year + 1, 3, 31))[quarter - 1] if read else None
    )


class Rows:
    """The rows of one council, and what follows from them on the day a pack was made."""

    def __init__(self, connection, pack):
        self.pack = pack
        self.first, self.last = day(pack["period_from"]), day(pack["period_to"])
        self.today = day(pack["as_at"])
        self.table = {
            name: [dict(row) for row in connection.execute(sa.text(f"select * from {name}")).mappings()]
            for name in TABLES
        }
        self.areas = {row["number"]: row for row in self.table["area_for_improvement"] if self._of_the_period(row)}
        self.area_numbers = defaultdict(list)
        for row in sorted(self.table["action_in_area"], key=lambda row: row["area_number"]):
            self.area_numbers[row["action_number"]].append(row["area_number"])
        self.actions = {
            row["number"]: row
            for row in self.table["action"]
            if not self.area_numbers[row["number"]] or self.areas.keys() & self.area_numbers[row["number"]]
        }
        self.audits = [
            row for row in self.table["case_audit"] if row["stage"] == "agreed" and self._in_period(row["submitted_at"])
        ]
        self.waiting = [
            row
            for row in self.table["case_audit"]
            if row["stage"] == "submitted" and self._in_period(row["submitted_at"])
        ]

    def _of_the_period(self, area):
        closed = day(area["closed_on"])
        return day(area["opened_at"]) <= self.last and (closed is None or closed >= self.first)

    def _in_period(self, moment):
        return self.first <= day(moment) <= self.last

    # --- the thread --------------------------------------------------------------------------------------------------

    def judgements(self, area):
        """The judgements of impact at an area, the latest first."""
        rows = [row for row in self.table["impact_judgement"] if row["area_number"] == area]
        return sorted(rows, key=lambda row: (day(row["judged_on"]), row["id"]), reverse=True)

    def is_judged(self, area):
        latest = self.judgements(area)[:1]
        return bool(latest) and latest[0]["rating"] != "not_yet_known"

    def answering(self, area):
        """The actions of an area that were not withdrawn."""
        rows = [row for row in self.table["action"] if area in self.area_numbers[row["number"]]]
        return [row for row in rows if row["status"] != "withdrawn"]

    def reviews_passed(self):
        """The plan and the day of each review that nobody has held by its day, given in figures or in words."""
        planned = {row["plan_number"] for row in self.actions.values()}
        rows = [row for row in self.table["plan_review"] if row["plan_number"] in planned and not row["removed_at"]]
        days = [(row["plan_number"], day(row["due_on"]) or end_of_quarter(row["due_text"])) for row in rows
                if not row["held_on"]]  # fmt: skip
        return [(number, due) for number, due in days if due and due < self.today]

    def days_late(self, action):
        """How many days an open action is past its due day; 0 when it is not."""
        due = day(action["due_on"] or action["due_read_on"])
        return max(0, (self.today - due).days) if due and action["status"] == "open" else 0

    def late_words(self, action):
        """The same in words; nothing when it is not late."""
        due = day(action["due_on"] or action["due_read_on"])
        return how_late(due, self.today) if self.days_late(action) else ""

    def colour(self, action):
        """The colour and word of an action in a council that has none of its own, read off the house rule by hand."""
        if action["status"] == "withdrawn":
            return None
        if action["status"] in ("completed", "verified"):
            counting = [self.judgements(area)[:1] for area in self.area_numbers[action["number"]]]
            if any(row["rating"] in ("no_difference", "not_sustained") for rows in counting for row in rows):
                return "amber", "Done, but no lasting difference"
            all_shown = bool(counting) and all(rows and self._shows(action, rows[0]) for rows in counting)
            blue = action["status"] == "verified" and all_shown
            return ("blue", "Complete") if blue else ("green", "Done")
        if self.days_late(action) or action["delivery"] == "off_track":
            return "red", "Off track"
        start = day(action["start_on"] or action["start_read_on"])
        not_started = (
            ("grey", "No start reported")
            if start is None
            else ("amber", "Start date passed")
            if start < self.today
            else ("grey", "Not started")
        )
        delivered = {"at_risk": ("amber", "At risk"), "not_started": not_started}
        return delivered.get(action["delivery"], ("green", "On track"))

    def _shows(self, action, judgement):
        """Whether a judgement of a difference rests on evidence of the kind the plan named, from after the work."""
        done, judged = day(action["completed_on"]), day(judgement["judged_on"])
        if judgement["rating"] not in HELD or not action["impact_test"] or done is None:
            return False
        return any(
            row["kind"] == action["impact_test"] and row["dated_on"] and done < day(row["dated_on"]) <= judged
            for row in self.table["source"]
            if row["impact_id"] == judgement["id"]
        )

    # --- what reports asked for --------------------------------------------------------------------------------------

    def asked(self, inspection):
        """What a report asked for: its findings that stand and are no strength."""
        return [
            row
            for row in self.table["finding"]
            if row["inspection_number"] == inspection and row["status"] != "withdrawn" and row["kind"] != "strength"
        ]

    def areas_of(self, finding):
        return sorted(row["area_number"] for row in self.table["finding_in_area"] if row["finding_number"] == finding)

    def is_answered(self, finding):
        """Whether some area of a finding was closed or has an action."""
        areas = {row["number"]: row for row in self.table["area_for_improvement"]}
        return any(areas[area]["status"] == "closed" or self.answering(area) for area in self.areas_of(finding))

    def not_entered(self, inspection):
        """How many of the items that a report numbers are in no row."""
        totals, numbers = {}, defaultdict(set)
        for row in self.asked(inspection):
            if row["printed_number"]:
                totals[row["kind"]] = max(totals.get(row["kind"], 0), row["printed_total"] or 0)
                numbers[row["kind"]].add(row["printed_number"])
        return sum(max(0, total - len(numbers[kind])) for kind, total in totals.items())

    def reports(self):
        """The inspections known by the end of the period."""
        known = [(row, day(row["published_on"] or row["recorded_at"])) for row in self.table["inspection"]]
        return [row for row, when in known if when <= self.last]

    # --- audits ------------------------------------------------------------------------------------------------------

    @staticmethod
    def at_random(audit):
        """Drawn at random: not read again, not read for a theme."""
        apart = audit["audit_type"] in ("re_audit", "thematic_audit") or audit["re_audit_of"] is not None
        return audit["how_chosen"] == "random" and not apart

    def graded(self):
        """(area, at random, scale) → domain title → Counter of grades, each grade under the first area it speaks to.

        And (area, at random, scale) → the numbers of the audits behind it.
        """
        bank, sets, _ = question_files()
        audits = {row["number"]: row for row in self.audits}
        counts, numbers = defaultdict(lambda: defaultdict(Counter)), defaultdict(set)
        for row in self.table["domain_answer"]:
            audit = audits.get(row["audit_number"])
            if audit is None or not row["grade"] or row["not_applicable"]:
                continue
            its_set, domain = sets[audit["set_id"]], bank[row["domain_id"]]
            speaks_to = {its_set.get("reads_as", {}).get(area, area) for area in domain["informs"]}
            key = (min(speaks_to, key=ORDER.index), self.at_random(audit), its_set["domain_scale"])
            counts[key][domain["title"]][row["grade"]] += 1
            numbers[key].add(audit["number"])
        return counts, numbers

    def evidence_named(self):
        """How many pieces of evidence of what the pack tells its audience may have."""
        told = {f"AFI-{number:04d}" for number in self.areas} | {f"ACT-{number:04d}" for number in self.actions}
        told |= {f"FND-{row['number']:04d}" for row in self.table["finding"] if row["status"] != "withdrawn"}
        used = {
            use["evidence_number"]
            for use in self.table["evidence_use"]
            if not use["detached_at"] and use["reference"].partition("/")[0] in told
        }
        return sum(
            row["level"] >= self.pack["level"] and not row["withdrawn_at"] and not row["kept_out_reason"]
            for row in self.table["evidence"]
            if row["number"] in used
        )

    def days(self):
        """Every day that the rows know, as a pack prints it."""
        known = {self.first, self.last, self.today}
        ends = self.first - timedelta(days=1)
        known |= {ends, ends - (self.last - self.first)}  # the period before, as long as this one
        for rows in self.table.values():
            for row in rows:
                for name, value in row.items():
                    # A day or a moment; a column such as `counted_from` holds words.
                    if name.endswith(("_on", "_at", "_from", "_to")) and DAY.match(str(value)):
                        known.add(day(value))
        return {in_words(when) for when in known}
