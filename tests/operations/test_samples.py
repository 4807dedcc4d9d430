"""The sample portfolio: what it must hold, and the demo case with exactly its numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from coi_desktop.models.indicators import Status
from coi_desktop.models.records import Snapshot
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.samples import create_sample_register


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    with create_sample_register(tmp_path_factory.mktemp("sample") / "s.coi") as register:
        assert register.find_damage() == []
        return register.snapshot()


@pytest.fixture(scope="module")
def demo(sample: Snapshot) -> EvaluationFigures:
    [evaluation] = [one for one in sample.rows("evaluation") if one["title"] == "Skærmbesøg i distrikt Vest"]
    return evaluation_figures(sample, evaluation, figures_catalogue())


def test_the_sample_covers_fields_phases_a_stop_and_a_reuse(sample: Snapshot) -> None:
    rows = sample.rows("initiative")
    assert len(rows) == 12
    assert len({row["field"] for row in rows}) >= 8
    assert {row["phase"] for row in rows} == {
        "idea",
        "preanalysis",
        "develop",
        "introduce",
        "operate",
        "closed",
    }
    assert any(row["status"] == "stopped" and row["lesson"] for row in rows)
    assert any("Genbrugt" in row.text("origin") for row in rows)
    decided = {row.text("evaluation_id") for row in sample.rows("eval_decision") if row["decided"]}
    assert len(decided) >= 3


def test_the_demo_case_has_exactly_its_indicators(demo: EvaluationFigures) -> None:
    transport, satisfaction, work = demo.indicators
    assert round(transport.progress or 0, 2) == Decimal("0.92")
    assert (transport.status, transport.effect) == (Status.ON_THE_WAY, Decimal(-19))
    assert (satisfaction.status, satisfaction.change) == (Status.REACHED, Decimal("0.1"))
    assert (work.status, work.progress) == (Status.WRONG_WAY, Decimal("-0.5"))


def test_the_demo_case_has_exactly_its_economy(demo: EvaluationFigures) -> None:
    economy = demo.economy
    assert (economy.npv, economy.payback) == (Decimal("-141564.39"), None)
    assert (economy.npv_incl_capacity, economy.payback_incl_capacity) == (Decimal("50074.52"), Decimal(4))


def test_the_demo_case_reaches_evidence_level_three_and_is_adjusted(demo: EvaluationFigures) -> None:
    assert (demo.evidence.level, demo.evidence.ceiling) == (3, 5)
    assert demo.decided == "adjust"
    assert (demo.proportion.total, demo.proportion.depth) == (6, "standard")


def test_the_sample_names_no_real_municipality_and_no_person(sample: Snapshot) -> None:
    text = " ".join(
        str(value)
        for rows in sample.records.values()
        for row in rows
        for value in row.values.values()
        if value
    )
    assert "Eksempel Kommune" in text
    for name in ("København", "Aarhus", "Odense", "Aalborg", "@", "Jensen", "Hansen", "Nielsen"):
        assert name not in text
