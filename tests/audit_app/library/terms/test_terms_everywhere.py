"""Every page, workbook, form and e-mail in a council that changed all eight words: nothing of ours keeps the product's.

The pages are those the attacks visit; what may keep its words is listed here, each with the reason.
"""

import ast
import io
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import audit_app
from audit_app import database, wiring
from audit_app.library.terms import own_words
from audit_app.library.terms import queries as terms_queries
from audit_app.library.terms import service as term_service
from audit_app.notices import wording as notice_wording
from audit_app.people.access import Role, system_scope
from tests import builders, builders_packs
from tests.audit_app.security import canaries, test_reading, world
from tests.builders_library import OTHER_WORDS, PRODUCTS_WORDS
from tests.chosen import ON_POSTGRESQL, WHOLE
from tests.house import source

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="words are put on a page when every read of it is done")

MAY_KEEP = (
    r"^(: )?(Care leavers|Children in care)( \(Case audit.*|, (brief|core|full))?$",  # names of published sets
    r"Case audit questions",  # the name of a published edition, and of its kind
    r"^(A strength|strength)$|^overall/|^#(strengths|worries)$",  # a point of a published scale, and codes
    r"(?i)experiences and progress of (children in care|care leavers)",  # an inspectorate's judgement areas
    r"^Both are about|^Until 2022 children in care",  # why two inspectorates' areas are joined, in their words
    r"^(Care leavers have a home and people who stay|Children in care have a stable, loving home)$",  # why joined
    r"^Children in care and care leavers have stable, loving homes$",  # an outcome of the national framework
    r"^D\d+\.\d+ ",  # a published question, with its number
    r"^National framework 2023: ",  # a printed outcome
    r"lead practitioner works|made public by English councils|timescale question was not checked",  # published sets
    r"worries or pleases them|Time limit: Child in need: local",  # published questions and their help
    r"^What worries you",  # a verb
    r"^Person \d+ |was refused the page",  # the log says what was done in the product's words
    r" changed the council’s own word for ",  # and of a change of words it names the product's own
    r"^Learning audit, done together with the",  # an established name of its own
    r"^Judged by Quality Assurance Manager\. ",  # typed: by whom it was tested
    r"^Councils audit their work",  # a verb
    r"exploited children in care kept|parents among care leavers|Do care leavers influence",  # published statements
    r"^Care leavers feel safe$|^Survey of care leavers$",  # typed: a claim, and what it cites
    r"^QA framework, audit programme|^Participation: children in care council",  # entries of the folder: the council's
    r"/AUD-\d+$",  # an address
)
# The page of the words names both; the pack was frozen before they changed; a list of people is read back by its words.
# So are files of questions and of findings; a list of a report has the inspectorate’s names.
UNCHANGED = (
    "/privacy",
    "/accessibility",  # outside any council: in the product’s own words
    "/library/words",
    "/packs/PCK-0001/",
    "/people/workbook/template",
    "/audits/new/list-template.xlsx",
    "/set.xlsx",
    "/own-sets/template.xlsx",
    "/imports/template",
    "/paste",
)


class Shown(HTMLParser):
    """What a person reads or hears of a page."""

    def __init__(self):
        super().__init__()
        self.texts, self.unread = [], 0

    def handle_starttag(self, tag, attrs):
        self.unread += tag in ("script", "style")
        read = ("alt", "aria-label", "data-label", "placeholder", "title")
        self.texts += [value for name, value in attrs if name in read and value]

    def handle_endtag(self, tag):
        self.unread -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.unread and data.strip():
            self.texts.append(" ".join(data.split()))


@pytest.fixture
def council(app, engine, built_once):
    """The attacks' council, and its words; whoever holds every role, and an author."""
    made = world.begin_small(app, engine, built_once)
    return built_once("the attacks' council in other words", lambda: put_into_words(app, engine, made))


def put_into_words(app, engine, made):
    planted = canaries.Planted(app, engine)
    with database.AuditSession(
        engine, expire_on_commit=False, info={"scope": system_scope("a test", world.COUNCIL)}
    ) as session:
        session.info["log_key"] = app.extensions["log_key"]
        term_service.change_words(
            session, world.COUNCIL, OTHER_WORDS, seen=own_words.NONE, by=made.person, now=builders_packs.NOW
        )
        manager = builders.make_person(session, (Role.team_manager,), manages=[planted.team]).id
        session.commit()
    return {"everything": made.person, "author": planted.author, "manager": manager}


@cache
def left_over(text):
    return PRODUCTS_WORDS.search(text) and not any(re.search(kept, text) for kept in MAY_KEEP)


def read(answer):
    if answer.mimetype == "text/html":
        shown = Shown()
        shown.feed(answer.get_data(as_text=True))
        return shown.texts
    if "spreadsheet" in answer.mimetype:
        book = openpyxl.load_workbook(io.BytesIO(answer.data), read_only=True)
        return [
            *book.sheetnames,
            *(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell),
        ]
    return []


def test_no_page_and_no_register_keeps_a_word_the_council_changed(app, engine, council):
    pages, before, answered = canaries.addresses(app, engine, most=1), test_reading.rows_of(engine), Counter()
    found = {}
    for name, person in council.items():
        page = world.sign_in(app, engine, person)
        # Every page in `make proof`; here one in four of whoever holds every role, of what others see one in twelve.
        for address in pages if WHOLE else pages[:: 4 if name == "everything" else 12]:
            with page.client.get(address, base_url="http://localhost") as answer:
                assert answer.status_code < 500, address
                answered[answer.status_code] += 1
                for text in () if any(part in address for part in UNCHANGED) else read(answer):
                    if left_over(text):
                        found.setdefault(text, address)
    assert found == {}
    assert answered[200] > (60 if WHOLE else 20)
    assert (
        test_reading.changed(before, test_reading.rows_of(engine)) == set()
    )  # what test_reading asks of PostgreSQL, in the same walk


TYPED = "the auditor’s strengths"


def type_everywhere(engine):
    """Every text that people typed begins with words of the product's."""
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if "authority_id" not in table.c or table.name in ("history_entry", "kept_form", "own_term"):
                continue
            typed = [column for column in table.c if is_typed(column)]
            for column in typed:
                length = column.type.length or 9_000
                longer = sa.func.substr(sa.literal(f"{TYPED} ").concat(column), 1, length)
                connection.execute(sa.update(table).where(column != "").values({column.name: longer}))


def is_typed(column):
    kept = column.name in canaries.KEPT or column.primary_key or column.foreign_keys or "sha256" in column.name
    return (
        canaries.is_text(column)
        and not kept
        and column.name not in ("key", "state", "code", "line", "reference", "audit_reference")
    )


def test_nothing_that_somebody_typed_is_put_into_other_words(app, engine, council):
    pages = canaries.addresses(app, engine, most=1)[:: 1 if WHOLE else 6]
    type_everywhere(engine)
    page, met, changed = world.sign_in(app, engine, council["everything"]), 0, {}
    for address in pages:
        with page.client.get(address, base_url="http://localhost") as answer:
            for text in read(answer):
                met += TYPED in text
                if re.search("kestrel.s beacons", text, re.IGNORECASE):
                    changed.setdefault(text[:200], address)
    assert met > (200 if WHOLE else 30)  # the control: typed text is on these pages
    assert changed == {}


def test_an_e_mail_speaks_in_the_words_of_its_readers_council(app, engine, council):
    with database.session_for(engine, system_scope("a test", world.COUNCIL)) as session:
        to = wiring.recipient(session, world.COUNCIL, council["author"])
        assert terms_queries.own_words(session, world.COUNCIL)
    subject, body = notice_wording.notice_mail(
        {"PUBLIC_ADDRESS": "https://audits.example"},
        "audit_action.given",
        "AAC-0001",
        "Audit-on-Sea",
        "audit-on-sea",
        say=to.say,
    )
    assert subject == "You have an action from a long lumen: AAC-0001"
    assert body.startswith("An action from a long lumen in Audit-on-Sea was given to you.")
    assert "https://audits.example/audit-on-sea/audit-actions/AAC-0001" in body


def messages_not_marked_as_ours():
    """Sentences for the next page that hold a term and are not handed over as a text of ours."""
    rooms = Path(audit_app.__file__).parent
    printed = {*(rooms / "packs" / "composing").iterdir(), *(rooms / "packs" / "story").iterdir()}
    # On paper `say` is the council's own words, not a message for the next page.
    for path in sorted({*rooms.rglob("*.py")} - printed):
        for node in source.walk(source.tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args:
                texts = [one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)]
                marked = isinstance(node.args[0], ast.Call) and ast.unparse(node.args[0].func).endswith("Ours")
                if not marked and any(isinstance(one, str) and own_words.holds_a_term(one) for one in texts):
                    yield f"{path.name}:{node.lineno}"


def test_a_message_for_the_next_page_follows_the_words_and_a_typed_one_does_not(app, engine, council):
    assert list(messages_not_marked_as_ours()) == []
    page = world.sign_in(app, engine, council["everything"])
    page.get("/greenhaven/library/own-sets/SET-0001/retirement")
    page.submit({"reason": "A new theme."})
    assert "The set is retired. Lumens made from it go on and read as they did." in page.text
    page.get("/greenhaven/people/new")
    page.submit({"name": "Audit Strengths", "user_name": "strengths@greenhaven.example", "roles": ["auditor"]})
    assert "Audit Strengths has been added" in page.text
