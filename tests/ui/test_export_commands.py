"""Exports from the menus: what is asked, what is written, what the notice offers, what a locked file does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.changes import Op
from coi_desktop.models.clock import today
from coi_desktop.models.progress import Progress, run_to_end
from coi_desktop.operations.exports import export_workbook
from coi_desktop.operations.samples import load_sample
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui import export_commands
from coi_desktop.ui.dialogs.export_dialog import ExportDialog
from coi_desktop.ui.jobs import ImmediateRunner
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import wait_until_idle


def accept(choose: Callable[[ExportDialog], object] = lambda _dialog: None) -> Callable[[ExportDialog], bool]:
    """An answer to the dialog: ``choose`` something in it, and go on."""

    def answer(dialog: ExportDialog) -> bool:
        choose(dialog)
        dialog.accept()
        return True

    return answer


def run(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Trigger an action of the menus and wait for its job."""
    window.actions_[action].trigger()
    wait_until_idle(qtbot, window.desk)


def offers(window: MainWindow) -> list[str]:
    """The words of the notice's buttons."""
    return [button.text().replace("&", "") for button in buttons(window)]


def buttons(window: MainWindow) -> list[QPushButton]:
    """The notice's buttons, those on their way out left out."""
    return [button for button in notice_bar(window).findChildren(QPushButton) if not button.isHidden()]


def words_of(path: Path) -> set[str]:
    """Every text in a workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    found = {cell for cell in cells if isinstance(cell, str)}
    book.close()
    return found


def test_the_workbook_of_the_portfolio_is_written_where_it_was_asked_for(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    target = tmp_path / "ud.xlsx"
    prompts.dialogs, prompts.paths = [accept()], [target]
    run(qtbot, window, "export_portfolio")
    assert {"Skærmbesøg i hjemmeplejen", "Ærø deler elbiler", "Madspild i skolekøkkenet"} <= words_of(target)
    assert "ud.xlsx" in notice_bar(window).text
    assert offers(window) == ["Åbn", "Vis mappe"]


def test_a_personal_number_in_the_workbook_is_told_in_the_notice(
    qtbot: QtBot, window: MainWindow, three: tuple[str, str, str], prompts: FakePrompts, tmp_path: Path
) -> None:
    window.desk.register.transact(
        Op("test", "Test"),
        lambda writer: writer.change("initiative", three[0], {"title": "Ring til 010190-1234"}),
    )
    prompts.dialogs, prompts.paths = [accept()], [tmp_path / "ud.xlsx"]
    run(qtbot, window, "export_portfolio")
    assert "CPR-nummer" in notice_bar(window).text


def test_the_proposed_name_says_day_forum_and_portfolio_in_the_language_of_the_file(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts
) -> None:
    day = today(window.desk.register.clock).isoformat()
    prompts.dialogs = [accept(), accept(lambda dialog: dialog.english.setChecked(True))]
    run(qtbot, window, "export_portfolio")
    run(qtbot, window, "export_portfolio")
    assert [path.name for path in prompts.suggested] == [
        f"{day} Styregruppe – Portefølje.xlsx",
        f"{day} Steering group – Portfolio.xlsx",
    ]


def test_the_chosen_initiative_goes_out_alone_in_english_and_the_language_is_remembered(
    qtbot: QtBot,
    window: MainWindow,
    page: InitiativesPage,
    three: tuple[str, str, str],
    prompts: FakePrompts,
    settings: Settings,
    tmp_path: Path,
) -> None:
    page.show_record(three[0])
    target = tmp_path / "one.xlsx"
    prompts.dialogs, prompts.paths = [accept(lambda dialog: dialog.english.setChecked(True))], [target]
    run(qtbot, window, "export_initiative")
    said = words_of(target)
    assert "Skærmbesøg i hjemmeplejen" in said
    assert "Ærø deler elbiler" not in said
    assert openpyxl.load_workbook(target).sheetnames[0] == "Overview"
    assert prompts.suggested[-1].name.endswith(" Skærmbesøg i hjemmeplejen.xlsx")
    assert settings.get("export_language") == "en"
    assert Path(settings.get("export_folder")) == tmp_path


def test_what_is_typed_and_not_yet_saved_is_in_the_workbook(
    qtbot: QtBot,
    window: MainWindow,
    page: InitiativesPage,
    three: tuple[str, str, str],
    prompts: FakePrompts,
    tmp_path: Path,
) -> None:
    page.show_record(three[0])
    window.actions_["rename"].trigger()
    editor = window.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Besøg på skærm")
    prompts.dialogs, prompts.paths = [accept()], [tmp_path / "ud.xlsx"]
    run(qtbot, window, "export_portfolio")
    said = words_of(tmp_path / "ud.xlsx")
    assert "Besøg på skærm" in said
    assert "Skærmbesøg i hjemmeplejen" not in said


def test_a_cancelled_export_leaves_the_old_workbook_and_says_nothing(
    window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    target = tmp_path / "ud.xlsx"
    target.write_bytes(b"the old one")
    runner = ImmediateRunner()
    window.desk.runner = runner
    runner.cancel()
    prompts.dialogs, prompts.paths = [accept()], [target]
    window.actions_["export_portfolio"].trigger()
    assert target.read_bytes() == b"the old one"
    assert notice_bar(window).text == ""
    assert [path.name for path in tmp_path.glob(".*.half.*")] == []


def test_turning_away_from_either_question_writes_nothing(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    run(qtbot, window, "export_portfolio")
    prompts.dialogs = [accept()]
    run(qtbot, window, "export_portfolio")
    assert len(prompts.asked) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_is_a_problem_with_another_try(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "mappe"
    in_the_way.write_text("a file where a folder is wanted")
    target = in_the_way / "ud.xlsx"
    prompts.dialogs, prompts.paths = [accept()], [target]
    run(qtbot, window, "export_portfolio")
    assert "ud.xlsx kan ikke skrives" in notice_bar(window).text
    assert offers(window) == ["Prøv igen"]
    in_the_way.unlink()
    buttons(window)[0].click()
    wait_until_idle(qtbot, window.desk)
    assert target.exists()
    assert "er skrevet" in notice_bar(window).text


class HeldOpen:
    """A workbook written beside one that "another program" holds open: what a job under Windows meets."""

    def __init__(self, folder: Path, register: Register) -> None:
        from coi_desktop.exchange.atomic import TargetLocked

        self.target = folder / "ud.xlsx"
        self.target.write_bytes(b"open in Excel")
        self.finished = folder / ".ud.1.half.xlsx"
        run_to_end(export_workbook(register, self.finished))
        self.content = self.finished.read_bytes()
        self.problem = TargetLocked(self.target, self.finished)


def never() -> None:
    """A retry that must not be used: the file is finished."""
    pytest.fail("made again")


def test_a_finished_workbook_is_saved_beside_the_one_that_is_open(
    window: MainWindow, register: Register, tmp_path: Path
) -> None:
    held = HeldOpen(tmp_path, register)
    told: list[Path] = []
    export_commands.show_export_problem(window.desk, held.problem, never, told.append)
    assert offers(window) == ["Prøv igen", "Gem som ”ud (2).xlsx”"]
    buttons(window)[1].click()
    assert told == [tmp_path / "ud (2).xlsx"]
    assert told[0].read_bytes() == held.content
    assert held.target.read_bytes() == b"open in Excel"
    assert not held.finished.exists()


def test_the_next_try_puts_the_finished_workbook_in_place_without_making_it_again(
    window: MainWindow, register: Register, tmp_path: Path
) -> None:
    held = HeldOpen(tmp_path, register)
    told: list[Path] = []
    export_commands.show_export_problem(window.desk, held.problem, never, told.append)
    buttons(window)[0].click()
    assert told == [held.target]
    assert held.target.read_bytes() == held.content


def test_a_finished_workbook_that_was_taken_away_meanwhile_is_a_problem_again(
    window: MainWindow, register: Register, tmp_path: Path
) -> None:
    held = HeldOpen(tmp_path, register)
    told: list[Path] = []
    export_commands.show_export_problem(window.desk, held.problem, never, told.append)
    held.finished.unlink()
    buttons(window)[0].click()
    assert told == []
    assert "kan ikke skrives" in notice_bar(window).text
    assert held.target.read_bytes() == b"open in Excel"


def test_of_several_files_a_locked_one_is_made_anew_with_the_others(
    window: MainWindow, register: Register, tmp_path: Path
) -> None:
    held = HeldOpen(tmp_path, register)
    tries: list[str] = []
    export_commands.show_export_problem(window.desk, held.problem, lambda: tries.append("again"))
    assert not held.finished.exists()
    assert offers(window) == ["Prøv igen"]
    buttons(window)[0].click()
    assert tries == ["again"]


@pytest.fixture
def sample_window(register: Register, open_window: OpenWindow) -> MainWindow:
    """The window on the sample portfolio."""
    load_sample(register)
    return open_window()


def test_charts_are_saved_in_the_forms_that_are_ticked_and_these_are_remembered(
    qtbot: QtBot, sample_window: MainWindow, prompts: FakePrompts, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "diagrammer"
    folder.mkdir()

    def choose(dialog: ExportDialog) -> None:
        dialog.formats["png"].setChecked(False)
        dialog.formats["svg"].setChecked(True)

    prompts.dialogs, prompts.paths = [accept(choose)], [folder]
    run(qtbot, sample_window, "save_charts")
    written = sorted(path.name for path in folder.iterdir())
    assert written
    assert {Path(name).suffix for name in written} == {".svg"}
    assert f"{len(written)} diagramfil" in notice_bar(sample_window).text
    assert settings.get("chart_formats") == ["svg"]


def test_without_any_form_there_is_nothing_to_go_on_with(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ExportDialog(window.desk, "Gem diagrammer", of_initiative=False, with_formats=True)
    qtbot.addWidget(dialog)
    go_on = next(button for button in dialog.findChildren(QPushButton) if button.isDefault())
    assert go_on.isEnabled()
    dialog.formats["png"].setChecked(False)
    assert not go_on.isEnabled()


def test_an_initiative_without_charts_writes_no_file_and_says_so(
    qtbot: QtBot,
    window: MainWindow,
    page: InitiativesPage,
    three: tuple[str, str, str],
    prompts: FakePrompts,
    tmp_path: Path,
) -> None:
    page.show_record(three[1])
    folder = tmp_path / "tom"
    folder.mkdir()

    def choose(dialog: ExportDialog) -> None:
        assert dialog.one is not None
        dialog.one.setChecked(True)

    prompts.dialogs, prompts.paths = [accept(choose)], [folder]
    run(qtbot, window, "save_charts")
    assert list(folder.iterdir()) == []
    assert "ingen fil er skrevet" in notice_bar(window).text


def test_titles_of_strangers_stand_in_the_dialog_as_they_are(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    from coi_desktop.operations.initiatives import edit_field

    edit_field(register, three[0], "title", "Mad & <b>mennesker</b>")
    page.show_record(three[0])
    dialog = ExportDialog(window.desk, "Eksportér", of_initiative=True)
    qtbot.addWidget(dialog)
    assert dialog.one is not None
    assert dialog.one.isChecked()
    assert "Mad && <b>mennesker</b>" in dialog.one.text()


def test_exports_are_possible_in_a_register_that_is_only_read(
    read_only: Register, open_window: OpenWindow, qtbot: QtBot, prompts: FakePrompts, tmp_path: Path
) -> None:
    window = open_window(None, read_only)
    prompts.dialogs, prompts.paths = [accept()], [tmp_path / "ud.xlsx"]
    run(qtbot, window, "export_portfolio")
    assert (tmp_path / "ud.xlsx").exists()


def test_the_job_tells_how_far_it_is(window: MainWindow, prompts: FakePrompts, tmp_path: Path) -> None:
    runner = ImmediateRunner()
    window.desk.runner = runner
    prompts.dialogs, prompts.paths = [accept()], [tmp_path / "ud.xlsx"]
    window.actions_["export_portfolio"].trigger()
    assert len(runner.progress) > 2
    assert all(isinstance(step, Progress) for step in runner.progress)
    assert (tmp_path / "ud.xlsx").exists()


def test_an_initiative_removed_while_the_dialog_was_open_is_a_problem(
    qtbot: QtBot,
    window: MainWindow,
    page: InitiativesPage,
    register: Register,
    three: tuple[str, str, str],
    prompts: FakePrompts,
    tmp_path: Path,
) -> None:
    from coi_desktop.operations.initiatives import remove_initiative

    page.show_record(three[0])
    prompts.dialogs = [accept(lambda _dialog: remove_initiative(register, three[0]))]
    prompts.paths = [tmp_path / "ud.xlsx"]
    window.actions_["export_initiative"].trigger()
    qtbot.waitUntil(lambda: "ikke længere i registret" in notice_bar(window).text)
    assert not (tmp_path / "ud.xlsx").exists()


def test_english_words_for_english_windows(qtbot: QtBot, window: MainWindow) -> None:
    with speaking("en"):
        dialog = ExportDialog(window.desk, "Save charts", of_initiative=False, with_formats=True)
    qtbot.addWidget(dialog)
    assert dialog.whole.text() == "The whole &portfolio (3 initiatives)"
    assert dialog.formats["png"].text() == "PNG – for Word and PowerPoint"


def test_problems_are_told_by_their_kind(window: MainWindow) -> None:
    export_commands.show_export_problem(
        window.desk, Problem("Noget gik galt."), lambda: None, lambda _p: None
    )
    assert offers(window) == ["Prøv igen"]
