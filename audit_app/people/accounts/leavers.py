"""How the account of somebody who left reads once its address is gone: a name that is no address. Pure."""

EMPTIED = "removed-"


def emptied_name(person_id: int) -> str:
    """What stands in place of the e-mail address."""
    return f"{EMPTIED}{person_id}"


def is_emptied(user_name: str) -> bool:
    """Whether the address of an account was removed."""
    return user_name.startswith(EMPTIED) and "@" not in user_name
