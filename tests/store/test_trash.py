"""Whatever was removed comes back as it was, with what belonged to it, as far as it can stand."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.removals import Removed
from coi_desktop.store.register import Register
from coi_desktop.store.trash import PutBack
from tests.store.making import ADD, add, content, drop, put_evaluation, put_everything, stands_alone


def trash_of(register: Register, *type_names: str) -> list[tuple[str, str]]:
    return [(one.type_name, one.id) for one in register.find_removed(type_names or ("initiative",))]


def restore(register: Register, removed: Removed) -> PutBack:
    removal = register.get_removal(removed)
    return register.transact(ADD, lambda writer: writer.put_back(removal)).result


@pytest.fixture
def register(path: Path) -> Register:
    return Register.create(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "r.coi"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A register with a record of every type, to be copied, and their ids by type."""
    path = tmp_path_factory.mktemp("filled") / "r.coi"
    with Register.create(path) as register:
        return path, register.transact(ADD, put_everything).result


@pytest.mark.parametrize("type_name", [name for name in RECORD_TYPES if name != "unit"])
def test_every_kind_of_record_comes_back_exactly_with_all_that_belonged(
    type_name: str, filled: tuple[Path, dict[str, str]], path: Path
) -> None:
    made, ids = filled
    shutil.copy(made, path)
    with Register.open(path) as register:
        before = content(path)
        drop(register, ids[type_name], type_name)
        after = content(path)
        [removed] = register.find_removed([type_name])
        done = restore(register, removed)
        assert done.left == ()
        now = content(path)
        for name in RECORD_TYPES:
            assert len(now[name]) == len(before[name]), name
        # Owners show that something was done below them; all else is as it was.
        same = [name for name in RECORD_TYPES if now[name] == before[name]]
        assert set(RECORD_TYPES) - set(same) <= {"initiative", "evaluation", "case"}
        assert trash_of(register, type_name) == []
        register.undo()
        assert content(path) == after
        assert trash_of(register, type_name) == [(type_name, ids[type_name])]
        register.undo()
        assert content(path) == before
        assert trash_of(register, type_name) == []
        assert register.find_damage() == []


def test_only_what_was_removed_by_itself_is_in_the_trash(register: Register) -> None:
    with register:
        ids = register.transact(ADD, put_everything).result
        drop(register, ids["initiative"])
        alone = [name for name in RECORD_TYPES if not stands_alone(name)]
        assert trash_of(register, *alone) == [("initiative", ids["initiative"])]


def test_a_taken_back_addition_or_removal_is_not_in_the_trash(register: Register) -> None:
    with register:
        first = add(register)
        register.undo()
        assert trash_of(register) == []
        register.redo()
        drop(register, first)
        register.undo()
        register.undo()
        assert trash_of(register) == []


def test_what_was_removed_twice_is_told_of_once_as_it_was_last(register: Register) -> None:
    with register:
        first = add(register, "Før")
        drop(register, first)
        restore(register, register.find_removed(["initiative"])[0])
        register.transact(ADD, lambda writer: writer.change("initiative", first, {"title": "Efter"}))
        drop(register, first)
        [removed] = register.find_removed(["initiative"])
        assert removed.values["title"] == "Efter"


def test_several_removed_in_one_step_come_back_one_by_one_and_find_each_other(register: Register) -> None:
    with register:
        first, second = add(register, "Den ene"), add(register, "Den anden")
        link = {"initiative_id": first, "other_id": second, "kind": "part_of"}
        link_id = register.transact(ADD, lambda writer: writer.put("initiative_link", link)).result
        register.transact(ADD, lambda writer: put_evaluation(writer, first))
        register.transact(ADD, lambda writer: [writer.drop("initiative", one) for one in (first, second)])
        by_id = {one.id: one for one in register.find_removed(["initiative"])}
        assert set(by_id) == {first, second}
        done = restore(register, by_id[first])
        assert done.left == (("initiative_link", link_id),)
        assert register.count("measurement") == 3
        assert restore(register, by_id[second]).left == ()
        assert [one.id for one in register.children("initiative_link", first)] == [link_id]


def test_a_row_whose_owner_is_gone_stays_where_it_is(register: Register) -> None:
    with register:
        first = add(register)
        evaluation = register.transact(ADD, lambda writer: put_evaluation(writer, first)).result
        drop(register, evaluation, "evaluation")
        drop(register, first)
        by_type = {one.type_name: one for one in register.find_removed(["initiative", "evaluation"])}
        assert restore(register, by_type["evaluation"]).rows == ()
        restore(register, by_type["initiative"])
        assert restore(register, by_type["evaluation"]).left == ()
        assert register.count("measurement") == 3


def test_references_that_were_let_go_of_are_tied_again_unless_they_say_something_else_now(
    register: Register,
) -> None:
    with register:
        first = add(register)
        register.transact(ADD, lambda writer: put_evaluation(writer, first))
        evaluation = register.children("evaluation", first)[0].id
        [question] = register.children("question", evaluation)
        [indicator] = register.children("indicator", evaluation)
        drop(register, question.id, "question")
        assert register.get("indicator", indicator.id)["question_id"] is None
        assert restore(register, register.find_removed(["question"])[0]).tied == 1
        assert register.get("indicator", indicator.id)["question_id"] == question.id
        drop(register, question.id, "question")
        other = {"evaluation_id": evaluation, "text": "En anden"}
        new = register.transact(ADD, lambda writer: writer.put("question", other)).result
        register.transact(ADD, lambda writer: writer.change("indicator", indicator.id, {"question_id": new}))
        assert restore(register, register.find_removed(["question"])[0]).tied == 0
        assert register.get("indicator", indicator.id)["question_id"] == new


def test_a_second_record_in_the_only_place_is_not_put_beside_the_first(register: Register) -> None:
    with register:
        first = add(register)
        evaluation = register.transact(ADD, lambda writer: put_evaluation(writer, first)).result
        values = {"evaluation_id": evaluation, "headline": "Først"}
        conclusion = register.transact(ADD, lambda writer: writer.put("conclusion", values)).result
        drop(register, conclusion, "conclusion")
        register.transact(ADD, lambda writer: writer.put("conclusion", values | {"headline": "Så"}))
        assert restore(register, register.find_removed(["conclusion"])[0]).rows == ()
        assert [one["headline"] for one in register.children("conclusion", evaluation)] == ["Så"]


def test_a_place_that_was_taken_meanwhile_is_not_taken_back(register: Register, path: Path) -> None:
    with register:
        first = add(register, "Den første")
        second = add(register, "Den anden")
        register.transact(ADD, lambda writer: [writer.drop("initiative", one) for one in (first, second)])
        third = add(register, "Den tredje")
        for removed in register.find_removed(["initiative"]):
            restore(register, removed)
        assert {one.id for one in register.get_many("initiative", [first, second, third])} == {
            first, second, third,
        }  # fmt: skip
        assert register.find_damage() == []


def test_dates_and_other_values_of_what_was_removed_can_be_read(register: Register) -> None:
    with register:
        first = add(register, "Med dato", start=date(2026, 2, 1))
        drop(register, first)
        assert register.find_removed(["initiative"], prefix=first[:8])[0].values["start"] == date(2026, 2, 1)
        assert register.find_removed(["initiative"], prefix="00000000") == ()
