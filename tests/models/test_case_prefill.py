from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from coi_desktop.models.case_prefill import completeness, newest_evaluation, prefill
from coi_desktop.models.evaluation_figures import evaluation_figures
from coi_desktop.models.pack import KORT_FIELDS, CaseContent
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import vocabulary

MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


def record(type_name: str, record_id: str = "", **values: Any) -> Record:
    empty = dict.fromkeys(field.name for field in record_type(type_name).fields)
    assert set(values) <= set(empty), set(values) - set(empty)
    return Record(type_name, record_id or type_name, {**empty, **values})


INITIATIVE = record(
    "initiative",
    "i",
    title="Skærmbesøg",
    problem="Kørsel",
    solution="En skærm",
    description="Kort sagt",
    target_group="Borgere i hjemmeplejen",
    field="elderly",
    department="Hjemmeplejen Vest",
    owner="Anna Berg",
    leader="Bo Dahl",
    stage="idea",
    novelty="inspireret",
    innovation_type=("service",),
    journal_number="27.36.00-P20-14-25",
    budget=Decimal(270000),
)
UNIT = record(
    "unit", "u", name="Innovationsenheden", organisation="Eksempel Kommune", contact_role="Konsulent"
)


def of_evaluation(type_name: str, record_id: str = "", **values: Any) -> Record:
    return record(type_name, record_id, evaluation_id="e", **values)


INDICATOR = of_evaluation(
    "indicator", "k", name="Transporttid", kind="efficiency", unit="min/dag", measure="minutes",
    direction="down", baseline=Decimal(74), baseline_date=date(2026, 1, 1), baseline_status="measured",
)  # fmt: skip
EVALUATED = (
    record("evaluation", "e", initiative_id="i", updated=MOMENT),
    of_evaluation(
        "scope", description_now="Skærm hver dag", stage="trial", target_groups=("citizens", "employees")
    ),
    INDICATOR,
    record("measurement", "m1", indicator_id="k", date=date(2026, 5, 1), value=Decimal(60)),
    record("measurement", "m2", indicator_id="k", date=date(2026, 10, 1), value=Decimal("52.0")),
    of_evaluation("conclusion", headline="Færre kilometer", conditions="Godt net", differently="Større knap"),
    of_evaluation(
        "reuse", context="Fast tid", time="Tre måneder", skills="Ro", pitfalls="Hørelse", contact_role="Leder"
    ),
    of_evaluation("judgement", "j1", kind="quality", rating="1", reason="Fint", side_effect="Mindre snak"),
    of_evaluation("judgement", "j2", kind="employee", rating="-1", reason="Travlere"),
    of_evaluation("econ_setting", running_per_year=Decimal("20000.50"), price_year=2026),
    of_evaluation("design", code="before_after"),
)


def snapshot(*records: Record) -> Snapshot:
    by_type: dict[str, list[Record]] = {}
    for one in (UNIT, INITIATIVE, *records):
        by_type.setdefault(one.type_name, []).append(one)
    frozen = {name: tuple(rows) for name, rows in by_type.items()}
    return Snapshot("r", "u", "Innovationsenheden", 1, MOMENT, frozen)


def filled(*records: Record, language: str = "da") -> CaseContent:
    frozen = snapshot(*records)
    evaluation = newest_evaluation(frozen, "i")
    figures = evaluation and evaluation_figures(frozen, evaluation, figures_catalogue())
    return prefill(frozen, INITIATIVE, "c", figures, vocabulary(), language)


def test_without_an_evaluation_only_what_the_initiative_says_is_there() -> None:
    case = filled()
    assert case.values == {
        "title": "Skærmbesøg",
        "pitch": "Kort sagt",
        "organisation": "Eksempel Kommune",
        "unit": "Hjemmeplejen Vest",
        "contact_role": "Konsulent",
        "field": "elderly",
        "problem": "Kørsel",
        "target_group": "Borgere i hjemmeplejen",
        "solution": "En skærm",
        "stage": "idea",
        "novelty": "inspireret",
        "innovation_type": ("service",),
        "completeness": 90,
    }
    assert case.children == {}


def test_the_evaluation_goes_before_the_initiative_field_by_field() -> None:
    case = filled(*EVALUATED)
    assert case.values["solution"] == "Skærm hver dag"
    assert case.values["stage"] == "trial"
    assert case.values["target_group"] == "Borgere, Medarbejdere"
    assert case.values["pitch"] == "Færre kilometer"
    assert case.values["contact_role"] == "Leder"
    assert case.values["conditions_for_success"] == "Godt net\nFast tid"
    assert case.values["would_do_differently"] == "Større knap"
    assert case.values["skills"] == "Ro"
    assert case.values["failures"] == "Hørelse"
    assert case.values["yearly_cost"] == Decimal("20000.50")
    assert case.values["price_year"] == 2026
    assert case.values["evaluation_kind"] == "before_after"
    assert case.values["evidence_level"] == 2
    assert case.values["negative_effects"] == "Kvalitet: Mindre snak\nMedarbejdertilfredshed: Travlere"
    assert case.values["problem"] == "Kørsel"
    assert case.children["timeline"] == ({"event": "Tre måneder"},)
    assert case.values["completeness"] == 100


def test_a_value_is_the_indicator_with_its_newest_measurement() -> None:
    assert filled(*EVALUATED).children["measurements"] == (
        {
            "kind": "efficiency",
            "indicator": "Transporttid",
            "unit": "min/dag",
            "baseline": Decimal(74),
            "result": Decimal("52.0"),
            "date": date(2026, 10, 1),
        },
    )


def test_an_indicator_that_was_not_measured_is_no_value() -> None:
    assert "measurements" not in filled(EVALUATED[0], INDICATOR).children


def test_a_result_for_fewer_than_five_people_never_gets_into_a_case() -> None:
    few = record("measurement", "m3", indicator_id="k", date=date(2026, 11, 1), value=Decimal("41.7"), n=4)
    case = filled(*EVALUATED, few)
    assert "measurements" not in case.children
    assert "41.7" not in repr(case)


def test_words_of_value_lists_come_in_the_language_of_the_pack() -> None:
    assert filled(*EVALUATED, language="en").values["target_group"] == "Citizens, Employees"


def test_not_known_yet_stays_empty() -> None:
    scope = of_evaluation("scope", stage="unknown", target_groups=("unknown",))
    case = filled(EVALUATED[0], scope)
    assert case.values["stage"] == "idea"
    assert case.values["target_group"] == "Borgere i hjemmeplejen"


def test_names_of_employees_and_case_files_stay_at_home() -> None:
    text = repr(filled(*EVALUATED))
    for token in ("Anna", "Berg", "Bo Dahl", "27.36.00", "270000"):
        assert token not in text


def test_a_long_description_is_no_pitch() -> None:
    long = Record("initiative", "i", {**INITIATIVE.values, "description": "x" * 281})
    frozen = snapshot()
    assert "pitch" not in prefill(frozen, long, "c", None, vocabulary(), "da").values


def test_the_evaluation_changed_last_is_the_one_that_counts() -> None:
    older = record("evaluation", "old", initiative_id="i", updated=datetime(2025, 1, 1, tzinfo=UTC))
    newest = newest_evaluation(snapshot(EVALUATED[0], older), "i")
    assert newest is not None
    assert newest.id == "e"
    assert newest_evaluation(snapshot(), "i") is None


def test_completeness_counts_the_ten_named_fields() -> None:
    assert completeness(CaseContent("c", {})) == 0
    assert completeness(CaseContent("c", {"title": "x", "skills": "y"})) == 10
    whole = dict.fromkeys(KORT_FIELDS, "x")
    assert completeness(CaseContent("c", whole, {"measurements": ({"kind": "quality"},)})) == 100
