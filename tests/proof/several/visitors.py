"""People who work through nginx over real connections, and writers who note every save that was acknowledged."""

import http.client
import ssl
import threading
import time
from urllib.parse import urlencode, urlsplit

import lxml.html

from tests.proof.several.front import HOST

PATIENCE_SECONDS = 40


class Visitor:
    """Somebody who is signed in, with a connection of their own for each request.

    Args:
        port: The port of nginx; or, with `past_nginx`, of one web server, told what nginx would tell it.
    """

    def __init__(self, port, token, certificate, *, past_nginx=False):
        self.port, self.token, self.past_nginx = port, token, past_nginx
        self.trust = ssl.create_default_context(cafile=certificate)

    def ask(self, method, path, body=None, content_type="application/x-www-form-urlencoded"):
        """One request; its status, its body as bytes, and its headers."""
        if self.past_nginx:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        else:
            connection = OnThisMachine(HOST, self.port, timeout=PATIENCE_SECONDS, context=self.trust)
        headers = {"Host": HOST, "Cookie": f"__Host-session={self.token}"}
        if self.past_nginx:
            headers |= {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
        if body is not None:
            headers |= {"Content-Type": content_type, "Origin": f"https://{HOST}"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()

    def form_of(self, path):
        """The fields of a page's last form as a browser would send them, and the status of the page."""
        status, page, _headers = self.ask("GET", path)
        return (fields_of(page) if status == 200 else {}), status

    def send(self, path, fields):
        """Send a form; status, body, and where it led."""
        status, page, headers = self.ask("POST", path, urlencode(fields, doseq=True))
        return status, page, urlsplit(headers.get("Location") or "").path

    def send_file(self, path, fields, name, data):
        """Send a form with a file in it."""
        cut = "cut-between-fields"
        parts = [
            f'--{cut}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in fields.items() if field != "file"
        ]  # fmt: skip
        head = f'--{cut}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), data, f"\r\n--{cut}--\r\n".encode()])
        status, page, headers = self.ask("POST", path, body, f"multipart/form-data; boundary={cut}")
        return status, page, urlsplit(headers.get("Location") or "").path


class OnThisMachine(http.client.HTTPSConnection):
    """A connection to the name on the certificate, which no DNS knows."""

    def connect(self):
        self.sock = self._create_connection(("127.0.0.1", self.port), self.timeout, None)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)


def fields_of(page):
    """What a browser would send of the page's last form."""
    forms = [form for form in lxml.html.fromstring(page).forms if form.method == "POST"]
    return dict(forms[-1].form_values())


class Writer(threading.Thread):
    """Somebody who saves without pause. `sent` and `acknowledged` hold the words of each save, in order.

    A save counts as acknowledged when its 303 has arrived. What was not acknowledged is typed again by the next.
    """

    def __init__(self, visitor, name, stop):
        super().__init__(daemon=True)
        self.visitor, self.name_in_words, self.stop_asked = visitor, name, stop
        self.sent, self.acknowledged, self.answers = [], [], []

    def run(self):
        while not self.stop_asked.is_set():
            try:
                self.save_once()
            except (OSError, http.client.HTTPException) as problem:
                self.answers.append(type(problem).__name__)
                time.sleep(0.05)

    def save_once(self):
        fields, status = self.visitor.form_of(self.path)
        if status != 200:
            self.answers.append(status)
            time.sleep(0.05)
            return
        words = f"{self.name_in_words} saw this, save {len(self.sent) + 1}."
        self.sent.append(words)
        status, page, _where = self.visitor.send(self.path, {**fields, **self.said(words)})
        self.answers.append(status)
        if status == 303:
            self.acknowledged.append(words)
        elif status == 503 and self.begins(page) == "Sorry, the records cannot be reached just now":
            assert words.encode() in page, "what was typed is not on the page"

    @staticmethod
    def begins(page):
        heading = lxml.html.fromstring(page).find(".//h1")
        return heading.text_content() if heading is not None else ""


class Auditor(Writer):
    """Writes the same answer over and over: the last acknowledged words must be there, or later ones."""

    def __init__(self, visitor, number, stop):
        super().__init__(visitor, f"Auditor {number}", stop)
        self.number, self.path = number, f"/greenhaven/audits/AUD-{number:04d}/domains/record"

    def said(self, words):
        return {"grade": "good", "rationale": words}


class Manager(Writer):
    """Raises a finding each time: each acknowledged one must be there, once."""

    def __init__(self, visitor, number, stop):
        super().__init__(visitor, f"Manager {number}", stop)
        self.path = "/greenhaven/findings/raise"

    def said(self, words):
        return {
            "kind": "area_for_improvement", "origin": "complaints_and_compliments", "judgement_areas": "ilacs-2026/HP",
            "document": "Annual report", "text": words, "dated_on-day": "1", "dated_on-month": "5",
            "dated_on-year": "2026",
        }  # fmt: skip
