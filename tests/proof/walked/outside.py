"""What stands outside the council's servers: an authority for certificates, the sign-in provider, the mail server."""

import datetime
import ssl
import threading
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.audit_app.people.provider import real_provider
from tests.proof.walked.machines import HERE

PROVIDER, MAIL = "login.greenhaven.gov.uk", "mail.greenhaven.gov.uk"
LONG = datetime.timedelta(days=60)


class Authority:
    """Signs certificates for the names of the walk; `root` is its own, as browsers and servers trust it."""

    def __init__(self, folder):
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the walk")])
        self.root = folder / "authority.pem"
        own = self._certificate(self.name, self.key, x509.BasicConstraints(ca=True, path_length=0))
        self.root.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def signs(self, name):
        """The files of a certificate and of its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = self._certificate(subject, key, x509.SubjectAlternativeName([x509.DNSName(name)]))
        certificate, secret = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        return certificate, secret

    def _certificate(self, subject, key, extension):
        now = datetime.datetime.now(datetime.UTC)
        about = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        by = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        return (
            x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - LONG).not_valid_after(now + LONG)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .add_extension(about, critical=False).add_extension(by, critical=False)
            .sign(self.key, hashes.SHA256())
        )  # fmt: skip

    def context(self, name):
        """What a server of that name speaks TLS with."""
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        made.load_cert_chain(*self.signs(name))
        return made


class OverTls(real_provider._Handler):
    """Says to the provider behind it that it was asked by https."""

    def _ask(self, sent):
        del self.headers["X-Forwarded-Proto"]
        self.headers["X-Forwarded-Proto"] = "https"
        return super()._ask(sent)


class ProviderByHttps(real_provider.RealProvider):
    """The certified provider behind TLS, under the council's own name."""

    def __init__(self, folder, apps, context):
        super().__init__(folder, apps)
        self.between.server_close()
        between = real_provider.Between.__new__(real_provider.Between)
        real_provider.ThreadingHTTPServer.__init__(between, (HERE, 443), OverTls)
        between.behind, between.port = self.port, 443
        between.reset()
        between.socket = context.wrap_socket(between.socket, server_side=True)
        self.between, self.issuer = between, f"https://{PROVIDER}"
        threading.Thread(target=between.serve_forever, args=(0.05,), daemon=True).start()


@contextmanager
def provider(folder, authority, service, accounts):
    """The provider with these accounts, known to the service at its public address."""
    made = ProviderByHttps(folder, [service], authority.context(PROVIDER))
    try:
        made.start()
        made.control(accounts=accounts)
        yield made
    finally:
        made.close()


class MailServer:
    """Takes mail from whoever signs in with STARTTLS; opened and closed by the walk."""

    def __init__(self, authority, user, password):
        self.context, self.taken, self.controller = authority.context(MAIL), [], None
        self.user, self.password = user.encode(), password.encode()

    async def handle_DATA(self, _server, _session, envelope):
        self.taken.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 taken"

    def _may(self, _server, _session, _envelope, _mechanism, given):
        return AuthResult(success=(given.login, given.password) == (self.user, self.password))

    def open(self):
        self.controller = Controller(
            self, hostname=HERE, port=587, tls_context=self.context, require_starttls=True, auth_required=True,
            authenticator=self._may,
        )  # fmt: skip
        self.controller.start()

    def close(self):
        if self.controller is not None:
            self.controller.stop()
            self.controller = None
