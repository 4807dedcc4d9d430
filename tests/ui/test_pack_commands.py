"""Packs through the window: what leaves is shown first, what comes is shown first, and one step undoes it."""

from __future__ import annotations

import csv
import gc
import io
import weakref
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.pack import PackLevel
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.attachment_files import store_sources
from coi_desktop.operations.attachments import add_attachments
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.pack_imports import apply_pack_import, preview_pack_import
from coi_desktop.operations.packs import export_pack, preview_share
from coi_desktop.operations.registers import create_register
from coi_desktop.operations.samples import load_sample
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.pack_preview import PackPreview
from coi_desktop.ui.dialogs.share_preview import SharePreviewDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.notices import NoticeBar
from coi_desktop.ui.pages.cases_page import CasesPage
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.exchange.hostile_containers import CONTAINERS
from tests.ui.fakes import FakePrompts
from tests.ui.waits import wait_until_idle

CPR = "010190-1234"


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[Register]:
    """Another unit's register, with the sample portfolio in it."""
    with create_register(tmp_path / "nabo.coi") as made:
        load_sample(made)
        yield made


def share(register: Register, path: Path) -> Path:
    """The register's initiatives as a pack."""
    register.catch_up(run_to_end(export_pack(register, path)).changes)
    return path


def change_solution(register: Register, text: str) -> str:
    """Change the solution of an initiative without an evaluation, and return its title."""
    first = register.find(Query("initiative", "Borgerpanel"))[0]
    edit_field(register, first.id, "solution", text)
    return first.text("title")


class Packs:
    """The window's pack actions with their answers given in advance."""

    def __init__(self, qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> None:
        self.qtbot = qtbot
        self.window = window
        self.prompts = prompts

    def take(self, path: Path, answer: Callable[[PackPreview], bool] = lambda _dialog: True) -> None:
        """Import a pack."""
        self.prompts.paths, self.prompts.dialogs = [path], [answer]
        self._run("import_pack")

    def give(
        self, path: Path | None, answer: Callable[[SharePreviewDialog], bool] = lambda _dialog: True
    ) -> None:
        """Share the chosen initiative."""
        self.prompts.paths, self.prompts.dialogs = [path], [answer]
        self._run("share_pack")

    def _run(self, action: str) -> None:
        self.window.actions_[action].trigger()
        wait_until_idle(self.qtbot, self.window.desk)

    @property
    def notice(self) -> str:
        """What the notice says."""
        bar = self.window.desk.notices
        assert isinstance(bar, NoticeBar)
        return bar.text

    @property
    def cases(self) -> list[str]:
        """Titles of the imported cases."""
        found = self.window.desk.register.find(Query("case"))
        return sorted(one.text("title") for one in found if one.text("origin") == "imported")

    @property
    def page(self) -> CasesPage:
        """The page of cases."""
        self.window.show_place("cases")
        page = self.window.centralWidget().findChild(CasesPage)
        assert isinstance(page, CasesPage)
        return page


@pytest.fixture
def packs(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> Packs:
    return Packs(qtbot, window, prompts)


def words(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def main_button(dialog: QDialog) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.isDefault())


def table(dialog: PackPreview, *, differences: bool = False) -> list[tuple[str, ...]]:
    """The rows of one of the dialog's tables."""
    model = (dialog.differences if differences else dialog.table).rows
    return [row.cells for at in range(model.rowCount()) if (row := model.row(at)) is not None]


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
    register.transact(_edit(), lambda writer: writer.change("case", case.id, {"solution": "Rettet her"}))
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


# Sharing


def test_what_is_shared_is_first_shown_in_words_and_then_written(
    packs: Packs, page: InitiativesPage, three: tuple[str, str, str], tmp_path: Path
) -> None:
    page.show_record(three[0])
    target = tmp_path / "del.coipack"

    def look(dialog: SharePreviewDialog) -> bool:
        rows = {row.cells for at in range(99) if (row := dialog.table.rows.row(at)) is not None}
        assert ("Titel", "Skærmbesøg i hjemmeplejen") in rows
        assert ("Deling", "Navngivne enheder") in rows
        return main_button(dialog).isEnabled()

    packs.give(target, look)
    assert "del.coipack" in packs.notice
    with zipfile.ZipFile(target) as archive:
        name = next(one for one in archive.namelist() if one.endswith("cases.csv"))
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"))))
    assert [row["title"] for row in rows] == ["Skærmbesøg i hjemmeplejen"]
    assert packs.prompts.suggested[-1].name == "Skærmbesøg i hjemmeplejen.coipack"


def test_every_cell_that_leaves_is_shown_once(register: Register, three: tuple[str, str, str]) -> None:
    preview = preview_share(register, three, PackLevel.KORT)
    assert [one.place for one in preview.shown()] == [one.place for one in preview.texts()]


def test_a_personal_number_keeps_the_pack_from_being_written(
    packs: Packs, page: InitiativesPage, register: Register, three: tuple[str, str, str], tmp_path: Path
) -> None:
    edit_field(register, three[0], "problem", f"Ring til Bo, {CPR}")
    page.show_record(three[0])

    def look(dialog: SharePreviewDialog) -> bool:
        assert "Problem: et CPR-nummer" in words(dialog)
        assert not main_button(dialog).isEnabled()
        return False

    packs.give(tmp_path / "del.coipack", look)
    assert not (tmp_path / "del.coipack").exists()


def test_a_mail_address_is_a_warning_that_does_not_stop_anyone(
    qtbot: QtBot, register: Register, three: tuple[str, str, str]
) -> None:
    edit_field(register, three[0], "problem", "Skriv til bo@eksempel.dk")
    dialog = SharePreviewDialog(preview_share(register, [three[0]], PackLevel.KORT))
    qtbot.addWidget(dialog)
    assert "Problem: en mailadresse" in words(dialog)
    assert main_button(dialog).isEnabled()


def test_a_long_text_can_be_read_in_full_before_it_leaves(
    qtbot: QtBot, register: Register, three: tuple[str, str, str]
) -> None:
    text = "Borgerne venter længe på svar, og medarbejderne skriver det samme to gange. " * 3
    edit_field(register, three[0], "problem", text.strip())
    dialog = SharePreviewDialog(preview_share(register, [three[0]], PackLevel.KORT))
    qtbot.addWidget(dialog)
    rows = [row for at in range(99) if (row := dialog.table.rows.row(at)) is not None]
    dialog.table.selectRow(next(at for at, row in enumerate(rows) if row.cells[0] == "Problem"))
    assert dialog.whole.text() == text.strip()


def test_without_a_chosen_initiative_nothing_can_be_shared(
    packs: Packs, neighbour: Register, tmp_path: Path
) -> None:
    packs.take(share(neighbour, tmp_path / "nabo.coipack"))
    packs.window.show_place("cases")
    assert not packs.window.actions_["share_pack"].isEnabled()


# The page


def test_the_page_searches_reads_and_keeps_the_choice(
    packs: Packs, neighbour: Register, tmp_path: Path, qtbot: QtBot
) -> None:
    packs.take(share(neighbour, tmp_path / "nabo.coipack"))
    page = packs.page
    assert page.model.rowCount() == 12
    assert "12 erfaringer" in words(page)
    row = page.model.row(3)
    assert row is not None
    page.show_record(row.key)
    assert row.cells[0] in words(page)
    qtbot.keyClicks(page._search, "skærm")
    assert [page.model.index(at, 0).data() for at in range(page.model.rowCount())] == [
        "Skærmbesøg i hjemmeplejen"
    ]
    page._search.setText("findes ikke")
    assert page.model.rowCount() == 0
    assert "Ingen erfaring passer til søgningen." in words(page)
    assert "Ingen erfaring er valgt." in words(page)


def test_find_leads_to_the_search_of_the_cases(packs: Packs, neighbour: Register, tmp_path: Path) -> None:
    packs.take(share(neighbour, tmp_path / "nabo.coipack"))
    page = packs.page
    packs.window.actions_["find"].trigger()
    assert packs.window.focusWidget() is page._search


def test_cases_of_strangers_are_shown_as_they_stand(
    packs: Packs, neighbour: Register, tmp_path: Path
) -> None:
    bait = '<img src="file:///etc/hostname"><b>fed</b>'
    for one in neighbour.find(Query("initiative"))[:1]:
        edit_field(neighbour, one.id, "title", bait)
        edit_field(neighbour, one.id, "problem", bait)
    packs.take(share(neighbour, tmp_path / "nabo.coipack"))
    page = packs.page
    place = next(at for at in range(12) if page.model.index(at, 0).data() == bait)
    page.table.selectRow(place)
    shown = [label for label in page.findChildren(QLabel) if bait in label.text()]
    assert len(shown) == 2
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))


def test_the_page_speaks_english(packs: Packs, neighbour: Register, tmp_path: Path) -> None:
    packs.take(share(neighbour, tmp_path / "nabo.coipack"))
    with speaking("en"):
        page = CasesPage(packs.window.desk)
    heads = [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(page.model.columnCount())]
    assert heads == ["Title", "Organisation", "Stage", "Evidence", "Imported", "From"]
    page.deleteLater()


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


def _edit() -> object:
    from coi_desktop.models.changes import Op

    return Op("test.edit", "Edit")


# Attachments


def attach(register: Register, initiative_id: str, folder: Path, **files: str) -> None:
    """Attach text files of these names and contents."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    paths = [folder / f"{name}.txt" for name in files]
    add_attachments(register, initiative_id, run_to_end(store_sources(register, paths, AttachmentLimits())))


def tick_file(dialog: SharePreviewDialog, title: str) -> bool:
    """Tick an attachment as the keyboard does; whether it could be."""
    model = dialog.attachments.rows
    at = next(at for at in range(model.rowCount()) if (row := model.row(at)) and row.cells[0] == title)
    dialog.attachments.selectRow(at)
    return model.setData(model.index(at, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)


def test_attachments_go_along_only_when_ticked_and_arrive_with_the_case(
    packs: Packs,
    page: InitiativesPage,
    register: Register,
    three: tuple[str, str, str],
    tmp_path: Path,
    neighbour: Register,
) -> None:
    attach(register, three[0], tmp_path / "filer", vejledning="Trin 1", andet="Kun for os", liste=f"Bo {CPR}")
    page.show_record(three[0])
    target = tmp_path / "del.coipack"

    def look(dialog: SharePreviewDialog) -> bool:
        rows = {row.cells[0]: row for at in range(3) if (row := dialog.attachments.rows.row(at)) is not None}
        names = ("vejledning.txt", "andet.txt", "liste.txt")
        assert [rows[name].ticked for name in names] == [False, False, None]
        assert "CPR-nummer" in rows["liste.txt"].cells[2]
        assert not tick_file(dialog, "liste.txt")
        assert "Bliver her" in dialog.remark.text()
        assert tick_file(dialog, "vejledning.txt")
        return main_button(dialog).isEnabled()

    packs.give(target, look)
    assert "del.coipack" in packs.notice
    assert b"Kun for os" not in target.read_bytes()
    planned = run_to_end(preview_pack_import(neighbour, target))
    neighbour.catch_up(run_to_end(apply_pack_import(neighbour, planned, target)).changes)
    (case,) = [one for one in neighbour.find(Query("case")) if one.text("origin") == "imported"]
    assert [one.text("title") for one in neighbour.children("case_attachment", case.id)] == ["vejledning.txt"]


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


def test_a_dialog_that_shares_is_gone_when_nobody_holds_it(
    qtbot: QtBot, register: Register, three: tuple[str, str, str]
) -> None:
    """A ring of dialog and model would be taken apart on whichever thread Python clears up."""
    gc.collect()
    gc.disable()
    try:
        dialog = weakref.ref(SharePreviewDialog(preview_share(register, [three[0]], PackLevel.KORT)))
        assert dialog() is None
    finally:
        gc.enable()
