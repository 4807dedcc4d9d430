"""Attachments in packs: written under their checksums, read back whole, and refused when anything is off."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.errors import Problem
from coi_desktop.exchange.pack_reader import read_pack
from coi_desktop.exchange.pack_writer import PackOrder, attachment_path, write_pack
from coi_desktop.i18n import speaking
from coi_desktop.models.pack import (
    MOST_ATTACHMENTS,
    MOST_BYTES_EACH,
    CaseContent,
    CasePack,
    PackAttachment,
    PackLevel,
)
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.library import vocabulary
from tests.exchange.pack_makers import (
    CASE_1,
    CASE_2,
    UNIT,
    describe,
    good_files,
    pack_of,
    with_description,
    with_file,
    with_parts,
    with_text,
)

PDF = b"%PDF-1.4 " + bytes(range(256)) * 20
TEXT = "Sådan gør I\n".encode() * 300_000  # packs to a four-hundredth


def attachment(content: bytes, title: str, suffix: str, case_id: str = CASE_1) -> PackAttachment:
    sha256 = hashlib.sha256(content).hexdigest()
    values = {"licence": "cc_by", "kind": "Fil"}
    path = attachment_path(sha256, suffix)
    return PackAttachment(case_id, path, title, title, len(content), sha256, "text/plain", values)


def write(path: Path, *files: tuple[PackAttachment, bytes], **changes: Any) -> None:
    cases = tuple(CaseContent(one, {"title": one[:4], "revision": 1}) for one in (CASE_1, CASE_2))
    parts = tuple((one, lambda content=content: iter([content[:9], content[9:]])) for one, content in files)
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    order = PackOrder(cases, UNIT, "Østby", moment, title="To", attachments=parts, **changes)
    run_to_end(write_pack(path, order, vocabulary()))


def read(path: Path, staging: Path | None = None) -> CasePack:
    stage: Callable[[str], Path] | None = None if staging is None else lambda sha256: staging / sha256
    return run_to_end(read_pack(path, vocabulary(), stage=stage))


def refused(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "ond.coipack"
    path.write_bytes(content)
    staging = tmp_path / "staging"
    staging.mkdir()
    with pytest.raises(Problem) as caught, speaking("en"):
        read(path, staging)
    assert caught.value.code == "pack_refused"
    return caught.value.what


def test_what_is_written_is_read_back_under_its_checksum(tmp_path: Path) -> None:
    path, staging = tmp_path / "p.coipack", tmp_path / "staging"
    staging.mkdir()
    files = [
        (attachment(PDF, "Vejledning.pdf", ".pdf"), PDF),
        (attachment(TEXT, "Trin", ".txt", CASE_2), TEXT),
    ]
    write(path, *files)
    pack = read(path, staging)
    assert [(one.case_id, one.title, one.file_name, one.sha256) for one in pack.attachments] == [
        (CASE_1, "Vejledning.pdf", "Vejledning.pdf", files[0][0].sha256),
        (CASE_2, "Trin", "Trin.txt", files[1][0].sha256),
    ]
    assert pack.attachments[0].values == {"licence": "cc_by", "kind": "Fil"}
    assert pack.notes == ()
    for one, content in files:
        assert (staging / one.sha256).read_bytes() == content
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert [name for name in archive.namelist() if name.startswith("attachments/")] == [
            one.path for one, _content in files
        ]


@pytest.mark.parametrize("level", list(PackLevel))
def test_attachments_travel_at_every_level_and_the_same_order_gives_the_same_bytes(
    tmp_path: Path, level: PackLevel
) -> None:
    one = (attachment(PDF, "V", ".pdf"), PDF)
    for name in ("a", "b"):
        write(tmp_path / name, one, level=level)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert len(read(tmp_path / "a").attachments) == 1


def test_a_file_that_two_cases_share_stands_once_in_the_pack(tmp_path: Path) -> None:
    path = tmp_path / "p.coipack"
    write(path, *((attachment(PDF, "V", ".pdf", case), PDF) for case in (CASE_1, CASE_2)))
    assert [one.case_id for one in read(path).attachments] == [CASE_1, CASE_2]
    with zipfile.ZipFile(path) as archive:
        assert sum(name.startswith("attachments/") for name in archive.namelist()) == 1


def test_the_control_without_attachments_nothing_of_them_is_in_the_pack(tmp_path: Path) -> None:
    path = tmp_path / "p.coipack"
    write(path)
    with zipfile.ZipFile(path) as archive:
        assert not any("attachment" in name for name in archive.namelist())
    assert read(path).attachments == ()


def test_an_older_pack_without_attachments_is_read(tmp_path: Path) -> None:
    files = {name: content for name, content in good_files().items() if not name.startswith("attachments")}
    path = tmp_path / "p.coipack"
    path.write_bytes(pack_of(files))
    pack = read(path)
    assert (len(pack.cases), pack.attachments, pack.notes) == (2, (), ())


def changed_content(parts: list[Any]) -> None:
    part = next(one for one in parts if one.name == "attachments/vejledning.pdf")
    part.content = b"X" + part.content[1:]


def removed(parts: list[Any]) -> None:
    parts[:] = [one for one in parts if one.name != "attachments/vejledning.pdf"]


def test_a_tampered_a_missing_and_an_extra_file_are_each_refused_in_a_sentence(tmp_path: Path) -> None:
    for number, (content, said) in enumerate(
        [
            (with_parts(changed_content), "its bytes are not those the pack promises"),
            (with_parts(removed), "the description names it, but it is not there"),
            (
                with_description(
                    lambda found: found["resources"].remove(
                        next(one for one in found["resources"] if one["path"].endswith(".pdf"))
                    )
                ),
                "the description does not name it",
            ),
            (
                with_file(f"attachments/{'ab' * 32}.txt", b"x"),
                "its name is not the checksum of what it holds",
            ),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert said in refused(folder, content)


def test_too_large_and_too_many_attachments_are_refused_before_they_are_read(tmp_path: Path) -> None:
    large = with_file("attachments/stor.bin", bytes(MOST_BYTES_EACH + 1), method=0)
    assert "larger than an attachment of a pack may be" in refused(tmp_path, large)
    assert list((tmp_path / "staging").iterdir()) == []
    many = {f"attachments/{number}.txt": b"x" for number in range(MOST_ATTACHMENTS)}
    folder = tmp_path / "mange"
    folder.mkdir()
    content = {**good_files(), **many}
    assert "more attachments than are read" in refused(folder, pack_of(content, describe(content)))


@pytest.mark.parametrize("title", ["../../x", "C:\\Windows\\x", "/etc/passwd", "faktura\u202efdp.exe", "CON"])
def test_the_name_a_stranger_gives_is_only_text(tmp_path: Path, title: str) -> None:
    path, staging = tmp_path / "p.coipack", tmp_path / "a" / "b" / "staging"
    staging.mkdir(parents=True)
    path.write_bytes(with_text("attachments.csv", "Vejledning", title))
    before = set(tmp_path.rglob("*"))
    (one,) = read(path, staging).attachments
    assert one.file_name.endswith(".pdf")
    assert set(tmp_path.rglob("*")) - before == {staging / one.sha256}


def test_a_file_under_a_case_twice_is_taken_once(tmp_path: Path) -> None:
    files = good_files()
    files["attachments.csv"] += f"attachments/vejledning.pdf,{CASE_1},Igen,,\r\n".encode()
    path = tmp_path / "p.coipack"
    path.write_bytes(pack_of(files))
    assert [one.title for one in read(path).attachments] == ["Vejledning"]


def test_a_declared_file_that_is_no_attachment_of_a_case_is_told_of_and_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "p.coipack"
    path.write_bytes(with_file("attachments/løs.txt", b"x"))
    pack = read(path)
    assert len(pack.attachments) == 1
    assert any("løs.txt" in note for note in pack.notes)
