"""The columns of the workbook of people, and what each may hold. Data and pure readers only."""

from audit_app import words
from audit_app.people import defaults
from audit_app.people.directory.addresses import why_no_address
from audit_app.people.tables import Role
from audit_app.sheets import Column, as_yes_no

_NAMES = [defaults.ROLE_NAMES[role] for role in defaults.ROLES_IN_USE]
_BY_NAME = {defaults.ROLE_NAMES[role].casefold(): role for role in defaults.ROLES_IN_USE}
_BY_NAME |= {role.value.replace("_", " "): role for role in defaults.ROLES_IN_USE}
_BY_NAME |= {"action owner": Role.team_manager}


def as_address(text: str) -> str:
    """An e-mail address in small letters; ValueError in a sentence otherwise."""
    if fault := why_no_address(text):
        raise ValueError(f"{fault}.")
    return text.casefold()


def as_roles(text: str) -> tuple[str, ...]:
    """Roles separated by commas; ValueError names the first that is none."""
    roles = []
    for part in text.split(","):
        name = " ".join(part.split()).casefold()
        if not name:
            continue
        if name not in _BY_NAME:
            known = words.listing([defaults.ROLE_NAMES[role] for role in defaults.ROLES_IN_USE], "or")
            raise ValueError(f"“{part.strip()[:60]}” is not a role. Use {known}.")
        roles.append(_BY_NAME[name].value)
    return tuple(dict.fromkeys(roles))


COLUMNS = (
    Column(
        "user_name",
        "E-mail",
        required=True,
        max_length=254,
        parse=as_address,
        may_be_personal=True,
        aliases=("E-mail address", "Email", "Email address"),
        hint="The person signs in with it.",
    ),
    Column("name", "Name", required=True, max_length=120, may_be_personal=True, aliases=("Full name",)),
    Column(
        "roles",
        "Roles",
        required=True,
        parse=as_roles,
        hint=f"One or more, separated by commas: {words.listing(_NAMES)}.",
        may_be_personal=True,
    ),
    Column("service", "Service", max_length=120, hint="Needed when the team is new.", may_be_personal=True),
    Column("team", "Team", max_length=120, may_be_personal=True, hint="A new name makes a new team in the service."),
    Column("manages", "Manages the team", parse=as_yes_no, aliases=("Manages",), hint="Yes or No."),
    Column(
        "manager",
        "Manager's e-mail",
        max_length=254,
        parse=as_address,
        may_be_personal=True,
        aliases=("Manager e-mail", "Manager email", "Manager"),
        hint="Of somebody in this workbook or here already.",
    ),
    Column("post", "Post", max_length=120, may_be_personal=True, hint="For example, Head of Safeguarding."),
)

GUIDANCE = (
    "One row for each person. Nobody is changed or taken away who is not in the workbook.",
    "Nothing is kept until you have seen what will happen and confirmed it.",
)
