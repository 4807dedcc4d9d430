"""The rate sets of a unit: the delivered ones, which stay as they are, and its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.errors import Problem
from coi_desktop.i18n import LANGUAGES, N_, _, ngettext
from coi_desktop.models.changes import Op
from coi_desktop.models.decimals import multiply
from coi_desktop.models.economics import LAST_YEAR
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.keys import free_key
from coi_desktop.models.query import Query
from coi_desktop.models.rates import RateBand, RateSet, rate_set_of
from coi_desktop.models.records import Record, Values
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD = Op("rate_set.add", N_("Add rate set"))
EDIT = Op("rate_set.edit", N_("Edit rate set"))
REMOVE = Op("rate_set.remove", N_("Remove rate set"))


@dataclass(frozen=True, slots=True)
class UsedRates:
    """A rate set, whether it is the unit's own, and how many evaluations have chosen it."""

    rates: RateSet
    is_own: bool
    used: int


def find_rate_sets(register: Register) -> tuple[UsedRates, ...]:
    """The delivered rate sets, the one that counts unless another is chosen first, then the unit's own."""
    usual = figures_catalogue().default_rates.key
    chosen = [
        record.text("rate_set") or usual
        for record in register.find(Query("econ_setting"))
        if record.text("applies") == "yes"
    ]
    delivered = figures_catalogue().rate_sets.values()
    own = (_read(register, record) for record in register.find(Query("rate_set")))
    return (
        *(UsedRates(one, False, chosen.count(one.key)) for one in delivered),
        *(UsedRates(one, True, chosen.count(one.key)) for one in own),
    )


def add_rate_set(register: Register, rates: RateSet, *, source: str = "") -> str:
    """Add a rate set of the unit's own and return its key, which is made of its name.

    Problems ``no_name``, ``name_taken``, ``no_source``, ``bad_rates``.
    """
    found = [one.rates for one in find_rate_sets(register)]
    values = _checked(rates, found)
    key = free_key(str(values["da"]), {one.key for one in found})

    def add(writer: Writer) -> str:
        set_id = writer.put("rate_set", {**values, "key": key})
        _put_bands(writer, set_id, rates.bands)
        return key

    return register.transact(ADD, add, source=source, detail=str(values["da"])).result


def edit_rate_set(register: Register, rates: RateSet, *, source: str = "") -> bool:
    """Give an own rate set another name, source, date or rates; False when it stood so. Every evaluation that
    has chosen it is worked out anew.

    KeyError for a set that is not the unit's own; Problems as ``add_rate_set``.
    """
    record = _own(register, rates.key)
    before = _read(register, record)
    others = [one.rates for one in find_rate_sets(register) if one.rates.key != rates.key]
    values = _checked(rates, others)

    def edit(writer: Writer) -> bool:
        is_changed = writer.change("rate_set", record.id, values)
        if rates.bands == before.bands:
            return is_changed
        for band_id in writer.find_child_ids("rate_band", record.id):
            writer.drop("rate_band", band_id)
        _put_bands(writer, record.id, rates.bands)
        return True

    return register.transact(EDIT, edit, source=source, detail=str(values["da"])).result


def remove_rate_set(register: Register, key: str, *, source: str = "") -> None:
    """Remove an own rate set. KeyError for one that is not the unit's own, Problem ``in_use``."""
    record = _own(register, key)
    used = next(one.used for one in find_rate_sets(register) if one.rates.key == key)
    if used:
        raise Problem(
            ngettext(
                "{count} evaluation is worked out with this rate set.",
                "{count} evaluations are worked out with this rate set.",
                used,
            ).format(count=used),
            meaning=_("Nothing was removed."),
            advice=_("Choose another rate set there first."),
            code="in_use",
        )
    register.transact(
        REMOVE, lambda writer: writer.drop("rate_set", record.id), source=source, detail=record.text("da")
    )


def _own(register: Register, key: str) -> Record:
    for record in register.find(Query("rate_set")):
        if record.text("key") == key:
            return record
    raise KeyError(key)


def _read(register: Register, record: Record) -> RateSet:
    return rate_set_of(record, register.children("rate_band", record.id))


def _put_bands(writer: Writer, set_id: str, bands: Sequence[RateBand]) -> None:
    for band in bands:
        writer.put(
            "rate_band",
            {
                "rate_set_id": set_id,
                "from_year": band.first,
                "rate": multiply(band.rate, Decimal(100)),
                "confirmed": band.confirmed,
            },
        )


def _checked(rates: RateSet, others: Sequence[RateSet]) -> Values:
    """The values to store; a Problem says what is wrong with the set."""
    da, en = (clean_line(rates.names.get(language, "")) for language in ("da", "en"))
    if not da:
        raise _refused(_("A rate set needs a name."), _("Write a name in Danish."), "no_name")
    taken = {fold(one.names[language]) for one in others for language in LANGUAGES if language in one.names}
    if fold(da) in taken or (en and fold(en) in taken):
        what = _("There is a rate set called “{name}” already.").format(name=da)
        raise _refused(what, _("Choose another name."), "name_taken")
    source = clean_line(rates.source)
    if not source or rates.date is None:
        what = _("Rates are only worth something with their source and its date.")
        raise _refused(what, _("Write where the rates come from, and the date."), "no_source")
    _check_bands(rates.bands)
    return {"da": da, "en": en or None, "source": source, "date": rates.date}


def _check_bands(bands: Sequence[RateBand]) -> None:
    starts = [band.first for band in bands]
    if not bands or starts[0] != 1:
        what = _("The first rate holds from year 1.")
        raise _refused(what, _("Write a rate in the first line."), "bad_rates")
    if starts != sorted(set(starts)) or starts[-1] > LAST_YEAR:
        what = _("Each rate holds from a later year than the one before, up to year {year}.")
        raise _refused(what.format(year=LAST_YEAR), _("Correct the years."), "bad_rates")
    if any(not -1 < band.rate < 1 for band in bands):
        what = _("A rate lies between −100 and 100 percent a year.")
        raise _refused(what, _("Write 3.5 for three and a half percent."), "bad_rates")


def _refused(what: str, advice: str, code: str) -> Problem:
    return Problem(what, meaning=_("Nothing was changed."), advice=advice, code=code)
