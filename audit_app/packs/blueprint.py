"""The blueprint of evidence packs; every routes module of the feature puts its views on it."""

from flask import Blueprint

blueprint = Blueprint("packs", __name__)
PACK_PAGE = '/<authority:authority>/packs/<ref("PCK"):number>'
