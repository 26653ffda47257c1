"""What a council's new set begins with is worked out from the files of the day."""

from datetime import date

import openpyxl
import pytest

from audit_app import clock
from audit_app.library.own_sets import defaults, workbook


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2022, 12, 31), "ilacs-2018"),
        (date(2024, 12, 31), "ilacs-2023"),
        (date(2026, 3, 31), "ilacs-2025"),
        (date(2026, 4, 1), "ilacs-2026"),
        (date(2001, 1, 1), "ilacs-2026"),
    ],
)
def test_a_new_set_informs_the_framework_in_force_on_its_day(day, edition):
    assert defaults.informs(day) == edition


def test_the_template_says_which_framework_an_empty_cell_stands_for(tmp_path):
    (tmp_path / "template.xlsx").write_bytes(workbook.template())
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    told = {row[1]: row[2] for row in book["Read me first"].iter_rows(values_only=True)}
    in_force = defaults.informs(clock.today())
    assert told["Framework its domains inform"] == f"An edition of the library. Empty means {in_force}."
    assert defaults.whole()["informs_edition"] == in_force
