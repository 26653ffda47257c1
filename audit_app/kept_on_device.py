"""Text the server has not received yet is kept in the browser it was typed in, enciphered with a key of its author's.

When a line drops between typing and saving, the text waits on the device (static/kept_on_device.js) and is offered
again. Who else uses the device reads nothing there: the key comes with each page and is never stored. Sign-out removes
it all, and `KEPT_ON_DEVICE` turns it off for shared computers.
"""

import base64
import hashlib
import hmac
import re

from flask import Flask, Response, current_app, g, request

SENDING, RECEIVED = "sending", "received"  # cookies: which text the browser sends, and which one arrived
MARK = re.compile(r"[a-z0-9]{16,40}")
SECONDS_TO_SEE_IT = 600


def device_store() -> dict[str, str]:
    """What the script needs to keep this person's text: whose it is, the key, for how many hours; or that it is off."""
    if not g.get("person"):
        return {}
    if not current_app.config["KEPT_ON_DEVICE"]:
        return {"off": "yes"}
    person_id = g.person.person_id
    return {
        "owner": _derived(f"whose text, {person_id}").hex()[:32],
        "key": base64.b64encode(_derived(f"key of text, {person_id}")).decode(),
        "hours": str(current_app.config["KEPT_FORM_HOURS"]),
    }


def _derived(purpose: str) -> bytes:
    return hmac.new(str(current_app.config["SECRET_KEY"]).encode(), purpose.encode(), hashlib.sha256).digest()


def tell_received(response: Response) -> Response:
    """Tell the browser that a form it sent has arrived and was accepted, so that it forgets its own copy."""
    mark = request.cookies.get(SENDING, "")
    by_navigating = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if request.method == "POST" and response.status_code == 303 and MARK.fullmatch(mark) and by_navigating:
        response.set_cookie(RECEIVED, mark, max_age=SECONDS_TO_SEE_IT, secure=request.is_secure, samesite="Lax")
    return response


def add_device_store(app: Flask) -> None:
    """Put the key on each page and the answer on each form that arrived."""
    app.after_request(tell_received)
    app.jinja_env.globals["device_store"] = device_store
