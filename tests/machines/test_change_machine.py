"""Adding, importing, editing many, merging, removing and restoring in any order: every step is taken back to
the very content before it, the trash holds what is gone alone, and search and references agree throughout.
"""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from coi_desktop.models.bulk_plan import BulkEdit
from coi_desktop.models.merge_plan import Choice
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import bulk, history, initiatives, merging, table_imports, trash
from tests.machines.stepping import MACHINE_SETTINGS, StepMachine
from tests.store.making import ADD, put_evaluation

TITLES = st.sampled_from(["Robot", "Ærø deler", "Hjemmepleje", "Hjemmeplejen", "Sygepleje på Ærø", "Besøg"])
OWNERS = st.none() | st.sampled_from(["Team Vest", "Åse", "robotten kører"])
TAGS = st.lists(st.sampled_from(["velfærd", "Velfærd", "drift"]), max_size=2)
NUMBERS = st.integers(0, 7)


class ChangeMachine(StepMachine):
    """``ever`` are the initiatives that were there at some time."""

    def __init__(self) -> None:
        super().__init__()
        self.ever: set[str] = set()

    def _did(self) -> None:
        self.ever.update(self._ids())
        super()._did()

    # What is done

    @rule(title=TITLES, owner=OWNERS, evaluated=st.booleans())
    def add(self, title: str, owner: str | None, evaluated: bool) -> None:
        made = initiatives.add_initiative(self.register, {"title": title, "owner": owner})
        self._did()
        if evaluated:
            self.register.transact(ADD, lambda writer: put_evaluation(writer, made))
            self._did()

    @rule(number=NUMBERS, title=TITLES)
    def edit(self, number: int, title: str) -> None:
        if (one := self._one(number)) is not None:
            initiatives.edit_field(self.register, one, "title", title)
            self._did()

    @rule(number=NUMBERS, other=NUMBERS)
    def link(self, number: int, other: int) -> None:
        one, two = self._one(number), self._one(other)
        if one is not None and two is not None and one != two:
            values = {"initiative_id": one, "other_id": two, "kind": "part_of"}
            initiatives.add_row(self.register, "initiative_link", values)
            self._did()

    @rule(titles=st.lists(TITLES, min_size=1, max_size=3, unique=True))
    def import_list(self, titles: list[str]) -> None:
        path = self.folder / "liste.csv"
        path.write_text(
            "Titel;Ejer\n" + "".join(f"{title};Liste\n" for title in titles), encoding="utf-8-sig"
        )
        run_to_end(table_imports.import_table(self.register, path))
        self._did()

    @rule(numbers=st.sets(NUMBERS, min_size=1, max_size=4), owner=OWNERS, put_on=TAGS, take_off=TAGS)
    def bulk_edit(self, numbers: set[int], owner: str | None, put_on: list[str], take_off: list[str]) -> None:
        ids = [one for number in numbers if (one := self._one(number)) is not None]
        ids = list(dict.fromkeys(ids))
        selection = run_to_end(bulk.read_selection(self.register, ids))
        edit = BulkEdit({"owner": owner, "phase": "develop"}, tuple(put_on), tuple(take_off))
        plan = bulk.preview_bulk(self.register, selection, edit)
        self.register.catch_up(run_to_end(bulk.apply_bulk(self.register, plan)).changes)
        again = run_to_end(bulk.read_selection(self.register, ids))
        assert all(record["owner"] == owner for record in again.records)
        self._did()

    @rule(numbers=st.sets(NUMBERS, min_size=1, max_size=3))
    def bulk_remove(self, numbers: set[int]) -> None:
        ids = list(dict.fromkeys(one for number in numbers if (one := self._one(number)) is not None))
        self.register.catch_up(run_to_end(bulk.remove_many(self.register, ids)))
        self._did()

    @rule(number=NUMBERS, other=NUMBERS, owner=st.sampled_from(Choice))
    def merge(self, number: int, other: int, owner: Choice) -> None:
        one, two = self._one(number), self._one(other)
        if one is None or two is None or one == two:
            return
        plan = merging.plan_merging(self.register, one, two)
        if any(
            each.field.name == "owner" and (owner is not Choice.BOTH or each.can_join) for each in plan.fields
        ):
            plan = merging.plan_merging(self.register, one, two, {"owner": owner})
        merging.merge(self.register, plan)
        assert two not in self._ids()
        self._did()

    @rule(number=NUMBERS, other=NUMBERS)
    def keep_apart(self, number: int, other: int) -> None:
        one, two = self._one(number), self._one(other)
        if one is not None and two is not None and one != two:
            merging.mark_not_duplicates(self.register, one, two)
            self._did()

    @rule(number=NUMBERS)
    def restore(self, number: int) -> None:
        items = [item for item in trash.find_trash(self.register) if item.removed.type_name == "initiative"]
        if items:
            done = trash.restore_item(self.register, items[number % len(items)])
            assert done.id in self._ids()
            self._did()

    @rule(number=NUMBERS)
    def restore_value(self, number: int) -> None:
        if (one := self._one(number)) is None:
            return
        for step in history.find_history(self.register, one, field_name="owner"):
            story = step.fields[0]
            if not story.is_whole:
                history.restore_value(self.register, story, story.value_before)
                assert self.register.get("initiative", one)["owner"] == story.value_before
                break
        self._did()

    # What always holds

    @invariant()
    def trash_holds_what_is_gone_and_nothing_that_is_there(self) -> None:
        there = set(self._ids())
        in_trash = {
            item.id for item in trash.find_trash(self.register) if item.removed.type_name == "initiative"
        }
        assert not in_trash & there
        assert in_trash <= self.ever


ChangeMachine.TestCase.settings = MACHINE_SETTINGS


@pytest.mark.slow
class TestChangeMachine(ChangeMachine.TestCase):
    """Run by pytest."""
