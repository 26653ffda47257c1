"""What a template is tried with before it is kept: made up, every list with something in it, every text with a word."""

from datetime import date

from audit_app.self_assessment.signing.contents import (
    Assessment,
    FrozenCitation,
    FrozenClaim,
    FrozenLookBack,
    FrozenPassage,
    FrozenPlan,
    FrozenSection,
    FrozenSummary,
)
from audit_app.self_assessment.tables_outputs import WordFor
from audit_app.self_assessment.versions.contents import Part, Version
from audit_app.self_assessment.word import telling
from audit_app.self_assessment.word.telling import Told

MARKING = "OFFICIAL-SENSITIVE"
SIGNATURE = "Signed by the Director of Children’s Services on 2 November 2026"
FINGERPRINT = "9f2c" * 16
TEMPLATE = "Version 1 of the council’s own template"
CITED = FrozenCitation(
    kind="grades",
    reference="AFI-0003",
    words="8 of 12 audits drawn at random good or better",
    details=("Good 8 and requires improvement to be good 4.",),
    dated_on=date(2026, 10, 31),
    href="https://www.example.org/report",
    is_figure=True,
    n=12,
    reached=8,
)
CLAIM = FrozenClaim(
    id=1,
    question="known",
    text="Most plans say who does what by when",
    stance="works_well",
    rung=3,
    rung_words="Rung 3 of 5: shown by audits",
    rung_reason="Two rounds of audits agree",
    cited=(CITED,),
    doubts=(("stale", "Its newest evidence speaks of a day more than 12 months ago."),),
)
SECTION = FrozenSection(
    id=1,
    area_id="HP",
    heading="Children who need help and protection",
    agency_id="la",
    agency_name="Local authority",
    has_grades=True,
    grade_code="good",
    grade_name="Good",
    grade_reason="Audits and children say so",
    passages=(FrozenPassage("known", "What do we know about practice?", "Children are seen quickly & alone."),),
    claims=(CLAIM,),
    plans=(FrozenPlan(2, "Rewrite the plan template", "Head of Service", date(2027, 3, 31), "Dip sample", "ACT-0011"),),
)
ASSESSMENT = Assessment(
    format=1,
    reference="SAS-0001",
    title="Self-evaluation 2026",
    council="Your council",
    fictional=True,
    edition_id="ilacs-2026",
    edition_title="Inspecting local authority children’s services",
    edition_fingerprint="",
    theme="Neglect",
    period_from=date(2026, 4, 1),
    period_to=date(2027, 3, 31),
    as_at=date(2026, 11, 2),
    previous="SAS-0002",
    leaders_words="We know that plans are too vague, and we are mending them.",
    leaders_post="Director of Children’s Services",
    leaders_signed_on=date(2026, 11, 1),
    sections=(SECTION,),
    look_back=(
        FrozenLookBack(3, True, "Leadership", "Fewer cases each", "partly", "Partly", "From 21 to 18 each", "EVD-0002"),
    ),
    writers=("A. Writer", "B. Writer"),
    summary=(FrozenSummary("known", "What we know", "Children are seen quickly and alone."),),
)
SINCE = {1: ("Of the 12 audits counted, 1 was corrected after the signature.",)}


def of(word_for: WordFor) -> Told:
    """The example for one kind of document; its names are the only ones a template of that kind may use."""
    given = {"marking": MARKING, "signature": SIGNATURE, "fingerprint": FINGERPRINT, "template": TEMPLATE}
    return MAKERS[word_for](given)


def _whole(given: dict[str, str]) -> Told:
    return {**telling.whole(ASSESSMENT, since=SINCE, **given), "draft": telling.DRAFT}


def _summary(given: dict[str, str]) -> Told:
    return {**telling.summary(ASSESSMENT, **given), "draft": telling.DRAFT}


VERSION = Version(
    format=1,
    audience="children",
    title="What you told us",
    council="Your council",
    fictional=True,
    of_reference="SAS-0001",
    of_title="Self-evaluation 2026",
    of_signed_on=date(2026, 11, 2),
    period_from=date(2026, 4, 1),
    period_to=date(2027, 3, 31),
    parts=(Part("What you told us", "You want to see the same social worker."),),
)


def _version(given: dict[str, str]) -> Told:
    return telling.version(
        VERSION, marking="May be published", signature=given["signature"], day="3 November 2026",
        template=given["template"],
    )  # fmt: skip


MAKERS = {
    WordFor.whole: _whole,
    WordFor.summary: _summary,
    WordFor.staff: _version,
    WordFor.children: _version,
}
