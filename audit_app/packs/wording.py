"""The few words that packs alone need. What kinds, states and ratings are called is said by the lists themselves.

How audits are chosen and what their actions are called, audits say; packs print the words of the pages. Data only.
"""

from audit_app.improvement.wording import chosen_words
from findings.states import Brag, ImpactTest

# What was looked at in a test of impact, for one and for many.
SAMPLE_NOUNS = {
    ImpactTest.re_audit: ("record", "records"),
    ImpactTest.dip_sample: ("record", "records"),
    ImpactTest.measure: ("record", "records"),
    ImpactTest.voice: ("person", "people"),
    ImpactTest.observation: ("observation", "observations"),
}
COLOUR_NAMES = {colour.value: colour.title for colour in Brag}
NOT_A_PICTURE = chosen_words("purposive")
