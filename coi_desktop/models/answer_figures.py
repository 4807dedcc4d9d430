"""What is kept of many answers: their number, mean, spread and distribution, and of pairs the differences.

The mean of scales and numbers and the share, in percent, of yes are rounded half up to four decimals; the
spread is that of a sample (n − 1). Nothing here can be led back to one person: fewer than five have no
figures, and in a distribution counts under five are kept back like groups in a table (``suppression``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from coi_desktop.models.decimals import CONTEXT, ONE, ZERO, to_four
from coi_desktop.models.suppression import SMALLEST_COUNT, hidden_cells

_A_WHOLE = 100
_FEWEST_FOR_SPREAD = 2
_HIDDEN = f"<{SMALLEST_COUNT}"
_BETWEEN = "; "
_BEFORE_COUNT = ": "


class Figures(NamedTuple):
    """Number, value (a mean, or a share in percent) and spread of answers; no spread for a share."""

    n: int
    value: Decimal
    sd: Decimal | None


class PairFigures(NamedTuple):
    """The pairs of two rounds: their number, and the spread of the differences or the changed minds."""

    n: int
    sd: Decimal | None = None
    gained: int | None = None
    lost: int | None = None


def figures_of_numbers(values: Sequence[Decimal]) -> Figures | None:
    """Number, mean and sample standard deviation; None without values."""
    if not values:
        return None
    exact = [Fraction(value) for value in values]
    mean = sum(exact, Fraction(0)) / len(exact)
    return Figures(len(exact), _four(mean), _spread(exact, mean))


def figures_of_yes(answers: Sequence[bool]) -> Figures | None:
    """Number, and the share of yes in percent; None without answers."""
    if not answers:
        return None
    return Figures(len(answers), _four(Fraction(_A_WHOLE * sum(answers), len(answers))), None)


def pairs_of_numbers(pairs: Sequence[tuple[Decimal, Decimal]]) -> PairFigures:
    """The number of pairs (before, after), and the sample standard deviation of after − before."""
    differences = [Fraction(after) - Fraction(before) for before, after in pairs]
    mean = sum(differences, Fraction(0)) / len(differences) if differences else Fraction(0)
    return PairFigures(len(differences), _spread(differences, mean))


def pairs_of_yes(pairs: Sequence[tuple[bool, bool]]) -> PairFigures:
    """The number of pairs (before, after), and how many went from no to yes and from yes to no."""
    gained = sum(after and not before for before, after in pairs)
    lost = sum(before and not after for before, after in pairs)
    return PairFigures(len(pairs), None, gained, lost)


def format_distribution(counts: Mapping[str, int]) -> str:
    """Counts by answer as they are stored: ``Tilfreds: 12; Utilfreds: <5``, in the order given."""
    told = {_plain(label): count for label, count in counts.items() if count > 0}
    hidden = hidden_cells(list(told.values()), [sum(told.values())]).groups
    return format_counts(
        (label, None if place in hidden else count) for place, (label, count) in enumerate(told.items())
    )


def format_counts(counts: Iterable[tuple[str, int | None]]) -> str:
    """Counts by answer in their stored form; one that is None is kept back."""
    return _BETWEEN.join(
        f"{label}{_BEFORE_COUNT}{_HIDDEN if count is None else count}" for label, count in counts
    )


def parse_distribution(text: str) -> dict[str, int | None]:
    """Counts by answer from their stored form; None for one that is kept back. What is no count is passed
    over.
    """
    found: dict[str, int | None] = {}
    for entry in text.split(_BETWEEN.strip()):
        label, colon, count = entry.strip().rpartition(_BEFORE_COUNT)
        if colon and re.fullmatch(r"[0-9]{1,9}|<[0-9]+", count):
            found[label] = None if count.startswith("<") else int(count)
    return found


def _plain(label: str) -> str:
    return label.replace(";", ",").strip()


def _spread(values: Iterable[Fraction], mean: Fraction) -> Decimal | None:
    squares = [(value - mean) ** 2 for value in values]
    if len(squares) < _FEWEST_FOR_SPREAD:
        return None
    variance = sum(squares, Fraction(0)) / (len(squares) - 1)
    root = CONTEXT.sqrt(CONTEXT.divide(Decimal(variance.numerator), Decimal(variance.denominator)))
    return _trimmed(to_four(root))


def _four(exact: Fraction) -> Decimal:
    return _trimmed(to_four(CONTEXT.divide(Decimal(exact.numerator), Decimal(exact.denominator))))


def _trimmed(value: Decimal | None) -> Decimal:
    """Without zeros at the end, and never in powers of ten."""
    if not value:
        return ZERO
    short = value.normalize()
    return short.quantize(ONE) if short == short.to_integral_value() else short
