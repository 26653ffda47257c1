"""The blueprint of audits, their actions and concerns; every routes module of the feature puts its views on it."""

from flask import Blueprint

blueprint = Blueprint("audits", __name__)
