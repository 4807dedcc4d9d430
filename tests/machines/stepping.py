"""A machine that does what it likes to a register: every step is taken back to the very content before it,
and search and references agree throughout.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from coi_desktop.models.query import Query
from coi_desktop.store.register import Register
from tests.machines.test_register_machine import PROBES, is_found
from tests.store.making import StandingClock, content

Content = dict[str, list[tuple[Any, ...]]]

MACHINE_SETTINGS = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


class StepMachine(RuleBasedStateMachine):
    """``before`` and ``after`` are the contents that undo and redo must give."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
        self.path = self.folder / "register.coi"
        self.clock = StandingClock()
        self.register = Register.create(self.path, clock=self.clock)
        self.now: Content = content(self.path)
        self.before: list[Content] = []
        self.after: list[Content] = []

    def teardown(self) -> None:
        """Undoing everything gives the first content, redoing everything the last."""
        try:
            first = self.before[0] if self.before else self.now
            last = self.after[-1] if self.after else self.now
            while self.register.undo() is not None:
                pass
            assert content(self.path) == first
            while self.register.redo() is not None:
                pass
            assert content(self.path) == last
            assert self.register.find_damage() == []
        finally:
            self.register.close()
            shutil.rmtree(self.folder)

    # What is known

    def _ids(self) -> list[str]:
        return self.register.find_ids(Query("initiative"))

    def _one(self, number: int) -> str | None:
        ids = self._ids()
        return ids[number % len(ids)] if ids else None

    def _did(self) -> None:
        """Something was done: when it changed anything it is one step."""
        found = content(self.path)
        if found != self.now:
            self.before.append(self.now)
            self.after.clear()
            self.now = found
        self.clock.forward(120)

    # What every machine does

    @rule()
    def undo(self) -> None:
        assert (self.register.undo() is not None) == bool(self.before)
        if self.before:
            self.after.insert(0, self.now)
            self.now = self.before.pop()

    @rule()
    def redo(self) -> None:
        assert (self.register.redo() is not None) == bool(self.after)
        if self.after:
            self.before.append(self.now)
            self.now = self.after.pop(0)

    @rule()
    def reopen(self) -> None:
        self.register.close()
        self.register = Register.open(self.path, clock=self.clock)

    # What always holds

    @invariant()
    def content_is_as_it_must_be(self) -> None:
        assert content(self.path) == self.now

    @invariant()
    def search_agrees_with_the_records(self) -> None:
        records = self.register.find(Query("initiative"))
        for probe in PROBES:
            expected = [record.id for record in records if is_found(dict(record.values), probe, [])]
            assert self.register.find_ids(Query(search=probe)) == expected, probe

    @invariant()
    def references_hold(self) -> None:
        assert self.register._connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert not self.register._connection.in_transaction
