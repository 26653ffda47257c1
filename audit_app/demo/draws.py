"""Which audits the fictional council did: 400 in eighteen months, each with its kind, place and fate. Pure."""

from dataclasses import dataclass
from enum import StrEnum, auto
from random import Random

AUDITS = 400
FIRST_AGO, LAST_AGO = 546, 2
# Shares of the overall grades, worst first; outstanding is what is left.
SHARES = (0.08, 0.40, 0.45)
LEAVERS = 15
STRAGGLERS = 8
WAITING_DAYS = 25
BY_SERVICE_EACH = 20
RE_AUDITS = {"fathers": (6, 330, 255), "plans": (9, 78, 40)}  # how many, drawn between these days ago
CONCERNS_AGO = (331, 152)
CONCERN_NOW_AGO = 2
CONCERN_SETS = ("child-protection", "child-in-need", "pre-proceedings")

# What each team's records are audited with, and how often.
SETS = {
    "contact": (("front-door", 1),),
    "assess": (("child-in-need", 2), ("child-protection", 3)),
    "north": (("early-help", 1),),
    "south": (("early-help", 1),),
    "east": (("child-protection", 3), ("child-in-need", 2)),
    "west": (("child-protection", 3), ("child-in-need", 2)),
    "court": (("pre-proceedings", 1),),
    "disabled": (("disabled-children", 1),),
    "care1": (("in-care", 1),),
    "care2": (("in-care", 5), ("adoption", 1)),
    "leaving": (("care-leavers", 1),),
    "foster": (("foster-carer", 2), ("adoption", 1)),
}
# Busier teams are audited more; some do better than others.
WEIGHTS = {"assess": 14, "east": 14, "west": 14, "contact": 9, "care1": 10, "care2": 10, "leaving": 8}
STRENGTH = {"contact": 0.2, "north": 0.5, "south": 0.2, "west": -0.6, "court": -0.3, "care1": 0.4, "leaving": 0.2}
ANY_TEAM = (("supervision", 0.07), ("practice-observation", 0.05))


class Fate(StrEnum):
    """How far an audit came."""

    not_started = auto()
    begun = auto()
    submitted = auto()
    agreed = auto()
    corrected = auto()
    reopened = auto()
    exempted = auto()
    replaced = auto()
    withdrawn = auto()


FINISHED = (Fate.submitted, Fate.agreed, Fate.corrected, Fate.reopened)


@dataclass
class Draw:
    """One audit to be made; `place` is the overall grade's place from 0, the worst, to 3."""

    ago: int
    team: str
    set_id: str
    length: str
    fate: Fate
    submitted_ago: int = 0
    agreed_ago: int = 0
    place: int = 1
    re_audit_for: str = ""
    concern: str = ""
    by_service: bool = False


def draw_audits(chance: Random) -> list[Draw]:
    """All of them in the order in which they were drawn."""
    days = sorted((_day(chance) for _ in range(AUDITS)), reverse=True)
    draws = [_draw(chance, ago) for ago in days]
    _let_some_leave(chance, draws)
    _let_some_lag(draws)
    _pick_re_audits(draws)
    _correct_some(draws)
    _grade(chance, draws)
    _worry(draws)
    for draw in draws[::BY_SERVICE_EACH]:
        draw.by_service = not draw.concern and not draw.re_audit_for
    return draws


def _day(chance: Random) -> int:
    """A little more now than at the beginning: the programme has grown."""
    return LAST_AGO + round((FIRST_AGO - LAST_AGO) * chance.random() ** 1.15)


def _draw(chance: Random, ago: int) -> Draw:
    teams = list(SETS)
    team = chance.choices(teams, [WEIGHTS.get(team, 6) for team in teams])[0]
    set_id = chance.choices([set_id for set_id, _ in SETS[team]], [weight for _, weight in SETS[team]])[0]
    for other, share in ANY_TEAM:
        if chance.random() < share:
            set_id = other
    length = "full" if chance.random() < 0.12 else "core"
    draw = Draw(ago, team, set_id, length, Fate.agreed)
    _set_pace(draw, round(chance.triangular(5, 32, 15)), chance.randint(2, 9), chance.random())
    return draw


def _set_pace(draw: Draw, answering: int, agreeing: int, luck: float) -> None:
    """When it was submitted and agreed, which for the newest has not come yet."""
    draw.submitted_ago = draw.ago - answering
    draw.agreed_ago = draw.submitted_ago - agreeing
    if draw.submitted_ago < 1:
        draw.fate = Fate.begun if draw.ago > 4 and luck < 0.7 else Fate.not_started
    elif draw.agreed_ago < 1:
        draw.fate = Fate.submitted


def _let_some_leave(chance: Random, draws: list[Draw]) -> None:
    for place, draw in enumerate(chance.sample(draws[:-40], LEAVERS)):
        draw.fate = (Fate.exempted, Fate.replaced, Fate.withdrawn)[place % 3]


def _let_some_lag(draws: list[Draw]) -> None:
    """A few that should have been finished weeks ago, and some that wait to be agreed."""
    late = [draw for draw in draws if 30 <= draw.ago <= 75 and draw.fate is Fate.agreed]
    for place, draw in enumerate(late[:: max(1, len(late) // STRAGGLERS)][:STRAGGLERS]):
        draw.fate = Fate.not_started if place % 3 == 0 else Fate.begun
    fresh = [draw for draw in draws if draw.fate is Fate.agreed and draw.submitted_ago <= WAITING_DAYS]
    for draw in fresh[::2]:
        draw.fate = Fate.submitted


def _pick_re_audits(draws: list[Draw]) -> None:
    for area, (how_many, first, last) in RE_AUDITS.items():
        agreed = [draw for draw in draws if last <= draw.ago <= first and draw.fate is Fate.agreed]
        for draw in agreed[:: max(1, len(agreed) // how_many)][:how_many]:
            draw.re_audit_for = area
            draw.submitted_ago, draw.agreed_ago = draw.ago - 11, draw.ago - 14


def _correct_some(draws: list[Draw]) -> None:
    plain = [draw for draw in draws if draw.fate is Fate.agreed and not draw.re_audit_for and draw.agreed_ago > 20]
    for draw in plain[30::110]:
        draw.fate, draw.by_service = Fate.corrected, True
    plain[-1].fate, plain[-1].by_service = Fate.reopened, True


def _grade(chance: Random, draws: list[Draw]) -> None:
    """Grades by rank, so that their shares are the same for any seed: better teams and later months rank higher."""

    def rank(draw: Draw) -> float:
        return STRENGTH.get(draw.team, 0.0) + (FIRST_AGO - draw.ago) / FIRST_AGO * 0.5 + chance.gauss(0, 1)

    ranked = [draw for _, _, draw in sorted((rank(draw), place, draw) for place, draw in enumerate(draws))]
    edges = [sum(SHARES[: place + 1]) for place in range(len(SHARES))]
    for place, draw in enumerate(ranked):
        draw.place = sum(place / len(ranked) >= edge for edge in edges)


def _worry(draws: list[Draw]) -> None:
    """Three audits in which somebody had to be told the same day: two long since settled, one of these days."""
    fit = [draw for draw in draws if draw.set_id in CONCERN_SETS and not draw.re_audit_for and not draw.by_service]
    agreed = [draw for draw in fit if draw.fate is Fate.agreed]
    for wanted, code in zip(CONCERNS_AGO, ("cannot_tell", "act_now"), strict=True):
        _set_off(min(agreed, key=lambda draw: abs(draw.submitted_ago - wanted)), code)
    now = next(draw for draw in fit if draw.ago <= 20 and draw.fate is not Fate.agreed)
    now.fate, now.submitted_ago = Fate.submitted, CONCERN_NOW_AGO
    _set_off(now, "cannot_tell")


def _set_off(draw: Draw, code: str) -> None:
    draw.concern, draw.place = code, min(draw.place, 1)
