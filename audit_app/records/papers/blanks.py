"""The questions that only the council can answer, each for the papers that print it. Data only.

The product never answers one of them: a paper prints the council's answer, or a marked blank.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from audit_app.words import Ours


class Kind(StrEnum):
    """The four papers."""

    dpia = auto()
    record = auto()
    notice = auto()
    accessibility = auto()


@dataclass(frozen=True)
class Blank:
    """One question, what helps to answer it, and whether everybody reads the answer on the open pages."""

    key: str
    question: Ours
    hint: Ours
    papers: tuple[Kind, ...]

    @property
    def is_open(self) -> bool:
        """Whether anybody who can reach the sign-in page reads the answer."""
        return Kind.notice in self.papers or Kind.accessibility in self.papers


TITLES = {
    Kind.dpia: Ours("Data protection impact assessment"),
    Kind.record: Ours("Record of processing"),
    Kind.notice: Ours("Privacy notice"),
    Kind.accessibility: Ours("Accessibility statement"),
}
ALL_BUT_ACCESS = (Kind.dpia, Kind.record, Kind.notice)

_BLANKS = (
    Blank(
        "controller",
        Ours("Who is the controller, and at which address?"),
        Ours("The council’s legal name and postal address, and any joint controller."),
        ALL_BUT_ACCESS,
    ),
    Blank(
        "officer",
        Ours("Who is the data protection officer, and how are they reached?"),
        Ours("A post and an address that will still answer next year."),
        ALL_BUT_ACCESS,
    ),
    Blank(
        "lawful-basis",
        Ours("What is the lawful basis?"),
        Ours(
            "For data about children and families, and for data about staff, each with the duty or power it rests on."
        ),
        ALL_BUT_ACCESS,
    ),
    Blank(
        "special-condition",
        Ours("Which condition for special category and criminal offence data applies?"),
        Ours("With the schedule and paragraph, and where the appropriate policy document is kept, if one is needed."),
        ALL_BUT_ACCESS,
    ),
    Blank(
        "people",
        Ours("About how many children and how many members of staff are there data?"),
        Ours("By year, and in all once the retention periods have run."),
        (Kind.dpia,),
    ),
    Blank(
        "necessity",
        Ours("Why is this necessary, and why is no less intrusive way enough?"),
        Ours("Why records are read at all, why this many, and why these details of a child are kept."),
        (Kind.dpia,),
    ),
    Blank(
        "consultation",
        Ours("Who was consulted, when, and what did they say?"),
        Ours("Children and families or those who speak for them, practitioners, unions, information security."),
        (Kind.dpia,),
    ),
    Blank(
        "hosting",
        Ours("Who runs the server, and where?"),
        Ours("The council itself or a processor with its contract, the country, and how its disks are enciphered."),
        (Kind.dpia, Kind.record),
    ),
    Blank(
        "recipients",
        Ours("Who receives personal data out of this service?"),
        Ours("Inspectorates, partner agencies, peer reviewers: by kind, with what each is given and on what basis."),
        ALL_BUT_ACCESS,
    ),
    Blank(
        "transfers",
        Ours("Do personal data leave the United Kingdom?"),
        Ours("If so, to where, and under which safeguard."),
        ALL_BUT_ACCESS,
    ),
    Blank(
        "own-measures",
        Ours("What does the council do itself to keep the data safe?"),
        Ours("Training, devices, joiners and leavers, who looks through the log, who holds the key of the backups."),
        (Kind.dpia, Kind.record),
    ),
    Blank(
        "residual-risk",
        Ours("How high is the risk that remains, and who accepts it?"),
        Ours("Overall, after the measures in this paper; and whether the Information Commissioner is to be consulted."),
        (Kind.dpia,),
    ),
    Blank(
        "advice",
        Ours("What did the data protection officer advise, and was it followed?"),
        Ours("With the day; where advice was not followed, why."),
        (Kind.dpia,),
    ),
    Blank(
        "review",
        Ours("Who keeps this paper under review, and when is it next looked at?"),
        Ours("A post and a day, and what would bring the review forward."),
        (Kind.dpia, Kind.record),
    ),
    Blank(
        "rights",
        Ours("How does somebody use their rights here?"),
        Ours("To whom they write, what they are asked for, and within what time they hear."),
        (Kind.notice,),
    ),
    Blank(
        "access-contact",
        Ours("Whom does somebody ask who cannot use a page?"),
        Ours("An address and a telephone number, and within what time they hear."),
        (Kind.accessibility,),
    ),
    Blank(
        "access-tested",
        Ours("How did the council itself test the service, and when?"),
        Ours("With which assistive technology and by whom; what was found."),
        (Kind.accessibility,),
    ),
)
BLANKS = {blank.key: blank for blank in _BLANKS}


def of_paper(kind: Kind) -> tuple[Blank, ...]:
    """The questions one paper prints, in order."""
    return tuple(blank for blank in _BLANKS if kind in blank.papers)
