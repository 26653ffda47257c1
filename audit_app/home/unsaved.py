"""A page on which somebody typed and did not save, as a sentence and a link. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime

from audit_app.drafts import KeptForm

REFERENCE = re.compile(r"[A-Z]{3}-[0-9]{4,9}")


@dataclass(frozen=True)
class Unsaved:
    """Where the text belongs and when it was typed."""

    words: str
    href: str
    kept_at: datetime


def page_of(draft: KeptForm, authority_key: str) -> Unsaved | None:
    """The page by the thing it is about and its last step: "AUD-0042, plan". None for the pages of another council."""
    start = f"/{authority_key}/"
    if not draft.path.startswith(start):
        return None
    parts = [part for part in draft.path.removeprefix(start).split("/") if part]
    references = [part for part in parts if REFERENCE.fullmatch(part)]
    rest = [part.replace("-", " ") for part in parts if part not in references]
    names = [*references, *rest[1:]] if references else rest
    return Unsaved(", ".join(names) or "this page", draft.path, draft.kept_at)
