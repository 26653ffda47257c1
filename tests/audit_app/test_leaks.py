"""The reader of leaks bites, and leaves what people write alone; the log tells its codes in words."""

import re
from pathlib import Path

import pytest

import audit_app
from audit_app.history import telling
from audit_app.library import product_editions
from tests.journeys import leaks


def page_of(*columns):
    rows = zip(*columns, strict=True)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{body.replace('<td>', '<th>', len(columns)).replace('</td>', '</th>', len(columns))}</table>"


@pytest.mark.parametrize(
    "text, leaks_it",
    [
        ("gave the role team_manager", True),
        ("refused the page audits.index", True),
        ("Due None", True),
        ("True", True),
        ("Informs ilacs-2026/CIC", True),
        ("asha_khan@greenhaven.example", False),
        ("https://greenhaven.example/two_words", False),
        ("None yet", False),
        ("G-123456, AUD-0042, ILACS 2026", False),
    ],
)
def test_what_only_programmers_know_is_found(text, leaks_it):
    assert bool(leaks.leaks(f"<p>{text}</p>")) is leaks_it


def test_two_ways_of_writing_a_day_in_one_column_are_found():
    mixed = page_of(["Stage", "Submitted on 4 Mar 2026", "due on 4 March 2026"], ["Who", "A", "B"])
    assert leaks.mixed_columns(mixed) == ["“Stage” has days written long and short"]
    assert leaks.mixed_columns(page_of(["From", "1 May 2026"], ["To", "2 June 2026"])) == []
    assert leaks.mixed_columns(page_of(["From", "1 May 2026", "3 Jun 2026"])) == []


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("role", "business_support", "business support officer"),
        ("page", "improvement.list_findings", "“list findings” of improvement"),
        ("why", "not_their_role", "it is not open to their role"),
        ("edition", "ilacs-2026", "ILACS 2026"),
        ("due", "2026-03-04", "4 March 2026"),
        ("due", "no date", "no date"),
        ("owner", 7, "7"),
    ],
)
def test_the_log_tells_its_codes_in_words(name, value, words):
    assert telling._worded(name, value) == words


def test_an_edition_and_an_area_are_named_in_words():
    assert product_editions.edition_named("own-greenhaven-neglect-2") == "version 2"
    assert product_editions.edition_named("case-audit-2") == "Case audit questions, second edition"
    assert product_editions.area_named("ilacs-2026/CIC").endswith(" (ILACS 2026)")
    assert "/" not in product_editions.area_named("ilacs-2026/CIC")


def test_words_that_pages_explain_are_the_glossary_s():
    """A word that a page explains has its line in README, and every word a page asks for is explained."""
    folder = Path(audit_app.__file__).parent / "templates"
    explained = re.findall(r'^  "([A-Z][\w -]+)": ', (folder / "components" / "glossary.html").read_text("utf-8"), re.M)
    rows = re.findall(r"^\| ([^|]+) \|", (folder.parent.parent / "README.md").read_text("utf-8"), re.M)
    known = {word.strip() for row in rows for word in re.split("[,;·]", row)}
    assert [word for word in explained if word.lower() not in known] == []
    pages = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.html"))
    asked = {word for call in re.findall(r"words_used\(\[(.*?)\]\)", pages) for word in re.findall('"(.*?)"', call)}
    assert asked == set(explained)
