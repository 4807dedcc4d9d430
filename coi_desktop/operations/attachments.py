"""What a user can do with attachments: add, replace by a new edition, describe, tie to a measurement, remove.

The file is stored first (``attachment_files.store_sources``), the row after it; a row that is removed keeps
its file, because undo and the trash may bring it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _, current_language, ngettext
from coi_desktop.models.attachments import Editions, group_editions, shown_codes
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.chart_figures import group_name
from coi_desktop.models.dates import format_date
from coi_desktop.models.evaluation_records import hidden_measurements
from coi_desktop.models.folding import clean_line
from coi_desktop.models.record_types.building import LINE
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.text import format_number
from coi_desktop.operations.attachment_files import StoredSource, StoredSources
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import vocabulary
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD = Op("attachment.add", N_("Add attachment"))
RENEW = Op("attachment.renew", N_("Insert new edition"))
EDIT = Op("attachment.edit", N_("Edit attachment"))
REMOVE = Op("attachment.remove", N_("Remove attachment"))

#: What ``edit_attachment`` may set.
EDITABLE = ("title", "note", "measurement_id")


@dataclass(frozen=True)
class Added:
    """Ids of the new attachments in the order of their sources, what stood there already, and the step."""

    ids: tuple[str, ...]
    stood_already: tuple[str, ...] = ()
    changes: ChangeSet | None = None


@dataclass(frozen=True, slots=True)
class MeasurementChoice:
    """A measurement of an initiative and how it is called: "Ventetid · 22-11-2026 · 12,5"."""

    id: str
    label: str


def find_attachments(register: Register, initiative_id: str) -> tuple[Editions, ...]:
    """The attachments of an initiative, older editions under the newest."""
    return group_editions(register.children("attachment", initiative_id))


def add_attachments(
    register: Register,
    initiative_id: str,
    stored: StoredSources,
    *,
    measurement_id: str | None = None,
    source: str = "",
) -> Added:
    """Attach stored files to an initiative, as one step; with ``measurement_id`` as evidence of it.

    A file that is attached there already is not attached twice. Raises Problem ``gone`` when the initiative
    was removed meanwhile.
    """
    _get(register, "initiative", initiative_id)
    if measurement_id is not None:
        _get(register, "measurement", measurement_id)
    there = {(one["sha256"], one["measurement_id"]) for one in register.children("attachment", initiative_id)}
    new: list[StoredSource] = []
    stood: list[str] = []
    for one in stored.files:
        key = (one.file.sha256, measurement_id)
        if key in there:
            stood.append(one.name)
        else:
            there.add(key)
            new.append(one)

    def put(writer: Writer) -> tuple[str, ...]:
        base: Values = {
            "initiative_id": initiative_id,
            "measurement_id": measurement_id,
            "added": register.clock(),
        }
        return tuple(
            writer.put("attachment", {**base, **_values_of(one), "title": _line(one.name)}) for one in new
        )

    done = register.transact(ADD, put, source=source, detail=_named(new))
    return Added(done.result, tuple(stood), done.changes)


def add_edition(register: Register, attachment_id: str, stored: StoredSource, *, source: str = "") -> str:
    """Put a new edition in the place of an attachment, as one step; returns its id. The old one is kept.

    It takes over title, note and what it is evidence of. An older edition is asked for: the newest of its
    row is replaced. Raises Problem ``gone``, and ``same_file`` when it is the very file.
    """
    old = _newest(register, attachment_id)
    if old["sha256"] == stored.file.sha256:
        raise Problem(
            _("{name} is the very file that “{title}” has already.").format(
                name=shown_codes(stored.name), title=shown_codes(old.text("title"))
            ),
            meaning=_("Nothing was changed."),
            advice=_("Choose the file that you have changed."),
            code="same_file",
        )
    kept_title = old.text("title") != _line(old.text("file_name"))
    title = old.text("title") if kept_title else _line(stored.name)

    def put(writer: Writer) -> str:
        values: Values = {
            **{name: old[name] for name in ("initiative_id", "note", "measurement_id")},
            **_values_of(stored),
            "title": title,
            "added": register.clock(),
        }
        new_id = writer.put("attachment", values)
        writer.change("attachment", old.id, {"newer_id": new_id})
        return new_id

    return register.transact(RENEW, put, source=source, detail=title).result


def edit_attachment(register: Register, attachment_id: str, values: Values, *, source: str = "") -> bool:
    """Set title, note or the measurement it is evidence of; False when all stood so already.

    Raises Problem ``gone``, and ``no_title`` for an empty title; ValueError for any other field.
    """
    if unknown := set(values) - set(EDITABLE):
        raise ValueError(f"not to be edited: {sorted(unknown)}")
    before = _get(register, "attachment", attachment_id)
    if "title" in values and not (isinstance(values["title"], str) and clean_line(values["title"])):
        raise Problem(
            _("An attachment needs a title."),
            meaning=_("Nothing was changed."),
            advice=_("Write what a colleague would look for."),
            code="no_title",
        )
    return register.transact(
        EDIT,
        lambda writer: writer.change("attachment", attachment_id, values),
        source=source,
        detail=before.text("title"),
        merge_key=f"{attachment_id}.{'.'.join(sorted(values))}",
    ).result


def remove_attachments(register: Register, ids: Sequence[str], *, source: str = "") -> int:
    """Remove attachments, as one step; how many. Their files stay for undo and the trash.

    Where an edition between two others goes, the older one is replaced by the newer from then on.
    """
    found = register.get_many("attachment", list(dict.fromkeys(ids)))
    if not found:
        return 0

    def drop(writer: Writer) -> None:
        for record in found:
            now = writer.get("attachment", record.id)
            newer = now.text("newer_id") or None
            for other in writer.find_child_ids("attachment", now.text("initiative_id")):
                if other != record.id and writer.get("attachment", other).text("newer_id") == record.id:
                    writer.change("attachment", other, {"newer_id": newer if newer != other else None})
            writer.drop("attachment", record.id)

    detail = found[0].text("title") if len(found) == 1 else _count(len(found))
    register.transact(REMOVE, drop, source=source, detail=detail)
    return len(found)


# ------------------------------------------------------------------------------------------- measurements


def find_measurements(register: Register, initiative_id: str) -> tuple[MeasurementChoice, ...]:
    """The measurements of an initiative, which an attachment may be evidence of."""
    smallest = figures_catalogue().smallest_count
    found = []
    for evaluation in register.children("evaluation", initiative_id):
        for indicator in register.children("indicator", evaluation.id):
            measurements = register.children("measurement", indicator.id)
            hidden = hidden_measurements(indicator, measurements, smallest)
            found += [
                MeasurementChoice(one.id, _measurement_label(indicator, one, one.id in hidden))
                for one in measurements
            ]
    return tuple(found)


def find_evidence(register: Register, initiative_id: str) -> dict[str, tuple[Record, ...]]:
    """The attachments that are evidence, newest editions only, by the id of their measurement."""
    found: dict[str, tuple[Record, ...]] = {}
    for editions in find_attachments(register, initiative_id):
        measurement_id = editions.newest.text("measurement_id")
        if measurement_id:
            found[measurement_id] = (*found.get(measurement_id, ()), editions.newest)
    return found


def find_initiative_of(register: Register, measurement_id: str) -> str:
    """The id of the initiative that a measurement belongs to; empty when it is gone."""
    record_id = measurement_id
    for type_name in ("measurement", "indicator", "evaluation"):
        found = register.get_many(type_name, [record_id])
        if not found:
            return ""
        record_id = found[0].text(record_type(type_name).parent)
    return record_id


def describe_evidence(register: Register, initiative_id: str) -> tuple[str, ...]:
    """A line for each measurement that has evidence: how it is called, and the titles of its attachments."""
    evidence = find_evidence(register, initiative_id)
    if not evidence:
        return ()
    return tuple(
        _("{measurement}: {titles}").format(
            measurement=choice.label,
            titles=", ".join(shown_codes(one.text("title")) for one in evidence[choice.id]),
        )
        for choice in find_measurements(register, initiative_id)
        if choice.id in evidence
    )


def _measurement_label(indicator: Record, measurement: Record, is_hidden: bool) -> str:
    language = current_language()
    value = format_number(measurement.number("value"), language)
    parts = (
        indicator.text("name"),
        format_date(measurement.day("date"), language),
        group_name(measurement.text("subgroup")),
        vocabulary().label("indicator.status", "too_few") if is_hidden else value,
    )
    return " · ".join(part for part in parts if part) or "–"


# ------------------------------------------------------------------------------------------------- pieces


def _values_of(stored: StoredSource) -> dict[str, Value]:
    return {
        "file_name": _line(stored.name),
        "media_type": stored.verdict.media_type,
        "size": stored.file.size,
        "sha256": stored.file.sha256,
    }


def _line(name: str) -> str:
    """A name as a field of one line holds it; the ending of one that is too long is kept."""
    line = clean_line(name) or "–"
    if len(line) <= LINE:
        return line
    stem, dot, suffix = line.rpartition(".")
    return f"{stem[: LINE - len(suffix) - 2]}…{dot}{suffix}" if dot and len(suffix) < 20 else line[:LINE]


def _named(files: Sequence[StoredSource]) -> str:
    return _line(files[0].name) if len(files) == 1 else _count(len(files))


def _count(count: int) -> str:
    return ngettext("{count} attachment", "{count} attachments", count).format(count=count)


def _newest(register: Register, attachment_id: str) -> Record:
    """The edition that nothing has replaced yet, starting at any of them."""
    record = _get(register, "attachment", attachment_id)
    for newer in _iter_newer(register, record):
        record = newer
    return record


def _iter_newer(register: Register, record: Record) -> Iterator[Record]:
    seen = {record.id}
    while (newer_id := record.text("newer_id")) and newer_id not in seen:
        seen.add(newer_id)
        record = _get(register, "attachment", newer_id)
        yield record


def _get(register: Register, type_name: str, record_id: str) -> Record:
    found = register.get_many(type_name, [record_id])
    if not found:
        raise Problem(
            _("What this belongs to was removed meanwhile."),
            meaning=_("Nothing was changed."),
            advice=_("Undo brings it back."),
            code="gone",
        )
    return found[0]
