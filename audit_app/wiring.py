"""Which features there are, in their order: their pages, commands, guards and links at the top."""

from audit_app import guards, layout
from audit_app.people import cli as people_cli
from audit_app.people import routes as people_routes
from flask import Flask

FEATURES = (people_routes,)
COMMANDS = (people_cli,)


def register(app: Flask) -> None:
    """Put every feature into the application."""
    guards.register()
    for routes in FEATURES:
        app.register_blueprint(routes.blueprint)
        for link in getattr(routes, "NAVIGATION", ()):
            layout.add_navigation(app, layout.NavigationLink(*link))
    for commands in COMMANDS:
        for group in commands.GROUPS:
            app.cli.add_command(group)
