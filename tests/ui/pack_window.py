"""The window's pack actions with their answers given in advance, and reading their dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.attachment_files import store_sources
from coi_desktop.operations.attachments import add_attachments
from coi_desktop.operations.packs import export_pack
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.pack_preview import PackPreview
from coi_desktop.ui.dialogs.share_preview import SharePreviewDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.cases_page import CasesPage
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import wait_until_idle


def share(register: Register, path: Path) -> Path:
    """The register's initiatives as a pack."""
    register.catch_up(run_to_end(export_pack(register, path)).changes)
    return path


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
        return notice_bar(self.window).text

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


def words(dialog: QDialog) -> str:
    """All labels of a dialog."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def main_button(dialog: QDialog) -> QPushButton:
    """The button that Enter presses."""
    return next(button for button in dialog.findChildren(QPushButton) if button.isDefault())


def table(dialog: PackPreview, *, differences: bool = False) -> list[tuple[str, ...]]:
    """The rows of one of the dialog's tables."""
    model = (dialog.differences if differences else dialog.table).rows
    return [row.cells for at in range(model.rowCount()) if (row := model.row(at)) is not None]


def attach(register: Register, initiative_id: str, folder: Path, **files: str) -> None:
    """Attach text files of these names and contents."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    paths = [folder / f"{name}.txt" for name in files]
    add_attachments(register, initiative_id, run_to_end(store_sources(register, paths, AttachmentLimits())))
