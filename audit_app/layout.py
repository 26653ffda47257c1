"""What every page shares: the loader of GOV.UK macros, the words, the links at the top, the messages waiting."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, before_render_template, current_app, g, request, url_for
from flask.templating import Environment
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined, Undefined
from jinja2.utils import missing
from markupsafe import Markup
from sqlmodel import Session

from audit_app import disk, notices, outlines, terms_in_templates, typed_suspects
from audit_app.forms import field_faults, first_input
from audit_app.people.access import outside, web_session
from audit_app.people.access.door import waiting_messages
from audit_app.people.tables import Role
from findings.references import reference

PRODUCT = "Inspection readiness"
MOST_ADDRESSES = 2000
# Each is asked, by council and reference, what the page of a thing is to say of it; `wiring.py` fills the list.
notes_on_things: list[Callable[[Session, int, str], str]] = []


@dataclass(frozen=True)
class NavigationLink:
    """A link to one page of a section of the menu, for people who hold one of its roles."""

    words: str
    endpoint: str
    roles: frozenset[Role]
    position: int = 50
    section: str = ""  # one of the words of the main menu; empty where the link stands there by itself


@dataclass(frozen=True)
class Menu:
    """What stands at the top of a page: the main menu, and the pages of the section this page is in."""

    sections: tuple[dict[str, Any], ...] = ()
    here: str = ""
    pages: tuple[dict[str, Any], ...] = ()


def add_navigation(app: Flask, link: NavigationLink) -> None:
    """Put one of a feature's pages into the menu."""
    links: list[NavigationLink] = app.extensions.setdefault("navigation", [])
    links.append(link)
    links.sort(key=lambda link: link.position)


def navigation() -> Menu:
    """The menu of this person, in order, what they are in marked: at most seven entries, however many pages there are.

    A section of which a person may open one page stands there as that page.
    """
    if not g.get("scope") or not g.get("authority"):
        return Menu()
    may_open = [link for link in current_app.extensions.get("navigation", []) if g.scope.has(*link.roles)]
    address = {link: _address_of(link.endpoint) for link in may_open}
    nearest = _nearest(request.path, list(address.values()))
    sections: dict[str, list[NavigationLink]] = {}
    for link in may_open:
        sections.setdefault(link.section or link.words, []).append(link)
    entries = [
        _entry(name if len(links) > 1 else links[0].words, address[links[0]], nearest in map(address.get, links))
        for name, links in sections.items()
    ]
    here = next((name for name, links in sections.items() if nearest in map(address.get, links)), "")
    pages = sections.get(here, [])
    below = [_entry(link.words, address[link], address[link] == nearest) for link in pages] if len(pages) > 1 else []
    return Menu(tuple(entries), terms_in_templates.text_in_terms(here), tuple(below))


def _address_of(endpoint: str) -> str:
    """The page of a link of the menu in this council: made once, because every page shows some twenty."""
    made: dict[tuple[str, str, str], str] = current_app.extensions.setdefault("menu_addresses", {})
    asked = (endpoint, g.authority.key, request.root_path)
    if asked not in made:
        if len(made) >= MOST_ADDRESSES:
            made.clear()
        made[asked] = url_for(endpoint)
    return made[asked]


def _entry(words: str, href: str, active: bool) -> dict[str, Any]:
    return {"text": terms_in_templates.text_in_terms(words), "href": href, "active": active}


def _nearest(path: str, addresses: list[str]) -> str:
    """The link that leads closest to this page: the longest address that the page's own begins with."""
    above = [
        address
        for address in addresses
        if path == address or (path.startswith(f"{address}/") and not address.endswith("/"))
    ]
    return max(above, key=len, default="")


def csrf_token() -> str:
    """The form token for this browser; a visitor without a session gets one with the page."""
    if not g.token and not g.new_token:
        g.new_token = web_session.new_token()
    return web_session.csrf_token(current_app.config["SECRET_KEY"], g.token or g.new_token)


def csrf() -> Markup:
    """The hidden field every form carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(csrf_token())


def hidden(form: Any) -> Markup:
    """Everything a form carries unseen: its token, the revision seen, its one-time key."""
    parts = [csrf()]
    for field in (form.revision, form.once):
        if field.data:
            parts.append(Markup('<input type="hidden" name="{}" value="{}">').format(field.name, field.data))
    return Markup("").join([*parts, typed_suspects.save_as_it_is(form)])


def strict_names(hint: str | None = None, obj: Any = missing, name: str | None = None, **more: Any) -> Undefined:
    """A misspelt name stops the page; a missing key of a dictionary is empty, as the GOV.UK macros expect."""
    kind = StrictUndefined if obj is missing and name != "caller" else Undefined
    return kind(hint, obj, name, **more)


class PlainGlobals(Environment):
    """Templates look names up in one plain dictionary: a page of a dozen questions asks some thousand times."""

    template_class = outlines.OutlinedTemplate

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.outlines = outlines.Outlines()

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """All names a template starts with; nothing is added to them once the application is made."""
        return {**self.globals, **(d or {})}


def note_on_thing() -> str:
    """What is to be said on the page of a thing, such as that a legal hold keeps it; only on its own first page."""
    rule = request.url_rule
    if rule is None or not rule.rule.endswith(">") or not g.get("authority") or g.get("session") is None:
        return ""
    (name, value), *more = [pair for pair in (request.view_args or {}).items() if pair[0] != "authority"] or [("", "")]
    prefix = getattr(rule._converters.get(name), "prefix", "") or {"person_id": "person"}.get(name, "")
    if more or not prefix:
        return ""
    thing = f"person {value}" if prefix == "person" else reference(prefix, value)
    return " ".join(filter(None, (tell(g.session, g.authority.id, thing) for tell in notes_on_things)))


def finish_reading(_app: Flask, template: Any = None, **_shown: Any) -> None:
    """What a page shows is in hand when it is rendered: the council's words are read, then a GET leaves the database.

    Rendering and sending may take long, and on SQLite whoever saves waits for everybody who still reads. So does a POST
    whose page says that nothing was saved: it holds the turn to write.
    """
    terms_in_templates.own_words()
    failed = str(getattr(template, "name", "")).startswith("errors/")
    g.note_on_thing = "" if failed or request.method != "GET" else note_on_thing()
    outside.finish_reading(refused=failed or g.get("refused", False))


def set_up_jinja(app: Flask) -> None:
    """Set up Jinja: GOV.UK macros, strict names, and the words of the house as filters."""
    app.jinja_environment = PlainGlobals
    own = app.jinja_loader
    app.jinja_env.undefined = strict_names  # type: ignore[assignment]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_loader = ChoiceLoader(  # type: ignore[assignment]
        [own, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]  # type: ignore[list-item]
    )
    helpers: dict[str, Callable[..., Any]] = {
        "navigation": navigation,
        "csrf": csrf,
        "csrf_token": csrf_token,
        "waiting_messages": waiting_messages,
        "hidden": hidden,
        "field_faults": field_faults,
        "first_input": first_input,
    }
    app.jinja_env.globals.update(helpers)
    app.jinja_env.globals["product"] = PRODUCT
    app.jinja_env.globals["read_only"] = lambda: disk.room_left(current_app.config) != disk.Room.enough
    app.jinja_env.globals["telling"] = lambda trouble=(): notices.telling(current_app.config, trouble)
    # The two words of another template language that the GOV.UK macros compare with.
    app.jinja_env.globals.update(undefined=Undefined(name="undefined"), null=None)
    terms_in_templates.teach_jinja(app)
    before_render_template.connect(finish_reading, app)
