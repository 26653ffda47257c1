"""Starts the two object stores that the tests ask: Azurite for Azure Blob, moto for S3; and lines to them that break.

They are installed by `make test` (requirements/servers/install.py). Where that was never run the tests skip, and say
so; where it was run, or in CI, a store that does not start fails them.
"""

import base64
import hashlib
import hmac
import os
import re
import runpy
import socket
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "servers"
AZURITE = PLACE / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js"
MOTO = PLACE / "python" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PATIENCE_SECONDS = 90
ACCOUNT, KEY = "greenhaven", base64.b64encode(b"a key for tests only, 32 bytes..").decode()
CONTAINER = "evidence"
POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
UNSIGNED = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=x"


@dataclass(frozen=True)
class Store:
    """A store that answers, as the settings name it."""

    kind: str
    port: int
    account: str
    key: str

    def settings(self, prefix, **changed):
        """The settings of a place of its own in it."""
        path = f"/{self.account}" if self.kind == "az" else ""
        port = changed.pop("port", self.port)
        container = changed.pop("container", CONTAINER)
        return {
            "EVIDENCE_STORE_URL": f"{self.kind}://{container}/{prefix}",
            "EVIDENCE_STORE_ENDPOINT": f"http://127.0.0.1:{port}{path}",
            "EVIDENCE_STORE_REGION": "eu-west-2",
            "EVIDENCE_STORE_ACCOUNT": self.account,
            "EVIDENCE_STORE_SECRET": self.key,
            "EVIDENCE_STORE_SECONDS": 20,
            "EVIDENCE_STORE_RETRIES": 1,
            **changed,
        }


def installed():
    """Whether the stores were ever installed here; in CI they must be."""
    if (PLACE / "made-from.txt").is_file():
        return
    reason = "The object stores are not installed: run make test, or requirements/servers/install.py."
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


@contextmanager
def running(command, port, log, **environment):
    """A server as a process of its own, stopped afterwards; fails with what it said when it does not start."""
    with log.open("wb") as said:
        server = subprocess.Popen(
            [str(part) for part in command], cwd=log.parent, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            env={**os.environ, **environment}, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(server, port, log)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(server, port, log):
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > give_up:
                pytest.fail(f"An object store did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.05)


def ask(address, method="POST", data=None, **headers):
    request = urllib.request.Request(address, data, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


@pytest.fixture(scope="session")
def azure_store(tmp_path_factory):
    """Azurite with one container, in memory."""
    installed()
    with azurite(tmp_path_factory.mktemp("azurite")) as store:
        yield store


@contextmanager
def azurite(folder):
    """The same for whoever brings it up alone."""
    port = free_port()
    node = runpy.run_path(str(ROOT / "requirements" / "servers" / "install.py"))["node"]()
    options = ("--blobHost", "127.0.0.1", "--blobPort", port, "--inMemoryPersistence", "--silent", "--disableTelemetry")
    with running([node, AZURITE, *options], port, folder / "log", AZURITE_ACCOUNTS=f"{ACCOUNT}:{KEY}"):
        make_container(port)
        yield Store("az", port, ACCOUNT, KEY)


def make_container(port):
    """What Azure's own tools do first; signed as its documents say (Shared Key)."""
    date, version = formatdate(usegmt=True), "2021-12-02"
    signed = "\n".join(["PUT", *[""] * 11, f"x-ms-date:{date}", f"x-ms-version:{version}"])
    signed += f"\n/{ACCOUNT}/{ACCOUNT}/{CONTAINER}\nrestype:container"
    mark = base64.b64encode(hmac.new(base64.b64decode(KEY), signed.encode(), hashlib.sha256).digest()).decode()
    headers = {"x-ms-date": date, "x-ms-version": version, "Content-Length": "0"}
    headers["Authorization"] = f"SharedKey {ACCOUNT}:{mark}"
    ask(f"http://127.0.0.1:{port}/{ACCOUNT}/{CONTAINER}?restype=container", "PUT", None, **headers)


@pytest.fixture(scope="session")
def s3_store(tmp_path_factory):
    """S3 with one bucket and one person who may use it; after these four calls every key is checked."""
    installed()
    folder, port = tmp_path_factory.mktemp("moto"), free_port()
    command = [MOTO, "-m", "moto.server", "-H", "127.0.0.1", "-p", port]
    with running(command, port, folder / "log", INITIAL_NO_AUTH_ACTION_COUNT="4"):
        here = f"http://127.0.0.1:{port}/"

        def iam(**said):
            body = urllib.parse.urlencode({"Version": "2010-05-08", "UserName": "product", **said}).encode()
            return ask(here, "POST", body, Authorization=UNSIGNED.format("iam"))

        iam(Action="CreateUser")
        iam(Action="PutUserPolicy", PolicyName="all", PolicyDocument=POLICY)
        answer = iam(Action="CreateAccessKey")
        ask(f"{here}{CONTAINER}", "PUT", b"", Authorization=UNSIGNED.format("s3"))
        account = re.search(r"<AccessKeyId>(.*?)<", answer)[1]
        yield Store("s3", port, account, re.search(r"<SecretAccessKey>(.*?)<", answer)[1])


@contextmanager
def breaking_line(port, after_bytes):
    """A line to a server that drops after so many bytes of what is sent; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.2)
        stopped = threading.Event()

        def carry():
            while not stopped.is_set():
                try:
                    caller, _address = door.accept()
                except TimeoutError:
                    continue
                with caller, socket.create_connection(("127.0.0.1", port)) as server:
                    left = after_bytes
                    while left > 0 and (part := caller.recv(min(65536, left))):
                        server.sendall(part)
                        left -= len(part)

        carrier = threading.Thread(target=carry)
        carrier.start()
        try:
            yield door.getsockname()[1]
        finally:
            stopped.set()
            carrier.join()


@contextmanager
def silent_line():
    """A line on which nobody ever answers; yields its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as door:
        yield door.getsockname()[1]
