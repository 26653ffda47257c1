"""What can happen to an audit, each as the sentence the log tells."""

from audit_app.history import declare_event

for _code, _sentence in {
    "audit.created": "{who} set up {reference} on question set {set} ({length}) for person {auditor}, due {due}",
    "audit.details_changed": "{who} changed the details of {reference}: {what}",
    "audit.reallocated": "{who} gave {reference} to person {auditor}, due {due}",
    "audit.domain_saved": "{who} saved {changes} in the domain {domain} of {reference}",
    "audit.facts_saved": "{who} saved {changes} of the facts about the record of {reference}",
    "audit.closing_saved": "{who} saved the last page of {reference}",
    "audit.moved": "{who} moved {reference} from {from} to {to}: {carried} answers carried over, {aside} set aside",
    "audit.move_undone": "{who} put {reference} back from {from} to {to}",
    "audit.rails_answered": "{who} answered {changes} of the questions about the grades of {reference}",
    "audit.submitted": "{who} submitted {reference} as version {version}, fingerprint {sha256}",
    "audit.agreed": "{who} marked version {version} of {reference} agreed, not moderated",
    "audit.reopened": "{who} reopened {reference} after version {version} for a correction",
    "audit.withdrawn": "{who} withdrew {reference}; approved by person {approved}",
    "audit.exempted": "{who} exempted {reference} from auditing; approved by person {approved}",
    "audit.replaced": "{who} replaced {reference} by another record; approved by person {approved}",
}.items():
    declare_event(_code, _sentence)
