"""The preview before printing: Qt's own, on pages laid out by us, with progress when they are many."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEngine
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QProgressDialog,
    QToolBar,
    QToolButton,
    QWidget,
)

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.printout import Printout
from coi_desktop.models.progress import Job
from coi_desktop.ui.plain import one_line
from coi_desktop.ui.printing.page_layout import PageLayout, is_wide, set_page
from coi_desktop.ui.printing.page_painter import paint_pages

#: Work on pages shows how far it is, and can be stopped, when it takes longer than this.
MILLISECONDS_UNTOLD = 400
#: So long the window waits at most between two looks at keys and mouse.
_SLICE = 0.03


def make_printer(printout: Printout) -> QPrinter:
    """The system's printer on A4, the paper turned where a table is wide."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(one_line(printout.title))
    printer.setCreator("COI Desktop")
    set_page(printer, wide=False)
    set_page(
        printer,
        wide=is_wide(printout, printer, QGuiApplication.font().family()),
        paper=printout.paper,
    )
    return printer


class PrintPreview(QPrintPreviewDialog):
    """Shows a printout as it will stand on paper; paper and turning are chosen there. ``failed`` carries
    the Problem that kept it from being printed.
    """

    failed = Signal(object)

    def __init__(self, printout: Printout, parent: QWidget | None = None) -> None:
        self.paper = make_printer(printout)
        super().__init__(self.paper, parent)
        self._printout = printout
        self.pages = 0
        self.was_stopped = False
        self.setWindowTitle(_("Print: {title}").format(title=one_line(printout.title, 80)))
        self.resize(1000, 720)
        self._name_controls()
        self.paintRequested.connect(self.paint)

    def paint(self, printer: QPrinter) -> None:
        """Lay out for the paper that is chosen, and paint the pages that are wanted."""
        layout = PageLayout(self._printout, printer, QGuiApplication.font().family())
        first, last = printer.fromPage() or 1, printer.toPage() or None
        try:
            self.was_stopped = not (
                self._advance(layout.lay_out(), printer)
                and self._advance(paint_pages(layout, printer, first, last), printer)
            )
        except Problem as problem:
            self.was_stopped = True
            self.failed.emit(problem)
        if self.was_stopped:
            QTimer.singleShot(0, self, self.reject)
            return
        self.pages = len(layout.pages)

    def _name_controls(self) -> None:
        """Qt's preview leaves some of its controls without a name to be read aloud, its buttons to the mouse
        alone, and has the Tab key halt at the pages twice.
        """
        for zoom in self.findChildren(QComboBox):
            zoom.setAccessibleName(_("Size of the pages on screen"))
        for line in self.findChildren(QLineEdit):
            in_zoom = isinstance(line.parent(), QComboBox)
            line.setAccessibleName(_("Size of the pages on screen") if in_zoom else _("Page"))
        for button in self.findChildren(QToolButton):
            if not button.accessibleName():
                button.setAccessibleName(button.text() or button.toolTip())
            if isinstance(button.parent(), QToolBar):
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for pages in self.findChildren(QPrintPreviewWidget):
            pages.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            for sheet in pages.findChildren(QGraphicsView):
                sheet.setAccessibleName(_("Pages"))
                sheet.setFocus()

    def _advance(self, job: Job[None], printer: QPrinter) -> bool:
        """Carry a job to its end while the window answers; False when the user stopped it."""
        told: QProgressDialog | None = None
        start = looked = time.monotonic()
        try:
            for progress in job:
                moment = time.monotonic()
                if moment - looked < _SLICE:
                    continue
                looked = moment
                if told is None and (moment - start) * 1000 >= MILLISECONDS_UNTOLD:
                    told = self._make_progress()
                if told is not None:
                    told.setMaximum(progress.total)
                    told.setValue(min(progress.done, progress.total - 1))
                    if told.wasCanceled():
                        if _is_on_paper(printer):
                            printer.abort()
                        job.close()
                        return False
        finally:
            if told is not None:
                told.close()
                told.deleteLater()
        return True

    def _make_progress(self) -> QProgressDialog:
        told = QProgressDialog(_("Making the pages ready"), _("Stop"), 0, 0, self)
        told.setWindowTitle(_("Print"))
        told.setWindowModality(Qt.WindowModality.WindowModal)
        told.setMinimumDuration(0)
        told.setAutoClose(False)
        told.setAutoReset(False)
        told.show()
        return told


def _is_on_paper(printer: QPrinter) -> bool:
    """Whether pages go to a printer just now: what only shows them, or has not begun, bears no abort."""
    is_shown = printer.paintEngine().type() == QPaintEngine.Type.Picture
    return not is_shown and printer.printerState() == QPrinter.PrinterState.Active
