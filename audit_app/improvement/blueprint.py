"""The blueprint on which every routes module of this feature puts its pages."""

from flask import Blueprint

blueprint = Blueprint("improvement", __name__)
