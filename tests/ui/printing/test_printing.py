"""Printing: nothing is cut, pages say which of how many they are, text of strangers is only text."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPalette
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QProgressDialog
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.printout import PrintColumn, Printout, PrintRow, PrintSection, PrintTable
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.operations.printouts import list_printout, write_pdf
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.printing.page_painter import make_pdf
from coi_desktop.ui.printing.print_preview import PrintPreview
from coi_desktop.ui.theme import Looks
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.test_accessibility import find_nameless

LONG = " ".join(f"ord{number}" for number in range(3_000))


def print_to(path: Path, printout: Printout) -> PdfReader:
    family = QGuiApplication.font().family()
    run_to_end(write_pdf(path, printout.language, make_pdf(printout, family)))
    return PdfReader(path)


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def table(rows: list[tuple[str, ...]], *headings: str) -> Printout:
    columns = tuple(PrintColumn(heading) for heading in headings)
    made = PrintTable(columns, tuple(PrintRow(cells) for cells in rows))
    return Printout("Liste", (), "Enheden", "i dag", "da", (PrintSection(table=made),))


def test_a_thousand_rows_are_all_there_with_pages_counted_and_heads_repeated(
    qapp: object, tmp_path: Path
) -> None:
    rows = [(f"Tiltag{n:04}", "x") for n in range(1_000)]
    reader = print_to(tmp_path / "l.pdf", table(rows, "Titel", "Note"))
    total = len(reader.pages)
    assert total > 10
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert f"side {number} af {total}" in text
        assert "Titel" in text
    found = re.findall(r"Tiltag\d{4}", words(reader))
    assert found == [f"Tiltag{n:04}" for n in range(1_000)]


def test_a_text_longer_than_a_page_goes_on_over_pages_and_loses_no_word(qapp: object, tmp_path: Path) -> None:
    rows = [("før", ""), ("lang", LONG), ("efter", "")]
    reader = print_to(tmp_path / "l.pdf", table(rows, "Titel", "Note"))
    assert len(reader.pages) > 1
    text = words(reader)
    assert re.findall(r"ord\d+", text) == LONG.split()
    assert "efter" in text


def test_a_word_wider_than_its_column_is_broken_not_cut(qapp: object, tmp_path: Path) -> None:
    letters = "Æblegrød" * 60
    reader = print_to(tmp_path / "l.pdf", table([(letters, "b" * 400, "c", "d", "e")], *"abcde"))
    together = "".join(words(reader).split())
    assert together.count("Æ") == 60
    assert together.count("b") >= 400 + 60


def test_text_of_strangers_is_printed_as_it_stands(qapp: object, tmp_path: Path) -> None:
    odd = '<b>fed</b> <img src="file:///etc/passwd"> {tal} & %s'
    assert odd in words(print_to(tmp_path / "l.pdf", table([(odd, "")], "Titel", "Note")))


def test_the_file_names_title_and_language_and_nobody(qapp: object, tmp_path: Path) -> None:
    reader = print_to(tmp_path / "l.pdf", table([("a", "b")], "Titel", "Note"))
    assert reader.metadata is not None
    assert reader.metadata.title == "Liste"
    assert not reader.metadata.author
    assert reader.trailer["/Root"]["/Lang"] == "da"
    assert (float(reader.pages[0].mediabox.width), float(reader.pages[0].mediabox.height)) == (
        pytest.approx(595, abs=1), pytest.approx(842, abs=1),
    )  # fmt: skip


def test_a_wide_list_lies_on_its_side(qapp: object, tmp_path: Path) -> None:
    row = tuple("et noget længere indhold" for _column in range(7))
    page = print_to(tmp_path / "l.pdf", table([row], *"abcdefg")).pages[0]
    assert page.mediabox.width > page.mediabox.height


def test_every_reader_finds_words_with_ligatures(qapp: object, tmp_path: Path) -> None:
    print_to(tmp_path / "l.pdf", table([("fire officielle affaldsfiltre", "")], "Titel", "Note"))
    found = subprocess.run(["pdftotext", tmp_path / "l.pdf", "-"], capture_output=True, check=True, text=True)
    assert "fire officielle affaldsfiltre" in found.stdout


def test_the_list_is_printed_in_order_and_groups_with_its_filter_named(
    qapp: object, register: Register, three: tuple[str, str, str], tmp_path: Path
) -> None:
    query = Query(
        "initiative",
        "",
        (Condition("phase", Test.ONE_OF, ("idea", "operate")),),
        Order("title", descending=True),
        Order("phase"),
    )
    with speaking("da"):
        made = run_to_end(list_printout(register, query, ("title", "owner"), selection="Idé eller Drift"))
        text = words(print_to(tmp_path / "l.pdf", made))
    assert "Udvalgt: Idé eller Drift" in text
    assert "2 tiltag" in text
    assert "Skærmbesøg" not in text
    assert text.index("Idé Ærø deler elbiler") < text.index("Drift og gevinst Madspild")
    assert "Skole Nord" in text


def test_a_stopped_job_leaves_the_old_file(qapp: object, tmp_path: Path) -> None:
    path = tmp_path / "l.pdf"
    path.write_bytes(b"gammel")
    made = table([(str(n), "") for n in range(2_000)], "Titel", "Note")
    job = write_pdf(path, "da", make_pdf(made, "Sans"))
    for _step in range(5):
        next(job)
    job.close()
    assert path.read_bytes() == b"gammel"
    assert list(tmp_path.iterdir()) == [path]


def test_the_menu_saves_list_and_record(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, prompts: FakePrompts, tmp_path: Path
) -> None:
    for what in ("list", "record"):
        path = tmp_path / f"{what}.pdf"
        prompts.choices, prompts.paths = [what], [path]
        page.table.choose(page.model.id_at(0))
        assert page.act("save_pdf")
        qtbot.waitUntil(path.exists, timeout=10_000)
        qtbot.waitUntil(lambda: not window.desk.runner.is_busy, timeout=10_000)
        text = words(PdfReader(path))
        assert ("Ærø deler elbiler" in text) is (what == "list")
        assert "Madspild i skolekøkkenet" in text


def test_the_preview_shows_the_pages_of_the_list(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, prompts: FakePrompts
) -> None:
    pages: list[tuple[int, int]] = []

    def look(dialog: PrintPreview) -> bool:
        shown = dialog.findChild(QPrintPreviewWidget)
        assert isinstance(shown, QPrintPreviewWidget)
        shown.updatePreview()
        pages.append((shown.pageCount(), dialog.pages))
        return True

    prompts.choices, prompts.dialogs = ["list"], [look]
    assert page.act("print")
    qtbot.waitUntil(lambda: bool(pages), timeout=10_000)
    assert pages == [(1, 1)]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told_of(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, prompts: FakePrompts, tmp_path: Path
) -> None:
    told: list[bool] = []

    def print_nowhere(dialog: PrintPreview) -> bool:
        dialog.paper.setOutputFileName(str(tmp_path / "ingen mappe" / "x.pdf"))
        dialog.paint(dialog.paper)
        told.append(dialog.was_stopped)
        return True

    prompts.choices, prompts.dialogs = ["list"], [print_nowhere]
    assert page.act("print")
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told == [True]
    assert "Printeren" in notice_bar(window).text


def test_a_list_of_nothing_says_so(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, prompts: FakePrompts, tmp_path: Path
) -> None:
    page.head.search.setText("findes ikke")
    prompts.choices, prompts.paths = ["list"], [tmp_path / "tom.pdf"]
    assert page.act("save_pdf")
    qtbot.waitUntil((tmp_path / "tom.pdf").exists, timeout=10_000)
    assert "0 tiltag" in words(PdfReader(tmp_path / "tom.pdf"))


@pytest.mark.parametrize("while_painting", [False, True])
def test_a_long_preview_tells_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, looks: Looks, while_painting: bool
) -> None:
    made = table([(f"Tiltag {n}", "x") for n in range(20_000)], "Titel", "Note")
    preview = PrintPreview(made)
    qtbot.addWidget(preview)
    seen: list[str] = []

    def stop() -> None:
        for told in preview.findChildren(QProgressDialog):
            seen.append(told.labelText())
            if preview.paper.printerState() == QPrinter.PrinterState.Active or not while_painting:
                told.cancel()

    timer = QTimer(preview, interval=50)
    timer.timeout.connect(stop)
    timer.start()
    preview.show()
    qtbot.waitUntil(lambda: preview.was_stopped, timeout=20_000)
    qtbot.waitUntil(lambda: not preview.isVisible(), timeout=5_000)
    timer.stop()
    assert seen[0] == "Gør siderne klar"


def test_every_control_of_the_preview_has_a_name(qtbot: QtBot, looks: Looks) -> None:
    preview = PrintPreview(table([("a", "b")], "Titel", "Note"))
    qtbot.addWidget(preview)
    preview.show()
    qtbot.waitExposed(preview)
    assert find_nameless(preview) == []


def test_the_preview_is_dark_on_white_where_the_window_has_light_letters(qtbot: QtBot) -> None:
    dialog = PrintPreview(table([("Robot", "Anna")], "Titel", "Ejer"))
    qtbot.addWidget(dialog)
    palette = dialog.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, Qt.GlobalColor.white)
    dialog.setPalette(palette)
    dialog.show()
    shown = dialog.findChild(QPrintPreviewWidget)
    assert isinstance(shown, QPrintPreviewWidget)
    qtbot.waitUntil(lambda: dialog.pages > 0)
    image = shown.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    middle = image.width() // 2
    white = [y for y in range(image.height()) if image.pixelColor(middle, y).red() > 250]
    top = image.copy(middle - 150, white[0] + 10, 300, (white[-1] - white[0]) // 9)
    lines = [min(bytes(top.constScanLine(y))[: top.width()]) for y in range(top.height())]
    # The title, how many there are, and the headings with a line below: all of it before the first row.
    assert sum(darkest < 140 for darkest in lines) > 8
