"""Telling whoever watches the service how it does: here whether it lives and whether it can answer."""

from audit_app.watching.probes import answer_probes

__all__ = ["answer_probes"]
