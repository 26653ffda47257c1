"""The reads of the library: families of editions, sets by title, where a question or an edition is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

import frameworks
from audit_app.library import queries_sets
from findings.tables import Finding, FindingJudgementArea, Inspection, Source
from frameworks import Domain, Edition, Question, QuestionSet, reader
from frameworks.crosswalk_file import Crossing, Family


@dataclass(frozen=True)
class FamilyView:
    """A framework with its editions, the newest first."""

    id: str
    name: str
    body: str
    editions: tuple[Edition, ...]


@dataclass(frozen=True)
class VersionLine:
    """One version of an edition: the name its page is opened by, that of the one before, whether it is the one read."""

    version: Edition
    address: str
    before: str
    is_open: bool


@dataclass(frozen=True)
class Used:
    """How often an edition is named in this council's own records, in the reader's scope."""

    inspections: int
    findings: int


@dataclass(frozen=True)
class AskedIn:
    """A set and length that asks a question."""

    questions: QuestionSet
    domain: Domain
    question: Question


def list_families() -> list[FamilyView]:
    """Every framework with its editions; those of which no end is known first, the newest of them first."""
    families = [_family_view(family) for family in reader.crosswalk_file().families]
    families.sort(key=lambda view: view.editions[0].valid_from, reverse=True)
    return sorted(families, key=lambda view: has_known_end(view.editions[0]))


def _family_view(family: Family) -> FamilyView:
    editions = tuple(frameworks.edition(edition_id) for edition_id in reversed(family.editions))
    return FamilyView(family.id, family.name, family.body, editions)


def family_of(edition_id: str) -> FamilyView | None:
    """The framework an edition is an edition of."""
    return next((view for view in list_families() if any(edition.id == edition_id for edition in view.editions)), None)


def before(edition_id: str) -> Edition | None:
    """The edition before this one, of the same framework."""
    family = family_of(edition_id)
    if family is None:
        return None
    ids = [edition.id for edition in family.editions]
    place = ids.index(edition_id)
    return family.editions[place + 1] if place + 1 < len(ids) else None


def used_instead(edition: Edition, on: date) -> Edition | None:
    """The newer edition of the same framework that is used on a day though this one has no last day; else None."""
    family = family_of(edition.id)
    if family is None or not edition.in_force(on):
        return None
    newest = frameworks.in_force(family.id, on)
    return newest if newest.id != edition.id else None


def has_known_end(edition: Edition) -> bool:
    """Whether an edition is known to have ended, or to have been superseded."""
    return edition.valid_to is not None or edition.superseded_by is not None


def version_lines(edition: Edition) -> list[VersionLine]:
    """Every version of an edition with its address, the newest first; nothing where it was never corrected."""
    versions = frameworks.versions(edition.id)
    if len(versions) == 1:
        return []
    newest = versions[-1].version
    return [
        VersionLine(
            version=version,
            address=version.id if version.version == newest else reader.published_name(version),
            before=reader.published_name(versions[place - 1]) if place else "",
            is_open=version.version == edition.version,
        )
        for place, version in reversed(list(enumerate(versions)))
    ]


def used(session: Session, authority_id: int, edition_id: str) -> Used:
    """Where an edition is named: inspections carried out under it, findings tied to its areas."""
    inspections = session.exec(
        select(sa.func.count(col(Inspection.number))).where(
            Inspection.authority_id == authority_id, Inspection.edition_id == edition_id
        )
    ).one()
    tied = (
        select(sa.func.count(sa.distinct(col(Finding.number))))
        .join(
            FindingJudgementArea,
            sa.and_(
                col(FindingJudgementArea.authority_id) == Finding.authority_id,
                col(FindingJudgementArea.finding_number) == Finding.number,
            ),
        )
        .where(Finding.authority_id == authority_id, FindingJudgementArea.edition_id == edition_id)
    )
    return Used(int(inspections), int(session.exec(tied).one()))


def crossings_of(edition_id: str) -> list[Crossing]:
    """The lines of the crosswalk that touch an edition or the domains of its sets."""
    start = f"{edition_id}/"
    lines = reader.crosswalk_file().lines
    return [line for line in lines if line.from_.startswith(start) or line.to.startswith(start)]


def asking(session: Session, authority_id: int, key: str, text: str) -> list[AskedIn]:
    """Every set of the library that asks a question, by its key and words, at its longest length."""
    asked_in = []
    for questions in every_set(session, authority_id):
        for domain in questions.domains:
            asked_in += [
                AskedIn(questions, domain, question)
                for question in domain.questions
                if question.key == key and question.text == text
            ]
    return asked_in


def every_set(session: Session, authority_id: int) -> Iterable[QuestionSet]:
    """Every set of the product and of the council, each at each length."""
    own = queries_sets.own_editions(session, authority_id)
    queries_sets.fetch(session, own)
    for edition_id in dict.fromkeys([*own, *(edition.id for edition in frameworks.editions())]):
        yield from queries_sets.sets_of(session, edition_id)


def count_sources(session: Session, authority_id: int, question_reference: str) -> int:
    """How many findings name a question as a source, in the reader's scope."""
    statement = select(sa.func.count(sa.distinct(col(Source.finding_number)))).where(
        Source.authority_id == authority_id,
        Source.question_reference == question_reference,
        col(Source.finding_number).is_not(None),
    )
    return int(session.exec(statement).one())
