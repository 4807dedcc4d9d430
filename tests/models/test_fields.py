"""Fields as people read them: their units in the language that is spoken."""

from __future__ import annotations

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type

FIELDS = [
    pytest.param(field, id=f"{kind.name}.{field.name}")
    for kind in RECORD_TYPES.values()
    for field in kind.fields
    if field.unit_da or field.unit_en
]


@pytest.mark.parametrize("field", FIELDS)
def test_a_unit_is_said_in_both_languages_or_not_at_all(field: FieldSpec) -> None:
    assert field.unit_da
    assert field.unit_en
    assert field.unit_en.isascii()


def test_the_unit_follows_the_language_spoken() -> None:
    budget = record_type("initiative").field("budget")
    with speaking("en"):
        assert budget.unit() == "DKK"
    with speaking("da"):
        assert (budget.unit(), budget.unit("en")) == ("kr.", "DKK")


def test_every_amount_is_in_kroner() -> None:
    amounts = [field for kind in RECORD_TYPES.values() for field in kind.fields if field.kind is Kind.MONEY]
    assert {field.unit("da") for field in amounts} == {"kr."}
