"""Discount rates: rate sets in bands of years, with source and date, and the factors chained through them.

A rate set is data (``resources/catalogue/rates.toml``, or the register's own rows) and never a number in a
text, since the rate is changed from time to time. Rates are real: amounts are in fixed prices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from coi_desktop.i18n import LANGUAGES, current_language
from coi_desktop.models.decimals import CONTEXT, ONE, ZERO, add, divide
from coi_desktop.models.records import Record
from coi_desktop.models.strict_tables import CatalogueError, StrictTable


@dataclass(frozen=True, slots=True)
class RateBand:
    """The yearly rate (0.035 = 3.5 %) of the years ``first``–``last`` (None: all later years).

    ``confirmed`` is False where the source of the rate could not be confirmed.
    """

    first: int
    last: int | None
    rate: Decimal
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class RateSet:
    """A named set of rates: bands without gaps from year 1, the last one open; source and its date."""

    key: str
    names: Mapping[str, str]
    source: str
    date: date | None
    bands: tuple[RateBand, ...]

    def name(self, language: str | None = None) -> str:
        """The rate set's name in ``language`` or the one spoken now."""
        return self.names.get(language or current_language(), self.key)

    def rate(self, year: int) -> Decimal:
        """The rate of a year (1, 2, …)."""
        return _rate_of(self.bands, year)

    def bands_until(self, year: int) -> tuple[RateBand, ...]:
        """The bands that a table ending in ``year`` uses: what is printed as its rates."""
        return tuple(band for band in self.bands if band.first <= max(year, 1))


def discount_factors(rates: RateSet, last_year: int) -> tuple[Decimal, ...]:
    """The factors of the years 0…``last_year``: df(0) = 1, df(t) = df(t−1) ÷ (1 + r(t)).

    Factors are chained through the bands, so that they never jump up where a lower rate begins (the reading
    of the Ministry of Finance's answer to parliament of 2018, FIU question 418).
    """
    return _chained(rates.bands, last_year)


@lru_cache(maxsize=128)
def _chained(bands: tuple[RateBand, ...], last_year: int) -> tuple[Decimal, ...]:
    factors = [ONE]
    for year in range(1, last_year + 1):
        factors.append(CONTEXT.divide(factors[-1], add(ONE, _rate_of(bands, year))))
    return tuple(factors)


def _rate_of(bands: tuple[RateBand, ...], year: int) -> Decimal:
    return next(band.rate for band in reversed(bands) if band.first <= year)


def rate_set_of(record: Record, bands: Iterable[Record]) -> RateSet:
    """A rate set of a unit's own, from its record and those of its bands. Rates are stored in percent.

    Whatever the records hold, the set has a rate for every year: the first band begins in year 1, a band
    without a rate is none, and without any the rate is 0.
    """
    found: list[tuple[int, Decimal, bool]] = []
    for band in sorted(bands, key=lambda one: one.integer("from_year") or 1):
        percent = band.number("rate")
        rate = None if percent is None else divide(percent, Decimal(100))
        if rate is not None:
            first = 1 if not found else max(band.integer("from_year") or 1, found[-1][0] + 1)
            found.append((first, rate, band.flag("confirmed") is not False))
    found = found or [(1, ZERO, False)]
    lasts = [*(following[0] - 1 for following in found[1:]), None]
    return RateSet(
        record.text("key"),
        MappingProxyType({"da": record.text("da"), "en": record.text("en") or record.text("da")}),
        record.text("source"),
        record.day("date"),
        tuple(
            RateBand(first, last, rate, confirmed)
            for (first, rate, confirmed), last in zip(found, lasts, strict=True)
        ),
    )


def parse_rate_sets(file: str, tables: Mapping[str, Any]) -> Mapping[str, RateSet]:
    """Rate sets by key, in order, from a parsed TOML file; the first is the one used unless told otherwise.

    Raises CatalogueError naming file and place for unknown or missing keys, rates that are no decimal text
    between −1 and 1, and bands that do not follow one another from year 1.
    """
    found: dict[str, RateSet] = {}
    top = StrictTable(file, tables, ["rate_set"])
    for table in top.tables("rate_set", ["key", "da", "en", "source", "date", "band"]):
        key = table.text("key")
        if key in found:
            raise CatalogueError(f"{table.place}: the key {key!r} stands twice")
        names = MappingProxyType({language: table.text(language) for language in LANGUAGES})
        bands = tuple(_band(band) for band in table.tables("band", ["from", "to", "rate", "confirmed"]))
        _check_bands(table.place, bands)
        found[key] = RateSet(key, names, table.text("source"), table.day("date"), bands)
    return MappingProxyType(found)


def _check_bands(place: str, bands: Sequence[RateBand]) -> None:
    expected: int | None = 1
    for band in bands:
        if band.first != expected:
            wanted = "no band" if expected is None else f"a band from year {expected}"
            raise CatalogueError(f"{place}: {wanted} was expected, not one from {band.first}")
        if band.last is not None and band.last < band.first:
            raise CatalogueError(f"{place}: the band from year {band.first} ends in year {band.last}")
        expected = None if band.last is None else band.last + 1
    if expected is not None:
        raise CatalogueError(f"{place}: the last band must be open, so that every year has a rate")


def _band(table: StrictTable) -> RateBand:
    rate = table.decimal("rate")
    if not -1 < rate < 1:
        raise table.wrong("rate", 'a share of one such as "0.035" for 3.5 %')
    return RateBand(table.whole("from", 1), table.optional_whole("to", 1), rate, table.yes_no("confirmed"))
