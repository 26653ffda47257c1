"""Eight people saving at once, in a process of their own, so that they take no time from the server's.

Run as a program: reads a plan from standard input, writes the seconds of each save and the failures to standard output.
"""

import http.client
import json
import sys
import threading
import time
from urllib.parse import urlencode


def save_all(port, cookie, path, forms, seconds, failed):
    """One person: each form in turn."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    for fields in forms:
        began = time.perf_counter()
        connection.request("POST", path, urlencode(fields), headers)
        response = connection.getresponse()
        response.read()
        seconds.append(time.perf_counter() - began)
        if response.status != 303:
            failed.append(response.status)
    connection.close()


def main():
    """Everybody begins together."""
    plan = json.load(sys.stdin)
    seconds, failed = [], []
    threads = [
        threading.Thread(
            target=save_all, args=(plan["port"], one["cookie"], one["path"], one["forms"], seconds, failed)
        )
        for one in plan["people"]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump({"seconds": seconds, "failed": failed}, sys.stdout)


if __name__ == "__main__":
    main()
