"""nginx in front of the web servers, with TLS by a certificate made for the occasion; its programs are looked for."""

import datetime
import os
import shutil
import subprocess
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.object_stores import free_port, wait_for

HOST = "readiness.example"
PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])

PAGE = Path(__file__).resolve().parents[3] / "docs" / "several-servers.md"
AROUND = """
daemon off;
{user}
pid {folder}/nginx.pid;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{block}
}}
"""


def block_of_the_page(folder, port, ports):
    """The block as the page on several servers prints it; only addresses, the name and two paths are changed."""
    block = PAGE.read_text("utf-8").partition("```nginx\n")[2].partition("```")[0]
    changes = {
        "10.0.0.11:8000": f"127.0.0.1:{ports[0]}", "10.0.0.12:8000": f"127.0.0.1:{ports[1]}",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl", "readiness.example.gov.uk": HOST,
        "/etc/ssl/readiness.pem": f"{folder}/front.pem", "/etc/ssl/private/readiness.key": f"{folder}/front.key",
    }  # fmt: skip
    for printed, ours in changes.items():
        assert block.count(printed) == 1, printed
        block = block.replace(printed, ours)
    return block


def program():
    """The path of nginx; None where it is not installed."""
    return shutil.which("nginx", path=PLACES)


class Front:
    """nginx as a process of ours."""

    def __init__(self, folder, ports):
        self.folder, self.ports, self.port, self.process = folder, ports, free_port(), None

    def start(self):
        make_certificate(self.folder)
        user = "user root;" if os.geteuid() == 0 else ""  # its temporary folders are ours
        block = block_of_the_page(self.folder, self.port, self.ports)
        config = self.folder / "nginx.conf"
        config.write_text(AROUND.format(folder=self.folder, user=user, block=block))
        log = self.folder / "nginx-start.log"
        with log.open("wb") as words:
            self.process = subprocess.Popen(
                [program(), "-p", str(self.folder), "-e", str(self.folder / "nginx-error.log"), "-c", str(config)],
                stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True,
            )  # fmt: skip
        wait_for(self.process, self.port, log)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)


def make_certificate(folder):
    """A key and a certificate for the name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "front.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "front.key").write_bytes(plain)
