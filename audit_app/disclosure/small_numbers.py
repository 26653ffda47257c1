"""Counts of children below five, by which a child could be recognised in a document for everybody. Pure."""

import re
from collections.abc import Iterator

from audit_app.disclosure.suspect import Kind, Suspect, each_match

FEWEST = 5
_FEW = r"(?:one|two|three|four|[1-4])"
_CHILDREN = (
    r"(?:child(?:ren)?|boys?|girls?|young (?:people|persons?)|siblings?|bab(?:y|ies)|infants?|toddlers?|teenagers?"
    r"|care leavers?|pupils?|adolescents?|sons?|daughters?)"
)
# Words between the number and the children: what they are like, never a verb or what belongs to something else.
_NOT_BETWEEN = (
    r"in|of|out|to|and|or|for|per|at|by|with|on|from|that|which|who|is|are|was|were|has|have|had|works?|ensures?|helps?"
    r"|services?|teams?|workers?|providers?|homes?|boards?|local|groups?|reasons?|ways?|plans?|audits?"
)
_BETWEEN = rf"(?:(?!(?:{_NOT_BETWEEN}|weeks?|months?|years?|days?|hours?)\b)[a-z][\w-]* ){{0,3}}"
_COUNTED = re.compile(
    rf"(?<![\w.,/-])(?<!in )(?<!than )(?<!to )(?<!Table )(?<!Section )(?<!Part )(?<!stage )(?<!page )"
    rf"({_FEW} {_BETWEEN}{_CHILDREN})\b(?!['-]|s'| (?:protection|in need|in care|death|sexual|safeguarding)\b)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"(?<![\w.,/-])(?<!Part )(?<!Section )(?<!Schedule )((?:{_FEW}|none) (?:of|out of) (?:the |these |those |our )?"
    rf"(?:\d+|[a-z]+) {_BETWEEN}{_CHILDREN})\b(?! (?:protection|in need|death|sexual)\b)",
    re.IGNORECASE,
)


def small_numbers(text: str) -> Iterator[Suspect]:
    """Fewer than five children, counted in figures or words."""
    for pattern in (_OUT_OF, _COUNTED):
        yield from each_match(text, pattern, Kind.small_number)
