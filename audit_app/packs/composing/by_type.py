"""What the grades of the latest inspection mean by the type of its framework: what follows an outcome, points. Pure."""

from collections.abc import Mapping
from datetime import date

from audit_app import words
from audit_app.improvement.inspections import outcomes
from audit_app.improvement.inspections.outcomes import Follow, Points
from frameworks import Edition


def said(edition: Edition, given: Mapping[str, str], published_on: date | None) -> tuple[str, ...]:
    """The sentences of one inspection, each with its source; none for a framework that only grades.

    Args:
        edition: The edition the inspection was carried out under.
        given: Area or overall id to the code people entered from the report.
        published_on: The day from which dates are counted; None when it is not known.
    """
    judged = outcomes.of_judgements(edition, given, published_on)
    told = [_follow(one) for one in judged.follows]
    return (*told, _points(judged.points)) if judged.points else tuple(told)


def _follow(one: Follow) -> str:
    when = f" That is {one.when}." if one.when else ""
    return f"What follows: {one.says}{when} Source: {one.source.rstrip('.')}."


def _points(one: Points) -> str:
    percent = f" ({one.percent})" if one.percent else ""
    total = one.total
    told = [f"{total.points} of {total.out_of} points over {words.count(total.counted, 'standard')}{percent}."]
    if one.missing:
        told.append(f"Not entered, so the table is not asked: {words.listing(one.missing)}.")
    elif one.band:
        told.append(f"By the table that total stands beside {one.band}.")
    if one.not_counted:
        told.append(f"Not counted: {words.listing(one.not_counted)}.")
    told += [one.firm] if one.firm else []
    return " ".join([*told, f"Source: {one.source.rstrip('.')}."])
