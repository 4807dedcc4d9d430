"""The check names what is damaged, and nothing damaged ends in a traceback."""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.query import Order, Query
from coi_desktop.store.register import Register
from tests.store.making import ADD, DROP, StandingClock, add, content, drop, edit, put_everything, rows_of

FLIPS = 300


@pytest.fixture
def filled(path: Path, clock: StandingClock) -> Path:
    """A closed register with a record of every type and some history."""
    with Register.create(path, unit_name="Enheden", clock=clock) as register:
        register.transact(ADD, put_everything)
        for number in range(12):
            add(
                register,
                f"Tiltag {number} på Ærø",
                description="Borgeren modtager hjemmepleje hver dag. " * 20,
            )
        first = add(register, "Robotstøvsuger")
        edit(register, first, title="Robotplæneklipper")
        register.undo()
        register.transact(DROP, lambda writer: writer.drop("initiative", first))
    return path


def behind(path: Path, *statements: str) -> None:
    """Change a register behind the program's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def all_values(path: Path) -> object:
    """Everything a user could ever see of a register."""
    return content(path), rows_of(path, "change"), everything(path, "step"), everything(path, "register")


def everything(path: Path, table: str) -> list[tuple[object, ...]]:
    """All rows of one of the program's own tables."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def use(path: Path) -> list[str]:
    """Open, check, read, search, edit and undo; the damage that was named (by the check or by a Problem)."""
    try:
        with Register.open(path) as register:
            named = register.find_damage()
            try:
                register.snapshot()
                register.history()
                register.find(Query(search="hjemmepl", order=Order("title")))
                drop(register, add(register, "Noget nyt"))
                register.undo()
                register.undo()
            except Problem as problem:
                named.append(f"{problem.what} {problem.advice}")
            return named
    except Problem as problem:
        return [f"{problem.what} {problem.advice}"]


def test_an_undamaged_register_is_used_without_complaint(filled: Path) -> None:
    assert use(filled) == []


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: what is tried hundreds of times need not reach a disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_no_bit_changes_a_value_unseen_and_none_ends_in_a_traceback(filled: Path, quick_folder: Path) -> None:
    good = filled.read_bytes()
    values = all_values(filled)
    chance = random.Random(1903)
    changed = unseen = 0
    for _flip in range(FLIPS):
        victim = quick_folder / "offer.coi"
        bad = bytearray(good)
        place = chance.randrange(len(bad))
        bad[place] ^= 1 << chance.randrange(8)
        victim.write_bytes(bad)
        try:
            differs = all_values(victim) != values
        except (sqlite3.Error, UnicodeDecodeError):
            differs = True
        named = use(victim)
        changed += differs
        if differs and not named:
            unseen += 1
        for left in quick_folder.glob("offer.coi*"):
            left.unlink()
    assert unseen == 0
    assert changed > FLIPS / 20, "the flips did not hit anything"


@pytest.mark.parametrize("cut", [1, 512, 4096, 4097, 40_960])
def test_a_register_cut_short_is_noticed(filled: Path, cut: int) -> None:
    """The last page may be an empty one: then nothing is lost and nothing need be said."""
    good, values = filled.read_bytes(), all_values(filled)
    filled.write_bytes(good[:-cut])
    try:
        lost = all_values(filled) != values
    except (sqlite3.Error, UnicodeDecodeError):
        lost = True
    assert lost or cut < 4096
    assert use(filled) != [] or not lost


@pytest.mark.parametrize("page", [1, 2, 5, 9, 20, 40])
def test_a_page_of_zeros_is_damaged(filled: Path, page: int) -> None:
    good = bytearray(filled.read_bytes())
    good[(page - 1) * 4096 : page * 4096] = bytes(4096)
    filled.write_bytes(good)
    assert use(filled) != []


CHANGED = {
    "a title": "UPDATE initiative SET title = 'Ændret' WHERE row = 2",
    "an amount": "UPDATE cost SET likely = '1' WHERE row = 1",
    "a reference": "UPDATE evaluation SET initiative_id = (SELECT id FROM initiative WHERE row = 3)",
    "a place": "UPDATE tag SET row = 99",
    "the history": """UPDATE change SET "after" = '{"title": "Pænere"}' WHERE row = 3""",
    "a step": "UPDATE step SET detail = 'noget andet'",
    "the state of a step": "UPDATE step SET state = 'glemt'",
    "the identity": "UPDATE register SET uuid = 'en anden'",
    "the generation": "UPDATE register SET generation = 1",
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_value_changed_outside_the_program_is_named(filled: Path, name: str) -> None:
    behind(filled, CHANGED[name])
    if name in ("the identity", "the generation"):
        with pytest.raises(Problem) as caught:
            Register.open(filled)
        assert caught.value.code == "damaged"
    else:
        with Register.open(filled) as register:
            assert register.find_damage() != []


def test_the_damaged_record_is_named(filled: Path) -> None:
    behind(filled, CHANGED["a title"])
    record_id = rows_of(filled, "initiative")[1][1]
    with Register.open(filled) as register:
        (line,) = [line for line in register.find_damage() if "Tiltag" in line and str(record_id)[:8] in line]
        assert "Ændret" not in line


WRONG_SEARCH = {
    "a sort key": "UPDATE initiative SET title_sort = 'x' WHERE row = 2",
    "folded text": "UPDATE initiative SET parts_folded = 'x' WHERE row = 2",
    "words": "UPDATE initiative_search SET words = 'x' WHERE rowid = 2",
    "words of a row that is gone": "INSERT INTO initiative_search (rowid, words) VALUES (999, 'x')",
    "words lost": "DELETE FROM initiative_search WHERE rowid = 2",
    "a shadow table that lost its pages": "DELETE FROM initiative_search_data WHERE id > 10",
    "a shadow table that lost a text": "DELETE FROM initiative_search_content WHERE id = 2",
}


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("name", WRONG_SEARCH)
def test_search_that_disagrees_with_the_records_is_found_and_rebuilt(
    filled: Path, name: str, write: bool
) -> None:
    right = content(filled)
    behind(filled, WRONG_SEARCH[name])
    with Register.open(filled, write=write) as register:
        assert register.find_damage() != []
    with Register.open(filled) as register:
        revision = register.revision
        register.rebuild_search()
        assert register.find_damage() == []
        assert len(register.find(Query(search="hjemmepl"))) == 12
        assert register.revision == revision
        assert add(register, "Bagefter")
        register.undo()
    assert content(filled) == right


def test_an_index_that_disagrees_is_found_and_rebuilt(filled: Path) -> None:
    right = content(filled)
    hidden = "FROM sqlite_master WHERE name = 'initiative_by_title'"
    behind(
        filled,
        f"CREATE TABLE kept AS SELECT * {hidden}",
        "PRAGMA writable_schema = ON",
        f"DELETE {hidden}",
    )
    behind(filled, "UPDATE initiative SET title_sort = 'x' WHERE row = 2")
    behind(
        filled,
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_master SELECT * FROM kept",
        "DROP TABLE kept",
    )
    with Register.open(filled) as register:
        assert any("initiative_by_title" in line for line in register.find_damage())
        register.rebuild_search()
        assert register.find_damage() == []
    assert content(filled) == right


def test_the_quick_check_sees_a_broken_structure(filled: Path) -> None:
    good = bytearray(filled.read_bytes())
    root = int(rows_in_master(filled)["initiative"])
    good[(root - 1) * 4096 + 3 : (root - 1) * 4096 + 5] = b"\xff\xff"
    filled.write_bytes(good)
    with Register.open(filled, write=False) as register:
        assert register.find_damage(quick=True) != []


def rows_in_master(path: Path) -> dict[str, object]:
    """Root pages of the tables."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))


def test_a_good_register_passes_the_quick_check(filled: Path) -> None:
    with Register.open(filled) as register:
        assert register.find_damage(quick=True) == []
