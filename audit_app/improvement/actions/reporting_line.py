"""Who is in an action's line, and so may not verify it: owner, delivery leads, managers upward, owner's team. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from audit_app.words import listing

NAMED = 5
NOBODY = "Every QA manager is in its line, so nobody can verify it yet."


@dataclass(frozen=True)
class Line:
    """People of the line, each with the reason that counts most."""

    why: Mapping[int, str]

    @property
    def people(self) -> frozenset[int]:
        """Everybody in the line."""
        return frozenset(self.why)

    def holds(self, person_id: int) -> bool:
        """Whether a person is in the line."""
        return person_id in self.why


def line_of(
    *,
    owners: Iterable[int | None],
    delivering: Iterable[int | None],
    completed_by: int | None,
    managers_of: Callable[[int], Collection[int]],
    owners_team: Iterable[int],
) -> Line:
    """The line of an action.

    Args:
        owners: Whoever is accountable: the holder of the lead post, and the person recorded with it.
        delivering: The holders of the delivery posts, and the people recorded with them.
        completed_by: Whoever said that it was done: nobody confirms their own word.
        managers_of: A person's managers upward.
        owners_team: Members of the owner's teams.
    """
    why: dict[int, str] = {}

    def add(people: Iterable[int | None], reason: str) -> None:
        for person in people:
            if person is not None:
                why.setdefault(person, reason)

    owners, delivering = list(owners), list(delivering)
    add(owners, "you lead it")
    add(delivering, "you deliver it")
    add([completed_by], "you said that it was done")
    for person in {*owners, *delivering} - {None}:
        add(managers_of(person or 0), "you manage somebody who leads or delivers it")
    add(owners_team, "you are in the team of whoever leads it")
    return Line(why)


def refusal(line: Line, person_id: int, reference: str, others: Collection[str]) -> str:
    """The sentence for somebody who may not verify: why not, and who could.

    Args:
        others: Names of people outside the line whose role lets them verify.
    """
    reason = line.why.get(person_id, "you are in its line")
    why_not = f"You cannot verify {reference}, because {reason}. It is verified by somebody outside its line."
    return f"{why_not} {who_could(others)}"


def who_could(others: Collection[str]) -> str:
    """Who could verify, in a sentence."""
    if not others:
        return f"{NOBODY} Ask your administrator to make somebody outside it a QA manager."
    names = sorted(others)
    more = len(names) - NAMED
    listed = [*names[:NAMED], f"{more} more"] if more > 0 else names
    return f"{listing(listed, 'or')} could." if more <= 0 else f"{listing(listed)} could."
