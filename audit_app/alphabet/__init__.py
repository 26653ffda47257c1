"""The order of every list that is sorted by names."""

from audit_app.alphabet.order import folded, in_order, place_of

__all__ = ["folded", "in_order", "place_of"]
