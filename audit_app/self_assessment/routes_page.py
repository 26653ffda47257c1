"""What every page of this feature is made with: who may come in, what templates may say, posts somebody signs in."""

from typing import Any

from flask import g
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from audit_app import forms
from audit_app.form_pages import form_page
from audit_app.people import queries as people
from audit_app.self_assessment import ladder_words, wording
from audit_app.self_assessment.blueprint import blueprint
from audit_app.self_assessment.who import MANAGERS


@blueprint.context_processor
def words_of_self_assessments() -> dict[str, Any]:
    """What every template of this feature may say."""
    return {"wording": wording, "ladder": ladder_words, "doubt_words": wording.DOUBTS}


def is_manager() -> bool:
    """Whether this person begins self-assessments and lays them out."""
    return bool(g.scope.has(*MANAGERS))


def show(template: str, form: Any = None, **more: Any) -> ResponseReturnValue:
    """A page of this feature; 422 when it is shown again because of what was sent."""
    return form_page(f"self_assessment/{template}.html", form, **more)


def person_choices(first: str) -> list[SelectChoice]:
    """Everybody with an account here, by name."""
    rows = people.list_people_views(g.session, g.scope.today)
    return forms.choices([(person.id, person.name) for person in rows], first=first)


def number_in(text: str | None) -> int | None:
    """The id a drop-down sent; None for nothing chosen."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 19 else None


def own_post() -> str:
    """The title of the post this person holds today; empty for none."""
    held = g.scope.own_posts
    return next((post.title for post in people.list_posts(g.session, g.scope.today) if post.id in held), "")
