"""Our own Word templates: what a council prints with until it brings its own, and what it may start from."""

from functools import cache

from audit_app import word_files
from audit_app.self_assessment.tables_outputs import WordFor
from audit_app.word_files import Starting

WHOLE = 11
# On every page: how it is marked, who may be shown it, and that it is a draft while it is one.
TOP = "{{ marking }} · May be shown to: {{ level }}{% if draft %} · {{ draft }}{% endif %}"
FACTS = (
    ("Written against", "{{ edition }}{% if theme %}: {{ theme }}{% endif %}"),
    ("Period", "{{ period }}"),
    ("As at", "{{ as_at }}"),
    ("Reference", "{{ reference }}"),
    ("Signature", "{{ signature }}"),
    ("Written by", "{{ written_by }}"),
    ("May be shown to", "{{ level }}"),
    ("Fingerprint", "{{ fingerprint }}"),
    ("Made with", "{{ template }}"),
)


@cache
def template(word_for: WordFor) -> bytes:
    """The file, the same bytes each time."""
    made = MAKERS[word_for]()
    return made.data()


def front(made: Starting) -> None:
    """The title and what a reader must know before reading on."""
    made.heading("{{ title }}", 0)
    made.words("{{ council }}{% if fictional %}. {{ fictional }}{% endif %}", "Subtitle")
    made.edges(TOP, "{{ reference }} · as at {{ as_at }}")


def _whole() -> Starting:
    made = word_files.Starting(WHOLE)
    front(made)
    made.facts(FACTS)
    made.block("if leaders_words")
    made.heading("In the leader’s own words", 1)
    made.words("{{ leaders_words }}", "Quote")
    made.words("{{ leaders_signature }}")
    made.block("endif")
    made.block("for section in sections")
    made.heading("{{ section.title }}", 1)
    made.block("if section.has_grade")
    made.words("{{ section.grade }}", bold="Self-assessed:")
    made.block("if section.grade_reason")
    made.words("{{ section.grade_reason }}")
    made.block("endif")
    made.block("endif")
    made.block("for passage in section.passages")
    made.heading("{{ passage.question }}", 2)
    made.words("{{ passage.text }}")
    _claims(made)
    made.block("endfor")
    made.block("if section.plans")
    made.heading("Plans for the next 12 months", 2)
    made.table(
        ("What", "Who", "By when", "How its impact will be shown"),
        "for plan in section.plans",
        ("{{ plan.what }}{% if plan.action %} ({{ plan.action }}){% endif %}", "{{ plan.who }}", "{{ plan.by_when }}",
         "{{ plan.impact }}"),
        (60, 36, 30, 40),
    )  # fmt: skip
    made.block("endif")
    made.block("endfor")
    _looked_back(made)
    return made


def _claims(made: Starting) -> None:
    made.block("for claim in passage.claims")
    made.words("{{ claim.text }}", "Quote", bold="Claim.")
    made.words("{{ claim.firmness }} {{ claim.firmness_reason }}")
    made.block("for doubt in claim.against")
    made.words("{{ doubt }}", "List Bullet")
    made.block("endfor")
    made.block("for proof in claim.cited")
    made.words(
        "{{ proof.words }}{% for detail in proof.details %} {{ detail }}{% endfor %}"
        "{% if proof.link %} {{ proof.link }}{% endif %}",
        "List Bullet",
        bold="{{ proof.kind }}.",
    )
    made.block("endfor")
    made.block("if claim.cites_nothing")
    made.words("It cites nothing.")
    made.block("endif")
    made.block("endfor")


def _looked_back(made: Starting) -> None:
    made.block("if looked_back")
    made.heading("What became of what {{ before }} said", 1)
    made.table(
        ("What was said or planned", "What became of it"),
        "for line in looked_back",
        ("{{ line.kind }}: {{ line.about }}", "{{ line.became }}. {{ line.words }}"),
        (83, 83),
    )
    made.block("endif")


def _summary() -> Starting:
    made = word_files.Starting(10)
    made.heading("{{ title }}: summary", 1)
    made.words("{{ council }}.{% if fictional %} {{ fictional }}{% endif %} {{ edition }}. {{ period }}.")
    made.block("for part in parts")
    made.heading("{{ part.heading }}", 2)
    made.words("{{ part.text }}")
    made.block("endfor")
    made.block("if grades")
    made.heading("How we grade ourselves", 2)
    made.table(
        ("Area", "Self-assessed grade"), "for line in grades", ("{{ line.area }}", "{{ line.grade }}"), (116, 50)
    )
    made.block("endif")
    made.words("{{ signature }}")
    made.edges(TOP, "{{ reference }} · as at {{ as_at }}")
    return made


def _version(points: float) -> Starting:
    made = word_files.Starting(points)
    made.heading("{{ title }}", 0)
    made.words("{{ council }}{% if fictional %}. {{ fictional }}{% endif %}", "Subtitle")
    made.words("{{ retells }} {{ signature }}")
    made.block("for part in parts")
    made.heading("{{ part.heading }}", 1)
    made.words("{{ part.text }}")
    made.block("endfor")
    made.edges("{{ marking }}", "{{ reference }} · {{ day }}")
    return made


MAKERS = {
    WordFor.whole: _whole,
    WordFor.summary: _summary,
    WordFor.staff: lambda: _version(11),
    WordFor.children: lambda: _version(14),
}
