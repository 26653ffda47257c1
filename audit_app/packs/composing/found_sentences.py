"""What was found, in sentences: who found it, in which document, at which paragraph, and what it rests on. Pure."""

from collections.abc import Iterable, Sequence

from audit_app import words
from audit_app.improvement import judgement_areas
from audit_app.improvement.wording import in_the_middle, is_an_answer, time_given
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import quoted, sentence
from findings.references import FINDING, reference
from findings.states import FindingKind, SourceKind
from findings.tables import Finding, Inspection, Source
from findings.thread_shapes import FindingStrand, Thread

# Among the kinds of source to choose from the last is “Something else”; on paper that would say nothing.
OTHER_KIND = "Evidence of another kind"
HEADING_OF_PAGE = "Its words are the heading of this page."


def what_was_found(thread: Thread, narrator: Narrator) -> list[str]:
    """Every finding that stands, with its document, paragraph and date, and what it rests on."""
    findings: list[str] = []
    for strand in thread.findings:
        if strand.stands:
            is_heading = strand.finding.verbatim and strand.finding.text.strip() == thread.area.heading.strip()
            findings.append(" ".join(finding_sentences(strand, narrator, is_heading=is_heading)))
    return findings or ["The register does not say what was found here, or where it came from."]


def finding_sentences(strand: FindingStrand, narrator: Narrator, *, is_heading: bool) -> list[str]:
    """One finding: where it was found, its words, and its evidence."""
    finding = strand.finding
    name, where = reference(FINDING, finding.number), where_found(strand, narrator)
    body = words_of(finding, narrator)
    first = f"{where} ({name}). {HEADING_OF_PAGE}" if is_heading else f"{where} ({name}): {sentence(body)}"
    return [first, *evidence_sentences(further_sources(strand, narrator), narrator)]


def words_of(finding: Finding, narrator: Narrator) -> str:
    """A finding's words, in quotation marks where they are somebody else's; its title where that says more."""
    title = narrator.tell(finding, "title")
    text = narrator.tell(finding, "text") or title
    body = quoted(text) if finding.verbatim else text
    begins = title.rstrip("….").strip().casefold()
    return body if text.casefold().startswith(begins) else f"{sentence(title)} {body}"


def further_sources(strand: FindingStrand, narrator: Narrator) -> list[Source]:
    """The sources but for the inspection's own document, which the sentence has just named."""
    own = {strand.inspection.document_title, strand.inspection.title} if strand.inspection else set()
    further = []
    for source in strand.sources:
        elsewhere = source.document not in own or source.paragraph not in ("", strand.finding.paragraphs)
        if source.words or source.audit_reference or source.grade_words or elsewhere:
            further.append(source)
        else:
            narrator.tell(source, "document")
            narrator.tell(source, "paragraph")
    return further


def where_found(strand: FindingStrand, narrator: Narrator) -> str:
    """Who found it, in which document, at which paragraph, on which day."""
    finding, inspection = strand.finding, strand.inspection
    team = narrator.tell(finding, "team_name")
    about = f" in {team}" if team else ""
    if inspection is not None:
        body = narrator.tell(inspection, "body")
        who = f"{body or f'The {inspection.kind.in_sentence}'}{about}"
        place = [document_of(inspection, narrator), paragraph_words(finding, narrator), printed_as(finding, narrator)]
        return ", ".join([who, "; ".join(part for part in (*place, *also_printed(strand, narrator)) if part)])
    parts = [f"{narrator.say(finding.origin.title)}{about}, raised on {words.date_words(finding.raised_at)}"]
    parts += [paragraph_words(finding, narrator)] if finding.paragraphs.strip() else []
    limit = time_limit(finding, narrator)
    parts += [f"to be met {limit}"] if limit else []
    return "; ".join([*parts, *also_printed(strand, narrator)])


def also_printed(strand: FindingStrand, narrator: Narrator) -> list[str]:
    """Whom a finding is for, where its report names several bodies; the tag that is printed beside it."""
    finding, inspection = strand.finding, strand.inspection
    more = []
    if narrator.tell(finding, "agencies"):
        edition_id = inspection.edition_id if inspection else ""
        more.append(f"for {words.listing(judgement_areas.agency_names(edition_id, finding.agencies))}")
    tag = narrator.tell(finding, "national_framework_as_printed")
    return [*more, f"printed with the tag {quoted(tag)}"] if tag else more


def document_of(inspection: Inspection, narrator: Narrator) -> str:
    """The report as people know it, with its day: Report on Greenhaven, published 15 January 2013."""
    named = narrator.tell(inspection, "document_title") or narrator.tell(inspection, "title")
    day = f", published {words.date_words(inspection.published_on)}" if inspection.published_on else ""
    return f"{named}{day}"


def paragraph_words(finding: Finding, narrator: Narrator) -> str:
    """paragraph 45; paragraphs 45 and 46."""
    given = narrator.tell(finding, "paragraphs").lstrip("¶").strip()
    if not given:
        return "no paragraph given"
    if given.casefold().startswith("para"):
        return given
    return f"paragraph {given}" if given.isdigit() else f"paragraphs {given}"


def time_limit(finding: Finding, narrator: Narrator) -> str:
    """How soon a finding's own report asks for it, and the day that makes: within three months, by 25 April 2013."""
    narrator.tell(finding, "timescale_text")
    return time_given(finding)


def printed_as(finding: Finding, narrator: Narrator) -> str:
    """area for improvement 4 of 13, to be met within three months, by 15 April 2013."""
    limit = time_limit(finding, narrator)
    item = numbered(finding)
    return f"{item}, to be met {limit}" if limit and finding.kind is not FindingKind.strength else item


def numbered(finding: Finding) -> str:
    """area for improvement 4 of 13."""
    kind = finding.kind.in_sentence
    if finding.printed_number is None:
        return kind
    return f"{kind} {finding.printed_number}" + (f" of {finding.printed_total}" if finding.printed_total else "")


# --- what it rests on ------------------------------------------------------------------------------------------------


def evidence_sentences(sources: Iterable[Source], narrator: Narrator) -> list[str]:
    """The audits and documents something rests on, and what each of them said at the time.

    The words kept of an answer are the question it was given to: they are printed as what was asked, with what was
    answered, never as what somebody saw.
    """
    sources = tuple(sources)
    audits = [source for source in sources if source.audit_reference]
    others = [source for source in sources if not source.audit_reference]
    sentences = _audits_sentences(audits, narrator) if audits else []
    sentences += [text for source in audits if (text := _place_in_audit(source, narrator))]
    return [*sentences, *(_source_sentence(source, narrator) for source in others)]


def _audits_sentences(sources: Sequence[Source], narrator: Narrator) -> list[str]:
    number = len({source.audit_reference for source in sources})
    counted = narrator.at_least(number, "case audit", "case audits")
    for source in sources:
        narrator.tell(source, "audit_reference")
    if not narrator.may("source.audit"):
        return [f"It rests on {counted}."]
    asked: dict[str, list[Source]] = {}
    seen: dict[str, list[Source]] = {}
    graded: list[Source] = []
    for source in sources:
        text = narrator.tell(source, "words")
        if text and is_an_answer(source):
            asked.setdefault(text, []).append(source)
        else:
            graded.append(source)
            seen.setdefault(text, []).append(source)
    sentences = [f"It rests on {counted}: {_graded(graded, narrator)}." if graded else f"It rests on {counted}."]
    for question, given in asked.items():
        sentences.append(f"Asked: {sentence(quoted(question))} Answered: {_graded(given, narrator, in_sentence=True)}.")
    quotes = [f"{_names(given, narrator)}: {sentence(quoted(text))}" for text, given in seen.items() if text]
    return [*sentences, " ".join(quotes)] if quotes else sentences


def _graded(sources: Iterable[Source], narrator: Narrator, *, in_sentence: bool = False) -> str:
    """Good in AUD-0001 and AUD-0002; Inadequate in AUD-0003."""
    by_grade: dict[str, list[Source]] = {}
    for source in sources:
        grade = narrator.tell(source, "grade_words")
        by_grade.setdefault(in_the_middle(grade) if in_sentence else grade, []).append(source)
    parts = []
    for grade, given in by_grade.items():
        # Whoever is told the question is told its answer too, so here none was recorded.
        answer = grade or ("an answer that is not recorded" if in_sentence else "")
        parts.append(f"{answer} in {_names(given, narrator)}" if answer else _names(given, narrator))
    return "; ".join(parts)


def _names(sources: Iterable[Source], narrator: Narrator) -> str:
    """Names of audits in their own order, so that the order of a pack's own names tells nothing."""
    return words.listing(sorted({narrator.audit(source.audit_reference) for source in sources}))


def _place_in_audit(source: Source, narrator: Narrator) -> str:
    """A document or paragraph that somebody gave beside an audit."""
    document, paragraph = narrator.tell(source, "document"), narrator.tell(source, "paragraph")
    place = ", ".join(filter(None, (document, f"paragraph {paragraph}" if paragraph else "")))
    return f"Named beside {narrator.audit(source.audit_reference)}: {place}." if place else ""


def _source_sentence(source: Source, narrator: Narrator) -> str:
    document, paragraph = narrator.tell(source, "document"), narrator.tell(source, "paragraph")
    kind = narrator.say(source.kind.title) if source.kind is not SourceKind.other else OTHER_KIND
    parts = [
        document or kind,
        f"paragraph {paragraph}" if paragraph else "",
        words.date_words(source.dated_on) if source.dated_on else "",
    ]
    place = ", ".join(filter(None, parts))
    text, grade = narrator.tell(source, "words"), narrator.tell(source, "grade_words")
    graded = f" Graded: {sentence(in_the_middle(grade))}" if grade else ""
    if text and is_an_answer(source):
        return (
            f"{place}. Asked: {sentence(quoted(text))}{f' Answered: {sentence(in_the_middle(grade))}' if grade else ''}"
        )
    if text:
        return f"{place}: {sentence(quoted(text))}{graded}"
    return f"Named as a source: {in_the_middle(place) if not document else place}.{graded}"
