"""A small honest application that stands outside the product: what Flask, SQLModel and WTForms cost by themselves.

People sign in, answer a page of radio questions that is saved at once, and see what waits for them and a register. It
is written as one would write it from the three manuals: no roles, no log that is chained, no drafts, no disclosure, no
frozen versions. What the product costs more than this is the price of those, and `make bench` prints it as a ratio.
"""

from tests.bench.bare.app import make_app

__all__ = ["make_app"]
