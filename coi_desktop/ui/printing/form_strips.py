"""Forms on paper: boxes with room to write, and answers with a box to tick before each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from PySide6.QtGui import QFontMetricsF

from coi_desktop.models.printout import PrintBox, PrintForm, PrintOption
from coi_desktop.ui.printing.strips import Cell, Strip

#: Points: within a frame at the sides and above, between a box to tick and its answer, between answers.
_SIDE, _ABOVE, _AFTER_BOX, _BETWEEN = 5.0, 3.0, 4.0, 12.0
#: The size of a box to tick, as a part of a line.
BOX_SHARE = 0.72


class Measures(Protocol):
    """What a layout knows of its device: a point and the width of a page in pixels, and how texts break."""

    point: float
    width: float
    metrics: dict[str, QFontMetricsF]

    def wrap(self, text: str, font: str, width: float) -> tuple[str, ...]:
        """The lines of a text."""
        ...


class FormStrips:
    """The rows of a form as strips of a layout."""

    def __init__(self, layout: Measures, form: PrintForm) -> None:
        self._layout = layout
        self._form = form
        self._point = layout.point
        places = [sum(form.shares[:place]) * layout.width for place in range(len(form.shares))]
        widths = [share * layout.width for share in form.shares]
        self._frames = tuple(zip(places, widths, strict=True))

    def iter_strips(self) -> Iterator[Strip]:
        """The headings, then a strip a row; headings are repeated where a page begins."""
        head = None
        if self._form.headings:
            texts = [PrintBox(text) for text in self._form.headings]
            head = self._strip(texts, "head", keeps=True)
            yield head
        for row in self._form.rows:
            yield self._strip(row, "text", head=head)
        yield Strip((), "text", after=4 * self._point)

    def _strip(
        self, row: Sequence[PrintBox], font: str, *, keeps: bool = False, head: Strip | None = None
    ) -> Strip:
        cells: list[Cell] = []
        least = 1
        side = _SIDE * self._point
        for box, (x, width) in zip(row, self._frames, strict=True):
            inner = width - 2 * side
            lines = self._layout.wrap(box.text, font, inner) if box.text else ()
            if lines:
                cells.append(Cell(x + side, inner, lines))
            options = list(self._options(box.options, x + side, inner, len(lines)))
            cells += options
            used = max([len(lines), *(cell.first + len(cell.lines) for cell in options)])
            least = max(least, used, box.room)
        above = _ABOVE * self._point
        return Strip(
            tuple(cells), font, above, above, keeps=keeps, head=head, least=least, frames=self._frames
        )

    def _options(
        self, options: Sequence[PrintOption], left: float, room: float, first: int
    ) -> Iterator[Cell]:
        """The answers beside each other as far as there is room, one too long for it on several lines."""
        metrics = self._layout.metrics["text"]
        box = metrics.lineSpacing() * BOX_SHARE + _AFTER_BOX * self._point
        between = _BETWEEN * self._point
        x, line = 0.0, first
        for option in options:
            width = box + metrics.horizontalAdvance(option.text)
            if x > 0 and x + width > room:
                x, line = 0.0, line + 1
            lines = self._layout.wrap(option.text, "text", room - box)
            yield Cell(left + x + box, room - box, lines, first=line, mark=option.mark)
            if len(lines) > 1:
                x, line = 0.0, line + len(lines)
            else:
                x += width + between
