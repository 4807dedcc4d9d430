"""Two random runs of edits in two editions: bringing over either way loses nothing and decides nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.models.edited_rows import EditedRows
from coi_desktop.models.edition_plan import EditionPlan
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Value
from coi_desktop.models.return_plan import Difference, ReturnDecisions
from coi_desktop.operations.initiatives import add_initiative, edit_field, remove_initiative
from coi_desktop.operations.other_editions import bring_over, compare_edition
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.store.register import Register
from tests.store.making import ADD, DROP

Fields = Mapping[tuple[str, str], Mapping[str, Value]]

_WRITTEN_BY_ITSELF = ("number", "created", "updated")
_FIELDS = ("title", "owner", "problem", "funding")
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "edit", "edit", "edit", "remove", "tag", "untag", "undo", "redo"]),
        st.integers(0, 3),
        st.sampled_from(_FIELDS),
        st.sampled_from(["Anna", "Bo", "Æble", "Øl"]),
    ),
    max_size=8,
)


def run(register: Register, steps: list[tuple[str, int, str, str]]) -> None:
    for what, place, field, value in steps:
        ids = [one.id for one in register.snapshot().rows("initiative")]
        chosen = ids[place % len(ids)] if ids else ""
        tags = [one.id for one in register.snapshot().rows("tag")]
        if what == "add":
            add_initiative(register, {"title": value, field: value})
        elif what == "undo":
            register.undo()
        elif what == "redo":
            register.redo()
        elif what == "untag" and tags:
            tag = tags[place % len(tags)]
            register.transact(DROP, lambda writer, one=tag: writer.drop("tag", one))
        elif chosen and what == "edit":
            edit_field(register, chosen, field, value)
        elif chosen and what == "remove":
            remove_initiative(register, chosen)
        elif chosen and what == "tag":
            row = {"initiative_id": chosen, "name": value}
            register.transact(ADD, lambda writer, values=row: writer.put("tag", values))


def read(register: Register) -> Fields:
    snapshot = register.snapshot()
    return {
        (one.type_name, one.id): {
            name: value for name, value in one.values.items() if name not in _WRITTEN_BY_ITSELF
        }
        for name in ("initiative", "tag")
        for one in snapshot.rows(name)
    }


class Merge(NamedTuple):
    """What stood in one edition before and after, and the plan that led from one to the other."""

    before: Fields
    after: Fields
    plan: EditionPlan
    past: EditedRows = MappingProxyType({})


def merge(path: Path, other: Path, *, take_all: bool = False) -> Merge:
    with open_register(path) as register:
        before, past = read(register), register.edited_since(0)
        plan = run_to_end(compare_edition(register, other)).plan
        decisions = ReturnDecisions(True, plan.decided(copy=take_all))
        done = run_to_end(bring_over(register, other, decisions))
        register.catch_up(done.changes)
        after = read(register)
        assert register.find_damage() == []
        if done.changes is not None:
            register.undo()
            assert read(register) == before
            register.redo()
            assert read(register) == after
        return Merge(before, after, plan, past)


def lost(base: Fields, mine: Merge, others: Fields) -> list[str]:
    """What was done on either side since they parted and is neither there afterwards nor asked about."""
    asked = {
        (row.type_name, row.record_id, one.field.name)
        for row in mine.plan.standing
        for one in row.changes
        if one.difference is Difference.CONFLICT
    }
    waiting = {(row.type_name, row.record_id) for row in mine.plan.rows if row.root is not None}
    found = [f"{place} is gone" for place in mine.before if place not in mine.after]
    for place, values in mine.before.items():
        for name, value in values.items():
            now = mine.after.get(place, {}).get(name, value)
            if value is not None and now != value and value != base.get(place, {}).get(name):
                found.append(f"{place} {name} written here")
    names = {(one["initiative_id"], one.get("name")) for key, one in mine.after.items() if key[0] == "tag"}
    for place, values in others.items():
        then, now = base.get(place), mine.after.get(place)
        if now is None:
            is_twin = place[0] == "tag" and (values["initiative_id"], values["name"]) in names
            if not is_twin and place not in waiting and then != values:
                found.append(f"{place} only there")
            continue
        for name, value in values.items():
            # A value that the field has had here is no news: somebody has gone on from it. Nor is a field
            # that an undo has emptied again where typing that went on here joined the step that filled it.
            had = value is None or (place in mine.past and value in mine.past[place].held.get(name, ()))
            is_news = not had and (then is None or then.get(name) != value)
            if is_news and now[name] != value and (*place, name) not in asked:
                found.append(f"{place} {name} written there")
    return found


def part(folder: Path, before: list, here: list, there: list) -> tuple[Path, Path, Fields]:
    path, other = folder / "register.coi", folder / "register-PC2.coi"
    with create_register(path) as register:
        add_initiative(register, {"title": "Robot", "owner": "Anna"})
        run(register, before)
        base = read(register)
    shutil.copy(path, other)
    for one, steps in ((path, here), (other, there)):
        with open_register(one) as register:
            run(register, steps)
    return path, other, base


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=_STEPS, here=_STEPS, there=_STEPS)
def test_nothing_is_lost_either_way_and_what_is_not_asked_about_is_the_same(
    before: list, here: list, there: list
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, other, base = part(Path(folder), before, here, there)
        kept = [Path(folder) / f"kept-{number}.coi" for number in (1, 2)]
        shutil.copy(path, kept[0])
        shutil.copy(other, kept[1])
        mine, others = merge(path, kept[1]), merge(other, kept[0])
        assert lost(base, mine, others.before) == []
        assert lost(base, others, mine.before) == []
        asked = {
            (row.type_name, row.record_id, one.field.name)
            for plan in (mine.plan, others.plan)
            for row in plan.rows
            for one in row.changes
            if one.difference is Difference.CONFLICT
        }
        for place in mine.after.keys() & others.after.keys():
            for name, value in mine.after[place].items():
                assert value == others.after[place][name] or (*place, name) in asked


def test_the_check_sees_a_merge_that_overwrites(tmp_path: Path) -> None:
    steps = [("edit", 0, "owner", "Bo")]
    path, other, base = part(tmp_path, [], steps, [("edit", 0, "owner", "Øl")])
    merged = merge(path, other, take_all=True)
    assert any("written here" in one for one in lost(base, merged, {}))


@pytest.mark.parametrize("what", ["edit", "tag", "add"])
def test_the_check_sees_what_was_not_brought_over(tmp_path: Path, what: str) -> None:
    path, other, base = part(tmp_path, [], [], [(what, 0, "owner", "Øl")])
    with open_register(path) as register, open_register(other) as there:
        standing = read(register)
        nothing = Merge(standing, standing, EditionPlan(()))
        assert lost(base, nothing, read(there))
