from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean, clean_line
from coi_desktop.models.pack_cells import CellError, can_travel, format_cell, parse_column
from coi_desktop.operations.library import vocabulary

TEXT = FieldSpec("title", Kind.TEXT, "", "")
LONG = FieldSpec("problem", Kind.LONG, "", "")
NUMBER = FieldSpec("saved", Kind.NUMBER, "", "")
INTEGER = FieldSpec("count", Kind.INTEGER, "", "")
DAY = FieldSpec("date", Kind.DATE, "", "")
STAGE = FieldSpec("stage", Kind.CHOICE, "", "", values="stage")
TYPES = FieldSpec("innovation_type", Kind.CHOICES, "", "", values="innovation_type")
FIELD = FieldSpec("field", Kind.CHOICE, "", "", values="initiative.field")


@pytest.mark.parametrize(
    ("field", "value", "cell"),
    [
        (TEXT, "Skærm, besøg", "Skærm, besøg"),
        (LONG, "a\nb", "a\nb"),
        (NUMBER, Decimal("4.10"), "4.10"),
        (NUMBER, Decimal("1E+3"), "1000"),
        (INTEGER, 0, "0"),
        (DAY, date(2026, 1, 2), "2026-01-02"),
        (STAGE, "trial", "trial"),
        (TYPES, ("service", "product"), "service|product"),
        (FIELD, "Havn og fiskeri", "Havn og fiskeri"),
        (TEXT, None, ""),
    ],
)
def test_every_value_has_one_text_and_every_text_one_value(field: FieldSpec, value: Any, cell: str) -> None:
    assert format_cell(value) == cell
    assert parse_column(field, [cell], vocabulary()) == [value]


NFC_TEXT = st.text(max_size=20).map(partial(unicodedata.normalize, "NFC"))


@given(st.lists(NFC_TEXT, max_size=6))
def test_the_quick_way_over_a_column_cleans_as_the_register_does(cells: list[str]) -> None:
    assert parse_column(TEXT, cells, vocabulary()) == [clean_line(cell) or None for cell in cells]
    assert parse_column(LONG, cells, vocabulary()) == [clean(cell) or None for cell in cells]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_a_number_comes_back_digit_by_digit_or_is_refused(number: Decimal) -> None:
    cell = format_cell(number)
    try:
        (back,) = parse_column(NUMBER, [cell], vocabulary())
    except CellError:
        assert len(cell) > 28
    else:
        assert format_cell(back) == cell


def test_a_bad_cell_is_found_by_its_place() -> None:
    with pytest.raises(CellError) as caught:
        parse_column(STAGE, ["idea", "", "pilot", "nowhere"], vocabulary())
    assert caught.value.index == 2
    with pytest.raises(CellError) as caught:
        parse_column(NUMBER, ["1", "2", "1,5"], vocabulary())
    assert caught.value.index == 2


def test_only_known_keys_and_possible_numbers_may_travel() -> None:
    assert can_travel(STAGE, "trial", vocabulary())
    assert not can_travel(STAGE, "unknown", vocabulary())
    assert not can_travel(STAGE, None, vocabulary())
    assert not can_travel(FieldSpec("price_year", Kind.INTEGER, "", ""), 26, vocabulary())
