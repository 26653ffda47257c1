"""The blueprint of the library; every routes module of the feature puts its views on it."""

from flask import Blueprint

from audit_app.library.product_editions import area_named, edition_named

blueprint = Blueprint("library", __name__)
blueprint.add_app_template_filter(edition_named, "edition_named")
blueprint.add_app_template_filter(area_named, "area_named")
