"""What a record consists of: one table of fields drives columns, forms, lists, workbooks, packs, search."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from coi_desktop.i18n import current_language


class Kind(StrEnum):
    """How a field's value is typed, stored and shown.

    Values in Python: TEXT, LONG, CHOICE, REFERENCE ``str``; CHOICES ``tuple[str, ...]`` (RANK: in order);
    INTEGER ``int``; NUMBER, MONEY (DKK) ``Decimal`` exactly as typed; DATE ``date``; TIME ``datetime`` (UTC);
    YES_NO ``bool``. A value that is not there is None, never an empty string or tuple.
    """

    TEXT = "text"
    LONG = "long"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    RANK = "rank"
    REFERENCE = "reference"


class Search(StrEnum):
    """How a field is found: not at all, by the beginnings of its words, or by any part (short texts only)."""

    NONE = "none"
    WORDS = "words"
    PARTS = "parts"


class FieldSpec(NamedTuple):
    """One field: its name (column, pack column, key in JSON), kind, and words in both languages.

    ``values`` names the value list of a choice; ``target`` the record type of a reference; ``limit`` is the
    greatest length of a text in characters; ``shown`` is False for fields the program keeps for itself.
    """

    name: str
    kind: Kind
    da: str
    en: str
    values: str = ""
    target: str = ""
    unit_da: str = ""
    unit_en: str = ""
    limit: int = 0
    required: bool = False
    search: Search = Search.NONE
    sortable: bool = False
    shown: bool = True

    def label(self, language: str | None = None) -> str:
        """The field's name for people, in ``language`` or the one spoken now."""
        return self.da if (language or current_language()) == "da" else self.en

    def unit(self, language: str | None = None) -> str:
        """What the values are counted in, for people; empty for what has no unit."""
        return self.unit_da if (language or current_language()) == "da" else self.unit_en


class RecordType:
    """A kind of stored record: its table name, fields, and the record types it hangs under.

    ``parent`` is the field that refers to the owner (dropping the owner drops the record); ``single`` says
    that an owner has at most one such record. No two records have the same values of the fields in ``once``.
    """

    def __init__(
        self,
        name: str,
        da: str,
        en: str,
        fields: tuple[FieldSpec, ...],
        parent: str = "",
        single: bool = False,
        once: tuple[str, ...] = (),
    ) -> None:
        self.name: Final = name
        self.da: Final = da
        self.en: Final = en
        self.fields: Final = fields
        self.parent: Final = parent
        self.single: Final = single
        self.once: Final = once

    def label(self, language: str | None = None) -> str:
        """The record type's name for people."""
        return self.da if (language or current_language()) == "da" else self.en

    @cached_property
    def by_name(self) -> dict[str, FieldSpec]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}

    def field(self, name: str) -> FieldSpec:
        """The field called ``name``; KeyError when there is none."""
        return self.by_name[name]

    @cached_property
    def parent_type(self) -> str:
        """The name of the record type that owns records of this one, or an empty string."""
        return self.by_name[self.parent].target if self.parent else ""

    @cached_property
    def sortable_texts(self) -> tuple[FieldSpec, ...]:
        """The text fields whose Danish sort key is stored beside them."""
        return tuple(
            field for field in self.fields if field.sortable and field.kind in (Kind.TEXT, Kind.LONG)
        )

    @cached_property
    def searched(self) -> tuple[FieldSpec, ...]:
        """The fields whose words are found by search."""
        return tuple(field for field in self.fields if field.search is not Search.NONE)
