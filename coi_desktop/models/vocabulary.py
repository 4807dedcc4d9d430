"""Value lists: the keys a choice may store, their words in Danish and English, and their order.

The lists are written in ``resources/catalogue/values/*.toml``, one table a list, one line a key::

    ["initiative.status"]
    active = ["Aktiv", "Active"]

A third text names the colour of the key in charts (one of ``COLOURS``); ``"off"`` as the last one says that
the key is not offered until a unit wants it. Keys are stored and travel in packs and JSON; words are only
shown. A list is named after the one field that uses it (``initiative.phase``) or, where several do, by its
own name (``stage``, ``value_kind``, ``level3``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from coi_desktop.i18n import LANGUAGES, current_language
from coi_desktop.models.own_fields import is_own

#: The key stored for "Ved ikke endnu / Not known yet": a legal answer in every choice of a guide.
UNKNOWN = "unknown"

#: The list that holds the words of UNKNOWN for all the other lists.
UNKNOWN_LIST = "unknown"

#: Lists of words for what the program works out and no field stores.
DERIVED_LISTS = frozenset(
    {
        UNKNOWN_LIST,
        "answer",
        "answer_round",
        "approach",
        "economy.left_out",
        "economy.scenario",
        "evaluation.phase",
        "evaluation.remark",
        "evaluation.share",
        "evaluation.state",
        "evidence.level",
        "evidence.missing",
        "filter.test",
        "indicator.status",
        "light",
        "measurement.remark",
        "reminder",
    }
)

#: Names of the palette's colours that a key may wear.
COLOURS = ("first", "second", "third", "fourth", "fifth", "quiet")

#: Said of a key that is not offered until a unit wants it.
OFF = "off"

_NAME = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?"
_KEY = r"-?[a-z0-9][a-z0-9_]*"


class VocabularyError(ValueError):
    """A mistake in a value list; the text names the file and the place."""


class ValueList(NamedTuple):
    """One value list: for every key, in order, its words by language. ``retired`` keys are shown where they
    stand and not offered. ``colours`` names those of the keys that have one, or holds them as "#rrggbb".
    """

    name: str
    words: Mapping[str, Mapping[str, str]]
    retired: frozenset[str] = frozenset()
    colours: Mapping[str, str] = MappingProxyType({})

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are offered, in the order they are shown."""
        return tuple([key for key in self.words if key not in self.retired])


Lists = Mapping[str, ValueList]


class Vocabulary:
    """All value lists. ``more`` gives those that are not needed before a first window shows, when asked for.

    Naming a list that does not exist is a mistake of ours and raises KeyError. A key that is not in its list
    may come from a newer or older register and is shown as it is.
    """

    def __init__(self, lists: Lists, more: Callable[[], Lists] | None = None) -> None:
        self._lists = dict(lists)
        self._more = more

    def label(self, list_name: str, key: str, language: str | None = None) -> str:
        """The words of ``key`` in ``language`` or the one spoken now; UNKNOWN has words in every list."""
        language = language or current_language()
        words = self._list(list_name).words.get(key)
        if words is None and key == UNKNOWN:
            words = self._list(UNKNOWN_LIST).words[UNKNOWN]
        return key if words is None else words[language]

    def keys(self, list_name: str) -> tuple[str, ...]:
        """The keys of a list in the order they are shown."""
        return self._list(list_name).keys

    def known_keys(self, list_name: str) -> tuple[str, ...]:
        """The keys of a list that have words, those among them that are no longer offered."""
        return tuple(self._list(list_name).words)

    def has(self, list_name: str, key: str) -> bool:
        """Whether ``key`` stands in the list itself (UNKNOWN only where the list names it)."""
        return key in self._list(list_name).words

    def is_offered(self, list_name: str, key: str) -> bool:
        """Whether ``key`` stands in the list and is not retired."""
        found = self._list(list_name)
        return key in found.words and key not in found.retired

    def colour(self, list_name: str, key: str) -> str:
        """The colour of a key, by its name in the palette or as "#rrggbb"; empty for none of its own."""
        return self._list(list_name).colours.get(key, "")

    def has_list(self, list_name: str) -> bool:
        """Whether there is a list of this name."""
        return list_name in self._lists or list_name in self._all()

    def names(self) -> tuple[str, ...]:
        """The names of all lists."""
        return tuple(self._all())

    def value_list(self, name: str) -> ValueList:
        """The whole list called ``name``."""
        return self._list(name)

    def below(self, above: Callable[[], Lists]) -> Vocabulary:
        """These lists with others put above them. Those are asked for anew each time, and so may change."""
        return _Overlaid(self, above)

    def _list(self, name: str) -> ValueList:
        found = self._lists.get(name)
        return self._all()[name] if found is None else found

    def _all(self) -> dict[str, ValueList]:
        more = self._more
        if more is not None:
            self._lists.update(more())
            self._more = None
        return self._lists


class _Overlaid(Vocabulary):
    """A vocabulary with some lists put above its own."""

    def __init__(self, base: Vocabulary, above: Callable[[], Lists]) -> None:
        super().__init__({})
        self._base = base
        self._above = above

    def has_list(self, list_name: str) -> bool:
        """Whether there is a list of this name."""
        return list_name in self._above() or self._base.has_list(list_name)

    def _list(self, name: str) -> ValueList:
        found = self._above().get(name)
        if found is None and is_own(name):  # of an own field whose making was undone
            return ValueList(name, MappingProxyType({}))
        return self._base.value_list(name) if found is None else found

    def _all(self) -> dict[str, ValueList]:
        return {name: self._list(name) for name in (*self._base.names(), *self._above())}


def parse_vocabulary(mapping_by_file: Mapping[str, Mapping[str, Any]]) -> Lists:
    """Value lists from parsed TOML files, by file name.

    Raises VocabularyError, naming file, list and key, for anything but a table of ``key = ["da", "en"]``
    lines, an odd name, a list without keys, the same words twice in a list, or a list that two files define.
    """
    lists: dict[str, ValueList] = {}
    for file, tables in mapping_by_file.items():
        for name, table in tables.items():
            if name in lists:
                raise VocabularyError(f"{file}: [{name}] is defined twice")
            lists[name] = _parse_list(file, name, table)
    return MappingProxyType(lists)


def _parse_list(file: str, name: str, table: object) -> ValueList:
    place = f"{file}: [{name}]"
    if not re.fullmatch(_NAME, name):
        raise VocabularyError(f"{place}: a list is called by small letters, digits, _ and at most one dot")
    if not isinstance(table, Mapping) or not table:
        raise VocabularyError(f"{place}: a list is a table with at least one key")
    words: dict[str, Mapping[str, str]] = {}
    colours: dict[str, str] = {}
    retired: set[str] = set()
    for key, texts in table.items():
        if not re.fullmatch(_KEY, key):
            raise VocabularyError(f"{place} {key}: a key has small letters, digits and _")
        if isinstance(texts, list):
            texts = _without_look(f"{place} {key}", key, texts, colours, retired)
        if (
            not isinstance(texts, list)
            or len(texts) != len(LANGUAGES)
            or not all(isinstance(text, str) and text.strip() == text and text for text in texts)
        ):
            raise VocabularyError(f"{place} {key}: expected two texts, Danish and English")
        words[key] = MappingProxyType(dict(zip(LANGUAGES, texts, strict=True)))
    for language in LANGUAGES:
        seen: set[str] = set()
        for key, by_language in words.items():
            if by_language[language] in seen:
                raise VocabularyError(f"{place} {key}: the words {by_language[language]!r} stand twice")
            seen.add(by_language[language])
    return ValueList(name, MappingProxyType(words), frozenset(retired), MappingProxyType(colours))


def _without_look(
    place: str, key: str, texts: list[Any], colours: dict[str, str], retired: set[str]
) -> list[Any]:
    """The two texts of a key; what stands behind them is put into ``colours`` and ``retired``."""
    words, look = texts[: len(LANGUAGES)], texts[len(LANGUAGES) :]
    if look[-1:] == [OFF]:
        retired.add(key)
        look = look[:-1]
    if look and look[0] in COLOURS:
        colours[key] = look[0]
        look = look[1:]
    if look:
        raise VocabularyError(f"{place}: {look[0]!r} is no colour, and nothing else stands behind the words")
    return words


class EditableLists(NamedTuple):
    """The names of the lists a unit may change. Of the ``fixed`` ones the keys stay as they are delivered."""

    names: tuple[str, ...]
    fixed: frozenset[str]


def parse_editable_lists(table: Mapping[str, Any], vocabulary: Vocabulary) -> EditableLists:
    """The lists a unit may change. VocabularyError for anything but known lists, each once."""
    names, fixed = table.get("lists"), table.get("fixed")
    if set(table) != {"lists", "fixed"}:
        raise VocabularyError("editable.toml: expected lists and fixed, and nothing else")
    for found in (names, fixed):
        if not isinstance(found, list) or len(set(map(str, found))) != len(found):
            raise VocabularyError("editable.toml: expected lists of different names")
        for name in found:
            if not isinstance(name, str) or not vocabulary.has_list(name) or name not in (names or ()):
                raise VocabularyError(f"editable.toml: there is no list {name!r}")
    return EditableLists(tuple(names or ()), frozenset(fixed or ()))
