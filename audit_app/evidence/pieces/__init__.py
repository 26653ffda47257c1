"""One piece of evidence: shown, added, changed, renewed, withdrawn, its files handed out."""
