"""The one arithmetic of all figures: decimals as typed, one stated precision, one way of rounding.

Everything is computed with 34 significant digits (IEEE 754 decimal128) and half-even rounding and kept
unrounded; only ``to_ore`` and its siblings round, half up as people do, where a figure is stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

PRECISION = 34

#: The context of every calculation. Money far beyond any municipality's still has øre in 34 digits.
CONTEXT = Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)

ZERO = Decimal(0)
ONE = Decimal(1)

_ORE = Decimal("0.01")
_FOUR = Decimal("0.0001")

# Decimals as typed are compared exactly: differences with all their digits.
_EXACT = Context(prec=1_000, rounding=ROUND_HALF_EVEN)

# Stating a figure keeps all digits before the decimal point, however many there are.
_STATED = Context(prec=200, rounding=ROUND_HALF_UP)


def finite(value: Decimal | None) -> Decimal | None:
    """``value``, or None when it is not there or no number (NaN, infinity)."""
    return value if value is not None and value.is_finite() else None


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum of ``values``; 0 for none (an empty sum is known to be 0)."""
    result, add_up = ZERO, CONTEXT.add
    for value in values:
        result = add_up(result, value)
    return result


def total_known(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the values that are there; None when none is."""
    running = RunningTotal()
    for value in values:
        running.add(value)
    return running.known


class RunningTotal:
    """A sum that grows: ``known`` is the sum of the values that were there, None while none was."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: Decimal | None = None

    def add(self, value: Decimal | None) -> None:
        """Add a value that may not be there."""
        if value is not None:
            self.known = CONTEXT.add(ZERO if self.known is None else self.known, value)


def add(first: Decimal, second: Decimal) -> Decimal:
    """``first + second`` in the stated precision."""
    return CONTEXT.add(first, second)


def subtract(first: Decimal, second: Decimal) -> Decimal:
    """``first − second`` in the stated precision."""
    return CONTEXT.subtract(first, second)


def exact_difference(first: Decimal, second: Decimal) -> Decimal:
    """``first − second`` with every digit, for comparisons."""
    return _EXACT.subtract(first, second)


def multiply(first: Decimal, second: Decimal) -> Decimal:
    """``first · second`` in the stated precision."""
    return CONTEXT.multiply(first, second)


def divide(first: Decimal, second: Decimal) -> Decimal | None:
    """``first ÷ second`` in the stated precision; None when ``second`` is 0."""
    return None if second == 0 else CONTEXT.divide(first, second)


def to_ore(value: Decimal | None) -> Decimal | None:
    """An amount in DKK rounded half up to the øre; None stays None."""
    return None if value is None else value.quantize(_ORE, context=_STATED)


def to_four(value: Decimal | None) -> Decimal | None:
    """A ratio, a share or a number of years rounded half up to four decimals; None stays None."""
    return None if value is None else value.quantize(_FOUR, context=_STATED)
