"""The thread: what was found, where it came from, what was done about it, and whether it made a difference.

Call it by module, so that the call reads as a sentence: `register.raise_finding(…)`, `queries.list_findings(…)`,
`thread.weave(…)`, `thread.gaps(…)`, `rules.overdue(…)`, `bullets.split_bullets(…)`.
"""

from findings import bullets, errors, numbering, queries, references, register, rules, states, tables, thread

__all__ = [
    "bullets",
    "errors",
    "numbering",
    "queries",
    "references",
    "register",
    "rules",
    "states",
    "tables",
    "thread",
]
