"""The walk-through of an evaluation with 200 indicators and 20,000 measurements: opening it, going from step
to step, writing an answer, and drawing its charts again.

Each figure is our processor time against its limit in milliseconds, with the clock on the wall beside it.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.figure import Figure
from benchmarks.timing import Spent, Timing, spend
from coi_desktop.models.changes import Op
from coi_desktop.models.chart_figures import ChartKind
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.answering import answer
from coi_desktop.operations.charts import FORMATS, draw_for_screen, find_evaluation_charts, save_chart
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from coi_desktop.ui.application import make_application
from coi_desktop.ui.garbage import GarbageCollection
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.walkthrough.walk_panel import PAUSE_BEFORE_NEXT
from coi_desktop.ui.window_prompts import WindowPrompts

INDICATORS, MEASUREMENTS = 200, 100
CHARTS = 12
FILL = Op("bench.fill", "Fill")


def measure() -> list[Figure]:
    """All figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or make_application(["bench"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.coi"
        with Register.create(path) as register:
            evaluation_id = _make(register)
            return [_figure(one) for one in _measure(register, evaluation_id, Path(folder), application)]


def _make(register: Register) -> str:
    evaluation_id = start_evaluation(register, add_initiative(register, {"title": "Skærmbesøg"}))
    answer(register, evaluation_id, "proportion.depth", "standard")

    def fill(writer: Writer) -> None:
        for place in range(INDICATORS):
            indicator_id = writer.put(
                "indicator",
                {
                    "evaluation_id": evaluation_id,
                    "name": f"Mål {place}",
                    "measure": "number",
                    "direction": "down",
                    "baseline": Decimal(74),
                    "baseline_date": date(2026, 1, 1),
                    "baseline_status": "measured",
                    "goal_status": "fixed",
                    "target_likely": Decimal(50),
                },
            )
            for day in range(MEASUREMENTS):
                writer.put(
                    "measurement",
                    {
                        "indicator_id": indicator_id,
                        "series": "initiative",
                        "date": date(2026, 1, 2) + timedelta(days=day),
                        "value": Decimal(74 - day // 5),
                        "n": 18,
                    },
                )

    register.transact(FILL, fill)
    return evaluation_id


def _measure(
    register: Register, evaluation_id: str, folder: Path, application: QApplication
) -> Iterator[Timing]:
    settings = Settings.read(folder / "settings.json")
    window = MainWindow(register, settings, Looks(application, "light"), WindowPrompts())
    window.resize(1366, 768)
    window.show()
    QTest.qWait(200)
    gc.collect()
    GarbageCollection(window)
    opened, turns = [], []
    for place in range(6):
        page = window.findChild(EvaluationsPage)
        if place == 0:
            begin: Callable[[], object] = partial(window.show_record, "evaluations", evaluation_id)
        else:
            assert isinstance(page, EvaluationsPage)
            page.show_list()
            application.processEvents()
            begin = partial(page.open, evaluation_id)
        whole, longest = _until_walked(application, window, begin)
        opened.append(whole)
        turns.append(longest)
    yield Timing.within("open 20,000 measurements", opened, 300)
    yield Timing.within("the same: the longest turn of the window", turns, 50)
    page = window.findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    assert page.panel is not None
    walk = page.panel.walk
    walk.jump(walk.walkthrough.screens[0].id)
    for name in ("step to step, first time", "step to step, again"):
        steps = []
        for screen in walk.walkthrough.screens[1:]:
            QTest.qWait(PAUSE_BEFORE_NEXT + 100)
            steps.append(_painted(application, partial(walk.jump, screen.id)))
        walk.jump(walk.walkthrough.screens[0].id)
        yield Timing.within(name, steps, 50, 100)
    texts = (f"Udgave {place}" for place in range(5))
    answers = [
        _painted(application, partial(answer, register, evaluation_id, "scope.version_label", text))
        for text in texts
    ]
    yield Timing.within("an answer, with all figures anew", answers, 300)
    window.close()
    yield _charts(register, evaluation_id)
    yield _theory(folder)


def _charts(register: Register, evaluation_id: str) -> Timing:
    loaded = load_evaluation(register, evaluation_id)
    charts = find_evaluation_charts(loaded.snapshot, loaded.figures)[:CHARTS]
    for chart in charts:
        draw_for_screen(chart)
    drawn = [spend(partial(draw_for_screen, chart)) for chart in charts]
    return Timing.within("a chart drawn again", drawn, 100)


def _theory(folder: Path) -> Timing:
    """The theory of change of the sample, written to files of each kind."""
    with create_sample_register(folder / "sample.coi") as sample:
        loaded = (load_evaluation(sample, one.id) for one in sample.find(Query("evaluation")))
        charts = (chart for one in loaded for chart in find_evaluation_charts(one.snapshot, one.figures))
        theory = next(chart for chart in charts if chart.kind is ChartKind.THEORY)
    paths = [folder / f"theory.{ending}" for ending in FORMATS] * 3
    drawn = [spend(partial(run_to_end, save_chart(theory, path))) for path in paths]
    return Timing.within("a theory of change in a file, again", drawn[len(FORMATS) :], 100)


def _until_walked(
    application: QApplication, window: MainWindow, begin: Callable[[], object]
) -> tuple[Spent, Spent]:
    """Begin to open the evaluation, and answer events until it is shown: all of it, and the longest turn."""
    turns = [spend(begin)]
    page = window.findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    while not page.is_walking:
        turns.append(spend(application.processEvents))
    turns.append(spend(application.processEvents))
    whole = Spent(sum(one.processor for one in turns), sum(one.wall for one in turns))
    return whole, max(turns)


def _painted(application: QApplication, work: Callable[[], object]) -> Spent:
    def do() -> None:
        work()
        application.processEvents()

    return spend(do)


def _figure(one: Timing) -> Figure:
    note = f"worst {one.worst * 1000:.1f} (limit {one.most * 1000:.0f}), wall {one.wall_median * 1000:.1f}"
    return Figure(one.name, one.median, one.bare, 0.0 if one.worst > one.most else one.ratio, note)
