"""Forms of doubts about the crosswalk."""

from audit_app.forms import AppForm, LongText, Needed


class DoubtForm(AppForm):
    """What does not fit."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    doubt = LongText("What is wrong with this line?", [Needed("Say what does not fit")])


class AnswerForm(AppForm):
    """Whether the line stands."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    answer = LongText("Your answer", [Needed("Say whether the line stands, and why")])
