"""How the set-up form speaks of what is audited. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from audit_app.audits.tables import Subject
from audit_app.words import ours


@dataclass(frozen=True)
class FormWords:
    """The labels of the form’s fields where they differ from those for a child, and its hints."""

    labels: Mapping[str, str] = field(default_factory=dict)
    reference: str = "The record’s pseudonymous reference"
    practitioner: str = "A staff code, not a name. You may leave it empty."
    manager: str = "A staff code, not a name. You may leave it empty."
    team: str = "The team that works with the child today. Later changes of its name do not touch this audit."
    window: str = ""  # what is said at the last day, in place of how to read the window
    paper: str = "About one child. For supervision and the file: not to be sent on or left lying."
    patterned: bool = True  # whether the council’s pattern of references holds
    about_a_child: bool = True  # whether age, ethnicity, disability and siblings are asked about


CHILD = FormWords()
WORDS = {
    Subject.supervision_file: FormWords(
        labels=ours(
            {
                "case_reference": "Reference of the supervision file",
                "practitioner_code": "Code of the person supervised",
                "manager_code": "Code of the supervisor",
                "window_from": "Read the supervision records from",
                "window_to": "Read the supervision records to",
            }
        ),
        reference="The number of the file or the staff code of whom it is about",
        practitioner="A staff code, not a name.",
        manager="A staff code, not a name.",
        team="The team of the person supervised. Later changes of its name do not touch this audit.",
        paper="About a member of staff. For supervision and the file: not to be sent on or left lying.",
        patterned=False,
        about_a_child=False,
    ),
    Subject.carer: FormWords(
        labels=ours(
            {
                "case_reference": "Reference of the carer’s file",
                "practitioner_code": "Code of the supervising social worker",
                "manager_code": "Code of their manager",
                "window_from": "Read the carer’s file from",
                "window_to": "Read the carer’s file to",
            }
        ),
        reference="The number of the carer’s file",
        team="The team that supports the carer today. Later changes of its name do not touch this audit.",
        paper="About a foster carer. For supervision and the file: not to be sent on or left lying.",
        patterned=False,
        about_a_child=False,
    ),
    Subject.observed_visit: FormWords(
        labels=ours(
            {
                "case_reference": "Reference of the child or family visited",
                "practitioner_code": "Code of the practitioner who is observed",
                "manager_code": "Code of their manager",
                "window_from": "First day of practice looked at",
                "window_to": "Day of the visit",
            }
        ),
        window="Grade what was seen on this day.",
        paper="About one family and a member of staff. For supervision and the file: not to be sent on or left lying.",
        team="The team of the practitioner who is observed. Later changes of its name do not touch this audit.",
    ),
}

# A partner or a place that answers for its own practice: nothing of it is about one child.
WORDS |= {
    subject: FormWords(
        labels=ours({"case_reference": f"Reference of {whose} return", "manager_code": "Code of who answers for it"}),
        reference="A short name or number that tells it from the others",
        practitioner="A staff code, not a name. You may leave it empty.",
        team="The team that works with it most. Later changes of its name do not touch this audit.",
        paper=f"About {what}. Not to be sent on or left lying.",
        patterned=False,
        about_a_child=False,
    )
    for subject, whose, what in (
        (Subject.agency, "the agency’s", "one agency"),
        (Subject.setting, "the setting’s", "one setting"),
        (Subject.team, "the team’s", "one team"),
        (Subject.employer, "the employer’s", "one employer"),
    )
}

CONSENT = ours(
    {
        "recorded": "Yes, and it is on the record",
        "spoken": "Yes, by word of mouth",
        "to-ask": "Not yet: they will be asked before the visit",
    }
)
TO_ASK = "to-ask"


def words_for(subjects: Collection[str]) -> FormWords:
    """The words for a form on a set for these subjects: their own where they agree, else those for a child."""
    first, *others = [WORDS.get(Subject(code), CHILD) for code in subjects] or [CHILD]
    return first if all(other is first for other in others) else CHILD
