"""A sweep leaves what a record, undo, redo or the trash may still name."""

from __future__ import annotations

from coi_desktop.models.changes import Op
from coi_desktop.store.register import Register
from tests.store.making import add

ONE, TWO = "1" * 64, "2" * 64
CHANGE = Op("change", "Change")


def test_files_of_dropped_and_undone_rows_are_named_ever_but_not_now(register: Register) -> None:
    owner = add(register, "Robot")
    for sha256 in (ONE, TWO):
        values = {"initiative_id": owner, "title": "Bilag", "sha256": sha256}
        made = register.transact(CHANGE, lambda writer, v=values: writer.put("attachment", v)).result
    assert register.find_named_files() == register.find_named_files(ever=True) == {ONE, TWO}
    register.transact(CHANGE, lambda writer: writer.drop("attachment", made))
    assert register.find_named_files() == {ONE}
    register.undo()
    register.undo()
    assert register.find_named_files() == {ONE}
    assert register.find_named_files(ever=True) == {ONE, TWO}
