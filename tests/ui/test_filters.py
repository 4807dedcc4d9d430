"""Filters of the list as chips, by keyboard and mouse."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coi_desktop.models.query import Between, Condition, Relative, Test
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.operations.own_fields import add_own_field, remove_own_field
from coi_desktop.operations.views import save_view
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.export_dialog import ExportDialog
from coi_desktop.ui.dialogs.filter_form import FilterForm
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.fakes import FakePrompts
from tests.ui.list_parts import IDEAS, chip_texts, chips_of, fill_in
from tests.ui.test_export_commands import accept, run, words_of
from tests.ui.test_initiatives_page import titles


def test_a_filter_is_asked_for_shown_as_a_chip_and_taken_away_by_the_keyboard(
    page: InitiativesPage, prompts: FakePrompts
) -> None:
    prompts.dialogs = [
        fill_in("phase", Test.ONE_OF, ("idea", "operate")),
        fill_in("owner", Test.CONTAINS, "NORD"),
    ]
    page.head.filter.click()
    assert titles(page) == ["Madspild i skolekøkkenet", "Ærø deler elbiler"]
    page.head.filter.click()
    assert chip_texts(page) == ["Fase: Idé eller Drift og gevinst", "Ejer indeholder “NORD”"]
    assert titles(page) == ["Madspild i skolekøkkenet"]
    QTest.keyClick(chips_of(page).chips[1].label, Qt.Key.Key_Delete)
    assert len(titles(page)) == 2
    chips_of(page).chips[0].cross.click()
    assert len(titles(page)) == 3
    assert not chips_of(page).isVisible()


def test_enter_on_a_chip_changes_it(page: InitiativesPage, prompts: FakePrompts) -> None:
    page.initiatives.put_condition(IDEAS)

    def other(form: FilterForm) -> bool:
        assert form.value is not None
        assert form.value.editors[0].raw() == ("idea",)
        return fill_in("phase", Test.NONE_OF, ("idea",))(form)

    prompts.dialogs = [other]
    chips_of(page).chips[0].label.click()
    assert chip_texts(page) == ["Fase er ikke Idé"]
    assert len(titles(page)) == 2


@pytest.mark.parametrize(
    ("field", "test", "raw", "expected"),
    [
        ("next_date", Test.BETWEEN, ("i dag", "+30 dage"), Between(Relative(), Relative(days=30))),
        ("start", Test.AFTER, ("2026",), date(2026, 12, 31)),
        ("budget", Test.BETWEEN, ("", "1000"), Between(None, 1000)),
        ("number", Test.IS, ("2",), 2),
        ("unmeasured", Test.IS, ("yes",), True),
        ("tags", Test.ONE_OF, ("robot, skole",), ("robot", "skole")),
        ("owner", Test.EMPTY, (), None),
        ("innovation_type", Test.NONE_OF, (("product",),), ("product",)),
        ("created", Test.NOT_SINCE, ("-1 år",), Relative(months=-12)),
    ],
)
def test_each_kind_of_field_has_its_editor(
    page: InitiativesPage, prompts: FakePrompts, field: str, test: Test, raw: Any, expected: Any
) -> None:
    prompts.dialogs = [fill_in(field, test, *raw)]
    page.head.filter.click()
    condition = Condition(field, test, expected)
    assert page.initiatives.conditions == (condition,)

    def again(form: FilterForm) -> bool:
        assert form.value is not None
        assert form.value.operand() == expected
        return False

    prompts.dialogs = [again]
    if chips_of(page).chips:
        chips_of(page).change(0)


@pytest.mark.parametrize(
    ("field", "test", "stops"),
    [
        ("budget", Test.BETWEEN, 2),
        ("confirmed", Test.NOT_SINCE, 2),
        ("phase", Test.ONE_OF, 6),
        ("owner", Test.IS, 1),
        ("owner", Test.EMPTY, 0),
    ],
)
def test_tab_goes_from_the_condition_through_the_value_to_the_buttons(
    page: InitiativesPage, prompts: FakePrompts, field: str, test: Test, stops: int
) -> None:
    def tab_through(form: FilterForm) -> bool:
        value = form.choose(field, test)
        met: list[QWidget] = []
        part = form.test.nextInFocusChain()
        while not isinstance(part, QPushButton) or value.isAncestorOf(part):
            takes_tab = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
            if takes_tab and part.isVisibleTo(form):
                met.append(part)
            part = part.nextInFocusChain()
        assert len(met) == stops
        assert all(value.isAncestorOf(one) for one in met)
        return False

    prompts.dialogs = [tab_through]
    page.head.filter.click()


@pytest.mark.parametrize(("field", "raw"), [("budget", "mange"), ("start", "snart"), ("owner", " ")])
def test_what_does_not_read_keeps_the_filter_open(
    page: InitiativesPage, prompts: FakePrompts, field: str, raw: str
) -> None:
    test = {"owner": Test.CONTAINS, "start": Test.BEFORE}.get(field, Test.LESS)
    prompts.dialogs = [fill_in(field, test, raw)]
    page.head.filter.click()
    assert page.initiatives.conditions == ()


def test_nothing_found_offers_to_take_search_and_filter_away(page: InitiativesPage) -> None:
    page.initiatives.put_condition(Condition("phase", Test.ONE_OF, ("closed",)))
    assert titles(page) == []
    page.initiatives.clear()
    assert len(titles(page)) == 3


def test_a_record_that_a_filter_hides_is_shown_all_the_same(
    page: InitiativesPage, three: tuple[str, ...]
) -> None:
    page.initiatives.put_condition(IDEAS)
    page.show_record(three[0])
    assert page.current_initiative() == three[0]
    assert page.initiatives.record_id == three[0]


def test_the_list_as_it_is_filtered_goes_into_a_workbook_that_names_the_filter(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, prompts: FakePrompts, tmp_path: Path
) -> None:
    page.initiatives.put_condition(IDEAS)

    def choose(dialog: ExportDialog) -> None:
        assert dialog.filtered is not None
        dialog.filtered.setChecked(True)
        dialog.english.setChecked(True)

    target = tmp_path / "ud.xlsx"
    prompts.dialogs, prompts.paths = [accept(choose)], [target]
    run(qtbot, window, "export_portfolio")
    found = words_of(target)
    assert "Ærø deler elbiler" in found
    assert "Skærmbesøg i hjemmeplejen" not in found
    assert "All: Phase: Idea" in found or "Phase: Idea" in " ".join(found)
    page.initiatives.clear()
    dialog = ExportDialog(window.desk, "Eksportér", of_initiative=False)
    qtbot.addWidget(dialog)
    assert dialog.filtered is None


def test_an_own_field_is_a_column_a_filter_an_order_and_a_group(
    page: InitiativesPage, prompts: FakePrompts, register: Register, three: tuple[str, ...]
) -> None:
    words = ("Kulturudvalget", "Socialudvalget")
    name = add_own_field(register, "Udvalg", "choice", choices=words)
    edit_field(register, three[0], name, "socialudvalget")
    edit_field(register, three[2], name, "kulturudvalget")
    page.table.show_columns(["title", name])
    page.table.arranged.emit()
    assert page.model.headerData(1, Qt.Orientation.Horizontal) == "Udvalg"
    page.initiatives.set_grouping(name)
    assert [page.model.group_at(row) for row in range(3)] == ["Kulturudvalget 1", "Socialudvalget 1", "– 1"]
    prompts.dialogs = [fill_in(name, Test.ONE_OF, ("socialudvalget",))]
    page.head.filter.click()
    assert chip_texts(page) == ["Udvalg: Socialudvalget"]
    assert titles(page) == ["Skærmbesøg i hjemmeplejen"]
    save_view(register, page.initiatives.showing._replace(id="", name="Social", is_delivered=False))
    page.initiatives.clear()
    remove_own_field(register, name)
    assert page.table.shown_columns() == ["title"]
    assert len(titles(page)) == 3
