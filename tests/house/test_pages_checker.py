"""The page checker bites: each known bad page is refused for its own fault, and good pages pass."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import html5lib
import pytest
from flask import Flask, Response, redirect, request

from tests import pages

HERE = Path(__file__).parent
GOOD = (HERE / "good_page.html").read_text(encoding="utf-8")
BAD = sorted((HERE / "bad_pages").glob("*.html"))
EXPECTED = re.compile(r"<!-- status (\d+); says: (.*?) -->\s*$")


def test_a_good_page_passes():
    assert pages.check(GOOD, 200) == []
    assert pages.check((HERE / "good_page_422.html").read_text(encoding="utf-8"), 422) == []


def test_there_are_bad_pages():
    assert len(BAD) > 50


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_page_is_refused_for_its_fault(path):
    source = path.read_text(encoding="utf-8")
    status, words = EXPECTED.search(source).groups()
    found = pages.check(source, int(status))
    assert any(words.replace("{", "<").replace("}", ">") in fault for fault in found), found


@pytest.mark.parametrize("idle", pages.CHECKS, ids=lambda find: find.__name__)
def test_each_check_is_the_only_one_to_see_some_bad_page(monkeypatch, idle):
    monkeypatch.setattr(pages, "CHECKS", [find for find in pages.CHECKS if find is not idle])
    unseen = []
    for path in BAD:
        source = path.read_text(encoding="utf-8")
        if not pages.check(source, int(EXPECTED.search(source)[1])):
            unseen.append(path.stem)
    assert unseen


def test_the_reader_sees_what_a_browser_would_see():
    """An independent HTML5 parser finds the same elements, attributes and words, in the same order."""
    space = "{http://www.w3.org/1999/xhtml}"
    theirs = [node for node in html5lib.parse(GOOD).iter() if isinstance(node.tag, str)]
    ours = [node for node in pages.Reader(GOOD).root.walk() if node.tag != "#page"]
    assert [node.tag for node in ours] == [node.tag.removeprefix(space) for node in theirs]
    assert [node.attrs for node in ours] == [dict(node.attrib) for node in theirs]
    their_words = "".join("".join(html5lib.parse(GOOD).itertext()).split())
    assert "".join(ours[0].text.split()) == their_words


@pytest.fixture
def browser_like():
    app = Flask("pages")
    app.add_url_rule("/plan", view_func=lambda: GOOD, endpoint="plan")
    app.add_url_rule("/bad", view_func=lambda: GOOD.replace("<h1>", "<h2>"), endpoint="bad")
    app.add_url_rule("/file", view_func=lambda: Response(b"%PDF", mimetype="application/pdf"), endpoint="file")
    app.add_url_rule("/gone", view_func=lambda: redirect("/plan", 302), endpoint="gone")
    app.add_url_rule("/audits/AUD-0042/plan", view_func=_saved, methods=["POST"], endpoint="saved")
    return pages.Page(app.test_client())


def _saved():
    kept = "&".join(f"{name}={value}" for name, value in sorted(request.form.items(multi=True)))
    return redirect(f"/plan?{quote(kept, safe='=&')}", 303)


def test_a_page_is_read_as_a_person_would(browser_like):
    browser_like.get("/plan")
    assert (browser_like.h1, browser_like.status) == ("Plan & review", 200)
    assert "“none” of it is lost." in browser_like.text
    assert ("All audits", "/audits") in browser_like.links() and browser_like.link("All audits") == "/audits"
    assert browser_like.tables() == {"Earlier plans": [["Plan", "When"], ["One", "4 March 2026"]]}
    assert browser_like.field_names() == ["aim", "agreed", "why", "team", "note"]


def test_form_data_is_what_a_browser_would_send(browser_like):
    assert browser_like.get("/plan").form_data(button="Save") == {
        "csrf_token": "abc",
        "aim": 'Safer "now"',
        "agreed": "yes",
        "why": "First {{ line }}\nsecond",
        "team": "T1",
        "next": "save",
    }


def test_a_bad_page_stops_the_test_that_fetched_it(browser_like):
    with pytest.raises(AssertionError, match="0 h1, not one"):
        browser_like.get("/bad")


def test_another_status_than_expected_stops_the_test(browser_like):
    with pytest.raises(AssertionError, match="answered 404, not 200"):
        browser_like.get("/nowhere")


def test_files_and_redirects_are_not_held_to_be_pages(browser_like):
    assert browser_like.get("/file").data == b"%PDF"
    assert browser_like.get("/gone", status=302).location == "/plan"
    assert browser_like.get("/gone", follow=True).h1 == "Plan & review"


def test_a_form_is_filled_in_sent_and_its_redirect_followed(browser_like):
    browser_like.get("/plan")
    seen = browser_like.submit({"aim": "Better", "note": "1", "team": None})
    assert seen.url == "/plan?agreed=yes&aim=Better&csrf_token=abc&note=1&why=First%20%7B%7B%20line%20%7D%7D%0Asecond"
    assert browser_like.post("/audits/AUD-0042/plan", {"x": "1"}, follow=False).location == "/plan?csrf_token=abc&x=1"
    assert browser_like.post("/audits/AUD-0042/plan", {"x": "1"}, follow=False, csrf=False).location == "/plan?x=1"


def test_a_file_can_be_sent(browser_like):
    browser_like.get("/plan")
    seen = browser_like.post("/audits/AUD-0042/plan", {"sheet": (BytesIO(b"a,b"), "plans.csv")}, follow=False)
    assert seen.location == "/plan?csrf_token=abc"
