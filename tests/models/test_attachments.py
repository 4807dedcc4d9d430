"""Editions stand under the newest, tricks in names are shown, sizes are told in Danish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.i18n import speaking
from coi_desktop.models.attachments import MEGABYTE, AttachmentLimits, group_editions, shown_codes
from coi_desktop.models.records import Record
from coi_desktop.models.text import NBSP, format_size


def attachment(number: int, newer: int | None = None) -> Record:
    return Record("attachment", str(number), {"newer_id": None if newer is None else str(newer)})


def drawn(*records: Record) -> str:
    return " | ".join(
        one.newest.id + "".join(f"<{older.id}" for older in one.older) for one in group_editions(records)
    )


def test_older_editions_stand_under_the_newest_latest_first() -> None:
    assert drawn(attachment(1, 3), attachment(2), attachment(3, 4), attachment(4)) == "2 | 4<3<1"
    assert drawn(attachment(1, 9)) == "1"


@given(st.lists(st.one_of(st.none(), st.integers(0, 7)), max_size=8))
def test_every_attachment_is_shown_once_also_in_a_forged_ring(newer: list[int | None]) -> None:
    records = [attachment(number, other) for number, other in enumerate(newer)]
    shown = [one.id for group in group_editions(records) for one in (group.newest, *group.older)]
    assert sorted(shown) == sorted(record.id for record in records)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Notat, æøå.pdf", "Notat, æøå.pdf"),
        ("faktura\u202efdp.exe", "faktura⟨U+202E⟩fdp.exe"),
        ("a\u2066b\u200bc", "a⟨U+2066⟩b⟨U+200B⟩c"),
        ("חוזה.pdf", "חוזה.pdf"),
    ],
)
def test_what_turns_the_reading_direction_is_shown_as_its_code(text: str, shown: str) -> None:
    assert shown_codes(text) == shown


@pytest.mark.parametrize(
    ("size", "da", "en"),
    [
        (0, "0 kB", "0 kB"),
        (1, "1 kB", "1 kB"),
        (48_213, "48 kB", "48 kB"),
        (999_499, "999 kB", "999 kB"),
        (1_300_000, "1,3 MB", "1.3 MB"),
        (25_000_000, "25,0 MB", "25.0 MB"),
        (512_400_000, "512 MB", "512 MB"),
        (2_000_000_000, "2,0 GB", "2.0 GB"),
    ],
)
def test_sizes_are_told_in_both_languages(size: int, da: str, en: str) -> None:
    assert format_size(size, "da").replace(NBSP, " ") == da
    assert format_size(size, "en").replace(NBSP, " ") == en


def test_a_notice_is_given_above_the_limits_and_not_at_them() -> None:
    limits = AttachmentLimits(25 * MEGABYTE, 100 * MEGABYTE)
    assert limits.notices([("a.pdf", 25 * MEGABYTE)], 100 * MEGABYTE) == ()
    with speaking("da"):
        first, second = limits.notices([("a.pdf", 31 * MEGABYTE)], 101 * MEGABYTE)
    assert first.replace(NBSP, " ") == "“a.pdf” fylder 31,0 MB; der gives besked fra 25,0 MB."
    assert "101 MB" in second.replace(NBSP, " ")
