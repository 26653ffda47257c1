"""A council's first day: references by example, pasted teams, contacts, colours, the logo and the list of steps."""

import io
import re

import pytest
from PIL import Image

from audit_app import clock
from audit_app.errors import Invalid
from audit_app.people import defaults, queries
from audit_app.people.access import Role
from audit_app.people.councils import keys
from audit_app.people.first_day import logo, pasted_teams, reference_pattern
from audit_app.people.first_day.queries import list_steps
from audit_app.people.organisation import names
from tests import builders


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
    assert keys.why_no_key(key)


def test_every_first_word_of_an_address_outside_a_council_is_reserved(app):
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules() if not rule.rule.startswith("/<")}
    assert {word for word in first if word} <= defaults.RESERVED_KEYS


def test_each_step_has_a_page_of_its_own(admin, home, town, session):
    admin.get(f"{home}/council/settings")
    admin.submit({"name": "Greenhaven Borough Council"})
    admin.get(f"{home}/council/case-references")
    admin.submit({"example": "gh/1234", "figures": "vary"})
    admin.get(f"{home}/council/colours")
    admin.submit({"amber_word": ""}, status=422)
    admin.submit({"amber_word": "Slipping"})
    settings = queries.authority_settings(session)
    assert (settings.name, settings.reference_example) == ("Greenhaven Borough Council", "GH/1234")
    assert re.fullmatch(settings.reference_pattern, "GH/12")
    assert queries.brag_words(session)["amber"] == ("Slipping", defaults.BRAG["amber"][1])
    session.rollback()
    admin.get(f"{home}/council/contacts")
    admin.submit({"person": str(town.qa), "telephone": "020 7946 0000"})
    contacts = queries.escalation_contacts(session, None)
    session.rollback()
    assert [(one.name, one.telephone) for one in contacts] == [("Asha Khan", "020 7946 0000")]
    admin.post(f"{home}/council/contacts", {"person": str(town.qa)}, status=422)
    admin.post(f"{home}/council/contacts/{contacts[0].id}/removal")
    assert queries.list_contacts(session) == []


def test_a_pasted_list_is_shown_as_it_was_read_before_anything_is_added(admin, home, town, session):
    """A bullet, a dash, capitals or a doubled blank before or in a name make no second service or team."""
    admin.get(f"{home}/teams/list")
    admin.submit({"teams": "no colon here"}, status=422)
    assert "Line 1: write the service" in admin.text and "no colon here" in admin.text
    pasted = "• safeguarding: duty  team\n– Early–Help:\n  o Family Hub\n1. Early - Help: Hub Two"
    admin.submit({"teams": pasted}, status=200)
    assert "2 teams are new; 1 team of the list is there already" in admin.text
    assert "“duty team” is taken as the team “Duty Team”" in admin.text
    assert len(queries.list_teams(session, clock.today())) == 2
    session.rollback()
    admin.submit({})
    assert "2 teams added. 1 team there already." in admin.text
    assert {(team.service_name, team.name) for team in queries.list_teams(session, clock.today())} == {
        ("Safeguarding", "Duty Team"), ("Permanence", "Court Team"), ("Early–Help", "Family Hub"),
        ("Early–Help", "Hub Two"),
    }  # fmt: skip


def test_who_manages_each_team_is_said_on_one_page(admin, home, town, session):
    admin.get(f"{home}/teams/managers")
    admin.submit({f"team_{town.court}": str(town.manager)})
    assert "1 team has a manager now" in admin.text and "2 of 2 teams managed" in admin.text


def test_fo_1_two_administrators_do_not_overwrite_each_other(signed_in_as, home, town):
    one, two = signed_in_as(person_id=town.admin), signed_in_as(person_id=town.second_admin)
    changes = {"settings": ("name", "{} name"), "case-references": ("example", "{}-12"), "colours": ("red_word", "{}")}
    for page, (field, value) in changes.items():
        for browser in (one, two):
            browser.get(f"{home}/council/{page}")
        one.submit({field: value.format("A")})
        two.submit({field: value.format("B")}, status=409)


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


def test_the_list_of_steps_names_the_next_one_that_can_be_done(admin, home, town, session):
    admin.get(f"{home}/council")
    assert "2 teams in 2 services." in admin.text
    assert "1 of 2 teams managed by somebody." in admin.text
    assert "The next step is: say who manages each team." in admin.text


def test_contacts_wait_until_somebody_is_there_to_be_chosen(session):
    builders.make_person(session, [Role.admin])
    steps = {step.title: step for step in list_steps(session, clock.today())}
    assert steps["Name escalation contacts"].waits_for == "people"
    assert steps["Say who manages each team"].waits_for == "teams"
    assert [step.title for step in steps.values() if step.is_next] == [
        "Add services and teams", "Add people and invite them",
    ]  # fmt: skip
    builders.make_person(session, [Role.leader])
    steps = {step.title: step for step in list_steps(session, clock.today())}
    assert steps["Name escalation contacts"].is_next


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("• Duty", "Duty"), ("– Safeguarding", "Safeguarding"), ("1. Duty", "Duty"), ("2) – Early Help", "Early Help"),
        ("➢Duty", "Duty"), ("\u200bEarly\u00a0 Help;", "Early Help"), ("C. Wells Team", "C. Wells Team"),
        ("16+ Team", "16+ Team"), ("0-4 Team", "0-4 Team"), ("—", ""),
    ],
)  # fmt: skip
def test_a_list_mark_is_no_part_of_a_name(typed, name):
    assert names.cleaned(typed) == name


def test_two_spellings_of_one_name_are_the_same():
    spellings = ("Early Help – North", "early help-north", "• Early\u00a0Help \u2011 North", "EARLY  HELP—NORTH")
    assert len({names.same_as(spelling) for spelling in spellings}) == 1
    assert names.same_as("Duty 1") != names.same_as("Duty 2") and names.same_as("16+") != names.same_as("16")
