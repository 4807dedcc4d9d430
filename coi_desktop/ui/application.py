"""The QApplication: style, language of Qt's own words, and what happens after an unforeseen exception."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence
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
from PySide6.QtWidgets import QApplication

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
    """The one QApplication, speaking the language spoken now. To be called once, before any window."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(list(arguments))
    application.setApplicationName("coi-desktop")
    application.setApplicationDisplayName("COI Desktop")
    application.setDesktopFileName("coi-desktop")
    application.setStyle("Fusion")
    speak(application)
    return application


def speak(application: QApplication) -> None:
    """Let Qt's own buttons, dialogs, numbers and dates speak the language spoken now."""
    language = current_language()
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    if language == "da":
        translator = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_da", folder):
            application.installTranslator(translator)
    country = QLocale.Country.Denmark if language == "da" else QLocale.Country.UnitedKingdom
    QLocale.setDefault(
        QLocale(QLocale.Language.Danish if language == "da" else QLocale.Language.English, country)
    )


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
        sys.excepthook = self._caught
        threading.excepthook = lambda found: self._caught(
            found.exc_type, found.exc_value, found.exc_traceback
        )

    def _caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
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
