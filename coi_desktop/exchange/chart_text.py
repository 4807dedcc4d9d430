"""Texts in charts: measured, wrapped and cut, so that no text of a user breaks or covers a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from coi_desktop.models.folding import clean_line

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

ELLIPSIS = "…"
NO_LETTER = "□"

#: A text is looked at this far; no chart has room for more.
_LONGEST = 400

#: So many measured lines are remembered.
_MOST_WIDTHS = 8_192

#: Marks above and below one letter; more only cover what stands beside.
_MOST_MARKS = 2


class TextMeasure:
    """Widths of texts in the pixels of one picture (at ratio 1)."""

    def __init__(self, canvas: FigureCanvasAgg, family: str) -> None:
        self._family = family
        self._dpi = float(canvas.figure.dpi)
        self._letters = letters_of(family)
        self._scale = 100.0 / self._dpi

    def plain(self, text: str) -> str:
        """A text as the font can draw it: what it has no letter for becomes a box."""
        text = plain(text)
        if text.isascii():
            return text
        return "".join(letter if ord(letter) in self._letters else NO_LETTER for letter in text)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of one line of text in letters of ``size`` points."""
        return _width(text, self._family, size, bold, self._dpi) * self._scale

    def wrap(self, text: str, room: float, size: float, *, lines: int = 1, bold: bool = False) -> list[str]:
        """``text`` in at most so many lines that fit into ``room``; what is left over ends in an ellipsis."""
        found: list[str] = []
        line = ""
        for word in self.plain(text).split(" "):
            longer = f"{line} {word}" if line else word
            if not line or self.width(longer, size, bold=bold) <= room:
                line = longer
                continue
            found.append(line)
            line = word
            if len(found) == lines:
                found[-1] = f"{found[-1]} {ELLIPSIS}"
                line = ""
                break
        if line:
            found.append(line)
        return [self.cut(one, room, size, bold=bold) for one in found]

    def cut(self, text: str, room: float, size: float, *, bold: bool = False) -> str:
        """``text`` on one line, cut so that it fits into ``room``."""
        text = self.plain(text)
        if self.width(text, size, bold=bold) <= room:
            return text
        shortest, longest = 0, len(text)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            if self.width(text[:middle].rstrip() + ELLIPSIS, size, bold=bold) <= room:
                shortest = middle
            else:
                longest = middle - 1
        return text[:shortest].rstrip(f" {ELLIPSIS}") + ELLIPSIS

    def widest(self, texts: Iterable[str], size: float, *, bold: bool = False) -> float:
        """The width of the widest text; 0 for none."""
        return max((self.width(self.plain(text), size, bold=bold) for text in texts), default=0.0)


@lru_cache(maxsize=_MOST_WIDTHS)
def _width(text: str, family: str, size: float, bold: bool, dpi: float) -> float:
    """The width of a line in dots. Measuring takes half a millisecond, and a chart drawn again asks anew."""
    from matplotlib.font_manager import FontProperties

    font = FontProperties(family=family, size=size, weight="bold" if bold else "normal")
    width, _height, _descent = _renderer(dpi).get_text_width_height_descent(text, font, False)
    return float(width)


@cache
def _renderer(dpi: float) -> Any:
    """Measures texts as any picture of so many dots an inch does."""
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, dpi)  # type: ignore[no-untyped-call]


@cache
def letters_of(family: str) -> frozenset[int]:
    """The code points a font has letters for."""
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont(family)).get_charmap())


def plain(text: str) -> str:
    """A text of a user as a chart can hold it: one line, no control characters, few marks a letter, cut."""
    text = clean_line(text[: 4 * _LONGEST])
    if not text.isascii():
        text = _without_towers(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + ELLIPSIS


def _without_towers(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        # Letters of other planes are seldom in the font and never needed; private ones mean nothing here.
        if marks <= _MOST_MARKS and unicodedata.category(letter) not in ("Cn", "Co", "Cs", "Cf"):
            kept.append(letter)
    return "".join(kept)
