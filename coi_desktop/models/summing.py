"""What several measurements of one indicator come to: over a period, over groups.

"Does it make sense to add the numbers up?" has four answers (value list ``summing``). One function follows
them for screen, command line, sheet and chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from coi_desktop.models.decimals import divide, multiply, total


class Summing(StrEnum):
    """How numbers are put together; keys of the value list ``summing``.

    ``add`` their sum · ``latest`` the last of them · ``average`` their mean · ``ratio`` their mean weighted
    by the number behind each (a share, or a mean of answers).
    """

    ADD = "add"
    LATEST = "latest"
    AVERAGE = "average"
    RATIO = "ratio"


_MORE_DECIMALS = 1
_WIDE = Context(prec=200)

#: A number: a value and how many stand behind it (None: not known).
Counted = tuple[Decimal, int | None]


def summing_of(key: str) -> Summing | None:
    """The answer with this key; None where the question is open or not known yet."""
    return Summing(key) if key in set(Summing) else None


def can_join_groups(summing: Summing | None) -> bool:
    """Whether groups of the same day have a value together: the latest of several groups is none of all."""
    return summing in (Summing.ADD, Summing.AVERAGE, Summing.RATIO)


def value_of(summing: Summing, numbers: Sequence[Counted]) -> Decimal | None:
    """What numbers, the oldest first, come to; a mean has one decimal more than the finest of them.

    None for no numbers, and for a weighted mean where a number behind a value is not known or all are 0.
    """
    if not numbers:
        return None
    values = [value for value, _n in numbers]
    match summing:
        case Summing.LATEST:
            return values[-1]
        case Summing.ADD:
            return total(values)
        case Summing.AVERAGE:
            return _stated(divide(total(values), Decimal(len(values))), values)
    weights = [n for _value, n in numbers if n is not None]
    if len(weights) < len(numbers):
        return None
    weighed = [multiply(value, Decimal(n)) for value, n in zip(values, weights, strict=True)]
    return _stated(divide(total(weighed), Decimal(sum(weights))), values)


def _stated(mean: Decimal | None, values: Sequence[Decimal]) -> Decimal | None:
    if mean is None:
        return None
    finest = min(int(value.as_tuple().exponent) for value in values)
    place = min(finest, 0) - _MORE_DECIMALS
    stated = mean.quantize(Decimal(1).scaleb(place), rounding=ROUND_HALF_UP, context=_WIDE)
    shortest = stated.normalize(_WIDE)
    return (
        shortest if int(shortest.as_tuple().exponent) <= 0 else shortest.quantize(Decimal(1), context=_WIDE)
    )


def number_of(numbers: Sequence[Counted]) -> int | None:
    """How many stand behind numbers together; None where one is not known."""
    known = [n for _value, n in numbers if n is not None]
    return sum(known) if known and len(known) == len(numbers) else None
