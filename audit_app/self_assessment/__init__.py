"""Self-assessments: what a council says of its own practice, what each claim stands on, and who signed it.

Higher features read it through this door.
"""

from audit_app.self_assessment.queries_standing import LeadersWords, StandingSection, leaders_words, standing

__all__ = ["LeadersWords", "StandingSection", "leaders_words", "standing"]
