"""The headings a version begins with, and what helps to write under each: ours, as data; every one can be changed."""

from dataclasses import dataclass

from audit_app.self_assessment.tables_outputs import Audience


@dataclass(frozen=True)
class Heading:
    """One heading with its hint; the key stays with the part when the heading is changed."""

    key: str
    words: str
    hint: str


HEADINGS = {
    Audience.children: (
        Heading("who", "Who we are", "Who writes this, and what your service does for them. Two or three sentences"),
        Heading("told", "What you told us", "What children and young people said, how many were asked, and how"),
        Heading("did", "What we did", "What changed because of it. If nothing has yet, say so"),
        Heading("better", "What is better now", "What they would notice. How you know"),
        Heading("not_yet", "What is not good enough yet", "Plainly, without blaming anybody"),
        Heading("next", "What we will do next", "What, and by when. Only what will really happen"),
        Heading("tell", "How to tell us what you think", "Where to call, write or go; who else can help, such as an "
                "advocate. Use a service’s details, never a person’s"),
    ),
    Audience.staff: (
        Heading("know", "What we know about our practice", "The main findings, with their numbers, and how you know"),
        Heading("well", "What you do well", "Whose work it is and what it changed for children; no names"),
        Heading("not_yet", "What is not good enough yet", "What children do not get yet, and what stands in the way"),
        Heading("families", "What children and families told us", "In their words where you may print them"),
        Heading("told", "What you told us", "What staff said, and what became of it"),
        Heading("next", "What we will do next", "What, who and by when; what changes in daily work"),
        Heading("ask", "What we ask of you", "Few things, and what helps with each"),
    ),
}  # fmt: skip


def hint_of(audience: Audience, key: str) -> str:
    """What helps to write under a heading that began as one of ours; nothing for one of their own."""
    return next((heading.hint for heading in HEADINGS[audience] if heading.key == key), "")
