"""The draft of a data protection impact assessment: what the product knows, and blanks for what the council decides."""

from audit_app import words
from audit_app.records.fields import written
from audit_app.records.fields.described import WHOM, About
from audit_app.records.papers import law
from audit_app.records.papers.blanks import TITLES, Kind
from audit_app.records.papers.facts import Facts, tables_for
from audit_app.records.papers.fields import annex, elsewhere
from audit_app.records.papers.paper import Bullets, Line, Listing, Paper, Part, Words
from audit_app.records.papers.risks import risks
from audit_app.words import Ours

DRAFT = Ours(
    "This is a draft. The service wrote what it knows of itself from its own tables and settings; what the council "
    "must decide is marked, and stays a blank until somebody answers it."
)
RATED = Ours("To be rated by the council")


def paper(facts: Facts) -> Paper:
    """The draft as it stands today."""
    parts = (
        Part(Ours("What this paper is"), (Words(DRAFT), *_who(facts))),
        *_described(facts),
        Part(
            Ours("Consultation, necessity and proportion"),
            (*_statements(facts, "consultation", "necessity", "lawful-basis", "special-condition"), *_sparing()),
        ),
        _risks(facts),
        Part(Ours("What the council does itself"), _statements(facts, "hosting", "own-measures")),
        Part(Ours("Advice and decision"), _statements(facts, "advice", "residual-risk", "review")),
        law.part(law.OF_DPIA),
        *annex(facts),
    )
    return Paper(Kind.dpia, TITLES[Kind.dpia], facts.council, facts.as_at, parts)


def _statements(facts: Facts, *keys: str) -> tuple[Line, ...]:
    return tuple(facts.statement(key) for key in keys)


def _who(facts: Facts) -> tuple[Line, ...]:
    return _statements(facts, "controller", "officer")


def _described(facts: Facts) -> tuple[Part, ...]:
    purposes = tuple(
        (sentence, words.listing([table.row for table in tables_for(key)]), _people(key))
        for key, sentence in written.purposes().items()
    )
    counted = len(written.stored_fields())
    return (
        Part(
            Ours("What is processed, and why"),
            (
                Words(Ours(
                    "Auditors of the council read records of children in the council’s own case system and write here "
                    "what they saw. Managers act on it; leaders see patterns; inspectors are given packs. The case "
                    "record itself is not copied here."
                )),
                Listing(
                    Ours("Purposes"),
                    (Ours("Why"), Ours("What is kept for it"), Ours("Who it tells of")),
                    purposes,
                    (58, 72, 36),
                ),
                Words(Ours(f"{counted} fields are stored. Each stands in the annex.")),
                *_statements(facts, "people", "recipients", "transfers"),
            ),
        ),
        elsewhere(),
    )  # fmt: skip


def _people(purpose: str) -> str:
    named = {about for table in tables_for(purpose) for about in table.whom}
    return words.listing([WHOM[about] for about in About if about in named])


def _sparing() -> tuple[Line, ...]:
    return (
        Words(Ours("What the service does to keep little:")),
        Bullets((
            Ours("There is no field for a name, an address, a date of birth or an NHS number of a child or parent."),
            Ours("Age band, ethnicity and disability are chosen from lists and are printed for the quality assurance "
                 "team alone."),
            Ours("A finding keeps what an audit said in words without child-level detail, so that the audit itself can "
                 "be removed."),
            Ours("Nothing is sent to another service, nothing is loaded from one, and no visits are counted."),
        )),
    )  # fmt: skip


def _risks(facts: Facts) -> Part:
    rows = tuple((risk.what, risk.done, risk.left, RATED) for risk in risks(facts.setting))
    columns = (
        Ours("Risk"),
        Ours("What the service does"),
        Ours("What is left to the council"),
        Ours("Likelihood and severity"),
    )
    return Part(
        Ours("Risks to people"),
        (
            Words(Ours("How likely and how grave each is depends on the council, which rates it.")),
            Listing(Ours("Risks, measures, and what is left"), columns, rows, (36, 66, 40, 24)),
        ),
    )
