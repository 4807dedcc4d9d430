"""Packs that come through the window: what they bring is shown first, and one step undoes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from coi_desktop.models.changes import Op
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.packs import export_pack
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.pack_preview import PackPreview
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.exchange.hostile_containers import CONTAINERS
from tests.ui.pack_window import Packs, attach, main_button, share, table, words
from tests.ui.waits import wait_until_idle


def change_solution(register: Register, text: str) -> str:
    """Change the solution of an initiative without an evaluation, and return its title."""
    first = register.find(Query("initiative", "Borgerpanel"))[0]
    edit_field(register, first.id, "solution", text)
    return first.text("title")


def test_cases_of_another_unit_come_in_as_cases_and_never_as_initiatives(
    packs: Packs, neighbour: Register, tmp_path: Path
) -> None:
    register = packs.window.desk.register
    before = register.count("initiative")
    packs.take(share(neighbour, tmp_path / "nabo.coipack"))
    assert len(packs.cases) == 12
    assert register.count("initiative") == before
    assert packs.notice == "12 erfaringer er importeret."


def test_the_place_of_cases_appears_with_the_first_and_goes_with_the_last(
    packs: Packs, neighbour: Register, tmp_path: Path
) -> None:
    assert not packs.window.has_place("cases")
    packs.take(share(neighbour, tmp_path / "nabo.coipack"))
    assert packs.window.has_place("cases")
    packs.window.actions_["undo"].trigger()
    assert packs.cases == []
    assert not packs.window.has_place("cases")


def test_the_preview_tells_sender_counts_and_what_each_case_says(
    packs: Packs, neighbour: Register, tmp_path: Path
) -> None:
    def look(dialog: PackPreview) -> bool:
        assert "Fra \u2068Innovationsenheden, Eksempel Kommune\u2069" in words(dialog)
        assert "kan ikke kontrolleres" in words(dialog)
        assert "12 nye" in words(dialog)
        assert main_button(dialog).text().replace("&", "") == "Importér 12 erfaringer"
        said = {row[0]: row[2] for row in table(dialog, differences=True)}
        assert said["Titel"] == table(dialog)[0][1]
        assert said["Fagområde"] == "Ældre"  # in words, not as its key
        assert dialog.differences.isColumnHidden(1)
        return False

    revision = packs.window.desk.register.revision
    packs.take(share(neighbour, tmp_path / "nabo.coipack"), look)
    assert packs.window.desk.register.revision == revision


def test_the_same_pack_again_has_nothing_to_import(packs: Packs, neighbour: Register, tmp_path: Path) -> None:
    path = share(neighbour, tmp_path / "nabo.coipack")
    packs.take(path)

    def look(dialog: PackPreview) -> bool:
        assert {row[0] for row in table(dialog)} == {"= Den samme"}
        assert not main_button(dialog).isEnabled()
        return False

    packs.take(path, look)


def test_a_conflict_shows_both_sides_and_is_taken_only_when_ticked(
    packs: Packs, neighbour: Register, tmp_path: Path
) -> None:
    register = packs.window.desk.register
    packs.take(share(neighbour, tmp_path / "første.coipack"))
    title = change_solution(neighbour, "Senders nye løsning")
    case = next(one for one in register.find(Query("case")) if one.text("title") == title)
    register.transact(
        Op("test.edit", "Edit"), lambda writer: writer.change("case", case.id, {"solution": "Rettet her"})
    )
    second = share(neighbour, tmp_path / "anden.coipack")

    def look(dialog: PackPreview, *, take: bool) -> bool:
        place = next(at for at, row in enumerate(table(dialog)) if row[1] == title)
        assert table(dialog)[place][0] == "▲ Konflikt"
        dialog.table.selectRow(place)
        sides = {row[0]: row[1:] for row in table(dialog, differences=True)}
        assert sides["Løsning"] == ("Rettet her", "Senders nye løsning")
        assert not dialog.differences.isColumnHidden(1)
        assert "Sammenlign de to" in words(dialog)
        if take:
            box = dialog.table.rows.index(place, 0)
            dialog.table.rows.setData(box, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
            assert dialog.table.currentIndex().row() == place
        return take

    packs.take(second, lambda dialog: look(dialog, take=False))
    assert register.get("case", case.id).text("solution") == "Rettet her"
    packs.take(second, lambda dialog: look(dialog, take=True))
    assert register.get("case", case.id).text("solution") == "Senders nye løsning"


@pytest.mark.parametrize("kind", sorted(CONTAINERS)[::12])
def test_a_hostile_pack_is_a_notice_and_changes_nothing(packs: Packs, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "ond.coipack"
    path.write_bytes(CONTAINERS[kind]())
    revision = packs.window.desk.register.revision
    packs.take(path, lambda _dialog: pytest.fail("a preview was shown"))
    assert "ond.coipack" in packs.notice
    assert packs.window.desk.register.revision == revision


def test_an_initiative_of_our_own_is_not_taken_in_as_a_case(
    packs: Packs, register: Register, tmp_path: Path, page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    add_initiative(register, {"title": "Vores eget"})
    own = share(register, tmp_path / "egen.coipack")

    def look(dialog: PackPreview) -> bool:
        assert {row[0] for row in table(dialog)} == {"= Den samme"}
        return False

    packs.take(own, look)
    assert packs.cases == []


def test_attachments_of_a_case_are_shown_before_and_after_it_comes_in(
    packs: Packs, neighbour: Register, tmp_path: Path
) -> None:
    (first, *_others) = neighbour.find_ids(Query())
    attach(neighbour, first, tmp_path / "filer", vejledning="Trin 1")
    target = tmp_path / "nabo.coipack"
    ids = [one.id for one in neighbour.children("attachment", first)]
    neighbour.catch_up(run_to_end(export_pack(neighbour, target, [first], attachments=ids)).changes)

    def look(dialog: PackPreview) -> bool:
        assert "1 bilag følger med" in table(dialog)[0][3]
        assert any("vejledning.txt" in row[2] for row in table(dialog, differences=True))
        return True

    packs.take(target, look)
    page = packs.page
    assert "vejledning.txt" in words(page)
    buttons = {one.accessibleName() for one in page.findChildren(QPushButton)}
    assert {"Åbn vejledning.txt", "Gem som … vejledning.txt"} <= buttons
    saved = tmp_path / "gemt.txt"
    packs.prompts.paths = [saved]
    next(one for one in page.findChildren(QPushButton) if one.accessibleName().startswith("Gem som")).click()
    wait_until_idle(packs.qtbot, packs.window.desk)
    assert saved.read_text(encoding="utf-8") == "Trin 1"
