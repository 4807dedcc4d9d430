"""The words of strangers' lists: which headings mean which field, which entries mean which choice.

Read from ``resources/catalogue/headings.toml`` and ``choice_synonyms.toml``; the labels of the fields and the
words of the value lists are always known too, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from coi_desktop.i18n import LANGUAGES
from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.own_fields import is_own
from coi_desktop.models.table_headers import fold_heading, squeeze
from coi_desktop.models.vocabulary import Vocabulary

#: Fields of an initiative that the program keeps for itself and no list may set.
NOT_IMPORTED = frozenset(("number", "status_since", "phase_since", "external_source", "created", "updated"))

#: The fields that one column about the state of things may speak about together.
STATE_FIELDS = ("status", "phase", "stage")

KeysByField = Mapping[str, str]


class ImportWordsError(ValueError):
    """A mistake in the files of words; the text names the file and the place."""


@dataclass(frozen=True)
class ImportWords:
    """All known words, folded as ``fold_heading`` does.

    ``headings`` gives for every field its headings, the best first; ``choices`` for every value list the key
    of every word; ``states`` the keys, by field, of words of status columns that say several things at once.
    ``other_measures`` and ``other_signs`` say in a heading that its amounts are not in whole kroner.
    """

    headings: Mapping[str, tuple[str, ...]]
    unfitting: frozenset[str]
    totals: frozenset[str]
    other_measures: frozenset[str]
    other_signs: frozenset[str]
    choices: Mapping[str, Mapping[str, str]]
    states: Mapping[str, KeysByField]

    @cached_property
    def known_headings(self) -> frozenset[str]:
        """Every known heading, squeezed, for finding the row of headings."""
        return frozenset(squeeze(heading) for headings in self.headings.values() for heading in headings)

    def find_keys(self, field: FieldSpec, text: str) -> KeysByField:
        """The keys that an entry stands for, by field; empty when the word is not known.

        Usually one key of the field itself. A column of one of the STATE_FIELDS may use a word that says
        more, or a word of one of the others (a status column that says ``Idé``).
        """
        folded = fold_heading(text)
        if not folded:
            return {}
        key = self.choices[field.values].get(folded)
        if field.name not in STATE_FIELDS:
            return {} if key is None else {field.name: key}
        state = self.states.get(folded)
        if state is not None:
            return state if key is None else {**state, field.name: key}
        if key is not None:
            return {field.name: key}
        for name in STATE_FIELDS:
            key = self.choices[_STATE_LISTS[name]].get(folded)
            if key is not None:
                return {name: key}
        return {}


_STATE_LISTS = {"status": "initiative.status", "phase": "initiative.phase", "stage": "stage"}


def importable_fields(record_type: RecordType) -> tuple[FieldSpec, ...]:
    """The fields a column can be mapped to."""
    return tuple(field for field in record_type.fields if field.name not in NOT_IMPORTED)


def parse_import_words(
    headings: Mapping[str, Any],
    synonyms: Mapping[str, Any],
    record_type: RecordType,
    vocabulary: Vocabulary,
    delivered: Vocabulary | None = None,
) -> ImportWords:
    """The words from the two parsed files, and those of a unit's own fields and choices in ``vocabulary``.

    ``delivered`` holds the words as delivered, where they are not the same. The unit's own words come before
    the files' where both know one; choices no longer offered are known by their own words only.

    Raises ImportWordsError, naming file and place, for unknown sections, fields, lists and keys, for anything
    but lists of texts, and for a word that stands twice.
    """
    _check_sections("headings.toml", headings, {"fields", "unfitting", "totals", "other_measures"})
    fields = {field.name: field for field in importable_fields(record_type)}
    by_field = _parse_headings(headings["fields"], fields)
    lists = {field.values for field in fields.values() if field.kind in (Kind.CHOICE, Kind.CHOICES)}
    _check_sections("choice_synonyms.toml", synonyms, lists | {"states"}, required=False)
    choices = {
        name: _parse_choices(name, synonyms.get(name, {}), vocabulary, delivered or vocabulary)
        for name in sorted(lists)
    }
    return ImportWords(
        by_field,
        frozenset(_texts("headings.toml: [unfitting] words", headings["unfitting"].get("words"))),
        frozenset(_texts("headings.toml: [totals] words", headings["totals"].get("words"))),
        frozenset(_texts("headings.toml: [other_measures] words", headings["other_measures"].get("words"))),
        frozenset(_signs("headings.toml: [other_measures] signs", headings["other_measures"].get("signs"))),
        MappingProxyType(choices),
        _parse_states(synonyms.get("states", {}), vocabulary),
    )


def _check_sections(file: str, found: Mapping[str, Any], known: set[str], *, required: bool = True) -> None:
    unknown = sorted(set(found) - known)
    if unknown:
        raise ImportWordsError(f"{file}: unknown section [{unknown[0]}]")
    missing = sorted(known - set(found)) if required else []
    if missing:
        raise ImportWordsError(f"{file}: section [{missing[0]}] is missing")
    for name, section in found.items():
        if not isinstance(section, Mapping):
            raise ImportWordsError(f"{file}: [{name}] is not a table")


def _texts(place: str, value: object) -> Iterator[str]:
    """The folded texts of a list, each told once."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ImportWordsError(f"{place}: expected a list of texts")
    seen: set[str] = set()
    for text in value:
        folded = fold_heading(text)
        if not folded or folded in seen:
            raise ImportWordsError(f"{place}: {text!r} is empty or stands twice")
        seen.add(folded)
        yield folded


def _signs(place: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(sign, str) and len(sign) == 1 for sign in value):
        raise ImportWordsError(f"{place}: expected a list of single signs")
    return value


def _parse_headings(
    section: Mapping[str, Any], fields: Mapping[str, FieldSpec]
) -> Mapping[str, tuple[str, ...]]:
    by_field: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    own = {squeeze(label) for field in fields.values() if is_own(field.name) for label in _labels(field)}
    for name, texts in section.items():
        place = f"headings.toml: [fields] {name}"
        if name not in fields:
            raise ImportWordsError(f"{place}: no such field")
        by_field[name] = tuple(text for text in _texts(place, texts) if squeeze(text) not in own)
        for text in by_field[name]:
            if squeeze(text) in owner:
                raise ImportWordsError(f"{place}: {text!r} stands for {owner[squeeze(text)]} already")
            owner[squeeze(text)] = name
    for field in fields.values():
        extra = [label for label in _labels(field) if squeeze(label) not in owner]
        owner.update(dict.fromkeys(map(squeeze, extra), field.name))
        by_field[field.name] = (*by_field.get(field.name, ()), *extra)
    return MappingProxyType(by_field)


def _labels(field: FieldSpec) -> list[str]:
    """The folded names of a field in all languages, each once."""
    return list(dict.fromkeys(fold_heading(field.label(language)) for language in LANGUAGES))


def _parse_choices(
    name: str, section: Mapping[str, Any], vocabulary: Vocabulary, delivered: Vocabulary
) -> Mapping[str, str]:
    words = _own_words(vocabulary, name)
    as_delivered = _own_words(delivered, name) if section else {}
    of_unit = {text for text, key in words.items() if as_delivered.get(text) != key}
    for key, texts in section.items():
        place = f"choice_synonyms.toml: [{name}] {key}"
        if not vocabulary.has(name, key):
            raise ImportWordsError(f"{place}: no such key")
        for text in _texts(place, texts):
            if not vocabulary.is_offered(name, key) or text in of_unit:
                continue
            if words.get(text, key) != key:
                raise ImportWordsError(f"{place}: {text!r} stands for {words[text]} already")
            words[text] = key
    return MappingProxyType(words)


def _own_words(vocabulary: Vocabulary, name: str) -> dict[str, str]:
    """The keys of a list by their folded selves and words."""
    words: dict[str, str] = {}
    offered = vocabulary.keys(name)
    retired = [key for key in vocabulary.known_keys(name) if key not in offered]
    for key in (*retired, *offered):  # where two share a word, it is that of the one that is offered
        words[fold_heading(key)] = key
        for language in LANGUAGES:
            words[fold_heading(vocabulary.label(name, key, language))] = key
    return words


def _parse_states(section: Mapping[str, Any], vocabulary: Vocabulary) -> Mapping[str, KeysByField]:
    states: dict[str, KeysByField] = {}
    for text, keys in section.items():
        place = f"choice_synonyms.toml: [states] {text!r}"
        folded = fold_heading(text)
        if folded in states or not isinstance(keys, Mapping) or not keys:
            raise ImportWordsError(f"{place}: stands twice or says nothing")
        for name, key in keys.items():
            if name not in STATE_FIELDS or not vocabulary.has(_STATE_LISTS[name], key):
                raise ImportWordsError(f"{place}: no such field or key: {name} = {key!r}")
        offered = {name: key for name, key in keys.items() if vocabulary.is_offered(_STATE_LISTS[name], key)}
        if offered:
            states[folded] = MappingProxyType(offered)
    return MappingProxyType(states)
