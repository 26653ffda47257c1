"""A question about a grade in words that fit whoever reads it. Pure."""

import re

# Questions were once put to the auditor alone; what was written down then is read by others too.
_TO_THE_AUDITOR = re.compile(r"You graded (?:(the whole)|(“.*?”)) ")


def for_every_reader(question: str) -> str:
    """“The plan” is graded Good, where it once said: You graded “The plan” Good."""
    return _TO_THE_AUDITOR.sub(lambda match: f"{'The whole' if match[1] else match[2]} is graded ", question, count=1)
