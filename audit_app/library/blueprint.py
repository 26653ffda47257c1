"""The blueprint of the library; every routes module of the feature puts its views on it."""

from flask import Blueprint

blueprint = Blueprint("library", __name__)
