"""The page of answers, the chapters of reports and the plan sheet, read against the rows: each figure worked out again.

Nothing here calls a function of the product; `reader.Reader` asks for all of it.
"""

import re
from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from math import hypot

from tests.audit_app.packs.reader_rows import RATINGS, day, how_late, in_words, question_files, tenths, wilson

GOOD, OTHER = ("outstanding", "good"), ("requires_improvement", "inadequate")
MONTHS_OF = {"immediately": 0, "three_months": 3, "six_months": 6}
STATES = {
    "unanswered": "answered by nobody yet",
    "late": "answered and past a date",
    "in_hand": "answered and in time",
    "closed": "closed",
}


def short(when):
    return f"{when.day} {when:%b} {when.year}"


def changed(now, was):
    """Whether two shares differ beyond chance: Newcombe (1998), method 10."""
    (x, n), (y, m) = now, was
    if n < 10 or m < 10:
        return "Too few to compare"
    (low, high), (before_low, before_high) = wilson(x, n), wilson(y, m)
    difference = x / n - y / m
    if difference - hypot(x / n - low, before_high - y / m) > 0:
        return "More than before, beyond what chance would give"
    if difference + hypot(high - x / n, y / m - before_low) < 0:
        return "Fewer than before, beyond what chance would give"
    return "Cannot be said to have changed"


def by_kind(rows, audits):
    """How many records of each kind were drawn at random, and how many were good or better overall."""
    _, sets, _ = question_files()
    counts = {}
    for audit in audits:
        if rows.at_random(audit) and audit["overall_grade"] in (*GOOD, *OTHER):
            reached, of = counts.get(sets[audit["set_id"]]["title"], (0, 0))
            counts[sets[audit["set_id"]]["title"]] = reached + (audit["overall_grade"] in GOOD), of + 1
    return counts


def practice(reader):
    """Each kind of record: its share, range, the period before, and whether it can be said to have changed."""
    rows, given = reader.rows, reader.pack["answers"]
    span = rows.last - rows.first
    ends = rows.first - timedelta(days=1)
    before = [
        row for row in rows.table["case_audit"]
        if row["stage"] == "agreed" and ends - span <= day(row["submitted_at"]) <= ends
    ]  # fmt: skip
    now, was = by_kind(rows, rows.audits), by_kind(rows, before)
    hides = reader.leaving and any(of < 5 for _, of in now.values())
    told = {line["records"]: line for line in given["practice"]}
    if not reader.leaving:
        reader.expect(("answers", "practice"), sorted(told), sorted(now))
    if hides:
        reader.expect(("answers", "practice"), told, {})
    for title, line in told.items():
        path, (reached, of) = ("answers", "practice", title), now[title]
        reader.expect(path, (line["reached"], line["of"]), (reached, of))
        reader.expect(path, line["share"], f"{int(100 * reached / of + 0.5)}%" if of >= 10 else "")
        if of >= 10:
            figures = re.findall(r"\d+", line["in_service"].replace("none", "0").replace("all", "10"))
            if tuple(map(int, figures[:2])) != tenths(reached, of):
                reader.fault(path, f"{line['in_service']} of {reached} in {of}")
        elif re.search(r"\d", line["in_service"]):
            reader.fault(path, f"a range of {of} records")
        earlier = was.get(title)
        hidden = earlier and reader.leaving and (earlier[0] < 5 or earlier[1] - earlier[0] < 5)
        if earlier and not hidden:
            reader.expect(path, [int(n) for n in re.findall(r"\d+", line["before"])][:2], list(earlier))
        elif re.search(r"\d", line["before"]):
            reader.fault(path, f"{line['before']} where there is none, or none to be told")
        reader.expect(path, line["change"], changed((reached, of), earlier) if earlier and not hidden
                      else "Too few to compare")  # fmt: skip


def page(reader):
    """The sentences of the page: what became of closed areas, what inspectors asked for, what comes next."""
    rows, given = reader.rows, reader.pack["answers"]
    text = " ".join(given["different"])
    closed = [number for number, row in rows.areas.items() if row["status"] == "closed"]
    judged = [number for number in rows.areas if rows.is_judged(number)]
    printed = re.search(r"^(\d+) areas? for improvement w\w+ closed: (.*?)\.(?: |$)", text)
    reader.expect(("answers", "closed"), int(printed[1]) if printed else 0, len(closed))
    if printed:
        ratings = Counter(
            f"with {RATINGS[rows.judgements(number)[0]['rating']]}" if rows.is_judged(number)
            else "without a judgement of what is different" for number in closed
        )  # fmt: skip
        for rating, number in ratings.items():
            if f"{number} {rating}" not in printed[2]:
                reader.fault(("answers", "closed"), f"{number} {rating} is not in {printed[2]}")
    printed = re.search(r"judged at (\d+) of (\d+) areas", text)
    expected = (len(judged), len(rows.areas)) if judged else None
    reader.expect(("answers", "judged"), tuple(map(int, printed.groups())) if printed else None, expected)
    for name, rating in re.findall(r"AFI-(\d{4}), ([a-z ]+):", text):
        latest = rows.judgements(int(name))[0]["rating"]
        reader.expect(("answers", f"AFI-{name}"), rating, RATINGS[latest])
    known = " ".join(given["how_known"])
    drawn = sum(map(rows.at_random, rows.audits))
    for pattern, number in ((r"(\d+) agreed audits? drawn", drawn),
                            (r"(\d+) agreed audits? that w", len(rows.audits) - drawn)):  # fmt: skip
        printed = re.search(pattern, known)
        if printed or (number and not reader.leaving):
            reader.expect(("answers", pattern), int(printed[1]) if printed else None, number)
    steps(reader)


def steps(reader):
    """What comes next: open actions with a day ahead, the nearest first, and how many more there are."""
    rows, printed = reader.rows, reader.pack["answers"]["next_steps"]
    ahead = sorted(
        (due, row["number"])
        for row in rows.actions.values()
        if row["status"] == "open" and any(number in rows.areas for number in rows.area_numbers[row["number"]])
        and (due := day(row["due_on"] or row["due_read_on"])) and due >= rows.today
    )  # fmt: skip
    told = [(match[1], match[2]) for line in printed if (match := re.search(r"^By (.*?), .*\(ACT-(\d{4})", line))]
    reader.expect(("answers", "next"), told, [(in_words(due), f"{number:04d}") for due, number in ahead[: len(told)]])
    more = re.search(r"^(\d+) more open", printed[-1])
    reader.expect(("answers", "more"), int(more[1]) if more else 0, len(ahead) - len(told))


def due_of(rows, finding):
    """The day a report gives an item."""
    if finding["due_on"]:
        return day(finding["due_on"])
    report = next(row for row in rows.table["inspection"] if row["number"] == finding["inspection_number"])
    published, months = day(report["published_on"]), MONTHS_OF.get(finding["timescale"])
    if published is None or months is None:
        return None
    year, month = divmod(published.month - 1 + months, 12)
    year, month = published.year + year, month + 1
    return date(year, month, min(published.day, monthrange(year, month)[1]))


def state_of(rows, finding):
    """How an item stands, and its days past the date its report gives (of closed ones: when it was closed)."""
    areas = [row for row in rows.table["area_for_improvement"] if row["number"] in rows.areas_of(finding["number"])]
    due = due_of(rows, finding)
    closed = [row for row in areas if row["status"] == "closed"]
    ended = max(day(row["closed_on"]) for row in closed) if areas and len(closed) == len(areas) else None
    late = ((ended or rows.today) - due).days if due else 0
    if not rows.is_answered(finding["number"]):
        return "unanswered", late
    if ended:
        return "closed", late
    still = [row for row in areas if row["status"] != "closed"]
    behind = any(rows.days_late(action) for row in still for action in rows.answering(row["number"]))
    return ("late" if behind or late > 0 else "in_hand"), late


def late_in_words(rows, asked, item):
    """How long an item is past its day, or was when its last area was closed."""
    finding = asked[int(item["reference"][4:])]
    due, (_, days) = due_of(rows, finding), state_of(rows, finding)
    return how_late(due, due + timedelta(days=days))


def reports(reader):
    """Each item: how it stands, how many days past its date, and the sentences of the page that count them."""
    rows, sentences = reader.rows, reader.pack["answers"]["asked"]
    for part in reader.pack["reports"]:
        asked = {row["number"]: row for row in rows.asked(int(part["key"][4:]))}
        counts = Counter()
        for item in part["asked"]:
            path = ("reports", part["key"], item["reference"])
            state, late = state_of(rows, asked[int(item["reference"][4:])])
            counts[state] += 1
            reader.expect(path, item["state_code"], state)
            printed = re.search(r"^(\d[\w ]*) (?:past|late)", item["against_date"])
            reader.expect(path, printed[1] if printed else "", late_in_words(rows, asked, item) if late > 0 else "")
            for name in rows.areas_of(int(item["reference"][4:])):
                latest = rows.judgements(name)[:1]
                judged = latest and latest[0]["rating"] != "not_yet_known"
                says = f"judged on {short(day(latest[0]['judged_on']))}" if judged else "no test judged yet"
                if says not in item["evidence"]:
                    reader.fault(path, f"{item['evidence']} does not say: {says}")
        # The page calls a report by its name and year; by its day as well where two have one name.
        name, title = part["title"].partition(", published ")[0], part["title"]
        told = [text for text in sentences if text.startswith((f"{title}: ", f"{name}: "))]
        if told:
            printed = {state: int(number) for state, meaning in STATES.items()
                       for number in re.findall(rf"(\d+) {meaning}", told[0].partition(" asked for; ")[2])}  # fmt: skip
            reader.expect(("answers", part["key"]), printed, dict(counts))
            reader.expect(("answers", name), len(told), 1)
    asking = [part for part in reader.pack["reports"] if part["asked"]]
    if asking[3:]:
        items = [item for part in asking[3:] for item in part["asked"]]
        earlier = Counter(item["state_code"] for item in items)
        printed = {state: int(number) for state, meaning in STATES.items()
                   for number in re.findall(rf"(\d+) {meaning}", sentences[-1])}  # fmt: skip
        reader.expect(("answers", "earlier"), printed, dict(earlier))
        reader.expect(("answers", "earlier"), re.findall(r"asked for (\d+)", sentences[-1]), [str(len(items))])
    reader.expect(("answers", "asked"), len(sentences), len(asking[:3]) + (len(asking) > 3))


def sheets(reader):
    """The plan sheet: every action once, with its day, colour, measures and every milestone, reached and not."""
    rows = reader.rows
    planned = [action for plan in reader.pack["sheets"] for theme in plan["themes"] for action in theme["actions"]]
    reader.expect(("sheets",), sorted(part["reference"] for part in planned),
                  [f"ACT-{number:04d}" for number in sorted(rows.actions)])  # fmt: skip
    for plan in reader.pack["sheets"]:
        of_plan = [
            row["name"] for row in rows.table["measure"] if f"PLN-{row['plan_number'] or 0:04d}" == plan["reference"]
        ]
        named = [name for text, name in zip(plan["measures"], of_plan, strict=False) if name in text]
        reader.expect(
            ("sheets", plan["reference"], "measures"), (len(plan["measures"]), named), (len(of_plan), of_plan)
        )
    for part in planned:
        row, path = rows.actions[int(part["reference"][4:])], ("sheets", part["reference"])
        if row["status"] == "withdrawn":
            reader.expect(path, (part["by"], part["impact"], part["steps"], part["colour"]), ([], [], [], ""))
            continue
        if row["due_on"] and not part["by"][0].startswith(in_words(row["due_on"])):
            reader.fault(path, f"{part['by'][0]} is not {in_words(row['due_on'])}")
        moves = [row for row in rows.table["due_date_change"] if row["action_number"] == int(part["reference"][4:])]
        reader.expect(path, sum(text.startswith("Moved from") for text in part["by"]), len(moves))
        colour = rows.colour(row)
        reader.expect(path, (part["colour"], part["delivery"].partition(": ")[2]), colour)
        late = re.search(r"It is (\d[\w ]*) overdue", part["reported"])
        reader.expect(path, late[1] if late else "", rows.late_words(row))
        milestones(reader, path, part, row["number"])
        measures(reader, path, part, row["number"])
        for name, rating in re.findall(r"AFI-(\d{4}): ([a-z ]+), judged", " ".join(part["impact"])):
            reader.expect(path, rating, RATINGS[rows.judgements(int(name))[0]["rating"]])
        reader.expect(path, [text[:8] for text in part["impact"] if text.startswith("AFI")],
                      [f"AFI-{number:04d}" for number in rows.area_numbers[row["number"]]])  # fmt: skip


def milestones(reader, path, part, number):
    """Each step once, reached on its day or not reached, with how late it is."""
    if reader.pack["level"] > 2:
        reader.expect(path, part["steps"], [])
        return
    steps = [row for row in reader.rows.table["milestone"] if row["action_number"] == number]
    steps.sort(key=lambda row: (row["position"], row["id"]))
    reader.expect(path, len(part["steps"]), len(steps))
    for step, row in zip(part["steps"], steps, strict=False):
        reached, due = day(row["completed_on"]), day(row["due_on"])
        reader.expect(path, step["reached"], reached is not None)
        late = (reader.rows.today - due).days if due and not reached else 0
        if reached:
            says = f"Reached on {in_words(reached)}"
        elif late > 0:
            says = f"Not reached, {how_late(due, reader.rows.today)} overdue"
        else:
            says = step["state"] if not due else "Not yet reached"
        reader.expect(path, step["state"], says)


def measures(reader, path, part, number):
    """How far each measure is from its target, in the direction it is to go."""
    known = []
    for row in reader.rows.table["measure"]:
        values = row["baseline"], row["target"], row["latest"]
        if row["action_number"] == number and None not in values and row["baseline"] != row["target"]:
            up = row["target"] > row["baseline"]
            left = row["target"] - row["latest"] if up else row["latest"] - row["target"]
            known.append(f"{round(left, 6):g}" if left > 0 else "its target is reached")
    printed = [
        match[1] or "its target is reached"
        for text in part["known_by"]
        for match in re.finditer(r"; (?:([\d.]+)[^;]* to go|its target is reached)\.$", text)
    ]
    reader.expect(path, sorted(printed), sorted(known))


def did(reader):
    """What answers each area, a line an action: whether it is verified, completed, late or due."""
    rows = reader.rows
    for part in reader.pack["threads"]:
        path, number = ("threads", part["reference"], "did"), int(part["reference"][4:])
        answering = {row["number"]: row for row in rows.table["action"] if number in rows.area_numbers[row["number"]]}
        reader.expect(path, sorted(int(line["reference"][4:]) for line in part["did"]), sorted(answering))
        for line in part["did"]:
            row = answering[int(line["reference"][4:])]
            late = rows.late_words(row)
            says = {
                "verified": lambda row=row: f"Verified on {in_words(row['verified_on'])}",
                "completed": lambda row=row: f"Completed on {in_words(row['completed_on'])}, not yet verified",
                "withdrawn": lambda: "Withdrawn",
            }.get(row["status"])
            if says:
                reader.expect((*path, line["reference"]), line["state"], says())
            elif late:
                reader.expect((*path, line["reference"]), line["state"], f"{late} overdue")
            elif row["due_on"] and in_words(row["due_on"]) not in line["state"]:
                reader.fault((*path, line["reference"]), f"{line['state']} is not {in_words(row['due_on'])}")


def read(reader):
    """All of it."""
    if reader.pack.get("answers"):
        practice(reader)
        page(reader)
        reports(reader)
        sheets(reader)
        did(reader)
