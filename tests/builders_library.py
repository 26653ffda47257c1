"""A council's own question sets for tests: documents of any size, and published versions of them."""

import re

import frameworks
from audit_app.library.crosswalk import service as doubt_service
from audit_app.library.own_sets import service as own_set_service
from audit_app.library.tables import OWN_SET, OwnSetVersion, VersionState
from audit_app.library.tables import OwnSet as OwnSetRow
from findings import numbering
from frameworks import reader
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnSet
from tests import builders

SOURCE = "case-audit-1"


def make_question(nth, **changed):
    """One question on the grade scale, asked at both lengths."""
    given = {
        "id": f"q{nth}",
        "number": f"Q{nth}",
        "text": f"How good is part {nth} of the work?",
        "type": "judged",
        "cohorts": ("ALL",),
        "core": nth <= 30,
    }
    return {**given, **changed}


def safety_question(**changed):
    """The question every audit of a child asks."""
    given = {"id": "safe-today", "number": "S1", "text": "Must anything be done today?", "type": "check"}
    return {**given, "cohorts": ("ALL",), "starred": True, "safety": True, "core": True, **changed}


def make_document(key="neglect", *, parts=2, each=5, **changed):
    """A document that may be published: so many domains of so many questions, the last with the safety question."""
    scales = frameworks.edition(SOURCE).scales
    made = []
    for place in range(1, parts + 1):
        first = (place - 1) * each
        questions = [make_question(first + nth) for nth in range(1, each + 1)]
        if place == parts:
            questions[-1] = safety_question()
        informs = ("HP",) if place % 2 else ("CIC",)
        made.append(
            {"id": f"d{place}", "number": f"D{place}", "title": f"Part {place}", "informs": informs,
             "safety_critical": place == 1, "questions": tuple(questions)}
        )  # fmt: skip
    given = {
        "id": key,
        "title": "Neglect",
        "purpose": "How neglect is seen and answered.",
        "informs_edition": "ilacs-2026",
        "rules": "guard-rails-1",
        "overall_grade": {"scale": "four-point", "required": True},
        "domain_scale": "four-point",
        "answer_scales": {"check": "yes-partly-no", "judged": "four-point", "timescale": "in-time"},
        "scales": tuple(scale.model_dump() for scale in scales if scale.id != "development"),
        "domains": tuple(made),
    }
    own, faults = own_set.shaped({**given, **changed})
    assert own is not None, faults
    return own


def changed_document(own, *, drop=(), reword=(), **more):
    """The next version of a document: some questions retired, some reworded, by their ids."""
    told = own.model_dump()
    for domain in told["domains"]:
        domain["questions"] = tuple(
            {
                **question,
                "retired": question["retired"] or question["id"] in drop,
                "text": question["text"].replace("How good", "How strong")
                if question["id"] in reword
                else question["text"],
            }
            for question in domain["questions"]
        )
    made, faults = own_set.shaped({**told, **more})
    assert made is not None, faults
    return made


def areas_of(edition_id):
    """The judgement areas of an edition that comes with the product."""
    try:
        return frozenset(area.id for area in frameworks.edition(edition_id).areas)
    except frameworks.UnknownEdition:
        return None


def publish(session, own, *, version=1, number=1, now=builders.MOMENT, authority_id=builders.AUTHORITY_ID, by=1):
    """A published version of a document, as the service would leave it; gives its edition's id."""
    assert own_set.complaints(own, areas_of) == ()
    edition_id = f"own-{builders.AUTHORITY_KEY}-{own.id}-{version}"
    if version == 1:
        row = OwnSetRow(authority_id=authority_id, number=number, key=own.id, title=own.title, made_by=by, made_at=now)
        session.add(row)
        session.flush()
    session.add(
        OwnSetVersion(
            authority_id=authority_id,
            set_number=number,
            version=version,
            edition_id=edition_id,
            state=VersionState.published,
            contents=OwnSet.model_dump_json(own, exclude_defaults=True),
            fingerprint=own.fingerprint,
            saved_by=by,
            saved_at=now,
            published_by=by + 1,
            published_at=now,
        )
    )
    session.flush()
    return edition_id


def make_own_sets(session, *, by, second, now=builders.MOMENT, authority_id=builders.AUTHORITY_ID):
    """A set of the council's own in its second version, another with a draft, and a doubt about the crosswalk."""
    first = make_document("neglect")
    publish(session, first, by=by)
    publish(session, changed_document(first, drop=("q2",), reword=("q3",)), version=2, by=by)
    publish(session, make_document("exploitation", title="Exploitation"), number=2, by=by)
    numbering.next_numbers(session, authority_id, OWN_SET, 2)
    own_set_service.start_version(session, authority_id, 2, by=by, now=now)
    line = reader.crosswalk_file().lines[0].line
    doubt_service.raise_doubt(session, authority_id, line, "These are not the same thing", by=second, now=now)


# Words of a council that holds no word of the product's, and what finds the product's own.
OTHER_WORDS = {
    "case_audit": ("long lumen", "long lumens"),
    "audit": ("lumen", "lumens"),
    "auditor": ("kestrel", "kestrels"),
    "practitioner": ("otter", "otters"),
    "care_leaver": ("walnut", "walnuts"),
    "child_in_care": ("acorn", "acorns"),
    "strength": ("beacon", "beacons"),
    "worry": ("thistle", "thistles"),
}
PRODUCTS_WORDS = re.compile(
    r"(?<![\w-])(?:case audits?|audits?|auditors?|practitioners?|care leavers?|child in care|children in care"
    r"|strengths?|worry|worries)(?![\w-])",
    re.IGNORECASE,
)
