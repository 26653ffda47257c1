"""So that `python -m audit_app.commands` is the command too: the web process starts its worker like that."""

from audit_app.commands import main

main()
