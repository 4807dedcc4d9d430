"""The people in the window: listed, renamed, merged, found, and erased after the name was typed once more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from coi_desktop.models.person_mentions import PersonForms
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.erasing import plan_erasure
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.operations.people import add_person, find_people
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.choose_person_dialog import ChoosePersonDialog
from coi_desktop.ui.dialogs.erase_person_dialog import ErasePersonDialog, ReceiptDialog
from coi_desktop.ui.dialogs.people_dialog import PeopleDialog
from coi_desktop.ui.dialogs.person_places_dialog import PersonPlacesDialog
from coi_desktop.ui.main_window import MainWindow
from tests.ui.fakes import FakePrompts
from tests.ui.test_accessibility import find_nameless, find_small_targets
from tests.ui.waits import wait_until_idle

Answer = Callable[[Any], bool]


@pytest.fixture
def people(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, three: tuple[str, str, str]
) -> Callable[..., None]:
    """Opens the list of people and answers in the windows that follow."""

    def show(*answers: Answer) -> None:
        prompts.dialogs = list(answers)
        window.actions_["people"].trigger()
        wait_until_idle(qtbot, window.desk)

    return show


def lines(dialog: PeopleDialog) -> list[str]:
    model = dialog.table.rows
    return [row.cells[0] for place in range(model.rowCount()) if (row := model.row(place)) is not None]


def test_names_in_use_are_listed_and_become_persons(people: Callable[..., None], register: Register) -> None:
    def work(dialog: PeopleDialog) -> bool:
        assert lines(dialog) == ["Skole Nord", "Team Digital"]
        assert not dialog.rows["name"].isVisibleTo(dialog)
        dialog.choose("name Team Digital")
        dialog.create_button.click()
        assert lines(dialog) == ["Team Digital", "Skole Nord"]
        assert dialog.chosen_name() == "Team Digital"
        assert not dialog.create_button.isEnabled()
        dialog.search.setText("nord")
        assert lines(dialog) == ["Skole Nord"]
        return True

    people(work)
    assert [person["name"] for person in find_people(register)] == ["Team Digital"]


def test_a_name_typed_over_is_put_everywhere(
    people: Callable[..., None], register: Register, three: tuple[str, str, str]
) -> None:
    person = add_person(register, {"name": "Team Digital"})

    def work(dialog: PeopleDialog) -> bool:
        dialog.choose(f"person {person}")
        row = dialog.rows["name"]
        row.editor.set_raw("Digitalt Team")
        row.editor.edited.emit()
        row.editor.left.emit()
        assert lines(dialog)[0] == "Digitalt Team"
        row.editor.set_raw(" ")
        row.editor.edited.emit()
        row.editor.left.emit()
        assert "skal udfyldes" in row.note
        return True

    people(work)
    assert register.get("initiative", three[0])["owner"] == "Digitalt Team"


def test_two_persons_are_merged(people: Callable[..., None], register: Register) -> None:
    kept = add_person(register, {"name": "Kirsten Holm"})
    other = add_person(register, {"name": "Kirsten Åberg", "phone": "20345678"})

    def work(dialog: PeopleDialog) -> bool:
        dialog.choose(f"person {other}")
        dialog.merge_button.click()
        assert lines(dialog)[0] == "Kirsten Holm"
        return True

    def choose(dialog: ChoosePersonDialog) -> bool:
        assert dialog.chosen_id == kept
        return True

    people(work, choose)
    (person,) = find_people(register)
    assert (person.id, person["phone"]) == (kept, "20345678")


def test_where_a_name_stands_is_shown_saved_and_gone_to(
    people: Callable[..., None],
    prompts: FakePrompts,
    window: MainWindow,
    three: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    prompts.paths = [tmp_path / "steder.json"]

    def work(dialog: PeopleDialog) -> bool:
        dialog.choose("name Team Digital")
        dialog.find_button.click()
        return True

    def look(dialog: PersonPlacesDialog) -> bool:
        row = dialog.table.chosen()
        assert row is not None
        assert row.cells == ("1 Skærmbesøg i hjemmeplejen · Ejer", "Team Digital")
        dialog.save.click()
        dialog.go()
        return True

    people(work, look)
    saved = json.loads((tmp_path / "steder.json").read_text(encoding="utf-8"))
    assert saved[0]["field"] == "owner"
    assert window.current_initiative() == three[0]


def test_a_person_is_erased_only_when_the_name_is_typed_once_more(
    people: Callable[..., None],
    prompts: FakePrompts,
    window: MainWindow,
    register: Register,
    three: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    edit_field(register, three[1], "problem", "Team Digital og T. D. spurgte")
    window.desk.settings.set("my_name", "Team Digital")
    prompts.paths = [tmp_path / "kvittering.txt"]

    def work(dialog: PeopleDialog) -> bool:
        dialog.choose("name Team Digital")
        dialog.erase_button.click()
        return True

    def confirm(dialog: ErasePersonDialog) -> bool:
        assert dialog.table.rows.rowCount() >= 2
        assert not dialog.erase.isEnabled()
        dialog.typed.setText("Team")
        assert not dialog.erase.isEnabled()
        dialog.typed.setText("team digital")
        assert dialog.erase.isEnabled()
        dialog.replacement_line.setText("[en kollega]")
        return True

    def read(dialog: ReceiptDialog) -> bool:
        assert "Tiltag · Ejer: 1" in dialog.shown.toPlainText()
        return True

    people(work, confirm, read)
    assert register.get("initiative", three[0])["owner"] == "[en kollega]"
    assert register.get("initiative", three[1])["problem"] == "[en kollega] og T. D. spurgte"
    assert window.desk.settings.get("my_name") == "[en kollega]"
    assert register.find_damage() == []
    window.actions_["undo"].trigger()
    assert register.get("initiative", three[1])["problem"] is None


def test_turned_away_from_nothing_is_erased(people: Callable[..., None], register: Register) -> None:
    before = register.revision

    def work(dialog: PeopleDialog) -> bool:
        dialog.choose("name Team Digital")
        dialog.erase_button.click()
        return True

    people(work, lambda _dialog: False)
    assert register.revision == before


def test_every_control_has_a_name_and_escape_leaves(
    window: MainWindow, register: Register, three: tuple[str, str, str], qtbot: QtBot
) -> None:
    add_person(register, {"name": "Kirsten Åberg"})
    plan = run_to_end(plan_erasure(register, PersonForms(("Team Digital",))))
    (person,) = find_people(register)
    dialogs: list[QDialog] = [
        PeopleDialog(window.desk, find=bool, erase=bool, merge=bool),
        ChoosePersonDialog(person, [person]),
        PersonPlacesDialog("Team Digital", plan.mentions, bool),
        ErasePersonDialog(plan, bool),
        ReceiptDialog("Kvittering", bool),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        assert find_nameless(dialog) == []
        assert find_small_targets(dialog) == []
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
