"""What was lost, worked out from the rows themselves: plain SQL, none of the product's own reading."""

import re

import psycopg

NUMBER = re.compile(r"save (\d+)\.$")


def numbered(words):
    """Which save words are of."""
    match = NUMBER.search(words or "")
    return int(match[1]) if match else 0


def rows_of(server):
    """What the tables hold: the words of every finding, and the words of each audit's domain."""
    with psycopg.connect(server.address()) as connection:
        findings = [text for (text,) in connection.execute("SELECT text FROM finding")]
        answers = connection.execute("SELECT audit_number, rationale FROM domain_answer WHERE domain_id = 'record'")
        return findings, dict(answers.fetchall())


def lost_findings(managers, findings):
    """Acknowledged findings that are not there; and any that are there more than once, or that nobody sent."""
    sent = [words for manager in managers for words in manager.sent]
    acknowledged = {words for manager in managers for words in manager.acknowledged}
    twice = sorted({words for words in findings if findings.count(words) > 1})
    return sorted(acknowledged - set(findings)), twice, sorted(set(findings) - set(sent))


def lost_answers(auditors, answers):
    """Auditors whose last acknowledged words, or later ones of theirs, are not there."""
    missing = []
    for auditor in auditors:
        if auditor.acknowledged:
            there, last = numbered(answers.get(auditor.number)), numbered(auditor.acknowledged[-1])
            if not last <= there <= len(auditor.sent):
                missing.append((auditor.name_in_words, last, answers.get(auditor.number)))
    return missing
