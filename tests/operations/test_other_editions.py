"""Another edition of the register is compared and brought over: nothing lost, nothing decided unasked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.edition_lines import ComparedEdition
from coi_desktop.models.edition_plan import WHOLE
from coi_desktop.models.person_mentions import PersonForms
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.return_plan import Difference, ReturnDecisions
from coi_desktop.operations.erasing import erase_person, plan_erasure
from coi_desktop.operations.initiatives import add_initiative, edit_field, remove_initiative
from coi_desktop.operations.other_editions import BroughtOver, bring_over, compare_edition
from coi_desktop.operations.own_fields import add_own_field
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.store.register import Register
from tests.store.making import ADD, EDIT

NOTHING = ReturnDecisions()


class Pair:
    """A register and the edition of it that was put aside, both open for writing."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "register.coi"
        self.copy_path = folder / "register (Annes konfliktkopi 2026-11-22).coi"
        self.here = create_register(self.path)
        self.robot = self.have = ""

    def part(self) -> None:
        """From now on they are two."""
        self.here.close()
        shutil.copy(self.path, self.copy_path)
        self.here, self.there = open_register(self.path), open_register(self.copy_path)

    def compare(self) -> ComparedEdition:
        return run_to_end(compare_edition(self.here, self.copy_path))

    def bring(self, decisions: ReturnDecisions = NOTHING) -> BroughtOver:
        done = run_to_end(bring_over(self.here, self.copy_path, decisions))
        self.here.catch_up(done.changes)
        return done

    def close(self) -> None:
        self.here.close()
        self.there.close()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    made.robot = add_initiative(made.here, {"title": "Robot", "owner": "Anna", "budget": Decimal(100)})
    made.have = add_initiative(made.here, {"title": "Have", "owner": "Bo"})
    made.part()
    yield made
    made.close()


def put(register: Register, type_name: str, **values: Any) -> str:
    return register.transact(ADD, lambda writer: writer.put(type_name, values)).result


def titles(register: Register) -> list[str]:
    return sorted(one.text("title") for one in register.snapshot().rows("initiative"))


def test_what_was_written_only_there_comes_over_as_one_step_that_can_be_undone(pair: Pair) -> None:
    new = add_initiative(pair.there, {"title": "Nyt derfra"})
    tag = put(pair.there, "tag", initiative_id=new, name="robot")
    edit_field(pair.there, pair.robot, "owner", "Dorte")
    edit_field(pair.here, pair.robot, "problem", "Skrevet her")
    before = pair.copy_path.read_bytes()
    compared = pair.compare()
    assert [(one.title, one.what, one.here, one.there) for one in compared.lines] == [
        ("Robot", "Ejer", "Anna", "Dorte"),
        ("Nyt derfra", "Tiltag", "", "Nyt derfra"),
        ("Nyt derfra", "Emneord", "", "robot"),
    ]
    revision = pair.here.revision
    pair.bring()
    assert pair.here.revision == revision + 1
    robot = pair.here.get("initiative", pair.robot)
    assert (robot["owner"], robot["problem"]) == ("Dorte", "Skrevet her")
    assert pair.here.get("tag", tag)["initiative_id"] == new
    assert pair.copy_path.read_bytes() == before
    pair.here.undo()
    assert titles(pair.here) == ["Have", "Robot"]
    assert pair.here.get("initiative", pair.robot)["owner"] == "Anna"


def test_a_second_time_there_is_nothing_left_also_after_working_on(pair: Pair) -> None:
    new = add_initiative(pair.there, {"title": "Nyt derfra"})
    edit_field(pair.there, pair.robot, "owner", "Dorte")
    pair.bring()
    assert pair.compare().plan.is_nothing
    edit_field(pair.here, pair.robot, "owner", "Erik")
    edit_field(pair.here, new, "title", "Omdøbt her")
    assert pair.compare().plan.is_nothing
    pair.here.undo()
    pair.here.undo()
    pair.here.undo()
    assert len(pair.compare().plan.rows) == 2, "undone it is offered again"


def test_a_field_changed_in_both_is_a_conflict_without_a_default(pair: Pair) -> None:
    edit_field(pair.there, pair.robot, "owner", "Dorte")
    edit_field(pair.here, pair.robot, "owner", "Erik")
    plan = pair.compare().plan
    assert plan.count(Difference.CONFLICT) == 1
    assert pair.bring().changes is None
    assert pair.here.get("initiative", pair.robot)["owner"] == "Erik"
    pair.bring(ReturnDecisions(True, {(pair.robot, "owner"): True}))
    assert pair.here.get("initiative", pair.robot)["owner"] == "Dorte"


def test_the_same_change_in_both_is_none(pair: Pair) -> None:
    edit_field(pair.there, pair.robot, "owner", "Dorte")
    edit_field(pair.here, pair.robot, "owner", "Dorte")
    assert pair.compare().plan.is_nothing


def test_an_emptied_field_is_emptied_unless_it_is_to_be_kept(pair: Pair) -> None:
    edit_field(pair.there, pair.robot, "owner", None)
    assert pair.compare().plan.count(Difference.CLEARED) == 1
    assert pair.bring(ReturnDecisions(clear_emptied=False)).changes is None
    pair.bring()
    assert pair.here.get("initiative", pair.robot)["owner"] is None


def test_what_was_removed_there_stays_here_and_is_told(pair: Pair) -> None:
    remove_initiative(pair.there, pair.have)
    compared = pair.compare()
    assert compared.plan.is_nothing
    assert compared.plan.kept == 1
    assert len(compared.remarks()) == 1
    assert pair.bring().changes is None
    assert titles(pair.here) == ["Have", "Robot"]


def test_what_was_removed_here_and_worked_on_there_waits_for_a_choice(pair: Pair) -> None:
    edit_field(pair.there, pair.have, "owner", "Dorte")
    put(pair.there, "tag", initiative_id=pair.have, name="grønt")
    edit_field(pair.here, pair.have, "problem", "Skrevet før det blev fjernet")
    remove_initiative(pair.here, pair.have)
    plan = pair.compare().plan
    assert plan.roots == (("initiative", pair.have),)
    assert pair.bring().changes is None
    pair.bring(ReturnDecisions(True, {(pair.have, WHOLE): True}))
    have = pair.here.get("initiative", pair.have)
    assert (have["owner"], have["problem"]) == ("Dorte", "Skrevet før det blev fjernet")
    assert [one["name"] for one in pair.here.children("tag", pair.have)] == ["grønt"]


def test_what_was_removed_here_and_not_touched_there_stays_removed(pair: Pair) -> None:
    remove_initiative(pair.here, pair.have)
    edit_field(pair.there, pair.robot, "owner", "Dorte")
    pair.bring()
    assert titles(pair.here) == ["Robot"]


def test_numbers_given_twice_are_given_anew(pair: Pair) -> None:
    add_initiative(pair.here, {"title": "Her"})
    new = add_initiative(pair.there, {"title": "Der"})
    pair.bring()
    numbers = [one["number"] for one in pair.here.snapshot().rows("initiative")]
    assert len(set(numbers)) == 4
    assert pair.here.get("initiative", new)["number"] == 4
    assert pair.compare().plan.is_nothing


def test_the_same_tag_and_person_made_in_both_are_one(pair: Pair) -> None:
    for register in (pair.here, pair.there):
        put(register, "tag", initiative_id=pair.robot, name="robot")
        put(register, "person", name="Anna Holm", **({"role": "Leder"} if register is pair.there else {}))
    pair.bring()
    assert len(pair.here.children("tag", pair.robot)) == 1
    persons = pair.here.snapshot().rows("person")
    assert [(one["name"], one["role"]) for one in persons] == [("Anna Holm", "Leder")]
    assert pair.compare().plan.is_nothing


def test_the_single_record_of_an_owner_made_in_both_is_compared_field_by_field(tmp_path: Path) -> None:
    pair = Pair(tmp_path)
    robot = add_initiative(pair.here, {"title": "Robot"})
    evaluation = put(pair.here, "evaluation", initiative_id=robot, title="E")
    pair.part()
    fields = [f.name for f in pair.here.fields("conclusion") if f.kind.value == "long"][:2]
    put(pair.here, "conclusion", evaluation_id=evaluation, **{fields[0]: "her"})
    put(pair.there, "conclusion", evaluation_id=evaluation, **{fields[0]: "der", fields[1]: "kun der"})
    assert pair.compare().plan.count(Difference.CONFLICT) == 1
    pair.bring()
    (found,) = pair.here.children("conclusion", evaluation)
    assert (found[fields[0]], found[fields[1]]) == ("her", "kun der")
    pair.close()


def test_own_fields_made_there_come_with_their_values(pair: Pair) -> None:
    name = add_own_field(pair.there, "Alder", "text")
    pair.there.transact(EDIT, lambda writer: writer.change("initiative", pair.robot, {name: "Ældre"}))
    pair.bring()
    assert pair.here.get("initiative", pair.robot)[name] == "Ældre"


def test_attachments_bring_their_files(pair: Pair) -> None:
    stored = pair.there.files.put(b"Et notat")
    values = {"initiative_id": pair.robot, "title": "Notat", "file_name": "notat.txt"}
    put(pair.there, "attachment", **values, sha256=stored.sha256, size=stored.size)
    put(pair.there, "attachment", **values | {"title": "Væk"}, sha256="0" * 64, size=3)
    done = pair.bring()
    assert done.compared.missing_files == 1
    assert pair.here.files.read(stored.sha256) == b"Et notat"


def test_who_was_erased_here_does_not_come_back_from_there(pair: Pair) -> None:
    forms = PersonForms(names=("Anna Holm",))
    pair.here.transact(EDIT, lambda w: w.change("initiative", pair.robot, {"leader": "Anna Holm"}))
    run = run_to_end(plan_erasure(pair.here, forms))
    receipt = run_to_end(erase_person(pair.here, run))
    pair.here.catch_up(receipt.changes)
    edit_field(pair.there, pair.have, "problem", "Spørg Anna Holm om det")
    put(pair.there, "person", name="Anna Holm")
    add_initiative(pair.there, {"title": "Nyt", "owner": "Anna Holm"})
    pair.bring()
    whole = "\n".join(text.text for text in pair.here.texts(with_history=True))
    assert "Holm" not in whole
    assert "Nyt" in whole


def test_another_register_and_the_register_itself_are_refused(pair: Pair, tmp_path: Path) -> None:
    other = tmp_path / "andet.coi"
    create_register(other).close()
    for path, code in ((other, "other_register"), (pair.path, "same_file")):
        with pytest.raises(Problem) as caught:
            run_to_end(compare_edition(pair.here, path))
        assert caught.value.code == code


def test_typing_that_went_on_over_the_parting_is_no_loss(tmp_path: Path) -> None:
    pair = Pair(tmp_path)
    robot = add_initiative(pair.here, {"title": "Robot", "owner": "A"})
    pair.here.transact(EDIT, lambda w: w.change("initiative", robot, {"owner": "An"}), merge_key="t")
    pair.part()
    pair.there.transact(EDIT, lambda w: w.change("initiative", robot, {"owner": "Anna"}), merge_key="t")
    compared = pair.compare()
    assert compared.plan.rows
    pair.bring(ReturnDecisions(True, compared.plan.decided(copy=True)))
    assert pair.here.get("initiative", robot)["owner"] == "Anna"
    pair.close()
