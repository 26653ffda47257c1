"""The closed lists of evidence: where it is held, what it shows, how often it is renewed; each with its title."""

from enum import auto

from findings.states import Titled


class Held(Titled):
    """Where a version of a piece of evidence is."""

    here = auto(), "A file kept here"
    link = auto(), "A link"
    elsewhere = auto(), "Held elsewhere"


class Effect(Titled):
    """Whether it shows what was done or what it changed for children; the two are never mixed up."""

    output = auto(), "Output: what was done"
    impact = auto(), "Impact: what changed for children"


class Renewal(Titled):
    """How long what it proves may stand on it, counted from the last day it speaks of."""

    never = auto(), "Never: what it proves does not age"
    monthly = auto(), "Monthly"
    quarterly = auto(), "Quarterly"
    yearly = auto(), "Yearly"


class Scan(Titled):
    """What a virus scanner said of a file."""

    not_asked = auto(), "Not scanned: no scanner is set"
    waiting = auto(), "Not scanned yet"
    clean = auto(), "Scanned, nothing found"
    refused = auto(), "The scanner found something harmful"


class Freshness(Titled):
    """How a piece of evidence stands on a day."""

    fresh = auto(), "Fresh"
    due = auto(), "To be renewed"
    stale = auto(), "Stale"
    withdrawn = auto(), "Withdrawn"


class EntryStatus(Titled):
    """How far an entry of the evidence folder is."""

    to_collect = auto(), "To collect"
    being_written = auto(), "Being written"
    to_check = auto(), "To check"
    ready = auto(), "Ready"
    not_applicable = auto(), "Does not apply here"


class BatchState(Titled):
    """How far a ZIP of files is: read in a job, then checked by a person, then brought in whole or not at all."""

    reading = auto(), "Being read"
    waiting = auto(), "Waiting to be checked"
    brought_in = auto(), "Brought in"
    refused = auto(), "Refused"
    failed = auto(), "Could not be read"
    ended = auto(), "Thrown away"
