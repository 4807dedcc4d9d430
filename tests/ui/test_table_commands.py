"""A list comes in through the window: reviewed, ticked, handed back, imported as one step that undoes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.models.query import Order, Query
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.table_import import TableImportDialog
from coi_desktop.ui.main_window import MainWindow
from tests.exchange.table_makers import MESSY_LIST
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import wait_until_idle

HEADINGS = ("Projektnavn", "Afdeling", "Projektejer", "Bevilling (kr.)", "Startdato")


def write_list(path: Path, *rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> Path:
    """A text file of these rows under headings."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([headings, *rows])
    return path


Answer = Callable[[TableImportDialog], bool]


class Lists:
    """The window's list import with its answers given in advance."""

    def __init__(self, qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> None:
        self.qtbot = qtbot
        self.window = window
        self.prompts = prompts

    def take(self, path: Path, *answers: Answer) -> None:
        """Import a file; each answer works in the dialog, the last says whether it was accepted."""
        self.prompts.paths.insert(0, path)

        def answer(dialog: TableImportDialog) -> bool:
            return [one(dialog) for one in answers][-1]

        self.prompts.dialogs = [answer]
        self.window.actions_["import_table"].trigger()
        wait_until_idle(self.qtbot, self.window.desk)

    @property
    def notice(self) -> str:
        """What the notice says."""
        return notice_bar(self.window).text


@pytest.fixture
def lists(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> Lists:
    return Lists(qtbot, window, prompts)


def go_on(dialog: TableImportDialog) -> bool:
    """From the columns to the rows, or from the rows to the import."""
    dialog.go_on()
    return bool(dialog.result())


def turn_away(_dialog: TableImportDialog) -> bool:
    return False


def titles(register: Register) -> list[str]:
    return [one.text("title") for one in register.find(Query("initiative", order=Order("title")))]


def rows(dialog: TableImportDialog) -> dict[str, tuple[str, str]]:
    """Outcome and remark of each row, by its number."""
    model = dialog.preview.rows
    found = [row for place in range(model.rowCount()) if (row := model.row(place)) is not None]
    return {row.cells[1]: (row.cells[0], row.cells[3]) for row in found}


def tick(dialog: TableImportDialog, number: str) -> None:
    """Tick a row as the mouse or the space bar does."""
    model = dialog.preview.rows
    place = next(at for at in range(model.rowCount()) if (row := model.row(at)) and row.key == number)
    assert model.setData(model.index(place, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)


def main_button(dialog: TableImportDialog) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.isDefault())


def words(dialog: TableImportDialog) -> str:
    """All labels of the dialog."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_good_rows_of_a_messy_list_go_in_as_one_step_that_undo_takes_back(
    lists: Lists, register: Register
) -> None:
    before = titles(register)
    lists.take(MESSY_LIST, go_on, go_on)
    assert len(titles(register)) == len(before) + 8
    assert "Datadrevet snerydning" in titles(register)
    assert lists.notice == "8 rækker er importeret."
    lists.window.actions_["undo"].trigger()
    assert titles(register) == before


def test_the_same_list_again_has_nothing_to_import(lists: Lists, register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ("Nabohjælp", "Ældre", "Chef", "1.500,00", "1-2-2026"))
    lists.take(path, go_on, go_on)
    revision = register.revision

    def look(dialog: TableImportDialog) -> bool:
        assert "har importeret en liste som denne før" in words(dialog)
        dialog.go_on()
        assert rows(dialog) == {"2": ("= Den samme", "")}
        assert not main_button(dialog).isEnabled()
        assert main_button(dialog).text() == "Intet at importere"
        return False

    lists.take(path, look)
    assert register.revision == revision


def test_turning_away_from_the_preview_changes_nothing(lists: Lists, register: Register) -> None:
    revision = register.revision
    lists.take(MESSY_LIST, go_on, turn_away)
    assert register.revision == revision


def test_a_row_that_looks_like_one_here_waits_for_a_tick_and_shows_both_sides(
    lists: Lists, register: Register, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "liste.csv", ("Skærmbesøg i hjemmeplejen", "Sundhed", "Ny chef", "", ""))

    def look(dialog: TableImportDialog) -> bool:
        dialog.go_on()
        outcome, remark = rows(dialog)["2"]
        assert outcome == "≈ Ligner"
        assert "Den ligner ”Skærmbesøg i hjemmeplejen”" in remark
        assert "uden en beslutning kommer det ikke ind" in words(dialog)
        shown = dialog.details.rows
        sides = {row.cells[0]: row.cells[1:] for at in range(shown.rowCount()) if (row := shown.row(at))}
        assert sides["Ejer"] == ("Team Digital", "Ny chef")
        assert not main_button(dialog).isEnabled()
        tick(dialog, "2")
        assert main_button(dialog).text().replace("&", "") == "Importér 1 række"
        return go_on(dialog)

    lists.take(path, look)
    assert titles(register).count("Skærmbesøg i hjemmeplejen") == 2


def test_a_conflict_takes_what_the_list_says_only_when_ticked(
    lists: Lists, register: Register, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    write_list(path, ("Nabohjælp", "Ældre", "Chef", "1.500,00", ""))
    lists.take(path, go_on, go_on)
    made = next(one for one in register.find(Query("initiative")) if one.text("title") == "Nabohjælp")
    edit_field(register, made.id, "owner", "Rettet her")
    write_list(path, ("Nabohjælp", "Ældre", "Rettet på listen", "1.500,00", ""))

    def leave(dialog: TableImportDialog) -> bool:
        dialog.go_on()
        assert rows(dialog)["2"][0] == "▲ Konflikt"
        return go_on(dialog) if main_button(dialog).isEnabled() else False

    lists.take(path, leave)
    assert register.get("initiative", made.id).text("owner") == "Rettet her"

    def take_theirs(dialog: TableImportDialog) -> bool:
        dialog.go_on()
        tick(dialog, "2")
        return go_on(dialog)

    lists.take(path, take_theirs)
    assert register.get("initiative", made.id).text("owner") == "Rettet på listen"


def test_the_rest_is_handed_back_as_a_workbook_with_reasons(lists: Lists, tmp_path: Path) -> None:
    target = tmp_path / "retur.xlsx"

    def hand_back(dialog: TableImportDialog) -> bool:
        dialog.go_on()
        lists.prompts.paths = [target]
        next(b for b in dialog.findChildren(QPushButton) if "Gem de øvrige" in b.text()).click()
        return False

    lists.take(MESSY_LIST, hand_back)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "Velfærdsmesse" in cells
    assert "Datadrevet snerydning" not in cells
    assert any("ikke en dato" in cell for cell in cells)
    assert lists.prompts.suggested[-1].name == "messy_list – skal rettes.xlsx"
    assert "retur.xlsx" in lists.notice


def test_two_columns_into_one_field_are_refused_before_the_rows(lists: Lists, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ("Nabohjælp", "Ældre", "Chef", "1.500,00", ""))

    def double(dialog: TableImportDialog) -> bool:
        dialog.form.choose_field(1, "owner")
        dialog.go_on()
        assert "Mere end én kolonne læses som: Ejer" in words(dialog)
        assert dialog.plan is None
        dialog.form.choose_field(1, "")
        dialog.go_on()
        assert dialog.plan is not None
        return go_on(dialog)

    lists.take(path, double)
    found = lists.window.desk.register.find(Query("initiative", "Nabohjælp"))
    assert found[0].text("owner") == "Chef"
    assert found[0].text("department") == ""


def test_how_numbers_and_days_are_written_can_be_said(lists: Lists, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ("Nabohjælp", "", "", "1.234", "03-04-2026"))

    def say(dialog: TableImportDialog) -> bool:
        number, day = dialog.form._form_boxes[3:5]  # the boxes a person turns
        number.setCurrentIndex(number.findData("point"))
        day.setCurrentIndex(day.findData("mdy"))
        dialog.go_on()
        return go_on(dialog)

    lists.take(path, say)
    found = lists.window.desk.register.find(Query("initiative", "Nabohjælp"))[0]
    assert str(found.number("budget")) == "1.234"
    assert str(found.day("start")) == "2026-03-04"


def test_only_columns_of_numbers_and_days_ask_how_they_are_written(lists: Lists, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ("Nabohjælp", "Ældre", "Chef", "1.500,00", "1-2-2026"))

    def look(dialog: TableImportDialog) -> bool:
        assert [not box.isHidden() for box in dialog.form._form_boxes] == [False, False, False, True, True]
        dialog.form.choose_field(3, "problem")
        assert dialog.form._form_boxes[3].isHidden()
        return False

    lists.take(path, look)


def test_the_help_on_ticks_is_there_only_when_there_is_something_to_tick(
    lists: Lists, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "liste.csv", ("Nabohjælp", "Ældre", "Chef", "1.500,00", ""))

    def look(dialog: TableImportDialog) -> bool:
        dialog.go_on()
        hints = [label for label in dialog.findChildren(QLabel) if label.text().startswith("Sæt flueben")]
        assert [hint.isHidden() for hint in hints] == [True]
        return False

    lists.take(path, look)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tom.csv", b"", "tom.csv"),
        ("billede.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "billede.xlsx"),
        ("afkortet.xlsx", b"PK\x03\x04" + bytes(50), "afkortet.xlsx"),
    ],
)
def test_a_file_that_is_no_list_is_a_problem_and_nothing_is_changed(
    lists: Lists, register: Register, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    revision = register.revision
    lists.take(path, turn_away)
    assert said in lists.notice
    assert register.revision == revision
    assert "Importér liste" in lists.prompts.asked  # the file was asked for, the preview never came
    assert len(lists.prompts.asked) == 1


def test_texts_of_the_list_are_shown_as_they_stand(lists: Lists, tmp_path: Path) -> None:
    bait = '<img src="file:///etc/hostname"><b>fed</b>'
    path = write_list(tmp_path / "liste.csv", (bait, bait, "", "", ""))

    def look(dialog: TableImportDialog) -> bool:
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))
        dialog.go_on()
        model = dialog.preview.rows
        assert model.index(0, 2).data() == bait
        assert "<img" not in model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
        return False

    lists.take(path, look)


def test_editing_waits_while_the_list_goes_in(lists: Lists, window: MainWindow) -> None:
    held: list[bool] = []
    window._runner.started.connect(
        lambda work: held.append(window.actions_["new"].isEnabled()) if work.writes else None
    )
    lists.take(MESSY_LIST, go_on, go_on)
    assert held == [False, False], "the backup before it, and the import"
    assert window.actions_["new"].isEnabled()


def test_personal_numbers_in_the_list_are_told_before_anything_is_read(lists: Lists, tmp_path: Path) -> None:
    number = "010188-5000"  # of somebody born in 1888
    path = write_list(tmp_path / "liste.csv", ["Robot", "Bad", f"Bo {number}", "100", "01-02-2026"])
    said: list[str] = []

    def look(dialog: TableImportDialog) -> bool:
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        return False

    lists.take(path, look)
    (remark,) = [text for text in said if text.startswith("■")]
    assert "Projektejer: 1 muligt CPR-nummer (række 2)." in remark
    assert number not in remark
