"""The order and words of a printed pack, as plain blocks that page and PDF both show. Pure."""
