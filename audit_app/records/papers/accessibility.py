"""The accessibility statement: what was built and tested, what falls short, and what the council says beside it."""

from audit_app.records.papers.blanks import TITLES, Kind
from audit_app.records.papers.facts import Facts
from audit_app.records.papers.paper import Bullets, Line, Paper, Part, Words
from audit_app.words import Ours

ABLE_TO = (
    Ours("zoom in up to 400% and read everything on a screen 320 pixels wide, without scrolling sideways"),
    Ours("go through every page and form with a keyboard alone"),
    Ours("use every page with scripts switched off"),
    Ours("use a screen reader: each page has one main heading, each field a label, and each error a link to the field "
         "it is about"),
)  # fmt: skip
SHORT = (
    Ours("Printed packs are tagged PDF files with headings, tables and a language, but they have not been checked "
         "against the PDF/UA standard. Each pack can also be read as a web page with the same content."),
    Ours("Workbooks (Excel files) have headings in their first row, but have not been tested with a screen reader."),
)  # fmt: skip


def paper(facts: Facts) -> Paper:
    """The statement as it stands today."""
    parts = (
        Part(Ours("What you should be able to do"), (
            Words(Ours("This statement is about the inspection readiness service, as delivered to councils. We want as "
                       "many people as possible to be able to use it. You should be able to:")),
            Bullets(ABLE_TO),
        )),
        Part(Ours("How far it meets the standard"), (
            Words(Ours("It is built to meet the Web Content Accessibility Guidelines version 2.2 at level AA. No "
                       "outside body has audited it, so we do not claim that it meets them in full.")),
        )),
        Part(Ours("What we know falls short"), (Bullets((*SHORT, _signed_out(facts.setting.idle_minutes))),)),
        Part(Ours("How it was tested"), (*_tested(facts),)),
        Part(Ours("If you cannot use something"), (*_asking(facts),)),
    )  # fmt: skip
    return Paper(Kind.accessibility, TITLES[Kind.accessibility], facts.council, facts.as_at, parts)


def _signed_out(minutes: int) -> Ours:
    return Ours(
        f"You are signed out after {minutes} minutes without a new page. With scripts on, a warning comes at least two "
        "minutes before, and one press keeps you signed in. With scripts off there is no warning, but what you send "
        "after that time is kept and shown to you again when you have signed in."
    )


def _tested(facts: Facts) -> tuple[Line, ...]:
    ours = Words(Ours(
        "Its own tests check every page for its structure (headings, labels, errors, tables) and run automatic "
        "accessibility checks in a browser (Chromium). It was not tested by disabled people, nor with JAWS, NVDA, "
        "VoiceOver, Dragon or ZoomText."
    ))  # fmt: skip
    return (ours, facts.statement("access-tested")) if facts.council else (ours,)


def _asking(facts: Facts) -> tuple[Line, ...]:
    contact = facts.setting.accessibility_contact
    whom = (
        f"Write to {contact}."
        if contact
        else "Ask your council: whoever looks after accounts there can tell you whom to write to."
    )
    asking = Words(Ours(
        f"{whom} Say which page it is and what you need, such as large print, an easy read or a paper form."
    ))  # fmt: skip
    complaint = Words(Ours(
        "If you are not happy with the answer, the Equality Advisory and Support Service can advise you. The Equality "
        "and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) "
        "Accessibility Regulations 2018."
    ))  # fmt: skip
    return (asking, facts.statement("access-contact"), complaint) if facts.council else (asking, complaint)
