"""What administrators are told of the installation; the state page says the rest."""

from audit_app import notices
from audit_app.home.state import topics

SUBJECTS = {
    topics.WORKER: "Background work needs somebody",
    topics.MAIL: "E-mails could not be sent",
    topics.LOG: "The history log is not sound, or could not be checked",
    topics.DISK: "The disk is nearly full",
    topics.STORE: "The evidence store cannot be used",
    topics.CERTIFICATE: "The certificate of this service runs out",
    topics.CLOCK: "The clock of the server is wrong",
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
        by_mail=_about != topics.MAIL,
    )  # fmt: skip
