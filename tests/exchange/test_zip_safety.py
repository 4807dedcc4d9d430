"""ZIP files that honest programs write are read, whatever they were written with."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.exchange.pack_faults import PackFaultError, shown
from coi_desktop.exchange.zip_safety import ZipLimits, check_path, iter_content, read_directory
from tests.exchange.pack_makers import Part, build_zip, deflated


def contents(raw: bytes, limits: ZipLimits | None = None) -> dict[str, bytes]:
    file = io.BytesIO(raw)
    return {
        entry.name: b"".join(iter_content(file, entry))
        for entry in read_directory(file, limits or ZipLimits())
    }


class Pipe(io.RawIOBase):
    """Takes bytes and cannot go back, so that a ZIP writer must put lengths behind the content."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:
        self.written += piece
        return len(piece)


@given(
    st.dictionaries(
        st.from_regex(r"[a-zæøå0-9]{1,8}(/[a-z0-9]{1,8}){0,2}\.txt", fullmatch=True),
        st.binary(max_size=3_000),
        min_size=1,
    ),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
def test_what_the_library_writes_comes_back_byte_for_byte(files: dict[str, bytes], method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert contents(made.getvalue()) == files


def test_a_zip_written_as_a_stream_is_read() -> None:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"hej" * 100)
        archive.writestr("b.txt", b"")
    assert struct.unpack_from("<H", pipe.written, 6)[0] & 8
    assert contents(pipe.written) == {"a.txt": b"hej" * 100, "b.txt": b""}


def test_a_length_record_without_its_mark_is_read_too() -> None:
    content = b"hej" * 50
    packed = deflated(content)
    record = struct.pack("<3L", zlib.crc32(content), len(packed), len(content))
    part = Part("a.txt", content, flags=8, local={"crc": 0, "packed": 0, "size": 0}, descriptor=record)
    assert contents(build_zip([part, Part("b.txt", b"x")])) == {"a.txt": content, "b.txt": b"x"}


def test_listed_folders_are_left_out() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.mkdir("attachments")
        archive.writestr("attachments/a.txt", b"x")
    assert contents(made.getvalue()) == {"attachments/a.txt": b"x"}


def test_large_content_comes_in_pieces_and_whole() -> None:
    content = random.Random(1).randbytes(3_000_000) + bytes(900_000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.bin", content)
    made.seek(0)
    (entry,) = read_directory(made, ZipLimits())
    pieces = list(iter_content(made, entry))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 1 << 20


def test_every_limit_holds_at_its_border() -> None:
    parts = [Part(f"{number}.txt", b"x" * 100, method=0) for number in range(3)]
    raw = build_zip(parts)
    assert len(contents(raw, ZipLimits(entries=3, file_bytes=100, total_bytes=len(raw)))) == 3
    for limits in (ZipLimits(entries=2), ZipLimits(file_bytes=99), ZipLimits(total_bytes=299)):
        with pytest.raises(PackFaultError):
            contents(raw, limits)


def test_equal_rows_pack_well_and_are_no_bomb_while_they_are_few() -> None:
    raw = build_zip([Part("a.csv", b"x" * 900_000)])
    assert contents(raw)
    with pytest.raises(PackFaultError):
        contents(build_zip([Part("a.csv", b"x" * 1_100_000)]))


def test_names_of_all_scripts_and_ordinary_signs_are_allowed() -> None:
    for path in (
        "Vejledning (1).pdf",
        "æøå/Ærø & Å.txt",
        "données/été.csv",
        "日本語.pdf",
        "a-b_c,d+e=f!.txt",
    ):
        check_path(path)


def test_odd_characters_of_names_are_shown_as_their_codes() -> None:
    assert shown("x\u202efdp.exe") == "x<U+202E>fdp.exe"
    assert len(shown("x" * 1000)) == 60
