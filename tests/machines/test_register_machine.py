"""Whatever is done in whatever order: the register equals a plain dictionary, and all of it can be undone."""

from __future__ import annotations

import contextlib
import copy
import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from coi_desktop.models import query as queries
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.changes import Op
from coi_desktop.models.folding import fold, sort_key, words
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Condition, Order, Query
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.keeping import iter_backup
from coi_desktop.store.register import Register
from coi_desktop.store.restore_file import iter_prepare, put_in_place
from coi_desktop.store.step_log import MERGE_WITHIN
from coi_desktop.store.writer import Writer
from tests.store.making import StandingClock, content, put_evaluation

ADD, EDIT, DROP, BULK = (Op(f"machine.{name}", name) for name in ("add", "edit", "drop", "bulk"))

TITLES = st.sampled_from(
    ["Robot", "robot", "Ærø", "Åse", "Aase", "Hjemmepleje", "Sygepleje", "Zebra", "Øre", "2026", "Café"]
)
TEXTS = st.none() | st.sampled_from(["Borgeren får hjemmepleje", "Ét besøg på Ærø", "robotten kører", "…"])
EDITS = st.sampled_from(["title", "owner", "description"])
MOST_OWN_FIELDS = 2
PROBES = ("pleje", "ærø", "robot", "åse", "besøg", "hjem robot", "2026", "q")

Model = dict[str, dict[str, dict[str, Any]]]
"""Record type to id to some of its fields, in stored order."""

Log = tuple[tuple[str | None, datetime] | None, ...]
Kept = tuple[Model, tuple[Model, ...], tuple[Model, ...], Log]

PARENTS = {
    "evaluation": "initiative_id",
    "question": "evaluation_id",
    "indicator": "evaluation_id",
    "measurement": "indicator_id",
    "attachment": "initiative_id",
}


class BrokenError(Exception):
    """Raised in the middle of a change, to see it taken back."""


class RegisterMachine(RuleBasedStateMachine):
    """Adds, edits, types, drops, undoes, redoes, backs up, restores and reopens."""

    initiatives = Bundle("initiatives")

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
        self.path = self.folder / "register.coi"
        self.clock = StandingClock()
        self.register = Register.create(self.path, clock=self.clock)
        self.first = content(self.path)
        self.model: Model = {"initiative": {}, "own_field": {}, **{name: {} for name in PARENTS}}
        self.before: list[Model] = []
        self.after: list[Model] = []
        # The log of commits: None is an undo or redo, which nothing joins.
        self.log: list[tuple[str | None, datetime] | None] = []
        #: What the register held when each backup was written.
        self.kept: dict[int, Kept] = {}
        self.copies_left = 5

    def teardown(self) -> None:
        """Undoing everything gives the first content; redoing everything gives the last."""
        try:
            last = content(self.path)
            for expected in reversed(self.before):
                self.model = expected
                assert self.register.undo() is not None
            assert self.register.undo() is None
            assert content(self.path) == self.first
            assert self.register.find_damage() == []
            while self.register.redo() is not None:
                pass
            if not self.after:
                assert content(self.path) == last
            assert self.register.find_damage() == []
        finally:
            self.register.close()
            shutil.rmtree(self.folder)

    # What the model does

    def _did(self, state: Model, key: str | None = None) -> None:
        if state == self.model:
            return
        last = self.log[-1] if self.log else None
        if key is not None and last is not None and last[0] == key and self._is_now(last[1]):
            if state == self.before[-1]:
                self.before.pop()  # back where it began: the step is gone
                self.log.pop()
        else:
            self.before.append(self.model)
            self.log.append((key, self.clock()))
            self.after.clear()
        self.model = state

    def _no_own_values(self) -> dict[str, None]:
        """What a new initiative has in own fields."""
        return {own_name(field_id): None for field_id in self.model["own_field"]}

    def _is_now(self, since: datetime) -> bool:
        """Typing joins the step before within a minute of its beginning; a clock put back joins nothing."""
        return timedelta(0) <= self.clock() - since < MERGE_WITHIN

    def _without(self, state: Model, type_name: str, record_id: str) -> None:
        for child, parent in PARENTS.items():
            for child_id in [key for key, values in state[child].items() if values[parent] == record_id]:
                if child_id in state[child]:
                    self._without(state, child, child_id)
        if type_name == "question":
            for values in state["indicator"].values():
                if values["question_id"] == record_id:
                    values["question_id"] = None
        state[type_name].pop(record_id, None)

    # What is done

    @initialize(target=initiatives, title=TITLES)
    def start(self, title: str) -> str:
        return self.add(title, None)

    @rule(target=initiatives, title=TITLES, description=TEXTS)
    def add(self, title: str, description: str | None) -> str:
        values = {"title": title, "owner": None, "description": description}
        record_id = self.register.transact(ADD, lambda writer: writer.put("initiative", values)).result
        state = copy.deepcopy(self.model)
        state["initiative"][record_id] = {**values, **self._no_own_values()}
        self._did(state)
        return record_id

    @rule(record_id=initiatives, field=EDITS, value=TITLES, typed=st.booleans())
    def edit(self, record_id: str, field: str, value: str, typed: bool) -> None:
        if record_id not in self.model["initiative"]:
            return
        key = f"{record_id}.{field}" if typed else None
        self.register.transact(
            EDIT, lambda writer: writer.change("initiative", record_id, {field: value}), merge_key=key
        )
        state = copy.deepcopy(self.model)
        state["initiative"][record_id][field] = value
        self._did(state, key)

    @precondition(lambda self: len(self.model["own_field"]) < MOST_OWN_FIELDS)
    @rule(kind=st.sampled_from(["text", "choice"]))
    def add_own_field(self, kind: str) -> None:
        values = {"da": "Eget", "kind": kind}
        field_id = self.register.transact(ADD, lambda writer: writer.put("own_field", values)).result
        state = copy.deepcopy(self.model)
        state["own_field"][field_id] = {"kind": kind}
        for initiative in state["initiative"].values():
            initiative[own_name(field_id)] = None
        self._did(state)

    @precondition(lambda self: self.model["own_field"])
    @rule(record_ids=st.lists(initiatives, max_size=3), value=st.none() | TITLES, number=st.integers(0, 5))
    def fill_own_field(self, record_ids: list[str], value: str | None, number: int) -> None:
        fields = list(self.model["own_field"])
        name = own_name(fields[number % len(fields)])
        there = [one for one in dict.fromkeys(record_ids) if one in self.model["initiative"]]
        values = {name: value}
        self.register.transact(
            BULK, lambda writer: writer.change_many("initiative", dict.fromkeys(there, values))
        )
        state = copy.deepcopy(self.model)
        for record_id in there:
            state["initiative"][record_id][name] = value
        self._did(state)

    @precondition(lambda self: self.model["own_field"])
    @rule(number=st.integers(0, 5))
    def drop_own_field(self, number: int) -> None:
        fields = list(self.model["own_field"])
        field_id = fields[number % len(fields)]
        self.register.transact(DROP, lambda writer: writer.drop("own_field", field_id))
        state = copy.deepcopy(self.model)
        del state["own_field"][field_id]
        for initiative in state["initiative"].values():
            del initiative[own_name(field_id)]
        self._did(state)

    @rule(record_id=initiatives, values=st.lists(TITLES, min_size=2, max_size=5))
    def type_on(self, record_id: str, values: list[str]) -> None:
        for value in values:
            self.edit(record_id, "title", value, True)

    @rule(record_id=initiatives)
    def drop(self, record_id: str) -> None:
        if record_id not in self.model["initiative"]:
            return
        self.register.transact(DROP, lambda writer: writer.drop("initiative", record_id))
        state = copy.deepcopy(self.model)
        self._without(state, "initiative", record_id)
        self._did(state)

    @rule(record_id=initiatives)
    def evaluate(self, record_id: str) -> None:
        if record_id not in self.model["initiative"]:
            return
        self.register.transact(ADD, lambda writer: put_evaluation(writer, record_id))
        self._did(self._read())

    @rule(record_id=initiatives, file=st.sampled_from([b"", b"et", b"to", b"tre"]))
    def attach(self, record_id: str, file: bytes) -> None:
        if record_id not in self.model["initiative"]:
            return
        stored = self.register.files.put(file)
        values = {"initiative_id": record_id, "title": "Bilag", "sha256": stored.sha256}
        self.register.transact(ADD, lambda writer: writer.put("attachment", values))
        self._did(self._read())

    @rule()
    def sweep(self) -> None:
        self.register.files.sweep(self.register.find_named_files(ever=True))

    @rule(number=st.integers(0, 5), type_name=st.sampled_from(list(PARENTS)))
    def drop_below(self, number: int, type_name: str) -> None:
        ids = list(self.model[type_name])
        if not ids:
            return
        record_id = ids[number % len(ids)]
        self.register.transact(DROP, lambda writer: writer.drop(type_name, record_id))
        state = copy.deepcopy(self.model)
        self._without(state, type_name, record_id)
        self._did(state)

    @rule(titles=st.lists(TITLES, max_size=4), beside=st.booleans(), record_id=initiatives)
    def many_at_once(self, titles: list[str], beside: bool, record_id: str) -> None:
        def change(writer: Writer) -> list[str]:
            if record_id in self.model["initiative"]:
                writer.change("initiative", record_id, {"owner": "Mange"})
            return [writer.put("initiative", {"title": title, "owner": "Ny"}) for title in titles]

        if beside:
            with self.register.open_beside() as job:
                committed = job.transact(BULK, change)
            self.register.catch_up(committed.changes)
        else:
            committed = self.register.transact(BULK, change)
        state = copy.deepcopy(self.model)
        if record_id in state["initiative"]:
            state["initiative"][record_id]["owner"] = "Mange"
        for made, title in zip(committed.result, titles, strict=True):
            empty = {"description": None, **self._no_own_values()}
            state["initiative"][made] = {"title": title, "owner": "Ny", **empty}
        self._did(state)

    @rule(record_id=initiatives, title=TITLES)
    def fail_half_way(self, record_id: str, title: str) -> None:
        def change(writer: Writer) -> None:
            writer.put("initiative", {"title": title})
            if record_id in self.model["initiative"]:
                writer.drop("initiative", record_id)
            raise BrokenError

        with contextlib.suppress(BrokenError):
            self.register.transact(BULK, change)

    @rule()
    def undo(self) -> None:
        done = self.register.undo()
        assert (done is not None) == bool(self.before)
        if done is not None:
            self.after.append(self.model)
            self.model = self.before.pop()
            self.log.append(None)

    @rule()
    def redo(self) -> None:
        done = self.register.redo()
        assert (done is not None) == bool(self.after)
        if done is not None:
            self.before.append(self.model)
            self.model = self.after.pop()
            self.log.append(None)

    @rule(seconds=st.sampled_from([0.5, 30, 61, -7200, 86_400]))
    def wait(self, seconds: float) -> None:
        self.clock.forward(seconds)

    @rule()
    def reopen(self) -> None:
        self.register.close()
        self.register = Register.open(self.path, clock=self.clock)

    @precondition(lambda self: self.copies_left > 0)
    @rule()
    def back_up(self) -> None:
        self.copies_left -= 1
        written = run_to_end(iter_backup(self.path, self.folder / "kept", Reason.REGULAR, self.clock))
        if written is not None:
            self._keep(written.manifest.sequence)

    @precondition(lambda self: self.copies_left > 0 and self.kept)
    @rule(number=st.integers(0, 5))
    def restore(self, number: int) -> None:
        """Everything is as it was then, the steps that can be undone among it; what was replaced is kept."""
        self.copies_left -= 1
        root = self.folder / "kept"
        backups = BackupSet(root / self.register.id)
        found = backups.find_backups()
        wanted = found[number % len(found)]
        prepared = run_to_end(iter_prepare(self.path, backups, wanted, root, self.clock))
        newest = backups.newest()
        assert newest is not None
        if newest.sequence not in self.kept:
            self._keep(newest.sequence)
        self.register.close()
        put_in_place(prepared, self.clock)
        self.register = Register.open(self.path, clock=self.clock)
        self.model, before, after, log = self.kept[wanted.sequence]
        self.before, self.after, self.log = list(before), list(after), list(log)

    def _keep(self, sequence: int) -> None:
        self.kept[sequence] = (self.model, tuple(self.before), tuple(self.after), tuple(self.log))

    @precondition(lambda self: len(self.before) > 3)
    @rule()
    def tidy(self) -> None:
        self.register.tidy()

    # What always holds

    def _read(self) -> Model:
        read: Model = {}
        fields = {name: (parent,) for name, parent in PARENTS.items()}
        own = [own_name(one.id) for one in self.register.find(Query("own_field"))]
        wanted = {"initiative": ("title", "owner", "description", *own), "own_field": ("kind",), **fields}
        wanted["indicator"] = ("evaluation_id", "question_id")
        for name, names in wanted.items():
            records = self.register.find(Query(name))
            read[name] = {record.id: {field: record[field] for field in names} for record in records}
        return read

    @invariant()
    def equals_the_dictionary(self) -> None:
        read = self._read()
        assert read == self.model
        assert {name: list(rows) for name, rows in read.items()} == {
            name: list(rows) for name, rows in self.model.items()
        }

    @invariant()
    def the_next_steps_are_named(self) -> None:
        assert (self.register.next_undo is not None) == bool(self.before)
        assert (self.register.next_redo is not None) == bool(self.after)

    @invariant()
    def search_agrees_with_the_records(self) -> None:
        initiatives = self.model["initiative"]
        own_texts = [own_name(key) for key, one in self.model["own_field"].items() if one["kind"] == "text"]
        for probe in PROBES:
            expected = [key for key, values in initiatives.items() if is_found(values, probe, own_texts)]
            assert self.register.find_ids(Query(search=probe)) == expected, probe

    @invariant()
    def own_fields_are_asked_for_like_others(self) -> None:
        initiatives = self.model["initiative"]
        assert self.register.count("own_value") == sum(
            one[own_name(field)] is not None
            for one in initiatives.values()
            for field in self.model["own_field"]
        )
        for field_id, field in self.model["own_field"].items():
            name = own_name(field_id)
            filled = [key for key, one in initiatives.items() if one[name] is not None]
            empty = [key for key, one in initiatives.items() if one[name] is None]
            order = sort_key if field["kind"] == "text" else str
            expected = sorted(filled, key=lambda key: order(initiatives[key][name]))
            assert self.register.find_ids(Query(order=Order(name))) == expected + empty
            demand = Condition(name, queries.Test.EMPTY)
            assert self.register.find_ids(Query(conditions=(demand,))) == empty

    @invariant()
    def titles_are_in_danish_order(self) -> None:
        initiatives = self.model["initiative"]
        expected = sorted(initiatives, key=lambda key: sort_key(initiatives[key]["title"]))
        assert self.register.find_ids(Query(order=Order("title"))) == expected

    @invariant()
    def every_attachment_has_its_file(self) -> None:
        """Also after undo and redo of what a sweep has gone by."""
        wanted = self.register.find_named_files()
        assert self.register.files.find_missing(wanted) == self.register.files.find_changed(wanted) == []

    @invariant()
    def references_hold(self) -> None:
        assert self.register._connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert not self.register._connection.in_transaction


def is_found(values: dict[str, Any], probe: str, own_texts: list[str]) -> bool:
    """Whether search must find it: by any part of short texts, by the beginnings of words in long and own
    ones.
    """
    short = fold(f"{values['title']} \n{values['owner'] or ''}")
    long = words(" ".join(values[name] or "" for name in ("description", *own_texts)))
    return all(word in short or any(found.startswith(word) for found in long) for word in words(probe))


RegisterMachine.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@pytest.mark.slow
class TestRegisterMachine(RegisterMachine.TestCase):
    """Run by pytest."""
