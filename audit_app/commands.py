"""The command `audit-app`."""

from audit_app import create_app
from flask.cli import FlaskGroup


def main() -> None:
    """Run one command."""
    FlaskGroup(
        create_app=create_app, add_default_commands=False, add_version_option=False, help="Inspection readiness."
    )(prog_name="audit-app")
