"""The two-page summary as it prints, and how much of it does not fit; it asks the database nothing. Pure."""

from collections.abc import Sequence
from typing import Any

from audit_app import words
from audit_app.paper import blocks, document, style
from audit_app.self_assessment.signing.contents import Assessment

MOST_PAGES = 2
LOOK = "dense"
NOTHING = "Nothing is written here."
# While nobody has signed, room is kept for a signature in a post with a long name.
SIGNATURE_TO_COME = (
    f"Signed by the {'Director of Children’s Services and Education and Skills' * 2} on 30 September 2026"
)


def render(assessment: Assessment, *, marking: str, signature: str) -> bytes:
    """The file, over as many pages as it needs: nothing is ever cut.

    Args:
        assessment: The whole, whose summary is printed.
        marking: How the council marks its documents.
        signature: Who signed it and when, or how it stands, as a sentence without its full stop.
    """
    return document.build(_paper(assessment, marking), flowables(assessment, signature))


def _paper(assessment: Assessment, marking: str) -> document.PrintedDocument:
    return document.PrintedDocument(
        title=f"{assessment.title}: summary",
        marking=marking,
        reference=assessment.reference,
        as_at=words.date_words(assessment.as_at),
        council=assessment.council,
        has_cover=False,
        has_contents=False,
    )


def words_too_many(assessment: Assessment, signature: str = SIGNATURE_TO_COME) -> int:
    """About how many words must go before it prints on two pages; 0 where it does, or where there is no summary.

    The pages are counted on paper as it is printed. How much goes is worked out from the height of what does not fit,
    at as many words a line as the texts have.
    """
    if not assessment.summary:
        return 0
    pages: list[int] = []
    document.build(
        _paper(assessment, ""), flowables(assessment, signature), printed=lambda each: pages.append(len(each))
    )
    if pages[0] <= MOST_PAGES:
        return 0
    leading = style.STYLES[LOOK].leading
    excess = _height(flowables(assessment, signature)) - MOST_PAGES * style.TEXT_HEIGHT
    body = [block for each in assessment.summary for block in blocks.paragraph(each.text or NOTHING, LOOK)]
    a_line = sum(len(each.text.split()) for each in assessment.summary) / max(_height(body) / leading, 1)
    return max(round((excess / leading + 1) * a_line), 1)


def _height(story: Sequence[Any]) -> float:
    """How high blocks are, one under another."""
    return sum(
        block.wrap(style.TEXT_WIDTH, style.TEXT_HEIGHT)[1] + max(block.getSpaceBefore(), block.getSpaceAfter())
        for block in story
    )


def flowables(assessment: Assessment, signature: str) -> list[Any]:
    """Every block: what it is, the three parts, the grades by area, who signed."""
    period = words.date_range(assessment.period_from, assessment.period_to)
    made = [
        *blocks.heading(f"{assessment.title}: summary", 1),
        *blocks.paragraph(f"{assessment.council}. {assessment.edition_title}. {period}.", "quiet"),
    ]
    for each in assessment.summary:
        made += blocks.heading(each.heading, 2, small=True)
        made += blocks.paragraph(each.text or NOTHING, LOOK if each.text else "quiet-dense")
    grades = grades_of(assessment)
    if grades:
        made += blocks.heading("How we grade ourselves", 2, small=True)
        made += blocks.table(("Area", "Self-assessed grade"), grades, widths=(3, 1), small=True, row_headers=True)
    return [*made, *blocks.paragraph(f"{signature}.", "quiet")]


def grades_of(assessment: Assessment) -> list[tuple[str, str]]:
    """Each section that has a grade, with the grade or that there is none."""
    return [
        (section.title, section.grade_name or "No grade given") for section in assessment.sections if section.has_grades
    ]
