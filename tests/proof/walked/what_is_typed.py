"""Which blocks of docs/ the walk types, and why it types none of the others. A house test compares it."""

_KEY = "Before the first backup: the key"
_PROVIDER = "Through the council's own provider"
_PAIR = "several-servers / 1. PostgreSQL and its copy"

TYPED = frozenset(
    {
        "install / 1. The program / 2",
        "install / 2. The service / 1",
        "install / 3. nginx / 1",
        "install / 4. Start / 1",
        "install / 5. The first administrator / 1",
        f"sign-in / {_PROVIDER} / 1",
        f"sign-in / {_PROVIDER} / 2",
        f"sign-in / {_PROVIDER} / 3",
        "e-mail / Over the council's mail server / 1",
        f"back-up-and-restore / {_KEY} / 1",
        "back-up-and-restore / A backup by hand / 1",
        "back-up-and-restore / Try it, each month / 1",
        "back-up-and-restore / On another server / 1",
        "upgrade / One server / 1",
        f"{_PAIR} / 1",
        f"{_PAIR} / 2",
        f"{_PAIR} / 3",
        f"{_PAIR} / 4",
        f"{_PAIR} / 5",
        "several-servers / 2. Settings, the same on every server / 1",
        "several-servers / 3. nginx in front / 1",
        "several-servers / 4. Start, in this order / 1",
    }
)

LEFT_OUT = {
    "install / 1. The program / 1": "the machines reach no package index; the block below it is typed instead",
    "install / In a container / 1": "no container engine was to be had",
    "install / Take it away / 1": "the machines are thrown away",
    "sign-in / Lost / 1": "tests/audit_app/people/factors tries it",
    "sign-in / Roles by groups / 1": "a file of settings; tests/audit_app/people/provider reads such a file",
    "e-mail / Over the council's mail server / 2": "needs a mailbox read by IMAP; tests/audit_app/notices has one",
    "e-mail / Over GOV.UK Notify / 1": "needs a contract with GOV.UK Notify",
    "back-up-and-restore / The bad day / 1": "the same command is typed on another server, where it matters",
    "back-up-and-restore / The bad day / 2": "likewise",
    "back-up-and-restore / PostgreSQL / 1": "tests/audit_app/backups/test_on_postgresql.py does it",
    "several-servers / Several servers / 1": "a drawing",
    "several-servers / How many web processes on one machine / 1": "a measurement, not a step",
}
