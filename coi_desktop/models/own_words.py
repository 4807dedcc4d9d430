"""A unit's own words in value lists: choices changed, added and retired, the choices of its own fields, and
the phases it works by.

Delivered words are shown as they are unless the unit has a record for the same key. Nothing is ever taken out
of a list: a key that is no longer offered still has its words wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from coi_desktop.i18n import LANGUAGES
from coi_desktop.models.own_fields import is_own, own_name
from coi_desktop.models.records import Record
from coi_desktop.models.vocabulary import Lists, ValueList, Vocabulary

PHASES = "initiative.phase"
RATE_SETS = "rate_set"


def unit_lists(
    delivered: Vocabulary,
    editable: Iterable[str],
    own_fields: Iterable[Record],
    choices: Iterable[Record],
    phases: Iterable[Record],
    rate_sets: Iterable[Record] = (),
) -> Lists:
    """The lists that a unit has of its own, by name: the ``editable`` ones it has changed, those of its own
    choice fields (also empty ones), its phases, and the rate sets with its own behind the delivered ones.
    """
    by_list: dict[str, list[Record]] = {
        own_name(field.id): [] for field in own_fields if field["kind"] == "choice"
    }
    can_change = frozenset(editable)
    for record in choices:
        name = record.text("list")
        if name in can_change or is_own(name):  # also of a field that was removed: history speaks of it
            by_list.setdefault(name, []).append(record)
    lists = {
        name: _overlaid(delivered.value_list(name) if name in can_change else ValueList(name, {}), records)
        for name, records in by_list.items()
    }
    own_phases = list(phases)
    if own_phases:
        found = _overlaid(ValueList(PHASES, {}), own_phases)
        before = delivered.value_list(PHASES).words
        past = {key: words for key, words in before.items() if key not in found.words}
        lists[PHASES] = ValueList(PHASES, MappingProxyType({**found.words, **past}), frozenset(past))
    own_rates = list(rate_sets)
    if own_rates:
        lists[RATE_SETS] = _overlaid(delivered.value_list(RATE_SETS), own_rates)
    return MappingProxyType(lists)


def _overlaid(delivered: ValueList, records: Iterable[Record]) -> ValueList:
    words: dict[str, Mapping[str, str]] = dict(delivered.words)
    places: dict[str, int] = {}
    retired = set(delivered.retired)
    colours = dict(delivered.colours)
    for record in records:
        key, place = record.text("key"), record.values.get("place")
        words[key] = MappingProxyType(_words(record))
        if isinstance(place, int):
            places[key] = place
        if record.values.get("retired"):
            retired.add(key)
        else:
            retired.discard(key)
        colour = record.values.get("colour")
        if isinstance(colour, str) and colour:
            colours[key] = colour
    order = sorted(words, key=lambda key: (key not in places, places.get(key, 0)))
    ordered = MappingProxyType({key: words[key] for key in order})
    return ValueList(delivered.name, ordered, frozenset(retired), MappingProxyType(colours))


def _words(record: Record) -> dict[str, str]:
    return {language: record.text(language) or record.text("da") for language in LANGUAGES}
