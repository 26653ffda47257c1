"""The kinds of question: what each is answered with, and what answers it. Pure."""
