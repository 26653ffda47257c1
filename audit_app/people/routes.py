"""The pages of this feature: importing this module puts every view on its blueprint."""

from audit_app.people.access import Role
from audit_app.people.accounts import routes as accounts
from audit_app.people.accounts import routes_your_account as your_account
from audit_app.people.arrivals import routes as arrivals
from audit_app.people.blueprint import blueprint
from audit_app.people.councils import routes as councils
from audit_app.people.directory import routes as directory
from audit_app.people.directory import routes_handover, routes_managing
from audit_app.people.exports import routes as exports
from audit_app.people.factors import routes as factors
from audit_app.people.factors import routes_own as own_factors
from audit_app.people.first_day import routes as first_day
from audit_app.people.first_day import routes_teams, routes_words
from audit_app.people.information import routes as information
from audit_app.people.joining import routes as joining
from audit_app.people.organisation import routes as organisation
from audit_app.people.organisation import routes_posts, routes_removing
from audit_app.people.provider import routes as provider
from audit_app.people.provider import routes_council as council_sign_in
from audit_app.people.provider import routes_leaving as leaving
from audit_app.people.slips import routes as slips

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (
    accounts,
    your_account,
    arrivals,
    directory,
    routes_handover,
    routes_managing,
    factors,
    own_factors,
    first_day,
    routes_teams,
    routes_words,
    councils,
    slips,
    information,
    joining,
    organisation,
    routes_posts,
    routes_removing,
    provider,
    leaving,
    council_sign_in,
    exports,
)

NAVIGATION = tuple(
    (words, endpoint, frozenset({Role.admin}), 90, "Council")
    for words, endpoint in (
        ("Council set-up", "people.council"),
        ("People", "people.people"),
        ("Services and teams", "people.teams"),
        ("Posts", "people.posts"),
    )
)
