"""The whole of it: wiring, a session a request, and four pages."""

import functools
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask, abort, g, redirect, render_template, request, session, url_for
from sqlmodel import Session, select
from werkzeug.security import check_password_hash

from tests.bench.bare.forms import SignInForm, page_form
from tests.bench.bare.tables import Answer, Audit, Line, Person

ON_A_PAGE = 25


def make_app(engine, questions, key):
    """The application on a database that is filled already.

    Args:
        questions: One page of them: `text`, `hint` and `points`, pairs of code and words.
    """
    app = Flask(__name__)
    app.config.update(SECRET_KEY=key, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax")
    app.extensions.update(engine=engine, questions=questions, form=page_form(questions))
    app.teardown_request(close)
    app.before_request(functools.partial(open_session, engine))
    app.add_url_rule("/sign-in", "sign_in", sign_in, methods=["GET", "POST"])
    app.add_url_rule("/", "first_page", first_page)
    app.add_url_rule("/audits", "register", register)
    page = functools.partial(answer, questions, app.extensions["form"])
    app.add_url_rule("/audits/<int:number>/page", "answer", page, methods=["GET", "POST"])
    return app


def open_session(engine):
    """One session a request; nobody goes further who is not signed in."""
    g.database, g.person = Session(engine), None
    if "person" in session:
        g.person = g.database.get(Person, session["person"])
    if g.person is None and request.endpoint != "sign_in":
        return redirect(url_for("sign_in"))
    return None


def close(_error):
    """Give the connection back."""
    g.database.close()


def sign_in():
    """Name and password."""
    form = SignInForm(request.form)
    if request.method == "POST" and form.validate():
        person = g.database.exec(select(Person).where(Person.name == form.name.data)).first()
        if person is not None and check_password_hash(person.password_hash, form.password.data):
            session["person"] = person.id
            return redirect(url_for("first_page"), 303)
    return render_template("sign_in.html", form=form)


def first_page():
    """What waits for whoever asks."""
    mine = select(Audit).where(Audit.auditor_id == g.person.id, Audit.stage == "in_progress")
    rows = g.database.exec(mine.order_by(Audit.due_on).limit(ON_A_PAGE)).all()
    return render_template("list.html", title="What needs you", rows=rows, total=len(rows))


def register():
    """All audits, the newest first, a page at a time."""
    page = max(request.args.get("page", 1, int), 1)
    total = g.database.exec(select(sa.func.count()).select_from(Audit)).one()
    newest = select(Audit).order_by(Audit.number.desc()).limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)
    return render_template("list.html", title="Audits", rows=g.database.exec(newest).all(), total=total)


def answer(questions, form_class, number):
    """One page of questions: shown, or saved."""
    audit = g.database.get(Audit, number) or abort(404)
    rows = g.database.exec(select(Answer).where(Answer.audit_number == number)).all()
    kept = {row.question: row for row in rows}
    if request.method == "POST":
        form = form_class(request.form)
        if form.validate() and form.revision.data == audit.revision:
            save(audit, kept, form, questions)
            return redirect(request.path, 303)
    else:
        form = form_class(data=shown_in_form(audit, kept, questions))
    return render_template("page.html", form=form, audit=audit, questions=questions), 200 if not form.errors else 422


def shown_in_form(audit, kept, questions):
    """What is saved, as the form's fields are called."""
    data = {"revision": audit.revision, "grade": audit.grade, "rationale": audit.rationale}
    for place, question in enumerate(questions):
        if question["key"] in kept:
            row = kept[question["key"]]
            data |= {f"answer_{place}": row.code, f"note_{place}": row.note}
    return data


def save(audit, kept, form, questions):
    """Every answer of the page, the grade, and a line of who did it; one transaction."""
    for place, question in enumerate(questions):
        row = kept.get(question["key"]) or Answer(audit_number=audit.number, question=question["key"])
        row.code, row.note = form[f"answer_{place}"].data or "", form[f"note_{place}"].data or ""
        g.database.add(row)
    audit.grade, audit.rationale = form.grade.data or "", form.rationale.data or ""
    audit.revision += 1
    g.database.add(audit)
    g.database.add(Line(at=datetime.now(UTC), by=g.person.id, what=f"saved audit {audit.number}"))
    g.database.commit()
