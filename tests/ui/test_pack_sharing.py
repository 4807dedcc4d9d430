"""What leaves in a pack is shown first, in words, and can be kept here."""

from __future__ import annotations

import csv
import gc
import io
import weakref
import zipfile
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coi_desktop.models.pack import PackLevel
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.operations.pack_imports import apply_pack_import, preview_pack_import
from coi_desktop.operations.packs import preview_share
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.share_preview import SharePreviewDialog
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.pack_window import Packs, attach, main_button, share, words

CPR = "010190-1234"


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
