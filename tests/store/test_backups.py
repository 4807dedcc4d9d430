"""A backup is complete and proven, or it is not there; it never replaces anything."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.store.integrity import register_hash
from coi_desktop.store.register import Register
from tests.store.making import ADD, add, content, edit, put_everything


def flip(path: Path, place: int, mask: int = 0x01) -> None:
    """Change one bit of a closed file."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ mask]))


def whole_hash(path: Path) -> str:
    """The hash of all that a register holds."""
    with closing(sqlite3.connect(path)) as connection:
        return register_hash(connection)


def test_a_backup_holds_exactly_what_the_register_holds(
    register: Register, path: Path, tmp_path: Path
) -> None:
    register.transact(ADD, put_everything)
    edit(register, add(register, "Robot"), title="Drone")
    target = tmp_path / "sikkerhedskopier" / "kopi.coi"
    register.backup(target)
    assert os.listdir(target.parent) == ["kopi.coi"]

    assert content(target) == content(path)
    assert whole_hash(target) == whole_hash(path)
    with Register.open(target) as copy:
        assert copy.id == register.id
        assert copy.find_damage() == []
        assert len(copy.history()) == len(register.history())
        assert copy.undo()


def test_a_backup_is_as_of_its_moment(register: Register, tmp_path: Path) -> None:
    record_id = add(register, "Robot")
    register.backup(tmp_path / "kopi.coi")
    edit(register, record_id, title="Drone")
    with Register.open(tmp_path / "kopi.coi", write=False) as copy:
        assert copy.get("initiative", record_id).text("title") == "Robot"


def test_a_backup_never_replaces_a_file(register: Register, tmp_path: Path) -> None:
    target = tmp_path / "kopi.coi"
    target.write_bytes(b"en god gammel kopi")
    with pytest.raises(Problem) as caught:
        register.backup(target)
    assert caught.value.code == "exists"
    assert target.read_bytes() == b"en god gammel kopi"


@pytest.mark.parametrize("text", ["Robotstøvsuger", "test.add"])
def test_a_damaged_register_gives_no_backup(
    register: Register, path: Path, tmp_path: Path, text: str
) -> None:
    add(register, "Robotstøvsuger")
    register.close()
    flip(path, path.read_bytes().rindex(text.encode()))
    with Register.open(path) as damaged, pytest.raises(Problem) as caught:
        damaged.backup(tmp_path / "kopi.coi")
    assert caught.value.code == "damaged"
    assert not [entry for entry in tmp_path.iterdir() if "kopi" in entry.name]


def test_a_backup_to_a_folder_that_is_a_file_is_refused(register: Register, tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    with pytest.raises(Problem) as caught:
        register.backup(tmp_path / "fil" / "kopi.coi")
    assert caught.value.code == "cannot_create"


def test_the_hash_sees_every_difference(register: Register, path: Path, tmp_path: Path) -> None:
    record_id = add(register, "Robot")
    seen = {whole_hash(path)}
    edit(register, record_id, title="Drone")
    seen.add(whole_hash(path))
    register.undo()
    seen.add(whole_hash(path))
    assert len(seen) == 3
    register.backup(tmp_path / "kopi.coi")
    with closing(sqlite3.connect(tmp_path / "kopi.coi")) as copy:
        copy.execute("DROP INDEX initiative_by_title")
        copy.commit()
    assert whole_hash(tmp_path / "kopi.coi") not in seen
