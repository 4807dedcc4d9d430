"""The page of cases: searched, read, and strangers' texts shown as they stand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.query import Query
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.store.register import Register
from coi_desktop.ui.pages.cases_page import CasesPage
from tests.ui.pack_window import Packs, share, words


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
