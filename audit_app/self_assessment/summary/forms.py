"""The form of the two-page summary."""

import wtforms

from audit_app import forms


class SummaryForm(forms.AppForm):
    """Three texts, each with a mark of what stood there."""

    known = forms.LongText("What we know")
    seen_known = wtforms.HiddenField()
    not_good_enough = forms.LongText("What is not good enough yet")
    seen_not_good_enough = wtforms.HiddenField()
    will_do = forms.LongText("What we will do")
    seen_will_do = wtforms.HiddenField()
