"""Undo and redo give the very same rows back, and outlive a restart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.changes import ChangeSet, StepKind
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.store.making import (
    ADD,
    DROP,
    EDIT,
    StandingClock,
    add,
    content,
    drop,
    edit,
    put_evaluation,
    put_everything,
    stands_alone,
)


def test_undo_takes_back_and_redo_does_again(register: Register, path: Path) -> None:
    empty = content(path)
    record_id = add(register, "Robot")
    added = content(path)
    edit(register, record_id, title="Drone", budget=None, status="on_hold")
    edited = content(path)

    register.undo()
    assert content(path) == added
    register.undo()
    assert content(path) == empty
    assert register.undo() is None
    register.redo()
    assert content(path) == added
    register.redo()
    assert content(path) == edited
    assert register.redo() is None


def test_undo_and_redo_are_told_and_kept_in_history(register: Register) -> None:
    heard: list[ChangeSet] = []
    add(register)
    register.subscribe(heard.append)
    undone = register.undo("menu")
    redone = register.redo("menu")
    assert heard == [undone, redone]
    assert undone is not None
    assert undone.rows[0].after is None
    assert [(changes.kind, changes.source, changes.op) for changes in heard] == [
        (StepKind.UNDO, "menu", ADD),
        (StepKind.REDO, "menu", ADD),
    ]
    assert [(step.kind, step.undone) for step in register.history()] == [
        (StepKind.REDO, False),
        (StepKind.UNDO, False),
        (StepKind.DO, False),
    ]


def test_the_next_undo_and_redo_are_named(register: Register) -> None:
    assert register.next_undo is None
    assert register.next_redo is None
    register.transact(ADD, lambda writer: writer.put("initiative", {"title": "Robot"}), detail="Robot")
    assert register.next_undo == (ADD, "Robot")
    register.undo()
    assert register.next_undo is None
    assert register.next_redo == (ADD, "Robot")


def test_undo_and_redo_outlive_a_restart(register: Register, path: Path, clock: StandingClock) -> None:
    before = content(path)
    record_id = add(register, "Robot")
    edit(register, record_id, title="Drone")
    after = content(path)
    register.close()

    with Register.open(path, clock=clock) as again:
        again.undo()
    with Register.open(path, clock=clock) as again:
        again.undo()
        assert content(path) == before
    with Register.open(path, clock=clock) as again:
        again.redo()
        again.redo()
        assert content(path) == after


def test_something_new_ends_redo(register: Register) -> None:
    first = add(register, "Robot")
    edit(register, first, title="Drone")
    register.undo()
    add(register, "Noget nyt")
    assert register.next_redo is None
    assert register.redo() is None
    assert register.get("initiative", first).text("title") == "Robot"
    register.undo()
    register.undo()
    assert register.count("initiative") == 0
    assert [step.undone for step in register.history() if step.op == EDIT and step.kind is StepKind.DO] == [
        True
    ]


def test_a_drop_takes_all_that_hangs_below_and_undo_brings_the_very_rows(
    register: Register, path: Path
) -> None:
    before_all = add(register, "Før")
    ids = register.transact(ADD, put_everything).result
    add(register, "Efter")
    register.transact(ADD, lambda writer: put_evaluation(writer, before_all))
    before = content(path)

    drop(register, ids["initiative"])

    left = content(path)
    assert left["initiative"] != before["initiative"]
    for name, rows in left.items():
        if name != "initiative" and not stands_alone(name):
            assert all(ids.get(name) != row[1] for row in rows), name
    assert register.find_damage() == []

    register.undo()
    assert content(path) == before
    register.redo()
    assert content(path) == left
    register.undo()
    assert content(path) == before
    assert register.find_damage() == []


def test_links_go_and_plain_references_let_go_when_what_they_name_is_dropped(register: Register) -> None:
    ids = register.transact(ADD, put_everything).result
    register.transact(DROP, lambda writer: writer.drop("question", ids["question"]))

    indicator = register.get("indicator", ids["indicator"])
    assert indicator["question_id"] is None
    assert indicator.text("name")
    assert register.count("method_question") == 0, "a link between two records is nothing without one of them"
    assert register.count("method_use") == 1
    assert register.find_damage() == []
    register.undo()
    assert register.get("indicator", ids["indicator"])["question_id"] == ids["question"]
    assert register.count("method_question") == 1


def test_dropping_what_is_not_there_is_a_mistake(register: Register, path: Path) -> None:
    before = content(path)
    with pytest.raises(KeyError):
        drop(register, "no such id")
    assert content(path) == before


def test_a_record_dropped_and_made_again_in_one_step_keeps_its_place(register: Register, path: Path) -> None:
    first, second = add(register, "Første"), add(register, "Anden")
    before = content(path)

    def again(writer: Writer) -> None:
        writer.drop("initiative", second)
        writer.put("initiative", {"title": "Tredje"})
        writer.put("initiative", {"title": "Anden igen"}, second)
        writer.drop("initiative", first)

    register.transact(EDIT, again)
    after = content(path)
    assert [row[0] for row in after["initiative"]] == [2, 3]
    assert register.find_damage() == []
    register.undo()
    assert content(path) == before
    register.redo()
    assert content(path) == after


def test_a_single_record_may_give_its_place_to_another(register: Register, path: Path) -> None:
    record_id = add(register)
    evaluation = register.transact(ADD, lambda writer: put_evaluation(writer, record_id)).result
    old = register.transact(
        ADD, lambda writer: writer.put_single("scope", evaluation, {"version_label": "1"})
    )
    before = content(path)

    def exchange(writer: Writer) -> None:
        writer.drop("scope", old.result)
        writer.put_single("scope", evaluation, {"version_label": "2"})

    register.transact(EDIT, exchange)
    after = content(path)
    for _round in range(2):
        register.undo()
        assert content(path) == before
        register.redo()
        assert content(path) == after


def test_undo_refuses_a_row_that_was_changed_behind_its_back(register: Register, path: Path) -> None:
    record_id = add(register, "Robot")
    edit(register, record_id, title="Drone")
    register.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE initiative SET title = 'Fremmed'")
        connection.commit()
    with Register.open(path) as again:
        with pytest.raises(Problem) as caught:
            again.undo()
        assert caught.value.code == "damaged"
        assert again.get("initiative", record_id).text("title") == "Fremmed"


@pytest.mark.parametrize("after", ['{"title"', "[1]", '{"no_such_field": 1}', "null"])
def test_undo_refuses_a_history_that_cannot_be_read(register: Register, path: Path, after: str) -> None:
    record_id = add(register, "Robot")
    edit(register, record_id, title="Drone")
    register.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute('UPDATE change SET "before" = ?', (after,))
        connection.commit()
    before = content(path)
    with Register.open(path) as again:
        with pytest.raises(Problem) as caught:
            again.undo()
        assert caught.value.code == "damaged"
        assert again.find_damage() != []
    assert content(path) == before


def test_history_of_one_record_holds_its_own_rows_only(register: Register) -> None:
    first, second = add(register, "Robot"), add(register, "Drone")

    def both(writer: Writer) -> None:
        writer.change("initiative", first, {"title": "Robot 2"})
        writer.change("initiative", second, {"title": "Drone 2"})

    register.transact(EDIT, both)
    edit(register, second, title="Drone 3")

    steps = register.history(first)
    assert [step.op for step in steps] == [EDIT, ADD]
    assert [[row.key for row in step.rows] for step in steps] == [[first], [first]]
    assert dict(steps[0].rows[0].before or {})["title"] == "Robot"
    assert len(register.history()) == 4
    assert len(register.history()[1].rows) == 2
    assert [step.rows for step in register.history(with_rows=False)] == [()] * 4
    assert len(register.history(limit=1)) == 1
    assert register.history("no such record") == ()
