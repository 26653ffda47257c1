"""Whether two samples differ by more than chance would give. Pure."""

import math

from frameworks.estimates import Interval, wilson


def difference(x: int, n: int, before_x: int, before_n: int, confidence: float = 0.95) -> Interval | None:
    """The range in which the difference between two true shares plausibly lies, from two random samples.

    Args:
        x: How many of the later sample have the feature.
        n: The size of the later sample.
        before_x: How many of the earlier sample have it.
        before_n: The size of the earlier sample.
        confidence: How sure, above 0 and below 1.

    Returns:
        Two numbers from -1.0 to 1.0: later less earlier. Where nought lies between them, a difference cannot be told
        from chance. None when either sample is empty. Only meaningful for two random samples drawn independently; a
        record read twice is in neither.

    Raises:
        BadCount: As `wilson`.

    Source:
        Newcombe (1998), Statistics in Medicine 17, 873–890, method 10, from the two intervals of `wilson`.
    """
    now, before = wilson(x, n, None, confidence), wilson(before_x, before_n, None, confidence)
    if now is None or before is None:
        return None
    share, was = x / n, before_x / before_n
    below = math.hypot(share - now.low, before.high - was)
    above = math.hypot(now.high - share, was - before.low)
    # Neither end passes the whole: each root is at most the sum of its two distances.
    return Interval(share - was - below, share - was + above)
