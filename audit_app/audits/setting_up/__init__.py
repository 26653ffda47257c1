"""The set-up form in the words of what is audited: a child, a supervision file, a carer, an observed visit."""
