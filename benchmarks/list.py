"""The list of initiatives on the screen, against bare SQL and the paint of a plain table of the same size.

Ours is the program's own window without a screen, and keys are pressed in its search field. The bare side
asks SQLite for the same ids and the same rows, and has a table with finished texts painted in the same style
sheet.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.figure import Figure, compare_timed, timed
from benchmarks.register import INITIATIVES, OUT, PAGE, bare_ids, bare_page, make_register, per
from coi_desktop.settings import Settings
from coi_desktop.store.opening import open_again
from coi_desktop.store.register import Register
from coi_desktop.ui.application import make_application
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.window_prompts import WindowPrompts

LIMIT = 2.0

WORD = "hjemmepleje"
PLACES = range(1_000, INITIATIVES - PAGE, 1_000)
"""First rows of pages that lie far from each other, so that none has been read before."""


def measure() -> list[Figure]:
    """One keystroke in the search field, and one page somewhere in the list, until both are painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or make_application(["bench"])
    assert isinstance(application, QApplication)
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        ours, bare = Path(folder) / "ours.coi", Path(folder) / "bare.coi"
        make_register(ours)
        shutil.copyfile(ours, bare)
        # The bare side has the register's own settings, and nothing else of it.
        with Register.open(ours) as register, closing(open_again(bare, write=True)) as connection:
            settings = Settings.read(Path(folder) / "settings.json")
            window = MainWindow(register, settings, Looks(application, "light"), WindowPrompts())
            window.show()
            QTest.qWait(200)
            try:
                return _measure_in(window, application, connection)
            finally:
                window.close()


def _measure_in(
    window: MainWindow, application: QApplication, connection: sqlite3.Connection
) -> list[Figure]:
    page = window.findChild(InitiativesPage)
    plain = make_plain_table(page.table)
    application.processEvents()

    def paint_plain() -> None:
        plain.viewport().update()
        application.processEvents()

    figures = [
        keystrokes(page, application, connection, paint_plain),
        pages(page, application, connection, paint_plain),
    ]
    plain.close()
    return figures


def keystrokes(
    page: InitiativesPage,
    application: QApplication,
    connection: sqlite3.Connection,
    paint_plain: Callable[[], None],
) -> Figure:
    """A word typed letter by letter; the list is painted after each."""
    search = page.findChild(SearchLine)
    begun = [WORD[: end + 1] for end in range(len(WORD))]

    def type_word() -> None:
        for letter in WORD:
            QTest.keyClick(search, letter)
            application.processEvents()

    def ask_and_paint() -> None:
        for typed in begun:
            bare_page(connection, bare_ids(connection, typed)[:PAGE])
            paint_plain()

    def ours() -> float:
        search.clear()
        application.processEvents()
        return timed(type_word)

    figure = compare_timed(
        f"keystroke to repainted list of {INITIATIVES:,}", ours, lambda: timed(ask_and_paint), LIMIT
    )
    if page.model.rowCount() != len(bare_ids(connection, WORD)):
        raise RuntimeError("the two do not find the same")
    search.clear()
    application.processEvents()
    return per(figure, len(WORD))


def pages(
    page: InitiativesPage,
    application: QApplication,
    connection: sqlite3.Connection,
    paint_plain: Callable[[], None],
) -> Figure:
    """Pages far from each other scrolled to, none of them read before."""
    bar = page.table.verticalScrollBar()
    ids = [page.model.id_at(row) for row in range(INITIATIVES)]

    def scroll() -> None:
        for place in PLACES:
            bar.setValue(place)
            application.processEvents()

    def ask_and_paint() -> None:
        for place in PLACES:
            bare_page(connection, ids[place : place + PAGE])
            paint_plain()

    def ours() -> float:
        bar.setValue(0)
        page.act("refresh")
        application.processEvents()
        return timed(scroll)

    figure = compare_timed(
        f"one page of a list of {INITIATIVES:,}", ours, lambda: timed(ask_and_paint), LIMIT
    )
    return per(figure, len(PLACES))


def make_plain_table(table: QTableView) -> QTableView:
    """A table with the texts that ``table`` shows just now, finished, and of its size; it is shown."""
    model, shown = table.model(), QStandardItemModel()
    rows = table.rowAt(table.viewport().height() - 1) + 1
    if rows < 10:
        raise RuntimeError("the list shows no page of rows")
    for row in range(rows):
        texts = [model.index(row, column).data() for column in range(model.columnCount())]
        shown.appendRow([QStandardItem(text) for text in texts])
    plain = QTableView()
    shown.setParent(plain)
    plain.setModel(shown)
    plain.setShowGrid(False)
    plain.setWordWrap(False)
    plain.verticalHeader().hide()
    plain.verticalHeader().setDefaultSectionSize(table.rowHeight(0))
    for column in range(model.columnCount()):
        plain.setColumnWidth(column, table.columnWidth(column))
    plain.resize(table.size())
    plain.show()
    return plain
