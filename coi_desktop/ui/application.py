"""The QApplication: style, language of Qt's own words, and what happens after an unforeseen exception."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    QTranslator,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from coi_desktop.errors import Problem
from coi_desktop.i18n import current_language

_log = logging.getLogger(__name__)

#: The running application, under a name by which the composition root can speak of it without importing Qt.
Application = QApplication

_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def make_application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication. To be called once, before any window."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    # As an argument: setStyle would return a QStyle, whose enumerations cost a start some milliseconds.
    application = QApplication([*arguments[:1], "-style", "Fusion", *arguments[1:]])
    application.setApplicationName("coi-desktop")
    application.setApplicationDisplayName("COI Desktop")
    application.setDesktopFileName("coi-desktop")
    return application


@contextmanager
def finding_fonts() -> Iterator[None]:
    """Let Qt look up the computer's fonts during the block, which the first text would wait for: ten
    milliseconds and more, on a thread beside the imports of a start.

    The block shows no text, and no function of ours gets Qt's messages yet: to call one the thread would need
    the interpreter, while it holds what whoever shows text waits for.
    """
    finding = threading.Thread(target=QFontDatabase.families, name="finding fonts")
    finding.start()
    try:
        yield
    finally:
        finding.join()


class QtWords(QObject):
    """Lets Qt's own buttons, dialogs, numbers and dates speak the language spoken now."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._translator: QTranslator | None = None
        self.speak()

    def speak(self) -> None:
        """Take the language spoken now."""
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
        is_danish = current_language() == "da"
        QLocale.setDefault(QLocale("da_DK" if is_danish else "en_GB"))
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if is_danish and translator.load("qtbase_da", folder):
            self._application.installTranslator(translator)
            self._translator = translator


def log_qt_messages() -> None:
    """Send Qt's warnings to the program's log instead of the terminal."""
    qInstallMessageHandler(_log_message)


def _log_message(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    if kind in _LEVELS:
        _log.log(_LEVELS[kind], "Qt: %s", message)


class Alarm(QObject):
    """Catches what is raised in slots, timers and threads: to the log, and shown once at a time on the UI
    thread.

    An exception in a slot does not end the program; the register has rolled its transaction back, and the
    window goes on.
    """

    _rang = Signal(object)

    def __init__(self, show: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._show = show
        self._is_shown = False
        self._rang.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Stand at ``sys.excepthook`` and ``threading.excepthook``."""
        sys.excepthook = self.catch
        threading.excepthook = lambda found: self.catch(found.exc_type, found.exc_value, found.exc_traceback)

    def catch(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        if isinstance(error, Problem):  # a disk that refuses while something is painted or tidied
            _log.warning("in between: %s", error.what)
        else:
            _log.critical("unforeseen", exc_info=(kind, error, trace))
        self._rang.emit(error)

    def _hear(self, error: BaseException) -> None:
        if self._is_shown:
            return
        self._is_shown = True
        try:
            self._show(error)
        finally:
            self._is_shown = False
