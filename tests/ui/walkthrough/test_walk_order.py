"""Tab goes through a walk-through as one reads it, whatever was made late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from coi_desktop.models.query import Query
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.tick_box import TickBox
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel

MOST_STOPS = 120


@pytest.fixture
def walked(tmp_path: Path, open_window: Callable[..., MainWindow]) -> Iterator[WalkPanel]:
    """An evaluation with rows in every table, on the standard path."""
    with create_sample_register(tmp_path / "eksempel.coi") as register:
        window = open_window(other=register)
        window.show_record("evaluations", register.find_ids(Query("initiative", search="Skærmbesøg"))[0])
        page = window.page
        assert isinstance(page, EvaluationsPage)
        assert page.panel is not None
        yield page.panel
        window.close()


def go_through(panel: WalkPanel) -> list[QWidget]:
    """From the head of the panel to its foot."""
    panel.head.sheets.setFocus(Qt.FocusReason.TabFocusReason)
    stops: list[QWidget] = []
    here = QApplication.focusWidget()
    while here is not None and panel.isAncestorOf(here) and here not in stops and len(stops) < MOST_STOPS:
        stops.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
    return stops


@pytest.mark.parametrize("screen", ["users", "indicators", "methods", "judge"])
def test_tab_goes_from_head_to_foot_and_down_the_questions(walked: WalkPanel, screen: str) -> None:
    walked.walk.jump(screen)
    stops = go_through(walked)
    areas = [walked.head, walked.outline, walked.front, walked.help, walked.foot]
    places = [next(at for at, area in enumerate(areas) if area.isAncestorOf(stop)) for stop in stops]
    assert places == sorted(places)
    assert set(places) == set(range(len(areas)))
    page = walked.front.widget()
    within = [stop for stop in stops if page.isAncestorOf(stop) and not isinstance(stop, TickBox)]
    for before, after in pairwise(within):
        above, below = before.mapTo(page, QPoint()), after.mapTo(page, QPoint())
        assert below.y() + after.height() > above.y(), (before.accessibleName(), after.accessibleName())
        if isinstance(after, QToolButton) and "dato" in after.accessibleName():
            assert before.parentWidget() is after.parentWidget(), "the calendar follows its date"


def test_where_there_is_no_room_the_head_leads_to_the_steps_and_to_the_help(walked: WalkPanel) -> None:
    head, wide = walked.head, walked.head.standing.text()
    assert head.steps.isHidden()
    assert head.help.isHidden()
    walked.window().resize(683, 384)
    QApplication.processEvents()
    assert not walked.outline.isVisible()
    assert head.standing.text() == wide.rpartition(" · ")[2]
    menu = head.steps.menu()
    menu.aboutToShow.emit()
    screens = walked.walk.walkthrough.screens
    assert len(menu.actions()) == len(screens) == 20
    menu.actions()[9].trigger()
    assert walked.walk.walkthrough.current.id == "methods"
    head.help.click()
    assert walked.help.isVisible()
    assert not walked.front.isVisible()
    assert walked.help.isAncestorOf(QApplication.focusWidget())
    head.help.click()
    assert walked.front.isVisible()
    assert QApplication.focusWidget() is head.help
    walked.walk.method_wanted.emit("time_study")
    assert walked.help.isVisible()
    walked.walk.forward()
    assert walked.front.isVisible()
    assert walked.walk.walkthrough.current.id == "collect"


def test_measurements_of_the_comparison_are_told_apart_wherever_they_are_named(walked: WalkPanel) -> None:
    names = walked.walk.loaded.row_names
    measured = walked.walk.loaded.guide.question("collect.measurements")
    found = [names.name(measured, row) for row in names.rows(measured)]
    assert len(found) == len(set(found))
    assert "Transporttid pr. medarbejder · sammenligning · 23-10-2026" in found
    walked.walk.jump("collect")
    card = walked.front.card("collect.measurements")
    assert isinstance(card, RowsCard)
    first = [card.model.index(row, 0).data() for row in range(card.model.rowCount())]
    assert first.count("Transporttid pr. medarbejder · sammenligning") == 2


def test_in_a_small_window_headings_make_room_for_names(walked: WalkPanel) -> None:
    walked.walk.jump("indicators")
    card = walked.front.card("indicators.indicators")
    assert isinstance(card, RowsCard)
    header = card.table.target.horizontalHeader()
    walked.window().resize(910, 512)
    QApplication.processEvents()
    assert header.sectionSize(0) >= 110
    assert header.length() <= header.width()
    walked.window().resize(1366, 768)
    QApplication.processEvents()
    assert header.sectionSize(1) >= header.sectionSizeHint(1)
