"""Puts a printout on pages: texts broken into lines, columns fitted, heads of tables repeated, nothing cut.

Everything is measured for one device, in its pixels. A strip is what stands across the page at one height;
pages break between strips, and through one only where it is higher than a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QTextLayout,
    QTextOption,
)

from coi_desktop.models.printout import Printout, PrintSection, PrintTable
from coi_desktop.models.progress import Job, Progress
from coi_desktop.ui.printing.form_strips import FormStrips
from coi_desktop.ui.printing.strips import Cell, Page, Placed, Strip, lines_of

#: Sizes of the fonts in points, by what they are for.
SIZES = {"title": 16.0, "heading": 11.5, "text": 9.5, "label": 9.5, "group": 9.5, "head": 9.0, "foot": 8.0}
#: How much larger everything is on larger paper.
SCALES = {"A4": 1.0, "A3": 1.4142}
_PAPERS = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}
_BOLD = ("title", "heading", "group", "head")
MARGIN = 42.0  # points around the page
#: No more rows than this decide how wide the columns are.
_SAMPLE = 400
_STEP = 40
_LABEL_SHARE = 0.27
_FEWEST_LINES = 2
#: Points between columns.
_GAP = 8.0
#: Tables of so few columns never turn the paper; their texts are broken instead.
MOST_UPRIGHT = 3


class PageLayout:
    """A printout on the pages of a device; ``pages`` are there when ``lay_out`` has ended."""

    def __init__(self, printout: Printout, device: QPagedPaintDevice, family: str) -> None:
        self.printout = printout
        self.pages: list[Page] = []
        self._device = device
        self.point = device.logicalDpiY() / 72 * SCALES[printout.paper]
        self.fonts = {name: self._make_font(name, family, SCALES[printout.paper]) for name in SIZES}
        self.metrics = {name: QFontMetricsF(font, device) for name, font in self.fonts.items()}
        room = device.pageLayout().paintRectPixels(device.logicalDpiX())
        self.width, self.height = float(room.width()), float(room.height())
        foot_lines = 2 if printout.foot else 1
        self.foot_height = foot_lines * self.metrics["foot"].lineSpacing() + 8 * self.point
        self._y = 0.0
        self._waiting: list[Strip] = []

    @property
    def foot(self) -> QRectF:
        """Where the line at the foot of each page stands."""
        line = self.metrics["foot"].lineSpacing()
        return QRectF(0, self.height - line, self.width, line)

    def strip_height(self, strip: Strip) -> float:
        """The height of a strip with the room around it."""
        return strip.before + strip.lines * self.metrics[strip.font].lineSpacing() + strip.after

    def lay_out(self) -> Job[None]:
        """Fill the pages; a job over the strips."""
        self.pages, self._y, self._waiting = [[]], 0.0, []
        total = sum(
            len(section.table.rows) if section.table is not None else len(section.facts)
            for section in self.printout.sections
        )
        for done, strip in enumerate(self._strips()):
            self._take(strip)
            if done % _STEP == 0:
                yield Progress(min(done, total), total)
        self._let_go()

    @staticmethod
    def _make_font(name: str, family: str, scale: float) -> QFont:
        font = QFont(family)
        font.setPointSizeF(SIZES[name] * scale)
        font.setBold(name in _BOLD)
        font.setFeature(QFont.Tag("liga"), 0)  # who searches a PDF for "fire" is to find it
        return font

    # Strips

    def _strips(self) -> Iterator[Strip]:
        point = self.point
        yield self._line(self.printout.title, "title", after=4 * point, keeps=True)
        for line in self.printout.lines:
            yield self._line(line, "text", after=1 * point, keeps=True)
        for section in self.printout.sections:
            if section.heading:
                head = self._line(section.heading, "heading", before=14 * point, after=3 * point, keeps=True)
                yield replace(head, is_first=section.is_first)
            if section.note:
                yield self._line(section.note, "foot", after=2 * point, keeps=True)
            yield from self._facts(section)
            if section.form is not None:
                yield from FormStrips(self, section.form).iter_strips()
            if section.table is not None:
                yield from self._table(section.table)

    def _line(
        self, text: str, font: str, *, before: float = 0.0, after: float = 0.0, keeps: bool = False
    ) -> Strip:
        cell = Cell(0, self.width, self.wrap(text, font, self.width))
        return Strip((cell,), font, before, after, keeps=keeps)

    def _facts(self, section: PrintSection) -> Iterator[Strip]:
        left, gap = self.width * _LABEL_SHARE, 8 * self.point
        for label, value in section.facts:
            cells = (
                Cell(0, left - gap, self.wrap(label, "label", left - gap)),
                Cell(left, self.width - left, self.wrap(value, "text", self.width - left)),
            )
            yield Strip(cells, "text", 2 * self.point, 2 * self.point, is_ruled=True)

    def _table(self, table: PrintTable) -> Iterator[Strip]:
        gap = _GAP * self.point
        widths = self.column_widths(table, self.width - gap * (len(table.columns) - 1))
        places = [sum(widths[:place]) + gap * place for place in range(len(widths))]
        right = [column.is_figures for column in table.columns]

        def cells(texts: Sequence[str], font: str) -> tuple[Cell, ...]:
            return tuple(
                Cell(x, width, self.wrap(text, font, width), at_right)
                for x, width, text, at_right in zip(places, widths, texts, right, strict=True)
            )

        point = self.point
        headings = [column.heading for column in table.columns]
        head = Strip(cells(headings, "head"), "head", 8 * point, 3 * point, is_ruled=True, keeps=True)
        yield head
        again = replace(head, before=0.0)
        for row in table.rows:
            if row.group:
                lines = self.wrap(row.group, "group", self.width)
                yield Strip((Cell(0, self.width, lines),), "group", 9 * point, 3 * point, True, True, again)
            yield Strip(cells(row.cells, "text"), "text", 2 * point, 2 * point, True, False, again)

    def column_widths(self, table: PrintTable, room: float) -> list[float]:
        """As wide as the texts, as far as there is room; the widest columns give way first, and what room is
        left over is shared among those that would wrap least of all: the ones with texts.
        """
        wanted = self.wanted_widths(table)
        if sum(wanted) <= room:
            spare = (room - sum(wanted)) / max(1, sum(not column.is_figures for column in table.columns))
            return [
                width if column.is_figures else width + spare
                for width, column in zip(wanted, table.columns, strict=True)
            ]
        low, high = 0.0, max(wanted)
        for _halving in range(40):
            most = (low + high) / 2
            low, high = (most, high) if sum(min(width, most) for width in wanted) <= room else (low, most)
        return [min(width, low) for width in wanted]

    def wanted_widths(self, table: PrintTable) -> list[float]:
        """The widths at which no text of the first rows would be broken, but for long ones."""
        most = self.width * 0.6
        head, text = self.metrics["head"], self.metrics["text"]
        widths = [head.horizontalAdvance(column.heading) for column in table.columns]
        step = max(1, len(table.rows) // _SAMPLE)
        for row in table.rows[::step]:
            for place, cell in enumerate(row.cells):
                longest = max(cell.splitlines(), key=len, default="")
                widths[place] = max(widths[place], min(text.horizontalAdvance(longest[:200]), most))
        return [width + 2 * self.point for width in widths]

    def wrap(self, text: str, font: str, width: float) -> tuple[str, ...]:
        """The lines of a text: its own, broken between words, or anywhere where a word is too long."""
        metrics = self.metrics[font]
        if "\n" not in text and len(text) < 200 and metrics.horizontalAdvance(text) <= width:
            return (text,)
        lines: list[str] = []
        for paragraph in text.splitlines() or [""]:
            lines += self._break(paragraph, font, width) if paragraph else [""]
        return tuple(lines)

    def _break(self, paragraph: str, font: str, width: float) -> Iterator[str]:
        layout = QTextLayout(paragraph, self.fonts[font], self._device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        units = paragraph.encode("utf-16-le")  # Qt counts in these
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, length = line.textStart(), line.textLength()
            yield units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").rstrip()
        layout.endLayout()

    # Pages

    @property
    def _bottom(self) -> float:
        return self.height - self.foot_height

    def _take(self, strip: Strip) -> None:
        """Place a strip with those that wait for it."""
        self._waiting.append(strip)
        if not strip.keeps:
            self._let_go()

    def _let_go(self) -> None:
        strips, self._waiting = self._waiting, []
        if not strips:
            return
        last = strips[-1]
        line = self.metrics[last.font].lineSpacing()
        least = last.before + min(last.lines, _FEWEST_LINES) * line
        is_high = self.strip_height(last) > self._bottom / 2
        needed = sum(map(self.strip_height, strips[:-1])) + (least if is_high else self.strip_height(last))
        if self._y > 0 and (strips[0].is_first or self._y + needed > self._bottom):
            self._turn(strips[0].head)
        for strip in strips:
            self._place(strip)

    def _turn(self, head: Strip | None) -> None:
        """Begin a page, with the head of the table that goes on there."""
        self.pages.append([])
        self._y = 0.0
        if head is not None:
            self._put(head)

    def _place(self, strip: Strip) -> None:
        while self._y + self.strip_height(strip) > self._bottom:
            room = self._bottom - self._y - strip.before - strip.after
            fits = max(int(room / self.metrics[strip.font].lineSpacing()), 0)
            if not fits:
                if self._is_fresh():
                    break  # a page that holds not even a line: paper of a few centimetres
                self._turn(strip.head)
                continue
            if fits >= strip.lines:
                break
            self._put(lines_of(strip, 0, fits))
            strip = replace(lines_of(strip, fits, strip.lines), before=0.0)
            self._turn(strip.head)
        self._put(strip)

    def _is_fresh(self) -> bool:
        return all(placed.strip.font == "head" for placed in self.pages[-1])

    def _put(self, strip: Strip) -> None:
        if not self.pages[-1] and not strip.frames:
            strip = replace(strip, before=0.0)
        self.pages[-1].append(Placed(self._y, strip))
        self._y += self.strip_height(strip)


def is_wide(printout: Printout, device: QPagedPaintDevice, family: str) -> bool:
    """Whether the paper lies: as the printout says, else when it is a list that has more to say than goes
    across an upright page.
    """
    if printout.is_wide is not None:
        return printout.is_wide
    layout = PageLayout(printout, device, family)
    table = printout.sections[0].table if len(printout.sections) == 1 else None
    if table is None or len(table.columns) <= MOST_UPRIGHT:
        return False
    gaps = _GAP * layout.point * (len(table.columns) - 1)
    return sum(layout.wanted_widths(table)) + gaps > layout.width


def set_page(device: QPagedPaintDevice, *, wide: bool, paper: str = "A4") -> None:
    """A4 or A3, upright or lying."""
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    device.setPageLayout(QPageLayout(QPageSize(_PAPERS[paper]), orientation, margins))
