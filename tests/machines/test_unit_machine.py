"""What a unit shapes for itself, in any order with work on its initiatives: phases and gates, tags, lists,
people, views, own fields, reminders, related rows, and the sheet that goes out to Excel and comes back.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import openpyxl
import pytest
from hypothesis import Phase as Stage
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from coi_desktop.errors import Problem
from coi_desktop.models.clock import today
from coi_desktop.models.gates import GateEntry
from coi_desktop.models.phases import Phase
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.reminders import Reminder, ReminderKind
from coi_desktop.models.return_plan import ReturnDecisions
from coi_desktop.models.views import Showing
from coi_desktop.operations import (
    choices,
    gates,
    initiatives,
    links,
    own_fields,
    pasting,
    people,
    phase_moves,
    phases,
    register_sheets,
    reminders,
    status_reports,
    tags,
    views,
)
from coi_desktop.operations.library import words_of
from tests.machines.stepping import MACHINE_SETTINGS, StepMachine
from tests.store.making import ADD

NUMBERS = st.integers(0, 7)
PLACES = st.integers(0, 3)
TITLES = st.sampled_from(["Robot", "Ærø deler", "Hjemmepleje", "Sygepleje på Ærø"])
NAMES = st.sampled_from(["Åse", "Bo Vest", "bo vest", "Team Ærø", "x" * 40])
WORDS = st.sampled_from(["Prøve", "prøve", "Drift i dag", "Åben"])
LISTS = st.sampled_from(["initiative.field", "partner.kind"])
DECISIONS = st.sampled_from(["continue", "park", "stop"])


class UnitMachine(StepMachine):
    """Refusals are sentences, and leave everything as it was."""

    # Initiatives

    @rule(title=TITLES, owner=st.none() | NAMES, number=NUMBERS)
    def add(self, title: str, owner: str | None, number: int) -> None:
        keys = [phase.key for phase in phases.get_phases(self.register)]
        values = {"title": title, "owner": owner, "phase": keys[number % len(keys)]}
        initiatives.add_initiative(self.register, values)
        self._did()

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        if (one := self._one(number)) is not None:
            initiatives.remove_initiative(self.register, one)
            self._did()

    @rule(number=NUMBERS, other=NUMBERS, kind=st.sampled_from(["based_on", "part_of", "reused_from"]))
    def link(self, number: int, other: int, kind: str) -> None:
        one, two = self._one(number), self._one(other)
        if one is not None and two is not None:
            with suppress(Problem):
                links.add_link(self.register, one, kind, two)
            self._did()

    @rule(number=NUMBERS, texts=st.lists(WORDS, min_size=1, max_size=3))
    def paste_benefits(self, number: int, texts: list[str]) -> None:
        if (one := self._one(number)) is not None:
            pasting.paste_rows(self.register, "benefit", one, [{"text": text} for text in texts])
            self._did()

    @rule(number=NUMBERS)
    def report(self, number: int) -> None:
        if (one := self._one(number)) is not None:
            status_reports.add_status_report(self.register, one)
            self._did()

    # Phases and gates

    @rule(name=WORDS)
    def add_phase(self, name: str) -> None:
        with suppress(Problem):
            phases.add_phase(self.register, Phase("", name, "", checklist_da=("Er det prøvet?",)))
        self._did()

    @rule(number=NUMBERS, name=WORDS)
    def rename_phase(self, number: int, name: str) -> None:
        with suppress(Problem):
            phases.edit_phase(self.register, self._phase(number)._replace(da=name))
        self._did()

    @rule(number=NUMBERS, place=PLACES)
    def move_phase(self, number: int, place: int) -> None:
        phases.move_phase(self.register, self._phase(number).key, place)
        self._did()

    @rule(number=NUMBERS, other=NUMBERS)
    def remove_phase(self, number: int, other: int) -> None:
        one, two = self._phase(number).key, self._phase(other).key
        if one != two:
            phases.remove_phase(self.register, one, two)
            assert all(record["phase"] != one for record in self.register.find(Query("initiative")))
            self._did()

    @rule(number=NUMBERS, to=NUMBERS)
    def choose_template(self, number: int, to: int) -> None:
        templates = phases.find_templates()
        template = templates[number % len(templates)]
        target = template.phases[to % len(template.phases)].key
        used = [key for key in phases.count_by_phase(self.register) if key]
        phases.choose_template(self.register, template.name, dict.fromkeys(used, target))
        self._did()

    @rule(number=NUMBERS, to=NUMBERS)
    def move_to_phase(self, number: int, to: int) -> None:
        if (one := self._one(number)) is not None:
            gates.move_to_phase(self.register, one, self._phase(to).key)
            assert self.register.get("initiative", one)["phase"] == self._phase(to).key
            self._did()

    @rule(numbers=st.sets(NUMBERS, min_size=1, max_size=4), to=NUMBERS)
    def move_many(self, numbers: set[int], to: int) -> None:
        ids = list(dict.fromkeys(one for number in numbers if (one := self._one(number)) is not None))
        moved = run_to_end(phase_moves.move_many_to_phase(self.register, ids, self._phase(to).key))
        if moved.changes is not None:
            self.register.catch_up(moved.changes)
        self._did()

    @rule(number=NUMBERS, met=st.booleans(), decision=DECISIONS)
    def pass_gate(self, number: int, met: bool, decision: str) -> None:
        if (one := self._one(number)) is None:
            return
        phase = self.register.get("initiative", one).text("phase")
        gates.tick_line(self.register, one, phase, "Er det prøvet?", met=met)
        self._did()
        gates.decide_gate(self.register, one, phase, GateEntry(decision, "Åse", reason="Fordi"))
        self._did()

    # Words of the unit's own

    @rule(number=NUMBERS, name=WORDS)
    def tag(self, number: int, name: str) -> None:
        if (one := self._one(number)) is not None:
            self.register.transact(
                ADD, lambda writer: writer.put("tag", {"initiative_id": one, "name": name})
            )
            self._did()

    @rule(number=NUMBERS, name=WORDS)
    def rename_tag(self, number: int, name: str) -> None:
        if found := tags.find_tags(self.register):
            tags.rename_tag(self.register, found[number % len(found)].name, name)
            self._did()

    @rule(number=NUMBERS)
    def remove_tag(self, number: int) -> None:
        if found := tags.find_tags(self.register):
            tags.remove_tag(self.register, found[number % len(found)].name)
            self._did()

    @rule(name=LISTS, word=WORDS)
    def add_choice(self, name: str, word: str) -> None:
        with suppress(Problem):
            choices.add_choice(self.register, name, word)
        self._did()

    @rule(name=LISTS, number=NUMBERS, word=WORDS, place=PLACES, retired=st.booleans())
    def change_choice(self, name: str, number: int, word: str, place: int, retired: bool) -> None:
        found = choices.get_choices(self.register, name)
        key = found[number % len(found)].key
        with suppress(Problem):
            choices.rename_choice(self.register, name, key, word)
        self._did()
        choices.move_choice(self.register, name, key, place)
        self._did()
        with suppress(Problem):
            choices.retire_choice(self.register, name, key, retired=retired)
        self._did()

    @rule(word=WORDS, kind=st.sampled_from(["text", "number", "yes_no", "choice"]))
    def add_own_field(self, word: str, kind: str) -> None:
        with suppress(Problem):
            own_fields.add_own_field(
                self.register, word, kind, choices=("a", "b") if kind == "choice" else ()
            )
        self._did()

    @rule(number=NUMBERS, place=PLACES, word=WORDS, removed=st.booleans())
    def change_own_field(self, number: int, place: int, word: str, removed: bool) -> None:
        names = [field.name for field in self.register.fields("initiative") if field.name.startswith("own_")]
        if not names:
            return
        name = names[number % len(names)]
        own_fields.move_own_field(self.register, name, place)
        self._did()
        with suppress(Problem):
            own_fields.edit_own_field(self.register, name, {"da": word})
        self._did()
        if removed:
            own_fields.remove_own_field(self.register, name)
            self._did()

    # People

    @rule(name=NAMES)
    def add_person(self, name: str) -> None:
        with suppress(Problem):
            people.add_person(self.register, {"name": name})
        self._did()

    @rule(number=NUMBERS, name=NAMES)
    def rename_person(self, number: int, name: str) -> None:
        if found := people.find_people(self.register):
            with suppress(Problem):
                people.edit_person(self.register, found[number % len(found)].id, "name", name)
            self._did()

    @rule(number=NUMBERS, other=NUMBERS, removed=st.booleans())
    def merge_or_remove_person(self, number: int, other: int, removed: bool) -> None:
        found = people.find_people(self.register)
        if not found:
            return
        one, two = found[number % len(found)], found[other % len(found)]
        if removed:
            people.remove_person(self.register, one.id)
        elif one.id != two.id:
            people.merge_people(self.register, one.id, two.id)
        self._did()

    # Views and reminders

    @rule(name=WORDS, search=st.sampled_from(["", "robot"]))
    def save_view(self, name: str, search: str) -> None:
        with suppress(Problem):
            views.save_view(self.register, Showing(name=name, search=search, columns=("title", "owner")))
        self._did()

    @rule(number=NUMBERS, name=WORDS, place=PLACES, removed=st.booleans())
    def change_view(self, number: int, name: str, place: int, removed: bool) -> None:
        own = [view for view in views.find_views(self.register) if not view.is_delivered]
        if not own:
            return
        view = own[number % len(own)]
        with suppress(Problem):
            views.rename_view(self.register, view.id, name)
        self._did()
        views.move_view(self.register, view.id, place)
        self._did()
        if removed:
            views.remove_view(self.register, view.id)
            self._did()

    @rule(number=NUMBERS, days=st.integers(1, 9), how=st.sampled_from(["put_off", "dismiss", "confirm"]))
    def answer_reminder(self, number: int, days: int, how: str) -> None:
        if (one := self._one(number)) is None:
            return
        day = today(self.clock)
        reminder = Reminder(ReminderKind.NOT_CONFIRMED, one, "", "initiative", one, day)
        if how == "put_off":
            reminders.put_off(self.register, [reminder], day + timedelta(days=days))
        elif how == "dismiss":
            reminders.dismiss(self.register, [reminder])
        else:
            reminders.confirm_initiatives(self.register, [one])
        self._did()

    # Out to Excel and back

    @rule(number=NUMBERS, title=TITLES, emptied=st.booleans())
    def through_excel(self, number: int, title: str, emptied: bool) -> None:
        if (one := self._one(number)) is None:
            return
        path = self.folder / "ud.xlsx"
        path.unlink(missing_ok=True)
        run_to_end(register_sheets.export_register_sheet(self.register, path))
        before = self.now
        run_to_end(register_sheets.return_sheet(self.register, path, ReturnDecisions()))
        self._did()
        assert self.now == before, "a sheet nobody edited changes nothing"
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        columns = {cell.value: cell.column for cell in sheet[1]}
        row = next(
            cells[0].row for cells in sheet.iter_rows(min_row=3) if one in [cell.value for cell in cells]
        )
        sheet.cell(row, columns["title"]).value = title
        if emptied:
            sheet.cell(row, columns["owner"]).value = None
        book.save(path)
        run_to_end(register_sheets.return_sheet(self.register, path, ReturnDecisions()))
        found = self.register.get("initiative", one)
        assert found["title"] == title
        assert not emptied or found["owner"] is None
        self._did()

    def _phase(self, number: int) -> Phase:
        found = phases.get_phases(self.register)
        return found[number % len(found)]

    # What always holds

    @invariant()
    def every_initiative_stands_where_there_is_a_phase(self) -> None:
        keys = {phase.key for phase in phases.get_phases(self.register)}
        assert all(record.text("phase") in keys for record in self.register.find(Query("initiative")))

    @invariant()
    def every_name_of_a_list_is_there_once(self) -> None:
        for name in ("initiative.field", "partner.kind", "initiative.phase"):
            keys = list(words_of(self.register).value_list(name).words)
            assert len(keys) == len(set(keys))
        names = [one.text("name") for one in people.find_people(self.register)]
        assert len(names) == len({name.casefold() for name in names})


UnitMachine.TestCase.settings = MACHINE_SETTINGS


@pytest.mark.slow
class TestUnitMachine(UnitMachine.TestCase):
    """Run by pytest."""


class CarelessMachine(StepMachine):
    """Writes past the history now and then."""

    @rule(title=TITLES)
    def add(self, title: str) -> None:
        initiatives.add_initiative(self.register, {"title": title})
        self._did()

    @rule()
    def scribble(self) -> None:
        self.register._connection.execute("UPDATE initiative SET owner = 'nobody' WHERE owner IS NULL")
        self._did()


def test_a_change_past_the_history_is_caught() -> None:
    """The control."""
    few = settings(MACHINE_SETTINGS, phases=[Stage.generate], database=None)
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(CarelessMachine, settings=few)
