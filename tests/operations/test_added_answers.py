"""Answers of questions that an editor added to the guide come along wherever the answers of others do."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.models.pack import PackLevel
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.answering import add_row, answer
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.packs import export_pack
from coi_desktop.operations.plan_copies import start_from
from coi_desktop.operations.versions import find_changes_since, find_versions, save_version
from coi_desktop.store.register import Register
from tests.guide_editions import GUIDE, TEXTS, Edition, edited_resources

#: Added beside a question of the plan that every path shows, and beside one of the last step.
ADDED = {
    "design.counterfactual": ("design", "neighbours", "Hvem bor ved siden af?"),
    "meta.most_useful": ("meta", "again", "Gør I det igen?"),
}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as opened:
        yield opened


@pytest.fixture
def evaluation(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An evaluation under a guide with two added questions, one of the plan and one of the end."""
    with edited_resources(tmp_path, monkeypatch) as edition:
        for beside, (step, name, label) in ADDED.items():
            add_question(edition, beside, step, name, label)
        made = start_evaluation(register, add_initiative(register, {"title": "Skærmbesøg"}))
        answer(register, made, "design.neighbours", "Distrikt Syd")
        answer(register, made, "meta.again", "Ja, til foråret")
        yield made


def add_question(edition: Edition, beside: str, step: str, name: str, label: str) -> None:
    known = beside.partition(".")[2]
    before = f'[[step.question]]\nid = "{known}"'
    added = f'[[step.question]]\nid = "{name}"\nkind = "text"\nstore = "extra"\n\n'
    edition.edit(GUIDE, (before, added + before), (f'"{beside}",', f'"{beside}", "{step}.{name}",'))
    for file in TEXTS:
        place = f"[step.{step}.question.{known}]"
        edition.edit(file, (place, f'[step.{step}.question.{name}]\nlabel = "{label}"\n\n{place}'))


def test_starting_from_the_last_takes_the_added_answers_of_the_plan_along_and_no_others(
    register: Register, evaluation: str
) -> None:
    sight = load_evaluation(register, start_from(register, evaluation)).walkthrough.sight
    assert sight.answer("design.neighbours") == "Distrikt Syd"
    assert sight.answer("meta.again") is None
    assert load_evaluation(register, evaluation).walkthrough.sight.answer("meta.again") == "Ja, til foråret"


def test_a_kept_version_holds_the_added_answers_of_the_plan_and_tells_what_moved(
    register: Register, evaluation: str
) -> None:
    indicator = add_row(
        register, evaluation, "indicators.indicators",
        {"name": "Ventetid", "direction": "down", "measure": "number", "baseline": Decimal(30)},
    )  # fmt: skip
    add_row(
        register, evaluation, "collect.measurements",
        {"indicator_id": indicator, "date": date(2026, 6, 1), "value": Decimal(20)},
    )  # fmt: skip
    save_version(register, evaluation)
    answer(register, evaluation, "design.neighbours", "Distrikt Nord")
    answer(register, evaluation, "meta.again", "Nej")
    (kept,) = find_versions(register, evaluation)
    moved = find_changes_since(register, evaluation, kept)
    assert [(one.field, one.before, one.after) for one in moved] == [
        ("Hvem bor ved siden af?", "Distrikt Syd", "Distrikt Nord")
    ]
    assert "til foråret" not in register.children("evaluation_version", evaluation)[0].text("snapshot_json")


def test_a_case_pack_holds_no_added_answer(register: Register, evaluation: str, tmp_path: Path) -> None:
    """What is shared of an evaluation is what its case says of it; answers to a unit's own questions stay."""
    initiative = load_evaluation(register, evaluation).initiative.id
    path = tmp_path / "p.coipack"
    run_to_end(export_pack(register, path, [initiative], level=PackLevel.FULD))
    with zipfile.ZipFile(path) as pack:
        written = b"".join(pack.read(name) for name in pack.namelist())
    assert "Skærmbesøg".encode() in written
    assert b"Distrikt Syd" not in written
