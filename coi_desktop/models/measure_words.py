"""Words of tables with measurements and of questionnaires (``resources/catalogue/measure_words.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from coi_desktop.models.measure_mapping import MEASURED
from coi_desktop.models.strict_tables import CatalogueError, StrictTable
from coi_desktop.models.table_headers import fold_heading, squeeze

FILE = "catalogue/measure_words.toml"

HEADINGS = (*MEASURED, "key", "round")
PERSONAL = ("cpr", "name", "mail", "phone")
_ANSWERS = ("left_out", "before", "after")
#: Stands between the two parts of a heading that stood in two rows.
JOINED = " · "
#: So many answers a scale has, from the lowest to the highest.
SCALE_LENGTH = 5


@dataclass(frozen=True)
class MeasureWords:
    """Folded and squeezed words: what headings mean, which columns are personal, answers, and scales."""

    headings: Mapping[str, str]
    personal: Mapping[str, str]
    answers: Mapping[str, str]
    scales: tuple[tuple[str, ...], ...]

    @cached_property
    def known_headings(self) -> frozenset[str]:
        """Headings that help to find the row they stand in; "Mail" may as well be an answer."""
        return frozenset((*self.headings, *(word for word, kind in self.personal.items() if kind == "cpr")))

    def meaning(self, heading: str) -> str:
        """What a heading means, a name of HEADINGS; empty where it is not known.

        Of a heading that stood in two rows each is looked up.
        """
        return _first(self.headings, heading)

    def personal_kind(self, heading: str) -> str:
        """What kind of personal column a heading promises, a name of PERSONAL, or nothing."""
        return _first(self.personal, heading)

    def answer(self, text: str) -> str:
        """What an answer says whatever was asked: ``left_out``, ``before`` or ``after``, or nothing."""
        return self.answers.get(folded(text), "")

    def is_answer(self, text: str) -> bool:
        """Whether a text is a step of a scale, or an answer to whatever was asked."""
        word = folded(text)
        return word in self.answers or any(word in scale for scale in self.scales)

    def steps(self, texts: frozenset[str]) -> Mapping[str, int]:
        """The place from 1 of each of these folded answers on the scale that has them all; empty where none
        has.
        """
        for scale in self.scales:
            if texts and texts <= set(scale):
                return {text: scale.index(text) + 1 for text in texts}
        return {}


def _first(by_word: Mapping[str, str], heading: str) -> str:
    parts = (heading, *heading.split(JOINED))
    return next((by_word[word] for word in map(folded, parts) if word in by_word), "")


def folded(text: str) -> str:
    """A heading or answer as it is looked up."""
    return squeeze(fold_heading(text))


def parse_measure_words(values: object) -> MeasureWords:
    """The words from parsed TOML. CatalogueError names what is not right, and a word that stands twice."""
    table = StrictTable(FILE, values, ("headings", "personal", "answers", "scales"))
    headings = _by_word(table.table("headings", HEADINGS), HEADINGS)
    personal = _by_word(table.table("personal", PERSONAL), PERSONAL)
    twice = sorted(set(headings) & set(personal))
    if twice:
        raise CatalogueError(f"{FILE}: {twice[0]!r} stands under headings and under personal")
    return MeasureWords(
        headings, personal, _by_word(table.table("answers", _ANSWERS), _ANSWERS), _scales(values)
    )


def _by_word(table: StrictTable, names: tuple[str, ...]) -> Mapping[str, str]:
    by_word: dict[str, str] = {}
    for name in names:
        for text in table.texts(name):
            if by_word.setdefault(folded(text), name) != name:
                raise CatalogueError(f"{table.place}: {text!r} stands twice")
    return MappingProxyType(by_word)


def _scales(values: Any) -> tuple[tuple[str, ...], ...]:
    table = StrictTable(f"{FILE} [scales]", values["scales"], values["scales"])
    scales = []
    for name in values["scales"]:
        scale = tuple(map(folded, table.texts(name)))
        if len(set(scale)) != SCALE_LENGTH:
            raise table.wrong(name, f"{SCALE_LENGTH} different answers")
        scales.append(scale)
    return tuple(scales)
