"""The command `install`: what a Linux server needs to run this as a service, written where it is to stand.

It needs no settings and no database: it is the first command on a new server. What is there already is never changed.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
USER = re.compile(r"[a-z_][a-z0-9_-]{0,30}")
WEB, WORKER, ADMIN = "audit-app-web.service", "audit-app-worker.service", "audit-app-admin"

SETTINGS = """\
# Settings of the inspection readiness service, read by its two units and by {admin}.
# This file holds a secret: it stays readable by root alone. Keep a copy where the backups are not.
AUDIT_SERVER_MODE=true
AUDIT_SECRET_KEY={key}
AUDIT_PUBLIC_ADDRESS=https://{name}
AUDIT_TRUSTED_HOSTS='["{name}"]'
AUDIT_TRUSTED_PROXIES=1
AUDIT_DATA_FOLDER={data}
"""

UNIT = """\
[Unit]
Description=Inspection readiness: {what}
After=network-online.target{after}
Wants=network-online.target
# Tried again for as long as it takes, such as until a database server is back.
StartLimitIntervalSec=0

[Service]
User={user}
Group={user}
EnvironmentFile={settings}
{before}ExecStart={program} {command}
Restart=always
RestartSec=2
TimeoutStopSec=90
UMask=0077
# Each open connection is an open file, and so is each file in hand.
LimitNOFILE=4200
# It writes its data folder and nothing else, gains no rights, and sees no other process, device or home.
ReadWritePaths={data}
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
# Files that people bring are read in a child without a network: it may make namespaces of these two kinds.
RestrictNamespaces=user net
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
"""

NGINX = """\
server {{
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name {name};
    ssl_certificate     /etc/ssl/{name}.pem;
    ssl_certificate_key /etc/ssl/private/{name}.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    server_tokens off;
    # The largest upload, a ZIP of evidence, and what a form has beside it.
    client_max_body_size 232m;
    location / {{
        proxy_pass http://127.0.0.1:{port};
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        # What people themselves wrote into these two is replaced, not added to.
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header Connection "";
        proxy_request_buffering off;
        proxy_read_timeout 120s;
    }}
}}
server {{
    listen 80;
    listen [::]:80;
    server_name {name};
    return 301 https://{name}$request_uri;
}}
"""

CONTROL = """\
#!/bin/sh
# Any command of the service with its own settings and as its own user, such as: {admin} check
# The settings are read as systemd reads them for the units: what stands behind = is a value, never a command.
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
        [A-Z]*=*) value=${{line#*=}} ;;
        *) continue ;;
    esac
    case $value in
        \\'*\\') value=${{value#\\'}} value=${{value%\\'}} ;;
        \\"*\\") value=${{value#\\"}} value=${{value%\\"}} ;;
    esac
    export "${{line%%=*}}=$value"
done <{settings}
exec runuser -u {user} -- {program} "$@"
"""


@dataclass(frozen=True)
class Place:
    """Where everything is to stand; `root` is / but in a trial."""

    root: Path
    name: str
    user: str
    data: Path
    port: int
    program: Path

    @property
    def settings(self) -> Path:
        """The file of settings, as the server names it."""
        return Path("/etc/audit-app/settings.env")

    def below_root(self, path: Path) -> Path:
        """Where a path of the server is written to."""
        return self.root / path.relative_to("/")


def files_of(place: Place) -> dict[Path, tuple[str, int]]:
    """Every file there is to be: its text and its rights."""
    given = {"user": place.user, "settings": place.settings, "program": place.program, "data": place.data}
    admin = Path("/usr/local/sbin") / ADMIN
    web = {"what": "pages", "after": "", "command": f"serve --host 127.0.0.1 --port {place.port}"}
    worker = {"what": "worker", "after": f" {WEB}", "command": "worker", "before": ""}
    units = Path("/etc/systemd/system")
    key = secrets.token_hex(32)
    return {
        place.settings: (SETTINGS.format(admin=admin, key=key, name=place.name, data=place.data), 0o600),
        units / WEB: (UNIT.format(before=f"ExecStartPre={place.program} migrate\n", **web, **given), 0o644),
        units / WORKER: (UNIT.format(**worker, **given), 0o644),
        admin: (CONTROL.format(admin=ADMIN, **given), 0o755),
    }


@click.command("install")
@click.option("--name", required=True, help="The name people will type, such as readiness.example.gov.uk.")
@click.option(
    "--user", default="audit-app", show_default=True, help="The account the service runs as; made if missing."
)
@click.option("--data", default="/var/lib/audit-app", show_default=True, type=click.Path(path_type=Path))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--root", default="/", type=click.Path(path_type=Path), help="Write below this folder, to look first.")
def install(name: str, user: str, data: Path, port: int, root: Path) -> None:
    """On a Linux server with systemd: write the settings, two units and a command for administrators."""
    name = name.strip().lower().rstrip(".")
    if not NAME.fullmatch(name):
        raise click.ClickException(
            "Give the name people will type, without https://, such as readiness.example.gov.uk."
        )
    if not USER.fullmatch(user) or user == "root":
        raise click.ClickException(
            "The account's name begins with a small letter and is never root, such as audit-app."
        )
    if not data.is_absolute() or not re.fullmatch(r"[/A-Za-z0-9._-]+", str(data)):
        raise click.ClickException("Give the data folder from / on, in letters, figures, dots and dashes.")
    place = Place(root.resolve(), name, user, data, port, program())
    in_trial = place.root != Path("/")
    if not in_trial:
        refuse_unready()
        make_user(user, data)
    for path, (text, rights) in files_of(place).items():
        click.echo(write_once(place.below_root(path), text, rights))
    make_data_folder(place, in_trial=in_trial)
    say_what_follows(place)


def program() -> Path:
    """The command itself, as the units will call it."""
    here = Path(sys.argv[0]).resolve()
    return here if here.name == "audit-app" else Path(sys.executable).with_name("audit-app")


def refuse_unready() -> None:
    """Only root writes there, and only a server with systemd reads it."""
    if os.name != "posix" or not Path("/etc/systemd/system").is_dir():
        raise click.ClickException(
            "This server has no systemd. On Windows follow the page on installing; elsewhere start the two commands "
            "serve and worker by your own means. With --root and a folder you can read what would be written."
        )
    if os.geteuid() != 0:
        raise click.ClickException("Only root may write there: sudo audit-app install …")


def make_user(user: str, data: Path) -> None:
    """An account of its own that nobody signs in to."""
    known = subprocess.run(["id", "-u", user], capture_output=True, check=False).returncode == 0
    if known:
        return
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    made = subprocess.run(
        [useradd, "--system", "--user-group", "--home-dir", str(data), "--shell", "/usr/sbin/nologin", user],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise click.ClickException(f"The account {user} could not be made: {made.stderr.strip()}")
    click.echo(f"Made the account {user}.")


def write_once(path: Path, text: str, rights: int) -> str:
    """Write a file that is not there yet, with its rights from the first byte on; gives the sentence that says so."""
    make_folder(path.parent)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rights)
    except FileExistsError:
        same = path.read_text("utf-8") == text
        return f"{path} is there already" + ("." if same else " and was left as it is.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, rights)
        file.write(text)
    return f"Wrote {path}."


def make_folder(folder: Path) -> None:
    """A folder that others may enter, whatever this process keeps to itself: the service reads its secrets in there."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(0o755)


def make_data_folder(place: Place, *, in_trial: bool) -> None:
    """The data folder, its owner's alone."""
    folder = place.below_root(place.data)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not in_trial:
        shutil.chown(folder, place.user, place.user)


def say_what_follows(place: Place) -> None:
    """What somebody still does by hand, in its order."""
    click.echo(f"\nFor nginx, with your certificate in the two places it names:\n\n{NGINX.format(**vars(place))}")
    click.echo(
        f"Then:\n"
        f"  systemctl daemon-reload\n"
        f"  systemctl enable --now {WEB} {WORKER}\n"
        f"  curl --retry 60 --retry-delay 2 --retry-connrefused -sS http://127.0.0.1:{place.port}/ready\n"
        f'  {ADMIN} people first-administrator --council "Your Council" --key your-council \\\n'
        f'      --name "Full Name" --email name@{place.name}\n'
        f"The last prints a link that works once. Whoever opens it chooses a password and sets up a second factor.\n"
        f"Keep copies of {place.settings} and of {place.data}/keys where the backups are not."
    )


GROUPS = (install,)
