"""Pictures of case packs: what leaves, with attachments, what comes, and the cases afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.pack import PackLevel
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import pack_imports, packs
from coi_desktop.operations.attachment_files import Pasted, store_sources
from coi_desktop.operations.attachments import add_attachments
from coi_desktop.operations.outgoing_files import OutgoingFile, find_outgoing_files
from coi_desktop.operations.registers import create_register
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.pack_preview import PackPreview
from coi_desktop.ui.dialogs.share_preview import SharePreviewDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.cases_page import CasesPage

_FILES = (
    ("Sådan kommer I i gang.txt", "Trin 1: Spørg hej@eksempel.example\nTrin 2: Prøv på ét hold\n"),
    ("Svar pr. bydel.csv", "Bydel;Antal borgere\nNord;3\nSyd;41\nVest;28\n"),
    ("Deltagere.csv", "Navn;Nummer\nBorger 1;010158-5123\n"),
    ("Video fra opstarten.exe", "MZ\0\0"),
)


def outgoing_examples(register: Register, initiative_id: str) -> tuple[OutgoingFile, ...]:
    """Attachments of an initiative, looked through: one to be ticked, one with few people, two that stay."""
    sources = [Pasted(name, _giving(text)) for name, text in _FILES]
    stored = run_to_end(store_sources(register, sources, AttachmentLimits()))
    add_attachments(register, initiative_id, stored)
    return run_to_end(find_outgoing_files(register, [initiative_id]))


def shoot_share(register: Register, initiative_id: str, shoot_dialog: Callable[..., None]) -> None:
    """What would leave, and which attachments may."""
    files = outgoing_examples(register, initiative_id)
    dialog = SharePreviewDialog(packs.preview_share(register, [initiative_id], PackLevel.KORT), files)
    rows = dialog.attachments.rows
    titles = [row.cells[0] if (row := rows.row(at)) else "" for at in range(rows.rowCount())]
    for name in (_FILES[0][0], _FILES[1][0]):
        at = titles.index(name)
        rows.setData(rows.index(at, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
        dialog.attachments.selectRow(at)
    shoot_dialog(dialog, "dialog-share-attachments")


def shoot_packs(
    register: Register,
    chosen: list[str],
    folder: Path,
    open_window: Callable[[Register], MainWindow],
    shoot: Callable[..., None],
    shoot_dialog: Callable[..., None],
) -> None:
    """A pack of two cases seen by another unit, and the cases once they are taken in."""
    pack = folder / "to cases.coipack"
    if not pack.exists():
        files = [one.attachment.id for one in outgoing_examples(register, chosen[0]) if not one.refusal]
        report = run_to_end(packs.export_pack(register, pack, chosen, attachments=files))
        register.catch_up(report.changes)
    with create_register(folder / "anden enhed.coi") as other:
        plan = run_to_end(pack_imports.preview_pack_import(other, pack))
        window = open_window(other)
        shoot_dialog(PackPreview(window.desk, plan, window), "pack-preview")
        other.catch_up(run_to_end(pack_imports.apply_pack_import(other, plan, pack)).changes)
        window.show_place("cases")
        assert isinstance(window.page, CasesPage)
        window.page.table.selectRow(1)
        shoot(window, "place-cases")
        window.close()


def _giving(text: str) -> Callable[[], bytes]:
    return lambda: text.encode()
