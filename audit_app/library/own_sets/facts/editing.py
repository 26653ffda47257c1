"""Facts about the record in a council's own set as a document: added, changed, moved, deleted. Pure."""

from typing import Any

from audit_app.library.own_sets import short_names
from audit_app.library.own_sets.editing import made
from findings.errors import Invalid, NotFound
from frameworks.kinds.record_facts import MOST_FACTS, RecordFact
from frameworks.own_sets.shape import OwnSet

LONGEST_ID = 30


def fact_of(own: OwnSet, fact_id: str) -> RecordFact:
    """A fact of the document; raises NotFound."""
    for fact in own.facts:
        if fact.id == fact_id:
            return fact
    raise NotFound("The set asks no such fact.")


def with_fact(own: OwnSet, fact_id: str, changed: dict[str, Any]) -> OwnSet:
    """A fact changed, or added at the end where `fact_id` is empty."""
    facts = [fact.model_dump() for fact in own.facts]
    if fact_id:
        place = own.facts.index(fact_of(own, fact_id))
        facts[place] = {**facts[place], **changed}
    elif len(facts) >= MOST_FACTS:
        raise Invalid("title", f"A set asks at most {MOST_FACTS} facts about the record. Ask the rest as questions")
    else:
        made_id = short_names.slug_of(changed["title"], LONGEST_ID, {fact["id"] for fact in facts})
        facts.append({**changed, "id": made_id})
    return made({**own.model_dump(), "facts": tuple(facts)})


def moved_fact(own: OwnSet, fact_id: str, step: int) -> OwnSet:
    """A fact one place up (-1) or down (+1)."""
    facts = list(own.facts)
    place = facts.index(fact_of(own, fact_id))
    if 0 <= place + step < len(facts):
        facts.insert(place + step, facts.pop(place))
    return own.model_copy(update={"facts": tuple(facts)})


def without_fact(own: OwnSet, fact_id: str) -> OwnSet:
    """The document without a fact; what audits of published versions say of it stays with them."""
    gone = fact_of(own, fact_id)
    return own.model_copy(update={"facts": tuple(fact for fact in own.facts if fact is not gone)})
