"""Adding, removing and undoing at the place Initiatives, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QPushButton

from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.test_initiatives_page import page_of, search_line, texts, titles

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
    notices = notice_bar(window)
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
