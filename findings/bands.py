"""The four bands of a measure, unmet to significantly exceeded, as dates or figures, and which is reached. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from findings import rules, worded_dates
from findings.states import Band

_FIGURE = re.compile(r"[£]?(-?[0-9][0-9,]*(?:\.[0-9]+)?) ?(?:%|per cent)?")


class Banded(Protocol):
    """What the rule needs to know of a measure; the row has it."""

    @property
    def band_unmet(self) -> str:
        """From when, or at which figure, it counts as unmet, as printed."""

    @property
    def band_met(self) -> str:
        """By when, or at which figure, it is met."""

    @property
    def band_exceeded(self) -> str:
        """By when, or at which figure, it is exceeded."""

    @property
    def band_far_exceeded(self) -> str:
        """By when, or at which figure, it is significantly exceeded."""

    @property
    def latest(self) -> float | None:
        """The latest figure."""

    @property
    def reached_on(self) -> date | None:
        """The day it was delivered."""


@dataclass(frozen=True)
class Printed:
    """One band as printed, and as understood: a day, or a figure, or neither."""

    band: Band
    text: str
    day: date | None = None
    figure: float | None = None


def printed(measure: Banded) -> tuple[Printed, ...]:
    """The bands a measure has, from unmet upwards, each with the day or figure its words are read as.

    Returns:
        Those that say something. The last day of words that name a stretch; a plain figure with or without %, £ or
        thousands; neither where the words are no date and no figure.

    Source:
        Royal Borough of Windsor and Maidenhead, cabinet report, 23 March 2017, table 2.
    """
    texts = (
        (Band.unmet, measure.band_unmet),
        (Band.met, measure.band_met),
        (Band.exceeded, measure.band_exceeded),
        (Band.far_exceeded, measure.band_far_exceeded),
    )
    return tuple(Printed(band, text, worded_dates.last_day(text), _figure(text)) for band, text in texts if text)


def _figure(text: str) -> float | None:
    match = _FIGURE.fullmatch(text.strip())
    if match is None or worded_dates.last_day(text) is not None:
        return None
    return float(match[1].replace(",", ""))


def reached(measure: Banded, today: date) -> Band | None:
    """Which band a measure stands in.

    Dates: delivered by the day of a band it has that band, the best one counts; delivered later than met, or not
    delivered with the day of unmet passed, it is unmet. Figures: the best band whose figure the latest one has
    reached; which way is better follows from the order of the bands.

    Returns:
        None while nothing can be said: not delivered and not yet late, between unmet and met, no figure yet, or bands
        that cannot be read as dates or as figures throughout.

    Source:
        Own rule, on the table of `printed`.
    """
    bands = printed(measure)
    if bands and all(band.day is not None for band in bands):
        return _by_date(bands, measure.reached_on, today)
    if bands and all(band.figure is not None for band in bands):
        return _by_figure(bands, measure.latest)
    return None


def _by_date(bands: tuple[Printed, ...], reached_on: date | None, today: date) -> Band | None:
    days = {each.band: each.day for each in bands if each.day is not None}
    unmet = days.pop(Band.unmet, None)
    if reached_on is None:
        return Band.unmet if rules.date_passed(unmet, today) else None
    kept = [band for band, day in days.items() if reached_on <= day]
    if kept:
        return kept[-1]
    return Band.unmet if unmet is not None and reached_on > unmet else None


def _by_figure(bands: tuple[Printed, ...], latest: float | None) -> Band | None:
    figures = {each.band: each.figure for each in bands if each.figure is not None}
    ordered = list(figures.values())
    if latest is None or len(ordered) < 2 or ordered[0] == ordered[-1]:
        return None
    sign = 1 if ordered[-1] > ordered[0] else -1
    unmet = figures.pop(Band.unmet, None)
    kept = [band for band, figure in figures.items() if sign * latest >= sign * figure]
    if kept:
        return kept[-1]
    return Band.unmet if unmet is not None and sign * latest <= sign * unmet else None
