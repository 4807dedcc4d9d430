from __future__ import annotations

from decimal import Decimal

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.operations.library import vocabulary


@pytest.mark.parametrize(
    ("table", "field", "value", "da", "en"),
    [
        ("case", "completeness", 80, "80\u00a0%", "80%"),
        ("case", "revision", 1200, "1200", "1200"),
        ("initiative", "budget", Decimal("1234567.5"), "1.234.567,50\u00a0kr.", "DKK\u00a01,234,567.50"),
        ("initiative", "title", "=1+1", "=1+1", "=1+1"),
        ("attachment", "size", 1_300_000, "1,3\u00a0MB", "1.3\u00a0MB"),
        ("case", "completeness", None, "", ""),
    ],
)
def test_a_value_is_shown_with_what_it_is_counted_in(
    table: str, field: str, value: Value, da: str, en: str
) -> None:
    spec = record_type(table).field(field)
    for language, text in (("da", da), ("en", en)):
        with speaking(language):
            assert show_value(spec, value, vocabulary()) == text
