"""Who does an audit's action: somebody with an account, or somebody without one for whom an account speaks. Pure."""

from dataclasses import dataclass

LEFT_TO_MANAGER = "Left to the team manager"
LONGEST_NAME = 120


@dataclass(frozen=True)
class Owner:
    """Whose an action is.

    `account_id` says how it goes and is told of it; without one that is the team's manager. `named` is the post or the
    name of whoever does it and has no account; empty where the account does it.
    """

    account_id: int | None = None
    named: str = ""


def owner_words(named: str, account_name: str, *, missing: str = LEFT_TO_MANAGER) -> str:
    """Who does it, and who speaks for them where they have no account."""
    if not named:
        return account_name or missing
    return f"{named} (no account; {account_name or 'the team manager'} speaks for them)"


def why_not_named(named: str, known: frozenset[str], *, is_qa: bool) -> str:
    """Why this person may not write this name; empty when they may.

    Somebody without an account cannot look at what is kept of them, so their name or post is written by a QA manager.
    Everybody else may choose what stands on the audit or the action already.
    """
    if not named or is_qa or named in known:
        return ""
    return "Only a QA manager names somebody without an account. Choose somebody from the list"
