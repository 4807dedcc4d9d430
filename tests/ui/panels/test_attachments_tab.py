"""The tab Attachments: dropping, pasting, choosing; opening copies; editions; keys; strangers' names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coi_desktop.models.text import NBSP
from coi_desktop.operations import initiatives
from coi_desktop.operations.attachments import edit_attachment, find_attachments
from coi_desktop.operations.opened_copies import copies_home
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.attachment_dialog import AttachmentDialog
from coi_desktop.ui.dialogs.settings_dialog import SettingsDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.attachments_tab import AttachmentsTab
from coi_desktop.ui.pasted import can_be_attached, sources_of
from tests.exchange.attachment_makers import DOCX, EXE, PDF, PNG
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePlatform, FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import wait_until_idle


@pytest.fixture
def tab(window: MainWindow, page: InitiativesPage, three: tuple[str, str, str]) -> AttachmentsTab:
    """The tab of the first initiative, in front."""
    return shown(page, three[0])


def shown(page: InitiativesPage, initiative_id: str) -> AttachmentsTab:
    page.show_record(initiative_id)
    assert page.panel is not None
    found = page.panel.show_tab("attachments")
    assert isinstance(found, AttachmentsTab)
    return found


def make(folder: Path, name: str, content: bytes = PDF) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def files(*paths: Path) -> QMimeData:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return content


def attach(qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tab: AttachmentsTab, *paths: Path) -> None:
    prompts.paths = list(paths)
    tab.add.click()
    wait_until_idle(qtbot, window.desk)


def lines(tab: AttachmentsTab) -> list[str]:
    return [line.replace(NBSP, " ") for line in tab.tree.lines()]


def notice(window: MainWindow) -> str:
    return "".join(one for one in notice_bar(window).text if one not in "\u2068\u2069")


def test_the_tab_is_there_before_anything_is_attached(tab: AttachmentsTab) -> None:
    assert tab.empty.isVisible()
    assert not tab.tree.isVisible()
    assert tab.add.isEnabled()
    assert not tab.open.isEnabled()


def test_several_files_are_chosen_at_once_and_undone_at_once(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tab: AttachmentsTab, tmp_path: Path
) -> None:
    folder = tmp_path / "a"
    attach(qtbot, window, prompts, tab, make(folder, "Notat.pdf"), make(folder, "Svar.docx", DOCX))
    assert [line.split(" | ")[:3] for line in lines(tab)] == [
        ["Notat.pdf", "PDF", "1 kB"],
        ["Svar.docx", "Word", "1 kB"],
    ]
    assert notice(window) == "2 bilag er tilføjet."
    window.actions_["undo"].trigger()
    assert lines(tab) == []
    assert tab.empty.isVisible()


def test_files_are_dropped_as_copies(
    qtbot: QtBot, window: MainWindow, tab: AttachmentsTab, tmp_path: Path
) -> None:
    content = files(make(tmp_path / "a", "Æ.pdf"), make(tmp_path / "a", "b.png", PNG))
    everything = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), everything, content, buttons, keys)
    QApplication.sendEvent(tab, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(9, 9), everything, content, buttons, keys)
    drop.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(tab, drop)
    assert drop.dropAction() == Qt.DropAction.CopyAction
    wait_until_idle(qtbot, window.desk)
    assert [line.split(" | ")[0] for line in lines(tab)] == ["Æ.pdf", "b.png"]
    assert (tmp_path / "a" / "Æ.pdf").exists()
    text = QMimeData()
    text.setText("https://example.org/a.pdf")
    refused = QDragEnterEvent(QPoint(9, 9), everything, text, buttons, keys)
    refused.ignore()
    QApplication.sendEvent(tab, refused)
    assert not refused.isAccepted()


def test_a_picture_is_pasted_with_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, tab: AttachmentsTab, register: Register, three: tuple[str, str, str]
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    tab.add.setFocus()
    QTest.keyClick(tab.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(qtbot, window.desk)
    record = find_attachments(register, three[0])[0].newest
    assert record.text("title").startswith("Indsat billede ")
    assert record.text("media_type") == "image/png"
    found = QImage.fromData(register.files.read(record.text("sha256")))
    assert (found.width(), found.height()) == (40, 30)
    QApplication.clipboard().clear()


def test_only_local_files_and_pictures_are_taken(tmp_path: Path) -> None:
    content = QMimeData()
    content.setUrls(
        [QUrl("https://example.org/a.pdf"), QUrl("javascript:alert(1)"), QUrl("file:///tmp/a.pdf")]
    )
    assert sources_of(content) == [Path("/tmp/a.pdf")]
    content.setUrls([QUrl("smb://server/a.pdf")])
    assert not can_be_attached(content)
    assert sources_of(content) == []


def test_enter_opens_a_read_only_copy_that_goes_with_the_window(
    qtbot: QtBot,
    window: MainWindow,
    prompts: FakePrompts,
    tab: AttachmentsTab,
    platform: FakePlatform,
    tmp_path: Path,
) -> None:
    attach(qtbot, window, prompts, tab, make(tmp_path / "a", "Fortrolig plan.pdf"))
    tab.tree.setFocus()
    QTest.keyClick(tab.tree, Qt.Key.Key_Return)
    wait_until_idle(qtbot, window.desk)
    (opened,) = platform.opened
    assert opened.read_bytes() == PDF
    assert "Fortrolig" not in str(opened)
    assert opened.parent.parent == copies_home()
    window.close()
    assert list(copies_home().iterdir()) == []


def test_what_can_run_is_named_and_only_saved(
    qtbot: QtBot,
    window: MainWindow,
    prompts: FakePrompts,
    tab: AttachmentsTab,
    platform: FakePlatform,
    tmp_path: Path,
) -> None:
    attach(qtbot, window, prompts, tab, make(tmp_path / "a", "faktura.pdf", EXE))
    assert "men er et program" in notice(window)
    assert "PDF kun af navn" in lines(tab)[0]
    tab.open.click()
    wait_until_idle(qtbot, window.desk)
    assert platform.opened == []
    target = tmp_path / "gemt.pdf"
    prompts.choices, prompts.paths = ["save"], [target]
    tab.open.click()
    wait_until_idle(qtbot, window.desk)
    assert target.read_bytes() == EXE
    assert prompts.suggested[-1].name == "faktura.pdf"
    assert platform.opened == []


def test_a_new_edition_stands_above_the_old_one(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tab: AttachmentsTab, tmp_path: Path
) -> None:
    attach(qtbot, window, prompts, tab, make(tmp_path / "a", "v1.pdf"))
    prompts.paths = [make(tmp_path / "a", "v2.png", PNG)]
    tab._actions["edition"].trigger()
    wait_until_idle(qtbot, window.desk)
    rows = [line.split(" | ") for line in lines(tab)]
    assert [(row[0], row[4]) for row in rows] == [("v2.png", "2 af 2"), ("  v1.pdf", "1 af 2")]
    prompts.paths = [make(tmp_path / "a", "v2.png", PNG)]
    tab.tree.choose_attachment(tab.tree._items()[0].data(int(Qt.ItemDataRole.UserRole)))
    tab._actions["edition"].trigger()
    wait_until_idle(qtbot, window.desk)
    assert "netop den fil" in notice(window)


def test_title_note_and_measurement_are_edited_in_one_step(
    qtbot: QtBot,
    window: MainWindow,
    prompts: FakePrompts,
    tab: AttachmentsTab,
    register: Register,
    three: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    evaluation = initiatives.add_row(register, "evaluation", {"initiative_id": three[0]})
    indicator = initiatives.add_row(register, "indicator", {"evaluation_id": evaluation, "name": "Ventetid"})
    measurement = initiatives.add_row(register, "measurement", {"indicator_id": indicator})
    attach(qtbot, window, prompts, tab, make(tmp_path / "a", "a.pdf"))

    def fill(dialog: AttachmentDialog) -> bool:
        dialog.title.clear()
        dialog.keep()
        assert dialog.result() == 0
        dialog.title.setText("Optalte svar")
        dialog.note.setPlainText("Fra 42 borgere")
        dialog.measurement.setCurrentIndex(dialog.measurement.findData(measurement))
        dialog.keep()
        return dialog.result() == 1

    prompts.dialogs = [fill]
    tab.tree.setFocus()
    QTest.keyClick(tab.tree, Qt.Key.Key_F2)
    assert lines(tab)[0].startswith("Optalte svar | PDF")
    assert lines(tab)[0].endswith(" | Ventetid")
    assert tab.note.text() == "Fra 42 borgere\nDokumenterer: Ventetid"
    register.undo()
    assert lines(tab)[0].startswith("a.pdf")
    assert not tab.note.isVisible()


def test_delete_removes_the_chosen_ones_and_not_the_initiative(
    qtbot: QtBot,
    window: MainWindow,
    prompts: FakePrompts,
    tab: AttachmentsTab,
    register: Register,
    three: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    attach(qtbot, window, prompts, tab, make(tmp_path / "a", "a.pdf"), make(tmp_path / "a", "b.png", PNG))
    tab.tree.setFocus()
    tab.tree.selectAll()
    QTest.keyClick(tab.tree, Qt.Key.Key_Delete)
    assert find_attachments(register, three[0]) == ()
    assert register.get("initiative", three[0])
    assert notice(window) == "2 bilag er fjernet."
    register.undo()
    assert len(lines(tab)) == 2


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not allow")
def test_names_of_strangers_are_plain_text_with_their_tricks_shown(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tab: AttachmentsTab, tmp_path: Path
) -> None:
    names = ["<b>fed<\u2044b>.pdf", "fak\u202efdp.exe"]
    attach(
        qtbot,
        window,
        prompts,
        tab,
        *(make(tmp_path / "a", name, str(n).encode()) for n, name in enumerate(names)),
    )
    assert [line.split(" | ")[0] for line in lines(tab)] == ["<b>fed<⁄b>.pdf", "fak⟨U+202E⟩fdp.exe"]
    item = tab.tree._items()[0]
    assert "&lt;b&gt;" in item.data(Qt.ItemDataRole.ToolTipRole)
    assert item.icon().isNull()


def test_sizes_above_the_setting_are_remarked_on(
    qtbot: QtBot,
    window: MainWindow,
    prompts: FakePrompts,
    tab: AttachmentsTab,
    settings: Settings,
    tmp_path: Path,
) -> None:
    dialog = SettingsDialog(window.desk)
    for typed in ("mange", "0", "-3", "", "1e9", "1"):
        dialog.one_attachment.setText(typed)
        dialog.one_attachment.editingFinished.emit()
        assert dialog.one_attachment.text() == ("1" if typed == "1" else "25")
    dialog.deleteLater()
    assert settings.get("attachment_notice_mb") == 1
    attach(qtbot, window, prompts, tab, make(tmp_path / "a", "stor.pdf", PDF + bytes(1_100_000)))
    assert "“stor.pdf” fylder 1,1 MB" in notice(window).replace(NBSP, " ")
    assert len(lines(tab)) == 1


def test_a_read_only_register_lets_one_look_and_not_change(
    qtbot: QtBot,
    open_window: OpenWindow,
    register: Register,
    read_only: Register,
    three: tuple[str, str, str],
    platform: FakePlatform,
) -> None:
    stored = register.files.put(PDF)
    values = {"initiative_id": three[0], "title": "a.pdf", "file_name": "a.pdf", "sha256": stored.sha256}
    initiatives.add_row(register, "attachment", values)
    window = open_window(other=read_only)
    found = window.centralWidget().findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    tab = shown(found, three[0])
    wait_until_idle(qtbot, window.desk)
    assert not tab.add.isEnabled()
    assert not tab.acceptDrops()
    assert not tab._actions["remove"].isEnabled()
    tab.tree.setFocus()
    QTest.keyClick(tab.tree, Qt.Key.Key_Delete)
    tab.open.click()
    wait_until_idle(qtbot, window.desk)
    assert len(platform.opened) == 1
    assert len(lines(tab)) == 1


def test_missing_files_are_told_of_when_the_window_opens(
    qtbot: QtBot, open_window: OpenWindow, register: Register, three: tuple[str, str, str]
) -> None:
    stored = register.files.put(PDF)
    values = {"initiative_id": three[0], "title": "Notat", "file_name": "a.pdf", "sha256": stored.sha256}
    attachment = initiatives.add_row(register, "attachment", values)
    register.files.path(stored.sha256).unlink()
    window = open_window()
    wait_until_idle(qtbot, window.desk)
    assert "1 bilag mangler sin fil: “Notat”" in notice(window)
    found = window.centralWidget().findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    tab = shown(found, three[0])
    tab.open.click()
    wait_until_idle(qtbot, window.desk)
    assert "mangler ved siden af registret" in notice(window)
    edit_attachment(register, attachment, {"title": "Notat 2"})
    assert lines(tab)[0].startswith("Notat 2")
