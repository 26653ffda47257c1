"""The writes of audits, under one name; what they do stands in the service modules beside this one."""

from audit_app.audits import events  # noqa: F401  every write notes one of these
from audit_app.audits.service_answers import ClosingEntry, DomainEntry, SavedDomain, save_closing, save_domain
from audit_app.audits.service_details import (
    AUDITING_ROLES,
    CHANGEABLE,
    NewAudit,
    change_details,
    create_audit,
    reallocate_audit,
)
from audit_app.audits.service_stages import agree_audit, reopen_audit, submit_audit, take_out_audit

__all__ = [
    "AUDITING_ROLES",
    "CHANGEABLE",
    "ClosingEntry",
    "DomainEntry",
    "NewAudit",
    "SavedDomain",
    "agree_audit",
    "change_details",
    "create_audit",
    "reallocate_audit",
    "reopen_audit",
    "save_closing",
    "save_domain",
    "submit_audit",
    "take_out_audit",
]
