"""What a journey costs people: pages, clicks and keys, and the minutes those take somebody who knows the way.

The times are those of the keystroke-level model (Card, Moran and Newell 1980, Communications of the ACM 23(7)): 0.28 s
a key for an average typist, 1.1 s to point and 0.1 s to press, 0.4 s for the hand to change between mouse and keys,
1.35 s to think before each click or box. Reading a record, and thinking about the child, are not in it.
"""

from typing import NamedTuple

KEY_S, POINT_S, PRESS_S, HAND_S, THINK_S = 0.28, 1.1, 0.1, 0.4, 1.35

# Kept by the browser for the tab, so that it lasts from page to page. A label's click is one, not the box's as well.
COUNTING = """(() => {
  const add = (what, many) => sessionStorage.setItem(what, Number(sessionStorage.getItem(what) || 0) + many);
  const typed = "textarea, input:not([type=radio]):not([type=checkbox]):not([type=file])";
  document.addEventListener("DOMContentLoaded", () => add("effort-pages", 1));
  document.addEventListener("click", (event) => { if (event.detail) add("effort-clicks", 1); }, true);
  document.addEventListener("input", (event) => {
    if (event.target.matches("select")) add("effort-clicks", 2);
    if (!event.target.matches(typed)) return;
    add("effort-boxes", 1);
    add("effort-keys", event.target.value.length);
  }, true);
})()"""
READ = """() => ["pages", "clicks", "boxes", "keys"].map((what) =>
  Number(sessionStorage.getItem("effort-" + what) || 0))"""


class Effort(NamedTuple):
    """Pages opened, clicks made, boxes typed into and keys pressed in them."""

    pages: int
    clicks: int
    boxes: int
    keys: int

    @property
    def minutes(self):
        """Minutes of hand and eye by the keystroke-level model, 0 or more."""
        clicked = self.clicks * (THINK_S + POINT_S + PRESS_S)
        typed = self.boxes * (THINK_S + POINT_S + PRESS_S + 2 * HAND_S) + self.keys * KEY_S
        return (clicked + typed) / 60

    def __str__(self):
        done = f"{self.pages} pages, {self.clicks} clicks, {self.boxes} boxes, {self.keys} keys"
        return f"{done}, {self.minutes:.1f} minutes"


def watch(visitor):
    """Count from the visitor's next page on."""
    visitor.context.add_init_script(COUNTING)
    return visitor


def of(visitor):
    """What a visitor who is watched has done so far."""
    return Effort(*visitor.page.evaluate(READ))
