"""Tables with measurements and questionnaires as people keep them; all made here, none of them real."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coi_desktop.models.import_report import ImportReport
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Record
from coi_desktop.operations.answering import add_row
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.measure_imports import import_measures
from coi_desktop.store.register import Register
from tests.exchange.table_makers import write_workbook

LABELS = ("Meget utilfreds", "Utilfreds", "Hverken eller", "Tilfreds", "Meget tilfreds")

INDICATORS = (
    {"name": "Transporttid", "measure": "minutes", "unit": "min/dag"},
    {"name": "Tilfredshed", "measure": "scale", "unit": "1–5"},
    {"name": "Bruger skærmen", "measure": "percent", "unit": "%"},
)


def start(register: Register, *indicators: Mapping[str, Any]) -> str:
    """An evaluation with indicators; its id."""
    evaluation_id = start_evaluation(register, add_initiative(register, {"title": "Skærmbesøg"}))
    for values in indicators or INDICATORS:
        add_row(register, evaluation_id, "indicators.indicators", dict(values))
    return evaluation_id


def write_csv(path: Path, *rows: Sequence[object]) -> Path:
    """A text file of these rows, the headings first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def write_survey(path: Path, people: int = 40, seed: int = 1) -> Path:
    """Answers in words under two rows of headings, with a text somebody wrote and "Ved ikke" among them."""
    chance = random.Random(seed)
    rows: list[list[object]] = [
        ["respondent", "distrikt", "s_1", "s_2", "s_3"],
        [
            "Respondentnr.",
            "Hvilket distrikt?",
            "Hvor er din tilfredshed?",
            "Bruger du skærmen?",
            "Hvad er godt?",
        ],
    ]
    rows += [
        [
            f"NØGLE-{number:03}",
            chance.choice(["Nord", "Syd", "Øst"]) if number > 2 else "Vest",
            chance.choice([*LABELS, "Ved ikke", None]),
            chance.choice(["Ja", "Nej"]),
            f"Ordret svar {number} om besøget",
        ]
        for number in range(people)
    ]
    return write_workbook(path, rows)


def take_in(register: Register, evaluation_id: str, path: Path, **options: Any) -> ImportReport:
    return run_to_end(import_measures(register, evaluation_id, path, **options))


def measurements(register: Register, evaluation_id: str, name: str) -> list[Record]:
    """The measurements of the indicator of this name, by date and group."""
    (indicator,) = (one for one in register.children("indicator", evaluation_id) if one.text("name") == name)
    found = register.children("measurement", indicator.id)
    return sorted(found, key=lambda one: (str(one["date"]), one.text("subgroup")))
