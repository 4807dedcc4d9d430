"""The main job, end to end through the main window, in Danish, by somebody who has only a keyboard.

From an empty register over the first initiative and its evaluation to the steering group's workbook, and what
another unit has shared.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from coi_desktop.models.completeness import Status
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.evaluations import LoadedEvaluation, find_evaluations, load_evaluation
from coi_desktop.operations.packs import export_pack
from coi_desktop.operations.registers import create_register
from coi_desktop.operations.samples import load_sample
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.export_dialog import ExportDialog
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.overview_page import OverviewPage
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import LONGEST, wait_until_idle
from tests.ui.walkthrough.keyboard import Keyboard
from tests.ui.walkthrough.small_evaluation import SCREENS, VALUE, enter

SIX_FIELDS = {
    "Titel": "Fælles morgenmøde",
    "Problemet i én sætning": "Hjemmepleje og sygepleje kører forgæves, fordi ændringer ikke bliver sagt.",
    "Ejer": "Team Velfærd",
    "Forventet start": "2-2-2026",
}


class Story:
    """The window, whoever sits before it, and a look into the register past the window."""

    def __init__(
        self,
        qtbot: QtBot,
        register: Register,
        prompts: FakePrompts,
        open_window: Callable[..., MainWindow],
    ) -> None:
        self.qtbot = qtbot
        self.register = register
        self.prompts = prompts
        self._open_window = open_window
        self.keys = Keyboard()
        self.window = self._open()

    def _open(self) -> MainWindow:
        window = self._open_window()
        self.come_to(window)
        return window

    def come_to(self, window: QWidget) -> None:
        """Let a window have the keyboard."""
        window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=LONGEST)

    def come_back(self) -> None:
        """Close the window and open it again."""
        self.window.close()
        self.window = self._open()

    def press(self, action: str) -> None:
        """Use an action of the menus, and wait until its work is done."""
        self.window.actions_[action].trigger()
        wait_until_idle(self.qtbot, self.window.desk)

    @property
    def list(self) -> InitiativesPage:
        """The page of initiatives."""
        page = self.window.findChild(InitiativesPage)
        assert isinstance(page, InitiativesPage)
        return page

    @property
    def shown_titles(self) -> list[str]:
        """The titles in the list, from the top."""
        model = self.list.table.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def notice(self) -> str:
        """What the notice says."""
        return notice_bar(self.window).text

    @property
    def said(self) -> str:
        """Every word on labels that can be seen."""
        return "\n".join(one.text() for one in self.window.findChildren(QLabel) if one.isVisible())

    def loaded(self, initiative_id: str) -> LoadedEvaluation:
        """The evaluation as the register holds it."""
        return load_evaluation(self.register, find_evaluations(self.register, initiative_id)[0].id)

    def cases(self) -> list[str]:
        """Titles of the cases of others."""
        return sorted(
            one.text("title") for one in self.register.find(Query("case")) if one.text("origin") == "imported"
        )


@pytest.fixture
def story(
    qtbot: QtBot, register: Register, prompts: FakePrompts, open_window: Callable[..., MainWindow]
) -> Story:
    return Story(qtbot, register, prompts, open_window)


def test_from_an_empty_register_to_the_workbook_of_the_steering_group(story: Story, tmp_path: Path) -> None:
    an_empty_register_offers_a_first_step(story)
    initiative_id = six_fields_make_an_initiative(story)
    what_is_typed_saves_by_itself(story, initiative_id)
    search_finds_parts_of_words_while_typing(story)
    half_an_evaluation_is_left_and_found_again(story, initiative_id)
    the_evaluation_ends_in_a_decision(story, initiative_id)
    the_overview_counts_it(story)
    the_workbook_says_what_was_evaluated(story, tmp_path / "styregruppe.xlsx")
    the_initiative_has_a_workbook_of_its_own(story, initiative_id, tmp_path / "tiltag.xlsx")
    a_pack_of_another_unit_comes_in_and_is_taken_back(story, tmp_path)
    nothing_was_asked_that_need_not_be(story)


def an_empty_register_offers_a_first_step(story: Story) -> None:
    assert story.window.has_place("initiatives")
    assert not story.window.has_place("overview")
    assert not story.window.has_place("cases")
    assert story.shown_titles == []


def six_fields_make_an_initiative(story: Story) -> str:
    def type_them(dialog: QuickAdd) -> bool:
        dialog.show()
        story.come_to(dialog)
        for name, text in SIX_FIELDS.items():
            story.keys.answer(name, text)
        story.keys.choose("Fagområde", "Ældre")
        story.keys.choose("Fase", "Udvikling og afprøvning")
        story.keys.press(Qt.Key.Key_Return, ctrl=True)
        return bool(dialog.result())

    story.prompts.dialogs = [type_them]
    story.press("new")
    story.come_to(story.window)
    assert story.shown_titles == ["Fælles morgenmøde"]
    made = story.register.get("initiative", story.list.current_initiative())
    assert (made["owner"], made["field"], made["phase"], str(made["start"])) == (
        "Team Velfærd",
        "elderly",
        "develop",
        "2026-02-02",
    )
    assert made.text("problem") == SIX_FIELDS["Problemet i én sætning"]
    assert story.window.has_place("overview")
    for title in ("Natur som medicin", "Robotstøvsugere"):
        story.prompts.dialogs = [lambda dialog, said=title: type_title(dialog, said)]
        story.press("new")
    return made.id


def type_title(dialog: QuickAdd, title: str) -> bool:
    """The shortest way to an initiative: its title alone."""
    dialog.row("title").editor.set_raw(title)
    dialog.add()
    return bool(dialog.result())


def what_is_typed_saves_by_itself(story: Story, initiative_id: str) -> None:
    story.list.show_record(initiative_id)
    story.press("rename")
    story.keys.reach("Løsning")
    story.keys.write("Hver morgen mødes de ti minutter ved tavlen.")
    revision = story.register.revision
    story.qtbot.waitUntil(lambda: story.register.revision > revision, timeout=LONGEST)
    assert story.register.get("initiative", initiative_id).text("solution").startswith("Hver morgen mødes")
    assert "Gemt " in story.said
    assert "Fortryd: " in story.said


def search_finds_parts_of_words_while_typing(story: Story) -> None:
    story.press("find")
    story.keys.write("morgen")
    story.qtbot.waitUntil(lambda: story.shown_titles == ["Fælles morgenmøde"], timeout=LONGEST)
    QTest.keyClick(story.keys.focus, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    story.keys.press(Qt.Key.Key_Delete)
    story.qtbot.waitUntil(lambda: len(story.shown_titles) == 3, timeout=LONGEST)


def half_an_evaluation_is_left_and_found_again(story: Story, initiative_id: str) -> None:
    story.list.show_record(initiative_id)
    story.press("evaluate")
    enter(story.keys, *SCREENS[:2], VALUE[:3])
    story.keys.answer("så …", "kører vi færre forgæves tu")  # and here the telephone rings
    story.come_back()
    story.window.show_record("evaluations", initiative_id)
    assert panel(story).walk.walkthrough.position == "value_idea"
    assert story.loaded(initiative_id).answers.single("theory")["then"] == "kører vi færre forgæves tu"


def panel(story: Story) -> WalkPanel:
    """The walk-through in front."""
    found = story.window.findChild(WalkPanel)
    assert isinstance(found, WalkPanel)
    return found


def the_evaluation_ends_in_a_decision(story: Story, initiative_id: str) -> None:
    keys = story.keys
    keys.reach("så …")
    keys.press(Qt.Key.Key_End)
    keys.write("re")
    enter(keys, VALUE[4:], *SCREENS[3:])
    assert story.window.flush()
    found = story.loaded(initiative_id)
    unfinished = [part.id for part in found.walkthrough.screens if part.status is not Status.COMPLETE]
    assert unfinished == []
    assert found.figures.decided == "adjust"
    assert found.figures.economy.npv == Decimal("63270.94")
    assert (found.figures.evidence.level, found.figures.evidence.ceiling) == (2, 2)


def the_overview_counts_it(story: Story) -> None:
    story.window.show_place("overview")
    page = story.window.findChild(OverviewPage)
    assert isinstance(page, OverviewPage)
    story.qtbot.waitUntil(lambda: page.is_up_to_date, timeout=LONGEST)
    values = {card.figure.key: card.figure.value for card in page.cards if card.figure is not None}
    assert values["initiatives"] == "3"
    assert values["evaluated"].replace("\xa0", " ") == "33 %"
    wait_until_idle(story.qtbot, story.window.desk)


def the_workbook_says_what_was_evaluated(story: Story, target: Path) -> None:
    cells = exported(story, "export_portfolio", target)
    assert story.prompts.suggested[-1].name.endswith("Styregruppe – Portefølje.xlsx")
    assert "styregruppe.xlsx" in story.notice
    for text in ("Fælles morgenmøde", "Natur som medicin", "Ti minutter er nok", "Justér"):
        assert text in cells, text
    assert any(isinstance(cell, float) and abs(cell - 63270.94) < 0.01 for cell in cells)


def the_initiative_has_a_workbook_of_its_own(story: Story, initiative_id: str, target: Path) -> None:
    story.window.show_record("initiatives", initiative_id)
    cells = exported(story, "export_initiative", target)
    assert story.prompts.suggested[-1].name.endswith(" Fælles morgenmøde.xlsx")
    assert "Fem færre forgæves ture om ugen" in cells
    assert "Natur som medicin" not in cells


def exported(story: Story, action: str, target: Path) -> list[object]:
    """What stands in the cells of a workbook that is exported by its menu."""

    def in_danish(dialog: ExportDialog) -> bool:
        assert dialog.export.language == "da"
        dialog.accept()
        return True

    story.prompts.dialogs, story.prompts.paths = [in_danish], [target]
    story.press(action)
    book = openpyxl.load_workbook(target, data_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not any(isinstance(cell, str) and cell.startswith("#") for cell in cells)
    return cells


def a_pack_of_another_unit_comes_in_and_is_taken_back(story: Story, tmp_path: Path) -> None:
    pack = tmp_path / "nabo.coipack"
    with create_register(tmp_path / "nabo.coi") as neighbour:
        load_sample(neighbour)
        run_to_end(export_pack(neighbour, pack))
    story.prompts.dialogs, story.prompts.paths = [lambda _preview: True], [pack]
    story.press("import_pack")
    assert len(story.cases()) == 12
    assert story.window.has_place("cases")
    story.press("undo")
    assert story.cases() == []
    assert not story.window.has_place("cases")
    assert story.register.count("initiative") == 3
    story.press("redo")
    assert len(story.cases()) == 12


def nothing_was_asked_that_need_not_be(story: Story) -> None:
    assert story.prompts.asked == [
        "Nyt tiltag",
        "Nyt tiltag",
        "Nyt tiltag",
        *["Eksportér projektmappe"] * 4,
        "Importér casepakke",
        "Importér casepakke",
    ]
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    assert shown == []
    assert story.register.find_damage() == []
