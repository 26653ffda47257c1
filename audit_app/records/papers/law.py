"""The law the papers name. None of it was read for this product: each is marked so until somebody checks it."""

from audit_app.records.papers.paper import Bullets, Part, Words
from audit_app.words import Ours

UNVERIFIED = Ours(
    "These were named from general knowledge and not read for this paper: unverified. The data protection officer "
    "checks each against legislation.gov.uk and the guidance of the Information Commissioner’s Office before the paper "
    "is relied on."
)
OF_DPIA = (
    Ours("UK GDPR, article 35: when an assessment is needed and what it contains (unverified)"),
    Ours("UK GDPR, article 36: when the Information Commissioner is consulted first (unverified)"),
    Ours("Data Protection Act 2018 (unverified)"),
)
OF_RECORD = (
    Ours("UK GDPR, article 30(1): what a controller’s record contains (unverified)"),
    Ours("Data Protection Act 2018 (unverified)"),
)


def part(laws: tuple[Ours, ...]) -> Part:
    """The part that names the law, and says that nobody has checked it."""
    return Part(Ours("The law this paper goes by"), (Bullets(laws), Words(UNVERIFIED)))
