"""Whom a view is open to: each says it itself, and one that says nothing is shut (PE-1)."""

from collections.abc import Callable
from typing import Any, TypeVar

from audit_app.people.tables import Role

View = TypeVar("View", bound=Callable[..., Any])


def allow(
    *roles: Role,
    autosave: bool = False,
    uploads: bool = False,
    creates: bool = False,
    tells_oversize: bool = False,
    large_uploads: bool = False,
) -> Callable[[View], View]:
    """Open a view to people who hold one of these roles in the authority of the address; `uploads` lets files in.

    A view that `creates` something new makes it once: the same words sent again in a short while lead to the first.
    One that `tells_oversize` is given forms with a file too large as well, with `g.oversize` set: it names the file,
    keeps what was typed and takes nothing. One with `large_uploads` takes a ZIP of many files.
    """

    def mark(view: View) -> View:
        view.opened_to = frozenset(roles)  # type: ignore[attr-defined]
        view.autosave = autosave  # type: ignore[attr-defined]
        view.uploads = uploads  # type: ignore[attr-defined]
        view.creates = creates  # type: ignore[attr-defined]
        view.tells_oversize = tells_oversize  # type: ignore[attr-defined]
        view.large_uploads = large_uploads  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: View) -> View:
    """Open a view to anybody, signed in or not."""
    view.opened_to = "all"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open a view to anybody who is signed in; inside an authority, to its people."""
    view.opened_to = "signed in"  # type: ignore[attr-defined]
    return view


def at_second_step(view: View) -> View:
    """Open a view to whoever is signed in, and to whoever has the password behind them and the second step before."""
    view.opened_to = "second step"  # type: ignore[attr-defined]
    return view


def from_machines(view: View) -> View:
    """A view that another server sends to: no browser, so no form of ours and no session. What is sent is signed, and
    the view writes in small transactions of its own once it has checked that."""
    view.from_machines = True  # type: ignore[attr-defined]
    return view


def whatever_room(view: View) -> View:
    """A view whose sending writes no more than a session's row: it is open though the disk is nearly full (DU-10)."""
    view.whatever_room = True  # type: ignore[attr-defined]
    return view


def opened_to(view: Any) -> Any:
    """Whom a view is open to: "all", "second step", "signed in", a set of roles, or None when it says nothing."""
    return getattr(view, "opened_to", None)
