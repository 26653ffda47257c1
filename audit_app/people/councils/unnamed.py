"""The account behind the first link of an empty installation, until its owner has said who they are. Pure.

Nobody was there to be asked for a name, so none is made up: the page behind the link asks for the council's and theirs.
"""

ADDRESS = "first-administrator@not-named.invalid"  # a name that no mail server has (RFC 2606)
PERSON = "The first administrator"
COUNCIL, KEY = "A council not named yet", "not-named"


def is_unnamed(user_name: str) -> bool:
    """Whether nobody has said yet whose account this is."""
    return user_name == ADDRESS
