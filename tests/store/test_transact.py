"""A change is one named operation in one transaction: all of it or nothing, told once."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.changes import ChangeSet, RowChange, StepKind
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.store.making import ADD, EDIT, StandingClock, add, content, drop, edit


def test_a_change_is_one_step_with_its_rows(register: Register, clock: StandingClock) -> None:
    heard: list[ChangeSet] = []
    register.subscribe(heard.append)
    before = register.revision

    committed = register.transact(
        ADD, lambda writer: writer.put("initiative", {"title": "Robot"}), source="form", detail="Robot"
    )

    assert register.revision == before + 1
    assert heard == [committed.changes]
    (row,) = heard[0].rows
    assert (row.table, row.key, row.before) == ("initiative", committed.result, None)
    assert row.after is not None
    assert row.after["title"] == "Robot"
    assert (heard[0].op, heard[0].source, heard[0].detail, heard[0].kind) == (
        ADD,
        "form",
        "Robot",
        StepKind.DO,
    )
    (step,) = register.history()
    assert (step.at, step.op, step.detail, step.source, step.rows) == (clock(), ADD, "Robot", "form", (row,))


def test_a_change_that_changes_nothing_leaves_no_trace(register: Register, path: Path) -> None:
    record_id = add(register, "Robot", budget=None)
    heard: list[ChangeSet] = []
    register.subscribe(heard.append)
    before, revision, steps = content(path), register.revision, register.history()

    committed = register.transact(
        EDIT, lambda writer: writer.change("initiative", record_id, {"title": "Robot"})
    )

    assert committed.changes is None
    assert not committed.result
    assert heard == []
    assert (content(path), register.revision, register.history()) == (before, revision, steps)


def test_a_value_set_and_set_back_within_a_step_changes_nothing(
    register: Register, path: Path, clock: StandingClock
) -> None:
    record_id = add(register, "Robot")
    before, revision = content(path), register.revision
    clock.forward(600)

    def there_and_back(writer: Writer) -> None:
        writer.change("initiative", record_id, {"title": "Drone"})
        writer.change("initiative", record_id, {"title": "Robot"})
        other = writer.put("initiative", {"title": "Kort liv"})
        writer.drop("initiative", other)

    assert register.transact(EDIT, there_and_back).changes is None
    assert (content(path), register.revision) == (before, revision)


def test_an_unchanged_record_keeps_its_moment_of_change_beside_a_changed_one(
    register: Register, clock: StandingClock
) -> None:
    first, second = add(register, "Robot"), add(register, "Drone")
    clock.forward(600)

    def change(writer: Writer) -> None:
        writer.change("initiative", first, {"title": "X"})
        writer.change("initiative", first, {"title": "Robot"})
        writer.change("initiative", second, {"title": "Dronehjælp"})

    changes = register.transact(EDIT, change).changes

    assert changes is not None
    assert changes.keys("initiative") == {second}
    assert register.get("initiative", first)["updated"] == register.get("initiative", first)["created"]


def test_an_exception_takes_everything_back(register: Register, path: Path) -> None:
    record_id = add(register, "Robot")
    before, revision, steps = content(path), register.revision, register.history()
    heard: list[ChangeSet] = []
    register.subscribe(heard.append)

    def half(writer: Writer) -> None:
        writer.change("initiative", record_id, {"title": "Ødelagt"})
        writer.put("initiative", {"title": "Halv"})
        raise RuntimeError("midt i det hele")

    with pytest.raises(RuntimeError, match="midt i det hele"):
        register.transact(EDIT, half)

    assert (content(path), register.revision, register.history(), heard) == (before, revision, steps, [])
    assert edit(register, record_id, title="Virker igen")


def test_what_was_asked_for_inside_a_broken_change_is_forgotten(register: Register) -> None:
    from coi_desktop.models.query import Order, Query

    add(register, "Robot")
    query = Query(search="drone", order=Order())

    def half(writer: Writer) -> None:
        writer.put("initiative", {"title": "Drone"})
        assert len(register.find(query)) == 1
        raise RuntimeError

    with pytest.raises(RuntimeError):
        register.transact(ADD, half)
    assert register.find(query) == ()
    assert len(register.find_ids(Query(order=Order()))) == 1


def test_a_value_that_does_not_fit_changes_nothing(register: Register, path: Path) -> None:
    record_id = add(register, "Robot")
    before = content(path)
    with pytest.raises(Problem) as caught:
        edit(register, record_id, owner="x" * 201)
    assert caught.value.code == "too_long"
    with pytest.raises(KeyError):
        edit(register, record_id, no_such_field="x")
    with pytest.raises(TypeError):
        edit(register, record_id, budget="mange penge")
    assert content(path) == before


def test_a_listener_that_fails_keeps_no_other_from_hearing(
    register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[int] = []

    def broken(_changes: ChangeSet) -> None:
        raise ValueError("bug")

    register.subscribe(broken)
    register.subscribe(lambda changes: heard.append(changes.revision))
    with caplog.at_level(logging.ERROR):
        record_id = add(register)
    assert heard == [register.revision]
    assert register.get("initiative", record_id)
    assert "test.add" in caplog.text


def test_listeners_hear_commits_in_order_also_when_one_changes_something_itself(register: Register) -> None:
    heard: list[int] = []

    def tagging(changes: ChangeSet) -> None:
        if changes.op == ADD:
            for key in changes.keys("initiative"):
                edit(register, key, status_text="set af en lytter")

    register.subscribe(tagging)
    register.subscribe(lambda changes: heard.append(changes.revision))
    add(register)
    assert heard == [1, 2]


def test_who_unsubscribes_hears_no_more(register: Register) -> None:
    heard: list[ChangeSet] = []
    unsubscribe = register.subscribe(heard.append)
    add(register)
    unsubscribe()
    unsubscribe()
    add(register)
    assert len(heard) == 1


def test_a_change_inside_a_change_is_refused_and_takes_both_back(register: Register, path: Path) -> None:
    before = content(path)

    def outer(writer: Writer) -> None:
        writer.put("initiative", {"title": "Ydre"})
        add(register, "Indre")

    with pytest.raises(Exception, match="transaction"):
        register.transact(ADD, outer)
    assert content(path) == before
    assert add(register)


def test_change_sets_tell_what_they_touch(register: Register) -> None:
    record_id = add(register)
    heard: list[ChangeSet] = []
    register.subscribe(heard.append)
    edit(register, record_id, title="Nyt", budget=None)
    drop(register, record_id)

    edited, dropped = heard
    assert edited.touches("initiative", "title")
    assert not edited.touches("initiative", "budget")
    assert not edited.touches("case")
    assert dropped.touches("initiative", "budget"), "a dropped row touches every field"
    assert dropped.keys("initiative") == {record_id}
    assert dropped.keys("case") == frozenset()
    assert isinstance(dropped.rows[0], RowChange)


def test_a_register_open_for_reading_refuses_changes(register: Register, path: Path) -> None:
    record_id = add(register)
    with Register.open(path, write=False) as reader:
        with pytest.raises(Problem) as caught:
            edit(reader, record_id, title="Nej")
        assert caught.value.code == "read_only"
        with pytest.raises(Problem):
            reader.undo()
        assert reader.get("initiative", record_id).text("title") == "Robotstøvsuger"


def test_a_register_open_for_reading_follows_what_another_commits(register: Register, path: Path) -> None:
    from coi_desktop.models.query import Query

    first = add(register, "Robot")
    with Register.open(path, write=False) as reader:
        assert reader.find_ids(Query(search="robot")) == [first]
        second = add(register, "Robotplæneklipper")
        assert reader.find_ids(Query(search="robot")) == [first, second]
        assert reader.revision == register.revision


def test_a_register_opened_beside_writes_for_a_job_and_the_first_catches_up(
    register: Register, path: Path
) -> None:
    heard: list[ChangeSet] = []
    register.subscribe(heard.append)
    with register.open_beside() as beside:
        committed = beside.transact(ADD, lambda writer: writer.put("initiative", {"title": "Fra et job"}))
        again = beside.transact(ADD, lambda writer: writer.put("initiative", {"title": "Og et til"}))
    register.catch_up(None)
    register.catch_up(committed.changes)
    register.catch_up(again.changes)

    assert heard == [committed.changes, again.changes]
    assert register.revision == 2
    assert register.get("initiative", committed.result).text("title") == "Fra et job"
    assert add(register)


def test_a_change_before_catching_up_is_refused(register: Register) -> None:
    with register.open_beside() as beside:
        committed = beside.transact(ADD, lambda writer: writer.put("initiative", {"title": "Fra et job"}))
    with pytest.raises(Problem) as caught:
        add(register)
    assert caught.value.code == "replaced"
    register.catch_up(committed.changes)
    assert add(register)


def test_a_long_write_beside_leaves_the_first_able_to_read(register: Register) -> None:
    first = add(register, "Robot")

    with register.open_beside() as beside:

        def much(writer: Writer) -> int:
            text = "meget tekst " * 1_000
            writer.put_many(
                "initiative", [(f"id-{n}", {"title": "x", "description": text}) for n in range(2_000)]
            )
            return len(register.get("initiative", first).text("title"))

        committed = beside.transact(ADD, much)
    assert committed.result == 5
