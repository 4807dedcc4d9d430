"""The timeline: the list's initiatives in its order, on a scale that keyboard and mouse move."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coi_desktop.models.query import Order
from coi_desktop.models.timeline_scale import Zoom
from coi_desktop.operations.initiatives import add_initiative, edit_field, remove_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.itemmodels.timeline_model import BARS, TITLE
from coi_desktop.ui.pages.chosen_initiatives import TIMELINE
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.timeline import Timeline
from tests.ui.conftest import OpenWindow
from tests.ui.test_accessibility import find_nameless, find_small_targets
from tests.ui.waits import LONGEST

ROWS = (
    {
        "title": "Robot",
        "start": date(2026, 1, 1),
        "planned_end": date(2026, 12, 1),
        "baseline_end": date(2026, 6, 1),
        "next_date": date(2026, 11, 30),
        "owner": "Bo",
    },
    {"title": "Have", "owner": "Anna"},
    {"title": "Arkiv", "start": date(1999, 1, 1), "planned_end": date(2001, 1, 1), "owner": "Carl"},
    {"title": "Ældrebus", "start": date(2026, 10, 1), "owner": "Dan"},
    {"title": "Om et århundrede", "planned_end": date(2126, 1, 1), "owner": "Eva"},
)


@pytest.fixture
def page(qtbot: QtBot, register: Register, open_window: OpenWindow) -> InitiativesPage:
    for values in ROWS:
        add_initiative(register, values)
    found = open_window().findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    qtbot.waitUntil(lambda: found.head.switch is not None, timeout=LONGEST)
    return found


@pytest.fixture
def timeline(page: InitiativesPage) -> Timeline:
    page.initiatives.set_shape(TIMELINE)
    found = page.other
    assert isinstance(found, Timeline)
    return found


def titles(timeline: Timeline) -> list[str]:
    model = timeline.model
    return [str(model.index(row, TITLE).data()) for row in range(model.rowCount())]


def row_of(timeline: Timeline, title: str) -> int:
    return titles(timeline).index(title)


def test_rows_are_those_of_the_list_in_its_order(timeline: Timeline, page: InitiativesPage) -> None:
    page.initiatives.set_order(Order("owner", descending=True))
    assert titles(timeline) == ["Om et århundrede", "Ældrebus", "Arkiv", "Robot", "Have"]
    page.head.search.setText("robot")
    assert titles(timeline) == ["Robot"]


def test_a_row_says_its_dates_in_words(timeline: Timeline) -> None:
    def said(title: str) -> str:
        index = timeline.model.index(row_of(timeline, title), TITLE)
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    assert said("Robot") == (
        "Robot. Start: 01-01-2026. Forventet slut: 01-12-2026. Oprindelig slut: 01-06-2026. "
        "6 måneder forsinket. Næste dato: 30-11-2026"
    )
    assert said("Have") == "Have. Ingen datoer er skrevet ned."


def test_choosing_a_row_shows_its_record_and_the_other_way_round(
    timeline: Timeline, page: InitiativesPage
) -> None:
    timeline.rows.setCurrentIndex(timeline.model.index(row_of(timeline, "Arkiv"), TITLE))
    assert page.current_initiative() == timeline.current_id()
    wanted = timeline.model.id_at(row_of(timeline, "Ældrebus"))
    page.show_record(wanted)
    assert timeline.current_id() == wanted


def test_a_change_elsewhere_is_seen_at_once_and_keeps_the_choice(
    timeline: Timeline, page: InitiativesPage, register: Register
) -> None:
    chosen = timeline.model.id_at(row_of(timeline, "Have"))
    page.show_record(chosen)
    edit_field(register, chosen, "start", date(2026, 5, 1))
    bars = timeline.model.bars(row_of(timeline, "Have"))
    assert bars is not None
    assert bars.start == date(2026, 5, 1)
    remove_initiative(register, timeline.model.id_at(row_of(timeline, "Arkiv")))
    assert "Arkiv" not in titles(timeline)
    assert timeline.current_id() == chosen


def test_keys_move_through_time_and_change_the_distance(timeline: Timeline) -> None:
    rows = timeline.rows
    first, last = rows.days
    QTest.keyClick(rows, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert first < rows.days[0] < last < rows.days[1]
    QTest.keyClick(rows, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert abs((rows.days[0] - first).days) <= 1
    length = rows.days[1] - rows.days[0]
    QTest.keyClick(rows, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert rows.days[1] - rows.days[0] < length
    for _press in range(2):
        QTest.keyClick(rows, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert rows.days[1] - rows.days[0] > length
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1


def test_enter_brings_the_bars_of_the_row_into_sight(timeline: Timeline) -> None:
    rows = timeline.rows
    rows.setCurrentIndex(timeline.model.index(row_of(timeline, "Arkiv"), TITLE))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    first, last = rows.days
    assert first <= date(1999, 1, 1)
    assert last >= date(2001, 1, 1)
    timeline.today.click()
    assert rows.days[0] < date.today() < rows.days[1]


def test_the_wheel_with_control_keeps_the_day_under_the_pointer(timeline: Timeline) -> None:
    rows = timeline.rows
    at = QPointF(rows.columnViewportPosition(BARS) + 200, 20)
    day = rows.scale.day_at(200)
    event = QWheelEvent(
        at, rows.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = rows.scale.per_day
    rows.wheelEvent(event)
    assert rows.scale.per_day > before
    assert abs((rows.scale.day_at(200) - day).days) <= 1


@pytest.mark.parametrize("zoom", list(Zoom))
def test_the_buttons_choose_a_distance_and_show_which_it_is(timeline: Timeline, zoom: Zoom) -> None:
    timeline.zooms[zoom].click()
    assert timeline.rows.scale.nearest_zoom is zoom
    assert timeline.zooms[zoom].isChecked()


def colours(image: QImage, left: int, right: int, top: int, bottom: int) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(left, right) for y in range(top, bottom)}


def test_bars_are_painted_where_their_days_stand(timeline: Timeline) -> None:
    rows, looks = timeline.rows, timeline._desk.looks
    row = row_of(timeline, "Robot")
    rows.setCurrentIndex(timeline.model.index(row_of(timeline, "Have"), TITLE))
    rows.go_to_bars(row)
    image = rows.viewport().grab().toImage()
    top, height = rows.rowViewportPosition(row), rows.rowHeight(row)
    left = rows.columnViewportPosition(BARS)

    def seen(first: date, last: date) -> set[str]:
        start, end = left + int(rows.scale.x(first)) + 2, left + int(rows.scale.x(last)) - 2
        return colours(image, start, end, top + 4, top + height - 4)

    assert looks.colour("accent").name() in seen(date(2026, 1, 5), date(2026, 5, 30))
    assert looks.colour("accent").name() not in seen(date(2026, 6, 10), date(2026, 11, 1))
    assert looks.colour("wrong_surface").name() in seen(date(2026, 6, 10), date(2026, 11, 1))
    assert looks.colour("accent").name() not in seen(date(2025, 12, 1), date(2025, 12, 31))


def test_no_distance_and_no_odd_date_breaks_the_painting(timeline: Timeline, register: Register) -> None:
    add_initiative(
        register, {"title": "Bagvendt", "start": date(2026, 5, 1), "planned_end": date(2025, 1, 1)}
    )
    add_initiative(register, {"title": "Først", "start": date(1, 1, 1), "planned_end": date(9999, 12, 31)})
    for factor in (0.0001, 1_000_000):
        timeline.rows.zoom_by(factor)
        for day in (date(1, 1, 1), date(2026, 6, 1), date(9999, 12, 31)):
            timeline.rows.go_to(day)
            assert not timeline.rows.grab().isNull()


def test_every_control_has_a_name_and_is_large_enough(timeline: Timeline, page: InitiativesPage) -> None:
    page.initiatives.set_grouping("phase")
    assert find_nameless(timeline) == []
    assert find_small_targets(timeline) == []


def test_groups_stand_beside_the_rows(timeline: Timeline, page: InitiativesPage) -> None:
    page.initiatives.set_grouping("phase")
    assert timeline.rows.verticalHeader().isVisible()
    page.initiatives.set_grouping("")
    assert not timeline.rows.verticalHeader().isVisible()
