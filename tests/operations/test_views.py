"""Views: delivered and saved, each change one undo step, counted in small steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Condition, Myself, Relative, Test
from coi_desktop.models.views import Showing
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field
from coi_desktop.operations.registers import create_register
from coi_desktop.operations.views import (
    RENAME,
    count_view,
    find_views,
    get_view,
    move_view,
    moves_count,
    query_of,
    read_filters,
    remove_view,
    rename_view,
    save_view,
    selection_words,
)
from coi_desktop.store.register import Register

IDEAS = Showing(
    name="Idéer",
    search="pleje",
    conditions=(
        Condition("phase", Test.ONE_OF, ("idea",)),
        Condition("confirmed", Test.NOT_SINCE, Relative(months=-12)),
    ),
    columns=("title", "owner"),
    order="budget",
    descending=True,
    grouping="field",
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with create_register(tmp_path / "visninger.coi") as made:
        yield made


def names(register: Register, my_name: str = "Bo") -> list[str]:
    return [view.name for view in find_views(register, my_name)]


def count(register: Register, view: Showing, my_name: str = "") -> int:
    return run_to_end(count_view(register, view, my_name))


def test_a_register_has_views_from_the_start_in_the_language_spoken(register: Register) -> None:
    assert names(register) == ["Alle", "Mine", "Mangler måling", "Ikke bekræftet i et år"]
    assert "Mine" not in names(register, "")
    with speaking("en"):
        assert names(register)[0] == "All"
    assert register.find_ids(query_of(register, find_views(register)[0])) == []


def test_a_saved_view_comes_back_as_it_was(register: Register) -> None:
    view_id = save_view(register, IDEAS)
    [saved] = [view for view in find_views(register) if view.id == view_id]
    assert saved == IDEAS._replace(id=view_id)
    assert saved.shows_as(IDEAS)
    save_view(register, saved._replace(search=""))
    assert find_views(register)[-1].search == ""
    assert len(find_views(register)) == 4


def test_widths_are_kept_with_the_columns_and_those_that_make_no_sense_are_not(register: Register) -> None:
    wide = IDEAS._replace(name="Brede", columns=("title", "phase", "owner"), widths=(("phase", 240),))
    view_id = save_view(register, wide)
    assert register.get("view", view_id)["columns"] == "title, phase 240, owner"
    assert find_views(register)[-1] == wide._replace(id=view_id)
    odd = "title 5, phase 99999, owner wide, status 100 px, , next_date 70"
    register.transact(RENAME, lambda writer: writer.change("view", view_id, {"columns": odd}))
    read = find_views(register)[-1]
    assert read.columns == ("title", "phase", "owner", "status", "next_date")
    assert read.widths == (("next_date", 70),)


def test_each_change_of_a_view_is_one_undo_step(register: Register) -> None:
    first = save_view(register, IDEAS)
    second = save_view(register, IDEAS._replace(name="Andre"))
    assert rename_view(register, second, " Til  møde ")
    assert move_view(register, second, 0)
    assert names(register, "")[3:] == ["Til møde", "Idéer"]
    assert not move_view(register, second, 0)
    remove_view(register, first)
    assert names(register, "")[3:] == ["Til møde"]
    for expected in (["Til møde", "Idéer"], ["Idéer", "Til møde"], ["Idéer", "Andre"], ["Idéer"], []):
        register.undo()
        assert names(register, "")[3:] == expected


@pytest.mark.parametrize("name", ["", "  ", "alle", "MINE", "idéer"])
def test_a_name_that_is_missing_or_taken_changes_nothing(register: Register, name: str) -> None:
    save_view(register, IDEAS)
    revision = register.revision
    with pytest.raises(Problem) as caught:
        save_view(register, IDEAS._replace(name=name))
    assert caught.value.code in ("no_name", "view_exists")
    assert register.revision == revision


def test_a_changed_delivered_view_is_saved_beside_it(register: Register) -> None:
    [everything, *_others] = find_views(register)
    save_view(register, everything._replace(name="Alle sorteret", order="budget"))
    assert names(register, "") == ["Alle", "Mangler måling", "Ikke bekræftet i et år", "Alle sorteret"]


def test_a_view_is_found_by_its_name_and_asks_who_one_is(register: Register) -> None:
    assert get_view(register, "mine", "Bo").conditions == (Condition("owner", Test.IS, Myself()),)
    for name, my_name, code in (("Mine", "", "who_am_i"), ("Dine", "Bo", "no_such_view")):
        with pytest.raises(Problem) as caught:
            get_view(register, name, my_name)
        assert caught.value.code == code
    assert "Mangler måling" in caught.value.advice


def test_mine_are_those_i_own(register: Register) -> None:
    add_initiative(register, {"title": "Mit", "owner": "bo holm"})
    add_initiative(register, {"title": "Dit", "owner": "Ann"})
    mine = get_view(register, "Mine", "Bo Holm")
    assert [one.text("title") for one in register.find(query_of(register, mine, "Bo Holm"))] == ["Mit"]
    assert count(register, mine, "Bo Holm") == 1


def test_counts_agree_with_what_is_found_and_are_made_in_small_steps(register: Register) -> None:
    for number in range(30):
        add_initiative(register, {"title": f"Pleje {number}", "phase": ("idea", "operate")[number % 2]})
    for view in (Showing(), IDEAS, Showing(search="pleje 1"), Showing(conditions=IDEAS.conditions)):
        assert count(register, view) == len(register.find_ids(query_of(register, view)))


def test_a_count_is_taken_anew_only_when_something_it_looks_at_changed(register: Register) -> None:
    initiative = add_initiative(register, {"title": "Et"})
    by_phase = Showing(conditions=(Condition("phase", Test.IS, "idea"),))
    by_tag = Showing(conditions=(Condition("tags", Test.ONE_OF, ("robot",)),))
    changes = []
    register.subscribe(changes.append)
    edit_field(register, initiative, "owner", "Bo")
    edit_field(register, initiative, "phase", "operate")
    add_row(register, "tag", {"initiative_id": initiative, "name": "robot"})
    assert [moves_count(register, by_phase, one) for one in changes] == [False, True, False]
    assert [moves_count(register, by_tag, one) for one in changes] == [False, False, True]
    assert not any(moves_count(register, Showing(), one) for one in changes)


def test_a_selection_says_in_words_what_was_chosen(register: Register) -> None:
    view = Showing(name="Idéer", conditions=read_filters(register, ["fase = idé", "start = 2026"]))
    assert selection_words(register, view) == "Idéer: Fase: Idé · Start: 01-01-2026 – 31-12-2026"
    assert selection_words(register, Showing(name="Alle")) == ""
    assert read_filters(register, ["start < 2026"]) == (Condition("start", Test.BEFORE, date(2026, 1, 1)),)
