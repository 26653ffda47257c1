"""Reads a pack's contents against the rows: each figure, day, grade and colour must be what they say.

A text goes through in four steps: what somebody typed is taken away; phrases that tell a figure are worked out again
where they stand; references and days must be in the rows; what figure is left then is one that nothing explains.
"""

import re
from collections import Counter

from tests.audit_app.packs import reader_answers
from tests.audit_app.packs.reader_rows import RATINGS, day, framework_days, in_words, question_files, tenths

LEADERSHIP, INSPECTOR, PUBLISHABLE = 1, 2, 3
DATE = re.compile(r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|"
                  r"December) \d{4}\b")  # fmt: skip
REFERENCE = re.compile(r"\b(?:FND|AFI|ACT|INS|PLN|AUD|PCK|AAC)-(\d{4})\b")
OWN_NAME = re.compile(r"\bR-[A-Z0-9]{6}\b")
KINDS = {"FND": "finding", "AFI": "area_for_improvement", "ACT": "action", "INS": "inspection", "PLN": "plan"}
# Texts with figures of the product's own that say nothing of the council.
OURS = (
    r"in 95 of 100 such samples", r"such as R-K7M2QX", r"at least 10 audits", r"older than 6 months",
    r"in every 10\b", r"case-audit-\d", r"ilacs-\d{4}", r"ofsted-\d{4}", r"from April 2026", r"\(Ofsted 2012\)",
    r"Ofsted 20\d\d\b",
)  # fmt: skip
# What was typed for the pack itself, or comes from the library.
NO_FIGURES = ("title", "control", "edition_note", "edition_title", "terms", "logo_sha256", "edition_id")


def strings(value, path=()):
    """Every text of a pack with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from strings(inner, (*path, place))


class Reader:
    """One reading of one pack: `faults` lists what the rows do not say."""

    def __init__(self, pack, rows):
        self.pack, self.rows, self.faults = pack, rows, []
        self.leaving = pack["level"] == PUBLISHABLE
        self.days = rows.days() | framework_days(pack["edition_id"])
        self.names = set(OWN_NAME.findall(" ".join(line["name"] for line in pack["audits"])))
        self.typed = sorted(
            {
                part
                for table in rows.table.values()
                for row in table
                for name, value in row.items()
                if isinstance(value, str) and re.search(r"\d", value) and not name.endswith(("_at", "_on", "sha256"))
                and name not in ("status", "kind", "case_reference", "contents", "hash", "seal", "key_list")
                for part in (value.strip().rstrip(". "),)
                if len(part) > 5 and not re.fullmatch(r"[\d\W]+|[A-Z][a-z]+ \d{4}", part)
            },
            key=len,
            reverse=True,
        )  # fmt: skip

    def fault(self, path, text):
        self.faults.append(f"{'/'.join(map(str, path))}: {text}")

    def expect(self, path, printed, worked_out):
        if printed != worked_out:
            self.fault(path, f"printed {printed!r}, worked out {worked_out!r}")

    def read(self):
        """Go through all chapters and then through every text."""
        self.summary()
        self.grades()
        self.actions()
        self.reports()
        self.threads()
        reader_answers.read(self)
        self.gaps()
        self.audits()
        self.details()
        for path, text in strings(self.pack):
            if not {"log_head", "details", "audits", "as_at", "destroy_on"} & set(map(str, path[:1])) and (
                path[0] not in NO_FIGURES
            ):
                self.leftover(path, text)
        return self.faults

    # --- chapters ----------------------------------------------------------------------------------------------------

    def summary(self):
        """The figures of the first page, each that must be there."""
        rows, text = self.rows, " ".join(self.pack["summary"])
        closed = sum(row["status"] == "closed" for row in rows.areas.values())
        drawn = sum(map(rows.at_random, rows.audits))
        statuses = Counter(row["status"] for row in rows.actions.values())
        judged = sum(map(rows.is_judged, rows.areas))
        late = sum(rows.days_late(row) > 0 for row in rows.actions.values())
        bare = [n for n, row in rows.areas.items() if row["status"] == "open" and not rows.answering(n)]
        asked = [row for report in rows.reports() for row in rows.asked(report["number"])]
        waiting = sum(not rows.is_answered(row["number"]) for row in asked)
        missing = sum(rows.not_entered(report["number"]) for report in rows.reports())
        facts = {
            r"(\d+) agreed audits? drawn at random": drawn,
            r"(\d+) agreed audits? that w": len(rows.audits) - drawn,
            r"(\d+) areas? for improvement,": len(rows.areas),
            r"(\d+) open and \d+ closed": len(rows.areas) - closed,
            r"open and (\d+) closed": closed,
            r"For (\d+) of \d+ it has": judged,
            r"For \d+ of (\d+) it has": len(rows.areas),
            r"(\d+) plan actions?:": len(rows.actions),
            r"plan actions?:.*?(\d+) open": statuses["open"],
            r"plan actions?:.*?(\d+) completed": statuses["completed"],
            r"plan actions?:.*?(\d+) verified": statuses["verified"],
            r"plan actions?:.*?(\d+) withdrawn": statuses["withdrawn"],
            r"(\d+) open areas? ha\w+ no action": len(bare),
            r"(\d+) actions? (?:is|are) past": late,
            r"register holds (\d+) things?": len(asked),
            r"Nobody has answered (\d+) of": waiting,
        }
        for pattern, number in facts.items():
            printed = re.search(pattern, text)
            if printed or (number and "agreed audits" not in pattern):
                self.expect(("summary", pattern), int(printed[1]) if printed else None, number)
        printed = sum(map(int, re.findall(r"\((\d+)\)", text.partition("not entered in the register")[2])))
        self.expect(("summary", "not entered"), printed, missing)
        for name in [f"AFI-{number:04d}" for number in bare]:
            if name not in text:
                self.fault(("summary",), f"{name} has no action and is not named")

    def grades(self):
        """Each table's grades, totals, shares and ranges; none left out, none added."""
        _, _, scales = question_files()
        counts, numbers = self.rows.graded()
        left = {(key, title) for key, titles in counts.items() for title in titles}
        for area in self.pack["areas"]:
            code = area["key"].rpartition("-")[2]
            for table in area["tables"]:
                path = ("areas", code, table["title"])
                at_random = table["title"].endswith("drawn at random")
                scale = next(name for name, points in scales.items() if [n for _, n in points] == table["grades"])
                key = (code, at_random, scale)
                n = int(re.search(r"in (\d+) audit", table["title"])[1])
                self.expect(path, n, len(numbers[key]))
                for row in table["rows"]:
                    left.discard((key, row["name"]))
                    given = [counts[key][row["name"]][point] for point, _ in scales[scale]]
                    for printed, number in zip((*row["counts"], row["total"]), (*given, sum(given)), strict=True):
                        if not (self.leaving and printed is None):
                            self.expect((*path, row["name"]), printed, number)
                for row in table["intervals"]:
                    given = [counts[key][row["name"]][point] for point, _ in scales[scale]]
                    self.interval((*path, row["name"]), row, sum(given[:2]), sum(given), at_random)
            self.says(area, code, counts, numbers)
        if left and not self.leaving:
            self.fault(("areas",), f"grades in the rows that the pack does not print: {sorted(left)[:5]}")

    def interval(self, path, row, reached, n, at_random):
        self.expect(path, (row["reached"], row["of"]), (reached, n))
        if not at_random:
            self.expect(path, (row["share"], row["in_service"]), ("", ""))
            return
        self.expect(path, row["share"], f"{int(100 * reached / n + 0.5)}%")
        printed = row["in_service"].replace("none", "0").replace("all", "10")
        ends = [int(number) for number in re.findall(r"\d+", printed)][:2]
        if n < 10 or tuple(ends) != tenths(reached, n):
            self.fault(path, f"{row['in_service']!r} of {reached} in {n}, whose range is {tenths(reached, n)}")

    def says(self, area, code, _counts, numbers):
        """How many audits speak to an area, by how they were chosen."""
        for words, at_random in (("drawn at random", True), ("chosen", False)):
            audits = set().union(*(numbers[key] for key in numbers if key[:2] == (code, at_random)))
            printed = re.search(rf"(\d+) audits? w\w+ {words}", " ".join(area["says"]))
            if printed:
                self.expect(("areas", code, "says"), int(printed[1]), len(audits))
            elif audits and not self.leaving:
                self.fault(("areas", code, "says"), f"does not say how many were {words}: {len(audits)}")
        ways = re.search(r"Of these, (.*?)\. ", " ".join(area["says"]) + " ")
        if ways:
            self.expect(("areas", code, "ways"), sum(map(int, re.findall(r"\d+", ways[1]))), len(audits))

    def actions(self):
        """The action table: none missing, each with its day, its status and its colour."""
        self.expect(("actions",), [row["reference"] for row in self.pack["actions"]],
                    [f"ACT-{number:04d}" for number in sorted(self.rows.actions)])  # fmt: skip
        for part in self.pack["actions"]:
            row = self.rows.actions.get(int(part["reference"][4:]))
            if row is None:
                continue
            path = ("actions", part["reference"])
            self.expect(path, part["due_on"] and day(part["due_on"]), day(row["due_on"]))
            due = day(row["due_on"])
            short = f"{due.day} {due:%b} {due.year}" if due else ""
            if due and not part["due"].startswith(short):
                self.fault(path, f"{part['due']} is not {short}")
            self.expect(path, part["status"].split(",")[0].casefold(), row["status"])
            colour = self.rows.colour(row)
            if colour:
                self.expect(path, (part["colour"], part["word"]), colour)
            elif part["colour"] in ("blue", "green", "amber", "red"):
                self.fault(path, "a withdrawn action has a colour")
            areas = [f"AFI-{number:04d}" for number in self.rows.area_numbers[row["number"]]]
            self.expect(path, part["areas"], areas)

    def reports(self):
        """What each report asked for: all of it, in its own numbers, and which of it nobody answers."""
        known = {f"INS-{row['number']:04d}": row for row in self.rows.reports()}
        self.expect(("reports",), sorted(part["key"] for part in self.pack["reports"]), sorted(known))
        for part in self.pack["reports"]:
            number = known[part["key"]]["number"]
            asked = {row["number"]: row for row in self.rows.asked(number)}
            path = ("reports", part["key"])
            self.expect(path, sorted(int(item["reference"][4:]) for item in part["asked"]), sorted(asked))
            self.expect(path, part["not_entered"], self.rows.not_entered(number))
            for item in part["asked"]:
                row = asked[int(item["reference"][4:])]
                self.expect((*path, item["reference"]), item["number"], str(row["printed_number"] or ""))
                self.expect((*path, item["reference"]), item["unanswered"], not self.rows.is_answered(row["number"]))
                if row["due_on"] and in_words(row["due_on"]) not in item["when"]:
                    self.fault((*path, item["reference"]), f"{item['when']} is not by {in_words(row['due_on'])}")
                for name, many in re.findall(r"AFI-(\d{4}): (\d+) action", item["answered_by"]):
                    self.expect((*path, item["reference"]), int(many), len(self.rows.answering(int(name))))
                for name, many in re.findall(r"AFI-(\d{4}):[^A]*?; (\d+) past", item["answered_by"]):
                    late = sum(self.rows.days_late(row) > 0 for row in self.rows.answering(int(name)))
                    self.expect((*path, item["reference"]), int(many), late)
                if not row["due_on"] and not row["timescale_text"]:
                    self.expect((*path, item["reference"]), item["when"], "None given")

    def threads(self):
        """Each area's page: its judgements, who verified, what is late; all of them and nothing beside."""
        rows = self.rows
        self.expect(("threads",), sorted(int(part["reference"][4:]) for part in self.pack["threads"]),
                    sorted(rows.areas))  # fmt: skip
        for part in self.pack["threads"]:
            number, path = int(part["reference"][4:]), ("threads", part["reference"])
            answer = {each["question"]: " ".join(each["sentences"]) for each in part["parts"]}
            judged = [row for row in rows.judgements(number) if row["rating"] != "not_yet_known"]
            printed = re.findall(r"[Jj]udged on (\d+ \w+ \d{4}): ([a-z ]+?) for children\.",
                                 answer["What is different for children"])  # fmt: skip
            self.expect(path, printed, [(in_words(row["judged_on"]), RATINGS[row["rating"]]) for row in judged])
            samples = [int(n) for n in re.findall(r"(\d+) \w+(?: \w+)? looked at", answer["How we checked"])]
            known = [row["sample_size"] for row in rows.judgements(number) if row["sample_size"]]
            self.expect(path, samples, [n for n in known if not self.leaving or n >= 5])
            late = {f"ACT-{row['number']:04d}": rows.late_words(row) for row in rows.answering(number)}
            printed = dict(re.findall(r"(ACT-\d{4}) is (\d[\w ]+) overdue", answer["What is not yet good enough"]))
            self.expect(path, printed, {n: d for n, d in late.items() if d})
            verified = re.findall(r"(ACT-\d{4}) was verified on (\d+ \w+ \d{4}) by (?:the )?(.+?), outside",
                                  answer["Who verified it"])  # fmt: skip
            self.expect(path, sorted(verified), sorted(
                (f"ACT-{row['number']:04d}", in_words(row["verified_on"]), row["verified_by_post_title"])
                for row in rows.answering(number) if row["status"] == "verified"))  # fmt: skip
            row = rows.areas[number]
            self.expect(path, part["stands"].split(";")[0].casefold(), row["status"])
            latest = rows.judgements(number)[:1]
            word = RATINGS[latest[0]["rating"]] if rows.is_judged(number) else "impact not yet judged"
            self.expect(path, part["stands"].partition("; ")[2], word)

    def gaps(self):
        """Gaps of kinds that plain rows tell: in no area, without action or owner, late, not verified."""
        rows = self.rows
        printed = {
            (gap["reference"], gap["sentence"].removeprefix(f"{gap['reference']} ")) for gap in self.pack["gaps"]
        }
        expected = {(f"AFI-{n:04d}", "has no action that answers it.") for n, row in rows.areas.items()
                    if row["status"] == "open" and not rows.answering(n)}  # fmt: skip
        expected |= {(f"AFI-{n:04d}", "has no owner.") for n, row in rows.areas.items()
                     if row["status"] == "open" and not (row["owner_post_id"] or row["owner_post_title"])}  # fmt: skip
        for row in rows.actions.values():
            late = rows.late_words(row)
            many = f"is {late} overdue."
            expected |= {(f"ACT-{row['number']:04d}", many)} if late else set()
        expected |= {
            (f"PLN-{plan:04d}", f"was to be reviewed by {in_words(due)}, and no review is recorded.")
            for plan, due in rows.reviews_passed()
        }
        kinds = ("has no action that answers it.", "has no owner.")
        ends = (" overdue.", "no review is recorded.")
        told = {gap for gap in printed if gap[1] in kinds or gap[1].endswith(ends)}
        self.expect(("gaps",), sorted(told), sorted(expected))

    def audits(self):
        """The list of audits: as many as the rows, with the same grades, ways of choosing and open actions."""
        if self.leaving:
            self.expect(("audits",), self.pack["audits"], [])
            return
        _, sets, scales = question_files()
        names = {code: name for points in scales.values() for code, name in points} | {"": "", None: ""}
        still = Counter(row["audit_number"] for row in self.rows.table["audit_action"] if row["state"] == "open")
        by_day = self.pack["level"] <= LEADERSHIP
        expected = Counter(
            (
                f"{day(row['submitted_at']).day} {day(row['submitted_at']):%b} {day(row['submitted_at']).year}"
                if by_day else f"{day(row['submitted_at']):%B} {day(row['submitted_at']).year}",
                sets[row["set_id"]]["title"], row["team_name"], names[row["overall_grade"]], still[row["number"]],
            )
            for row in self.rows.audits
        )  # fmt: skip
        printed = Counter(
            (line["submitted"], line["set_title"], line["team"], line["grade"], line["open_actions"])
            for line in self.pack["audits"]
        )
        for line in (printed - expected) + (expected - printed):
            self.fault(("audits",), f"{line}: printed {printed[line]}, in the rows {expected[line]}")

    def details(self):
        """Each audit in full: its grades, how often each answer was given, and its actions."""
        bank, _, scales = question_files()
        names = {code: name for points in scales.values() for code, name in points}
        names |= {"not_applicable": "Does not apply", "na": "Does not apply"}
        by_name = {f"AUD-{row['number']:04d}": row for row in self.rows.audits}
        domains, answers, actions = {}, {}, Counter()
        for row in self.rows.table["domain_answer"]:
            if row["grade"] and not row["not_applicable"]:
                title = bank[row["domain_id"]]["title"]
                domains.setdefault(row["audit_number"], {})[title] = names[row["grade"]]
        for row in self.rows.table["answer"]:
            answers.setdefault(row["audit_number"], Counter())[row["code"]] += 1
        for row in self.rows.table["audit_action"]:
            actions[row["audit_number"]] += 1
        if self.pack["details"]:
            self.expect(("details",), sorted(part["name"] for part in self.pack["details"]), sorted(by_name))
        for part in self.pack["details"]:
            row, path = by_name[part["name"]], ("details", part["name"])
            facts = dict(part["facts"])
            self.expect(path, facts.get("Overall grade", ""), names.get(row["overall_grade"], ""))
            printed = {
                domain["title"]: domain["grade"]
                for domain in part["domains"]
                if domain["grade"] not in ("", "Does not apply")
            }
            self.expect(path, printed, domains.get(row["number"], {}))
            given = Counter(answer["answer"] for domain in part["domains"] for answer in domain["answers"])
            for code in ("no", "partly", "yes", "inadequate", "outstanding"):
                self.expect((*path, code), given[names[code]], answers.get(row["number"], {})[code])
            self.expect(path, len(part["actions"]), actions[row["number"]])

    # --- every text --------------------------------------------------------------------------------------------------

    def leftover(self, path, text):  # noqa: C901
        """Take away what is explained; a figure that is left has no support in the rows."""
        if not re.search(r"\d", text):
            return
        left = text
        for typed in self.typed:
            left = left.replace(typed, " ")
        if not re.search(r"\d", left):
            return
        for pattern in OURS:
            left = re.sub(pattern, " ", left)
        for match in REFERENCE.finditer(left):
            table = KINDS.get(match[0][:3])
            if table and int(match[1]) not in {row["number"] for row in self.rows.table[table]}:
                self.fault(path, f"{match[0]} is in no row")
        left = OWN_NAME.sub(" ", REFERENCE.sub(" ", left))
        left = re.sub(r"\b\d{1,2} (?:to|January to|\w+ to) \d{1,2} \w+ \d{4}", self._range, left)
        for match in DATE.finditer(left):
            if match[0] not in self.days:
                self.fault(path, f"{match[0]} is a day of no row: {text[:160]}")
        left = DATE.sub(" ", left)
        for pattern, is_true in self.phrases(path):
            left = re.sub(pattern, lambda match, is_true=is_true: " " if is_true(match) else match[0], left)
        if re.search(r"\d", left):
            self.fault(path, f"a figure that nothing explains: {' '.join(left.split())[:300]}")

    def _range(self, match):
        """The two days of a visit or a period, where both are known to one row."""
        last = DATE.search(match[0])[0]
        return " " if last in self.days else match[0]

    def phrases(self, path):
        """Ways of telling a figure, each with what makes it true; chapters have checked the rest of theirs."""
        rows, chapter = self.rows, path[0]
        numbers = {(row["printed_number"], row["printed_total"]) for row in rows.table["finding"]}
        places = {row["paragraphs"].strip() for row in (*rows.table["finding"], *rows.table["judgement"])}
        places |= {row["paragraph"].strip() for row in rows.table["source"]}
        by_set = Counter((row["set_id"], row["length"]) for row in rows.audits)
        titles = question_files()[1]
        figures = {
            f"{float(value):g}" for row in rows.table["measure"]
            for value in (row["baseline"], row["target"], row["latest"])
            if value is not None
        }  # fmt: skip
        checked = {"summary", "gaps", "areas", "audits", "actions", "log_head", "answers", "sheets"}

        def counted(match):
            if chapter != "sources":
                return False
            title = re.search("“(.*)”", self.pack["sources"][path[1]]["what"])
            return title is not None and any(
                titles[set_id]["title"] == title[1] and length == match[1] and number == int(match[2])
                for (set_id, length), number in by_set.items()
            )

        def rests(match):
            sizes = Counter()
            for row in {(row["finding_number"], row["impact_id"], row["audit_reference"])
                        for row in rows.table["source"]
                        if row["audit_reference"]}:  # fmt: skip
                sizes[row[:2]] += 1
            return int(match[1]) in sizes.values()

        return (
            (r"(\d+) of (\d+)(?=[,;.: ()]|$)",
             lambda m: chapter in checked or (int(m[1]), int(m[2])) in numbers),
            (r"paragraphs? ([\d][\d.,\- and]*\d|\d)", lambda m: m[1].strip() in places),
            (r"for improvement (\d+)|action (\d+)", lambda m: any(str(n) in m.groups() for n, _ in numbers)),
            (r"(?:Version: )?\s*,? ?(core|full)\. (\d+) agreed audits?", counted),
            (r"rests on (\d+) case audits?", rests),
            (r"(\d+) pieces? of evidence", lambda m: int(m[1]) == rows.evidence_named()),
            (r"(\d+) [\w ]*looked at", lambda _: True),
            (r"(\d+) (?:days?|years?|months?)(?: and (\d+) months?)? (?:past|late)", lambda _: chapter == "reports"),
            (r"\b(\d+) records?(?=[,;]|$)", lambda _: chapter == "reports"),
            (r"(\d+ (?:days?|years?|months?)(?: and \d+ months?)?) overdue",
             lambda m: m[1] in map(rows.late_words, rows.actions.values())),
            (r"(?:began at|should reach|stood at) ([\d.]+)", lambda m: m[1].rstrip(".") in figures),
            (r"(\d+) actions?|(\d+) open|(\d+) verified|(\d+) completed|(\d+) past", lambda _: chapter == "reports"),
            (r"^\d{1,2}$", lambda _: chapter == "reports"),
            (r"Not counted: (\d+) audit", lambda m: int(m[1]) == len(rows.waiting)),
            (r"not moderated\): (\d+) audit",
             lambda m: int(m[1]) == sum(not row["moderated"] for row in rows.audits)),
            (r"\d+", lambda _: chapter in checked and len(path) > 1 and self._structured(path)),
            (r"(\d+) (?:agreed audits? (?:drawn|that)|chosen|read again)", self._ways),
            (r"20\d\d-\d\d-\d\d", lambda m: chapter == "sources"),
            (r" at \d{1,2}(?::\d\d)?[ap]m", lambda _: chapter in ("sources", "control")),
            (r"^\d{4}-\d\d-\d\d$|^PCK.*", lambda _: True),
            (r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})", self._short_day),
        )  # fmt: skip

    def _short_day(self, match):
        return any(
            re.fullmatch(rf"{match[0].split()[0]} {match[0].split()[1]}\w* {match[1]}", known) for known in self.days
        )

    def _ways(self, match):
        """The numbers of audits by their way of choosing, in the sources."""
        chosen = [row for row in self.rows.audits if not self.rows.at_random(row)]
        ways = Counter(
            "re" if row["audit_type"] == "re_audit" or row["re_audit_of"] is not None
            else "theme" if row["audit_type"] == "thematic_audit" else row["how_chosen"] for row in chosen
        )  # fmt: skip
        return int(match[1]) in {*ways.values(), len(chosen), len(self.rows.audits) - len(chosen)}

    def _structured(self, path):
        """Figures that a chapter's own check has worked out: tables, the first page, gaps, the list of audits."""
        return path[0] != "areas" or {"tables", "says", "key"} & set(map(str, path))
