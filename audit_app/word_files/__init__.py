"""Word documents out of a template somebody brought: looked into, tried and filled in a confined child.

A template is untrusted input. `try_out` says whether one may be kept, `fill` makes a document of it; both hold it
against the same rules every time, and neither runs anything the template says.
"""

from audit_app.word_files.asking import TEMPLATE_LIMIT, About, fill, try_out
from audit_app.word_files.starting import Starting

__all__ = ["TEMPLATE_LIMIT", "About", "Starting", "fill", "try_out"]
