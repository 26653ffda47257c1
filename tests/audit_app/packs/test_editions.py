"""Which frameworks a pack may follow, worked out from the files."""

from datetime import date

import pytest

from audit_app.packs import editions


@pytest.mark.parametrize(
    ("today", "edition"),
    [
        # From April 2025 the framework of youth offending services was the newest of all that give grades.
        (date(2026, 3, 31), "ilacs-2025"),
        (date(2026, 4, 1), "ilacs-2026"),
        (date(2017, 12, 31), ""),
    ],
)
def test_the_framework_for_the_whole_service_in_force_on_the_day_is_offered_first(today, edition):
    assert editions.offered_first(today) == edition


def test_a_pack_follows_an_edition_with_judgement_areas_of_its_own():
    names = {edition.id for edition in editions.printable()}
    assert {"ilacs-2018", "ofsted-2012", "area-send-2023"} <= names
    assert "case-audit-1" not in names
