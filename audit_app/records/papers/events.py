"""What can happen to the papers of data protection, as the sentences the log tells."""

from audit_app.history import declare_event

ANSWERED = declare_event(
    "records.paper_answered", "{who} wrote what the council says to the question {question} of its papers"
)
TAKEN_OUT = declare_event("records.paper_taken_out", "{who} took out the paper {paper} as a file")
