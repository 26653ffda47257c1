"""What pages promise when they say that somebody is told, and that every page says it by the one function."""

import re
from pathlib import Path

import audit_app
from audit_app import notices

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
TEMPLATES = Path(audit_app.__file__).parent / "templates"
PROMISES = re.compile(r"told at once|told as soon|are told as|got a link|has been told|is alerted|are alerted")

NO_MAIL = {"SMTP_HOST": "", "NOTIFY_API_KEY": ""}


def test_an_e_mail_is_promised_only_where_one_goes_out():
    none, named = notices.telling(NO_MAIL), notices.telling({**NO_MAIL, "SMTP_HOST": "mail.example"})
    assert notices.telling({**NO_MAIL, "NOTIFY_API_KEY": "a key"}) == named
    held_up = notices.telling({**NO_MAIL, "SMTP_HOST": "mail.example"}, ["3 e-mails wait to be sent again."])
    assert [each.alerts for each in (none, named, held_up)] == [False, True, False]
    assert named.when == "by e-mail, and here when they next sign in" and not named.warning
    assert none.when == "here, when they next sign in: this service sends no e-mail"
    assert none.warning == "Nobody is alerted until they sign in: this service sends no e-mail."
    assert held_up.warning == "Nobody is alerted until they sign in: e-mails are not getting through at the moment."
    # With no server it is never the server that is in trouble.
    assert notices.telling(NO_MAIL, ["old trouble"]).warning == none.warning


def test_no_page_promises_by_itself_that_somebody_is_told():
    pages = list(TEMPLATES.rglob("*.html"))
    promising = {page.name for page in pages if PROMISES.search(COMMENT.sub("", page.read_text("utf-8")))}
    assert len(pages) > 100 and promising == set()
    assert PROMISES.search("and the team’s manager are told at once")
