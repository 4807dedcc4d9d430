"""Titles that are nearly the same, found without comparing every title with every other.

Two titles are alike when they agree in their folded letters to nine tenths and name the same figures: "Robot
1" and "Robot 2" are two things. Candidates share a word that is not everybody's, or the beginning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from coi_desktop.models.folding import words

LEAST_LIKENESS = 0.9

_FIGURES = re.compile(r"[0-9]+")
_SHORTEST_WORD = 3
_BEGINNING = 5
_MOST_CANDIDATES = 60


class Titles:
    """Titles with their keys, to be asked which of them look like another."""

    def __init__(self, titles: Iterable[tuple[str, str]]) -> None:
        """``titles`` are pairs of key and title."""
        self._folded: dict[str, str] = {}
        self._by_part: dict[str, list[str]] = defaultdict(list)
        for key, title in titles:
            folded = fold_title(title)
            if folded:
                self._folded[key] = folded
                for part in _parts(folded):
                    self._by_part[part].append(key)

    def find_like(self, title: str) -> list[str]:
        """Keys of the titles that look like ``title``, the most alike first."""
        folded = fold_title(title)
        figures = _FIGURES.findall(folded)
        found: list[tuple[float, str]] = []
        for key in self._candidates(folded):
            other = self._folded[key]
            if _FIGURES.findall(other) == figures:
                likeness = likeness_of(folded, other)
                if likeness >= LEAST_LIKENESS:
                    found.append((-likeness, key))
        return [key for _, key in sorted(found)]

    def _candidates(self, folded: str) -> list[str]:
        """Keys that share parts with a title, those that share most and rarest parts first, not too many."""
        merits: dict[str, float] = defaultdict(float)
        for part in _parts(folded):
            keys = self._by_part.get(part, ())
            for key in keys:
                merits[key] += 1 / len(keys)
        return sorted(merits, key=lambda key: -merits[key])[:_MOST_CANDIDATES]


def fold_title(title: str) -> str:
    """A title as it is compared: its words folded, without signs."""
    return " ".join(words(title))


def likeness_of(first: str, second: str) -> float:
    """How alike two folded titles are, 0–1 (Ratcliff and Obershelp's ratio)."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < LEAST_LIKENESS or matcher.quick_ratio() < LEAST_LIKENESS:
        return 0.0
    return matcher.ratio()


def _parts(folded: str) -> set[str]:
    parts = {word for word in folded.split() if len(word) >= _SHORTEST_WORD}
    parts.add("^" + folded.replace(" ", "")[:_BEGINNING])
    return parts
