"""Lists for Excel: read right, and run by nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.exchange.csv_tables import read_text_rows
from coi_desktop.exchange.csv_writer import format_csv, harmless, unharmed

EVIL = ["=1+1", "+45 12 34 56 78", "-2+3", "@SUM(A1)", "\t=1", "=cmd|'/C calc'!A0", "'=1"]


@pytest.mark.parametrize("text", EVIL)
def test_a_text_that_begins_like_a_formula_is_marked_and_read_back_the_same(
    text: str, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    written = format_csv(["Titel", "Budget"], [[text, "-5,5"]], [False, True])
    path.write_bytes(written.encode())
    assert f";{text}" not in written
    assert not written.splitlines()[1].startswith(("=", "+", "-", "@", "\t"))
    assert read_text_rows(path).rows == [["Titel", "Budget"], [text, "-5,5"]]


def test_excel_sees_danish_letters_and_columns(tmp_path: Path) -> None:
    content = format_csv(["Ærø"], [["å; b"]], [False]).encode()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == 'Ærø\r\n"å; b"\r\n'


@given(st.text(max_size=20) | st.text("'=+x", max_size=5))
def test_the_apostrophe_comes_off_again(text: str) -> None:
    assert unharmed(harmless(text)) == text
