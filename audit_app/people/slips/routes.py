"""All open invitations at once: sent anew, or printed as slips on a page or as a PDF, shown this once."""

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import headers, words
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.accounts import one_time_links
from audit_app.people.blueprint import blueprint
from audit_app.people.factors import codes
from audit_app.people.proof import needs_proof
from audit_app.people.slips import pdf, service


@blueprint.post("/<authority:authority>/people/invitations/slips")
@allow(Role.admin)
def slips() -> ResponseReturnValue:
    """Whoever holds a slip becomes the person it is for, so the password is asked for again (AU-13)."""
    back = url_for("people.links")
    if (asked := needs_proof(back)) is not None:
        return asked
    made = service.renew_all(g.session, config=current_app.config, **by_whom())
    if one_time_links.is_on(current_app.config):
        say(f"{words.count(len(made.slips), 'new link')} {words.agree(len(made.slips), 'is', 'are')} on the way.")
        return redirect(back, 303)
    if request.form.get("as") == "pdf":
        return headers.download(pdf.build(made), filename="one-time-links.pdf", content_type="application/pdf")
    squares = [codes.square_of(slip.address) for slip in made.slips]
    return render_template("people/slips.html", made=made, squares=squares)
