"""Many people at work on a server, in a process of their own: they think, read pages, and save now and then.

Run as a program: reads a plan from standard input, writes what each request took and every failure to standard output.
"""

import http.client
import json
import random
import sys
import threading
import time
from urllib.parse import urlencode


class Somebody:
    """One person with an audit in hand, a connection of their own and a habit of thinking between pages."""

    def __init__(self, plan, mine, kept):
        self.plan, self.mine, self.kept = plan, mine, kept
        self.chance = random.Random(mine["path"])
        self.revision, self.connection = mine["revision"], None

    def work(self, until):
        """Until it is time to go home; the first think is anywhere in the usual one, so that not all begin at once."""
        time.sleep(self.chance.uniform(0, self.plan["think"][1]))
        while time.monotonic() < until:
            saves = self.chance.random() < self.plan["saves"]
            self._save() if saves else self._ask("read", "GET", self.chance.choice(self.mine["pages"]), None, 200)
            time.sleep(self.chance.uniform(*self.plan["think"]))

    def _save(self):
        form = self.mine["forms"][self.revision % len(self.mine["forms"])] | {"revision": str(self.revision)}
        if self._ask("save", "POST", self.mine["path"], form, 303):
            self.revision += 1

    def _ask(self, kind, method, path, form, wanted):
        began = time.perf_counter()
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.plan["port"], timeout=60)
            headers = {"Cookie": self.mine["cookie"], "Content-Type": "application/x-www-form-urlencoded"}
            self.connection.request(method, path, urlencode(form) if form else None, headers)
            answer = self.connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException) as error:
            self.connection, status = None, type(error).__name__
        self.kept.append((kind, time.perf_counter() - began, status == wanted, path, status))
        return status == wanted


def main():
    """Everybody at once, until the time is over; how far each came is told, so that nothing is lost unseen."""
    plan = json.load(sys.stdin)
    kept, until = [], time.monotonic() + plan["seconds"]
    people = [Somebody(plan, mine, kept) for mine in plan["people"]]
    threads = [threading.Thread(target=one.work, args=(until,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump({"asked": kept, "revisions": [one.revision for one in people]}, sys.stdout)


if __name__ == "__main__":
    main()
