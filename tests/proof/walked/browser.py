"""Somebody's browser without scripts: pages over https with cookies, forms filled in by what their labels say."""

import time
from urllib.parse import urljoin

import lxml.html
import pyotp
import requests


class NotThere(Exception):
    """A page lacks what the walk looks for; the message says which page, and how it reads."""


class Visitor:
    """Somebody at a browser, with an authenticator app on their phone."""

    def __init__(self, address, authority):
        self.address, self.secret = address, ""
        self.session = requests.Session()
        self.session.trust_env = False  # neither a proxy nor other authorities of this machine
        self.session.verify = str(authority)
        self.answer = self.page = None
        self.filled, self.last_code = {}, ""

    def go(self, path):
        """Open an address, here or elsewhere."""
        return self._read(self.session.get(urljoin(self.address, path), timeout=60))

    def _read(self, answer):
        self.answer, self.filled = answer, {}
        self.page = lxml.html.fromstring(answer.text) if "html" in answer.headers.get("Content-Type", "") else None
        return self

    @property
    def words(self):
        """All that the page says, blanks folded."""
        return " ".join(self.page.text_content().split()) if self.page is not None else self.answer.text

    def see(self, *words):
        """The page says these words.

        Raises:
            NotThere: It does not.
        """
        for one in words:
            if one not in self.words:
                raise NotThere(
                    f"{self.answer.url} ({self.answer.status_code}) does not say {one!r}:\n{self.words[:1500]}"
                )
        return self

    def follow(self, words):
        """Click the link that says these words."""
        return self.go(urljoin(self.answer.url, self._one("a", words).get("href")))

    def write(self, label, text):
        """Fill in the field under a label."""
        self.filled[self._field(label).get("name")] = text
        return self

    def choose(self, label, option):
        """Choose from the list under a label, by what the choice says."""
        field = self._field(label)
        chosen = next(one for one in field.iter("option") if option in " ".join(one.text_content().split()))
        self.filled[field.get("name")] = chosen.get("value")
        return self

    def tick(self, label):
        """Tick a box or a dot."""
        field = self._field(label)
        self.filled.setdefault(field.get("name"), []).append(field.get("value"))
        return self

    def press(self, button):
        """Press a button: its form is sent as a browser sends it, and the answer followed."""
        pressed = self._one("button", button)
        form = next(above for above in pressed.iterancestors("form"))
        fields = [(name, value) for name, value in form.form_values() if name not in self.filled]
        for name, values in self.filled.items():
            fields += [(name, value) for value in (values if isinstance(values, list) else [values])]
        if pressed.get("name"):
            fields.append((pressed.get("name"), pressed.get("value") or ""))
        target = urljoin(self.answer.url, form.get("action") or self.answer.url)
        if form.method == "GET":
            return self._read(self.session.get(target, params=fields, timeout=60))
        body = {"data": fields}
        if form.get("enctype") == "multipart/form-data":
            body = {"files": [(name, (None, value)) for name, value in fields]}
        sender = {"Origin": self.address, "Referer": self.answer.url}
        return self._read(self.session.post(target, headers=sender, timeout=60, **body))

    def _one(self, kind, words):
        every = [(" ".join(one.text_content().split()), one) for one in self.page.iter(kind)]
        fitting = [one for text, one in every if text == words] or [
            one for text, one in every if text.startswith(words)
        ]
        if not fitting:
            raise NotThere(f"{self.answer.url} has no {kind} {words!r}:\n{self.words[:1500]}")
        return fitting[0]

    def _field(self, label):
        return self.page.get_element_by_id(self._one("label", label).get("for"))

    # --- the second factor ---

    def opens(self, link, password):
        """A one-time link: choose a password, set up an app, keep the recovery codes."""
        self.go(link).write("New password", password).press("Save and sign in").see("Set up a second factor")
        self.press("Set up an authenticator app")
        self.secret = self.page.find_class("app-key")[0].text_content().replace(" ", "")
        self.write("Code", self.code()).press("Continue").see("Recovery codes")
        self.recovery = [item.text_content() for item in self.page.find_class("app-codes")[0]]
        return self

    def signs_in(self, name, password):
        """From the sign-in page, with the app's code."""
        self.go("/sign-in").write("E-mail address", name).write("Password", password).press("Sign in")
        return self.see("Check that it is you").write("Code", self.code()).press("Continue")

    def code(self):
        """What the app on their phone shows; each opens once, so perhaps the next one."""
        while (code := pyotp.TOTP(self.secret).at(int(time.time()))) == self.last_code:
            time.sleep(1)
        self.last_code = code
        return code
