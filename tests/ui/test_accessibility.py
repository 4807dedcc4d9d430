"""Everybody can use it: the accessibility tree is walked as a screen reader does, and the Tab key's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLineEdit, QWidget

from coi_desktop.operations import initiatives
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.questions import ChoiceDialog
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.dialogs.settings_dialog import SettingsDialog
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.prompts import Choice

ROLES = QAccessible.Role
MUST_HAVE_NAMES = {
    ROLES.Button,
    ROLES.EditableText,
    ROLES.CheckBox,
    ROLES.RadioButton,
    ROLES.ComboBox,
    ROLES.Table,
    ROLES.Tree,
    ROLES.List,
    ROLES.Slider,
    ROLES.SpinBox,
    ROLES.PageTab,
    ROLES.PageTabList,
    ROLES.MenuItem,
    ROLES.ButtonMenu,
    ROLES.ButtonDropDown,
    ROLES.Dialog,
    ROLES.ProgressBar,
    ROLES.Graphic,
}
#: Smaller than this is hard to hit (WCAG 2.2, 2.5.8).
LEAST_TARGET = 24


def iter_tree(interface: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """Everything a screen reader can reach; of a long list its first children."""
    if interface is None or depth > 30:
        return
    yield interface
    for place in range(min(interface.childCount(), 60)):
        child = interface.child(place)
        if child is not None:
            yield from iter_tree(child, depth + 1)


def find_nameless(top: QWidget) -> list[str]:
    """Controls without a name."""
    found = []
    for interface in iter_tree(QAccessible.queryAccessibleInterface(top)):
        if interface.state().invisible or interface.role() not in MUST_HAVE_NAMES:
            continue
        if not interface.text(QAccessible.Text.Name).strip():
            shown = interface.object()
            above = type(shown.parent()).__name__ if shown is not None else ""
            found.append(f"{interface.role().name}: {type(shown).__name__} in {above}")
    return found


def find_small_targets(top: QWidget) -> list[str]:
    """Controls that can be seen and are lower or narrower than 24 pixels."""
    controls = [
        *top.findChildren(QAbstractButton),
        *top.findChildren(QLineEdit),
        *top.findChildren(QComboBox),
    ]
    return [
        f"{type(control).__name__} {control.accessibleName()!r}: {control.size()}"
        for control in controls
        if control.isVisible()
        and not isinstance(control.parentWidget(), QLineEdit)
        and (control.height() < LEAST_TARGET or control.width() < LEAST_TARGET)
    ]


@pytest.fixture
def full_window(
    window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> MainWindow:
    """The window with every tab of the panel made."""
    initiatives.add_row(register, "tag", {"initiative_id": three[0], "name": "velfærd"})
    initiatives.add_row(register, "attachment", {"initiative_id": three[0], "title": "Notat"})
    page.show_record(three[0])
    assert page.panel is not None
    for name in page.panel.tab_names:
        page.panel.show_tab(name)
        QApplication.processEvents()
    page.panel.show_tab("facts")
    return window


def test_every_control_of_the_window_has_a_name(full_window: MainWindow) -> None:
    assert find_nameless(full_window) == []


def test_every_control_of_the_window_is_large_enough(full_window: MainWindow) -> None:
    assert find_small_targets(full_window) == []


def test_no_markup_of_a_tooltip_is_read_aloud(full_window: MainWindow) -> None:
    for place in ("overview", "evaluations", "initiatives"):
        full_window.show_place(place)
        QApplication.processEvents()
    found = [
        interface.text(QAccessible.Text.Description)
        for interface in iter_tree(QAccessible.queryAccessibleInterface(full_window))
    ]
    assert [text for text in found if "<" in text] == []
    assert any(text.strip() for text in found)


def test_lists_that_fold_out_are_called_as_their_boxes(full_window: MainWindow) -> None:
    boxes = [box for box in full_window.findChildren(ChoiceBox) if box.isVisible()]
    assert boxes
    for box in boxes:
        box.view()
        QApplication.processEvents()
        assert box.view().accessibleName() == box.accessibleName() != ""


def test_a_nameless_or_tiny_control_would_be_found(full_window: MainWindow) -> None:
    line = QLineEdit(full_window)
    line.setGeometry(0, 0, 10, 10)
    line.show()
    assert len(find_nameless(full_window)) == 1
    assert len(find_small_targets(full_window)) == 1
    line.deleteLater()


Making = Callable[[MainWindow], QDialog]


@pytest.mark.parametrize(
    "make",
    [
        lambda window: QuickAdd(window.desk, window),
        lambda window: SettingsDialog(window.desk, window),
        lambda window: ChoiceDialog(
            "Hvad nu?", "Vælg.", [Choice("a", "A"), Choice("b", "B")], "Nærmere", window
        ),
    ],
    ids=["quick add", "settings", "question"],
)
def test_dialogs_can_be_named_hit_and_left_with_escape(window: MainWindow, make: Making) -> None:
    dialog = make(window)
    dialog.show()
    assert dialog.windowTitle()
    assert find_nameless(dialog) == []
    assert find_small_targets(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog.deleteLater()


def test_tab_goes_through_a_form_in_reading_order(
    full_window: MainWindow, page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    assert page.panel is not None
    page.panel.edit_title()
    seen: list[str] = []
    for _key in range(8):
        focused = full_window.focusWidget()
        seen.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == [
        "Titel (skal udfyldes)",
        "Problem",
        "Løsning",
        "Målgruppe",
        "Fagområde",
        "Afdeling",
        "Ejer",
        "Projektleder",
    ]


def test_tab_leads_from_the_list_into_the_panel_and_shift_tab_back(
    full_window: MainWindow, page: InitiativesPage
) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Tab)
    assert full_window.focusWidget().text() == "Kolonner"
    QTest.keyClick(full_window.focusWidget(), Qt.Key.Key_Tab)
    assert page.panel is not None
    assert page.panel.isAncestorOf(full_window.focusWidget())
    for _key in range(2):
        QTest.keyClick(full_window.focusWidget(), Qt.Key.Key_Backtab)
    assert page.table.hasFocus()


def test_a_problem_under_a_field_is_said_with_the_field(
    page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    from coi_desktop.ui.panels.facts_tab import FactsTab

    page.show_record(three[0])
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)
    target = facts.form.row("start").editor.target
    target.setFocus()
    QTest.keyClicks(target, "snart")
    interface = QAccessible.queryAccessibleInterface(target)
    assert interface.text(QAccessible.Text.Description).startswith("Det er ikke en dato.")


def test_the_window_fits_a_small_screen_at_double_scale(full_window: MainWindow) -> None:
    smallest = full_window.minimumSizeHint()
    assert smallest.width() <= 1366 // 2
    assert smallest.height() <= 768 // 2
