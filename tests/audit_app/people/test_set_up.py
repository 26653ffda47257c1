"""A council's first day: references by example, pasted teams, contacts, colours, the logo and the list of steps."""

import io
import re

import pytest
from PIL import Image

from audit_app.errors import Invalid
from audit_app.people import defaults, queries
from audit_app.people.first_day import logo, pasted_teams, reference_pattern, service


@pytest.mark.parametrize(
    ("example", "vary", "accepted", "refused"),
    [
        ("G-123456", (False, False), ["G-000001"], ["H-123456", "G-12345", "G-1234567", "g-123456", "G123456"]),
        ("g-123456", (False, True), ["G-1", "G-123456789012"], ["G-1234567890123", "G-"]),
        ("AB 12/3", (True, False), ["ZZ 99/0"], ["ABC 12/3", "AB 12-3"]),
        ("1234567", (False, False), ["7654321"], ["12345678", "A234567"]),
        ("LCS.1_2", (False, False), ["LCS.7_7"], ["LCSX1_2"]),
    ],
)
def test_a_pattern_is_learned_from_one_example(example, vary, accepted, refused):
    pattern = reference_pattern.pattern_from(example, letters_vary=vary[0], figures_vary=vary[1])
    assert re.fullmatch(pattern, example.upper())
    assert all(re.fullmatch(pattern, one) for one in accepted)
    assert not any(re.fullmatch(pattern, one) for one in refused)


@pytest.mark.parametrize(
    "example", ["", "SMITH", "J Smith", "9434765919", "943 476 5919", "A" * 40 + "1", "Ł-12", "1;2", "(1)+"]
)
def test_pr_1_an_example_that_could_be_a_name_or_an_nhs_number_is_refused(example):
    with pytest.raises(reference_pattern.NoPattern):
        reference_pattern.pattern_from(example, letters_vary=True, figures_vary=True)


def test_what_is_accepted_and_refused_is_shown():
    shown = reference_pattern.show("G-[0-9]{6}", "G-123456")
    assert "G-123456" in shown.accepted and "G-456789" in shown.accepted
    assert {"J SMITH", "943 476 5919", "G-12345", "G-1234567"} <= set(shown.refused)


def test_pasted_teams_may_have_bullets_tabs_or_stand_under_their_service():
    read = pasted_teams.read_teams(
        "• Safeguarding: Duty\n– Early\u00a0Help:\tFamily Hub\nCare:\n  o Fostering\n  1. 16 plus"
    )
    assert read.faults == ()
    assert read.teams == (
        ("Safeguarding", "Duty"),
        ("Early Help", "Family Hub"),
        ("Care", "Fostering"),
        ("Care", "16 plus"),
    )
    assert pasted_teams.read_teams("Safeguarding\tDuty\nB:").faults == (
        "Line 2: write the service, a colon and the team, like Safeguarding: Duty Team",
    )


def test_pasted_teams_are_read_line_by_line_and_faults_name_their_line():
    read = pasted_teams.read_teams("Safeguarding: Duty\n\n Early Help :Family  Hub \n")
    assert read.teams == (("Safeguarding", "Duty"), ("Early Help", "Family Hub"))
    read = pasted_teams.read_teams("Duty\n: Duty\nA: Duty\nB: duty\n" + "C:" + "x" * 121)
    assert [fault.partition(":")[0] for fault in read.faults] == ["Line 1", "Line 2", "Line 4", "Line 5"]


@pytest.mark.parametrize(
    "key", ["sign-in", "static", "people" * 11, "a", "Greenhaven", "green_haven", "1st", "a--b", "end-"]
)
def test_a_key_that_is_reserved_or_no_key_is_refused(key):
    assert service.why_no_key(key)


def test_every_first_word_of_an_address_outside_a_council_is_reserved(app):
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules() if not rule.rule.startswith("/<")}
    assert {word for word in first if word} <= defaults.RESERVED_KEYS


def test_the_set_up_page_saves_everything_at_once(admin, home, town, session):
    admin.get(f"{home}/council/settings")
    admin.submit(
        {
            "name": "Greenhaven Borough Council",
            "example": "gh/1234",
            "figures": "vary",
            "teams": "Early Help: Family Hub\nSafeguarding: Duty Team",
            "contact_person": str(town.qa),
            "contact_telephone": "020 7946 0000",
            "amber_word": "Slipping",
        }
    )
    assert "1 team added. 1 team there already." in admin.text
    settings = queries.authority_settings(session)
    assert (settings.name, settings.reference_example) == ("Greenhaven Borough Council", "GH/1234")
    assert re.fullmatch(settings.reference_pattern, "GH/12")
    assert queries.brag_words(session)["amber"] == ("Slipping", defaults.BRAG["amber"][1])
    contacts = queries.escalation_contacts(session, None)
    session.rollback()
    assert [(one.name, one.telephone) for one in contacts] == [("Asha Khan", "020 7946 0000")]
    admin.get(f"{home}/council/settings")
    admin.submit({"contact_person": str(town.qa)}, status=422)
    admin.post(f"{home}/council/contacts/{contacts[0].id}/removal")
    assert queries.list_contacts(session) == []


def test_one_mistake_keeps_everything_typed_and_saves_nothing(admin, home, town, session):
    admin.get(f"{home}/council/settings")
    typed = {"name": "Another Name", "teams": "no colon here", "red_word": ""}
    admin.submit(typed, status=422)
    admin.submit({**typed, "red_word": "Red"}, status=422)
    assert "Line 1: write the service" in admin.text
    assert "no colon here" in admin.text and "Another Name" in str([node.attrs for node in admin.select("input")])
    assert queries.authority_settings(session).name == "Greenhaven Council"


def test_fo_1_two_administrators_do_not_overwrite_each_other(signed_in_as, home, town):
    one, two = signed_in_as(person_id=town.admin), signed_in_as(person_id=town.second_admin)
    for browser in (one, two):
        browser.get(f"{home}/council/settings")
    one.submit({"name": "First"})
    two.submit({"name": "Second"}, status=409)


def picture(kind, size=(8, 8)):
    stream = io.BytesIO()
    Image.new("RGB", size, (10, 60, 90)).save(stream, kind)
    return stream.getvalue()


def upload(admin, home, data, filename, status):
    admin.get(f"{home}/council/settings")
    admin.submit({"logo": (io.BytesIO(data), filename)}, status=status)


def test_a_logo_is_kept_drawn_anew_and_shown(admin, home, town):
    upload(admin, home, picture("PNG") + b"something behind", "logo.png", 303)
    seen = admin.client.get(f"{home}/council/logo", base_url="http://localhost")
    assert seen.status_code == 200 and seen.content_type == "image/png"
    assert b"something behind" not in seen.data
    assert "/council/logo" in str([node.attrs for node in admin.get(f"{home}/council/settings").select("img")])


@pytest.mark.parametrize(
    ("data", "filename"),
    [(b"<svg/>", "logo.svg"), (b"not a picture", "logo.png"), (b"", "logo.exe")],
)
def test_up_1_what_is_no_small_picture_is_refused(admin, home, town, data, filename):
    upload(admin, home, data, filename, 422)
    admin.get(f"{home}/council/logo", status=404)


def test_up_2_a_logo_above_1_mb_is_refused(app):
    with pytest.raises(Invalid, match="1 MB or smaller"):
        logo.keep(picture("PNG") + b"0" * 1_048_576, "logo.png", app.config)


def test_the_list_of_steps_names_the_next_one(admin, home, town, session):
    admin.get(f"{home}/council")
    assert "2 teams in 2 services." in admin.text
    assert "1 of 2 teams managed by somebody." in admin.text
    assert "The next step is: say who manages each team." in admin.text
