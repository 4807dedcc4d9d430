"""The list people live in at 10,000 and 100,000 initiatives, with ten measurements for each of them.

Every figure stands beside the same work in bare sqlite3, and beside itself at a tenth of the size: the growth
tells how its cost grows. Limits are milliseconds in the program's own window without a screen.
"""

# ruff: noqa: S311 - chance chooses what is typed here, the same every time

from __future__ import annotations

import math
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.big_register import copy_of_big_register
from benchmarks.figure import Figure, timed
from benchmarks.list import make_plain_table
from benchmarks.register import MOMENT, OP, OUT, bare_ids, bare_page, insert_step
from coi_desktop.models.own_fields import is_own
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.records import Value
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.settings import Settings
from coi_desktop.store.opening import open_again
from coi_desktop.store.register import Register
from coi_desktop.ui.application import make_application
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.chosen_initiatives import LIST, TIMELINE
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.window_prompts import WindowPrompts

SIZES = (10_000, 100_000)
KEYSTROKES = 500
EDITS = 200
BULK = 10_000
SHOWN = 40
"""Rows on a screen."""
STEEPEST = 1.2
TABS = tuple(
    (Condition("phase", Test.IS, phase), Condition("status", Test.IS, status))
    for phase in ("idea", "development", "test", "operation", "spreading")
    for status in ("active", "done")
)


class Timing(NamedTuple):
    """Seconds of one thing at one size: ours and the bare work's, and the most milliseconds it may take."""

    name: str
    ours: float
    bare: float
    limit: float


def measure() -> list[Figure]:
    """All figures at both sizes; the larger size's ones with the exponent in their names."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or make_application(["bench"])
    assert isinstance(application, QApplication)
    OUT.mkdir(exist_ok=True)
    found: dict[int, list[Timing]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=OUT) as folder:
            found[size] = list(_measure(size, Path(folder), application))
    return [_figure(small, large) for small, large in zip(found[SIZES[0]], found[SIZES[1]], strict=True)]


def _figure(small: Timing, large: Timing) -> Figure:
    """A figure whose limit is the ratio that its milliseconds allow; none when the cost grows too fast."""
    exponent = math.log(large.ours / small.ours) / math.log(SIZES[1] / SIZES[0])
    name = f"{large.name}: {small.ours * 1000:.1f} ms at {SIZES[0]:,}, exponent {exponent:.2f}; {SIZES[1]:,}"
    allowed = large.limit / 1000 / large.bare if exponent <= STEEPEST else 0.0
    return Figure(name, large.ours, large.bare, allowed)


def _measure(size: int, folder: Path, application: QApplication) -> Iterator[Timing]:
    path = copy_of_big_register(size, folder)
    with path.open("rb+") as copy:
        os.fsync(copy.fileno())  # or the first edit waits until all of the copy is on the disk
    with closing(open_again(path, write=False)) as bare:
        yield from _measure_opening(path, bare, folder, application)
        yield from _measure_window(path, bare, folder, application)
    yield from _measure_writing(path, folder)


@contextmanager
def _window(path: Path, folder: Path, application: QApplication) -> Iterator[MainWindow]:
    with Register.open(path) as register:
        settings = Settings.read(folder / "settings.json")
        window = MainWindow(register, settings, Looks(application, "light"), WindowPrompts())
        window.resize(1366, 768)
        window.show()
        QTest.qWait(200)
        try:
            yield window
        finally:
            window.close()
            application.processEvents()


def _median(times: list[float]) -> float:
    return statistics.median(times)


def _measure_opening(
    path: Path, bare: sqlite3.Connection, folder: Path, application: QApplication
) -> Iterator[Timing]:
    ours, theirs = [], []
    for _round in range(5):
        with Register.open(path) as register:
            start = time.perf_counter()
            found = register.find_rows(Query(order=Order("title")))
            register.get_rows("initiative", found.some(0, SHOWN))
            ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        rows = bare.execute(f"SELECT id FROM initiative ORDER BY title_sort LIMIT {SHOWN}").fetchall()
        bare_page(bare, [row[0] for row in rows])
        theirs.append(time.perf_counter() - start)
    yield Timing("first page", _median(ours), _median(theirs), 50)


def _measure_window(
    path: Path, bare: sqlite3.Connection, folder: Path, application: QApplication
) -> Iterator[Timing]:
    with _window(path, folder, application) as window:
        page = window.findChild(InitiativesPage)
        QTest.qWait(3000)
        plain = make_plain_table(page.table)
        application.processEvents()

        def paint_plain() -> None:
            plain.viewport().update()
            application.processEvents()

        yield from _keystrokes(window, page, application, bare, paint_plain)
        yield from _sorts(page, application, bare, paint_plain)
        yield from _scrolls(window, page, application, bare, paint_plain)
        yield _timeline(page, application, bare, paint_plain)
        yield _chip(window.desk.register, bare)
        yield from _chips_of_all_kinds(window.desk.register)
        yield from _shapes(page, application)
        yield from _window_edits(window, page, application)
        plain.close()


def typed_texts(register: Register) -> list[str]:
    """Five hundred texts as they stand in the search field, one letter typed or deleted between two."""
    chance = random.Random(500)
    found = register.find_rows(Query(order=Order("title")))
    typed: list[str] = []
    while len(typed) < KEYSTROKES:
        row = found.row(chance.randrange(len(found))) or 1
        words = register.get_rows("initiative", [row])[row].text("title").split()
        word = chance.choice(words)
        part = word[chance.randrange(max(len(word) // 2, 1)) :] if chance.random() < 0.4 else word
        text = (f"{part} {chance.choice(words)}" if chance.random() < 0.3 else part)[
            : chance.randrange(2, 14)
        ]
        begun = [text[: end + 1] for end in range(len(text))]
        typed += [*begun, *reversed(begun[:-1]), ""]
    return typed[:KEYSTROKES]


def _keystrokes(
    window: MainWindow,
    page: InitiativesPage,
    application: QApplication,
    bare: sqlite3.Connection,
    paint_plain: Callable[[], None],
) -> Iterator[Timing]:
    search, register = page.findChild(SearchLine), window.desk.register
    texts = typed_texts(register)
    ours = []
    for text in texts:
        start = time.perf_counter()
        search.setText(text)
        application.processEvents()
        ours.append(time.perf_counter() - start)
    theirs = []
    for text in texts[:: KEYSTROKES // 8]:
        found = len(bare_ids(bare, text)) if text else register.count("initiative")
        if register.count_found(Query(search=text)) < found:  # ours looks into tags and own fields besides
            raise RuntimeError("ours does not find what the bare search finds")
        start = time.perf_counter()
        if text:
            bare_page(bare, bare_ids(bare, text)[:SHOWN])
        paint_plain()
        theirs.append(time.perf_counter() - start)
    search.clear()
    application.processEvents()
    short = [seconds for text, seconds in zip(texts, ours, strict=True) if 1 <= len(text) <= 2]
    yield Timing("keystroke to painted list, median", _median(ours), _median(theirs), 16)
    yield Timing("keystroke, 99th percentile", statistics.quantiles(ours, n=100)[98], _median(theirs), 50)
    yield Timing("keystroke, the slowest", max(ours), _median(theirs), 100)
    yield Timing("keystroke, one or two letters, median", _median(short), _median(theirs), 16)


def _sorts(
    page: InitiativesPage,
    application: QApplication,
    bare: sqlite3.Connection,
    paint_plain: Callable[[], None],
) -> Iterator[Timing]:
    names = ["title", "owner", "phase", "status", "next_date", "budget", "number", "updated", "department"]
    shown, header = page.table.shown_columns(), page.table.horizontalHeader()
    page.table.show_columns(names)
    ours, theirs = [], []
    for place, name in enumerate(names[1:], start=1):
        column = name + "_sort" if name in ("owner", "department") else name
        for direction in ("", " DESC"):
            start = time.perf_counter()
            header.sectionClicked.emit(place)
            application.processEvents()
            ours.append(time.perf_counter() - start)
            start = time.perf_counter()
            bare.execute(f"SELECT row FROM initiative ORDER BY {column}{direction}, row").fetchall()
            paint_plain()
            theirs.append(time.perf_counter() - start)
    header.sectionClicked.emit(0)
    page.table.show_columns(shown)
    yield Timing("sort by a column, median", _median(ours), _median(theirs), 100)
    yield Timing("sort by a column, the slowest", max(ours), _median(theirs), 150)


def _timeline(
    page: InitiativesPage,
    application: QApplication,
    bare: sqlite3.Connection,
    paint_plain: Callable[[], None],
) -> Timing:
    ours, theirs = [], []
    for _round in range(5):
        start = time.perf_counter()
        page.initiatives.set_shape(TIMELINE)
        application.processEvents()
        ours.append(time.perf_counter() - start)
        page.initiatives.set_shape(LIST)
        application.processEvents()
        start = time.perf_counter()
        rows = bare.execute(f"SELECT id FROM initiative ORDER BY title_sort LIMIT {SHOWN}").fetchall()
        bare_page(bare, [row[0] for row in rows])
        paint_plain()
        theirs.append(time.perf_counter() - start)
    return Timing("timeline: the first picture, the slowest of 5", max(ours), _median(theirs), 200)


def _scrolls(
    window: MainWindow,
    page: InitiativesPage,
    application: QApplication,
    bare: sqlite3.Connection,
    paint_plain: Callable[[], None],
) -> Iterator[Timing]:
    bar, total = page.table.verticalScrollBar(), page.model.rowCount()
    places = [total * place // 60 for place in range(1, 60)]
    random.Random(3).shuffle(places)
    ids = window.desk.register.find_ids(Query(order=Order("title")))
    ours, theirs = [], []
    for place in places:
        start = time.perf_counter()
        bar.setValue(place)
        application.processEvents()
        ours.append(time.perf_counter() - start)
        if page.model.index(page.table.rowAt(5), 0).data() is None:
            raise RuntimeError("a blank row")
        start = time.perf_counter()
        bare_page(bare, ids[place : place + SHOWN])
        paint_plain()
        theirs.append(time.perf_counter() - start)
    bar.setValue(0)
    yield Timing("scroll far, to painted rows", _median(ours), _median(theirs), 50)


def _chip(register: Register, bare: sqlite3.Connection) -> Timing:
    ours, theirs = [], []
    for conditions in TABS:
        wanted = [str(condition.value) for condition in conditions]
        start = time.perf_counter()
        found = register.find_rows(Query(conditions=conditions, order=Order("title")))
        register.get_rows("initiative", found.some(0, SHOWN))
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        sql = "SELECT id FROM initiative WHERE phase = ? AND status = ? ORDER BY title_sort, row"
        ids = [row[0] for row in bare.execute(sql, wanted).fetchall()]
        bare_page(bare, ids[:SHOWN])
        theirs.append(time.perf_counter() - start)
        if len(found) != len(ids):
            raise RuntimeError("the two do not find the same")
    return Timing("a filter chip", _median(ours), _median(theirs), 50)


def _chips_of_all_kinds(register: Register) -> Iterator[Timing]:
    """Each kind of field asked for the first time, but for long texts: those are looked through in slices."""
    own = [field.name for field in register.fields("initiative") if is_own(field.name)]
    asked = (
        Condition("owner", Test.CONTAINS, "an"),
        Condition("title", Test.LACKS, "pleje"),
        Condition("phase", Test.NONE_OF, ("idea", "test")),
        Condition("budget", Test.GREATER, Decimal(250_000)),
        Condition("start", Test.BEFORE, date(2025, 6, 1)),
        Condition("confirmed", Test.NOT_SINCE, date(2025, 6, 1)),
        Condition("next_date", Test.EMPTY),
        Condition("tags", Test.CONTAINS, "pleje"),
        Condition("unmeasured", Test.IS, value=True),
        Condition("evaluated", Test.IS, value=False),
        Condition(own[0], Test.CONTAINS, "an"),
        Condition(own[1], Test.GREATER, Decimal(4_500)),
    )
    ours, slices = [], []
    for condition in asked:
        start = time.perf_counter()
        found = register.find_rows(Query(conditions=(condition,), order=Order("title")))
        register.get_rows("initiative", found.some(0, SHOWN))
        ours.append(time.perf_counter() - start)
    long = Query(conditions=(Condition("description", Test.CONTAINS, "pleje"),))
    start = time.perf_counter()
    for _done in register.iter_finding(long):
        slices.append(time.perf_counter() - start)
        start = time.perf_counter()
    yield Timing("a filter chip of each kind, median", _median(ours), 0.001, 50)
    yield Timing("a filter chip of each kind, the slowest", max(ours), 0.001, 100)
    yield Timing("a chip on long texts, the longest wait", max(slices), 0.001, 50)


def _shapes(page: InitiativesPage, application: QApplication) -> Iterator[Timing]:
    for shape in ("board", "timeline"):
        start = time.perf_counter()
        page.initiatives.set_shape(shape)
        application.processEvents()
        yield Timing(f"first picture of the {shape}", time.perf_counter() - start, 0.001, 200)
    page.initiatives.set_shape("list")
    application.processEvents()


def _window_edits(window: MainWindow, page: InitiativesPage, application: QApplication) -> Iterator[Timing]:
    """Edits while a search is on and ten saved views are counted in the pauses between them."""
    register, chance = window.desk.register, random.Random(9)
    page.findChild(SearchLine).setText("pleje")
    application.processEvents()
    shown, total = page.model, page.model.rowCount()
    ours, counted = [], []
    for number in range(EDITS):
        record_id = shown.id_at(chance.randrange(min(total, 400)))
        field = ("owner", "title", "description", "status_text")[number % 4]
        start = time.perf_counter()
        edit_field(register, record_id, field, f"Pleje ny {number}", source="bench")
        ours.append(time.perf_counter() - start)
        application.processEvents()
        start = time.perf_counter()
        register.count_found(Query(conditions=TABS[number % len(TABS)]))
        counted.append(time.perf_counter() - start)
    yield Timing("one edit in the window, median", _median(ours), 0.001, 20)
    yield Timing("one edit in the window, the slowest", max(ours), 0.001, 20)
    yield Timing("one count of a saved view, the slowest", max(counted), 0.001, 50)


def _measure_writing(path: Path, folder: Path) -> Iterator[Timing]:
    with Register.open(path) as register:
        ids = register.find_ids(Query())
        random.Random(7).shuffle(ids)
        times = []
        for number in range(EDITS * 5):
            values: dict[str, Value] = {"description": f"Ny tekst {number} om hjemmepleje og robotter"}
            start = time.perf_counter()
            register.transact(OP, lambda writer, n=number, v=values: writer.change("initiative", ids[n], v))
            times.append(time.perf_counter() - start)
        some = sorted(ids[:BULK])
        bulk = []
        for number in range(3):
            values = {"status_reason": None, "stage": f"stage{number}", "owner": f"Mette {number}"}
            start = time.perf_counter()
            register.transact(
                OP, lambda writer, v=values: writer.change_many("initiative", dict.fromkeys(some, v))
            )
            bulk.append(time.perf_counter() - start)
    with closing(open_again(path, write=True)) as connection:
        bare_edits = _bare_edits(connection, ids)
        bare_bulk = [_bare_bulk(connection, some, number) for number in range(3)]
    yield Timing("one edit of a long text, median", _median(times), _median(bare_edits), 20)
    yield Timing("one edit of a long text, the slowest", max(times), _median(bare_edits), 20)
    yield Timing(f"bulk edit of {BULK:,}", _median(bulk), _median(bare_bulk), 3000 * _median(bare_bulk))


def _bare_edits(connection: sqlite3.Connection, ids: list[str]) -> list[float]:
    times = []
    for number in range(EDITS):
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        row = connection.execute("SELECT row FROM initiative WHERE id = ?", (ids[number],)).fetchone()[0]
        connection.execute(
            "UPDATE initiative SET description = ?, updated = ? WHERE row = ?", ("Ny", MOMENT, row)
        )
        connection.execute("UPDATE initiative_search SET words = 'ny tekst' WHERE rowid = ?", (row,))
        _bare_history(connection, [ids[number]])
        connection.execute("COMMIT")
        times.append(time.perf_counter() - start)
    return times


def _bare_bulk(connection: sqlite3.Connection, ids: list[str], number: int) -> float:
    values = [(f"s{number}", f"Mette {number}", f"mette {number}", MOMENT, record_id) for record_id in ids]

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "UPDATE initiative SET stage = ?, owner = ?, owner_sort = ?, updated = ?, checksum = 1,"
            " parts_folded = parts_folded || 'x' WHERE id = ?",
            values,
        )
        _bare_history(connection, ids)
        connection.execute("COMMIT")

    return timed(write)


def _bare_history(connection: sqlite3.Connection, ids: list[str]) -> None:
    revision = connection.execute("SELECT max(revision) FROM step").fetchone()[0] + 1
    insert_step(connection, revision)
    dumped = '{"stage":"pilot","owner":"Hjemmeforsøg Ærø","updated":"2026-11-22T10:42:00.000+00:00"}'
    connection.executemany(
        'INSERT INTO change (revision, record, key, "before", "after", checksum)'
        " VALUES (?, 'initiative', ?, ?, ?, 1)",
        [(revision, record_id, dumped, dumped) for record_id in ids],
    )
