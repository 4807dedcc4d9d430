"""How the facts of an initiative stand on the panel: sections, and in each the fields side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coi_desktop.i18n import N_
from coi_desktop.models.records import Record


def _always(_record: Record) -> bool:
    return True


def _has_ended(record: Record) -> bool:
    return record["status"] in ("stopped", "done") or any(
        record[name] is not None for name in ("outcome", "outcome_reason", "lesson")
    )


def _comes_from_a_list(record: Record) -> bool:
    return record["external_id"] is not None or record["external_source"] is not None


@dataclass(frozen=True)
class Section:
    """A heading (English) over rows of fields; a row holds one field or two side by side."""

    heading: str
    rows: tuple[tuple[str, ...], ...]
    is_shown: Callable[[Record], bool] = _always


SECTIONS: tuple[Section, ...] = (
    Section(
        N_("What it is about"),
        (("title",), ("problem",), ("solution",), ("target_group",)),
    ),
    Section(N_("Where and who"), (("field", "department"), ("owner", "leader"))),
    Section(
        N_("Phase and status"),
        (
            ("phase", "status"),
            ("stage", "next_date"),
            ("next_milestone",),
            ("status_text",),
            ("status_reason",),
        ),
    ),
    Section(N_("How it ended"), (("outcome",), ("outcome_reason",), ("lesson",)), _has_ended),
    Section(
        N_("Time and money"),
        (
            ("start", "planned_end"),
            ("baseline_end",),
            ("budget", "baseline_budget"),
            ("spent", "forecast"),
            ("funding",),
        ),
    ),
    Section(
        N_("What kind of innovation"),
        (("novelty",), ("innovation_type",), ("value_kinds",), ("strategic_goal",), ("origin",)),
    ),
    Section(N_("More"), (("description",), ("journal_number", "confidentiality"))),
    Section(N_("From the imported list"), (("external_source", "external_id"),), _comes_from_a_list),
)

#: Where the tables of tags and partners stand: after this many sections.
TABLES_AFTER = 2
