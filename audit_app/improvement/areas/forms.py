"""Forms of areas for improvement: opened by hand, owned, judged for impact, closed."""

from collections.abc import Collection, Sequence

from audit_app.forms import (
    AppForm,
    Checkboxes,
    DateParts,
    Length,
    Line,
    LongText,
    Needed,
    OneOf,
    Radios,
    WholeNumber,
    choices,
)
from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.actions.forms import post_choices
from audit_app.people.queries import PostView


class AreaForm(AppForm):
    """An area for improvement."""

    heading = LongText("What must get better", [Needed("Say what must get better"), Length(2_000, "The heading")])
    judgement_area = OneOf("Judgement area", choices=[])
    owner_post_id = OneOf("Owner", choices=[])
    different_for_children = LongText(
        "What it is meant to change for children", [Length(4_000, "What it is meant to change")]
    )
    not_yet_good_enough = LongText("What is not yet good enough", [Length(4_000, "What is not yet good enough")])


def area_choices(
    form: AppForm,
    posts: Sequence[PostView],
    among: Collection[str] | None = None,
    kept: tuple[int | None, str] | None = None,
) -> AppForm:
    """The judgement areas of the editions in use, and the posts, to choose from; `kept` is the post that is saved."""
    chosen = (form.judgement_area.data or "").partition("/")[0]
    offered = None if among is None else {*among, chosen}
    form.judgement_area.choices = choices(judgement_areas.area_choices(among=offered), first="No judgement area")
    post_choices(form.owner_post_id, list(posts), "Nobody yet", kept)
    return form


class JoinFindingForm(AppForm):
    """Which finding joins this area."""

    finding = Line("Finding", [Needed("Enter the finding’s reference, such as FND-0007")])


class JoinAreaForm(AppForm):
    """Which open area a finding joins."""

    area = OneOf("Area for improvement", [Needed("Choose an area for improvement")], choices=[])


class ImpactForm(AppForm):
    """What difference was seen for children, by which test, with the evidence."""

    not_read = frozenset({"audits"})  # references kept apart; no pack for inspectors or everybody prints them

    rating = Radios("What difference have you seen for children?", [Needed("Choose what difference you have seen")],
                    choices=choices(wording.pairs(wording.IMPACTS)))  # fmt: skip
    judged_on = DateParts("Day of this judgement", [Needed("Enter the day of this judgement")])
    method = OneOf("How was it tested?", choices=choices(wording.pairs(wording.TESTS), first="It has not been tested"))
    sample_size = WholeNumber("How many records, people or visits were looked at?", least=0, most=100_000)
    tested_by = Line("Who looked at them", [Length(300, "Who looked")])
    different_for_children = LongText("What is different for children")
    not_yet_good_enough = LongText("What is not yet good enough")
    next_steps = LongText("What is next")
    audits = Line("Audits that show it", [Length(1_000, "The list of audits")])
    evidence = Checkboxes("Other evidence", choices=choices(wording.pairs(wording.TESTS)))
    document = Line("Document or place where the evidence is", [Length(300, "The document")])
    evidence_on = DateParts("Date of the evidence")
    evidence_words = LongText("What the evidence says", [Length(2_000, "What the evidence says")])


class CloseForm(AppForm):
    """When an area was closed and why it may be."""

    closed_on = DateParts("Closed on", [Needed("Enter the day")])
    closed_note = LongText("Note", [Length(2_000, "The note")])
