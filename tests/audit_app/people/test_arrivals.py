"""People from a workbook: IM-4, IM-6, IM-7, PE-3; template, preview, confirm, all or nothing."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlmodel import select

from audit_app import clock
from audit_app.people import queries
from audit_app.people.access import Role
from audit_app.people.arrivals import service
from audit_app.people.arrivals.columns import COLUMNS
from audit_app.people.organisation import service_posts as posts
from audit_app.people.tables import Membership
from audit_app.sheets import Row

HEAD = [column.heading for column in COLUMNS]
NIA = [
    "nia@greenhaven.example",
    "Nia Price",
    "Auditor, Leader",
    "Early Help",
    "Family Hub",
    "yes",
    "tom@greenhaven.example",
    "",
]
TOM = ["Tom@Greenhaven.example", "Tom Ellis", "QA manager", "", "Duty Team", "", "", "Head of Quality"]


def workbook(*rows, head=HEAD):
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(admin, home, data, status=303, filename="people.xlsx"):
    admin.get(f"{home}/people/workbook")
    admin.submit({"file": (io.BytesIO(data), filename)}, status=status)


def today(session):
    found = {one.user_name: one for one in queries.list_people_views(session, clock.today())}
    session.rollback()
    return found


def test_im_6_a_workbook_is_shown_then_confirmed_then_kept(admin, home, town, session):
    upload(admin, home, workbook(NIA, TOM))
    assert admin.h1 == "Check before people are added"
    assert "nia@greenhaven.example" in admin.text and "new, a new team, manager" in admin.text
    assert "nia@greenhaven.example" not in today(session)
    admin.submit()
    assert "2 people added or changed, 2 invited." in admin.text
    people = today(session)
    nia, tom = people["nia@greenhaven.example"], people["tom@greenhaven.example"]
    assert (nia.roles, nia.team_names) == ({Role.auditor, Role.leader}, ("Family Hub",))
    assert queries.managers_upward(session, nia.id, clock.today()) == {tom.id}
    assert [(post.title, post.holder_name) for post in queries.list_posts(session, clock.today())] == [
        ("Head of Quality", "Tom Ellis")
    ]
    assert len(admin.select("code")) == 2


def test_im_7_the_same_workbook_again_changes_nothing_and_says_so(admin, home, town, session):
    for _ in range(2):
        upload(admin, home, workbook(NIA, TOM))
        admin.submit()
    assert "changes nothing" in admin.text
    assert len(today(session)) == 7


def test_a_role_in_a_later_workbook_is_given_beside_those_that_are_held(admin, home, town, session):
    for roles in ("Auditor, Leader", "Auditor, QA manager"):
        upload(admin, home, workbook([*NIA[:2], roles, *NIA[3:]], TOM))
        admin.submit()
    nia = today(session)["nia@greenhaven.example"]
    assert nia.roles == {Role.auditor, Role.leader, Role.qa_manager}
    held = session.exec(select(Membership).where(Membership.person_id == nia.id)).all()
    assert sorted(row.role for row in held) == sorted(nia.roles)  # none is given twice
    session.rollback()


def test_a_post_of_another_title_is_left_alone_and_one_of_the_same_is_not_made_twice(admin, home, town, session, now):
    for title, holder in (("Zone Lead", town.manager), ("A Lead", town.qa), ("HEAD OF QUALITY", town.qa)):
        made = posts.make_post(session, title, by=town.admin, now=now)
        posts.give_post(session, made.id, holder, on=clock.today(), by=town.admin, now=now)
    session.commit()
    upload(admin, home, workbook(TOM))
    admin.submit()
    held = {post.title: post.holder_name for post in queries.list_posts(session, clock.today())}
    assert held == {"A Lead": "Asha Khan", "HEAD OF QUALITY": "Tom Ellis", "Zone Lead": "Mary Manager"}


def test_every_fault_is_listed_by_row_and_column_and_nothing_is_kept(admin, home, town, session):
    upload(
        admin,
        home,
        workbook(
            ["no address", "Nia Price", "Auditor", "", "", "", "", ""],
            ["a@x.example", "", "Emperor", "", "", "perhaps", "", ""],
        ),
        status=422,
    )
    for said in ("Row 2, column “E-mail”", "Row 3, column “Name”", "“Emperor” is not a role", "neither Yes nor No"):
        assert said in admin.text
    upload(
        admin,
        home,
        workbook(
            TOM,
            TOM,
            ["b@x.example", "B", "Auditor", "", "No Such Team", "", "", ""],
            ["c@x.example", "C", "Auditor", "Permanence", "Duty Team", "", "", ""],
            ["d@x.example", "D", "Auditor", "", "", "yes", "nobody@x.example", ""],
            ["e@x.example", "E", "Auditor", "", "", "", "f@x.example", ""],
            ["f@x.example", "F", "Auditor", "", "", "", "e@x.example", ""],
        ),
        status=422,
    )
    for said in (
        "already in row 2",
        "there is no team “No Such Team”",
        "is in the service Safeguarding",
        "name the team the person manages",
        "nobody with the address nobody@x.example",
        "go round in a circle",
    ):
        assert said in admin.text
    assert len(today(session)) == 5


def test_im_4_strange_and_missing_headings_are_faults(admin, home, town):
    upload(admin, home, workbook(["x"], head=["Shoe size"]), status=422)
    assert "Shoe size" in admin.text


def test_pe_3_an_administrator_gives_themselves_no_role_by_workbook(admin, home, town):
    upload(
        admin,
        home,
        workbook(["ada.admin@greenhaven.example", "Ada Admin", "QA manager", "", "", "", "", ""]),
        status=422,
    )
    assert "nobody changes their own roles" in admin.text


def test_im_6_only_the_uploader_confirms_and_only_the_file_that_was_shown(admin, signed_in_as, home, town, session):
    upload(admin, home, workbook(NIA, TOM))
    first = {"sha256": "0" * 64}
    other = signed_in_as(person_id=town.second_admin)
    other.get(f"{home}/people/workbook/confirmation", status=303)
    admin.post(f"{home}/people/workbook/confirmation", first, status=409)
    assert len(today(session)) == 5


def test_im_6_a_workbook_waits_a_day_to_be_confirmed(session, town, now):
    waiting = service.Waiting("0" * 64, "people.xlsx", (Row(2, {"name": "Nia Price"}),))
    service.keep(session, "/people/workbook", waiting, by=town.admin, now=now)
    for hours, kept in ((24, waiting), (24.1, None)):
        later = now + timedelta(hours=hours)
        assert service.find(session, "/people/workbook", by=town.admin, now=later) == kept
    assert service.find(session, "/people/workbook", by=town.second_admin, now=now) is None


@pytest.mark.parametrize(("data", "filename"), [(b"", ""), (b"MZ", "people.exe"), (b"PK\x03\x04broken", "people.xlsx")])
def test_what_is_no_workbook_is_refused_kindly(admin, home, town, data, filename):
    upload(admin, home, data, status=422, filename=filename)


def test_the_template_can_be_filled_and_uploaded(admin, home, town):
    seen = admin.client.get(f"{home}/people/workbook/template", base_url="http://localhost")
    assert seen.headers["Content-Disposition"] == 'attachment; filename="people.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(seen.data))
    assert [cell.value for cell in book.worksheets[0][1]] == HEAD
    book.worksheets[0].append(TOM)
    stream = io.BytesIO()
    book.save(stream)
    upload(admin, home, stream.getvalue())
    assert "Tom Ellis" in admin.text
