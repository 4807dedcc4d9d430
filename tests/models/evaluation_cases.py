"""Snapshots built by hand for the figures: a small builder, and the demo case of screen visits."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from coi_desktop import resources
from coi_desktop.models.figures_catalogue import FILES, FiguresCatalogue, parse_figures_catalogue
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Snapshot, Value

TODAY = date(2026, 11, 22)


def shipped_catalogue() -> FiguresCatalogue:
    return parse_figures_catalogue({file: resources.read_toml(file) for file in FILES})


class Drawing:
    """Collects records and freezes them; every field not named is None."""

    def __init__(self) -> None:
        self._records: dict[str, list[Record]] = {}
        self._count = 0

    def put(self, type_name: str, **values: Value) -> Record:
        self._count += 1
        blank: dict[str, Value] = {field.name: None for field in record_type(type_name).fields}
        unknown = set(values) - set(blank) - {"class_"}
        assert not unknown, f"{type_name} has no {unknown}"
        if "class_" in values:
            values["class"] = values.pop("class_")
        record = Record(type_name, f"{type_name}-{self._count}", blank | values)
        self._records.setdefault(type_name, []).append(record)
        return record

    def snapshot(self) -> Snapshot:
        return Snapshot(
            register_id="r",
            unit_id="u",
            unit_name="Eksempel Kommune",
            revision=1,
            taken_at=datetime(2026, 11, 22, 10, 42, tzinfo=UTC),
            records={name: tuple(rows) for name, rows in self._records.items()},
        )


def money(amount: int | str) -> Decimal:
    return Decimal(amount)


def draw_demo(drawing: Drawing) -> Record:
    """The demo case (screen visits in home care) with the figures its reference states."""
    initiative = drawing.put(
        "initiative", title="Skærmbesøg i hjemmeplejen", stage="trial", phase="develop", status="active"
    )
    evaluation = drawing.put("evaluation", initiative_id=initiative.id, title="Skærmbesøg", depth="standard")
    here = {"evaluation_id": evaluation.id}
    drawing.put(
        "scope",
        **here,
        stage="trial",
        target_groups=("citizens", "employees"),
        description_now="Et kort besøg om dagen er lagt om til skærm.",
    )
    drawing.put("purpose", **here, code="document", rank=1)
    drawing.put("purpose", **here, code="learn", rank=2)
    drawing.put(
        "decision_need",
        **here,
        decision_to_inform="Skal det bredes ud til to distrikter mere?",
        decision_date=date(2026, 11, 15),
        decision_forum="committee",
    )
    drawing.put(
        "proportion",
        **here,
        cost="1",
        reach="1",
        risk="1",
        uncertainty="1",
        stakes="2",
        requirement="0",
        hours=Decimal(40),
        carried_out_by="internal",
    )
    for kind, importance, expected in (
        ("efficiency", "3", "2"),
        ("quality", "2", "keep"),
        ("employee", "2", "1"),
    ):
        drawing.put("value_expect", **here, kind=kind, importance=importance, expected=expected)
    drawing.put(
        "theory", **here, if_we="lægger et kort besøg om", then="køres der mindre", because="fast tid"
    )
    drawing.put(
        "design",
        **here,
        code="group_before_after",
        why_comparable="Samme antal besøg, samme ruteplan, ingen anden ændring i perioden.",
    )
    transport = _indicator(
        drawing, here, "Transporttid", "efficiency", "minutes", "min./dag", "down", "74", target="50"
    )
    satisfaction = _indicator(
        drawing, here, "Borgertilfredshed", "quality", "scale", "", "maintain", "4.1", tolerance="0.2"
    )
    joy = _indicator(drawing, here, "Arbejdsglæde", "employee", "scale", "", "up", "3.6", target="3.8")
    for indicator, value, n in ((transport, "52", 38), (satisfaction, "4.2", 61), (joy, "3.5", 24)):
        drawing.put(
            "measurement",
            indicator_id=indicator.id,
            date=date(2026, 9, 30),
            value=Decimal(value),
            n=n,
            series="initiative",
            source="Rutedata",
        )
    for day, value in ((date(2026, 1, 31), "73"), (date(2026, 9, 30), "70")):
        drawing.put(
            "measurement",
            indicator_id=transport.id,
            date=day,
            value=Decimal(value),
            n=35,
            series="comparison",
            source="Nabodistrikt",
        )
    drawing.put(
        "finding",
        **here,
        text="Borgere med nedsat hørelse holder op med at svare.",
        sign="negative",
        date=date(2026, 8, 12),
        expected=False,
    )
    drawing.put(
        "econ_setting",
        **here,
        applies="yes",
        perspective="municipal",
        price_year=2026,
        horizon=5,
        include_capacity=True,
    )
    drawing.put("cost", **here, category="equipment", year=0, likely=money(250_000))
    drawing.put("cost", **here, category="operation", year=1, likely=money(20_000))
    for year in range(2, 6):
        for gain_class, amount in (("capacity", 54_000), ("budget", 36_000)):
            drawing.put(
                "benefit",
                initiative_id=initiative.id,
                **here,
                class_=gain_class,
                kind="efficiency",
                year=year,
                likely=money(amount),
            )
    for kind, rating in (("efficiency", "1"), ("quality", "0"), ("employee", "-1")):
        drawing.put("judgement", **here, kind=kind, rating=rating, reason="Se målingerne.")
    drawing.put(
        "conclusion",
        **here,
        headline="Mindre kørsel, samme tryghed – men ikke for alle",
        lesson1="Spørg til hørelsen først.",
    )
    drawing.put(
        "eval_decision",
        **here,
        recommended="adjust",
        decided="adjust",
        date=date(2026, 11, 15),
        forum="committee",
        reason="Tiden er hentet, men arbejdsglæden falder.",
        review_date=date(2027, 5, 15),
    )
    return evaluation


def _indicator(
    drawing: Drawing, here: dict[str, Value], name: str, kind: str, measure: str, unit: str, direction: str,
    baseline: str, *, target: str | None = None, tolerance: str | None = None,
) -> Record:  # fmt: skip
    return drawing.put(
        "indicator", **here, name=name, kind=kind, measure=measure, unit=unit or None, direction=direction,
        baseline=Decimal(baseline), baseline_date=date(2026, 1, 31), baseline_status="measured",
        goal_status="fixed", target_likely=Decimal(target) if target else None,
        tolerance=Decimal(tolerance) if tolerance else None,
    )  # fmt: skip
