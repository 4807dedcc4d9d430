"""Taking measures from the catalogue and questions from the bank; own ones stay possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.operations.library import question_bank, vocabulary
from coi_desktop.operations.methods import suggest_methods
from coi_desktop.ui.dialogs.catalogue_dialog import CatalogueDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.walkthrough.picking import IndicatorPicker, QuestionBank
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.fakes import FakePrompts


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


@pytest.fixture
def dialog(panel: WalkPanel, qtbot: QtBot) -> CatalogueDialog:
    window = panel.window()
    assert isinstance(window, MainWindow)
    made = CatalogueDialog(window.desk)
    qtbot.addWidget(made)
    made.show()
    return made


def _names(dialog: CatalogueDialog) -> list[str]:
    model = dialog.found.rows
    return [row.cells[0] for place in range(model.rowCount()) if (row := model.row(place)) is not None]


def test_typing_and_arrows_find_a_measure_without_the_mouse(dialog: CatalogueDialog) -> None:
    assert len(_names(dialog)) == 40
    QTest.keyClicks(dialog.search, "andel")
    assert _names(dialog) == [
        "Andel, der bruger løsningen", "Andel klaret med selvbetjening", "Andel, der ikke er hørt før",
    ]  # fmt: skip
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.chosen is not None
    assert dialog.chosen.key == "e_dig"
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.result() == CatalogueDialog.DialogCode.Accepted


def test_a_kind_of_value_narrows_the_list_and_nothing_found_is_said(dialog: CatalogueDialog) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData("political"))
    assert len(_names(dialog)) == 6
    assert dialog.nothing.isHidden()
    QTest.keyClicks(dialog.search, "ventetid")
    assert _names(dialog) == []
    assert not dialog.nothing.isHidden()
    assert not dialog.take.isEnabled()
    assert dialog.chosen is None


def test_what_is_taken_is_a_row_that_can_be_overwritten(
    panel: WalkPanel, prompts: FakePrompts, loaded: Callable[[], LoadedEvaluation]
) -> None:
    def take(dialog: Any) -> bool:
        assert isinstance(dialog, CatalogueDialog)
        dialog.search.setText("ventetid")
        dialog.accept()
        return True

    prompts.dialogs.append(take)
    panel.walk.jump("one_measure")
    picker = panel.front.findChild(IndicatorPicker)
    assert isinstance(picker, IndicatorPicker)
    picker.button.click()
    table = panel.front.card("indicators.indicators").target
    assert table is not None
    assert table.isVisible()
    (row,) = loaded().answers.rows("indicator")
    assert (row["name"], row["unit"], row["direction"], row["baseline_source"]) == (
        "Ventetid", "dage", "down", "Fagsystem",
    )  # fmt: skip
    panel.walk.save_row(
        "indicators.indicators", panel.walk.line_place(str(row["id"])), "name", "Ventetid på svar", ""
    )
    (row,) = loaded().answers.rows("indicator")
    assert (row["name"], row["catalog_key"]) == ("Ventetid på svar", "q_wait")
    (suggestion, *_more) = suggest_methods(panel.walk.walkthrough).methods
    assert suggestion.key == "admin_data"
    assert suggestion.reason == "Den giver som regel tallet til ”Ventetid på svar”."


def test_the_bank_offers_all_its_questions_with_their_kind_and_one_becomes_a_row(
    panel: WalkPanel, loaded: Callable[[], LoadedEvaluation]
) -> None:
    panel.walk.jump("one_measure")
    bank = panel.front.findChild(QuestionBank)
    assert isinstance(bank, QuestionBank)
    assert bank.box.count() == 25
    kinds = [vocabulary().label("question_type", one.type) for one in question_bank()]
    offered = [bank.box.itemText(place).partition(":")[0] for place in range(1, 25)]
    assert sorted(offered) == sorted(kinds)
    assert offered == sorted(offered, key=list(dict.fromkeys(offered)).index)
    place = bank.box.findData("qb07")
    bank.box.setCurrentIndex(place)
    bank.box.activated.emit(place)
    (row,) = loaded().answers.rows("question")
    assert (row["text"], row["type"]) == ("Holder ændringen efter seks måneder?", "outcome")
    assert bank.box.currentIndex() == 0
