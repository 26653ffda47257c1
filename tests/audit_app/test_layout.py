"""What all pages are made with."""

from audit_app import layout


def test_templates_look_names_up_in_one_plain_dictionary(app):
    """An environment made before it is said of which kind would be Flask's own, and pages slower."""
    assert type(app.jinja_env) is layout.PlainGlobals
    assert type(app.jinja_env.get_template("base.html").globals) is dict
    assert {"device_store", "way_to", "navigation"} <= app.jinja_env.get_template("base.html").globals.keys()
