"""Posts mutated forms to every address, from a fixed seed: nothing that is typed may break a page (IN-7, IN-10)."""

import random
from urllib.parse import quote, quote_plus

from sqlmodel import SQLModel

from tests.audit_app.security import world
from tests.pages import Facts, Seen

BASE = "http://localhost"
ASK = {"base_url": BASE, "headers": {"Origin": BASE}}
LEFT_OUT = {"people.sign_out", "static"}
BAD = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff x",
    "\u202e reversed",
    "\x1b[31m",
    "\r\n.\r\n",
    "x" * 10_001,
    "é" * 5_000,
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999999",
    "9" * 30,
    "-1",
    "0",
    "1",
    "9223372036854775807",
    "9223372036854775808",
    "2147483648",
    "1_000",
    "٣",
    "²",
    "①",
    "1.5",
    "1,5",
    "0x10",
    "true",
    "None",
    "null",
    "[]",
    "{}",
    "0001",
    "9999",
    "29",
    "31",
    "13",
    "february",
    "2026-02-30",
    "%",
    "_",
    "%_%",
    "' OR 1=1 --",
    '"; DROP TABLE person; --',
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% raise %}",
    "=1+1",
    "@SUM(A1)",
    "../../etc/passwd",
    "//evil.example",
    "https:evil",
    "AUD-0001",
    "AUD-9999",
    "AUD-999999999",
    "AFI-0001",
    "FND-0001",
    "XXX-1",
    "😀" * 50,
    "good",
    "inadequate",
    "nothing_seen",
    "act_now",
    "done",
    "on_track",
    "admin",
    "qa_manager",
    "G-123456",
    "G-٣٣٣٣٣٣",
    "a@b",
    "person1@greenhaven.example",
    "\n" * 50,
    "\t",
]
ODD_PARTS = ["9" * 30, "0", "-1", "%00", "%ED%A0%80", "x" * 400, "AUD-99999999999", "..", "é", "1%0a2"]


def columns():
    """The name of every column of every table."""
    return sorted({column.name for table in SQLModel.metadata.tables.values() for column in table.columns})


class Unchecked(Seen):
    """A page read for its form alone: it may show the marks an attack has left in names."""

    def __init__(self, response, url):
        self.status, self.url = response.status_code, url
        self.html = response.get_data(as_text=True)
        self._facts = Facts(self.html, self.status)


class Fuzzer:
    """One seed's run: remembers each answer of 500 or above with what was sent."""

    def __init__(self, app, engine, person_id, seed):
        self.app, self.engine, self.person_id = app, engine, person_id
        self.chance = random.Random(seed)
        self.rules = [
            rule
            for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule)
            if "POST" in rule.methods and rule.endpoint not in LEFT_OUT
        ]
        self.columns = columns()
        self.forms, self.failures, self.statuses, self.accepted = {}, [], {}, set()
        self.page = world.sign_in(app, engine, person_id)

    def run(self, count):
        """Send so many forms."""
        for done in range(count):
            if done % 400 == 0:
                self.forms.clear()
                self.page = world.sign_in(self.app, self.engine, self.person_id)
            self.send(self.rules[done % len(self.rules)])
        return self

    def send(self, rule):
        address = self.address(rule)
        if address is None:
            return
        token, fields = self.form(rule, address)
        pairs = [("csrf_token", token), *self.mutated(fields)]
        if self.chance.random() < 0.1:
            address += "?" + "&".join(
                f"{quote(name)}={quoted(self.bad())}" for name in ("page", "search", "sort", "next", "level")
            )
        body = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs).encode("ascii")
        answer = self.page.client.post(address, data=body, content_type="application/x-www-form-urlencoded", **ASK)
        self.note(rule, address, pairs, answer)

    def note(self, rule, address, pairs, answer):
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if answer.status_code == 303:
            self.accepted.add(rule.endpoint)
            self.forms.pop(address, None)
            if "/sign-in" in answer.headers["Location"] or rule.endpoint == "people.sign_in":
                self.page = world.sign_in(self.app, self.engine, self.person_id)
        if answer.status_code >= 500:
            self.failures.append((rule.endpoint, address, pairs))
        answer.close()

    def address(self, rule):
        """An address of the rule: mostly one that exists, sometimes one that cannot."""
        parts = {}
        for name, given in world.values_for(self.engine, rule).items():
            if not given:
                return None
            value = self.chance.choice(given)
            converter = rule._converters[name]
            parts[name] = converter.to_url(value)
            if name != "authority" and self.chance.random() < 0.03:
                parts[name] = self.chance.choice(ODD_PARTS)
        return "".join(parts[text] if dynamic else text for dynamic, text in trace(rule))

    def form(self, rule, address):
        """The form as its page shows it, and its token."""
        if address not in self.forms:
            token, fields = self.page.token, {}
            if "GET" in rule.methods:
                answer = self.page.client.get(address, **ASK)
                if answer.status_code >= 500:
                    self.failures.append((rule.endpoint, "GET " + address, []))
                if answer.status_code == 200:
                    seen = Unchecked(answer, address)
                    self.page.token = token = seen.token or token
                    fields = seen.form_data() if any(f.get("method").lower() == "post" for f in seen.forms()) else {}
                    fields = offered(seen, fields, self.chance)
                answer.close()
            if token is None:
                # Not looked over as other pages are: the person's own name may by now be what an attack made it.
                token = Unchecked(self.page.client.get("/your-account", **ASK), "/your-account").token
            self.forms[address] = (token, fields)
        return self.page.token or self.forms[address][0], self.forms[address][1]

    def mutated(self, fields):
        """Some fields spoilt, some dropped or doubled, and columns nobody asked for added."""
        pairs = []
        spoil = self.chance.choice((0.0, 0.1, 0.3, 1.0))
        for name, value in fields.items():
            if name in ("csrf_token", "once"):
                continue
            for one in value if isinstance(value, list) else [value]:
                fate = self.chance.random()
                if fate < spoil * 0.7:
                    pairs.append((name, self.bad()))
                elif fate < spoil * 0.8:
                    pairs.extend([(name, one), (name, self.bad())])
                elif fate >= spoil * 0.9:
                    pairs.append((name, one or self.plausible(name)))
        pairs += [(name, self.bad()) for name in self.chance.sample(self.columns, self.chance.choice((0, 3, 40)))]
        if self.chance.random() < 0.05:
            pairs.append(("once", self.bad()))
        if self.chance.random() < 0.02:
            pairs.insert(0, ("csrf_token", self.bad()))
        return pairs

    def plausible(self, name):
        """Something a person might type into an empty field."""
        if name.endswith(("-day", "-month")):
            return "3"
        return (
            "2026"
            if name.endswith("-year")
            else self.chance.choice(("", "Some words that say why it is so, at length", "3"))
        )

    def bad(self):
        return self.chance.choice(BAD)


def offered(seen, fields, chance):
    """The form with one of each group of radio buttons and each list chosen, where nothing was."""
    for node in seen.select("input", type="radio"):
        if node.get("name") and (node.get("name") not in fields or chance.random() < 0.3):
            fields[node.get("name")] = node.get("value")
    for node in seen.select("select"):
        options = [one.get("value", one.text) for one in node.select("option") if one.get("value")]
        if options and not fields.get(node.get("name")):
            fields[node.get("name")] = chance.choice(options)
    return fields


def trace(rule):
    """The pieces of a rule's address: (is it a value, its text or name)."""
    return [(dynamic, text) for dynamic, text in rule._trace if text != "|"]


def quoted(text):
    return quote_plus(text.encode("utf-8", "surrogatepass"))
