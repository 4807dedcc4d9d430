"""How the facts of an initiative stand, on screen and on paper: sections, and in each fields side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from coi_desktop.i18n import N_
from coi_desktop.models.fields import FieldSpec, Kind
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
    """A heading (English) over rows of fields; a row holds one field or two side by side.

    ``key`` is what the section is called among those that own fields can stand in.
    """

    heading: str
    rows: tuple[tuple[str, ...], ...]
    is_shown: Callable[[Record], bool] = _always
    key: str = ""


SECTIONS: tuple[Section, ...] = (
    Section(
        N_("What it is about"),
        (("title",), ("problem",), ("solution",), ("target_group",)),
        key="about",
    ),
    Section(N_("Where and who"), (("field", "department"), ("owner", "leader")), key="people"),
    Section(
        N_("Phase and status"),
        (
            ("phase", "status"),
            ("stage", "next_date"),
            ("next_milestone",),
            ("status_text",),
            ("status_reason",),
        ),
        key="phase",
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
        key="money",
    ),
    Section(
        N_("What kind of innovation"),
        (("novelty",), ("innovation_type",), ("value_kinds",), ("strategic_goal",), ("origin",)),
    ),
    Section(N_("Own fields"), (), key="own"),
    Section(N_("More"), (("description",), ("journal_number", "confidentiality"))),
    Section(N_("From the imported list"), (("external_source", "external_id"),), _comes_from_a_list),
)

_BROAD = (Kind.LONG,)
_LAST_RESORT = "own"


def with_own_fields(own: Sequence[tuple[FieldSpec, str]]) -> tuple[Section, ...]:
    """The sections with own fields, given with the key of their section, after the fields there: long texts
    alone, others two and two. A section without any field is left out.
    """
    known = {section.key for section in SECTIONS if section.key}
    sections = []
    for section in SECTIONS:
        here = [
            field
            for field, key in own
            if section.key and (key if key in known else _LAST_RESORT) == section.key
        ]
        whole = replace(section, rows=(*section.rows, *_rows_of(here)))
        if whole.rows:
            sections.append(whole)
    return tuple(sections)


def _rows_of(fields: Sequence[FieldSpec]) -> Iterator[tuple[str, ...]]:
    waiting = ""
    for field in fields:
        if field.kind in _BROAD:
            if waiting:
                yield (waiting,)
            yield (field.name,)
            waiting = ""
        elif waiting:
            yield (waiting, field.name)
            waiting = ""
        else:
            waiting = field.name
    if waiting:
        yield (waiting,)


#: Where the tables of tags and partners stand: after this many sections.
TABLES_AFTER = 2
