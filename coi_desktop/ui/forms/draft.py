"""What is typed and not yet in the register: raw text, how it reads, and what is wrong with it. No Qt in
here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.i18n import _, current_language
from coi_desktop.models.clock import today
from coi_desktop.models.dates import format_date, parse_date
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean, clean_line
from coi_desktop.models.records import Value
from coi_desktop.models.text import (
    NumberForm,
    ParsedNumber,
    format_editable,
    format_number,
    parse_money,
    parse_number,
)

#: As an editor gives it: text as typed, the key of a choice ("yes"/"no" for yes or no), or the keys of
#: several.
Raw = str | tuple[str, ...]

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a raw text reads: its value, or the problem that is said under the field.

    A text with two meanings (``1.234``) is read as the language spoken has it; ``note`` says how, and
    ``other`` is the other meaning as a text that reads in one way only.
    """

    value: Value = None
    problem: str = ""
    note: str = ""
    other: str = ""


def read_raw(field: FieldSpec, raw: Raw) -> Reading:
    """Read what was typed into ``field``. Never raises: a problem is a part of the reading."""
    if isinstance(raw, tuple):
        return Reading(raw or None)
    if field.kind in (Kind.TEXT, Kind.LONG):
        return _read_text(field, raw)
    text = clean_line(raw)
    if not text:
        return Reading(None, _required(field))
    if field.kind is Kind.DATE:
        return _read_date(text)
    if field.kind in (Kind.NUMBER, Kind.INTEGER, Kind.MONEY):
        return _read_number(field, text)
    if field.kind is Kind.YES_NO:
        return Reading(text == YES)
    return Reading(text)


def _required(field: FieldSpec) -> str:
    return _("{field} must be filled in.").format(field=field.label()) if field.required else ""


def _read_text(field: FieldSpec, raw: str) -> Reading:
    text = clean(raw) if field.kind is Kind.LONG else clean_line(raw)
    if not text:
        return Reading(None, _required(field))
    if field.limit and len(text) > field.limit:
        return Reading(
            None,
            _("Too long: {length} characters, there is room for {limit}.").format(
                length=format_number(len(text), current_language()),
                limit=format_number(field.limit, current_language()),
            ),
        )
    return Reading(text)


def _read_date(text: str) -> Reading:
    found = parse_date(text)
    if found is None:
        example = format_date(today(), current_language())
        return Reading(None, _("That is not a date. Write it like {example}.").format(example=example))
    return Reading(found)


def _read_number(field: FieldSpec, text: str) -> Reading:
    parsed = parse_money(text) if field.kind is Kind.MONEY else parse_number(text)
    if not parsed.is_number or (parsed.percent and field.unit_en != "%"):
        return Reading(
            None, _("That is not a number. Write it like {example}.").format(example=_example(field))
        )
    value, note, other = _choose(parsed)
    if value is not None and field.kind is Kind.INTEGER:
        if value != value.to_integral_value():
            return Reading(None, _("Write a whole number, without decimals."))
        return Reading(int(value))
    return Reading(value, "", note, other)


def _example(field: FieldSpec) -> str:
    example = Decimal(1250) if field.kind is Kind.INTEGER else Decimal("1250.5")
    return format_number(example, current_language(), grouping=False)


def _choose(parsed: ParsedNumber) -> tuple[Decimal | None, str, str]:
    """The meaning the language spoken gives, and where there is another: what to say, and the other one as
    text.
    """
    if not parsed.is_ambiguous:
        return parsed.value, "", ""
    language = current_language()
    own: tuple[NumberForm, NumberForm] = ("comma", "point") if language == "da" else ("point", "comma")
    value, other = parsed.reading(own[0]), parsed.reading(own[1])
    note = _("Read as {number}.").format(number=format_editable(value, language))
    return value, note, format_editable(other, language)


@dataclass(frozen=True, slots=True)
class Draft:
    """Raw text of one field of one record, with its reading. ``refused`` is what the register said against
    it.
    """

    record_id: str
    field: FieldSpec
    raw: Raw
    reading: Reading
    refused: str = ""

    @property
    def is_readable(self) -> bool:
        """Whether the text reads as a value that may be written."""
        return not self.reading.problem and not self.refused


class Drafts:
    """The drafts of a form, by record and field. They outlive a change to another record: nothing is lost."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[str, str], Draft] = {}

    def put(self, record_id: str, field: FieldSpec, raw: Raw) -> Draft:
        """What stands in a field now, as the user left it."""
        draft = Draft(record_id, field, raw, read_raw(field, raw))
        self._drafts[(record_id, field.name)] = draft
        return draft

    def refuse(self, draft: Draft, reason: str) -> None:
        """The register does not take this text; it stays, with the reason, until it is typed anew."""
        key = (draft.record_id, draft.field.name)
        if self._drafts.get(key) is draft:
            self._drafts[key] = Draft(draft.record_id, draft.field, draft.raw, draft.reading, reason)

    def drop(self, draft: Draft) -> None:
        """The draft stands in the register now (unless something else was typed meanwhile)."""
        key = (draft.record_id, draft.field.name)
        if self._drafts.get(key) is draft:
            del self._drafts[key]

    def get(self, record_id: str, field_name: str) -> Draft | None:
        """The draft of a field, or None."""
        return self._drafts.get((record_id, field_name))

    def find_readable(self) -> list[Draft]:
        """The drafts that can be written, in the order they were begun."""
        return [draft for draft in self._drafts.values() if draft.is_readable]

    def labels(self) -> tuple[str, ...]:
        """The labels of the fields that hold a draft."""
        return tuple(dict.fromkeys(draft.field.label() for draft in self._drafts.values()))

    def texts(self) -> tuple[str, ...]:
        """The drafts as text, each under the label of its field."""
        return tuple(
            f"{draft.field.label()}:\n{draft.raw if isinstance(draft.raw, str) else ', '.join(draft.raw)}"
            for draft in self._drafts.values()
        )

    def keep(self, field_names: Collection[str]) -> None:
        """Only these fields are there now; drafts of others go with their field."""
        self._drafts = {key: draft for key, draft in self._drafts.items() if key[1] in field_names}

    def forget(self, record_id: str) -> None:
        """The record is gone, and its drafts with it."""
        self._drafts = {key: draft for key, draft in self._drafts.items() if key[0] != record_id}
