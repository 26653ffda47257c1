"""Telling people things in the app, and the words that may be used."""

from datetime import UTC, datetime, timedelta

import pytest

from audit_app import notices
from audit_app.notices.tables import MailState
from findings.errors import Invalid

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
GREENWICH = ("Greenwich Council", "greenwich")


def test_a_notice_is_a_sentence_with_a_place_to_go(session, words):
    notices.tell(session, 1, 7, "audit_assigned", "AUD-0042", NOW)
    (line,) = notices.list_notices(session, 1, 7, *GREENWICH)
    assert (line.sentence, line.path) == ("AUD-0042 is yours to audit", "/greenwich/audits/AUD-0042")
    assert (line.at, line.read) == (NOW, False)


def test_notices_are_the_persons_own_and_of_one_authority(session, words):
    notices.tell(session, 1, 7, "audit_assigned", "AUD-0042", NOW)
    assert notices.list_notices(session, 2, 7, *GREENWICH) == []
    assert notices.list_notices(session, 1, 8, *GREENWICH) == []
    assert notices.count_unread(session, 1, 7) == 1
    assert notices.mark_read(session, 1, 8, NOW) == 0


def test_reading_one_notice_leaves_the_others_unread(session, words):
    first = notices.tell(session, 1, 7, "audit_assigned", "AUD-0042", NOW)
    notices.tell(session, 1, 7, "audit_assigned", "AUD-0043", NOW)
    assert notices.mark_read(session, 1, 7, NOW, first.id) == 1
    (line,) = notices.list_notices(session, 1, 7, *GREENWICH, unread_only=True)
    assert line.sentence.startswith("AUD-0043")
    assert notices.mark_read(session, 1, 7, NOW) == 1
    assert notices.count_unread(session, 1, 7) == 0


def test_a_notice_written_by_a_newer_version_still_reads(session, words):
    notice = notices.tell(session, 1, 7, "audit_assigned", "AUD-0042", NOW)
    notice.code = "of_a_newer_version"
    session.flush()
    (line,) = notices.list_notices(session, 1, 7, *GREENWICH)
    assert (line.sentence, line.path) == ("AUD-0042 has something new for you", "/")


def test_a_notice_that_is_only_for_the_app_waits_for_no_mail(session, words):
    notices.register_notice("draft_kept", "{reference} is kept as a draft", [], by_mail=False)
    assert notices.tell(session, 1, 7, "draft_kept", "AUD-0042", NOW).mail_state is MailState.not_needed


@pytest.mark.parametrize("reference", ["the child is afraid", "AUD-0042\r\nBcc: x@example.org", "{link}", ""])
def test_a_notice_carries_a_reference_and_no_text(session, words, reference):
    with pytest.raises(Invalid):
        notices.tell(session, 1, 7, "audit_assigned", reference, NOW)


def test_an_unregistered_notice_or_mail_is_a_mistake_in_the_code(session, words):
    with pytest.raises(ValueError, match="no-such-code"):
        notices.tell(session, 1, 7, "no-such-code", "AUD-0042", NOW)
    with pytest.raises(ValueError, match="no-such-kind"):
        notices.post(session, 1, "no-such-kind", "a@example.org", council="C", path="/x", valid_until=NOW, now=NOW)


@pytest.mark.parametrize(
    ("subject", "body", "path"),
    [
        ("{reference}: {child}", [], "/"),
        ("{reference}", ["{rationale}"], "/"),
        ("{reference}", ["{reference.__class__}"], "/"),
        ("{link}", [], "/"),
        ("{reference}\nBcc: x@example.org", [], "/"),
        ("{reference}", [], "/{council}"),
        ("{}", [], "/"),
    ],
)
def test_words_that_would_say_more_are_refused_when_registered(words, subject, body, path):
    with pytest.raises(ValueError, match=r"may say only|subject of one line"):
        notices.register_notice("too_much", subject, body, path=path)


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/a//b", "/a b", "/a\nb", "a", "", "/\\x"])
def test_a_link_leads_to_this_service_only(settings, path):
    with pytest.raises(ValueError, match="path on this service"):
        notices.public_link(settings, path)


def test_a_link_begins_with_the_public_address(settings):
    assert notices.public_link(settings, "/invitations/a_b-C") == "https://audits.example.gov.uk/invitations/a_b-C"


@pytest.mark.parametrize(
    "address",
    ["", "plain", "a@b@c", "a b@example.org", "a@example.org\nBcc: b@example.org", "a@example.org,b@example.org",
     "<a@example.org>", "jós@example.org", "a@" + "x" * 260, "a@exam..ple.org"],
)  # fmt: skip
def test_an_address_is_one_plain_address(session, words, address):
    with pytest.raises(Invalid, match="Enter an e-mail address"):
        notices.post(
            session, 1, "invitation", address, council="C", path="/i/t", valid_until=NOW + timedelta(1), now=NOW
        )
