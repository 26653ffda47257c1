"""Forms of doubts about the crosswalk."""

from audit_app.forms import AppForm, LongText, Needed


class DoubtForm(AppForm):
    """What does not fit."""

    doubt = LongText("What is wrong with this line?", [Needed("Say what does not fit")])


class AnswerForm(AppForm):
    """Whether the line stands."""

    answer = LongText("Your answer", [Needed("Say whether the line stands, and why")])
