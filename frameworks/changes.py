"""What happened to each question between two editions of a set: kept, reworded, retired or new."""

from dataclasses import dataclass
from typing import Literal

from frameworks.schema import QuestionSet

Kind = Literal["kept", "reworded", "retired", "new"]


@dataclass(frozen=True)
class Change:
    """What happened to one question, with its words before and after (None where it was not there)."""

    key: str
    kind: Kind
    before: str | None
    after: str | None


def changes(older: QuestionSet, newer: QuestionSet) -> tuple[Change, ...]:
    """What happened to each question of two sets, in the older set's order and then what is new.

    Questions are matched by key alone. Kept means that the words, the type and the scale it is answered on are the
    same; reworded, that any of these differ, so that answers before and after are not to be counted together without
    saying so. Whether one question was split into several cannot be seen from keys and is not claimed.
    """
    after = {question.key: question for question in newer.questions}
    before = {question.key: question for question in older.questions}
    found = []
    for key, question in before.items():
        later = after.get(key)
        if later is None:
            found.append(Change(key, "retired", question.text, None))
            continue
        same = (question.text, question.type, older.scale_for(question)) == (
            *(later.text, later.type),
            newer.scale_for(later),
        )
        found.append(Change(key, "kept" if same else "reworded", question.text, later.text))
    found += [Change(key, "new", None, question.text) for key, question in after.items() if key not in before]
    return tuple(found)
