"""The interval of a share that was counted in a sample."""

from math import sqrt

_95_PER_CENT = 1.959964  # the standard normal quantile of a two-sided 95 % interval


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927): it holds for few and for no hits, where the usual one does not."""
    if not 0 <= hits <= trials:
        raise ValueError("there cannot be more hits than trials")
    if trials == 0:
        return 0.0, 1.0
    z = _95_PER_CENT
    share = hits / trials
    middle = share + z * z / (2 * trials)
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    low = 0.0 if hits == 0 else (middle - spread) / scale
    high = 1.0 if hits == trials else (middle + spread) / scale
    return low, high
