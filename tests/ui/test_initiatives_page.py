"""The place Initiatives, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.operations import initiatives
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.dialogs.quick_finding import QuickFinding
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.notices import NoticeBar
from coi_desktop.ui.pages.initiative_table import possible_columns
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.pages.selection_bar import SelectionBar
from coi_desktop.ui.panels.evidence_badge import EvidenceBadge
from coi_desktop.ui.panels.facts_tab import FactsTab
from coi_desktop.ui.panels.history_panel import tell
from coi_desktop.ui.panels.history_tab import HistoryTab
from coi_desktop.ui.record_tabs import TABS
from tests.ui.fakes import FakePrompts

OpenWindow = Callable[..., MainWindow]


def titles(page: InitiativesPage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def texts(page: InitiativesPage) -> list[str]:
    """What labels and buttons say that can be seen."""
    parts = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
    return [part.text() for part in parts if part.isVisible()]


def search_line(page: InitiativesPage) -> QLineEdit:
    found = page.findChild(SearchLine)
    assert isinstance(found, QLineEdit)
    return found


def page_of(window: MainWindow) -> InitiativesPage:
    found = window.findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    return found


def test_the_chosen_row_stays_in_sight_when_a_notice_takes_of_the_lists_height(
    window: MainWindow, page: InitiativesPage, register: Register
) -> None:
    for number in range(60):
        initiatives.add_initiative(register, {"title": f"Tiltag {number:02}"})
    table = page.table
    last = table.rowAt(table.viewport().height() - table.rowHeight(0))
    assert 0 < last < 60
    table.selectRow(last)
    window.desk.notices.show_done("Noget er gjort.", [])
    QTest.qWait(50)
    seen = table.visualRect(table.currentIndex())
    assert table.viewport().rect().contains(seen)


def test_on_a_narrow_page_nothing_above_the_list_is_cut(
    window: MainWindow, page: InitiativesPage, register: Register
) -> None:
    for number in range(4):
        initiatives.add_initiative(register, {"title": f"Tiltag {number}"})
    window.resize(683, 384)  # a small screen at double scale
    page.table.selectAll()
    QTest.qWait(50)
    cut = [
        button.text()
        for part in (page.head, page.findChild(SelectionBar))
        if part is not None
        for button in part.findChildren(QPushButton)
        if button.isVisible() and button.width() < button.sizeHint().width()
    ]
    assert cut == []
    assert search_line(page).width() >= 100
    window.resize(1200, 700)
    QTest.qWait(50)
    assert page.head.add.y() == page.head.filter.y() == search_line(page).y()
    assert page.head.add.x() < search_line(page).x() < page.head.filter.x()


# Searching and sorting


def test_ctrl_f_leads_from_the_list_into_the_search_and_typing_filters(
    window: MainWindow, page: InitiativesPage
) -> None:
    assert page.table.hasFocus()
    window.actions_["find"].trigger()
    QTest.keyClicks(search_line(page), "SKOLE")
    assert titles(page) == ["Madspild i skolekøkkenet"]
    assert "1 af 3 vist" in texts(page)


def test_parts_of_compounds_and_danish_letters_are_found(page: InitiativesPage) -> None:
    search_line(page).setText("pleje")
    assert titles(page) == ["Skærmbesøg i hjemmeplejen"]
    search_line(page).setText("ÆRØ")
    assert titles(page) == ["Ærø deler elbiler"]


def test_escape_empties_the_search_and_down_goes_on_into_the_list(page: InitiativesPage) -> None:
    line = search_line(page)
    line.setFocus()
    line.setText("skole")
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    assert len(titles(page)) == 3


@pytest.mark.parametrize(
    "typed", ['"', "a AND (", "NEAR/2 *", "-", "%_", "'; drop table initiative", "\x00", "🙂"]
)
def test_odd_searches_find_nothing_and_break_nothing(page: InitiativesPage, typed: str) -> None:
    search_line(page).setText(typed)
    search_line(page).setText("")
    assert len(titles(page)) == 3


def test_where_nothing_is_found_the_search_can_be_taken_away(page: InitiativesPage) -> None:
    search_line(page).setText("findes ikke")
    assert "Ingen tiltag passer til søgningen" in texts(page)
    clear = next(b for b in page.findChildren(QPushButton) if b.isVisible() and "Ryd søgningen" in b.text())
    clear.click()
    assert len(titles(page)) == 3


def test_a_click_on_a_heading_sorts_and_another_turns_round(page: InitiativesPage) -> None:
    header = page.table.horizontalHeader()
    place = header.sectionPosition(1) + 10
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
    assert [page.model.index(row, 1).data() for row in range(3)] == [
        "Idé",
        "Udvikling og afprøvning",
        "Drift og gevinst",
    ]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
    assert page.model.index(0, 1).data() == "Drift og gevinst"


def test_sorting_and_searching_keep_the_chosen_initiative(
    page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    page.show_record(three[2])
    search_line(page).setText("ærø")
    assert page.current_initiative() == three[2]
    search_line(page).setText("")
    assert page.model.id_at(page.table.currentIndex().row()) == three[2]


def column_action(menu: QMenu, label: str) -> QAction:
    """The action of a column, in the menu itself or in one of its sections."""
    menus = [menu, *(one for one in menu.findChildren(QMenu))]
    return next(action for one in menus for action in one.actions() if action.text() == label)


def test_every_column_can_be_chosen_exactly_once(page: InitiativesPage, register: Register) -> None:
    menu = page.table.make_column_menu()
    ticks = [action for one in (menu, *menu.findChildren(QMenu)) for action in one.actions()]
    labels = [action.text() for action in ticks if action.isCheckable()]
    assert sorted(labels) == sorted(
        field.label() for field in possible_columns(page._desk.register.fields("initiative"))
    )


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


# What is remembered


def test_the_title_takes_the_room_that_other_columns_leave(page: InitiativesPage) -> None:
    header, room = page.table.horizontalHeader(), page.table.viewport()
    assert header.length() == room.width()
    page.window().resize(1400, 700)
    assert header.length() == room.width()
    header.resizeSection(0, 150)
    page.window().resize(1500, 700)
    assert page.table.columnWidth(0) == 150  # drawn by hand, left alone


def test_columns_widths_order_and_choice_are_as_they_were_left(
    window: MainWindow,
    page: InitiativesPage,
    settings: Settings,
    three: tuple[str, str, str],
    open_window: OpenWindow,
) -> None:
    menu = page.table.make_column_menu()
    assert len(menu.actions()) < 20, "the menu is higher than a small screen"
    column_action(menu, "Ejer").setChecked(True)
    column_action(menu, "Status").setChecked(False)
    page.table.horizontalHeader().moveSection(2, 1)
    page.table.horizontalHeader().resizeSection(0, 333)
    page.table.horizontalHeader().sectionClicked.emit(0)
    page.show_record(three[1])
    columns = page.table.shown_columns()
    assert columns == ["title", "next_date", "phase", "owner"]
    window.close()
    again = page_of(open_window())
    assert again.table.shown_columns() == columns
    assert again.table.columnWidth(0) == 333
    assert titles(again)[0] == "Ærø deler elbiler"  # turned round by the click
    assert again.current_initiative() == three[1]
    menu = again.table.make_column_menu()
    menu.actions()[-1].trigger()
    assert again.table.shown_columns() == ["title", "phase", "status", "next_date"]


def test_settings_from_elsewhere_do_no_harm(
    settings: Settings, three: tuple[str, str, str], open_window: OpenWindow
) -> None:
    settings.set("list_columns", ["no_such_field", "title", 7])
    settings.set("list_widths", {"title": "wide", "phase": 99999})
    settings.set("list_sort", ["problem", "down"])
    settings.set("splitter", ["a", 3])
    settings.set("last_initiative", "gone")
    settings.set("window_geometry", "%%%")
    page = page_of(open_window())
    assert page.table.shown_columns() == ["title"]
    assert 100 < page.table.columnWidth(0) < 1000
    assert len(titles(page)) == 3


# Adding, removing, undoing


def fill_in(title: str, **typed: str) -> Callable[[QuickAdd], bool]:
    """Whoever types into quick add and presses Add."""

    def answer(dialog: QuickAdd) -> bool:
        for name, text in {"title": title, **typed}.items():
            editor = dialog.row(name).editor
            editor.set_raw(text)
        dialog.add()
        return bool(dialog.result())

    return answer


def test_a_new_initiative_needs_no_more_than_a_title_and_is_chosen(
    window: MainWindow, page: InitiativesPage, register: Register, prompts: FakePrompts
) -> None:
    prompts.dialogs.append(fill_in("Nabohjælp på Østerbro"))
    window.actions_["new"].trigger()
    made = register.get("initiative", page.current_initiative())
    assert (made["title"], made["phase"], made["status"]) == ("Nabohjælp på Østerbro", "idea", "active")
    assert "Nabohjælp på Østerbro" in titles(page)
    notices = window.desk.notices
    assert isinstance(notices, NoticeBar)
    assert "Nabohjælp på Østerbro" in notices.text


def test_the_six_fields_are_stored(
    window: MainWindow, page: InitiativesPage, register: Register, prompts: FakePrompts
) -> None:
    prompts.dialogs.append(
        fill_in(
            "Cykler til udlån",
            problem="Borgere uden bil kommer ikke ud.",
            owner="Kultur",
            field="culture",
            phase="preanalysis",
            start="1. marts 2027",
        )
    )
    window.actions_["new"].trigger()
    made = register.get("initiative", page.current_initiative())
    assert {name: made[name] for name in ("problem", "owner", "field", "phase", "start")} == {
        "problem": "Borgere uden bil kommer ikke ud.",
        "owner": "Kultur",
        "field": "culture",
        "phase": "preanalysis",
        "start": date(2027, 3, 1),
    }


def test_without_a_title_or_with_an_odd_date_nothing_is_added_and_it_says_why(
    window: MainWindow, page: InitiativesPage, register: Register, prompts: FakePrompts
) -> None:
    said: list[str] = []

    def answer(dialog: QuickAdd) -> bool:
        dialog.row("start").editor.set_raw("engang")
        dialog.add()
        said.extend((dialog.row("title").note, dialog.row("start").note))
        return bool(dialog.result())

    prompts.dialogs.append(answer)
    window.actions_["new"].trigger()
    assert register.count("initiative") == 3
    assert said[0] == "Titel skal udfyldes."
    assert said[1].startswith("Det er ikke en dato.")


def test_a_search_that_would_hide_the_new_one_is_taken_away(
    window: MainWindow, page: InitiativesPage, prompts: FakePrompts
) -> None:
    search_line(page).setText("skole")
    prompts.dialogs.append(fill_in("Nabohjælp"))
    window.actions_["new"].trigger()
    assert search_line(page).text() == ""
    assert page.table.currentIndex().data() == "Nabohjælp"


def test_delete_removes_the_chosen_one_and_ctrl_z_brings_it_back(
    window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    page.table.setFocus()
    window.actions_["delete"].trigger()
    assert titles(page) == ["Madspild i skolekøkkenet", "Ærø deler elbiler"]
    assert page.current_initiative() == three[1]  # the one that stood below
    assert window.actions_["undo"].text() == "&Fortryd: Fjern tiltag: Skærmbesøg i hjemmeplejen"
    window.actions_["undo"].trigger()
    assert len(titles(page)) == 3


def test_when_the_last_one_goes_the_page_says_what_belongs_here(
    window: MainWindow, page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    for record_id in three:
        page.show_record(record_id)
        window.actions_["delete"].trigger()
    assert "Her er plads til jeres tiltag" in texts(page)
    assert page.current_initiative() == ""
    assert not window.actions_["delete"].isEnabled()
    window.actions_["undo"].trigger()
    assert "Her er plads til jeres tiltag" not in texts(page)
    assert len(titles(page)) == 1


def test_an_empty_register_offers_the_first_step(open_window: OpenWindow, prompts: FakePrompts) -> None:
    page = page_of(open_window())
    assert "Her er plads til jeres tiltag" in texts(page)
    offers = [b.text().replace("&", "") for b in page.findChildren(QPushButton) if b.isVisible()]
    assert {"Nyt tiltag", "Åbn eksempelporteføljen", "Importér liste…"} <= set(offers)
    prompts.dialogs.append(fill_in("Det første"))
    next(b for b in page.findChildren(QPushButton) if b.isVisible() and "Nyt tiltag" in b.text()).click()
    assert titles(page) == ["Det første"]


def test_f2_leads_into_the_title(
    window: MainWindow, page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    window.actions_["rename"].trigger()
    focused = window.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused.text() == "Skærmbesøg i hjemmeplejen"


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
