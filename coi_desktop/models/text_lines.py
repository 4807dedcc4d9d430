"""Texts broken into lines by measured widths, words that are too long broken within."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.models.folding import clean_line

#: A text is shown this far; no box has room for more.
LONGEST = 400

Width = Callable[[str], float]


def break_lines(text: str, room: float, width: Width) -> list[str]:
    """The first ``LONGEST`` letters of ``text`` in lines no wider than ``room``: at least one line, at least
    one letter on each.

    ``width`` measures a text in the unit of ``room``.
    """
    lines: list[str] = []
    line = ""
    text = clean_line(text[: 2 * LONGEST])
    for word in (text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…").split():
        longer = f"{line} {word}" if line else word
        if width(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, room, width)
        lines += full
    return [*lines, line] if line or not lines else lines


def _pieces(word: str, room: float, width: Width) -> list[str]:
    """A word in pieces that fit, each as long as it can be."""
    found = []
    while word and width(word) > room:
        shortest, longest = 1, len(word)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            if width(word[:middle]) <= room:
                shortest = middle
            else:
                longest = middle - 1
        if shortest == len(word):
            break
        found.append(word[:shortest])
        word = word[shortest:]
    return [*found, word]
