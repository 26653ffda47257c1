"""The form of the words a council uses: a singular and a plural for each term."""

from typing import Any

from audit_app.forms import AppForm, Length, Line
from audit_app.library.terms.own_words import LONGEST, TERMS, OwnWords, why_not


class TermsForm(AppForm):
    """What every page of words has; `_grown` adds two fields for each term."""

    def given(self) -> dict[str, tuple[str, str]]:
        """Singular and plural as typed, by term."""
        return {
            term.code: (self[f"{term.code}-one"].data or "", self[f"{term.code}-many"].data or "") for term in TERMS
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field alone, then the words beside one another."""
        if not super().validate(extra_validators):
            return False
        faults = why_not(self.given())
        for code, fault in faults.items():
            singular, plural = self[f"{code}-one"], self[f"{code}-many"]
            (plural if singular.data and not plural.data else singular).errors = [fault]
        return not faults


def _grown() -> type[TermsForm]:
    fields: dict[str, Any] = {}
    for term in TERMS:
        fields[f"{term.code}-one"] = Line("One", [Length(LONGEST, "The word for one")])
        fields[f"{term.code}-many"] = Line("Several", [Length(LONGEST, "The word for several")])
    return type("GrownTermsForm", (TermsForm,), fields)


WordsForm = _grown()


def values(own: OwnWords) -> dict[str, str]:
    """The council's words by the names of the fields."""
    pairs = own.by_code.items()
    return {f"{code}-one": word.one for code, word in pairs} | {f"{code}-many": word.many for code, word in pairs}
