"""Commands about people: the first administrator, links, lists."""

from flask.cli import AppGroup

GROUPS = (AppGroup("people", help="Accounts and people."),)
