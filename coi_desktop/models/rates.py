"""Discount rates: rate sets in bands of years, with source and date, and the factors chained through them.

A rate set is data (``resources/catalogue/rates.toml``, or the register's own rows) and never a number in a
text, since the rate is changed from time to time. Rates are real: amounts are in fixed prices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from coi_desktop.i18n import LANGUAGES, current_language
from coi_desktop.models.decimals import CONTEXT, ONE, add


class RatesError(ValueError):
    """A mistake in a file of rate sets; the text names file and place."""


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
    """A named set of rates: bands without gaps from year 1, with their source and its date."""

    key: str
    names: Mapping[str, str]
    source: str
    date: date | None
    bands: tuple[RateBand, ...]

    def name(self, language: str | None = None) -> str:
        """The rate set's name in ``language`` or the one spoken now."""
        return self.names.get(language or current_language(), self.key)

    def rate(self, year: int) -> Decimal:
        """The rate of a year (1, 2, …); ValueError for a year no band holds."""
        return self.band(year).rate

    def band(self, year: int) -> RateBand:
        """The band a year (1, 2, …) falls in; ValueError for a year no band holds."""
        for band in self.bands:
            if band.first <= year and (band.last is None or year <= band.last):
                return band
        raise ValueError(f"rate set {self.key!r} has no rate for year {year}")

    def bands_until(self, year: int) -> tuple[RateBand, ...]:
        """The bands that a table ending in ``year`` uses: what is printed as its rates."""
        return tuple(band for band in self.bands if band.first <= max(year, 1))

    @property
    def last_year(self) -> int | None:
        """The last year with a rate; None when the last band is open."""
        return self.bands[-1].last


def discount_factors(rates: RateSet, last_year: int) -> tuple[Decimal, ...]:
    """The factors of the years 0…``last_year``: df(0) = 1, df(t) = df(t−1) ÷ (1 + r(t)).

    Factors are chained through the bands, so that they never jump up where a lower rate begins (the reading
    of the Ministry of Finance's answer to parliament of 2018, FIU question 418).
    """
    factors = [ONE]
    for year in range(1, last_year + 1):
        factors.append(CONTEXT.divide(factors[-1], add(ONE, rates.rate(year))))
    return tuple(factors)


def parse_rate_sets(file: str, tables: Mapping[str, Any]) -> Mapping[str, RateSet]:
    """Rate sets by key, in order, from a parsed TOML file; the first is the one used unless told otherwise.

    Raises RatesError naming file and place for unknown or missing keys, rates that are no decimal text
    between −1 and 1, and bands that do not follow one another from year 1.
    """
    _only(file, tables, {"rate_set"})
    found: dict[str, RateSet] = {}
    for number, table in enumerate(_tables(file, tables, "rate_set"), 1):
        place = f"{file}: [[rate_set]] {number}"
        _only(place, table, {"key", "da", "en", "source", "date", "band"})
        key = _text(place, table, "key")
        if key in found:
            raise RatesError(f"{place}: the key {key!r} stands twice")
        names = MappingProxyType({language: _text(place, table, language) for language in LANGUAGES})
        day = table.get("date")
        if not isinstance(day, date):
            raise RatesError(f"{place}: date must be a date")
        bands = tuple(_band(f"{place} band", band) for band in _tables(place, table, "band"))
        found[key] = RateSet(key, names, _text(place, table, "source"), day, check_bands(place, bands))
    if not found:
        raise RatesError(f"{file}: at least one [[rate_set]] is needed")
    return MappingProxyType(found)


def check_bands(place: str, bands: Sequence[RateBand]) -> tuple[RateBand, ...]:
    """The bands in order of years; RatesError when they do not begin in year 1 or leave gaps or overlap."""
    ordered = tuple(sorted(bands, key=lambda band: band.first))
    expected: int | None = 1
    for band in ordered:
        if band.first != expected:
            raise RatesError(f"{place}: a band from year {expected} was expected, not from {band.first}")
        if band.last is not None and band.last < band.first:
            raise RatesError(f"{place}: the band from {band.first} ends in year {band.last}")
        expected = None if band.last is None else band.last + 1
    if not ordered:
        raise RatesError(f"{place}: at least one band is needed")
    return ordered


def _band(place: str, table: Mapping[str, Any]) -> RateBand:
    _only(place, table, {"from", "to", "rate", "confirmed"})
    first, last, confirmed = table.get("from"), table.get("to"), table.get("confirmed")
    if type(first) is not int or (last is not None and type(last) is not int):
        raise RatesError(f"{place}: from and to must be whole years")
    if not isinstance(confirmed, bool):
        raise RatesError(f"{place}: confirmed must be true or false")
    try:
        rate = Decimal(_text(place, table, "rate"))
    except InvalidOperation as error:
        raise RatesError(f"{place}: rate must be a decimal number in quotes") from error
    if not (rate.is_finite() and -1 < rate < 1):
        raise RatesError(f"{place}: a rate of {rate} cannot be meant (0.035 is 3.5 %)")
    return RateBand(first, last, rate, confirmed)


def _only(place: str, table: Mapping[str, Any], known: set[str]) -> None:
    unknown = set(table) - known
    if unknown:
        raise RatesError(f"{place}: unknown key {sorted(unknown)[0]!r}")


def _tables(place: str, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, Mapping) for entry in found):
        raise RatesError(f"{place}: {key} must be a list of tables")
    return found


def _text(place: str, table: Mapping[str, Any], key: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        raise RatesError(f"{place}: {key} is missing or no text")
    return found
