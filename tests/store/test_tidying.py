"""The full-text index is merged when there is time, so that no single edit has to."""

from __future__ import annotations

from pathlib import Path

from coi_desktop.models.query import Query
from coi_desktop.store.register import Register
from tests.store.making import add, content, edit

WORDS = "hjemmepleje borger skærmbesøg robot medarbejder kommune tablet sensor tryghed bibliotek".split()  # noqa: SIM905


def segments(register: Register) -> int:
    """How many parts the full-text index of initiatives is in."""
    found = register._connection.execute("SELECT count(DISTINCT segid) FROM initiative_search_idx").fetchone()
    return int(found[0])


def write_much(register: Register, times: int) -> str:
    """Edit one long text again and again."""
    record_id = add(register, "Robot")
    for number in range(times):
        edit(register, record_id, description=" ".join(WORDS[: number % 10 + 1]) + f" {number}")
    return record_id


def test_sqlite_merges_nothing_by_itself_in_a_few_edits(register: Register) -> None:
    write_much(register, 12)
    assert segments(register) == 12


def test_tidying_merges_and_changes_nothing_else(register: Register, path: Path) -> None:
    record_id = write_much(register, 12)
    before, revision, steps = content(path), register.revision, register.history()
    while register.tidy():
        pass
    assert segments(register) < 4
    assert (content(path), register.revision, register.history()) == (before, revision, steps)
    assert register.find_ids(Query(search="11")) == [record_id]
    assert register.find_damage() == []
    assert not register.tidy()
    assert add(register, "Bagefter")
    with register.open_beside() as beside:
        assert beside.find_ids(Query(search="bagef"))


def test_a_register_is_tidied_when_it_is_closed(path: Path) -> None:
    with Register.create(path) as register:
        write_much(register, 12)
        assert segments(register) == 12
    with Register.open(path) as register:
        assert segments(register) < 4
        assert register.find_damage() == []


def test_a_register_that_was_only_read_is_closed_unchanged(path: Path) -> None:
    with Register.create(path) as register:
        write_much(register, 3)
    before = path.read_bytes()
    with Register.open(path) as register:
        register.find_ids(Query(search="robot"))
    assert path.read_bytes() == before
