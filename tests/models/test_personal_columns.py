"""Columns about single persons are told by heading and content, and what stands in them is never repeated."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from coi_desktop.models.measure_words import parse_measure_words
from coi_desktop.models.personal_columns import find_personal_columns
from coi_desktop.models.tables import Cell, CellKind, Table, TableRow

WORDS = parse_measure_words(
    tomllib.loads(Path("resources/catalogue/measure_words.toml").read_text(encoding="utf-8"))
)
NAMES = ("Anna Holm", "Bent Ø. Kjær", "Carla Juul-Berg", "Dorthe Lund")


def table(heading: str, *texts: str) -> Table:
    rows = tuple(TableRow(2 + at, (Cell(CellKind.TEXT, text),)) for at, text in enumerate(texts))
    return Table("svar.csv", "", 1, (heading,), rows)


@pytest.mark.parametrize(
    ("heading", "texts", "kind"),
    [
        ("CPR-nr.", ("x", "y"), "cpr"),
        ("Nøgle", ("A1", "010190-1234", "A3"), "cpr"),
        ("Nøgle", ("101901234",), "cpr"),
        ("Fornavn", ("Anna", "Bent"), "name"),
        ("Kommentar", NAMES, "name"),
        ("E-mail", (), "mail"),
        ("Kontakt", ("ingen", "anna@eksempel.dk"), "mail"),
        ("Tlf.", (), "phone"),
        ("Kontakt", ("20 30 40 50", "+45 31323334", "40506070"), "phone"),
        ("q1 · Navn", ("a", "b"), "name"),
    ],
)
def test_personal_column_is_found(heading: str, texts: tuple[str, ...], kind: str) -> None:
    (found,) = find_personal_columns(table(heading, *texts), WORDS)
    assert found.kind == kind
    said = found.remark()
    assert found.advice in said
    assert not any(text in said for text in texts if len(text) > 1)


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Distrikt", ("Hjemmepleje Nord", "Hjemmepleje Syd", "Hjemmepleje Nord", "Hjemmepleje Syd")),
        ("Løbenummer", ("1001", "1002", "1003")),
        ("Budget", ("25000000", "310.000", "4000")),
        ("Tilfredshed", ("Meget tilfreds", "Tilfreds", "Meget tilfreds")),
        ("Dato", ("01-02-2026", "12.3.26")),
    ],
)
def test_other_columns_are_left_alone(heading: str, texts: tuple[str, ...]) -> None:
    assert find_personal_columns(table(heading, *texts), WORDS) == ()


def test_a_column_of_indicators_may_be_called_name() -> None:
    known = {"Transporttid", "Tilfredshed"}
    found = find_personal_columns(table("Navn", "Transporttid", "Tilfredshed"), WORDS, known.__contains__)
    assert found == ()
