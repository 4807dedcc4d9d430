"""How sure the changes of the indicators are, row by row, for the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.models.change_explanations import change_unit, method_words, verdict
from coi_desktop.models.change_intervals import ChangeInterval, change_intervals
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.figures_catalogue import ChangeLimits
from coi_desktop.models.indicators import Indicator
from coi_desktop.models.records import Snapshot


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """The change of an indicator with its interval; with few answers the words alone."""

    indicator: Indicator
    change: ChangeInterval

    @property
    def low(self) -> Decimal | None:
        """The lower end of the interval, or None with few answers."""
        return None if self.change.is_few else self.change.low

    @property
    def high(self) -> Decimal | None:
        """The upper end of the interval, or None with few answers."""
        return None if self.change.is_few else self.change.high

    @property
    def n_before(self) -> int | None:
        """How many answers the first round has; with pairs, how many pairs."""
        return self.change.n if self.change.is_paired else self.change.rounds.n_before

    @property
    def n_after(self) -> int | None:
        """How many answers the second round has; with pairs, how many pairs."""
        return self.change.n if self.change.is_paired else self.change.rounds.n_after

    @property
    def pairs(self) -> int | None:
        """How many people were asked both times, where the interval rests on them."""
        return self.change.n if self.change.is_paired else None

    @property
    def pairs_sd(self) -> Decimal | None:
        """The standard deviation of their differences."""
        return self.change.rounds.pairs_sd if self.change.is_paired else None

    @property
    def unit(self) -> str:
        """The unit of the change."""
        return change_unit(self.indicator)

    @property
    def method(self) -> str:
        """How the interval is computed, in words."""
        return method_words(self.change)

    @property
    def verdict(self) -> str:
        """What the interval allows to say."""
        return verdict(self.change)


def change_lines(snapshot: Snapshot, figures: EvaluationFigures, limits: ChangeLimits) -> list[ChangeLine]:
    """The changes that have an interval, in stored order."""
    changes = change_intervals(snapshot, figures.indicators, limits)
    found = ((one.indicator, changes[one.indicator.id]) for one in figures.indicators)
    return [ChangeLine(indicator, change) for indicator, change in found if change.method is not None]
