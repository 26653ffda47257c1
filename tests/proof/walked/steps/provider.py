"""sign-in.md: the council's own provider, somebody invited who signs in through it, and a day on which it is down."""

import re
from urllib.parse import urljoin

from tests.audit_app.people.provider.real_provider import CLIENT, SECRET
from tests.proof.walked import outside
from tests.proof.walked.browser import Visitor
from tests.proof.walked.machines import Stopped
from tests.proof.walked.steps import people

SECTION = "Through the council's own provider"
QUINN = {"name": "Quinn Avery", "email": "quinn@greenhaven.gov.uk", "email_verified": True}
AUTHORITY = "/etc/audit-app/provider-authority.pem"


def set_up(walk, machine):
    """The three addresses, the settings, the secret in its file, and what the command says of the provider."""
    asked = walk.type_words(machine, "sign-in", SECTION, "audit-app-admin people provider")
    for line in walk.block(f"sign-in / {SECTION} / 1").splitlines():
        walk.expect(asked, line.split()[0])
    changes = {
        "https://login.microsoftonline.com/<tenant id>/v2.0": f"https://{outside.PROVIDER}", "<application id>": CLIENT,
    }  # fmt: skip
    walk.settings(machine, walk.block(f"sign-in / {SECTION} / 2", changes))
    machine.put(AUTHORITY, walk.authority.root.read_bytes())
    walk.settings(machine, f"AUDIT_OIDC_CA_FILE={AUTHORITY}")
    walk.type(machine, f"sign-in / {SECTION} / 3", {"nano ": f"echo '{SECRET}' >"})
    ready(walk, machine)
    walk.expect(walk.type_words(machine, "sign-in", SECTION, "audit-app-admin people provider"), outside.PROVIDER)


def ready(walk, machine):
    """After a restart, until it answers."""
    asked = "curl --retry 60 --retry-delay 2 --retry-connrefused -sS http://127.0.0.1:8000/ready"
    walk.expect(machine.type(asked), "ready")


def comes_by_invitation(walk, link):
    """Somebody invited opens the link and uses the provider instead of a password; her browser."""
    quinn = Visitor(people.ADDRESS, walk.authority.root)
    goes_there_and_back(quinn.go(link).press("Use Greenhaven Council to sign in"))
    if "Yes, link the two" in quinn.words:
        quinn.press("Yes, link the two")
    walk.note(f"browser: Quinn invited, came through the provider with its second factor: {quinn.answer.url}")
    return quinn


def signs_in(walk):
    """Quinn, from the sign-in page; her browser."""
    quinn = Visitor(people.ADDRESS, walk.authority.root)
    goes_there_and_back(quinn.go("/sign-in").press("Sign in with Greenhaven Council"))
    quinn.go("/greenhaven/").see("Quinn Avery")
    walk.note("browser: Quinn signed in through the provider")
    return quinn


def goes_there_and_back(visitor):
    """What a browser does at a page that leads on by itself, at the provider, and on the way back."""
    sent = re.fullmatch(r"0; url=(.+)", visitor.answer.headers.get("Refresh", ""))
    if not sent:
        raise Stopped(f"This page does not lead on to the provider: {visitor.words[:1000]}")
    visitor.go(sent[1])
    if "/interaction/" in visitor.answer.url:
        fields = {"account": "quinn", "amr": ["pwd", "mfa"]}
        visitor._read(visitor.session.post(visitor.answer.url, data=fields, timeout=60))
    while "url=" in visitor.answer.headers.get("Refresh", ""):
        visitor.go(urljoin(visitor.answer.url, visitor.answer.headers["Refresh"].partition("url=")[2]))
