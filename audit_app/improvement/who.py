"""Who reads findings, areas and plans, and who takes plan actions out. Pure."""

from audit_app.people.tables import Role

READERS = (Role.qa_manager, Role.auditor, Role.moderator, Role.team_manager, Role.leader)
ACTION_EXPORTERS = (Role.qa_manager, Role.leader, Role.team_manager)
