"""What administrators are told of the installation; the state page says the rest."""

from audit_app import notices
from audit_app.home.state import queries

SUBJECTS = {
    queries.WORKER: "Background work needs somebody",
    queries.MAIL: "E-mails could not be sent",
    queries.LOG: "The history log is not sound, or could not be checked",
    queries.DISK: "The disk is nearly full",
    queries.STORE: "The evidence store cannot be used",
    queries.CERTIFICATE: "The certificate of this service runs out",
    queries.CLOCK: "The clock of the server is wrong",
}
CODES = {about: f"state.{about.lower().replace(' ', '_').replace('-', '_')}" for about in SUBJECTS}

for _about, _code in CODES.items():
    notices.register_notice(
        _code,
        SUBJECTS[_about],
        ("Something about the installation needs somebody.",
         "What it is and what to do stands on the page on how the installation is: {link}",
         "If you do not run the server yourself, tell whoever does."),
        path="/{authority}/state",
        by_mail=_about != queries.MAIL,
    )  # fmt: skip
