"""An audit on one look, out of the plain document of what it says. Pure."""

from collections import Counter

from audit_app import words
from audit_app.audits.contents import Document
from audit_app.audits.on_paper.contents import DomainGlance, Glance

NOT_GRADED, DOES_NOT_APPLY, NO_GRADE_ASKED = "Not graded", "Does not apply", "No grade asked"
MOST_NAMES, LONGEST_NAME = 5, 40


def glance(document: Document, open_concerns: int = 0) -> Glance:
    """The grade of the whole and a line for each domain."""
    whole = document["overall"]
    domains = tuple(_domain(each) for each in document["domains"])
    return Glance(
        asks_overall=whole["asked"],
        overall=whole["grade_name"] or NOT_GRADED,
        overall_code=whole["grade"],
        spread=_spread(document),
        domains=domains,
        concerns=_concerns(open_concerns),
    )


def _domain(domain: Document) -> DomainGlance:
    code = "" if domain["not_applicable"] else domain["grade"]
    return DomainGlance(domain["id"], domain["title"], _grade(domain), code, _answered(domain), domain["graded"])


def _grade(domain: Document) -> str:
    if domain["not_applicable"]:
        return DOES_NOT_APPLY
    return (domain["grade_name"] or NOT_GRADED) if domain["graded"] else NO_GRADE_ASKED


def _spread(document: Document) -> str:
    """2 Good and 1 Inadequate, of 3 graded; 1 domain does not apply: empty where no domain is ever graded."""
    asked = [domain for domain in document["domains"] if domain["graded"]]
    if not asked:
        return ""
    applying = [domain for domain in asked if not domain["not_applicable"]]
    graded = Counter(domain["grade_name"] for domain in applying if domain["grade_name"])
    parts = [f"{words.spread(graded)} graded" if graded else "No domain is graded yet"]
    if bare := len(applying) - graded.total():
        parts.append(f"{words.count(bare, 'domain')} not graded")
    if away := len(asked) - len(applying):
        parts.append(f"{words.count(away, 'domain')} {'does' if away == 1 else 'do'} not apply")
    return "; ".join(parts)


def _answered(domain: Document) -> str:
    """5 of 6 answered; where no grade is asked and answers are few and short, what they were: 4 Yes and 1 No, of 5."""
    if domain["not_applicable"]:
        return ""
    asked = [question for question in domain["questions"] if "not_asked" not in question]
    given = [question for question in asked if question["answer"] or question["words"]]
    names = Counter(question["answer"] for question in given if question["answer"])
    few = len(names) <= MOST_NAMES and all(len(name) <= LONGEST_NAME for name in names)
    if not domain["graded"] and given and few and names.total() == len(given) == len(asked):
        return words.spread(names)
    return f"{len(given)} of {len(asked)} answered"


def _concerns(count: int) -> str:
    if not count:
        return ""
    return f"{words.count(count, 'concern').capitalize()} about safety {words.agree(count, 'is')} open"
