"""Every setting, its default and why. Set one by the environment: `AUDIT_` and its name.

A default may stand here only if it is safe in use and fit to be public.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from flask import Flask

from audit_app import installation, server_mode
from audit_app.server_mode import UnsafeSettings

__all__ = ["DEFAULTS", "UnsafeSettings", "configure"]

DEFAULTS: dict[str, Any] = {
    # Where the data live. One folder holds everything: database, keys, evidence, jobs, log anchors.
    "DATA_FOLDER": "data",
    # Empty: an SQLite file in the data folder. Or postgresql+psycopg://… for several servers.
    "DATABASE_URL": "",
    # Keys are made on first start and kept in the data folder with mode 0600, unless given here.
    "SECRET_KEY": "",
    "SECRET_KEY_FALLBACKS": [],
    "LOG_KEY": "",
    # Enciphers what authenticator apps share with us; lost, apps and passkeys are set up anew with recovery codes.
    "FACTOR_KEY": "",
    # Names this service answers to. Any name but loopback needs server mode.
    "TRUSTED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
    "SERVER_MODE": False,
    # How many servers stand between people and this one (nginx, Caddy, IIS, a load balancer): what this many of them
    # said of the address that asks is believed. The one nearest makes TLS. And from which addresses it connects.
    "TRUSTED_PROXIES": 0,
    "PROXY_ADDRESSES": ["127.0.0.1", "::1"],
    # The address people type, used in e-mails; never taken from a request.
    "PUBLIC_ADDRESS": "http://127.0.0.1:8000",
    # Sessions: idle limit 5 to 60 minutes, in all at most 20 hours (AU-9).
    "SESSION_IDLE_MINUTES": 30,
    "SESSION_HOURS": 12,
    "SESSION_COOKIE": "__Host-session",
    # A second factor beside the password: "offered", or "required" of every account (AU-6). Empty: required in server
    # mode, offered otherwise. The step itself is to follow the password within these minutes.
    "SECOND_FACTOR": "",
    "SECOND_STEP_MINUTES": 10,
    # Sign-in through the council's own provider, Microsoft Entra or any that speaks OpenID Connect: the address it
    # calls itself by (empty: none), and the id and the secret it gave this service. The secret may stand in a file.
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_CLIENT_SECRET_FILE": "",
    # What the button says: "Sign in with …".
    "OIDC_NAME": "your council",
    "OIDC_SCOPES": "openid profile email",
    # What counts as a second factor there, by what the provider says of a sign-in (amr, RFC 8176; or acr, which is then
    # asked for). With AUDIT_SECOND_FACTOR=provider a sign-in of which it says nothing counts too.
    "OIDC_FACTOR_AMR": ["mfa", "otp", "hwk", "sc", "fpt", "face", "iris", "retina"],
    "OIDC_FACTOR_ACR": [],
    # Nobody but the accounts kept for emergencies signs in with a password or passkey of this service; these accounts.
    "OIDC_ONLY": False,
    "OIDC_BREAK_GLASS": [],
    # Whom the provider names and nobody knows here gets an account. Off: an administrator invites people.
    "OIDC_JUST_IN_TIME": False,
    # A file that says which groups at the provider have which roles here (see the page on signing in), and the claim
    # they come in.
    "OIDC_GROUPS_FILE": "",
    "OIDC_GROUPS_CLAIM": "groups",
    # Where AUDIT_OIDC_ISSUER stands for many tenants of Entra: the ids of those that may sign in here.
    "OIDC_TENANTS": [],
    # By how much the clocks may differ, and how long the provider is waited for.
    "OIDC_CLOCK_SKEW_MINUTES": 2,
    "OIDC_SECONDS": 5,
    # How the provider is reached: a proxy, and a file of certificates beside which no others are trusted.
    "OIDC_PROXY": "",
    "OIDC_CA_FILE": "",
    # A proof of identity counts for this long before sensitive steps ask again (AU-13).
    "PROOF_MINUTES": 5,
    # Passwords (AU-3): argon2id, memory in KiB, passes, lanes.
    "ARGON2_MEMORY_KIB": 65536,
    "ARGON2_TIME": 3,
    "ARGON2_LANES": 2,
    # Wrong tries allowed in the window before the next ones wait (AU-4).
    "THROTTLE_ACCOUNT_TRIES": 5,
    "THROTTLE_ADDRESS_TRIES": 20,
    "THROTTLE_WINDOW_MINUTES": 5,
    # Who has signed in from an address within these days is not held to that address's limit: many work behind one.
    "THROTTLE_KNOWN_DAYS": 30,
    # Registers taken out as workbooks (EX-6): per person and hour; and whole ones a day before QA managers are told.
    "EXPORTS_PER_HOUR": 20,
    "WHOLE_EXPORTS_PER_DAY": 3,
    # Up to so many rows a workbook comes at once; a longer one is the worker's, so that nobody's save waits for it.
    "EXPORT_ROWS_AT_ONCE": 2_000,
    # After how many days such a workbook is removed, and after how many seconds its making is stopped.
    "EXPORT_DAYS": 7,
    "EXPORT_SECONDS": 900,
    "INVITATION_HOURS": 72,
    "FIRST_ADMINISTRATOR_HOURS": 24,
    # E-mail addresses of the administrators who may set up another council on a page. Empty: any, beside the only one;
    # from the second council on nobody, because what councils share is no single one's to give.
    "COUNCILS_SET_UP_BY": [],
    "RESET_HOURS": 1,
    # What a request may carry (IN-1, IN-2).
    "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
    "UPLOAD_CONTENT_LENGTH": 30 * 1024 * 1024,
    # A form with a file somewhat larger is still read, so that its page can name the file and keep what was typed; the
    # file itself is not taken. Beyond this the connection is ended.
    "OVERSIZE_CONTENT_LENGTH": 64 * 1024 * 1024,
    # The one page that takes a ZIP of many files (UP-8): 200 MB and what a form has beside it. It is carried to the
    # store a part at a time.
    "ZIP_CONTENT_LENGTH": 202 * 1024 * 1024,
    # Browsers connected at once: each keeps two to six connections open, so this is enough for 200 people and more. And
    # after how many seconds without a request one is closed: beyond the time people read a page, its next click costs
    # a millisecond more.
    "OPEN_CONNECTIONS": 2000,
    "IDLE_CONNECTION_SECONDS": 75,
    "MAX_FORM_PARTS": 3000,
    "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
    # Text kept for a person whose session ran out while typing (FO-3), in hours.
    "KEPT_FORM_HOURS": 24,
    "TWIN_FORM_MINUTES": 15,  # how long the same words on the same page of something new count as sent twice
    "AUTOSAVE_SECONDS": 30,
    # Text not sent yet is kept in the browser it was typed in, enciphered; turn it off where computers are shared.
    "KEPT_ON_DEVICE": True,
    # Unsaved text of one person on all their pages, in MB; autosave fills half of it at most.
    "KEPT_FORMS_MB": 16,
    # E-mail: none is sent until a server is named.
    "SMTP_HOST": "",
    "SMTP_PORT": 587,
    "SMTP_USER": "",
    "SMTP_PASSWORD": "",
    "SMTP_STARTTLS": True,
    "MAIL_FROM": "",
    # GOV.UK Notify instead of a mail server: a key, and an e-mail template with ((subject)) and ((body)) alone.
    "NOTIFY_API_KEY": "",
    "NOTIFY_TEMPLATE": "",
    "NOTIFY_ADDRESS": "https://api.notifications.service.gov.uk",
    # The mailbox of MAIL_FROM, over IMAP and TLS: delivery reports in it are read, and whose mail came back is told.
    "BOUNCES_HOST": "",
    "BOUNCES_PORT": 993,
    "BOUNCES_USER": "",
    "BOUNCES_PASSWORD": "",
    # The hour of a working morning, in London, from which those who chose it are sent their morning e-mail.
    "MORNING_HOUR": 7,
    # Whom to ask, printed on the two public pages.
    "ACCESSIBILITY_CONTACT": "",
    "DATA_PROTECTION_CONTACT": "",
    # The council's own numbers: practice differs by authority and by year.
    "READING_WINDOW_MONTHS": 12,
    "GRADED_WINDOW_MONTHS": 6,
    "AUDIT_DUE_WORKING_DAYS": 15,
    "RATIONALE_WORDS": 15,
    # Leaders read what auditors wrote, not grades alone: they answer for what is done about it. A council may say no.
    "LEADERS_READ_TEXT": True,
    "AUDIT_AGAIN_MONTHS": 12,
    "IMPACT_EVIDENCE_MONTHS": 6,
    # How many days the next figures may take to be written up after their period has ended: until then evidence is to
    # be renewed, after that it is stale. A monthly scorecard is seldom signed off before the third week.
    "EVIDENCE_GRACE_DAYS": 21,
    # How many megabytes of files one person may add (UP-2).
    "EVIDENCE_PERSON_MB": 5_000,
    # A ZIP whose files nobody has added is removed when its owner left it alone for this long.
    "EVIDENCE_ZIP_DAYS": 7,
    # A command that reads a file from its standard input and ends with 0 when it is clean and 1 when it is not, such as
    # "clamdscan --no-summary -". Anything else it ends with means that it could not look (UP-10).
    "EVIDENCE_SCANNER": "",
    # After how many days a working copy for a subject access request is removed: long enough to decide line by line
    # within the month that the law gives, short enough that no second store of cases grows.
    "SUBJECT_COPY_DAYS": 14,
    # Notices of what people were told are removed after so many days; the product's own choice, from no statute: a
    # year of inspections and audits can be looked back on.
    "NOTICE_DAYS": 365,
    # Ended sessions, used links and counts of exports are removed after so many days; the product's own choice: long
    # enough to look into a break-in that is noticed late.
    "SESSION_KEPT_DAYS": 180,
    # So many months after somebody has left, what they signed in with is removed; 0: never, until the council has
    # decided (PR-5). No statute says how long.
    "LEAVER_MONTHS": 0,
    # Where files are kept: empty is the folder "evidence" in the data folder, which needs nothing else and is copied
    # with the rest. Or a container of Azure Blob (az://container/prefix) or a bucket of S3 (s3://bucket/prefix), which
    # several servers share; that needs the extra "objectstore".
    "EVIDENCE_STORE_URL": "",
    # Only where it is not Azure's or Amazon's own address: https, and http to this machine alone, for tests.
    "EVIDENCE_STORE_ENDPOINT": "",
    # The region of an S3 bucket, such as eu-west-2 (London); Azure needs none.
    "EVIDENCE_STORE_REGION": "",
    # Of Azure the storage account, of S3 the id of the key; and the key itself, or a signature (SAS) for Azure. In the
    # environment or in a file, never in the database and never in a log. Both empty: the machine's own identity.
    "EVIDENCE_STORE_ACCOUNT": "",
    "EVIDENCE_STORE_SECRET": "",
    "EVIDENCE_STORE_SECRET_FILE": "",
    # Seconds for one request to the store, long enough for 25 MB on a slow line; and how often one is tried again.
    "EVIDENCE_STORE_SECONDS": 60,
    "EVIDENCE_STORE_RETRIES": 2,
    # How old the newest evidence of a claim in a self-assessment may be before the claim says that it is old.
    "CLAIM_EVIDENCE_MONTHS": 12,
    # A plan action nobody has reported on for this many days waits for its lead; one due soon is told to its lead.
    "ACTION_UPDATE_DAYS": 28,
    "ACTION_DUE_SOON_WORKING_DAYS": 5,
    # How far back audits count: for who was looked at, and for what audits show beside what is said. A year, because a
    # self-assessment is told once a year and a programme of audits goes round in about as long.
    "COVERAGE_MONTHS": 12,
    "THREE_VIEWS_MONTHS": 12,
    # Evidence of a claim is fresh for so many months; after so many, performance data and what inspectors said are too
    # old to carry a rung of the ladder of evidence.
    "CLAIM_FRESH_MONTHS": 3,
    "CLAIM_DATA_MONTHS": 6,
    "CLAIM_INSPECTION_MONTHS": 36,
    # A self-assessment signed longer ago than this is old: leaders answer its questions each year.
    "SELF_ASSESSMENT_MONTHS": 12,
    # The log's head is written to the anchor file at least this often (LG-4).
    "ANCHOR_ENTRIES": 1000,
    "ANCHOR_MINUTES": 60,
    # Packs (PD-4): seconds before a build is stopped with a readable message.
    "PACK_SECONDS": 180,
    # Offered as the day on which a new pack is destroyed, counted from the day it is asked for: three years, the
    # longest between two standard inspections. Whoever asks for the pack may set another day or none (PR-5).
    "PACK_KEEP_DAYS": 1095,
    # Backups. To whom they are enciphered: the public half of a key in the age format, or several with commas between.
    # Empty: what `audit-app backup-key` left in the folder keys; without either they are not enciphered, which server
    # mode refuses.
    "BACKUP_RECIPIENT": "",
    # The secret half, where the council lets this server open what it makes, so that each is restored for trial. It
    # lies outside the data folder. Empty: the server cannot open its own backups, nor can whoever breaks into it.
    "BACKUP_IDENTITY_FILE": "",
    # Empty is the folder "backups" in the data folder, which one broken disk takes with the data: name another disk.
    "BACKUP_FOLDER": "",
    # Or an object store, az://container/prefix or s3://bucket/prefix, reached by the settings of the evidence store
    # above (endpoint, region, account, secret). Another container than the evidence's.
    "BACKUP_STORE_URL": "",
    # Where PostgreSQL's own tools lie (pg_dump, pg_restore), when they are not on the path or are too old there.
    "PG_TOOLS_FOLDER": "",
    # The hour of the night, in London, after which the worker makes one; none is made by itself without an hour.
    "BACKUP_HOUR": 2,
    # Every backup of so many days is kept, and of older ones the last of each week for so many weeks.
    "BACKUP_DAYS": 14,
    "BACKUP_WEEKS": 12,
    # Administrators are told when the last good backup is older: a night and two hours. 0: they never are, for somebody
    # else sees to backups.
    "BACKUP_LATE_HOURS": 26,
    # Read-only below this much free disk, in MB; and pages about children closed below this much (DU-10).
    "LOW_DISK_MB": 500,
    "NO_DISK_MB": 50,
    # What the processes log to their standard error: "text" lines or "json" lines. Neither holds what somebody typed.
    "LOG_FORMAT": "text",
    # Who asks /metrics with this token (Authorization: Bearer …) is told figures for Prometheus; empty: nobody is.
    "METRICS_TOKEN": "",
    # Run huey tasks at once, in the same process: for tests and one-off commands only.
    "JOBS_IMMEDIATE": False,
}

KEY_FILES = ("SECRET_KEY", "LOG_KEY", "FACTOR_KEY")


def configure(app: Flask, overrides: dict[str, Any] | None = None, *, database_given: bool = False) -> None:
    """Defaults, then the environment, then overrides (tests); then folders and keys.

    Raises:
        NotWhole: the folder was used before, and its database or the key of its log is lost.
        UnsafeSettings: starting would not be safe.
    """
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("AUDIT")
    app.config.update(overrides or {})
    folder = Path(app.config["DATA_FOLDER"]).resolve()
    app.config["DATA_FOLDER"] = folder
    if not database_given:
        key_given = bool(app.config["LOG_KEY"])
        installation.refuse_losses(folder, str(app.config["DATABASE_URL"]), key_given=key_given)
    make_folders(folder)
    given = {name for name in KEY_FILES if app.config[name]}
    app.config["KEYS_GIVEN"] = given
    if "LOG_KEY" not in given and not (folder / "keys" / "log_key").exists():
        installation.key_is_new(folder)
    for name in KEY_FILES:
        if name not in given:
            app.config[name] = kept_key(folder / "keys" / name.lower())
    if not app.config["DATABASE_URL"]:
        app.config["DATABASE_URL"] = f"sqlite:///{folder / 'database' / 'audit.db'}"
    app.config["SECOND_FACTOR"] = server_mode.second_factor(app.config)
    server_mode.refuse_unsafe(app.config)


def make_folders(folder: Path) -> None:
    """The data folder and its parts, each readable by its owner alone (SE-2)."""
    for part in ("", "database", "keys", "evidence", "jobs", "anchors", "backups"):
        place = folder / part
        place.mkdir(mode=0o700, parents=True, exist_ok=True)


def kept_key(path: Path) -> str:
    """A random key made once and kept with mode 0600; two starts at once agree on one."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return path.read_text("ascii").strip()
