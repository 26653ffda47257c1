"""A self-assessment as the placeholders of a Word template: the same contents its page, PDF and workbook show. Pure."""

from collections.abc import Mapping
from typing import Any

from audit_app import words
from audit_app.disclosure import audiences
from audit_app.self_assessment import wording
from audit_app.self_assessment.prompts import PLANS
from audit_app.self_assessment.signing.contents import Assessment, FrozenCitation, FrozenClaim, FrozenSection
from audit_app.self_assessment.tables import Cites, Stance
from audit_app.self_assessment.versions import signature as standing
from audit_app.self_assessment.versions.contents import Version

NOTHING = "Nothing is written here."
DRAFT = "Draft: not signed"
LISTED = "Nothing is said beside the plans themselves."
LEVEL = audiences.NAMES[audiences.LEADERSHIP]
Told = dict[str, Any]


def whole(
    assessment: Assessment,
    *,
    marking: str,
    signature: str,
    fingerprint: str,
    since: Mapping[int, tuple[str, ...]],
    template: str,
) -> Told:
    """Everything a template for the whole may print.

    Args:
        assessment: The whole of it, as its reader may see it.
        marking: How the council marks its documents.
        signature: Who signed it and when, or how it stands while nobody has, as a sentence.
        fingerprint: Of what was signed; empty for a draft.
        since: What happened after the signature, by claim.
        template: Which template makes the document.
    """
    signed = words.date_words(assessment.leaders_signed_on, "")
    under = f"Signed by the {assessment.leaders_post} on {signed}." if signed else "Not signed yet."
    return {
        **about(assessment, marking=marking, signature=signature, fingerprint=fingerprint, template=template),
        "leaders_words": assessment.leaders_words,
        "leaders_signature": under if assessment.leaders_words else "",
        "sections": [_section(section, since) for section in assessment.sections],
        "looked_back": [
            {
                "section": line.section,
                "kind": "Plan" if line.is_plan else "Claim",
                "about": line.about,
                "became": line.became_words,
                "words": line.words,
                "reference": line.reference,
            }
            for line in assessment.look_back
        ],
    }


def about(assessment: Assessment, *, marking: str, signature: str, fingerprint: str, template: str) -> Told:
    """What every document out of a self-assessment says of itself."""
    return {
        "council": assessment.council,
        "fictional": "This council does not exist." if assessment.fictional else "",
        "marking": marking,
        "level": LEVEL,
        "reference": assessment.reference,
        "title": assessment.title,
        "edition": assessment.edition_title,
        "theme": assessment.theme,
        "period": words.date_range(assessment.period_from, assessment.period_to),
        "as_at": words.date_words(assessment.as_at),
        "signature": f"{signature}.",
        "draft": "" if fingerprint else DRAFT,
        "fingerprint": fingerprint or "None: it is not signed",
        "written_by": words.listing(assessment.writers) if assessment.writers else "Nobody yet",
        "before": assessment.previous,
        "template": template,
    }


def _section(section: FrozenSection, since: Mapping[int, tuple[str, ...]]) -> Told:
    asked = {passage.question for passage in section.passages}
    passages = []
    for place, passage in enumerate(section.passages):
        # A claim of a question that is no longer asked stands under the first one, never nowhere.
        here = [
            claim
            for claim in section.claims
            if claim.question == passage.question or (place == 0 and claim.question not in asked)
        ]
        claims = [_claim(claim, since.get(claim.id, ())) for claim in here]
        nothing = LISTED if passage.question == PLANS and section.plans else NOTHING
        passages.append({"question": passage.question_words, "text": passage.text or nothing, "claims": claims})
    return {
        "title": section.title,
        "heading": section.heading,
        "agency": section.agency_name,
        "has_grade": section.has_grades,
        "grade": (section.grade_name or "No grade given") if section.has_grades else "",
        "grade_reason": section.grade_reason,
        "passages": passages,
        "plans": [
            {
                "what": plan.what,
                "who": plan.who or "Nobody named",
                "by_when": words.date_words(plan.due_on),
                "impact": plan.impact_shown_by or "Not said",
                "action": plan.action_reference,
            }
            for plan in section.plans
        ],
    }


def _claim(claim: FrozenClaim, since: tuple[str, ...]) -> Told:
    against = [f"{wording.DOUBTS[kind]}. {text}" for kind, text in claim.doubts]
    return {
        "text": wording.stopped(claim.text),
        "says": wording.STANCES[Stance(claim.stance)],
        "firmness": f"{claim.rung_words}.",
        "firmness_reason": wording.stopped(claim.rung_reason) if claim.rung_reason else "",
        "against": [*against, *(f"Since the signature. {text}" for text in since)],
        "cited": [_cited(each) for each in claim.cited],
        "cites_nothing": not claim.cited,
    }


def _cited(cited: FrozenCitation) -> Told:
    return {
        "kind": wording.CITES[Cites(cited.kind)],
        "words": wording.stopped(cited.words),
        "details": [wording.stopped(text) for text in cited.details],
        "reference": cited.reference,
        "day": words.date_words(cited.dated_on, ""),
        "link": cited.href,
    }


def summary(assessment: Assessment, *, marking: str, signature: str, fingerprint: str, template: str) -> Told:
    """Everything a template for the two-page summary may print."""
    return {
        **about(assessment, marking=marking, signature=signature, fingerprint=fingerprint, template=template),
        "parts": [{"heading": each.heading, "text": each.text or NOTHING} for each in assessment.summary],
        "grades": [
            {"area": section.title, "grade": section.grade_name or "No grade given"}
            for section in assessment.sections
            if section.has_grades
        ],
    }


def version(of: Version, *, marking: str, signature: str, day: str, template: str) -> Told:
    """Everything a template for a version may print.

    Args:
        of: The version.
        marking: Whether it may be published.
        signature: Who signed it and when, or that it is a draft.
        day: The day it was signed, or the day a draft of it is printed.
        template: Which template makes the document.
    """
    return {
        "council": of.council,
        "fictional": "This council does not exist." if of.fictional else "",
        "marking": marking,
        "title": of.title,
        "retells": standing.retells(of),
        "reference": of.of_reference,
        "period": words.date_range(of.period_from, of.period_to),
        "signature": f"{signature}.",
        "day": day,
        "template": template,
        "parts": [{"heading": part.heading, "text": part.text or NOTHING} for part in of.parts],
    }
