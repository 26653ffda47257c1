"""GOV.UK Notify in place of a mail server: a mail goes over its API, and later it is asked what came back.

The template named in the settings holds nothing but ((subject)) as its subject and ((body)) as its message.

Source: GOV.UK Notify, REST API documentation, https://docs.notifications.service.gov.uk/rest-api.html: a token signed
with HS256 by the last 36 characters of the API key, whose issuer is the 36 characters before them; `POST
/v2/notifications/email`; `GET /v2/notifications` by status; error codes 400, 403, 429 and 500.
"""

import time
from collections.abc import Mapping
from email.message import EmailMessage
from types import TracebackType
from typing import Any

import requests
from joserfc import jwt
from joserfc.jwk import OctKey

from audit_app.notices.smtp import NotSent
from audit_app.notices.tables import MailTrouble
from audit_app.server_mode.mail_settings import NOTIFY_KEY

TIMEOUT_SECONDS = 20
# Of the last it says that something went wrong between it and who delivers for it: the address is not to blame.
CAME_BACK = {
    "permanent-failure": MailTrouble.refused_address,
    "temporary-failure": MailTrouble.refused_address,
    "technical-failure": MailTrouble.no_server,
}


def is_set(config: Mapping[str, Any]) -> bool:
    """Whether mails go over GOV.UK Notify."""
    return bool(config["NOTIFY_API_KEY"])


class Notify:
    """One round of sending; a service that cannot be reached once is not waited for again in that round."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.config = config
        self._closed: NotSent | None = None
        self._line = requests.Session()
        self._line.trust_env = False

    def __enter__(self) -> "Notify":
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._line.close()

    def deliver(self, message: EmailMessage) -> None:
        """Hand a message over.

        Raises:
            NotSent: it was not taken.
        """
        if self._closed is not None:
            raise self._closed
        body = {
            "email_address": message["To"].addresses[0].addr_spec,
            "template_id": str(self.config["NOTIFY_TEMPLATE"]),
            "personalisation": {"subject": str(message["Subject"]), "body": message.get_content()},
            "reference": str(message["Message-ID"]),
        }
        try:
            self._ask("POST", "/v2/notifications/email", json=body)
        except NotSent as refusal:
            if refusal.trouble in {MailTrouble.no_server, MailTrouble.refused_login}:
                self._closed = refusal
            raise

    def came_back(self) -> list[tuple[str, MailTrouble]]:
        """The references of the newest mails, 250 of each kind at most, that could not be delivered, and why.

        Raises:
            NotSent: the service did not answer.
        """
        returned = []
        for status, trouble in CAME_BACK.items():
            asked = {"template_type": "email", "status": status}
            listed = self._ask("GET", "/v2/notifications", params=asked).get("notifications", [])
            returned += [(str(each.get("reference") or ""), trouble) for each in listed]
        return returned

    def _ask(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        address = str(self.config["NOTIFY_ADDRESS"]).rstrip("/") + path
        headers = {"Authorization": f"Bearer {self._token()}"}
        try:
            answer = self._line.request(
                method, address, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False, **more
            )
            _refuse(answer.status_code)
            content: dict[str, Any] = answer.json()
        except (requests.RequestException, ValueError):
            raise NotSent(MailTrouble.no_server) from None
        return content

    def _token(self) -> str:
        match = NOTIFY_KEY.fullmatch(str(self.config["NOTIFY_API_KEY"]))
        if match is None:
            raise NotSent(MailTrouble.refused_login)
        claims = {"iss": match[1], "iat": int(time.time())}
        return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(match[2]))


def _refuse(status: int) -> None:
    """What the service's answer means in our words; its own may quote an address.

    Raises:
        NotSent: it is no success.
    """
    if status < 300:
        return
    if status in {401, 403}:
        raise NotSent(MailTrouble.refused_login)
    if status == 400:
        raise NotSent(MailTrouble.refused_message)
    raise NotSent(MailTrouble.no_server)
