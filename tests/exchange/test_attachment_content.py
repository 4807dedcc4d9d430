"""What a file is, is told from its bytes, whatever it is called, and never by running or unpacking it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.exchange.attachment_content import LARGEST_DIRECTORY, recognise_content
from coi_desktop.exchange.web_mark import CONTENT, mark_as_from_elsewhere
from coi_desktop.models.attachment_kinds import CONTENTS as WORDS
from tests.exchange.attachment_makers import CONTENTS, DOCX


@pytest.mark.parametrize(
    ("content", "word"), CONTENTS, ids=[f"{n}-{w}" for n, (_c, w) in enumerate(CONTENTS)]
)
def test_the_content_is_told_whatever_the_name_says(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "faktura.pdf"
    path.write_bytes(content)
    assert recognise_content(path) == word


@given(head=st.sampled_from([content for content, _word in CONTENTS]), tail=st.binary(max_size=80))
def test_any_bytes_have_one_of_the_words(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, tail: bytes
) -> None:
    path = tmp_path_factory.mktemp("fil") / "fil"
    path.write_bytes(head[: len(tail) * 3] + tail)
    assert recognise_content(path) in WORDS


def test_a_zip_with_an_enormous_directory_is_not_looked_into(tmp_path: Path) -> None:
    """A directory of millions of names would take gigabytes."""
    path = tmp_path / "fil.docx"
    end = bytearray(DOCX)
    place = end.rfind(b"PK\x05\x06")
    end[place + 12 : place + 16] = struct.pack("<I", LARGEST_DIRECTORY + 1)
    path.write_bytes(bytes(end))
    assert recognise_content(path) == "archive"


def test_the_mark_is_written_to_a_stream_of_the_file_and_never_in_the_way(tmp_path: Path) -> None:
    written: list[tuple[str, bytes]] = []
    mark_as_from_elsewhere(tmp_path / "bilag.docx", lambda name, content: written.append((name, content)))
    assert written == [(f"{tmp_path / 'bilag.docx'}:Zone.Identifier", CONTENT)]
    assert b"ZoneId=3" in CONTENT

    def refuse(_name: str, _content: bytes) -> None:
        raise OSError("this disk has no streams")

    mark_as_from_elsewhere(tmp_path / "bilag.docx", refuse)
    mark_as_from_elsewhere(tmp_path / "bilag.docx")
    assert list(tmp_path.iterdir()) == []
