"""What a council starts with and may change, and the words for roles. Data only."""

from audit_app.people.tables import Role
from audit_app.words import ours

COLOURS = ("blue", "green", "amber", "red", "grey")

# Word and meaning of each BRAG colour until the council says otherwise.
BRAG: dict[str, tuple[str, str]] = {
    "blue": ("Complete", "Done, and there is evidence that it made a difference for children."),
    "green": ("On track", "Under way and expected to be done by its date."),
    "amber": ("At risk", "Behind, or something stands in the way, but there is a way to put it right."),
    "red": ("Off track", "Overdue or not expected to be done without help from others."),
    "grey": ("Not started", "Not yet due to start."),
}

ROLE_NAMES: dict[Role, str] = ours(
    {
        Role.admin: "Administrator",
        Role.qa_manager: "QA manager",
        Role.auditor: "Auditor",
        Role.moderator: "Moderator",
        Role.team_manager: "Team manager or action owner",
        Role.leader: "Leader",
        Role.inspector: "Inspector",
        Role.practitioner: "Practitioner",
        Role.business_support: "Business support",
        Role.elected_member: "Elected member",
        Role.guest: "Guest",
    }
)

# Roles this version has pages for; the rest can be given once their pages exist.
ROLES_IN_USE: tuple[Role, ...] = (Role.admin, Role.qa_manager, Role.auditor, Role.team_manager, Role.leader)

# First words of addresses outside a council, so no council may be called so.
RESERVED_KEYS = frozenset(
    """
    sign-in sign-out sign-up your-account forgotten-password one-time-links prove second-factor accessibility
    privacy static health healthz stay-signed-in admin administrator api app audit audits help home login logout new
    none null search settings setup set-up system test ready undefined user users www favicon robots joining
    """.split()  # noqa: SIM905 (a list to read)
)
