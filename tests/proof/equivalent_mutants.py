"""Mutants that nobody can tell from the product, each with its reason."""

# (module, the line as it stands, the line as changed): why no test could notice.
EQUIVALENT: dict[tuple[str, str, str], str] = {}
