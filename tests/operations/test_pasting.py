"""Rows in from Excel: read by place or heading, every fault named, only what is good made, in one step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import record_type
from coi_desktop.operations.clipboard import copy_records
from coi_desktop.operations.initiatives import add_initiative, add_row
from coi_desktop.operations.library import words_of
from coi_desktop.operations.pasting import PastePlan, PasteRules, paste_rows, plan_paste
from coi_desktop.store.register import Register

NAMES = {
    "partner": ("name", "kind", "role"),
    "benefit": ("text", "year", "likely", "realised"),
    "risk": ("text", "probability", "consequence"),
}
WEIGHT = FieldSpec("weight", Kind.TEXT, "Vægt", "Weight")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi") as made:
        yield made


@pytest.fixture
def ids(register: Register) -> list[str]:
    return [add_initiative(register, {"title": title}) for title in ("Robot", "Have")]


def plan(register: Register, type_name: str, text: str) -> PastePlan:
    kind = record_type(type_name)
    typed = [kind.field(name) for name in NAMES[type_name]]
    more = [field for field in kind.fields if field not in typed and field.kind is not Kind.REFERENCE]
    return plan_paste(PasteRules(words_of(register), typed, more, worked_out=[WEIGHT]), text)


def partners(register: Register, owner: str) -> list[tuple[object, ...]]:
    return [(one["name"], one["kind"], one["role"]) for one in register.children("partner", owner)]


def test_rows_become_records_in_one_step(register: Register, ids: list[str]) -> None:
    found = plan(register, "partner", 'KL\tKommune\tSparring\r\n"Odense\nKommune"\t\t\r\n\t\t\r\n')
    assert found.is_whole
    assert paste_rows(register, "partner", ids[0], found.good) == 2
    assert [one[0] for one in partners(register, ids[0])] == ["KL", "Odense Kommune"]
    register.undo()
    assert partners(register, ids[0]) == []


def test_headings_say_which_column_is_which_in_either_language(register: Register) -> None:
    assert plan(register, "partner", "Rolle\tPartner\nSparring\tKL\n").good == [
        {"role": "Sparring", "name": "KL"}
    ]
    assert plan(register, "partner", "Role\tPartner\nSparring\tKL\n").good == [
        {"role": "Sparring", "name": "KL"}
    ]


def test_headings_reach_fields_that_are_no_columns_of_the_table(register: Register) -> None:
    heads = "Gevinst\tGevinstejer (rolle)\tOpfølgning\tMest sandsynligt\n"
    text = f"{heads}Færre ture\tLeder\t22-11-2026\t1.234,50 kr.\n"
    assert plan(register, "benefit", text).good == [
        {
            "text": "Færre ture",
            "owner_role": "Leder",
            "follow_up": date(2026, 11, 22),
            "likely": Decimal("1234.50"),
        }
    ]


def test_a_column_nobody_knows_is_told_of_and_left_out(register: Register) -> None:
    found = plan(register, "partner", "Partner\tRolle\tCVR\nKL\tSparring\t62548\n")
    assert found.left_out == ("CVR",)
    assert not found.is_whole
    assert found.good == [{"name": "KL", "role": "Sparring"}]
    assert plan(register, "partner", "KL\tKommune\tSparring\t62548\n").left_out == ("4",)


def test_a_first_row_with_the_name_of_one_field_among_others_is_a_row(register: Register) -> None:
    assert [one["name"] for one in plan(register, "partner", "KL\tKommune\tPartner\n").good] == ["KL"]


def test_what_is_wrong_stands_in_its_row_and_the_others_are_good(register: Register, ids: list[str]) -> None:
    found = plan(register, "partner", "KL\tRumfart\tx\n\t\tuden navn\nOdense\t\t\n")
    assert [bool(row.problems) for row in found.rows] == [True, True, False]
    assert "Rumfart" in found.rows[0].problems[0]
    assert found.rows[0].cells == ("KL", "Rumfart", "x")
    before = register.revision
    assert paste_rows(register, "partner", ids[0], found.good) == 1
    assert register.revision == before + 1
    assert partners(register, ids[0]) == [("Odense", None, None)]


def test_points_of_a_scale_are_read_as_numbers_or_words_and_the_weight_is_passed_over(
    register: Register,
) -> None:
    found = plan(register, "risk", "Risiko\tSandsynlighed\tKonsekvens\tVægt\nStrejke\t4\t3 Mærkbar\t12\n")
    assert found.is_whole
    assert found.good == [{"text": "Strejke", "probability": "4", "consequence": "3"}]
    assert plan(register, "risk", "Strejke\t6\t1\n").good == []


@pytest.mark.parametrize("text", ["", "\n\n", "Partner\tRolle\n"])
def test_nothing_to_paste_is_said(register: Register, text: str) -> None:
    with pytest.raises(Problem) as raised:
        plan(register, "partner", text)
    assert raised.value.code == "no_rows"


def test_too_many_rows_are_refused(register: Register) -> None:
    with pytest.raises(Problem) as raised:
        plan(register, "partner", "KL\tx\n" * 2_001)
    assert raised.value.code == "too_many"


def test_what_was_copied_here_comes_back_as_it_was(register: Register, ids: list[str]) -> None:
    for name in ("=1+1", "'x", "-5", 'Ærø "Havn"'):
        add_row(register, "partner", {"initiative_id": ids[0], "name": name})
    keys = [one.id for one in register.children("partner", ids[0])]
    copied = copy_records(register, "partner", keys, ("name", "kind", "role"))
    paste_rows(register, "partner", ids[1], plan(register, "partner", copied.text).good)
    assert partners(register, ids[1]) == partners(register, ids[0])
