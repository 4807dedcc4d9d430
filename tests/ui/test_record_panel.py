"""The panel beside the list: findings in passing, where an evaluation begins, history, rows, reading only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.operations import initiatives
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.quick_finding import QuickFinding
from coi_desktop.ui.itemmodels.history_model import tell
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.evidence_badge import EvidenceBadge
from coi_desktop.ui.panels.facts_tab import FactsTab
from coi_desktop.ui.panels.history_tab import HistoryTab
from coi_desktop.ui.record_tabs import TABS
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.test_initiatives_page import page_of, titles

# A finding in passing


def write_finding(text: str, sign: str = "") -> Callable[[QuickFinding], bool]:
    """Whoever writes a finding and presses the button."""

    def answer(dialog: QuickFinding) -> bool:
        dialog.line.setText(text)
        dialog.sign.setCurrentIndex(max(0, dialog.sign.findData(sign)))
        dialog.keep()
        return bool(dialog.result())

    return answer


def test_a_finding_is_noted_from_the_list_and_undone_as_one_step(
    window: MainWindow,
    page: InitiativesPage,
    register: Register,
    prompts: FakePrompts,
    three: tuple[str, ...],
) -> None:
    page.show_record(three[1])
    prompts.dialogs = [write_finding("Borgeren slukkede skærmen", "negative")]
    window.actions_["quick_finding"].trigger()
    (evaluation,) = register.children("evaluation", three[1])
    (finding,) = register.children("finding", evaluation.id)
    assert (finding["text"], finding["sign"]) == ("Borgeren slukkede skærmen", "negative")
    register.undo()
    assert register.children("evaluation", three[1]) == ()


def test_a_finding_without_words_is_not_noted(
    window: MainWindow,
    page: InitiativesPage,
    register: Register,
    prompts: FakePrompts,
    three: tuple[str, ...],
) -> None:
    page.show_record(three[1])
    revision = register.revision
    prompts.dialogs = [write_finding("   ")]
    window.actions_["quick_finding"].trigger()
    assert register.revision == revision


# How an evaluation begins


def begin_button(page: InitiativesPage) -> QPushButton | None:
    assert page.panel is not None
    found = [one for one in page.panel.findChildren(QPushButton) if one.text() == "&Begynd evalueringen"]
    return next((one for one in found if one.isVisible()), None)


def test_an_initiative_that_nobody_evaluated_says_how_one_begins(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.show_record(three[1])
    qtbot.waitUntil(lambda: begin_button(page) is not None)
    begin = begin_button(page)
    assert begin is not None
    QTest.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert len(register.children("evaluation", three[1])) == 1
    window.show_place("initiatives")
    qtbot.waitUntil(lambda: begin_button(page) is None)
    page.show_record(three[2])
    qtbot.waitUntil(lambda: begin_button(page) is not None)


def test_read_only_offers_no_beginning(
    qtbot: QtBot, read_only: Register, open_window: OpenWindow, three: tuple[str, str, str]
) -> None:
    page = page_of(open_window(None, read_only))
    page.show_record(three[1])
    qtbot.wait(250)
    assert begin_button(page) is None


# The panel


def test_history_tells_in_plain_words_what_changed(
    window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    initiatives.edit_field(register, three[0], "phase", "introduce")
    assert page.panel is not None
    tab = page.panel.show_tab("history")
    assert isinstance(tab, HistoryTab)
    assert tab.lines()[:2] == [
        "Ret tiltag: Skærmbesøg i hjemmeplejen",
        "  Fase: Udvikling og afprøvning → Indførelse",
    ]
    window.actions_["undo"].trigger()
    assert tab.lines()[0] == "Fortryd: Ret tiltag: Skærmbesøg i hjemmeplejen"
    assert "Ret tiltag: Skærmbesøg i hjemmeplejen (fortrudt)" in tab.lines()


def test_a_value_that_was_not_there_has_no_before() -> None:
    from coi_desktop.operations.history import FieldStory

    story = FieldStory("initiative", "x", "Tiltag", "owner", "Ejer", "", "Kultur")
    assert tell(story) == "Ejer: Kultur"
    gone = FieldStory("initiative", "x", "Tiltag", "owner", "Ejer", "Kultur", "")
    assert tell(gone) == "Ejer: Kultur → tomt"


def test_tabs_without_content_are_not_shown(
    page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    assert page.panel is not None
    assert "evaluation" not in page.panel.tab_names
    assert {"facts", "benefits", "status", "attachments", "history"} <= set(page.panel.tab_names)
    start_evaluation(register, three[0])
    assert "evaluation" in page.panel.tab_names
    page.show_record(three[1])
    assert "evaluation" not in page.panel.tab_names


def test_where_nothing_may_be_written_tabs_of_rows_need_some(register: Register) -> None:
    empty = initiatives.add_initiative(register, {"title": "Uden"})
    full = initiatives.add_initiative(register, {"title": "Med"})
    initiatives.add_row(register, "risk", {"initiative_id": full, "text": "Brand"})
    path = register.path
    register.close()
    with Register.open(path, write=False) as read:
        shown = {owner: [tab.name for tab in TABS if tab.has_content(read, owner)] for owner in (empty, full)}
    assert {"benefits", "status"}.isdisjoint(shown[empty])
    assert "status" in shown[full]
    assert "benefits" not in shown[full]


def test_tags_are_typed_into_the_last_row(
    page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)
    model = facts.tags.model
    assert model.index(0, 0).data() == "+ Tilføj"
    assert model.setData(model.index(0, 0), "  velfærd ")
    assert [tag["name"] for tag in register.children("tag", three[0])] == ["velfærd"]
    assert model.rowCount() == 2
    assert not model.setData(model.index(1, 0), "   ")
    assert not model.setData(model.index(0, 0), "x" * 61)
    assert model.problem.startswith("For langt")
    model.remove(0)
    assert register.children("tag", three[0]) == ()


def test_a_partner_begins_with_its_name(
    page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)
    model = facts.partners.model
    assert not model.setData(model.index(0, 1), "region")
    assert model.problem == "Skriv Partner først."
    assert model.setData(model.index(0, 0), "Region Nord")
    assert model.setData(model.index(0, 1), "region")
    partner = register.children("partner", three[0])[0]
    assert (partner["name"], partner["kind"]) == ("Region Nord", "region")
    assert model.index(0, 1).data() == "Region"


# Reading only


def test_read_only_shows_everything_and_changes_nothing(
    open_window: OpenWindow, read_only: Register, three: tuple[str, str, str]
) -> None:
    window = open_window(other=read_only)
    page = page_of(window)
    assert len(titles(page)) == 3
    assert any(text.startswith("Skrivebeskyttet.") for text in texts_of(window))
    for name in ("new", "delete", "rename", "undo", "redo"):
        assert not window.actions_[name].isEnabled(), name
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)
    assert isinstance(facts.form.row("title").editor.target, QLineEdit)
    assert facts.form.row("title").editor.target.isReadOnly()
    box = facts.form.row("phase").editor.target
    assert isinstance(box, QComboBox)
    assert not box.isEnabled()
    assert facts.tags.model.rowCount() == 0


def texts_of(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_the_head_shows_the_evidence_level_where_there_is_an_evaluation(
    page: InitiativesPage, register: Register, three: tuple[str, str, str], qtbot: QtBot
) -> None:
    page.show_record(three[0])
    assert page.panel is not None
    assert page.panel.findChild(EvidenceBadge) is None
    start_evaluation(register, three[0])
    qtbot.waitUntil(lambda: page.panel.findChild(EvidenceBadge) is not None, timeout=5000)
    badge = page.panel.findChild(EvidenceBadge)
    assert isinstance(badge, EvidenceBadge)
    assert badge.text.startswith("Evidens 0 af højst ") or badge.text.startswith("Evidens 1 af højst ")
    page.show_record(three[1])
    assert not badge.isVisible()
