"""What a user can answer a reminder: put it off, call it not relevant, or confirm what the register says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from coi_desktop.i18n import N_
from coi_desktop.models.changes import Op
from coi_desktop.models.clock import today
from coi_desktop.models.records import Values
from coi_desktop.models.reminders import Reminder
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

PUT_OFF = Op("reminder.put_off", N_("Put off reminder"))
DISMISS = Op("reminder.dismiss", N_("Reminder not relevant"))
CONFIRM = Op("initiative.confirm", N_("Confirm initiative"))


def put_off(register: Register, reminders: Sequence[Reminder], until: date) -> None:
    """Let reminders rest until a day, in one step."""
    _answer(register, PUT_OFF, reminders, {"until": until, "about": None, "dismissed": None})


def dismiss(register: Register, reminders: Sequence[Reminder]) -> None:
    """Call reminders not relevant, in one step. They come back when the day they are about is another."""
    _answer(register, DISMISS, reminders, {"until": None, "dismissed": True})


def confirm_initiatives(register: Register, ids: Iterable[str]) -> None:
    """Note that what the register says of initiatives holds today, in one step."""
    day = today(register.clock)

    def change(writer: Writer) -> None:
        for record_id in dict.fromkeys(ids):
            writer.change("initiative", record_id, {"confirmed": day})

    register.transact(CONFIRM, change)


def _answer(register: Register, op: Op, reminders: Sequence[Reminder], values: Values) -> None:
    def change(writer: Writer) -> None:
        for reminder in reminders:
            whole = {**values, "about": reminder.day} if values.get("dismissed") else values
            there = {
                (one.text("kind"), one.text("subject_id")): one.id
                for one in (
                    writer.get("reminder_choice", child)
                    for child in writer.find_child_ids("reminder_choice", reminder.initiative_id)
                )
            }
            known = there.get((reminder.kind.value, reminder.record_id))
            if known is not None:
                writer.change("reminder_choice", known, whole)
                continue
            key = {
                "initiative_id": reminder.initiative_id,
                "kind": reminder.kind.value,
                "subject_id": reminder.record_id,
            }
            writer.put("reminder_choice", {**whole, **key})

    register.transact(op, change)
