"""The blueprint of people; every routes module of the feature puts its views on it."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
