"""Names stand where a reader looks for them, in one order whatever the database is."""

import random

from audit_app import alphabet
from audit_app.audits import wording as audit_wording
from audit_app.library import wording as library_wording
from audit_app.people import queries as people
from audit_app.people.directory import queries as directory
from audit_app.people.tables import Role
from tests import builders

# Put in order by hand: letters with marks beside those without, “O'” and “O’” as one, word by word, numbers by size.
NAMES = (
    "Ŵan Ap Rhys", "Aled Ŷorath", "ben Adams", "Czesław Żak", "De la Cruz", "Dean Åkesson", "Éilis Byrne",
    "Łucja Nowak", "Lydia Stone",
    "Mac Adam", "MacDonald", "McAdam", "O'Brien", "O’Callaghan", "OConnor", "Øyvind Dahl", "Ozan Öz",
    "Team 2", "Team 10", "Zoë Hall",
)  # fmt: skip
IN_ORDER = (*NAMES[1:-1], NAMES[0], NAMES[-1])


def test_a_list_of_names_in_the_order_of_a_reader():
    mixed = list(IN_ORDER)
    random.Random(3).shuffle(mixed)
    assert tuple(alphabet.in_order(mixed, str)) == IN_ORDER


def test_names_that_differ_in_marks_alone_have_one_order():
    assert alphabet.in_order(["Zoë", "Zoe", "zoe"], str) == alphabet.in_order(["zoe", "Zoë", "Zoe"], str)


def test_groups_of_children_stand_by_their_names_and_not_by_their_codes():
    for named in (audit_wording.COHORTS, library_wording.COHORTS):
        first, *others = named.values()
        assert named["ALL"] == first
        assert others == alphabet.in_order(others, str)
    assert library_wording.COHORTS["CIC"][0] == audit_wording.COHORTS["CIC"][0] == "C"


def test_people_are_listed_alike_on_both_databases_and_across_pages(session, monkeypatch):
    monkeypatch.setattr(directory, "PAGE_SIZE", 7)
    for name in reversed(IN_ORDER):
        builders.make_person(session, [Role.auditor], name=name)
    session.commit()
    on = builders.MOMENT.date()
    asked = {"search": "", "role": None, "state": None, "on": on}
    pages = [directory.list_people(session, page=page, **asked) for page in (1, 2, 3)]
    assert tuple(row.name for page in pages for row in page.rows) == IN_ORDER
    assert tuple(person.name for person in people.list_people_views(session, on)) == IN_ORDER
