"""Reminders in few lines: every kind has its line, one's own come first, every reminder is counted."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.records import Record
from coi_desktop.models.reminder_groups import group_reminders, is_of
from coi_desktop.models.reminders import Reminder, ReminderKind

MOST = 10
ORDER = list(ReminderKind)


def make(kind: ReminderKind, initiative: str) -> Reminder:
    return Reminder(kind, initiative, "", "initiative", initiative, date(2026, 1, 1))


found_reminders = st.lists(
    st.builds(make, st.sampled_from(ORDER), st.sampled_from("abcdefghij")), max_size=60
).map(lambda some: sorted(some, key=lambda one: ORDER.index(one.kind)))


@given(found_reminders, st.sets(st.sampled_from("abcdefghij")))
def test_every_reminder_is_counted_and_no_more_lines_are_shown_than_there_is_room_for(
    found: list[Reminder], mine: set[str]
) -> None:
    groups = group_reminders(found, mine, MOST)
    assert sum(len(group.reminders) for group in groups) == len(found)
    assert sum(group.lines for group in groups) <= MOST
    assert all(group.lines >= 1 and group.shown <= len(group.reminders) for group in groups)
    if sum(len(group.reminders) + (len(group.reminders) > 1) for group in groups) <= MOST:
        assert all(group.shown == len(group.reminders) for group in groups)


@given(found_reminders, st.sets(st.sampled_from("abcdefghij")))
def test_ones_own_come_first_and_urgency_decides_among_equals(found: list[Reminder], mine: set[str]) -> None:
    groups = group_reminders(found, mine, MOST)
    own = [group.reminders[0].initiative_id in mine for group in groups]
    assert own == sorted(own, reverse=True)
    for group in groups:
        inside = [one.initiative_id in mine for one in group.reminders]
        assert inside == sorted(inside, reverse=True)
    for wanted in (True, False):
        places = [
            ORDER.index(group.kind) for group, is_own in zip(groups, own, strict=True) if is_own is wanted
        ]
        assert places == sorted(places)


def test_what_room_there_is_is_shared_among_the_kinds() -> None:
    found = [make(ReminderKind.ACTION_DUE, one) for one in "abcdefgh"] + [
        make(ReminderKind.UNTOUCHED, one) for one in "abcdefgh"
    ]
    assert [group.shown for group in group_reminders(found, set(), MOST)] == [4, 4]


def test_a_name_is_ones_own_however_it_is_written() -> None:
    record = Record("initiative", "1", {"owner": "Åse Bjørn", "leader": None})
    assert is_of(record, "aase bjørn ")
    assert not is_of(record, "Åse")
    assert not is_of(record, "")
