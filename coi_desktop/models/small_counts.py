"""Counts of fewer people than may be shown, found in tables that somebody typed or attached.

In results the program keeps such counts back by itself; in tables of others it can only tell of them. The
rule is that of the small-count threshold (``models.suppression.SMALLEST_COUNT``): one to four people may be
recognised. What counts people is told by words (``resources/catalogue/small_counts.toml``), so a finding is a
hint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from coi_desktop.models.folding import fold
from coi_desktop.models.strict_tables import StrictTable
from coi_desktop.models.suppression import SMALLEST_COUNT

FILE = "catalogue/small_counts.toml"

#: Letters from which on a word may be the end of a longer one.
_LONG_ENOUGH = 5
_NUMBER = re.compile(r"\s*([0-9]{1,4})(?:[.,]0{1,2})?\s*")
_SCALE = re.compile(r"[0-9] ?[-–] ?[0-9]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class CountWords:
    """Folded words: those who are counted, headings of counts, and what makes a number no count."""

    people: frozenset[str]
    counts: frozenset[str]
    other: frozenset[str]

    def speaks_of_people(self, text: str) -> bool:
        """Whether a heading or label names people who may be counted."""
        return any(
            word in self.people or any(_ends_in(word, one) for one in self.people) for word in _words(text)
        )

    def is_no_count(self, text: str) -> bool:
        """Whether a heading, label or unit tells of a share, an average, a scale, time, money or age."""
        return "%" in text or _SCALE.search(text) is not None or not self.other.isdisjoint(_words(text))

    def is_count(self, text: str) -> bool:
        """Whether a heading says that numbers stand below it, without saying of what."""
        return " ".join(_words(text)) in self.counts

    def counts_people(self, *texts: str) -> bool:
        """Whether a number described by these texts counts people."""
        return any(map(self.speaks_of_people, texts)) and not any(map(self.is_no_count, texts))


def is_small(text: str, smallest: int = SMALLEST_COUNT) -> bool:
    """Whether a cell holds a whole number of at least one and below ``smallest``."""
    found = _NUMBER.fullmatch(text)
    return found is not None and 0 < int(found[1]) < smallest


def _ends_in(word: str, ending: str) -> bool:
    return len(ending) >= _LONG_ENOUGH and len(word) > len(ending) and word.endswith(ending)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@dataclass
class TableCounts:
    """Looks through one table cell by cell, row after row, and tells which cells hold a small count.

    The first row with two texts and no number holds the headings; what stands above them tells what the table
    is about.
    """

    words: CountWords
    smallest: int = SMALLEST_COUNT
    topic: str = ""
    _headings: dict[int, str] = field(default_factory=dict)

    def find(self, cells: Mapping[int, str]) -> tuple[int, ...]:
        """The columns of this row, given by column, that hold a small count."""
        filled = {column: text for column, text in cells.items() if text.strip()}
        texts = {column: text for column, text in filled.items() if _NUMBER.fullmatch(text) is None}
        if not self._headings:
            if len(texts) > 1 and len(texts) == len(filled):
                self._headings = texts
                self.topic = " ".join((self.topic, *texts.values()))
            elif texts and len(texts) == len(filled):
                self.topic = " ".join((self.topic, *texts.values()))
                return ()
        label = next(iter(texts.values()), "")
        return tuple(
            column
            for column, text in filled.items()
            if is_small(text, self.smallest) and self._counts_people(self._headings.get(column, ""), label)
        )

    def _counts_people(self, heading: str, label: str) -> bool:
        words = self.words
        if words.is_no_count(heading):
            return False
        if words.speaks_of_people(heading):
            return True
        if words.is_no_count(label):
            return False
        return words.speaks_of_people(label) or (
            words.is_count(heading) and words.speaks_of_people(self.topic)
        )


def parse_count_words(values: object) -> CountWords:
    """The words from parsed TOML. CatalogueError names what is not right."""
    table = StrictTable(FILE, values, ("people", "counts", "other"))

    def folded(name: str) -> frozenset[str]:
        return frozenset(" ".join(_words(one)) for one in table.texts(name))

    return CountWords(folded("people"), folded("counts"), folded("other"))
