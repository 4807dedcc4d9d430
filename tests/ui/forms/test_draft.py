"""How typed text reads, and that no draft is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.i18n import speaking
from coi_desktop.models.fields import Kind
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Value
from coi_desktop.ui.forms.draft import Drafts, read_raw

INITIATIVE = record_type("initiative")
EDITED = [
    field
    for kind in RECORD_TYPES.values()
    for field in kind.fields
    if field.kind not in (Kind.REFERENCE, Kind.TIME, Kind.CHOICES, Kind.RANK)
]


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("title", "  Ny\tkælder \n", "Ny kælder"),
        ("problem", "To\r\nlinjer ", "To\nlinjer"),
        ("problem", "   ", None),
        ("start", "22-11-2026", date(2026, 11, 22)),
        ("start", "1. marts 2025", date(2025, 3, 1)),
        ("start", "", None),
        ("budget", "1.234.567,50", Decimal("1234567.50")),
        ("budget", "1,5 mio. kr.", Decimal(1500000)),
        ("budget", "1234567.5", Decimal("1234567.5")),
        ("number", "12", 12),
        ("phase", "idea", "idea"),
        ("phase", "", None),
    ],
)
def test_text_reads_as_people_write_it(name: str, raw: str, value: Value) -> None:
    reading = read_raw(INITIATIVE.field(name), raw)
    assert (reading.value, reading.problem) == (value, "")


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("title", " ", "Titel skal udfyldes."),
        ("title", "x" * 201, "For langt: 201 tegn, der er plads til 200."),
        ("start", "31-02-2026", "Det er ikke en dato."),
        ("start", "snart", "Det er ikke en dato."),
        ("budget", "mange penge", "Det er ikke et tal."),
        ("budget", "12 %", "Det er ikke et tal."),
        ("number", "1,5", "Skriv et helt tal"),
    ],
)
def test_what_does_not_read_says_why_and_has_no_value(name: str, raw: str, said: str) -> None:
    reading = read_raw(INITIATIVE.field(name), raw)
    assert reading.value is None
    assert reading.problem.startswith(said)


def test_a_number_of_two_meanings_is_read_as_the_language_has_it_and_says_so() -> None:
    budget = INITIATIVE.field("budget")
    reading = read_raw(budget, "1.234")
    assert (reading.value, reading.note, reading.other) == (Decimal(1234), "Læst som 1234.", "1,2340")
    with speaking("en"):
        reading = read_raw(budget, "1.234")
        assert (reading.value, reading.note, reading.other) == (Decimal("1.234"), "Read as 1.2340.", "1234")


def test_the_other_meaning_reads_in_one_way_only() -> None:
    budget = INITIATIVE.field("budget")
    other = read_raw(budget, read_raw(budget, "1.234").other)
    assert (other.value, other.note) == (Decimal("1.2340"), "")


@given(st.sampled_from(EDITED), st.text(max_size=60))
def test_no_text_raises_and_a_problem_never_has_a_value(field: object, raw: str) -> None:
    reading = read_raw(field, raw)
    assert reading.value is None or not reading.problem


@given(
    st.sampled_from([field for field in EDITED if field.kind in (Kind.TEXT, Kind.LONG)]), st.text(max_size=60)
)
def test_text_reads_the_same_once_it_was_read(field: object, raw: str) -> None:
    value = read_raw(field, raw).value
    if isinstance(value, str):
        assert read_raw(field, value).value == value


def test_drafts_of_one_record_outlive_another() -> None:
    drafts = Drafts()
    title, start = INITIATIVE.field("title"), INITIATIVE.field("start")
    drafts.put("a", start, "snart")
    drafts.put("b", title, "Ny titel")
    assert [draft.record_id for draft in drafts.find_readable()] == ["b"]
    kept = drafts.get("a", "start")
    assert kept is not None
    assert kept.raw == "snart"
    assert drafts.labels() == ("Start", "Titel")


def test_a_draft_that_was_typed_over_is_not_dropped_by_the_older_one() -> None:
    drafts = Drafts()
    title = INITIATIVE.field("title")
    older = drafts.put("a", title, "Først")
    newer = drafts.put("a", title, "Siden")
    drafts.drop(older)
    assert drafts.get("a", "title") is newer
    drafts.drop(newer)
    assert drafts.get("a", "title") is None


def test_a_refused_draft_waits_until_it_is_typed_anew() -> None:
    drafts = Drafts()
    title = INITIATIVE.field("title")
    drafts.refuse(drafts.put("a", title, "Nej"), "Det går ikke.")
    assert drafts.find_readable() == []
    drafts.put("a", title, "Jo")
    assert len(drafts.find_readable()) == 1
