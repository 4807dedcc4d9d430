"""Text of strangers is plain text everywhere: the small parts that show it, and the whole source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from coi_desktop.ui.plain import (
    LONGEST_LINE,
    ElidedLabel,
    PlainLabel,
    isolated,
    menu_text,
    one_line,
    set_tooltip,
    tooltip,
)

PACKAGE = Path(__file__).resolve().parent.parent.parent / "coi_desktop"

BAIT = (
    '<img src="file:///etc/passwd">',
    "<b>fed</b> & <i>kursiv</i>",
    "&lt;ikke HTML&gt;",
    "100 %n &amp; 5 < 7",
    "'; DROP TABLE initiative; --",
    "a\x00b\x07c",
    "\u202eetnaled\u202c",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "👩‍👩‍👧 ﷽ ﷽",
)


@pytest.mark.parametrize("text", BAIT)
def test_labels_show_the_characters_as_they_stand(qtbot: QtBot, text: str) -> None:
    label, elided = PlainLabel(text), ElidedLabel(text)
    for part in (label, elided):
        qtbot.addWidget(part)
        assert part.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == text


@pytest.mark.parametrize("text", [bait for bait in BAIT if bait.isprintable()])
def test_a_tooltip_reads_back_as_the_very_text(qtbot: QtBot, text: str) -> None:
    document = QTextDocument()
    document.setHtml(tooltip(text))
    assert document.toPlainText() == text


def test_an_empty_text_makes_no_tooltip(qtbot: QtBot) -> None:
    label = PlainLabel("x")
    qtbot.addWidget(label)
    set_tooltip(label, "")
    assert label.toolTip() == ""


@given(st.text(max_size=3000))
def test_a_line_is_one_line_of_limited_length(text: str) -> None:
    line = one_line(text)
    assert len(line) <= LONGEST_LINE
    assert len(line.splitlines()) <= 1
    assert "\x00" not in line


def test_a_million_characters_cost_no_more_than_a_line() -> None:
    assert one_line("x" * 1_000_000).endswith("…")
    assert len(tooltip("y" * 1_000_000)) < 1_100


def test_ampersands_are_no_mnemonics_and_directions_stay_inside() -> None:
    assert menu_text("Drift & gevinst") == "Drift && gevinst"
    assert isolated("\u202eabc") == "\u2068\u202eabc\u2069"


def test_a_long_title_is_elided_where_there_is_no_room(qtbot: QtBot) -> None:
    label = ElidedLabel("Et meget langt navn på et tiltag i hjemmeplejen")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.minimumSizeHint().width() < 60
    assert "hjemmeplejen" in label.toolTip()


# The source


def find_raw_texts(package: Path) -> Iterator[str]:
    """Places that hand text to Qt past the module that makes it plain."""
    for source in sorted((package / "ui").rglob("*.py")):
        if source == package / "ui" / "plain.py":
            continue
        for node in ast.walk(ast.parse(source.read_bytes())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("QLabel", "QMessageBox", "QTextBrowser", "QTextEdit", "QErrorMessage", "QWhatsThis"):
                yield f"{source.relative_to(package)}:{node.lineno}: {name}"
            if name in ("setToolTip", "setWhatsThis", "setStatusTip", "setHtml", "appendHtml", "insertHtml"):
                yield f"{source.relative_to(package)}:{node.lineno}: {name}"
            if name == "setTextFormat" or (name == "showText" and "QToolTip" in ast.dump(node.func)):
                yield f"{source.relative_to(package)}:{node.lineno}: {name}"


def test_nothing_hands_text_to_qt_past_the_plain_module() -> None:
    assert list(find_raw_texts(PACKAGE)) == []


def test_a_raw_label_would_be_found(tmp_path: Path) -> None:
    package = tmp_path / "coi_desktop"
    (package / "ui").mkdir(parents=True)
    (package / "ui" / "page.py").write_text(
        "def show(w, text):\n    w.setToolTip(text)\n    QMessageBox(text)\n    return QLabel(text)\n"
    )
    assert len(list(find_raw_texts(package))) == 3
