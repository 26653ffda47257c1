"""What server mode demands before anything is served: AU-6, AU-7, AU-15, SE-1, ER-2. Each fault alone is enough."""

import secrets

import pytest

from audit_app import create_app
from audit_app.config import DEFAULTS
from audit_app.server_mode import UnsafeSettings, refuse_unsafe, second_factor

KEY = secrets.token_hex(32)
NOTIFY = "-".join(("a-key", *("0f54ab00-1111-4222-8333-444455556666",) * 2))
RIGHT = {
    **DEFAULTS,
    "SERVER_MODE": True,
    "SECRET_KEY": KEY,
    "KEYS_GIVEN": {"SECRET_KEY"},
    "DEBUG": False,
    "JOBS_IMMEDIATE": False,
    "SECOND_FACTOR": "required",
    "SESSION_COOKIE": "__Host-session",
    "PUBLIC_ADDRESS": "https://readiness.example.gov.uk",
    "TRUSTED_HOSTS": ["readiness.example.gov.uk"],
    "TRUSTED_PROXIES": 1,
    "LOG_FORMAT": "text",
    "METRICS_TOKEN": "",
}


def test_a_whole_set_of_settings_starts():
    refuse_unsafe(RIGHT)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"KEYS_GIVEN": set()}, "AUDIT_SECRET_KEY"),
        ({"SECRET_KEY": "x" * 31}, "AUDIT_SECRET_KEY"),
        ({"SECRET_KEY": "x" * 64}, "AUDIT_SECRET_KEY"),
        ({"DEBUG": True}, "debugging"),
        ({"JOBS_IMMEDIATE": True}, "worker"),
        ({"SECOND_FACTOR": "offered"}, "requires a second factor"),
        ({"SECOND_FACTOR": "Required"}, "may be offered, required or provider"),
        ({"SESSION_COOKIE": "session"}, "__Host-"),
        ({"PUBLIC_ADDRESS": "http://readiness.example.gov.uk"}, "AUDIT_PUBLIC_ADDRESS"),
        ({"PUBLIC_ADDRESS": "https://readiness.example.gov.uk/below"}, "AUDIT_PUBLIC_ADDRESS"),
        ({"PUBLIC_ADDRESS": "https://"}, "AUDIT_PUBLIC_ADDRESS"),
        ({"TRUSTED_HOSTS": ["other.example.gov.uk"]}, 'AUDIT_TRUSTED_HOSTS, as in ["readiness.example.gov.uk"]'),
        ({"LOG_FORMAT": "xml"}, "AUDIT_LOG_FORMAT"),
        ({"METRICS_TOKEN": "short"}, "AUDIT_METRICS_TOKEN"),
        ({"NOTIFY_API_KEY": "short", "NOTIFY_TEMPLATE": "t"}, "no key of GOV.UK Notify"),
        ({"NOTIFY_API_KEY": NOTIFY}, "AUDIT_NOTIFY_TEMPLATE"),
        ({"NOTIFY_TEMPLATE": "t"}, "AUDIT_NOTIFY_API_KEY"),
        ({"NOTIFY_API_KEY": NOTIFY, "NOTIFY_TEMPLATE": "t", "SMTP_HOST": "mail"}, "not both"),
        ({"NOTIFY_API_KEY": NOTIFY, "NOTIFY_TEMPLATE": "t", "NOTIFY_ADDRESS": "http://notify"}, "https://"),
        ({"BOUNCES_HOST": "mail"}, "AUDIT_BOUNCES_USER"),
        ({"TRUSTED_PROXIES": 0}, "AUDIT_TRUSTED_PROXIES"),
        ({"TRUSTED_PROXIES": 6}, "AUDIT_TRUSTED_PROXIES"),
        ({"TRUSTED_PROXIES": "one"}, "AUDIT_TRUSTED_PROXIES"),
    ],
)
def test_each_fault_is_named_with_what_to_set(wrong, says):
    with pytest.raises(UnsafeSettings) as refusal:
        refuse_unsafe({**RIGHT, **wrong})
    assert says in str(refusal.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(UnsafeSettings) as refusal:
        refuse_unsafe({**RIGHT, "SECRET_KEY": "", "TRUSTED_PROXIES": 0, "SECOND_FACTOR": "offered"})
    for name in ("AUDIT_SECRET_KEY", "AUDIT_TRUSTED_PROXIES", "AUDIT_SECOND_FACTOR"):
        assert name in str(refusal.value)


@pytest.mark.parametrize(
    "wrong", [{"TRUSTED_HOSTS": ["readiness.example.gov.uk"]}, {"TRUSTED_PROXIES": 1, "TRUSTED_HOSTS": ["localhost"]}]
)
def test_what_others_can_reach_needs_server_mode(wrong):
    alone = {**RIGHT, "SERVER_MODE": False, "SECOND_FACTOR": "offered", "TRUSTED_PROXIES": 0, "TRUSTED_HOSTS": []}
    refuse_unsafe(alone)
    with pytest.raises(UnsafeSettings, match="AUDIT_SERVER_MODE must be set to true"):
        refuse_unsafe({**alone, **wrong})


def test_au_6_where_nothing_is_said_a_server_requires_a_second_factor():
    assert second_factor({"SECOND_FACTOR": "", "SERVER_MODE": True}) == "required"
    assert second_factor({"SECOND_FACTOR": "", "SERVER_MODE": False}) == "offered"
    assert second_factor({"SECOND_FACTOR": "required", "SERVER_MODE": False}) == "required"


def test_the_application_itself_refuses(tmp_path, engine):
    settings = {**RIGHT, "TRUSTED_PROXIES": 0, "DATA_FOLDER": str(tmp_path / "data")}
    with pytest.raises(UnsafeSettings, match="AUDIT_TRUSTED_PROXIES"):
        create_app(settings, engine=engine)
