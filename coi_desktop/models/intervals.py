"""95 % intervals of a change: of a mean or of a share, from the same people asked twice or from two groups.

Floating point, because square roots and distributions are no decimals; callers round what they show. The
formulas:

* mean, the same people: d ± t(n − 1) · s ÷ √n, with mean d and standard deviation s of the n differences;
* mean, two groups: (m₂ − m₁) ± t(f) · √(s₁²/n₁ + s₂²/n₂), with the degrees of freedom f of Welch (Biometrika
  1947) and Satterthwaite;
* share, two groups: the hybrid score interval without continuity correction, method 10 of R. G. Newcombe,
  Statistics in Medicine 17 (1998) 873–890;
* share, the same people: the score interval with corrected correlation, method 10 of R. G. Newcombe,
  Statistics in Medicine 17 (1998) 2635–2650.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, isfinite, lgamma, log, log1p, pi, sqrt

#: The share of all such intervals that hold the true change.
CONFIDENCE = 0.95

#: The 0.975 quantile of the normal distribution.
NORMAL_QUANTILE = 1.959963984540054

_TAIL = (1 - CONFIDENCE) / 2

# Beyond this many degrees of freedom the t distribution is the normal one in every digit that is shown.
_AS_GOOD_AS_NORMAL = 1e7

_TINY = 1e-300
_CLOSE_ENOUGH = 1e-15
_MOST_TERMS = 500
_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true change lies with 95 % confidence: from ``low`` to ``high`` around ``change``.

    ``degrees`` are the degrees of freedom of an interval of a mean; None for a share.
    """

    change: float
    low: float
    high: float
    degrees: float | None = None

    @property
    def holds_zero(self) -> bool:
        """Whether no change at all lies within the interval."""
        return self.low <= 0 <= self.high


def mean_change_paired(mean: float, deviation: float, n: int) -> Interval | None:
    """The interval of the mean of ``n`` differences with standard deviation ``deviation``.

    None with fewer than two pairs, and without any spread, which leaves nothing to judge by.
    """
    if n < 2 or not deviation > 0 or not (isfinite(mean) and isfinite(deviation)):
        return None
    half = t_quantile(n - 1) * deviation / sqrt(n)
    return Interval(mean, mean - half, mean + half, float(n - 1))


def mean_change_unpaired(
    before: tuple[float, float, int], after: tuple[float, float, int]
) -> Interval | None:
    """The interval of the difference of two means, each given as mean, standard deviation and n (Welch).

    None with fewer than two answers in a round, and without any spread in both.
    """
    first, first_deviation, first_n = before
    second, second_deviation, second_n = after
    if first_n < 2 or second_n < 2 or first_deviation < 0 or second_deviation < 0:
        return None
    one, other = first_deviation**2 / first_n, second_deviation**2 / second_n
    variance, change = one + other, second - first
    if not variance > 0 or not (isfinite(variance) and isfinite(change)):
        return None
    degrees = variance**2 / (one**2 / (first_n - 1) + other**2 / (second_n - 1))
    half = t_quantile(degrees) * sqrt(variance)
    return Interval(change, change - half, change + half, degrees)


def score_interval(share: float, n: int) -> tuple[float, float]:
    """The score interval of one share of ``n`` (E. B. Wilson, 1927), without continuity correction."""
    squared = NORMAL_QUANTILE**2
    middle = 2 * n * share + squared
    half = NORMAL_QUANTILE * sqrt(squared + 4 * n * share * (1 - share))
    below = 0.0 if share == 0 else (middle - half) / (2 * (n + squared))
    above = 1.0 if share == 1 else (middle + half) / (2 * (n + squared))
    return max(0.0, below), min(1.0, above)


def share_change_unpaired(before: tuple[float, int], after: tuple[float, int]) -> Interval | None:
    """The interval of the difference of two shares, each given as share (0–1) and n; None without answers."""
    (first, first_n), (second, second_n) = before, after
    if first_n < 1 or second_n < 1 or not (0 <= first <= 1 and 0 <= second <= 1):
        return None
    first_low, first_high = score_interval(first, first_n)
    second_low, second_high = score_interval(second, second_n)
    change = second - first
    return Interval(
        change,
        change - sqrt((second - second_low) ** 2 + (first_high - first) ** 2),
        change + sqrt((first - first_low) ** 2 + (second_high - second) ** 2),
    )


def share_change_paired(kept: int, gained: int, lost: int, n: int) -> Interval | None:
    """The interval of the change of a share among the same ``n`` people.

    ``kept`` said yes both times, ``gained`` only the second time and ``lost`` only the first; the others said
    no both times. None when the numbers do not fit each other, or without people.
    """
    neither = n - kept - gained - lost
    if n < 1 or min(kept, gained, lost, neither) < 0:
        return None
    first, second = (kept + lost) / n, (kept + gained) / n
    first_low, first_high = score_interval(first, n)
    second_low, second_high = score_interval(second, n)
    correlation = _corrected_correlation(kept, gained, lost, neither)

    def reach(second_way: float, first_way: float) -> float:
        return sqrt(max(0.0, second_way**2 - 2 * correlation * second_way * first_way + first_way**2))

    change = (gained - lost) / n
    return Interval(
        change,
        change - reach(second - second_low, first_high - first),
        change + reach(second_high - second, first - first_low),
    )


def _corrected_correlation(kept: int, gained: int, lost: int, neither: int) -> float:
    """The correlation of both answers, drawn towards 0 where it is positive (Newcombe's continuity
    correction); 0 where one of the four sums is empty.
    """
    squared = (kept + gained) * (lost + neither) * (kept + lost) * (gained + neither)
    if squared == 0:
        return 0.0
    n = kept + gained + lost + neither
    product = kept * neither - gained * lost
    corrected = max(product - n / 2, 0.0) if product > 0 else float(product)
    return corrected / sqrt(squared)


@lru_cache(maxsize=1024)
def t_quantile(degrees: float) -> float:
    """The 0.975 quantile of Student's t distribution with ``degrees`` (1 or more, also broken) degrees.

    Newton's method on the tail. Right of 0 the distribution function is concave, so that steps from below
    never overshoot; they begin at the first term of the expansion around the normal quantile, which is below.
    """
    z = NORMAL_QUANTILE
    if degrees >= _AS_GOOD_AS_NORMAL:
        return z
    value = z + (z**3 + z) / (4 * degrees)
    for _step in range(_MOST_STEPS):
        further = value + (t_tail(value, degrees) - _TAIL) / _t_density(value, degrees)
        if abs(further - value) <= 1e-13 * value:
            return further
        value = further
    return value


def t_tail(value: float, degrees: float) -> float:
    """The probability that Student's t with ``degrees`` degrees of freedom is above ``value`` (0 or more)."""
    squared = value * value
    part, rest = degrees / (degrees + squared), squared / (degrees + squared)
    return _incomplete_beta(part, rest, degrees / 2, 0.5) / 2


def _t_density(value: float, degrees: float) -> float:
    scale = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - log(degrees * pi) / 2
    return exp(scale - (degrees + 1) / 2 * log1p(value * value / degrees))


def _incomplete_beta(part: float, rest: float, first: float, second: float) -> float:
    """The regularised incomplete beta function at ``part``; ``rest`` is 1 − part with all digits."""
    if part <= 0:
        return 0.0
    if rest <= 0:
        return 1.0
    front = exp(
        lgamma(first + second) - lgamma(first) - lgamma(second) + first * log(part) + second * log(rest)
    )
    if part < (first + 1) / (first + second + 2):
        return front * _beta_fraction(part, first, second) / first
    return 1 - front * _beta_fraction(rest, second, first) / second


def _beta_fraction(part: float, first: float, second: float) -> float:
    """The continued fraction of the incomplete beta function (DLMF 8.17.22), from the front by Lentz."""
    above = 1.0
    below = result = 1 / _away_from_zero(1 - (first + second) * part / (first + 1))
    for term in range(1, _MOST_TERMS):
        twice = 2 * term
        even = term * (second - term) * part / ((first + twice - 1) * (first + twice))
        odd = -(first + term) * (first + second + term) * part / ((first + twice) * (first + twice + 1))
        for step in (even, odd):
            below = 1 / _away_from_zero(1 + step * below)
            above = _away_from_zero(1 + step / above)
            result *= below * above
        if abs(below * above - 1) < _CLOSE_ENOUGH:
            break
    return result


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
