"""Everything an audit says as one plain document: what is frozen on submission, shown on pages, and compared."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from audit_app import words
from audit_app.audits import completeness, question_sets
from audit_app.audits.rails.wording import for_every_reader
from audit_app.audits.record_facts import telling as facts
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer
from audit_app.library import asking
from frameworks import Domain, Question, QuestionSet, conditions
from frameworks.kinds import answered as kinds
from frameworks.kinds import totals

FORMAT = 1
KEPT_BACK, AN_ACTION = "Answered", "One was set"

# What is frozen of the audit itself; the auditor's private notes are theirs and never part of it.
FACTS = (
    "number", "edition_id", "set_id", "length", "subject", "audit_type", "how_chosen", "case_reference", "cohort",
    "team_id", "team_name", "service_name", "practitioner_code", "manager_code", "window_from", "window_to", "age_band",
    "ethnicity", "disability", "sibling_link", "theme", "re_audit_of", "tests_area", "auditor_id", "allocated_on",
    "due_on",
)  # fmt: skip
CLOSING = ("strengths", "worries", "difference")

Document = dict[str, Any]


def compose(
    audit: CaseAudit,
    questions: QuestionSet,
    domain_answers: Mapping[str, DomainAnswer],
    answers: Mapping[str, Answer],
    asked_again: Document | None = None,
    *,
    given_facts: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """The document of an audit as it stands, complete enough to be read without any file beside it.

    `asked_again` is what its grades were asked about, as `rails.asking.written_down` gives it; `given_facts` what is
    given to the facts about the record, by their ids.
    """
    ends = questions.overall_grade
    given = completeness.scorable_answers(answers), completeness.scorable_domains(domain_answers)
    by_domain, whole = totals.totals(questions, *given)
    asked_keys = shown_keys(questions, domain_answers, answers)
    return {
        "format": FORMAT,
        "set_title": questions.title,
        "edition_fingerprint": audit.fingerprint,
        "audit": {name: _plain(getattr(audit, name)) for name in FACTS} | _consent(audit),
        **facts.written_down(questions, given_facts),
        "domains": [
            _domain(questions, domain, domain_answers.get(domain.id), answers, asked_keys)
            | _points(by_domain.get(domain.id))
            for domain in questions.domains
        ],
        "overall": {
            "asked": ends is not None,
            "grade": audit.overall_grade,
            "grade_name": questions.scale(ends.scale).name_of(audit.overall_grade)
            if ends and audit.overall_grade
            else "",
            "rationale": audit.overall_rationale,
        },
        **_points(whole),
        "closing": {name: getattr(audit, name) for name in CLOSING},
        "minutes_taken": audit.minutes_taken,
        "sources": audit.sources,
        **(asked_again or {}),
    }


def _points(total: totals.Total | None) -> Document:
    """Only where answers have points, so that other audits are written down as they always were."""
    return {"points": {**vars(total), "in_words": points_words(total)}} if total else {}


def points_words(total: totals.Total) -> str:
    """9 of 12 from 4 answers; 1 question does not apply and 2 are left open, in neither number."""
    parts = [f"{words.count(total.not_applicable, 'question')} not applicable"] if total.not_applicable else []
    parts += [f"{words.count(total.left_open, 'question')} left open"] if total.left_open else []
    aside = f"; {words.listing(parts)}, in neither number" if parts else ""
    if not total.answered:
        return f"none counted yet{aside}"
    answers = words.count(total.answered, "answer")
    return f"{total.points:,} of {total.out_of:,} from {answers}{aside}"


def _consent(audit: CaseAudit) -> Document:
    """Only where somebody was observed, so that other audits are written down as they always were."""
    return {"family_consent": audit.family_consent} if audit.family_consent else {}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int | bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def shown_keys(
    questions: QuestionSet, domain_answers: Mapping[str, DomainAnswer], answers: Mapping[str, Answer]
) -> Collection[str]:
    """The questions that are asked: all of them in a set without conditions, which needs no looking at answers."""
    if not conditions.are_there(questions.domains):
        return {question.key for question in questions.questions}
    return completeness.asked(questions, domain_answers, answers)


def _domain(
    questions: QuestionSet,
    domain: Domain,
    row: DomainAnswer | None,
    answers: Mapping[str, Answer],
    asked_keys: Collection[str],
) -> Document:
    grade = row.grade if row else ""
    return {
        "id": domain.id,
        "number": domain.number,
        "title": domain.title,
        "graded": domain.graded and questions.domain_scale is not None,
        "informs": list(domain.informs),
        # Only where there are some, so that audits of sets without them are written down as they always were.
        **({"also_informs": list(domain.also_informs)} if domain.also_informs else {}),
        "grade": grade,
        "grade_name": questions.scale(questions.domain_scale).name_of(grade)
        if grade and questions.domain_scale
        else "",
        "rationale": row.rationale if row else "",
        "not_applicable": bool(row and row.not_applicable),
        "reason": row.not_applicable_reason if row else "",
        **_waiting(questions, domain, asked_keys),
        "questions": [
            _question(questions, question, answers.get(question.key))
            if question.key in asked_keys
            else _not_asked(questions, question, answers.get(question.key))
            for question in domain.questions
        ],
    }


def _waiting(questions: QuestionSet, domain: Domain, asked_keys: Collection[str]) -> Document:
    """For what a domain waits, where it is not asked."""
    if conditions.is_asked(domain, asked_keys):
        return {}
    return {"not_asked": asking.waiting_words(questions, (domain.show_if,))}


def _not_asked(questions: QuestionSet, question: Question, answer: Answer | None) -> Document:
    """A question whose condition does not hold: never counted; what was answered before that is set aside in words."""
    unasked = {**_question(questions, question, None), "not_asked": asking.condition_words(questions, question)}
    if answer is None or not answer.says_anything:
        return unasked
    text = "\n".join(filter(None, (answer.text, answer.evidence, answer.action)))
    given = {"answer": question_sets.all_given(questions, question, answer), "words": text}
    return {**unasked, "set_aside": given}


def _question(questions: QuestionSet, question: Question, answer: Answer | None) -> Document:
    return {
        "key": question.key,
        "number": question.number,
        "text": question.text,
        "starred": question.starred,
        "safety": question.safety,
        "code": answer.code if answer else "",
        "answer": question_sets.all_given(questions, question, answer) if answer else "",
        "words": answer.text if answer else "",
        **_more(questions, question, answer),
    }


def _more(questions: QuestionSet, question: Question, answer: Answer | None) -> Document:
    """What only some questions have, so that audits of sets without it are written down as they always were."""
    more: Document = {}
    if question.sub_section:
        more["sub_section"] = question.sub_section
    if answer is None:
        return more
    if answer.given:
        more["given"] = answer.given
        # A date or a number was typed, and is kept back wherever typed words are.
        more["typed"] = kinds.answered_with(question) in ("date", "number")
    if question.second and answer.second:
        name = questions.scale(question.second.scale).name_of(answer.second)
        more["second"] = {"label": question.second.label, "code": answer.second, "answer": name}
    if answer.action:
        more["action"] = _action(answer.action, answer.action_owner, answer.action_due)
    return {**more, "evidence": answer.evidence} if answer.evidence else more


def _action(what: str, owner: str, due: str) -> Document:
    """The action on a row, and how it reads: what, who, by when."""
    return {"what": what, "owner": owner, "due": due, "in_words": action_in_words(what, owner, due)}


def action_in_words(what: str, owner: str, due: str) -> str:
    """What is to be done, by whom, by which day, with commas between."""
    by = f"by {words.date_words(date.fromisoformat(due))}" if due else ""
    return ", ".join(filter(None, (what, owner, by)))


def action_words(asked: Mapping[str, Any]) -> str:
    """The action on a row in a sentence; nothing where there is none."""
    return str(asked["action"]["in_words"]) if "action" in asked else ""


def beside(asked: Mapping[str, Any]) -> str:
    """What stands beside an answer in words: what was seen, where the evidence is, the action."""
    evidence, action = asked.get("evidence"), action_words(asked)
    named = (f"Evidence: {evidence}" if evidence else "", f"Action: {action}" if action else "")
    return "\n".join(filter(None, (asked["words"], *named)))


def canonical(document: Document) -> str:
    """The one way a document is written down, so that equal contents have equal bytes."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256_of(text: str) -> str:
    """The hash kept beside frozen contents, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def without_words(document: Document) -> Document:
    """The document for readers who see grades and answers, but none of the text typed about the child."""
    domains = [
        {**domain, "rationale": "", "reason": "", "questions": [_wordless(asked) for asked in domain["questions"]]}
        for domain in document["domains"]
    ]
    closing = dict.fromkeys(document["closing"], "")
    wordless = {**document, "domains": domains, "closing": closing, "overall": {**document["overall"], "rationale": ""}}
    wordless |= facts.without_words(document)
    if "asked_again" in document:
        lines = document["asked_again"]
        wordless["asked_again"] = [{**line, "reason": "", "kept_back": bool(line["reason"])} for line in lines]
    return wordless


def _wordless(asked: Document) -> Document:
    aside = {"set_aside": {**asked["set_aside"], "words": ""}} if "set_aside" in asked else {}
    typed = {"answer": KEPT_BACK, "given": ""} if asked.get("typed") else {}
    action = {"action": {**_action("", "", ""), "in_words": AN_ACTION}} if "action" in asked else {}
    return {**asked, **aside, **typed, **action, "words": "", **({"evidence": ""} if "evidence" in asked else {})}


@dataclass(frozen=True)
class Change:
    """One thing that two versions say differently."""

    place: str
    before: str
    after: str


CLOSING_NAMES = words.ours(
    {
        "strengths": "Strengths",
        "worries": "Worries",
        "difference": "What changed for the child",
    }
)


def changes(old: Document, new: Document) -> list[Change]:
    """What a later version says differently, in the order of the page."""
    changed = [Change(f"{facts.TITLE}: {title}", was, now) for title, was, now in facts.pairs(old, new)]
    earlier = {domain["id"]: domain for domain in old["domains"]}
    for domain in new["domains"]:
        changed += _domain_changes(earlier.get(domain["id"], {"questions": []}), domain)
    changed += _differing("Overall", _overall(old), _overall(new))
    for name, title in CLOSING_NAMES.items():
        changed += _differing(title, {"": old["closing"][name]}, {"": new["closing"][name]})
    return changed + _asked_differently(old, new)


def _asked_differently(old: Document, new: Document) -> list[Change]:
    """What the grades are asked about now and were not before, or answered otherwise."""
    nothing = {"question": "", "reason": ""}
    before, after = (
        {line["key"]: {**line, "question": for_every_reader(line["question"])} for line in each.get("asked_again", ())}
        for each in (old, new)
    )
    changed = []
    for key in dict.fromkeys((*after, *before)):
        place = f"Asked about the grade: {(after.get(key) or before[key])['title']}"
        pair = [{name: lines.get(key, nothing)[name] for name in nothing} for lines in (before, after)]
        changed += _differing(place, *pair)
    return changed


def _domain_changes(old: Document, new: Document) -> list[Change]:
    changed = _differing(new["title"], _graded(old), _graded(new))
    earlier = {question["key"]: question for question in old["questions"]}
    for asked in new["questions"]:
        before = earlier.get(asked["key"], {})
        pairs = [(before.get(part, ""), asked.get(part, "")) for part in ("answer", "words", "evidence")]
        for was, now in (*pairs, (action_words(before), action_words(asked))):
            if was != now:
                changed.append(Change(f"{asked['number']} {asked['text']}", was, now))
    return changed


def _graded(domain: Document) -> dict[str, str]:
    return {
        "grade": domain.get("grade_name", ""),
        "rationale": domain.get("rationale", ""),
        "does not apply": domain.get("reason", "") if domain.get("not_applicable") else "",
        "points": domain.get("points", {}).get("in_words", ""),
    }


def _overall(document: Document) -> dict[str, str]:
    return {"grade": document["overall"]["grade_name"], "rationale": document["overall"]["rationale"]}


def _differing(place: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    return [
        Change(f"{place}: {name}" if name else place, old[name], new[name]) for name in new if old[name] != new[name]
    ]
