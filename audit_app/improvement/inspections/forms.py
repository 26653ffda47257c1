"""Forms of inspections and reviews: what was inspected, the grades given, and a pasted list that becomes findings."""

from collections.abc import Sequence
from datetime import date

import wtforms

from audit_app.forms import AppForm, Checkboxes, DateParts, Length, Line, LongText, Needed, OneOf, Radios, choices
from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.inspections import pasted
from audit_app.improvement.inspections.pasted import PastedRow
from findings import bullets
from findings.bullets import Bullet, Change, Entry, Part
from findings.errors import Invalid
from findings.states import FindingKind, Timescale
from findings.tables import Inspection
from frameworks.points import NOT_RATED, may_be_unrated

LONGEST_PASTE = 60_000


class InspectionForm(AppForm):
    """An inspection, visit or review."""

    kind = Radios(
        "What was it?",
        [Needed("Choose what it was")],
        choices=choices(wording.pairs(wording.INSPECTION_KINDS)),
    )
    body = Line(
        "Who carried it out", [Needed("Enter who carried it out, such as Ofsted"), Length(300, "Who carried it out")]
    )
    title = Line("Its name", [Needed("Enter a name for it"), Length(300, "The name")])
    edition_id = OneOf("Framework and edition it was carried out under", choices=[])
    theme = OneOf("Theme, where it had one", choices=[])
    document_title = Line("Title of the report or letter", [Length(300, "The title of the report")])
    inspected_from = DateParts("First day on site")
    inspected_to = DateParts("Last day on site")
    published_on = DateParts("Day the report was published")
    notes = LongText("Notes")


def inspection_choices(form: InspectionForm, today: date | None = None) -> InspectionForm:
    """The editions to choose from, those in force first, and the themes of those that take one."""
    offered, earlier = judgement_areas.edition_choices(today), judgement_areas.earlier_ids(today)
    form.edition_id.choices = choices(
        [pair for pair in offered if pair[0] not in earlier],
        first="None of these, or not known",
        earlier=[pair for pair in offered if pair[0] in earlier],
    )
    form.theme.choices = choices(judgement_areas.theme_choices(), first="No theme")
    kept = form.edition_id.data
    if kept and kept not in {choice.value for choice in form.edition_id.choices}:
        # Recorded under an edition that is not offered any more: it stays what it is until somebody changes it.
        form.edition_id.choices += choices((), earlier=[(kept, judgement_areas.short_name(kept))])
    return form


DETAILS = (
    "kind", "body", "title", "edition_id", "theme", "document_title", "inspected_from", "inspected_to", "published_on",
    "notes",
)  # fmt: skip


def judgement_form(edition_id: str) -> type[AppForm]:
    """A form with one question per judgement of an edition, each on that edition's own scale, best grade first."""
    edition = judgement_areas.find_edition(edition_id)
    fields: dict[str, object] = {}
    for area, name, scale in judgement_areas.judged_areas(edition) if edition else []:
        points = [(point.code, point.name) for point in reversed(scale.points)]
        if edition and may_be_unrated(edition, area):
            points.append((NOT_RATED, "Not rated in the report: it is left out of the total"))
        fields[f"grade_{area}"] = Radios(name, choices=choices(points))
        fields[f"paragraphs_{area}"] = Line(f"Paragraphs about “{name}”", [Length(100, "The paragraphs")])
    return type("JudgementForm", (AppForm,), fields)


class PasteForm(AppForm):
    """A list of bullets as copied from a report."""

    kind = Radios("What does the report call them?", [Needed("Choose what the report calls them")], choices=[])
    judgement_area = OneOf("Judgement area they speak to", choices=[])
    pasted = LongText("The list", [Needed("Paste the list from the report"), Length(LONGEST_PASTE, "The list")])
    how = Checkboxes(
        "About the list",
        choices=choices(
            [
                ("verbatim", "These are the inspectorate’s own words: nobody may change them later"),
                ("numbered", "Keep each one’s place in the list, such as “4 of 13”"),
            ]
        ),
    )


def paste_choices(form: AppForm, inspection: Inspection) -> AppForm:
    """The kinds and judgement areas of the inspection's own edition; all of them when it has none."""
    edition = judgement_areas.find_edition(inspection.edition_id)
    # What a report calls its findings is the inspectorate's word, whatever the council says.
    printed = wording.kind_pairs(edition.finding_kinds if edition else ())
    form.kind.choices = choices((kind, str(title)) for kind, title in printed)
    form.judgement_area.choices = choices(
        judgement_areas.area_choices(inspection.edition_id), first="It differs, or none"
    )
    return form


class KeptPaste(AppForm):
    """What the first page was told, carried unseen by the second."""

    pasted = wtforms.HiddenField(
        "The list", [Needed("Go back and paste the list again"), Length(LONGEST_PASTE, "The list")]
    )
    kind = wtforms.HiddenField("Kind", [Needed("Go back and say what the report calls them")])
    judgement_area = wtforms.HiddenField("Judgement area")
    how = wtforms.HiddenField("About the list")
    entries = wtforms.HiddenField("The list as it stands", [Length(4 * LONGEST_PASTE, "The list")])


# Of each finding in the preview; what a person changed there is carried over when the list itself changes.
OF_A_FINDING = ("paragraphs", "timescale", "due", "area", "agencies")


def preview_form(inspection: Inspection, entries: Sequence[Entry], judgement_area: str) -> type[AppForm]:
    """The second page: what each entry is and its words; of each finding its paragraphs, timescale, due date, area."""
    fields: dict[str, object] = {}
    parts = choices((part.value, name) for part, name in pasted.PARTS)
    for place, entry in enumerate(entries):
        named = pasted.named(entry.text)
        fields[f"part_{place}"] = OneOf(f"What {named} is", choices=parts, default=entry.role.value)
        fields[f"words_{place}"] = LongText(f"Words of {named}", default=entry.text)
    for number, (_place, bullet) in enumerate(bullets.placed_bullets(entries), start=1):
        fields |= _fields_of_finding(number, bullet, inspection, judgement_area)
    return type("PreviewForm", (KeptPaste,), fields)


def _fields_of_finding(number: int, bullet: Bullet, inspection: Inspection, judgement_area: str) -> dict[str, object]:
    areas = choices(judgement_areas.area_choices(inspection.edition_id), first="No judgement area")
    agencies = choices(judgement_areas.agency_choices(inspection.edition_id))
    timescales = choices(wording.pairs(wording.TIMESCALES), first="None given, or another")
    due = pasted.due_of(bullet, inspection.published_on)
    return {
        f"paragraphs_{number}": Line(
            f"Paragraphs that support finding {number}", [Length(100, "The paragraphs")], default=bullet.paragraphs
        ),
        f"timescale_{number}": OneOf(
            f"Timescale of finding {number}",
            choices=timescales,
            default=bullet.timescale.value if bullet.timescale else "",
        ),
        f"due_{number}": DateParts(f"Due date of finding {number}", default=due),
        f"area_{number}": OneOf(f"Judgement area of finding {number}", choices=areas, default=judgement_area),
        f"agencies_{number}": Checkboxes(f"Who must act on finding {number}", choices=agencies),
    }


def preview_changes(form: AppForm, entries: Sequence[Entry]) -> list[Change]:
    """What a person said of each entry of the list."""
    known = set(Part)
    changes = []
    for place, entry in enumerate(entries):
        chosen = form[f"part_{place}"].data
        part = Part(chosen) if chosen in known else Part(entry.role.value)
        changes.append(Change(part, form[f"words_{place}"].data or ""))
    return changes


def preview_rows(form: AppForm, entries: Sequence[Entry], inspection: Inspection) -> list[PastedRow]:
    """The findings as they stand on the page.

    Raises:
        Invalid: There is none.
    """
    kind = FindingKind(form.kind.data) if form.kind.data in set(FindingKind) else FindingKind.area_for_improvement
    placed = list(bullets.placed_bullets(entries))
    if not placed:
        raise Invalid("part_0", "Say of at least one entry that it is a finding.")
    return [_row(form, number, bullet, kind, inspection) for number, (_place, bullet) in enumerate(placed, start=1)]


def _row(form: AppForm, number: int, bullet: Bullet, kind: FindingKind, inspection: Inspection) -> PastedRow:
    chosen = form[f"timescale_{number}"].data
    timescale = Timescale(chosen) if chosen else None
    due = form[f"due_{number}"].data
    published = inspection.published_on
    as_printed = timescale is bullet.timescale
    if published and not as_printed and due == pasted.due_of(bullet, published):
        due = None  # the date followed the timescale that was printed; it follows the one chosen instead
    return PastedRow(
        text=bullet.whole,
        kind=kind,
        judgement_area=form[f"area_{number}"].data or "",
        paragraphs=form[f"paragraphs_{number}"].data or "",
        timescale=timescale,
        by_when=bullet.by_when if as_printed else "",
        due_on=due,
        agencies=",".join(form[f"agencies_{number}"].data or []),
    )
