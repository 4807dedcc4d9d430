"""Duplicates by keyboard: warned of while typing, found, compared, merged, or kept apart."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.models.merge_plan import Choice
from coi_desktop.operations import initiatives
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.duplicates_dialog import DuplicatesDialog
from coi_desktop.ui.dialogs.merge_dialog import MergeDialog
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.lookalike_watch import LookalikeWatch
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.choosing import choose_several
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar


@pytest.fixture
def twin(register: Register, three: tuple[str, str, str]) -> str:
    """An initiative that looks like Skærmbesøg."""
    values = {"title": "Skærmbesøg i hjemmepleje", "owner": "Team Øst", "problem": "Kørsel & tid <b>"}
    return initiatives.add_initiative(register, values)


def test_a_title_that_is_nearly_there_already_is_told_while_it_is_typed(
    window: MainWindow, three: tuple[str, str, str]
) -> None:
    dialog = QuickAdd(window.desk)
    dialog.row("title").editor.set_raw("skærmbesøg i hjemmeplejen")
    dialog.warn()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Skærmbesøg i hjemmeplejen" in said
    dialog.row("title").editor.set_raw("Noget helt nyt")
    dialog.warn()
    assert "Ligner" not in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.deleteLater()


def test_a_title_edited_to_look_like_another_is_told_in_a_quiet_notice(
    window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.table.choose(three[1])
    watch = page.findChild(LookalikeWatch)
    assert isinstance(watch, LookalikeWatch)
    initiatives.edit_field(register, three[1], "title", "Skærmbesøg i hjemmepleje")
    watch.look()
    notice = notice_bar(window)
    assert "Skærmbesøg i hjemmeplejen" in notice.text
    apart = next(one for one in notice.findChildren(QPushButton) if "dubletter" in one.text())
    apart.click()
    assert register.count("not_duplicate") == 1
    watch.look()
    assert notice.text == ""


def test_fields_are_chosen_one_by_one_and_the_two_change_places(
    window: MainWindow, register: Register, three: tuple[str, str, str], twin: str
) -> None:
    dialog = MergeDialog(window.desk, three[0], twin)
    dialog.choose("owner", Choice.OTHER)
    assert dialog.plan.values == {"owner": "Team Øst", "problem": "Kørsel & tid <b>"}
    dialog.swap_button.click()
    assert dialog.plan.keep.id == twin
    assert dialog.plan.values["title"] == "Skærmbesøg i hjemmeplejen"
    assert "owner" not in dialog.plan.values
    names = [button.accessibleName() for button in dialog.buttons.values()]
    assert all(names)
    dialog.deleteLater()


def test_two_chosen_rows_are_compared_and_merged(
    window: MainWindow,
    page: InitiativesPage,
    register: Register,
    prompts: FakePrompts,
    three: tuple[str, str, str],
    twin: str,
) -> None:
    choose_several(page, [three[0], twin])
    prompts.dialogs = [lambda dialog: isinstance(dialog, MergeDialog)]
    window.actions_["duplicates"].trigger()
    assert register.count("initiative") == 3
    window.actions_["undo"].trigger()
    assert register.count("initiative") == 4


def test_the_list_of_duplicates_leads_to_the_merge_and_remembers_what_are_two(
    qtbot: QtBot,
    window: MainWindow,
    register: Register,
    prompts: FakePrompts,
    three: tuple[str, str, str],
    twin: str,
) -> None:
    seen: list[int] = []

    def merge(dialog: DuplicatesDialog) -> bool:
        seen.append(dialog.table.rows.rowCount())
        prompts.dialogs = [lambda _merge: True]
        dialog.compare()
        seen.append(dialog.table.rows.rowCount())
        return True

    def keep_apart(dialog: DuplicatesDialog) -> bool:
        dialog.keep_apart()
        seen.append(dialog.table.rows.rowCount())
        return True

    for answer in (merge, keep_apart):
        prompts.dialogs = [answer]
        before = len(seen)
        window.actions_["duplicates"].trigger()
        qtbot.waitUntil(lambda before=before: len(seen) > before and not window.desk.runner.is_busy)
        if answer is merge:
            assert register.count("initiative") == 3
            window.actions_["undo"].trigger()
    assert seen == [1, 0, 0]
    assert register.count("not_duplicate") == 1
