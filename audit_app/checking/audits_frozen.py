"""Submitted audits: what the live rows say, answer by answer, is what was frozen when the audit was submitted."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import words
from audit_app.audits.contents import CLOSING, CLOSING_NAMES
from audit_app.audits.guards import AFTER_SUBMISSION
from audit_app.audits.record_facts.tables import AuditFact
from audit_app.audits.tables import Answer, DomainAnswer, Stage
from audit_app.checking.audits import AUDITS, VERSIONS, name_of
from audit_app.checking.looking import Compared
from audit_app.checking.numbers import columns_of

AT_ONCE = 200
ANSWERS, DOMAINS, GIVEN = columns_of(Answer), columns_of(DomainAnswer), columns_of(AuditFact)
MORE = (
    "given",
    "second",
    "evidence",
    "action",
    "action_owner",
    "action_due",
)  # what only some questions are answered with
OVERALL = {"overall_grade": "grade", "overall_rationale": "rationale"}
DOMAIN_WORDS = {
    "grade": "grade",
    "rationale": "rationale",
    "not_applicable": "mark that it does not apply",
    "reason": "reason why it does not apply",
}
Row = Mapping[str, Any]


def said_otherwise(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """The rows of each submitted audit beside its frozen version; audits in hand again are left out and counted."""
    audits, answers = 0, 0
    for some in _submitted(connection):
        given, graded, facts = (_of_audits(connection, columns, some) for columns in (ANSWERS, DOMAINS, GIVEN))
        audits += len(some)
        for row in some:
            own = given[row["number"]]
            answers += len(own)
            try:
                frozen = json.loads(row["contents"])
                places = list(_apart(row, frozen, own, graded[row["number"]]))
                places += _facts_apart(frozen, facts[row["number"]])
            except (ValueError, KeyError, TypeError):
                yield f"The frozen version of {name_of(row['number'])} cannot be read."
                continue
            for place in places:
                yield f"{name_of(row['number'])}: {place} is not what was frozen in version {row['version']}."
    yield Compared(
        f"{words.count(audits, 'submitted audit')} with {words.count(answers, 'answer')}, beside what was frozen."
    )
    in_hand = sa.select(sa.func.count()).where(AUDITS.version > 0, AUDITS.stage == Stage.in_progress)
    if again := connection.execute(in_hand).scalar_one():
        yield Compared(f"Not compared: {words.count(again, 'audit')} opened again and not submitted anew yet.")


def _submitted(connection: sa.Connection) -> Iterator[list[Row]]:
    """Submitted audits with what was frozen of each, a batch of one council's at a time."""
    same = (
        VERSIONS.authority_id == AUDITS.authority_id,
        VERSIONS.audit_number == AUDITS.number,
        VERSIONS.version == AUDITS.version,
    )
    parts = (AUDITS[name] for name in (*OVERALL, *CLOSING, "minutes_taken", "sources", "version", "number"))
    statement = sa.select(AUDITS.authority_id, VERSIONS.contents, *parts).where(
        AUDITS.stage.in_(AFTER_SUBMISSION), *same
    )
    councils = connection.execute(sa.select(AUDITS.authority_id).distinct()).scalars().all()
    for council in councils:
        last = 0
        while (
            some := connection.execute(
                statement.where(AUDITS.authority_id == council, AUDITS.number > last)
                .order_by(AUDITS.number)
                .limit(AT_ONCE)
            )
            .mappings()
            .all()
        ):
            yield [dict(row) for row in some]
            last = some[-1]["number"]


def _of_audits(connection: sa.Connection, columns: Any, audits: list[Row]) -> dict[int, list[Row]]:
    """The answers, or the domain answers, of each of a batch of audits."""
    numbers = [audit["number"] for audit in audits]
    statement = sa.select(*columns).where(
        columns.authority_id == audits[0]["authority_id"], columns.audit_number.in_(numbers)
    )
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in connection.execute(statement).mappings():
        grouped[row["audit_number"]].append(dict(row))
    return grouped


def _apart(audit: Row, frozen: Mapping[str, Any], answers: list[Row], domains: list[Row]) -> Iterator[str]:
    """Each place at which the live rows say something else than the frozen document, in words."""
    for column, part in OVERALL.items():
        if audit[column] != frozen["overall"][part]:
            yield f"the overall {part}"
    for name in CLOSING:
        if audit[name] != frozen["closing"][name]:
            yield f"“{CLOSING_NAMES[name]}”"
    for name, title in (("minutes_taken", "the minutes taken"), ("sources", "the list of sources read")):
        if audit[name] != frozen[name]:
            yield title
    graded = {row["domain_id"]: row for row in domains}
    for domain in frozen["domains"]:
        yield from _domain_apart(domain, graded.pop(domain["id"], None))
    yield from (f"the domain {name}, which is there now," for name in graded)
    given = {row["question_key"]: row for row in answers}
    for asked in (question for domain in frozen["domains"] for question in domain["questions"]):
        yield from _answer_apart(asked, given.pop(asked["key"], None))
    yield from (f"the answer to {key}, which is there now," for key, row in given.items() if _says_anything(row))


def _facts_apart(frozen: Mapping[str, Any], rows: list[Row]) -> Iterator[str]:
    given = {row["fact_id"]: row["given"] for row in rows if row["given"]}
    for fact in frozen.get("facts", ()):
        if given.pop(fact["id"], "") != fact["given"]:
            yield f"the fact “{fact['title']}”"
    yield from (f"the fact {key}, which is there now," for key in given)


def _domain_apart(domain: Mapping[str, Any], row: Row | None) -> Iterator[str]:
    live = {
        "grade": row["grade"] if row else "",
        "rationale": row["rationale"] if row else "",
        "not_applicable": bool(row and row["not_applicable"]),
        "reason": row["not_applicable_reason"] if row else "",
    }
    for part, value in live.items():
        if value != domain[part]:
            yield f"the {DOMAIN_WORDS[part]} of the domain “{domain['title']}”"


def _says_anything(row: Row) -> bool:
    return any(row[name] for name in ("code", "text", *MORE))


def _answer_apart(asked: Mapping[str, Any], row: Row | None) -> Iterator[str]:
    """One answer; one that was set aside, because its question was not asked, is kept in words of its own."""
    code, text, *more = [row[name] for name in ("code", "text", *MORE)] if row else ("",) * (2 + len(MORE))
    where = f"question {asked['number']}"
    if "not_asked" in asked:
        if "\n".join(filter(None, (text, *more[2:4]))) != asked.get("set_aside", {"words": ""})["words"]:
            yield f"what was set aside at {where}"
        return
    frozen_more = [asked.get("given", ""), asked.get("second", {}).get("code", ""), asked.get("evidence", "")]
    frozen_more += [asked.get("action", {}).get(name, "") for name in ("what", "owner", "due")]
    if code != asked["code"] or more != frozen_more:
        yield f"the answer to {where}"
    if text != asked["words"]:
        yield f"what was written at {where}"
