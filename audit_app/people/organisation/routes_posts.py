"""Pages of posts."""

from datetime import timedelta

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms, words
from audit_app.errors import Invalid, NotFound
from audit_app.people import queries as shared
from audit_app.people.access import Role, allow
from audit_app.people.blueprint import blueprint
from audit_app.people.organisation import queries
from audit_app.people.organisation import service_posts as service
from audit_app.people.organisation.forms import HolderForm, PostForm
from audit_app.people.proof import needs_proof
from audit_app.people.routes_form import FormPage, answer

DAY = timedelta(days=1)


@blueprint.get("/<authority:authority>/posts")
@allow(Role.admin)
def posts() -> ResponseReturnValue:
    return render_template("people/posts.html", posts=shared.list_posts(g.session, clock.today()))


NOBODY = "Nobody: vacant"


def _people() -> list[tuple[int, str]]:
    everybody = shared.list_people_views(g.session, clock.today())
    return [(person.id, f"{person.name} ({person.user_name})") for person in everybody]


@blueprint.route("/<authority:authority>/posts/new", methods=["GET", "POST"])
@allow(Role.admin)
def new_post() -> ResponseReturnValue:
    """Whoever holds a post sees the register of findings and plans, so it is given like a role (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    form = forms.filled(PostForm, on=clock.today())
    form.person_id.choices = forms.choices(_people(), first=NOBODY)
    form.service_id.choices = forms.choices(shared.list_services(g.session, clock.today()), first="No one service")
    hints = {"title": "For example, Head of Safeguarding. Plans name posts, so they outlast the people who hold them."}
    page = FormPage("Add a post", url_for("people.posts"), "Posts", "Add post", hints=hints)

    def add() -> str:
        service_id = int(form.service_id.data) if form.service_id.data else None
        by, now = g.person.person_id, g.now
        post = service.make_post(g.session, form.title.data, service_id=service_id, by=by, now=now)
        if form.person_id.data:
            service.give_post(g.session, post.id, int(form.person_id.data), on=form.on.entered, by=by, now=now)
        return "The post has been added."

    return answer(page, form, add, page.back)


def _holders(post_id: int) -> tuple[str, ...]:
    """Who held a post, in sentences."""
    return tuple(
        f"{holder.name}: from {words.date_words(holder.from_on)}"
        + (f" to {words.date_words(holder.to_on)}." if holder.to_on else ".")
        for holder in queries.list_holders(g.session, post_id)
    )


@blueprint.route("/<authority:authority>/posts/<int:post_id>", methods=["GET", "POST"])
@allow(Role.admin)
def post(post_id: int) -> ResponseReturnValue:
    if (asked := needs_proof()) is not None:
        return asked
    try:
        row = service.get_post(g.session, post_id)
    except Invalid as fault:
        raise NotFound("No such post.") from fault
    form = forms.filled(HolderForm, on=clock.today())
    form.person_id.choices = forms.choices([(0, words.Ours(NOBODY)), *_people()], first="Choose")
    intro = _holders(post_id) or ("Nobody has held this post yet.",)
    hints = {"on": "Whoever holds it now leaves it the day before."}
    page = FormPage(f"Post: {row.title}", url_for("people.posts"), "Posts", "Save", hints=hints, intro=intro)

    def record() -> str:
        by, now = g.person.person_id, g.now
        if form.closes.data:
            service.close_post(g.session, post_id, last_day=form.on.entered - DAY, by=by, now=now)
            return "The post has been closed."
        chosen = int(form.person_id.data) or None
        service.give_post(g.session, post_id, chosen, on=form.on.entered, by=by, now=now)
        return "The holder has been recorded." if chosen else "The post is vacant from that day."

    return answer(page, form, record, page.back)
