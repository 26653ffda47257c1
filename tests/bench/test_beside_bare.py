"""What people do most, against an application of Flask, SQLModel and WTForms alone, in turn on one machine."""

import re
import time
from datetime import date
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from werkzeug.security import generate_password_hash

import frameworks
from tests import builders
from tests.bench import town
from tests.bench.bare import make_app
from tests.bench.bare.tables import Answer, Audit, Bare, Person
from tests.bench.figures import turn_about
from tests.bench.kept_towns import large_council
from tests.bench.serving import Client, served
from tests.bench.test_saving import domain_of_twelve, fields

TURNS = 40
KEY = "a key for benchmarks alone, thirty-two bytes long"
PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Somebody signed in to each application, on councils of equally many audits."""
    folder = tmp_path_factory.mktemp("beside-bare")
    with large_council(folder) as (app, engine, _people), served(app) as port:
        bare_engine = like(engine, folder / "bare.db")
        fill(bare_engine)
        with served(make_app(bare_engine, questions_of(domain_of_twelve()), KEY)) as bare_port:
            ours = Ours(app, engine, port)
            theirs = BareClient(bare_port)
            yield ours, theirs
            ours.client.close()
            theirs.connection.close()
        bare_engine.dispose()


def like(engine, path):
    """An engine of SQLAlchemy's own on a file, with the settings of the product's database."""
    with engine.connect() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    made = sa.create_engine(f"sqlite:///{path}")

    @sa.event.listens_for(made, "connect")
    def prepare(connection, _record):
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name}={value}")

    return made


def fill(engine):
    """One person, and as many audits as the large council has."""
    Bare.metadata.create_all(engine)
    audits = [
        {
            "number": number, "case_reference": f"G-{number:06d}", "team": f"Team {number % 12}",
            "auditor_id": 1 + (number + 20) % 30, "stage": "in_progress" if number % 60 == 40 else "agreed",
            "due_on": date(2026, 1 + number % 12, 1 + number % 28), "grade": "good", "rationale": "", "revision": 0,
        }
        for number in range(1, town.AUDITS + 1)
    ]  # fmt: skip
    person = {"id": 1, "name": "Ann", "password_hash": generate_password_hash("kettle", method="pbkdf2:sha256:1000")}
    with engine.begin() as connection:
        connection.execute(Person.__table__.insert(), [person])
        connection.execute(Audit.__table__.insert(), audits)
        for audit in audits[::10]:
            rows = [{"audit_number": audit["number"], "question": f"other-{n}", "code": "", "note": ""}
                    for n in range(48)]  # fmt: skip
            connection.execute(Answer.__table__.insert(), rows)


def questions_of(domain):
    """The very questions of the product's page, as plain values."""
    questions = frameworks.question_set(town.EDITION, town.SET, town.LENGTH)
    return [
        {
            "key": question.key, "text": question.text, "hint": question.hint or "",
            "points": [(point.code, point.name) for point in questions.scale_for(question).points],
        }
        for question in domain.questions
        if questions.scale_for(question) is not None
    ]  # fmt: skip


class Ours:
    """An auditor of the product with an audit in hand."""

    def __init__(self, app, engine, port):
        with engine.connect() as connection:
            in_hand = "SELECT number, auditor_id FROM case_audit WHERE stage = 'in_progress' ORDER BY number LIMIT 1"
            self.number, person_id = connection.exec_driver_sql(in_hand).one()
        self.client = Client(app, engine, port, person_id)
        self.domain, self.revision = domain_of_twelve(), 1  # the town was written with it

    def save(self, turn):
        """The page of questions, filled in differently each turn."""
        sent = fields(self.domain, turn, self.revision)
        self.revision += 1
        self.expect(303, "POST", f"audits/AUD-{self.number:04d}/domains/{self.domain.id}", sent)

    def page(self, _turn):
        self.expect(200, "GET", f"audits/AUD-{self.number:04d}/domains/{self.domain.id}")

    def first_page(self, _turn):
        self.expect(200, "GET", "")

    def register(self, turn):
        self.expect(200, "GET", f"audits?page={1 + turn % 5}")

    def expect(self, status, method, path, sent=None):
        answered, _seconds = self.client.ask(method, f"/{builders.AUTHORITY_KEY}/{path}", sent)
        assert answered == status, (path, answered)


class BareClient:
    """The same person at the bare application."""

    def __init__(self, port):
        self.connection, self.cookie, self.revision = HTTPConnection("127.0.0.1", port, timeout=30), "", 0
        self.token = self.token_on("/sign-in")
        self.ask(303, "POST", "/sign-in", {"name": "Ann", "password": "kettle"})
        self.token = self.token_on("/audits/40/page")

    def token_on(self, path):
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask(200, "GET", path))[1]

    def ask(self, status, method, path, sent=None):
        body = urlencode({**sent, "csrf_token": self.token}) if sent is not None else None
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        text = answer.read().decode()
        assert answer.status == status, (path, answer.status)
        return text

    def save(self, turn):
        places = range(len(questions_of(domain_of_twelve())))
        points = questions_of(domain_of_twelve())
        sent = {
            "revision": self.revision,
            "grade": ("good", "outstanding")[turn % 2],
            "rationale": f"Turn {turn}: seen.",
        }
        sent |= {f"answer_{n}": points[n]["points"][turn % len(points[n]["points"])][0] for n in places}
        sent |= {f"note_{n}": f"Note {turn}" for n in places}
        self.revision += 1
        self.ask(303, "POST", "/audits/40/page", sent)

    def page(self, _turn):
        self.ask(200, "GET", "/audits/40/page")

    def first_page(self, _turn):
        self.ask(200, "GET", "/")

    def register(self, turn):
        self.ask(200, "GET", f"/audits?page={1 + turn % 5}")


@pytest.mark.parametrize(
    ("name", "what", "target"),
    [
        ("Saving a page of questions", "save", 1.4),
        ("Showing a page of questions", "page", 2.0),
        ("The first page", "first_page", 12.0),
        ("The register of audits", "register", 12.0),
    ],
)
def test_what_people_do_most_against_a_bare_application(both, figures, name, what, target):
    ours, theirs = both
    beside = turn_about(getattr(ours, what), getattr(theirs, what), TURNS)
    figures.keep_ratio(f"{name} against a bare application", beside, target=target)


def test_processor_time_of_both(both, figures):
    """The same in seconds of the processor, which the rest of the machine does not reach."""
    ours, theirs = both
    for what, target in (("save", 1.4), ("page", 2.0)):
        beside = turn_about(getattr(ours, what), getattr(theirs, what), TURNS, clock=time.process_time)
        figures.keep_ratio(f"{what} against a bare application, in processor time", beside, target=target)
