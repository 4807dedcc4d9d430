"""Charts on screen: drawn when seen, drawn again when something changes, and told to those who do not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.operations.charts import find_charts, picture_height
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.ui.jobs import ImmediateRunner
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.panels.chart_picture import WIDEST, ChartPicture, ChartPictures, make_number_table
from coi_desktop.ui.theme import Looks
from tests.ui.fakes import FakePrompts
from tests.ui.waits import wait_until_idle


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[ChartFigure]:
    """The portfolio's chart and those of one evaluated initiative, in Danish."""
    from coi_desktop.i18n import speaking

    with speaking("da"), create_sample_register(tmp_path_factory.mktemp("charts") / "s.coi") as register:
        demo = next(
            one for one in register.snapshot().rows("initiative") if "Skærmbesøg" in one.text("title")
        )
        return [*find_charts(register), *find_charts(register, demo.id)]


@pytest.fixture
def runner(window: MainWindow) -> ImmediateRunner:
    """Jobs run at once."""
    made = ImmediateRunner()
    window.desk.runner = made
    return made


@pytest.fixture
def place(qtbot: QtBot, window: MainWindow) -> Iterator[QWidget]:
    """A shown widget to put charts into."""
    made = QWidget()
    QVBoxLayout(made)
    made.resize(640, 480)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def put(place: QWidget, picture: QWidget) -> None:
    layout = place.layout()
    assert layout is not None
    layout.addWidget(picture)
    picture.show()


def pixels_of(picture: ChartPicture) -> QImage:
    return picture.picture.pixmap().toImage()


def test_a_chart_is_drawn_when_it_is_seen_and_not_before(
    qtbot: QtBot, window: MainWindow, runner: ImmediateRunner, place: QWidget, figures: list[ChartFigure]
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    assert runner.progress == []
    assert picture.picture.pixmap().isNull()
    assert picture.picture.text() == "Tegner…"
    put(place, picture)
    qtbot.waitUntil(lambda: picture.is_up_to_date)
    assert not picture.picture.pixmap().isNull()
    assert pixels_of(picture).height() == picture_height(figures[0])


def test_the_accessible_name_is_the_alternative_text_and_the_role_a_graphic(
    qtbot: QtBot, window: MainWindow, runner: ImmediateRunner, place: QWidget, figures: list[ChartFigure]
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    put(place, picture)
    qtbot.waitUntil(lambda: picture.is_up_to_date)
    spoken = QAccessible.queryAccessibleInterface(picture.picture)
    assert figures[0].alt_text in spoken.text(QAccessible.Text.Name)
    assert spoken.role() == QAccessible.Role.Graphic


def test_another_theme_is_drawn_in_its_colours(
    qtbot: QtBot,
    window: MainWindow,
    runner: ImmediateRunner,
    place: QWidget,
    figures: list[ChartFigure],
    looks: Looks,
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    put(place, picture)
    qtbot.waitUntil(lambda: picture.is_up_to_date)
    assert QColor(pixels_of(picture).pixel(2, 2)) == looks.colour("surface")
    looks.choose("dark")
    qtbot.waitUntil(lambda: picture.is_up_to_date)
    assert QColor(pixels_of(picture).pixel(2, 2)) == looks.colour("surface")
    looks.choose("light")
    qtbot.waitUntil(lambda: picture.is_up_to_date)


def test_another_width_is_drawn_when_it_has_come_to_rest_and_none_beyond_the_widest(
    qtbot: QtBot, window: MainWindow, runner: ImmediateRunner, place: QWidget, figures: list[ChartFigure]
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    put(place, picture)
    qtbot.waitUntil(lambda: picture.is_up_to_date)
    first = pixels_of(picture).width()
    place.resize(500, 480)
    assert pixels_of(picture).width() == first  # the last picture stays until the new one is there
    qtbot.waitUntil(lambda: pixels_of(picture).width() == picture.width() < first)
    place.resize(1600, 480)
    qtbot.waitUntil(lambda: pixels_of(picture).width() == WIDEST)


def test_the_same_chart_again_is_not_drawn_again(
    qtbot: QtBot, window: MainWindow, runner: ImmediateRunner, place: QWidget, figures: list[ChartFigure]
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    put(place, picture)
    qtbot.waitUntil(lambda: picture.is_up_to_date)
    runner.progress = []
    picture.show_figure(replace(figures[0]))
    picture.hide()
    picture.show()
    assert runner.progress == []


def test_a_chart_that_changes_while_it_is_drawn_is_drawn_once_more(
    qtbot: QtBot, window: MainWindow, place: QWidget, figures: list[ChartFigure]
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    put(place, picture)
    picture.show_figure(figures[1])
    wait_until_idle(qtbot, window.desk)
    qtbot.waitUntil(lambda: picture.is_up_to_date)
    assert picture.figure == figures[1]
    assert pixels_of(picture).height() == picture_height(figures[1])


def test_a_chart_that_goes_while_it_is_drawn_leaves_nothing_behind(
    qtbot: QtBot, window: MainWindow, place: QWidget, figures: list[ChartFigure]
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    put(place, picture)
    picture.setParent(None)
    picture.deleteLater()
    del picture
    wait_until_idle(qtbot, window.desk)


def test_drawing_that_was_cancelled_is_said_and_tried_again_when_next_seen(
    qtbot: QtBot, window: MainWindow, runner: ImmediateRunner, place: QWidget, figures: list[ChartFigure]
) -> None:
    runner.cancel()
    picture = ChartPicture(window.desk, figures[0])
    put(place, picture)
    assert picture.picture.text() == "Ikke tegnet"
    runner.cancel_after = None
    picture.hide()
    picture.show()
    qtbot.waitUntil(lambda: picture.is_up_to_date)
    assert not picture.picture.pixmap().isNull()


def test_the_numbers_stand_in_a_table_as_people_read_them(
    qtbot: QtBot, window: MainWindow, runner: ImmediateRunner, place: QWidget, figures: list[ChartFigure]
) -> None:
    measured = next(one for one in figures if one.title.startswith("Transporttid"))
    table = make_number_table(measured)
    qtbot.addWidget(table)
    headings, rows = measured.table()
    assert [table.rows.headerData(at, Qt.Orientation.Horizontal) for at in range(len(headings))] == [
        *headings
    ]
    first = table.rows.row(0)
    assert first is not None
    assert first.cells[0].count("-") == 2  # a day as dd-mm-åååå
    assert first.cells[1] == "74"
    assert table.rows.rowCount() == len(rows)


def test_the_table_folds_out_below_the_chart_and_away_again(
    qtbot: QtBot, window: MainWindow, runner: ImmediateRunner, place: QWidget, figures: list[ChartFigure]
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    put(place, picture)
    fold = next(one for one in picture.findChildren(QToolButton) if one.text() == "Vis tallene")
    fold.click()
    assert fold.text() == "Skjul tallene"
    shown = picture.findChildren(type(make_number_table(figures[0])))
    assert [one.isVisible() for one in shown] == [True]
    fold.click()
    assert not picture._numbers.isVisible()


@pytest.mark.parametrize(("suffix", "head"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_a_chart_is_saved_in_the_form_its_name_asks_for(
    window: MainWindow,
    runner: ImmediateRunner,
    figures: list[ChartFigure],
    prompts: FakePrompts,
    tmp_path: Path,
    suffix: str,
    head: bytes,
) -> None:
    picture = ChartPicture(window.desk, figures[0])
    prompts.paths = [tmp_path / f"diagram{suffix}"]
    picture.save()
    assert (tmp_path / f"diagram{suffix}").read_bytes().startswith(head)
    assert prompts.suggested[-1].name.endswith("Udvikling og afprøvning.png")
    picture.deleteLater()


def test_charts_keep_their_pictures_while_others_come_and_go(
    qtbot: QtBot, window: MainWindow, runner: ImmediateRunner, place: QWidget, figures: list[ChartFigure]
) -> None:
    column = ChartPictures(window.desk)
    put(place, column)
    column.show_figures(figures[:3])
    first, second, third = column.pictures
    column.show_figures([figures[2], figures[0]])
    assert column.pictures == (third, first)
    qtbot.waitUntil(lambda: third.y() < first.y())
    assert not isValid(second) or second.isHidden()
    column.show_figures([])
    assert column.pictures == ()
