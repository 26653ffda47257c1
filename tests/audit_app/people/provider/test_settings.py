"""What is set of the provider: each fault is named with what to do, and what a token may say of a second factor."""

import pytest

from audit_app.config import DEFAULTS
from audit_app.people.provider import groups, second_factor
from audit_app.people.provider.known import TENANT, describe
from audit_app.people.provider.settings import read_settings
from audit_app.people.provider.tokens import expected_issuer
from audit_app.people.provider.trust import NotAccepted, Reason, heading, sentences, status
from audit_app.server_mode import UnsafeSettings

RIGHT = {
    **DEFAULTS,
    "SECOND_FACTOR": "required",
    "OIDC_ISSUER": "https://login.example.gov.uk/tenant/v2.0",
    "OIDC_CLIENT_ID": "readiness",
    "OIDC_CLIENT_SECRET": "kept-to-itself",
}


def test_a_whole_set_is_read_and_its_secret_never_shown():
    settings = read_settings(RIGHT)
    assert settings.issuer == "https://login.example.gov.uk/tenant/v2.0"
    assert "kept-to-itself" not in repr(settings)
    assert read_settings({**DEFAULTS, "SECOND_FACTOR": "required"}) is None
    assert read_settings({**RIGHT, "OIDC_ISSUER": "http://127.0.0.1:3000"}).by_http


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"OIDC_ISSUER": "login.example.gov.uk"}, "AUDIT_OIDC_ISSUER must be the whole address"),
        ({"OIDC_ISSUER": "http://login.example.gov.uk"}, "without encryption"),
        ({"OIDC_ISSUER": "https://name:password@login.example.gov.uk"}, "AUDIT_OIDC_ISSUER must be"),
        ({"OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0"}, "AUDIT_OIDC_TENANTS"),
        ({"OIDC_CLIENT_ID": " "}, "AUDIT_OIDC_CLIENT_ID is empty"),
        ({"OIDC_CLIENT_SECRET": ""}, "AUDIT_OIDC_CLIENT_SECRET is empty"),
        ({"OIDC_CLIENT_SECRET_FILE": "/tmp/x"}, "not both"),
        ({"OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": "/nowhere/at/all"}, "cannot be read"),
        ({"OIDC_NAME": ""}, "AUDIT_OIDC_NAME"),
        ({"OIDC_CLOCK_SKEW_MINUTES": 11}, "AUDIT_OIDC_CLOCK_SKEW_MINUTES"),
        ({"OIDC_SECONDS": "soon"}, "AUDIT_OIDC_SECONDS"),
        ({"OIDC_FACTOR_AMR": "mfa"}, "AUDIT_OIDC_FACTOR_AMR is a list"),
        ({"OIDC_ONLY": True}, "AUDIT_OIDC_BREAK_GLASS"),
        ({"OIDC_GROUPS_FILE": "/nowhere/at/all"}, "AUDIT_OIDC_GROUPS_FILE cannot be read"),
        ({"OIDC_CA_FILE": "/nowhere/at/all"}, "AUDIT_OIDC_CA_FILE"),
        ({"OIDC_ISSUER": "", "SECOND_FACTOR": "provider"}, "AUDIT_SECOND_FACTOR is provider"),
        ({"OIDC_ISSUER": "", "OIDC_ONLY": True}, "AUDIT_OIDC_ONLY is set"),
    ],
)
def test_each_fault_is_named_with_what_to_set(wrong, says):
    with pytest.raises(UnsafeSettings) as refusal:
        read_settings({**RIGHT, **wrong})
    assert says in str(refusal.value)
    assert "kept-to-itself" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names no group"),
        ("[[group]]\ngroup = 'a'\ncouncil = 'b'\n", "exactly a group, a council and a role"),
        ("[[group]]\ngroup = 'a'\ncouncil = 'b'\nrole = 'king'\n", "There are: admin"),
        ("[[group]]\ngroup = a\n", "cannot be read"),
    ],
)
def test_a_file_of_groups_that_cannot_be_read_is_refused_by_its_entry(tmp_path, text, says):
    file = tmp_path / "groups.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UnsafeSettings, match=says):
        read_settings({**RIGHT, "OIDC_GROUPS_FILE": str(file)})


@pytest.mark.parametrize(
    ("claims", "more", "given"),
    [
        ({"amr": ["pwd", "mfa"]}, {}, True),
        ({"amr": ["pwd"]}, {}, False),
        ({"amr": ["pwd", "sms"]}, {}, False),
        ({"amr": "mfa"}, {}, False),
        ({"amr": [["mfa"]]}, {}, False),
        ({}, {}, False),
        ({}, {"SECOND_FACTOR": "provider"}, True),
        ({"amr": ["pwd"]}, {"SECOND_FACTOR": "provider"}, False),
        ({"acr": "phr"}, {}, False),
        ({"acr": "phr"}, {"OIDC_FACTOR_ACR": ["phr"]}, True),
        ({"acr": "0", "amr": ["pwd"]}, {"OIDC_FACTOR_ACR": ["phr"]}, False),
    ],
)
def test_what_counts_as_a_second_factor_there(claims, more, given):
    assert second_factor.was_given(claims, read_settings({**RIGHT, **more})) is given


MANY = {**RIGHT, "OIDC_ISSUER": "https://login.microsoftonline.com/organizations/v2.0", "OIDC_TENANTS": ["AAA-1"]}
ENTRA = {
    "issuer": f"https://login.microsoftonline.com/{TENANT}/v2.0",
    "authorization_endpoint": "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize",
    "token_endpoint": "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
    "jwks_uri": "https://login.microsoftonline.com/organizations/discovery/v2.0/keys",
    "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
}


def test_of_many_tenants_only_those_that_are_set_sign_in():
    settings = read_settings(MANY)
    description = describe(ENTRA, settings)
    assert description.token_auth == "client_secret_post"
    assert expected_issuer(settings, description, {"tid": "aaa-1"}) == "https://login.microsoftonline.com/aaa-1/v2.0"
    for tenant in ("bbb-2", "", None):
        with pytest.raises(NotAccepted) as refusal:
            expected_issuer(settings, description, {"tid": tenant})
        assert refusal.value.reason == Reason.issuer
    with pytest.raises(NotAccepted):
        describe(ENTRA, read_settings(RIGHT))


def test_every_reason_has_words_that_say_what_happened():
    for reason in Reason:
        whole = " ".join([heading(reason, "Greenhaven"), *sentences(reason, "Greenhaven")])
        assert "{" not in whole
        assert len(sentences(reason, "Greenhaven")[0]) > 40, reason
        assert status(reason) in (400, 409, 503)


def test_one_group_sent_as_a_word_is_one_group():
    settings = read_settings(RIGHT)
    assert groups.groups_in({"groups": "auditors"}, settings) == {"auditors"}
    assert groups.groups_in({"groups": ["a", 1, None]}, settings) == {"a"}
    assert groups.groups_in({}, settings) == frozenset()
