"""The blueprint of evidence; every routes module of the feature puts its views on it."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)
EVIDENCE_PAGE = '/<authority:authority>/evidence/<ref("EVD"):number>'
ENTRY_PAGE = '/<authority:authority>/evidence-folder/<ref("FOL"):number>'
BATCH_PAGE = '/<authority:authority>/evidence/batches/<ref("BAT"):number>'
