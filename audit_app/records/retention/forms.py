"""The form in which a council says how long a kind of record is kept."""

from audit_app.forms import AppForm, Length, LongText, Needed, Radios, WholeNumber
from audit_app.records.tables import MOST_MONTHS, REASON_LENGTH


class PeriodForm(AppForm):
    """So many months from a day; and, once what that removes was seen, where it comes from."""

    months = WholeNumber("Kept for how many months?", [Needed("Enter a number of months")], least=1, most=MOST_MONTHS)
    counts_from = Radios("Counted from", [Needed("Choose the day from which the months count")])
    why = LongText("Where does this come from?", [Length(REASON_LENGTH, "Where it comes from")])
