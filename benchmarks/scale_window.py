"""The window over a big register: keystrokes, sorts, scrolls, board, timeline, edits with ten views, and the
overview.
"""

# ruff: noqa: S311 - chance chooses what is typed here, the same every time

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.timing import Spent, Timing, spend
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.views import Showing
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.garbage import GarbageCollection
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.chosen_initiatives import LIST
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.overview_page import OverviewPage
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.pages.views_counts import ViewsCounts
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.window_prompts import WindowPrompts

KEYSTROKES = 500
EDITS = 120
ROUNDS = 5
OVERVIEW = 6_000
"""Milliseconds in which the figures of 100,000 initiatives are there."""
SORTED = ("title", "owner", "phase", "status", "next_date", "budget", "number", "updated", "department")
TABS = tuple(
    (Condition("phase", Test.IS, phase), Condition("status", Test.IS, status))
    for phase in ("idea", "development", "test", "operation", "spreading")
    for status in ("active", "done")
)


def measure(path: Path, folder: Path, application: QApplication) -> Iterator[Timing]:
    """All that is seen on the screen."""
    with _window(path, folder, application) as window:
        page = window.findChild(InitiativesPage)
        while window.desk.register.prepare_search("initiative"):
            application.processEvents()
        yield from _keystrokes(window, page, application)
        yield _sorts(page, application)
        yield _scrolls(page, application)
        yield from _shapes(page, application)
        yield from _edits(window, page, application)
        yield from _overview(window, application)


@contextmanager
def _window(path: Path, folder: Path, application: QApplication) -> Iterator[MainWindow]:
    with Register.open(path) as register:
        settings = Settings.read(folder / "settings.json")
        window = MainWindow(register, settings, Looks(application, "light"), WindowPrompts())
        window.resize(1366, 768)
        window.show()
        QTest.qWait(200)
        GarbageCollection(window)
        try:
            yield window
        finally:
            window.close()
            application.processEvents()


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
        text = f"{part} {chance.choice(words)}" if chance.random() < 0.3 else part
        text = text[: chance.randrange(2, 14)]
        begun = [text[: end + 1] for end in range(len(text))]
        typed += [*begun, *reversed(begun[:-1]), ""]
    return typed[:KEYSTROKES]


def _painted(application: QApplication, work: Callable[[], object]) -> Spent:
    """What work takes until all is painted."""

    def do() -> None:
        work()
        application.processEvents()

    return spend(do)


def _keystrokes(window: MainWindow, page: InitiativesPage, application: QApplication) -> Iterator[Timing]:
    search = page.findChild(SearchLine)
    texts = typed_texts(window.desk.register)
    spent = [_painted(application, partial(search.setText, text)) for text in texts]
    search.clear()
    application.processEvents()
    short = [one for text, one in zip(texts, spent, strict=True) if 1 <= len(text) <= 2]
    slow = [Spent(*(statistics.quantiles(some, n=100)[98] for some in zip(*spent, strict=True)))]
    yield Timing.within("keystroke to painted list", spent, 16, 100)
    yield Timing.within("keystroke, 99th percentile", slow, 50, 50)
    yield Timing.within("keystroke, one or two letters", short, 16, 100)


def _sorts(page: InitiativesPage, application: QApplication) -> Timing:
    shown, header = page.table.shown_columns(), page.table.horizontalHeader()
    page.table.show_columns(list(SORTED))
    places = [place for place in range(1, len(SORTED)) for _direction in range(2)]
    spent = [_painted(application, partial(header.sectionClicked.emit, place)) for place in places]
    header.sectionClicked.emit(0)
    page.table.show_columns(shown)
    return Timing.within("sort by a column", spent, 100, 150)


def _scrolls(page: InitiativesPage, application: QApplication) -> Timing:
    bar, total = page.table.verticalScrollBar(), page.model.rowCount()
    places = [total * place // 60 for place in range(1, 60)]
    random.Random(3).shuffle(places)
    spent = []
    for place in places:
        spent.append(_painted(application, partial(bar.setValue, place)))
        if page.model.index(page.table.rowAt(5), 0).data() is None:
            raise RuntimeError("a blank row")
    bar.setValue(0)
    return Timing.within("scroll far, to painted rows", spent, 50)


def _shapes(page: InitiativesPage, application: QApplication) -> Iterator[Timing]:
    for shape in ("board", "timeline"):
        spent = []
        for _round in range(ROUNDS):
            spent.append(_painted(application, partial(page.initiatives.set_shape, shape)))
            page.initiatives.set_shape(LIST)
            application.processEvents()
        yield Timing.within(f"first picture of the {shape}", spent, 200, 300)


def _edits(window: MainWindow, page: InitiativesPage, application: QApplication) -> Iterator[Timing]:
    """Edits in a list that is searched and filtered, while ten saved views are counted again after each."""
    register, chance = window.desk.register, random.Random(9)
    counts = ViewsCounts(window.desk, lambda: "", window)
    counts.set_views([Showing(str(place), str(place), conditions=some) for place, some in enumerate(TABS)])
    page.findChild(SearchLine).setText("pleje")
    page.initiatives.set_conditions((Condition("status", Test.ONE_OF, ("active", "on_hold")),))
    turns = _turns(application, counts)
    edits = []
    for number in range(EDITS):
        record_id = page.model.id_at(chance.randrange(min(page.model.rowCount(), 400)))
        field = ("owner", "title", "description", "phase")[number % 4]
        value = ("idea", "test", "operation")[number % 3] if field == "phase" else f"Pleje ny {number}"
        edits.append(spend(partial(edit_field, register, record_id, field, value, source="bench")))
        application.processEvents()
        if number % 24 == 0:
            turns += _turns(application, counts)
    yield Timing.within("one edit, searched and filtered, ten tabs", edits, 20, 50)
    yield Timing.within("a turn of the window while ten tabs are counted", turns, 20, 50)


def _overview(window: MainWindow, application: QApplication) -> Iterator[Timing]:
    """The figures of the whole portfolio, and what the window is kept from answering meanwhile."""
    window.show_place("overview")
    page = window.findChild(OverviewPage)
    turns = []
    while not page.is_up_to_date:
        turns.append(spend(application.processEvents))
    whole = Spent(*map(sum, zip(*turns, strict=True)))
    yield Timing.within("the overview worked out", [whole], OVERVIEW, OVERVIEW)
    yield Timing.within("a turn of the window while it is worked out", turns, 25, 50)


def _turns(application: QApplication, counts: ViewsCounts) -> list[Spent]:
    """What the window is kept from answering until every view is counted; turns without work are left out."""
    turns = []
    for _turn in range(20_000):
        turns.append(spend(application.processEvents))
        if all(counts.count(str(place)) is not None for place in range(len(TABS))):
            break
        QTest.qSleep(1)
    else:
        raise RuntimeError("views are not counted")
    return [turn for turn in turns if turn.processor > 0.0005] or turns
