"""The blueprint of this feature; every routes module puts its views on it."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)
