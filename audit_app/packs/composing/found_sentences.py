"""What was found, in sentences: who found it, in which document, at which paragraph, and what it rests on. Pure."""

from collections.abc import Iterable

from audit_app import words
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import quoted, sentence
from findings.references import FINDING, reference
from findings.states import FindingKind
from findings.tables import Finding, Inspection, Source
from findings.thread_shapes import FindingStrand, Thread


def what_was_found(thread: Thread, narrator: Narrator) -> list[str]:
    """Every finding that stands, with its document, paragraph and date, and what it rests on."""
    findings: list[str] = []
    for strand in thread.findings:
        if strand.stands:
            is_heading = strand.finding.verbatim and strand.finding.text.strip() == thread.area.heading.strip()
            findings.append(" ".join(finding_sentences(strand, narrator, is_heading=is_heading)))
    return findings or ["The register does not say what was found here, or where it came from."]


def finding_sentences(strand: FindingStrand, narrator: Narrator, *, is_heading: bool = False) -> list[str]:
    """One finding: where it was found, its words, and its evidence."""
    finding = strand.finding
    name = reference(FINDING, finding.number)
    text = finding.text.strip() or finding.title
    if is_heading:
        sentences = [f"{where_found(strand, narrator)} ({name}). Its words are the heading of this page."]
    else:
        body = quoted(text) if finding.verbatim else _titled(finding, text)
        sentences = [f"{where_found(strand, narrator)} ({name}): {sentence(body)}"]
    return [*sentences, *evidence_sentences(further_sources(strand), narrator)]


def further_sources(strand: FindingStrand) -> list[Source]:
    """The sources but for the inspection's own document, which the sentence has just named."""
    own = {strand.inspection.document_title, strand.inspection.title} if strand.inspection else set()
    return [source for source in strand.sources if source.words or source.audit_reference or source.document not in own]


def _titled(finding: Finding, text: str) -> str:
    title = finding.title.strip()
    return text if not title or text.casefold().startswith(title.casefold()) else f"{sentence(title)} {text}"


def where_found(strand: FindingStrand, narrator: Narrator) -> str:
    """Who found it, in which document, at which paragraph, on which day."""
    finding, inspection = strand.finding, strand.inspection
    if inspection is not None:
        who = inspection.body or f"The {inspection.kind.in_sentence}"
        place = "; ".join(
            part for part in (_document(inspection), paragraph_words(finding), printed_as(finding)) if part
        )
        return f"{who}, {place}" if place else who
    who = narrator.say(finding.origin.title)
    team = narrator.take("finding.team", finding.team_name)
    about = f" in {team}" if team else ""
    return f"{who}{about}, raised on {words.date_words(finding.raised_at)}"


def _document(inspection: Inspection) -> str:
    title = inspection.document_title or inspection.title
    day = f", published {words.date_words(inspection.published_on)}" if inspection.published_on else ""
    return f"{title}{day}"


def paragraph_words(finding: Finding) -> str:
    """paragraph 45; paragraphs 45 and 46."""
    given = finding.paragraphs.strip().lstrip("¶").strip()
    if not given:
        return "no paragraph given"
    if given.casefold().startswith("para"):
        return given
    return f"paragraph {given}" if given.isdigit() else f"paragraphs {given}"


def printed_as(finding: Finding) -> str:
    """area for improvement 4 of 13, to be met within three months."""
    kind = finding.kind.in_sentence
    if finding.printed_number is None:
        printed = kind
    else:
        total = f" of {finding.printed_total}" if finding.printed_total else ""
        printed = f"{kind} {finding.printed_number}{total}"
    limit = finding.timescale_text or (finding.timescale.title if finding.timescale else "")
    # The printed words of a time limit begin with a capital because they are a heading there.
    limit = limit[:1].lower() + limit[1:]
    return f"{printed}, to be met {limit}" if limit and finding.kind is not FindingKind.strength else printed


def evidence_sentences(sources: Iterable[Source], narrator: Narrator) -> list[str]:
    """The audits and documents something rests on, and what each of them said at the time."""
    sources = tuple(sources)
    audits = [source for source in sources if source.audit_reference]
    others = [source for source in sources if not source.audit_reference and (source.document or source.words)]
    sentences = [_audits_sentence(audits, narrator)] if audits else []
    # What several audits say in the same words is printed once.
    by_words: dict[str, list[str]] = {}
    for source in audits:
        heard = narrator.take("source.words", source.words)
        by_words.setdefault(heard, []).append(narrator.audit(source.audit_reference))
    quotes = [
        f"{words.listing(_each_once(names))}: {sentence(quoted(text))}" for text, names in by_words.items() if text
    ]
    sentences += [" ".join(quotes)] if quotes else []
    return [*sentences, *(_source_sentence(source, narrator) for source in others)]


def _audits_sentence(sources: list[Source], narrator: Narrator) -> str:
    number = len({source.audit_reference for source in sources})
    counted = narrator.at_least(number, "case audit", "case audits")
    if not narrator.may("source.audit"):
        narrator.leave_out("source.audit", number)
        return f"It rests on {counted}."
    by_grade: dict[str, list[str]] = {}
    for source in sources:
        grade = narrator.take("source.grade", source.grade_words)
        by_grade.setdefault(grade, []).append(narrator.audit(source.audit_reference))
    graded = [_graded_names(grade, _each_once(names)) for grade, names in by_grade.items()]
    return f"It rests on {counted}: {'; '.join(graded)}."


def _each_once(names: list[str]) -> list[str]:
    """Names in their own order, so that the order of a pack's own names tells nothing."""
    return sorted(set(names))


def _graded_names(grade: str, names: list[str]) -> str:
    """Good: AUD-0001 and AUD-0002."""
    return f"{grade} in {words.listing(names)}" if grade else words.listing(names)


def _source_sentence(source: Source, narrator: Narrator) -> str:
    dated = f", {words.date_words(source.dated_on)}" if source.dated_on else ""
    paragraph = f", paragraph {source.paragraph}" if source.paragraph else ""
    kind = narrator.say(words.sentence_case(source.kind.value))
    place = f"{source.document or kind}{paragraph}{dated}"
    heard = narrator.take("source.words", source.words)
    return (
        f"{place}: {sentence(quoted(heard))}"
        if heard
        else f"Evidence attached: {place[:1].lower() + place[1:] if not source.document else place}."
    )
