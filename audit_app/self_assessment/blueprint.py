"""The blueprint of self-assessments; every routes module of the feature puts its views on it."""

from flask import Blueprint

blueprint = Blueprint("self_assessment", __name__)
LIST = "/<authority:authority>/self-assessments"
PAGE = f'{LIST}/<ref("SAS"):number>'
SECTION = f"{PAGE}/sections/<int:section_id>"
