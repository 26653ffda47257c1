"""Case audits: answer a question set, submit, agree; concerns raised and actions set on the way."""
