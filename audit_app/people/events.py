"""What can happen to accounts, people and the organisation, each as the sentence the log tells (LG-8)."""

from audit_app import notices
from audit_app.history import declare_event

SECURITY = "security"

for _code, _sentence in {
    "people.signed_in": "{who} signed in",
    "people.password_right": "{who} gave the right password; the second step is to follow",
    "people.signed_in_with_app": "{who} signed in, with a code of an authenticator app",
    "people.signed_in_with_passkey": "{who} signed in with a passkey",
    "people.signed_in_with_recovery": "{who} signed in, with a recovery code",
    "people.provider_right": "{who} came from the council’s provider; the second step is to follow",
    "people.signed_in_with_provider": "{who} signed in through the council’s provider",
    "people.signed_in_with_provider_factor": "{who} signed in through the council’s provider with a second factor",
    "people.provider_refused": "A sign-in through the council’s provider was refused: {why}",
    "people.provider_linked": "{who} linked the account to the council’s provider",
    "people.provider_unlinked": "{who} took away the link of person {person} to the council’s provider",
    "people.provider_account": "An account, person {person}, was made for somebody the council’s provider named",
    "people.provider_roles": (
        "At a sign-in of person {person} the groups at the council’s provider gave {given} and ended {ended} roles"
    ),
    "people.provider_ended": "The council’s provider ended {count} sessions of person {person}",
    "people.emergency_account": "{who} signed in with an account kept for emergencies",
    "people.second_step_refused": "{who} gave the right password and was refused at the second step",
    "people.passkey_refused": "A sign-in was refused: the passkey is not known here, or its answer did not hold",
    "people.factor_added": "{who} set up a second factor: {factor}",
    "people.factor_removed": "{who} took away a second factor: {factor}",
    "people.factors_removed": "{who} took away every second factor of person {person}",
    "people.recovery_codes_made": "{who} made new recovery codes",
    "people.sign_in_refused": "A sign-in was refused: the user name or password was wrong",
    "people.sign_in_throttled": "A sign-in was refused: too many wrong tries",
    "people.signed_out": "{who} signed out",
    "people.proved": "{who} gave the password again",
    "people.proof_refused": "{who} was asked for the password again and gave a wrong one",
    "people.password_set": "{who} set a password with a one-time link",
    "people.password_changed": "{who} changed the password",
    "people.reset_asked": "A link to reset a password was asked for",
    "people.sessions_ended": "{who} ended sessions of person {person}",
    "people.invited": "{who} made a link to set a password for person {person}",
    "people.disabled": "{who} disabled the account of person {person}",
    "people.emptied": "The address of person {person}, who left, and all they signed in with were removed for good",
    "people.enabled": "{who} enabled the account of person {person} again",
    "people.asked_to_join": "{who} asked person {person}, who has an account already, to join the council",
    "people.joined": "{who} joined the council with the account they had",
    "people.role_given": "{who} gave person {person} the role {role} from {from_on}",
    "people.role_ended": "{who} ended the role {role} of person {person} on {to_on}",
    "people.first_administrator": "The first administrator, person {person}, was made on the command line",
    "people.first_by_page": "The first administrator, person {person}, was made when the council was set up on a page",
    "people.council_set_up": "{who} set up another council, {council}",
    "people.links_together": "{who} made new one-time links for {count} people at once, to be sent or printed",
    "people.first_named": "The first administrator said who they are and which council this is",
}.items():
    declare_event(_code, _sentence, SECURITY)

for _code, _sentence in {
    "people.added": "{who} added person {person}",
    "people.renamed": "{who} changed the name of person {person}",
    "people.team_given": "{who} put person {person} into team {team} from {from_on}",
    "people.team_left": "{who} ended the place of person {person} in team {team} on {to_on}",
    "people.manager_given": "{who} recorded person {manager} as manager of person {person} from {from_on}",
    "people.post_made": "{who} made the post {post}",
    "people.post_closed": "{who} closed the post {post} on {to_on}",
    "people.post_held": "{who} recorded person {person} as holder of the post {post} from {from_on}",
    "people.post_left": "{who} ended the holding of the post {post} by person {person} on {to_on}",
    "people.service_made": "{who} made the service {service}",
    "people.service_renamed": "{who} renamed the service {service}",
    "people.team_opened": "{who} opened team {team} on {on}",
    "people.team_renamed": "{who} renamed team {team} from {on}",
    "people.team_moved": "{who} moved team {team} to service {service} from {on}",
    "people.team_split": "{who} split team {other} off from team {team} on {on}",
    "people.team_merged": "{who} merged team {team} into team {other} on {on}",
    "people.team_closed": "{who} closed team {team} on {on}",
    "people.settings_changed": "{who} changed the council's settings: {what}",
    "people.contact_added": "{who} made person {person} an escalation contact",
    "people.contact_removed": "{who} ended person {person} as an escalation contact",
    "people.handed_over": "{who} handed over {count} of {part} from person {person} to person {new} on {on}",
    "people.team_removed": "{who} removed team {team}, which nothing had ever stood on",
    "people.service_removed": "{who} removed service {service}, which nothing had ever stood on",
    "people.imported": "{who} brought in {count} people from a workbook",
}.items():
    declare_event(_code, _sentence)

notices.register_notice(
    "people.factors_removed",
    "Your second factor was taken away",
    (
        "An administrator of {council} took away every second factor of your account, and your sessions have ended.",
        "If you did not ask for that, tell them at once. Sign in to set up a new one:",
        "{link}",
    ),
    path="/your-account/second-factor",
)

notices.register_notice(
    "people.emergency_account",
    "An account kept for emergencies was used",
    (
        "Somebody signed in to {council} with an account kept for emergencies, without the council's own provider.",
        "If nobody was meant to, end its sessions and find out who it was. The log names the account:",
        "{link}",
    ),
    path="/{authority}/log",
)

notices.register_notice(
    "people.link_removed",
    "The link of your account to the council's provider was taken away",
    (
        "An administrator of {council} took away the link of your account to the council's own sign-in.",
        "Your sessions have ended.",
        "If you did not ask for that, tell them at once. Your account:",
        "{link}",
    ),
    path="/your-account",
)
