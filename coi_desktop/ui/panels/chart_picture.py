"""A chart on screen: drawn off the UI thread in the theme and the screen's pixels, its numbers beside it.

Pages give a ChartPicture a ChartFigure and forget it: it draws when it is seen, again when the theme, its
width or the screen's pixel ratio change, and keeps its last picture until the next one is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.dates import format_date
from coi_desktop.models.text import format_number
from coi_desktop.operations.charts import ChartPicture as DrawnChart
from coi_desktop.operations.charts import draw_all, picture_height
from coi_desktop.ui import export_commands
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

#: A picture narrower than this cannot be read, a wider one only has longer lines.
NARROWEST, WIDEST = 248, 900

#: How long a width has to stay as it is before the chart is drawn for it.
MILLISECONDS_AT_REST = 120

_MOST_ROWS_SHOWN = 8


class Wanted(NamedTuple):
    """What decides how a picture looks: when two are equal nothing needs to be drawn."""

    figure: ChartFigure
    dark: bool
    width: int
    ratio: float


class ChartPicture(QWidget):
    """One chart with its buttons: its numbers as a table, and "Save chart…" (also in the context menu).

    The accessible name is the chart's alternative text. It takes the keyboard like any control.
    """

    def __init__(self, desk: Desk, figure: ChartFigure | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._figure: ChartFigure | None = None
        self._is_drawing = False
        self._drawn: Wanted | None = None
        self.picture = _Picture(desk)
        self._numbers = QWidget()
        self._numbers_column = QVBoxLayout(self._numbers)
        self._numbers_column.setContentsMargins(0, 0, 0, 0)
        self._numbers.hide()
        self._fold = _link(_("Show the numbers"))
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._show_numbers)
        self._save = _link(_("Save chart…"))
        self._save.clicked.connect(self.save)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self._fold)
        buttons.addWidget(self._save)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.picture)
        column.addLayout(buttons)
        column.addWidget(self._numbers)
        self.setMaximumWidth(WIDEST)
        self._rest = QTimer(self, singleShot=True, interval=MILLISECONDS_AT_REST)
        self._rest.timeout.connect(self._draw)
        desk.looks.changed.connect(self._draw)
        if figure is not None:
            self.show_figure(figure)

    @property
    def figure(self) -> ChartFigure | None:
        """The chart that is shown, or will be as soon as it is drawn."""
        return self._figure

    @property
    def is_up_to_date(self) -> bool:
        """Whether the picture on screen is the one that is wanted, and no other is being drawn."""
        return not self._is_drawing and self._drawn is not None and self._drawn == self._wanted()

    def show_figure(self, figure: ChartFigure) -> None:
        """Show this chart from now on; the same one again changes nothing."""
        if figure == self._figure:
            return
        self._figure = figure
        self.picture.stand_for(figure, picture_height(figure))
        self.setAccessibleName(figure.title)
        self._save.setAccessibleName(_("Save the chart “{title}”").format(title=figure.title))
        self._fold.setAccessibleName(_("The numbers of “{title}”").format(title=figure.title))
        if self._fold.isChecked():
            self._show_numbers(True)
        self._draw()

    def save(self) -> None:
        """Ask where and in which format, and write the chart there."""
        if self._figure is not None:
            export_commands.save_chart(self._desk, self._figure)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same by the right mouse button or the menu key."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Save chart…"), self.save)
        menu.addAction(self._fold.text(), self._fold.toggle)
        menu.popup(event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        """A chart is drawn when it is seen."""
        super().showEvent(event)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is drawn for when it has come to rest."""
        super().resizeEvent(event)
        self._rest.start()

    def event(self, event: QEvent) -> bool:
        """Another screen may have other pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._rest.start()
        return super().event(event)

    def _wanted(self) -> Wanted | None:
        if self._figure is None:
            return None
        width = min(max(self.width(), NARROWEST), WIDEST)
        return Wanted(self._figure, self._desk.looks.theme.dark, width, self.devicePixelRatioF())

    def _draw(self) -> None:
        """Have the picture drawn that is wanted now; while one is being drawn, wait for that."""
        wanted = self._wanted()
        if wanted is None or self._is_drawing or not self.isVisible() or wanted == self._drawn:
            return
        self._is_drawing = True
        job = draw_all([wanted.figure], dark=wanted.dark, width=wanted.width, ratio=wanted.ratio)
        self._desk.runner.run(
            Work(
                _("Drawing a chart"),
                job,
                lambda drawn: self._take(wanted, drawn),
                on_cancelled=self._give_up,
                for_sight=True,
            )
        )

    def _take(self, wanted: Wanted, drawn: Sequence[DrawnChart]) -> None:
        if not isValid(self):
            return
        self._is_drawing = False
        self._drawn = wanted
        if wanted.figure == self._figure:
            pixels = QPixmap()
            pixels.loadFromData(drawn[0].png, "PNG")
            pixels.setDevicePixelRatio(drawn[0].ratio)
            self.picture.show_pixels(pixels)
        self._draw()

    def _give_up(self) -> None:
        """Drawing was cancelled: it is tried again when the chart is next seen or changes."""
        if isValid(self):
            self._is_drawing = False
            self.picture.say(_("Not drawn"))

    def _show_numbers(self, shown: bool) -> None:
        while self._numbers_column.count():
            old = self._numbers_column.takeAt(0)
            if old is not None and (target := old.widget()) is not None:
                target.deleteLater()
        if shown and self._figure is not None:
            self._numbers_column.addWidget(make_number_table(self._figure))
        self._numbers.setVisible(shown)
        self._fold.setText(_("Hide the numbers") if shown else _("Show the numbers"))


class ChartPictures(QWidget):
    """Charts one below the other; a chart of the same kind and subject keeps its picture until the new one is
    drawn.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: dict[tuple[str, str], ChartPicture] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    @property
    def pictures(self) -> tuple[ChartPicture, ...]:
        """The charts, from the top."""
        return tuple(self._shown.values())

    def show_figures(self, figures: Sequence[ChartFigure]) -> None:
        """Show these charts and no others."""
        wanted = {(figure.kind.value, figure.subject): figure for figure in figures}
        for key in [key for key in self._shown if key not in wanted]:
            gone = self._shown.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        shown = {key: self._shown.get(key) or ChartPicture(self._desk) for key in wanted}
        for place, (key, picture) in enumerate(shown.items()):
            if self._column.indexOf(picture) != place:
                self._column.insertWidget(place, picture)
            picture.show_figure(wanted[key])
        self._shown = shown


class _Picture(PlainLabel):
    """The picture itself; a label with a picture is a graphic to screen readers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("", tone="muted")
        self._desk = desk
        self._pixels: QPixmap | None = None
        self._height = 0
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(NARROWEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def stand_for(self, figure: ChartFigure, height: int) -> None:
        """Keep the room of this chart; what is shown stays until ``show_pixels``."""
        said = [figure.alt_text, figure.footnote]
        self.setAccessibleName(" ".join(part for part in said if part))
        self._height = height
        self.say(_("Drawing…"))
        self.setFixedHeight(height)

    def say(self, words: str) -> None:
        """Show words where there is no picture yet."""
        if self._pixels is None:
            self.setText(words)

    def show_pixels(self, pixels: QPixmap) -> None:
        """Show a drawn picture."""
        self._pixels = pixels
        self.setPixmap(pixels)

    def sizeHint(self) -> QSize:
        """As high as the chart."""
        return QSize(NARROWEST, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture at its own size; one drawn for another width is fitted in meanwhile."""
        if self._pixels is None:
            super().paintEvent(event)
        else:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._pixels.deviceIndependentSize()
            scale = min(1.0, self.width() / size.width(), self.height() / size.height())
            place = QRect(0, 0, round(size.width() * scale), round(size.height() * scale))
            painter.drawPixmap(place, self._pixels)
            painter.end()
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._desk.looks.colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()


def make_number_table(figure: ChartFigure) -> TextTable:
    """The table beside a chart, as people read its numbers."""
    headings, rows = figure.table()
    texts = [TextRow(str(place), tuple(_shown(cell) for cell in row)) for place, row in enumerate(rows)]
    table = TextTable(
        TextRowsModel(headings, texts),
        _("The numbers of “{title}”").format(title=figure.title),
        [170, *(84 for _heading in headings[1:-1])],
    )
    row_height, head = (
        table.verticalHeader().defaultSectionSize(),
        table.horizontalHeader().sizeHint().height(),
    )
    table.setFixedHeight(row_height * min(len(rows), _MOST_ROWS_SHOWN) + head + 4)
    return table


def _shown(cell: str | date | int | Decimal | None) -> str:
    language = current_language()
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return format_date(cell, language)
    return str(cell) if isinstance(cell, int) else format_number(cell, language)


def _link(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setProperty("look", "link")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
