"""The forms of setting up an audit, changing its details, and giving it to somebody else."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import wtforms

from audit_app.audits import case_references, wording
from audit_app.audits.actions.owners import LONGEST_NAME
from audit_app.audits.setting_up import subject_words
from audit_app.audits.tables import AUDIT, AuditType, HowChosen, Subject
from audit_app.forms import AppForm, DateParts, Length, Line, LongText, Needed, OneOf, Radios, choices
from findings.references import number_of, parse_reference
from frameworks import QuestionSet

CODE = Length(40, "Code")


class ChosenForm(AppForm):
    """What is audited and how it was chosen, of one audit or of many."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    subject = Radios("What is audited?", [Needed("Choose what is audited")])
    case_reference = Line("Case reference", [Length(60, "Case reference")])
    cohort = Radios("Which group does the child belong to?", [Needed("Choose the group")])
    audit_type = OneOf("Type of audit", [Needed("Choose the type of audit")])
    how_chosen = Radios("How was it chosen?", [Needed("Choose how it was chosen")])
    window_from = DateParts("Read the record from", [Needed("Enter the first day of the reading window")])
    window_to = DateParts("Read the record to", [Needed("Enter the last day of the reading window")])
    theme = Line("Theme", [Length(120, "Theme")])

    def offer(self, questions: QuestionSet) -> None:
        """Put the choices this question set allows into the form; one choice only is chosen already."""
        subjects = [(code, wording.SUBJECTS[Subject(code)]) for code in questions.subjects]
        self.subject.choices = choices(subjects)
        cohorts = [(code, wording.COHORTS.get(code, code)) for code in questions.cohorts]
        self.cohort.choices = choices(cohorts)
        for field, given in ((self.subject, subjects), (self.cohort, cohorts)):
            if len(given) == 1 and not field.data:
                field.data = str(given[0][0])
        self.audit_type.choices = choices(wording.AUDIT_TYPES.items())
        self.how_chosen.choices = choices(wording.HOW_CHOSEN.items())

    def validate_window_to(self, field: Any) -> None:
        """The window ends after it begins."""
        if field.data and self.window_from.data and field.data < self.window_from.data:
            raise wtforms.validators.ValidationError("The reading window must end on or after the day it begins")

    def chosen(self) -> dict[str, Any]:
        """The values in the types the service takes."""
        return {
            "subject": Subject(self.subject.data),
            "audit_type": AuditType(self.audit_type.data),
            "how_chosen": HowChosen(self.how_chosen.data),
            **{name: getattr(self, name).data for name in ("cohort", "window_from", "window_to", "theme")},
        }


class DetailsForm(ChosenForm):
    """What is audited and how it was chosen, with what is known of the record."""

    practitioner_code = Line("Practitioner’s code", [CODE])
    manager_code = Line("Manager’s code", [CODE])
    age_band = OneOf("Age band")
    ethnicity = OneOf("Ethnicity")
    disability = OneOf("Disability")
    sibling_link = Line("Code that links brothers and sisters", [Length(60, "Code")])

    practitioner_named = Line("Practitioner without an account", [Length(LONGEST_NAME, "Post or name")])
    practitioner_speaker_id = OneOf("Who speaks for them?")
    family_consent = Radios("Did the family agree to being observed?")

    pattern = ""
    example = ""
    words = subject_words.CHILD

    def offer(self, questions: QuestionSet) -> None:
        """Put the choices this question set allows into the form, and what may be said of the child."""
        super().offer(questions)
        self.words = subject_words.words_for(questions.subjects)
        for name, label in self.words.labels.items():
            self[name].label.text = label
        observes = Subject.observed_visit in questions.subjects
        self.family_consent.choices = choices(subject_words.CONSENT.items()) if observes else []
        optional = (
            (self.age_band, wording.AGE_BANDS),
            (self.ethnicity, wording.ETHNICITIES),
            (self.disability, wording.DISABILITIES),
        )
        for field, named in optional:
            field.choices = choices(named.items(), first="Not given")

    def offer_speakers(self, people: Iterable[tuple[int, str]] | None) -> None:
        """Who may speak for a practitioner without an account; nobody is asked who may not name one."""
        if people is None:
            del self.practitioner_named
            del self.practitioner_speaker_id
        else:
            self.practitioner_speaker_id.choices = choices(people, first="The team manager")

    def validate_practitioner_speaker_id(self, field: Any) -> None:
        """Whoever speaks does so for somebody."""
        if field.data and not self.practitioner_named.data:
            raise wtforms.validators.ValidationError("Enter whom they speak for, or choose the team manager")

    def _practitioner(self) -> dict[str, Any]:
        """The practitioner without an account; nothing where that was not asked, so that it stays as it is."""
        if self.practitioner_named is None:
            return {}
        speaker = self.practitioner_speaker_id.data
        return {
            "practitioner_named": self.practitioner_named.data,
            "practitioner_speaker_id": int(speaker) if speaker else None,
        }

    def validate_case_reference(self, field: Any) -> None:
        """A code in the council's pattern, never a name; small letters are understood."""
        subject = self.subject.data if self.subject.data in Subject.__members__ else Subject.child
        field.data = case_references.understood(field.data or "", Subject(subject), pattern=self.pattern)
        fault = case_references.why_refused(field.data, Subject(subject), pattern=self.pattern, example=self.example)
        if fault:
            raise wtforms.validators.ValidationError(fault)

    def validate_family_consent(self, field: Any) -> None:
        """Whoever is observed is asked first."""
        if self.subject.data == Subject.observed_visit and not field.data:
            raise wtforms.validators.ValidationError("Say whether the family agreed to being observed")

    def details(self) -> dict[str, Any]:
        """The values in the types the service takes."""
        names = (
            "case_reference", "practitioner_code", "manager_code", "age_band", "ethnicity", "disability",
            "sibling_link",
        )  # fmt: skip
        consent = self.family_consent.data if self.subject.data == Subject.observed_visit else ""
        typed = {name: getattr(self, name).data for name in names}
        return {**self.chosen(), **typed, **self._practitioner(), "family_consent": consent or ""}


class NewAuditForm(DetailsForm):
    """The details, and who audits by when."""

    team_id = OneOf("Team", [Needed("Choose the team")])
    auditor_id = OneOf("Auditor", [Needed("Choose the auditor")])
    due_on = DateParts("Due date", [Needed("Enter the due date")])
    re_audit_of = Line("Earlier audit of the same record", [Length(20, "Reference")])
    tests_area = Line("Area for improvement that this re-audit tests", [Length(20, "Reference")])
    again = wtforms.BooleanField("Audit this record again all the same")
    near = wtforms.BooleanField("Give it to this auditor all the same")

    def offer_people(self, teams: Iterable[tuple[int, str]], auditors: Iterable[tuple[int, str]]) -> None:
        """Put the teams and auditors of today into the form."""
        self.team_id.choices = choices(teams, first="Choose a team")
        self.auditor_id.choices = choices(auditors, first="Choose an auditor")

    def validate_re_audit_of(self, field: Any) -> None:
        """AUD-0042, or nothing."""
        if field.data and number_of(field.data, AUDIT) is None:
            raise wtforms.validators.ValidationError("Earlier audit must be a reference like AUD-0042")

    def validate_tests_area(self, field: Any) -> None:
        """AFI-0003, or nothing."""
        parsed = parse_reference(field.data or "")
        if field.data and (parsed is None or parsed[0] != "AFI"):
            raise wtforms.validators.ValidationError("Area for improvement must be a reference like AFI-0003")

    def everything(self) -> dict[str, Any]:
        """All values in the types the service takes."""
        return {
            **self.details(),
            "team_id": int(self.team_id.data),
            "auditor_id": int(self.auditor_id.data),
            "due_on": self.due_on.data,
            "re_audit_of": number_of(self.re_audit_of.data, AUDIT) if self.re_audit_of.data else None,
            "tests_area": (self.tests_area.data or "").upper(),
        }


class ReallocateForm(AppForm):
    """Another auditor, another due date."""

    auditor_id = OneOf("Auditor", [Needed("Choose the auditor")])
    due_on = DateParts("Due date", [Needed("Enter the due date")])
    near = wtforms.BooleanField("Give it to this auditor all the same")


class ReasonForm(AppForm):
    """Why an audit is reopened."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    reason = LongText("Why is it reopened?", [Needed("Say why the audit is reopened"), Length(1000, "Reason")])


class TakeOutForm(AppForm):
    """Why an audit leaves the programme, and who approved it."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    step = Radios("What happens to this audit?", [Needed("Choose what happens to this audit")])
    reason = LongText("Why?", [Needed("Say why"), Length(1000, "Reason")])
    approved_by = OneOf("Who approved this?", [Needed("Choose who approved this")])


class MoveForm(AppForm):
    """A button that says which state of the audit it was shown for."""

    seen = wtforms.HiddenField("What was seen")


class ButtonForm(AppForm):
    """A form that is only a button."""


def day_or_none(text: str) -> date | None:
    """A day from an address, such as 2026-03-31; None when it is not one."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2100 else None
