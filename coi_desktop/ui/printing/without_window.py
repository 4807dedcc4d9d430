"""Pages for the command line, where no window is open and nobody has made an application yet."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication

from coi_desktop.models.printout import Printout
from coi_desktop.models.progress import Job
from coi_desktop.ui.application import make_application
from coi_desktop.ui.printing.page_painter import make_pdf


def make_pages(printout: Printout) -> Job[bytes]:
    """A printout as a PDF. The application that fonts need stays until the pages are made."""
    application = QGuiApplication.instance() or make_application(sys.argv[:1])
    pdf = yield from make_pdf(printout, QGuiApplication.font().family())
    application.processEvents()
    return pdf
