"""The economy of an evaluation: which rows count, over which years, at which rates, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.models.decimals import to_four, to_ore
from coi_desktop.models.economics import (
    DEFAULT_YEARS,
    LAST_YEAR,
    Cost,
    EconomyResult,
    Gain,
    Scenarios,
    Swing,
    YearLine,
    cost_per_outcome,
    counts,
    light_rows,
    scenarios,
    tornado,
    usual_horizon,
)
from coi_desktop.models.evaluation_records import LeftOut, cost_rows, gain_class_of, gain_rows
from coi_desktop.models.figures_catalogue import FiguresCatalogue
from coi_desktop.models.rates import RateSet, rate_set_of
from coi_desktop.models.realisation import Realisation, expected_and_realised
from coi_desktop.models.records import Record, Snapshot


@dataclass(frozen=True, slots=True)
class EconomyFigures:
    """Everything shown about the economy of an evaluation.

    ``source`` is ``rows`` (costs and benefits), ``light`` (three numbers), ``not_relevant`` or ``none``.
    ``costs`` and ``gains`` are the rows that count, ``left_out`` those that do not. ``missing`` names the
    fields of ``econ_setting`` that are still needed, and ``rate_set`` where the named rate set is not known
    and the default was used. ``perspective`` is a key, ``price_year`` a year or None; both, with ``horizon``
    and ``rates``, are printed beside every figure. ``outcomes`` is how many of ``outcome_name``, in the
    unit's own words, the costs gave.
    """

    source: str
    costs: tuple[Cost, ...]
    gains: tuple[Gain, ...]
    left_out: tuple[LeftOut, ...]
    missing: tuple[str, ...]
    horizon: int
    rates: RateSet
    perspective: str
    price_year: int | None
    include_capacity: bool
    skip_reason: str
    scenarios: Scenarios
    tornado: tuple[Swing, ...]
    realised: tuple[Realisation, ...]
    outcomes: Decimal | None = None
    outcome_name: str = ""

    @property
    def likely(self) -> EconomyResult | None:
        """The likely scenario, unrounded; None when nothing can be computed."""
        return self.scenarios.likely

    @property
    def table(self) -> tuple[YearLine, ...]:
        """The yearly table of the likely scenario; empty when nothing can be computed."""
        return self.likely.table if self.likely else ()

    @property
    def npv(self) -> Decimal | None:
        """Headline net present value in DKK to the øre: cashable gains and revenue only."""
        return to_ore(self.likely.npv) if self.likely else None

    @property
    def npv_incl_capacity(self) -> Decimal | None:
        """Net present value in DKK to the øre with freed time counted in."""
        return to_ore(self.likely.npv_all) if self.likely else None

    @property
    def payback(self) -> Decimal | None:
        """Payback in years to four decimals, without freed time."""
        return to_four(self.likely.payback) if self.likely else None

    @property
    def payback_incl_capacity(self) -> Decimal | None:
        """Payback in years to four decimals, with freed time counted in."""
        return to_four(self.likely.payback_all) if self.likely else None

    @property
    def bcr(self) -> Decimal | None:
        """Benefit–cost ratio to four decimals, without freed time."""
        return to_four(self.likely.bcr) if self.likely else None

    @property
    def bcr_incl_capacity(self) -> Decimal | None:
        """Benefit–cost ratio to four decimals, with freed time counted in."""
        return to_four(self.likely.bcr_all) if self.likely else None

    @property
    def cost_per_outcome(self) -> Decimal | None:
        """Discounted costs for each outcome in DKK to the øre; None without a positive number of outcomes."""
        return to_ore(cost_per_outcome(self.likely.discounted_costs, self.outcomes)) if self.likely else None

    @property
    def shows_freed_time(self) -> bool:
        """Whether the figures that count freed time too are shown: there is some, and they were asked for."""
        return self.include_capacity and self.likely is not None and self.likely.has_capacity

    @property
    def is_freed_time_only(self) -> bool:
        """True when freed time is the only gain: worth the remark that it is not money yet."""
        likely = self.likely
        return (
            likely is not None
            and likely.gains_capacity > 0
            and likely.gains_budget == 0
            and likely.gains_revenue == 0
        )


def economy_figures(snapshot: Snapshot, evaluation: Record, catalogue: FiguresCatalogue) -> EconomyFigures:
    """The economy of a stored evaluation.

    As soon as cost or benefit rows exist they alone count; else the three numbers of the light path do.
    Benefits of the initiative that name no evaluation belong to each of its evaluations.
    """
    setting = snapshot.single("econ_setting", evaluation.id)
    costs, left_costs = cost_rows(snapshot, evaluation)
    gains, left_gains = gain_rows(benefits_of(snapshot, evaluation))
    left_out = [*left_costs, *left_gains]
    missing: tuple[str, ...] = ()
    if setting is not None and setting.text("applies") == "not_relevant":
        source, costs, gains, left_out = "not_relevant", [], [], []
    elif costs or gains or left_out:
        source = "rows"
    else:
        (light_costs, light_gains), missing = _light(setting)
        source = "light" if light_costs else "none"
        costs, gains = list(light_costs), list(light_gains)
    horizon = _horizon(setting, source, (*costs, *gains))
    left_out += _beyond(costs, gains, horizon)
    rates = _rates(snapshot, setting.text("rate_set") if setting is not None else "", catalogue)
    if rates is None:
        rates, missing = catalogue.default_rates, (*missing, "rate_set")
    return EconomyFigures(
        source=source,
        costs=tuple(row for row in costs if counts(row, horizon)),
        gains=tuple(row for row in gains if counts(row, horizon)),
        left_out=tuple(left_out),
        missing=missing,
        horizon=horizon,
        rates=rates,
        perspective=setting.text("perspective") if setting is not None else "",
        price_year=setting.integer("price_year") if setting is not None else None,
        include_capacity=setting is not None and setting.flag("include_capacity") is True,
        skip_reason=setting.text("skip_reason") if setting is not None else "",
        scenarios=scenarios(costs, gains, rates, horizon),
        tornado=tornado(costs, gains, rates, horizon),
        realised=expected_and_realised(costs, gains, horizon),
        outcomes=setting.number("outcomes") if setting is not None else None,
        outcome_name=setting.text("outcome_name") if setting is not None else "",
    )


def benefits_of(snapshot: Snapshot, evaluation: Record) -> tuple[Record, ...]:
    """The benefits of an evaluation: its own, and those of its initiative that name no evaluation."""
    rows = snapshot.children("benefit", evaluation.text("initiative_id"), "initiative_id")
    return tuple(row for row in rows if is_counted(row, evaluation.id))


def is_counted(benefit: Record, evaluation_id: str) -> bool:
    """Whether a benefit of an initiative counts in this evaluation of it."""
    return benefit.text("evaluation_id") in ("", evaluation_id)


def _light(setting: Record | None) -> tuple[tuple[tuple[Cost, ...], tuple[Gain, ...]], tuple[str, ...]]:
    """The rows of the light path, empty with the names of the missing fields when it is not filled in."""
    nothing: tuple[tuple[Cost, ...], tuple[Gain, ...]] = ((), ())
    if setting is None:
        return nothing, ("applies",)
    one_off, running = setting.number("one_off"), setting.number("running_per_year")
    gain, gain_class = setting.number("gain_per_year"), gain_class_of(setting.text("gain_class"))
    years = setting.integer("years")
    years = DEFAULT_YEARS if years is None else years
    given = {
        "one_off": one_off is not None,
        "running_per_year": running is not None,
        "gain_per_year": gain is not None,
        "gain_class": gain_class is not None,
        "years": 1 <= years <= LAST_YEAR,
    }
    missing = tuple(name for name, is_given in given.items() if not is_given)
    if missing or one_off is None or running is None or gain is None or gain_class is None:
        return nothing, missing
    return light_rows(one_off, running, gain, gain_class, years), ()


def _rates(snapshot: Snapshot, key: str, catalogue: FiguresCatalogue) -> RateSet | None:
    """The rate set with this key, the unit's own or a delivered one; None where there is no such set."""
    own = next((record for record in snapshot.rows("rate_set") if key and record.text("key") == key), None)
    if own is None:
        return catalogue.rates(key)
    return rate_set_of(own, snapshot.children("rate_band", own.id, "rate_set_id"))


def _horizon(setting: Record | None, source: str, rows: Iterable[Cost | Gain]) -> int:
    """The last year of the table: as set, else the last year with a row."""
    chosen = setting.integer("horizon") if setting is not None else None
    if source == "rows" and chosen is not None and 0 <= chosen <= LAST_YEAR:
        return chosen
    return usual_horizon(rows)


def _beyond(costs: Iterable[Cost], gains: Iterable[Gain], horizon: int) -> list[LeftOut]:
    late = [LeftOut("cost", row.id, "horizon") for row in costs if row.year > horizon]
    return late + [LeftOut("benefit", row.id, "horizon") for row in gains if row.year > horizon]
