"""Telling whoever watches the service how it does: whether it lives, how fast it answers, what it logs."""

from audit_app.watching.logs import set_up_logs
from audit_app.watching.metrics import count_requests
from audit_app.watching.probes import answer_probes

__all__ = ["answer_probes", "count_requests", "set_up_logs"]
