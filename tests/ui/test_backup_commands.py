"""Backups from the window: by themselves, quietly, told of truly; and restored in four clicks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.backups import find_backups, keep_backup, newest_backup
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.backup_commands import choose_second_place
from coi_desktop.ui.dialogs.restore_dialog import RestoreDialog
from coi_desktop.ui.dialogs.settings_dialog import SettingsDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.overview_page import OverviewPage
from coi_desktop.ui.program import Program
from coi_desktop.ui.safekeeping import (
    MILLISECONDS_BETWEEN,
    MILLISECONDS_OF_QUIET,
    SECONDS_OF_WAITING,
    Safekeeping,
)
from tests.store.test_backups import flip
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar

SECONDS = 10_000


def back_up(register: Register) -> None:
    """A backup of what is in the register now."""
    run_to_end(keep_backup(register.path, Reason.ASKED))


def wait_idle(qtbot: QtBot, window: MainWindow) -> None:
    """Until the window's work has ended."""
    qtbot.waitUntil(lambda: not window.desk.runner.is_busy, timeout=SECONDS)


# While working


def test_a_change_is_backed_up_by_itself(
    qtbot: QtBot, window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    back_up(register)
    soon = Safekeeping(window.desk, window, between=20, quiet=20)
    assert not soon.is_waiting
    edit_field(register, three[0], "title", "Skærmbesøg hver dag")
    assert soon.is_waiting
    qtbot.waitUntil(lambda: len(find_backups(register.path)) == 2, timeout=SECONDS)
    qtbot.waitUntil(lambda: not soon.runner.is_busy, timeout=SECONDS)
    assert find_backups(register.path)[0].manifest.reason is Reason.REGULAR
    assert not soon.is_waiting
    assert notice_bar(window).text == "", "nobody is told of what went well"


def test_what_was_left_without_a_backup_is_made_up_for(window: MainWindow, register: Register) -> None:
    (own,) = window.findChildren(Safekeeping)
    assert own.is_waiting, "three initiatives are in no backup"


def test_a_backup_that_cannot_be_written_is_told_of_quietly(
    qtbot: QtBot, window: MainWindow, register: Register
) -> None:
    paths.backup_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.backup_folder().write_text("en fil")
    window.actions_["backup_now"].trigger()
    qtbot.waitUntil(lambda: "Selve registret er gemt" in notice_bar(window).text, timeout=SECONDS)
    add_initiative(register, {"title": "Arbejdet går videre"})


def test_backing_up_now_is_told_of_and_named_in_the_status_bar(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_["backup_now"].trigger()
    qtbot.waitUntil(lambda: "kontrolleret sikkerhedskopi" in notice_bar(window).text, timeout=SECONDS)
    assert "sikkerhedskopi i dag" in window.statusBar()._place.text()


def test_a_place_that_is_gone_is_told_of_and_the_backup_here_stands(
    qtbot: QtBot, window: MainWindow, register: Register, settings: Settings, tmp_path: Path
) -> None:
    settings.set("backup_place", str(tmp_path / "ikke tilsluttet"))
    window.actions_["backup_now"].trigger()
    qtbot.waitUntil(lambda: newest_backup(register.id) is not None, timeout=SECONDS)
    wait_idle(qtbot, window)
    notice_bar(window)._close_notice()
    assert "det andet sted" in notice_bar(window).text
    assert not (tmp_path / "ikke tilsluttet").exists()


def test_a_backup_is_at_most_half_an_hour_behind() -> None:
    most = MILLISECONDS_BETWEEN / 1000 + SECONDS_OF_WAITING + MILLISECONDS_OF_QUIET / 1000
    assert most <= 30 * 60


def test_one_that_could_not_be_written_is_tried_again(
    qtbot: QtBot, window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    paths.backup_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.backup_folder().write_text("en fil")
    soon = Safekeeping(window.desk, window, between=50, quiet=20)
    qtbot.waitUntil(lambda: "Selve registret er gemt" in notice_bar(window).text, timeout=SECONDS)
    paths.backup_folder().unlink()
    qtbot.waitUntil(lambda: newest_backup(register.id) is not None, timeout=SECONDS)
    qtbot.waitUntil(lambda: not soon.runner.is_busy and not soon.is_waiting, timeout=SECONDS)
    assert notice_bar(window).text == "", "what was told is over"


def test_the_folder_of_backups_is_no_second_place(
    window: MainWindow, prompts: FakePrompts, settings: Settings
) -> None:
    prompts.paths = [paths.backup_folder() / "mere"]
    with pytest.raises(Problem) as caught:
        choose_second_place(window.desk)
    assert caught.value.code == "same_place"
    assert settings.get("backup_place") == ""


# The start page


@pytest.fixture
def overview(qtbot: QtBot, window: MainWindow) -> OverviewPage:
    window.show_place("overview")
    page = window.page
    assert isinstance(page, OverviewPage)
    qtbot.waitUntil(lambda: page.is_up_to_date, timeout=SECONDS)
    return page


def test_a_second_place_is_suggested_until_it_is_dismissed(
    overview: OverviewPage, window: MainWindow, settings: Settings
) -> None:
    note = overview.backup_note
    assert note.isVisible()
    assert "kun på denne computer" in note.text.text()
    note.later.click()
    assert not note.isVisible()
    window.show_place("initiatives")
    window.show_place("overview")
    assert not note.isVisible()
    assert settings.get("backup_place_later")


def test_choosing_a_place_copies_at_once_and_an_old_copy_is_told_of(
    qtbot: QtBot,
    overview: OverviewPage,
    window: MainWindow,
    register: Register,
    prompts: FakePrompts,
    tmp_path: Path,
) -> None:
    place = tmp_path / "OneDrive"
    place.mkdir()
    prompts.paths = [place]
    overview.backup_note.choose.click()
    wait_idle(qtbot, window)
    assert len(list(place.rglob("*.coi"))) == 1
    overview.backup_note.look()
    assert not overview.backup_note.isVisible()
    note = next(paths.backup_folder().rglob("elsewhere.json"))
    old = register.clock() - timedelta(days=8)
    note.write_text(
        f'{{"folder": "{place}", "stamp": "x", "written": "{old.isoformat()}", "seen": "{old.isoformat()}"}}'
    )
    overview.backup_note.look()
    assert overview.backup_note.isVisible()
    assert "over 7 dage" in overview.backup_note.text.text()
    overview.backup_note.now.click()
    wait_idle(qtbot, window)
    overview.backup_note.look()
    assert not overview.backup_note.isVisible()


def test_the_second_place_is_shown_and_forgotten_in_the_settings(
    window: MainWindow, settings: Settings, tmp_path: Path
) -> None:
    settings.set("backup_place", str(tmp_path))
    dialog = SettingsDialog(window.desk)
    assert str(tmp_path) in dialog.place.text()
    dialog.no_place.click()
    assert settings.get("backup_place") == ""
    dialog.deleteLater()


# Restoring


def test_the_dialog_says_what_differs_and_names_the_records(
    qtbot: QtBot, window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    back_up(register)
    add_initiative(register, {"title": "Elbiler"})
    edit_field(register, three[0], "title", "Skærmbesøg hver dag")
    dialog = RestoreDialog(window.desk, find_backups(register.path), None)
    qtbot.waitUntil(lambda: "Kopien har 1 tiltag" in dialog.said.text(), timeout=SECONDS)
    assert dialog.said.text() == "Kopien har 1 tiltag færre, og 1 tiltag er en ældre udgave."
    dialog.show_records.click()
    titles = [dialog.records.rows.row(number).cells[1] for number in range(dialog.records.rows.rowCount())]
    assert any("Elbiler" in title for title in titles)
    wait_idle(qtbot, window)
    dialog.deleteLater()


def test_without_backups_there_is_nothing_to_restore(window: MainWindow, register: Register) -> None:
    dialog = RestoreDialog(window.desk, [], None)
    assert not dialog.restore_button.isEnabled()
    assert "endnu ingen" in dialog.said.text()
    dialog.deleteLater()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    made = Program(qapp, Settings.read(tmp_path / "settings.json"), FakePrompts())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    for thread in made._closing:
        thread.join()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A register with a backup."""
    path = tmp_path / "register.coi"
    with create_register(path) as register:
        add_initiative(register, {"title": "Nabohjælp"})
        back_up(register)
    return path


def count(path: Path) -> int:
    with open_register(path, write=False) as register:
        return register.count("initiative")


def test_a_restore_goes_on_in_a_window_on_the_restored_register(
    qtbot: QtBot, program: Program, kept: Path
) -> None:
    assert program.start(kept)
    assert program.register is not None
    assert program.window is not None
    add_initiative(program.register, {"title": "Ny siden"})
    prompts = program.prompts
    assert isinstance(prompts, FakePrompts)

    def choose(dialog: RestoreDialog) -> bool:
        dialog._accept()
        return True

    prompts.dialogs = [choose]
    first = program.window
    first.actions_["restore"].trigger()
    qtbot.waitUntil(lambda: program.window is not first, timeout=SECONDS)
    assert program.register.path == kept
    assert program.register.count("initiative") == 1
    assert "rummer nu sikkerhedskopien" in notice_bar(program.window).text
    assert [one.manifest.reason for one in find_backups(kept)] == [Reason.RESTORE, Reason.ASKED]


@pytest.mark.parametrize("wrong", ["emptied", "gone", "damaged"])
def test_a_register_that_cannot_be_opened_is_restored_at_the_start(
    program: Program, kept: Path, wrong: str
) -> None:
    if wrong == "emptied":
        kept.write_bytes(bytes(8192))
    elif wrong == "gone":
        kept.unlink()
    else:
        kept.write_bytes(kept.read_bytes()[:3000])
    prompts = program.prompts
    assert isinstance(prompts, FakePrompts)
    prompts.choices = ["restore"]
    assert program.start(kept)
    assert program.register is not None
    assert program.register.count("initiative") == 1


def test_a_register_found_damaged_offers_its_backups(program: Program, kept: Path, qtbot: QtBot) -> None:
    flip(kept, kept.read_bytes().rindex("Nabohjælp".encode()))
    assert program.start(kept)
    window = program.window
    assert window is not None
    bar = notice_bar(window)
    damage = Problem("Skade", code="damaged")
    qtbot.waitUntil(lambda: bool(bar.ways_out(damage)), timeout=SECONDS)
    bar.show_problem(damage)
    assert [button.text() for button in bar._steps] == ["&Gendan en sikkerhedskopi…"]


def test_closing_writes_a_backup_of_what_has_changed(program: Program, kept: Path) -> None:
    assert program.start(kept)
    assert program.register is not None
    assert program.window is not None
    add_initiative(program.register, {"title": "Ny siden"})
    program.window.close()
    for thread in program._closing:
        thread.join()
    assert [one.manifest.reason for one in find_backups(kept)] == [Reason.CLOSED, Reason.ASKED]
    assert program.start(kept)
    program.window.close()
    for thread in program._closing:
        thread.join()
    assert len(find_backups(kept)) == 2, "nothing changed"


def test_a_backup_opened_by_a_colleague_is_read_only_and_says_why(
    program: Program, kept: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "drev"
    shutil.copytree(find_backups(kept)[0].backups.folder, copy)
    assert program.start(next(copy.glob("*.coi")))
    assert program.register is not None
    assert not program.register.writable
    assert program.window is not None
    said = [label.text() for label in program.window.findChildren(QLabel)]
    assert any("er en sikkerhedskopi, ikke selve registret" in text for text in said)
