"""What can happen in the library, each as the sentence the log tells; the log keeps codes and references only."""

from audit_app.history import declare_event

for _code, _sentence in {
    "own_set.started": "{who} started the question set {reference} as a draft, from {source}",
    "own_set.saved": "{who} saved {what} in the draft of {reference}, version {version}",
    "own_set.offered": "{who} asked for version {version} of {reference} to be published",
    "own_set.published": "{who} published version {version} of {reference} as {edition}, fingerprint {fingerprint}",
    "own_set.version_started": "{who} started version {version} of {reference}",
    "own_set.withdrawn": "{who} withdrew the draft of {reference}, version {version}",
    "own_set.retired": "{who} retired {reference}: no new audits are made from it",
    "own_set.brought_back": "{who} brought {reference} back for new audits",
    "own_term.changed": "{who} changed the council’s own word for {term}",
    "own_term.reset": "{who} went back to the product’s word for {term}",
    "map.doubted": "{who} doubted a line of the crosswalk: {line}",
    "map.answered": "{who} answered a doubt about a line of the crosswalk: {line}",
    "library.exported": "{who} took {what} out of the library as {reference}",
}.items():
    declare_event(_code, _sentence)
