"""How much evaluation is enough: six quick answers give a sum, the sum a depth, the depth a floor of hours.

The limits are data (``resources/catalogue/limits.toml``), so that a unit can set its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

#: The six questions, each answered 0, 1 or 2, in the order they are asked.
QUESTIONS = ("cost", "reach", "risk", "uncertainty", "stakes", "requirement")

#: The depths from light to deep (value list ``evaluation.depth``).
DEPTHS = ("light", "standard", "deep")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the suggestion.

    Sums from ``standard_from`` mean standard, from ``deep_from`` deep. A 2 in one of ``raising`` means at
    least standard. ``cost`` (DKK) and ``reach`` (persons) hold the bounds of answer 1: below the first is 0,
    above the second is 2. ``hours`` is the planning floor of each depth.
    """

    standard_from: int
    deep_from: int
    raising: tuple[str, ...]
    cost: tuple[Decimal, Decimal]
    reach: tuple[Decimal, Decimal]
    hours: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class ProportionFigures:
    """The six answers and what follows.

    ``points`` holds None for what is not known; ``total`` (0–12) and ``depth`` are None until all six are
    known. ``raised_by`` names the answers that lifted a light suggestion to standard.
    """

    points: Mapping[str, int | None]
    total: int | None
    depth: str | None
    raised_by: tuple[str, ...]

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The questions without a known answer."""
        return tuple(question for question in QUESTIONS if self.points.get(question) is None)


def points_of(answer: str) -> int | None:
    """The points of a stored answer (``"0"``, ``"1"``, ``"2"``); None for ``unknown`` and no answer."""
    return int(answer) if answer in ("0", "1", "2") else None


def proportion_figures(answers: Mapping[str, str], limits: Limits) -> ProportionFigures:
    """Sum and suggested depth of the stored answers by question; no suggestion before all six are known."""
    points = {question: points_of(answers.get(question, "")) for question in QUESTIONS}
    known = [point for point in points.values() if point is not None]
    if len(known) < len(QUESTIONS):
        return ProportionFigures(points, None, None, ())
    total = sum(known)
    depth = depth_of(total, limits)
    raised_by = tuple(question for question in limits.raising if points[question] == 2)
    if depth == "light" and raised_by:
        return ProportionFigures(points, total, "standard", raised_by)
    return ProportionFigures(points, total, depth, ())


def depth_of(total: int, limits: Limits) -> str:
    """The depth a sum of 0–12 points suggests by itself."""
    if total >= limits.deep_from:
        return "deep"
    return "standard" if total >= limits.standard_from else "light"


def points_of_amount(amount: Decimal | None, bounds: tuple[Decimal, Decimal]) -> int | None:
    """The answer a known cost or number of persons gives: 0 below the first bound, 2 above the second, else
    1.
    """
    if amount is None:
        return None
    if amount < bounds[0]:
        return 0
    return 2 if amount > bounds[1] else 1


def hours_short_of(hours: Decimal | None, depth: str, limits: Limits) -> Decimal | None:
    """How many hours the plan lacks to the planning floor of the depth; None when it reaches it or is not
    known.
    """
    floor = limits.hours.get(depth)
    if hours is None or floor is None or hours >= floor:
        return None
    return floor - hours
