"""guard-rails-1: the overall grade beside the domains' grades. It stays as it is: audits were judged by it."""

from statistics import median

from frameworks.rails.shapes import Graded, GuardRail, Judged, quoted
from frameworks.schema import Scale


def guard_rails_1(judged: Judged) -> tuple[GuardRail, ...]:
    """What the domains' grades and the overall grade raise against each other; answers are not looked at.

    Returns:
        Zero to three questions. None while there is no overall grade, or when it is on another scale than the domains.

    Source:
        Case audit practice, section 5.3, rules 1 to 4 (a suggested default of this product).
    """
    scale, overall, graded = judged.overall_scale, judged.overall, list(judged.graded)
    if scale is None or overall is None or scale != judged.domain_scale:
        return ()
    raised = [
        _worst_where_safety_matters(scale, graded, overall),
        _best_overall(scale, graded, overall),
        _far_from_median(scale, graded, overall),
    ]
    return tuple(rail for rail in raised if rail is not None)


def _worst_where_safety_matters(scale: Scale, graded: Graded, overall: int) -> GuardRail | None:
    worst = [domain for domain, place in graded if domain.safety_critical and place == 0]
    if not worst or overall == 0:
        return None
    lowest, cap, given = (scale.points[place].name for place in (0, 1, overall))
    ids = tuple(domain.id for domain in worst)
    titles = quoted([domain.title for domain in worst])
    if len(worst) > 1:
        return GuardRail(
            "several-worst",
            f"{titles} are graded {lowest}, and these domains are about safety. Should the overall grade be {lowest} "
            f"rather than {given}? If not, say why.",
            ids,
        )
    if overall > 1:
        return GuardRail(
            "worst-caps",
            f"{titles} is graded {lowest}, and this domain is about safety. Should the overall grade be {cap} or "
            f"{lowest} rather than {given}? If not, say why.",
            ids,
        )
    return GuardRail(
        "why-not-worst",
        f"{titles} is graded {lowest}, and this domain is about safety. What makes the child's position overall "
        f"{given} and not {lowest}?",
        ids,
    )


def _best_overall(scale: Scale, graded: Graded, overall: int) -> GuardRail | None:
    best = len(scale.points) - 1
    if overall != best:
        return None
    short = [domain for domain, place in graded if place < (best if domain.impact else best - 1)]
    if not short:
        return None
    return GuardRail(
        "best-needs-all",
        f"The overall grade is {scale.points[best].name}. That would need at least {scale.points[best - 1].name} in "
        f"every domain and {scale.points[best].name} for impact. What outweighs "
        f"{quoted([domain.title for domain in short])}?",
        tuple(domain.id for domain in short),
    )


def _far_from_median(scale: Scale, graded: Graded, overall: int) -> GuardRail | None:
    if not graded:
        return None
    middle = float(median(place for _, place in graded))
    if abs(overall - middle) <= 1:
        return None
    direction = "higher" if overall > middle else "lower"
    return GuardRail(
        "far-from-median",
        f"The overall grade is more than one step {direction} than the middle of the domain grades. What in this "
        "case weighs so much? Please add it to the rationale.",
    )
