"""The blueprint of data protection; every routes module of the feature puts its views on it."""

from flask import Blueprint

blueprint = Blueprint("records", __name__)
RECORDS_PAGE = "/<authority:authority>/records"
