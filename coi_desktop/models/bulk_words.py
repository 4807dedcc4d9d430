"""What a bulk edit would change, in words: the sentence above the preview, and its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.bulk_plan import TAG, BulkLine, BulkPlan, count_lines
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number
from coi_desktop.models.vocabulary import Vocabulary


def summary(plan: BulkPlan) -> str:
    """What is changed: "Ændrer 37 felter i 21 tiltag"."""
    if not plan.lines:
        return _("Changes nothing: everything stands so already.")
    return _with_counts(_("Changes {fields} in {initiatives}"), plan)


def tell_changed(plan: BulkPlan) -> str:
    """What was changed: "Ændrede 37 felter i 21 tiltag"."""
    return _with_counts(_("Changed {fields} in {initiatives}"), plan)


def _with_counts(sentence: str, plan: BulkPlan) -> str:
    language = current_language()
    fields = ngettext("{count} field", "{count} fields", len(plan.lines))
    records = ngettext("{count} initiative", "{count} initiatives", plan.records)
    return sentence.format(
        fields=fields.format(count=format_number(len(plan.lines), language)),
        initiatives=records.format(count=format_number(plan.records, language)),
    )


def counts(plan: BulkPlan, fields: Sequence[FieldSpec]) -> str:
    """How often each field changes: "Fase 21 · Stadie 16"."""
    labels = {field.name: field.label() for field in fields}
    return " · ".join(
        f"{_label(name, labels)} {format_number(count, current_language())}"
        for name, count in count_lines(plan)
    )


def line_cells(
    line: BulkLine, fields: Mapping[str, FieldSpec], words: Vocabulary
) -> tuple[str, str, str, str]:
    """Title, field, value before and after."""
    if line.field_name == TAG:
        return line.title, record_type(TAG).label(), str(line.before or "–"), str(line.after or "–")
    field = fields[line.field_name]
    return line.title, field.label(), _shown(field, line.before, words), _shown(field, line.after, words)


def _label(name: str, labels: Mapping[str, str]) -> str:
    return record_type(TAG).label() if name == TAG else labels.get(name, name)


def _shown(field: FieldSpec, value: Value, words: Vocabulary) -> str:
    return show_value(field, value, words) or "–"
