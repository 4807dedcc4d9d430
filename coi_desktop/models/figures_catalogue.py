"""The limits, rates and national figures that the numbers rest on, as read from ``resources/catalogue``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from coi_desktop.i18n import current_language
from coi_desktop.models import proportion
from coi_desktop.models.rates import RateSet, parse_rate_sets
from coi_desktop.models.strict_tables import CatalogueError, StrictTable
from coi_desktop.models.suppression import SMALLEST_COUNT

#: The files the catalogue is read from, relative to the resource folder.
LIMITS_FILE = "catalogue/limits.toml"
RATES_FILE = "catalogue/rates.toml"
NATIONAL_FILE = "catalogue/national.toml"
FILES = (LIMITS_FILE, RATES_FILE, NATIONAL_FILE)


@dataclass(frozen=True, slots=True)
class LightLimits:
    """Limits of the lights: shares of the baseline budget, months late, shares of the planned gains, the
    weight of a risk.
    """

    cost_green_to: Decimal
    cost_yellow_to: Decimal
    time_green_below: int
    time_yellow_to: int
    benefit_green_from: Decimal
    benefit_yellow_from: Decimal
    risk_green_to: int
    risk_yellow_to: int


@dataclass(frozen=True, slots=True)
class ReminderLimits:
    """After or before how many days the start page reminds."""

    decision_ahead: int
    untouched: int
    not_started: int
    not_confirmed: int


@dataclass(frozen=True, slots=True)
class ChangeLimits:
    """Below ``least`` answers or pairs a change has no interval; below ``few`` a warning stands with it.
    ``smallest_count`` is the catalogue's own.
    """

    least: int
    few: int
    smallest_count: int = SMALLEST_COUNT


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """A published share (0–1) of the national survey; edition, period, n and source are printed beside it."""

    key: str
    share: Decimal
    edition: str
    period: str
    n: int
    sources: tuple[str, str]

    @property
    def source(self) -> str:
        """Who published it and where, in the language spoken now."""
        danish, english = self.sources
        return danish if current_language() == "da" else english


@dataclass(frozen=True, slots=True)
class FiguresCatalogue:
    """All limits and rates that figures are computed with.

    ``smallest_count`` people or more may be shown; ``low_response_rate`` is in percent; ``repeated_methods``
    are the method keys that show a measured change when used at two times. ``national`` is by key:
    ``evaluated``, ``under_way``, ``planned``, ``reused``.
    """

    proportion: proportion.Limits
    smallest_count: int
    low_response_rate: Decimal
    repeated_methods: frozenset[str]
    change: ChangeLimits
    lights: LightLimits
    reminders: ReminderLimits
    rate_sets: Mapping[str, RateSet]
    national: Mapping[str, NationalFigure]

    @property
    def default_rates(self) -> RateSet:
        """The rate set used where an evaluation names none: the first of the file."""
        return next(iter(self.rate_sets.values()))

    def rates(self, key: str) -> RateSet | None:
        """The rate set with this key, the default for an empty key, None for one that is not known."""
        return self.rate_sets.get(key) if key else self.default_rates


def parse_figures_catalogue(tables_by_file: Mapping[str, Mapping[str, Any]]) -> FiguresCatalogue:
    """The catalogue from its three parsed files (see ``FILES``); CatalogueError names file and place."""
    top = StrictTable(
        LIMITS_FILE,
        tables_by_file[LIMITS_FILE],
        ["proportion", "measurement", "evidence", "change", "lights", "reminders"],
    )
    change = top.table("change", ["least", "few"])
    measurement = top.table("measurement", ["smallest_count", "low_response_rate"])
    reminders = top.table("reminders", ["decision_ahead", "untouched", "not_started", "not_confirmed"])
    smallest_count = measurement.whole("smallest_count", SMALLEST_COUNT)
    return FiguresCatalogue(
        proportion=_proportion_limits(top),
        smallest_count=smallest_count,
        low_response_rate=measurement.decimal("low_response_rate"),
        repeated_methods=frozenset(top.table("evidence", ["repeated_methods"]).texts("repeated_methods")),
        change=ChangeLimits(
            change.whole("least", SMALLEST_COUNT), change.whole("few", SMALLEST_COUNT), smallest_count
        ),
        lights=_light_limits(top.table("lights", ["cost", "time", "benefit", "risk"])),
        reminders=ReminderLimits(
            reminders.whole("decision_ahead"),
            reminders.whole("untouched"),
            reminders.whole("not_started"),
            reminders.whole("not_confirmed"),
        ),
        rate_sets=parse_rate_sets(RATES_FILE, tables_by_file[RATES_FILE]),
        national=_national(tables_by_file[NATIONAL_FILE]),
    )


def _proportion_limits(top: StrictTable) -> proportion.Limits:
    table = top.table("proportion", ["standard_from", "deep_from", "raising", "cost", "reach", "hours"])
    raising = table.texts("raising")
    if not set(raising) <= set(proportion.QUESTIONS):
        raise table.wrong("raising", f"a list of {', '.join(proportion.QUESTIONS)}")
    limits = proportion.Limits(
        standard_from=table.whole("standard_from", 1),
        deep_from=table.whole("deep_from", 1),
        raising=raising,
        cost=_bounds(table, "cost"),
        reach=_bounds(table, "reach"),
        hours=_hours(table.table("hours", proportion.DEPTHS)),
    )
    if limits.deep_from <= limits.standard_from:
        raise table.wrong("deep_from", "greater than standard_from")
    return limits


def _bounds(table: StrictTable, key: str) -> tuple[Decimal, Decimal]:
    bounds = table.decimals(key)
    if len(bounds) != 2 or bounds[0] > bounds[1]:
        raise table.wrong(key, "two bounds, the smaller first")
    return bounds[0], bounds[1]


def _hours(table: StrictTable) -> Mapping[str, Decimal]:
    return MappingProxyType({depth: table.decimal(depth) for depth in proportion.DEPTHS})


def _light_limits(table: StrictTable) -> LightLimits:
    cost = table.table("cost", ["green_to", "yellow_to"])
    time = table.table("time", ["green_below", "yellow_to"])
    benefit = table.table("benefit", ["green_from", "yellow_from"])
    risk = table.table("risk", ["green_to", "yellow_to"])
    return LightLimits(
        cost.decimal("green_to"),
        cost.decimal("yellow_to"),
        time.whole("green_below"),
        time.whole("yellow_to"),
        benefit.decimal("green_from"),
        benefit.decimal("yellow_from"),
        risk.whole("green_to"),
        risk.whole("yellow_to"),
    )


def _national(tables: Mapping[str, Any]) -> Mapping[str, NationalFigure]:
    found: dict[str, NationalFigure] = {}
    keys = ["key", "share", "edition", "period", "n", "source"]
    for table in StrictTable(NATIONAL_FILE, tables, ["figure"]).tables("figure", keys):
        share = table.decimal("share")
        if not 0 <= share <= 1:
            raise table.wrong("share", "a share between 0 and 1")
        sources = table.texts("source")
        if len(sources) != 2:
            raise table.wrong("source", "a Danish and an English text")
        figure = NationalFigure(
            table.text("key"),
            share,
            table.text("edition"),
            table.text("period"),
            table.whole("n", 1),
            (sources[0], sources[1]),
        )
        if figure.key in found:
            raise CatalogueError(f"{table.place}: the key {figure.key!r} stands twice")
        found[figure.key] = figure
    return MappingProxyType(found)
