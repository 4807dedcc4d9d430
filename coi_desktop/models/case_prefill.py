"""A case pre-filled from an initiative and its newest evaluation; what is not there stays empty.

Names of people are never taken: contact is a role. Results for too few people are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.fields import RecordType
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.pack import KORT_FIELDS, TABLES_BY_NAME, CaseContent
from coi_desktop.models.pack_cells import can_travel
from coi_desktop.models.record_types.case import CASE
from coi_desktop.models.records import Record, Snapshot, Value, last_touched
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary

LONGEST_PITCH = 280

#: How a case calls the evaluation, by the design of the comparison.
EVALUATION_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "after_only": "own_assessment",
        "recall": "own_assessment",
        "before_after": "before_after",
        "series": "before_after",
        "benchmark": "comparison",
        "group_before_after": "comparison",
        "stepwise": "effect",
        "lots": "effect",
        "theory": "theory",
    }
)

_UNITS = MappingProxyType({"percent": "%", "dkk": "kr."})
_NEGATIVE = ("-2", "-1")


def newest_evaluation(snapshot: Snapshot, initiative_id: str) -> Record | None:
    """The evaluation of an initiative that was changed last, or None."""
    found = snapshot.children("evaluation", initiative_id)
    return max(found, key=lambda evaluation: str(last_touched(evaluation) or ""), default=None)


def prefill(
    snapshot: Snapshot,
    initiative: Record,
    case_id: str,
    figures: EvaluationFigures | None,
    vocabulary: Vocabulary,
    language: str,
) -> CaseContent:
    """The case that an initiative gives, with the figures of its newest evaluation (None: there is none).

    Words of value lists that become free text (users) are written in ``language``.
    """
    values: dict[str, Value] = {
        name: initiative[name]
        for name in (
            "title",
            "field",
            "problem",
            "target_group",
            "solution",
            "stage",
            "innovation_type",
            "novelty",
        )
    }
    unit = snapshot.find("unit", snapshot.unit_id)
    if unit is not None:
        values["organisation"] = unit["organisation"] or unit["name"]
        values["contact_role"] = unit["contact_role"]
    values["unit"] = initiative["department"]
    description = initiative.text("description")
    values["pitch"] = description if len(description) <= LONGEST_PITCH else None
    children: dict[str, tuple[Mapping[str, Value], ...]] = {
        "partners": tuple(
            {"partner": row["name"], "kind": row["kind"], "role": row["role"]}
            for row in snapshot.children("partner", initiative.id)
        )
    }
    if figures is not None:
        evaluated = _from_evaluation(snapshot, figures, vocabulary, language)
        values |= {name: value for name, value in evaluated.items() if value not in (None, "", ())}
        children["measurements"] = tuple(map(_measured, figures.indicators))
        reuse = snapshot.single("reuse", figures.evaluation_id)
        children["timeline"] = ({"event": reuse["time"]},) if reuse is not None else ()
    known = _travelling(CASE, values, vocabulary)
    kept = {
        name: tuple(
            row
            for values in rows
            if (row := _travelling(TABLES_BY_NAME[name].record_type, values, vocabulary))
        )
        for name, rows in children.items()
    }
    content = CaseContent(case_id, known, {name: rows for name, rows in kept.items() if rows})
    return CaseContent(case_id, {**known, "completeness": completeness(content)}, content.children)


def completeness(content: CaseContent) -> int:
    """How many of the ten named fields of the level Kort are filled in, in whole percent."""
    filled = sum(
        bool(content.children.get("measurements")) if name == "value" else name in content.values
        for name in KORT_FIELDS
    )
    return round(100 * filled / len(KORT_FIELDS))


def _from_evaluation(
    snapshot: Snapshot, figures: EvaluationFigures, vocabulary: Vocabulary, language: str
) -> dict[str, Value]:
    def single(type_name: str) -> Record | None:
        return snapshot.single(type_name, figures.evaluation_id)

    scope, conclusion, reuse, economy = map(single, ("scope", "conclusion", "reuse", "econ_setting"))
    values: dict[str, Value] = {
        "evidence_level": figures.evidence.level,
        "evaluation_kind": None
        if figures.evidence.is_design_assumed
        else EVALUATION_KINDS.get(figures.evidence.design),
        "negative_effects": _harm(snapshot, figures, vocabulary, language),
        "conditions_for_success": _joined(_text(conclusion, "conditions"), _text(reuse, "context")),
        "would_do_differently": _text(conclusion, "differently"),
        "skills": _text(reuse, "skills"),
        "failures": _text(reuse, "pitfalls"),
        "contact_role": _text(reuse, "contact_role"),
        "pitch": _text(conclusion, "headline"),
    }
    if scope is not None:
        values["solution"] = scope["description_now"]
        values["stage"] = scope["stage"] if scope["stage"] != UNKNOWN else None
        values["target_group"] = _users(scope, vocabulary, language)
    if economy is not None:
        values["yearly_cost"] = economy["running_per_year"]
        values["price_year"] = economy["price_year"]
    return values


def _users(scope: Record, vocabulary: Vocabulary, language: str) -> str:
    words = [
        vocabulary.label("target_group", key, language)
        for key in scope.keys("target_groups")
        if key != UNKNOWN
    ]
    own = scope.text("target_groups_own")
    return ", ".join([*words, own] if own else words)


def _harm(snapshot: Snapshot, figures: EvaluationFigures, vocabulary: Vocabulary, language: str) -> str:
    """Side effects, and the reasons of ratings below nought, one a line with its value kind."""
    lines = []
    for row in snapshot.children("judgement", figures.evaluation_id):
        kind = vocabulary.label("value_kind", row.text("kind"), language)
        reason = row.text("reason") if row.text("rating") in _NEGATIVE else ""
        lines += [f"{kind}: {text}" for text in (reason, row.text("side_effect")) if text]
    return "\n".join(lines)


def _measured(figures: IndicatorFigures) -> dict[str, Value]:
    """A row of value: an indicator with its newest measurement, unless that is of too few people."""
    indicator, latest = figures.indicator, figures.latest
    if latest is None or latest.suppressed or latest.value is None:
        return {}
    return {
        "kind": indicator.kind,
        "indicator": indicator.name,
        "unit": indicator.unit or _UNITS.get(indicator.measure),
        "baseline": indicator.baseline,
        "result": latest.value,
        "date": latest.day,
    }


def _travelling(
    record_type: RecordType, values: Mapping[str, Value], vocabulary: Vocabulary
) -> dict[str, Value]:
    """What is there and may stand in a pack: "not known yet" and keys of an edited list are left out."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", ()) and can_travel(record_type.field(name), value, vocabulary)
    }


def _text(record: Record | None, name: str) -> str:
    return "" if record is None else record.text(name)


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
