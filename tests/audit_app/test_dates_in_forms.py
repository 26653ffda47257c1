"""A date in three boxes, as a form gives it to whatever it is for."""

import pytest
from werkzeug.datastructures import MultiDict

from audit_app import forms


class DayForm(forms.AppForm):
    """One day that must be given."""

    on = forms.DateParts("Day", [forms.Needed("Enter the day")])


def typed(day, month, year):
    return DayForm(MultiDict({"on-day": day, "on-month": month, "on-year": year}))


def test_a_date_that_was_entered_is_handed_on():
    form = typed("27", "mar", "2026")
    assert form.validate()
    assert form.on.entered.isoformat() == "2026-03-27"


@pytest.mark.parametrize("boxes", [("", "", ""), ("31", "2", "2026"), ("27", "ma", "2026")])
def test_a_day_that_is_none_is_never_handed_on(boxes):
    form = typed(*boxes)
    assert not form.validate()
    with pytest.raises(ValueError, match="holds no date"):
        _ = form.on.entered
