"""Text files: encoding, delimiter and quotes are told from the whole file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coi_desktop.exchange.csv_tables import TextFaultError, decode_text, find_delimiter, read_text_rows
from coi_desktop.exchange.csv_writer import harmless


def rows_of(tmp_path: Path, content: str | bytes) -> list[list[str]]:
    path = tmp_path / "liste.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_text_rows(path).rows


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Titel;Budget\nEt;1,5\nTo;2,5\nTre;3,5\n", ";"),
        ("Titel,Budget\nEt,1.5\n", ","),
        ("Titel\tBudget\nEt, og mere\t1;5\n", "\t"),
        ("a,b\n1,5;2\n2,5;3\n1;2\n", ";"),
        ("Titel;Tekst\nEt;a, b, c\nTo;d, e\n", ";"),
        ("Titel\nEt\nTo\n", ""),
        ("Liste pr. 1. maj\n\nTitel;Afdeling\nEt;To\n", ";"),
        ('Titel,Tekst\n"a;b",c\n"d;e",f\n', ","),
    ],
)
def test_delimiter_is_the_one_that_whole_rows_agree_on(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_stated_delimiter_is_believed_and_its_line_is_no_row(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "sep=;\r\nTitel;Tekst\r\nEt;a,b\r\n") == [["Titel", "Tekst"], ["Et", "a,b"]]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"),
        ("cp1252", "cp1252"), ("cp850", "cp850"),
    ],
)  # fmt: skip
def test_danish_letters_come_through_in_every_encoding(encoding: str, told: str) -> None:
    text = "Titel;Afdeling\r\nFælles æbler på Ærø;Børn og Unge\r\nØstergårds højskole;Ældre\r\n"
    assert decode_text(text.encode(encoding)) == (text, told)


def test_line_break_in_quotes_stays_in_its_row_and_lone_returns_end_rows(tmp_path: Path) -> None:
    assert rows_of(tmp_path, 'a;b\r\n"1\r\n2";3\r\n') == [["a", "b"], ["1\r\n2", "3"]]
    assert rows_of(tmp_path, "a;b\r1;2\r3;4") == [["a", "b"], ["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('a;b\n1;2\n"3;4\n5;6\n', "quote", 3),
        ('a;b\n"1"x;2\n', "quote", 2),
        ('a;b\n"' + "x" * 300_000 + '";2\n', "long_field", 2),
        ("a;b\n1;\0\n", "not_text", 0),
    ],
)
def test_fault_in_quotes_and_fields_is_told_with_its_line(
    tmp_path: Path, text: str, code: str, line: int
) -> None:
    with pytest.raises(TextFaultError) as caught:
        rows_of(tmp_path, text)
    assert (caught.value.code, caught.value.line) == (code, line)


def test_quote_inside_a_field_is_a_letter(tmp_path: Path) -> None:
    assert rows_of(tmp_path, 'a;b\n5" rør;2\n') == [["a", "b"], ['5" rør', "2"]]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n")), min_size=3, max_size=3),
        min_size=2,
        max_size=5,
    )
)
@example([["a", "b", "c"], ["'=", "=1+1", "''@"]])
def test_fields_that_are_all_quoted_and_made_harmless_are_read_as_they_were(tmp_path_factory, rows) -> None:
    quoted = [['"' + harmless(field).replace('"', '""') + '"' for field in row] for row in rows]
    text = "".join(";".join(row) + "\r\n" for row in quoted)
    assert rows_of(tmp_path_factory.mktemp("csv"), "sep=;\r\n" + text) == rows
